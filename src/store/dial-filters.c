#include "dial-filters.h"

#include "dial-statement.h"
#include "dial-terms.h"

#include <string.h>

struct _DialFilters
{
  GHashTable *kinds;     /* kind → (value → gint64) */
  GHashTable *steps;     /* number → by how much its count changes */
};

gint64
dial_filters_look_up (DialConnection *connection,
                      const char     *kind,
                      const char     *value)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT number FROM filters WHERE kind = ? AND value = ?");
  gint64 number = 0;

  dial_statement_bind_text (statement, kind);
  dial_statement_bind_text (statement, value);
  if (dial_statement_next (statement))
    number = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return number;
}

DialFilters *
dial_filters_new (void)
{
  DialFilters *self = g_new0 (DialFilters, 1);

  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_hash_table_unref);
  self->steps = g_hash_table_new (NULL, NULL);
  return self;
}

void
dial_filters_free (DialFilters *self)
{
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->steps);
  g_free (self);
}

/* Forgets what it knows, after a transaction that did not happen or one of another process. */
void
dial_filters_reset (DialFilters *self)
{
  g_hash_table_remove_all (self->kinds);
  g_hash_table_remove_all (self->steps);
}

static gint64
add (DialConnection *connection,
     const char     *kind,
     const char     *value)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO filters (kind, value, n_candidates) VALUES (?, ?, 0)");

  dial_statement_bind_text (statement, kind);
  dial_statement_bind_text (statement, value);
  dial_statement_run (statement);
  return dial_connection_get_last_id (connection);
}

static GHashTable *
get_numbers (DialFilters *self,
             const char  *kind)
{
  GHashTable *numbers = g_hash_table_lookup (self->kinds, kind);

  if (numbers == NULL) {
    numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert (self->kinds, g_strdup (kind), numbers);
  }
  return numbers;
}

/* The number of what is called @value, a new one if it has none. */
gint64
dial_filters_get_number (DialFilters    *self,
                         DialConnection *connection,
                         const char     *kind,
                         const char     *value)
{
  GHashTable *numbers = get_numbers (self, kind);
  gint64 *known = g_hash_table_lookup (numbers, value);
  gint64 number;

  if (known != NULL)
    return *known;

  number = dial_filters_look_up (connection, kind, value);
  if (number == 0)
    number = add (connection, kind, value);
  g_hash_table_insert (numbers, g_strdup (value), g_memdup2 (&number, sizeof number));
  return number;
}

static void
count (DialFilters *self,
       gsize        number,
       int          step)
{
  int steps = GPOINTER_TO_INT (g_hash_table_lookup (self->steps, GSIZE_TO_POINTER (number)));

  g_hash_table_insert (self->steps, GSIZE_TO_POINTER (number), GINT_TO_POINTER (steps + step));
}

/* The number that dial_terms_append_filter() has written. */
static gsize
read_number (const char *digits)
{
  gsize number = 0;

  for (; g_ascii_isxdigit (*digits); digits++)
    number = number << 4 | (gsize) g_ascii_xdigit_value (*digits);
  return number;
}

/* Counts the filters among @terms, each of which one candidate has got or lost. */
void
dial_filters_count_terms (DialFilters *self,
                          const char  *terms,
                          int          step)
{
  for (const char *p = terms; *p != '\0'; p = strchr (p, ' ') + 1) {
    if (*p == DIAL_TERM_FILTER)
      count (self, read_number (p + 1), step);
    else if (*p == DIAL_TERM_EVERYBODY)
      count (self, DIAL_FILTER_EVERYBODY_NUMBER, step);
  }
}

/* Writes the counts. What nobody has any more is forgotten: a tag may tell of the one who had it. Whether
 * numbers have lost their meaning so. */
gboolean
dial_filters_save (DialFilters    *self,
                   DialConnection *connection)
{
  GHashTableIter iter;
  gpointer number, step;
  gboolean fewer = FALSE;
  DialStatement *statement;

  g_hash_table_iter_init (&iter, self->steps);
  while (g_hash_table_iter_next (&iter, &number, &step)) {
    fewer |= GPOINTER_TO_INT (step) < 0;
    statement = dial_connection_prepare (connection, "UPDATE filters SET "
                                         "n_candidates = n_candidates + ? WHERE number = ?");
    dial_statement_bind_int64 (statement, GPOINTER_TO_INT (step));
    dial_statement_bind_int64 (statement, (gint64) GPOINTER_TO_SIZE (number));
    dial_statement_run (statement);
  }
  g_hash_table_remove_all (self->steps);
  if (!fewer)
    return FALSE;

  fewer = FALSE;
  statement = dial_connection_prepare (connection, "DELETE FROM filters WHERE n_candidates <= 0 AND number <> 0 "
                                       "RETURNING kind, value");
  while (dial_statement_next (statement)) {
    g_hash_table_remove (get_numbers (self, dial_statement_read_text (statement, 0)),
                         dial_statement_read_text (statement, 1));
    fewer = TRUE;
  }
  return fewer;
}
