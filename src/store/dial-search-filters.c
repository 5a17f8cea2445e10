#include "dial-filters.h"
#include "dial-search-private.h"
#include "dial-statement.h"
#include "dial-terms.h"

#include <string.h>

/* More combinations of chosen jobs, stages and statuses than a person makes. */
#define MAX_COMBINATIONS 2000

static void
add_number (DialConnection *connection,
            GArray         *group,
            const char     *kind,
            const char     *value)
{
  gint64 number = dial_filters_look_up (connection, kind, value);

  if (number != 0)
    g_array_append_val (group, number);
}

static void
add_single (DialConnection    *connection,
            DialSearchFilters *self,
            const char        *kind,
            const char        *value)
{
  GArray *group = g_array_new (FALSE, FALSE, sizeof (gint64));

  add_number (connection, group, kind, value);
  g_ptr_array_add (self->groups, group);
}

static char *
glue (const char *before,
      const char *between,
      const char *after)
{
  return before[0] != '\0' ? g_strconcat (before, between, after, NULL) : g_strdup (after);
}

/* Every way to take one of each list that is not empty, as one filter of that application. */
static void
add_combinations (DialConnection  *connection,
                  GArray          *group,
                  const DialQuery *query,
                  guint            list,
                  const char      *kind,
                  const char      *value)
{
  static const char * const kinds[] = { DIAL_FILTER_JOB, DIAL_FILTER_STAGE, DIAL_FILTER_STATUS };
  GStrv lists[] = { query->jobs, query->stages, query->statuses };
  g_autofree char *kind_here = NULL;

  if (list == G_N_ELEMENTS (lists)) {
    add_number (connection, group, kind, value);
    return;
  }
  if (lists[list][0] == NULL) {
    add_combinations (connection, group, query, list + 1, kind, value);
    return;
  }

  kind_here = glue (kind, DIAL_FILTER_AND, kinds[list]);
  for (guint i = 0; lists[list][i] != NULL && group->len < MAX_COMBINATIONS; i++) {
    g_autofree char *value_here = glue (value, DIAL_FILTER_GLUE, lists[list][i]);

    add_combinations (connection, group, query, list + 1, kind_here, value_here);
  }
}

static GHashTable *
find_loud (DialConnection *connection,
           guint           quiet_days)
{
  GHashTable *loud = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT place FROM candidates "
                             "WHERE last_contact_at > 0 AND last_contact_at >= ? AND place <> 0");

  dial_statement_bind_int64 (statement, g_get_real_time () -
                             (gint64) quiet_days * 24 * 3600 * G_USEC_PER_SEC);
  while (dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);

    g_hash_table_add (loud, g_memdup2 (&place, sizeof place));
  }
  return loud;
}

DialSearchFilters *
dial_search_filters_new (DialConnection  *connection,
                         const DialQuery *query)
{
  DialSearchFilters *self = g_new0 (DialSearchFilters, 1);

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  if (query->jobs[0] != NULL || query->stages[0] != NULL || query->statuses[0] != NULL) {
    GArray *group = g_array_new (FALSE, FALSE, sizeof (gint64));

    add_combinations (connection, group, query, 0, "", "");
    g_ptr_array_add (self->groups, group);
  }
  for (guint i = 0; query->tags[i] != NULL; i++)
    add_single (connection, self, DIAL_FILTER_TAG, query->tags[i]);
  if (query->user_id != 0) {
    g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, query->user_id);

    add_single (connection, self, DIAL_FILTER_USER, user);
  }
  if (query->has_phone)
    add_single (connection, self, DIAL_FILTER_PHONE, "");
  if (query->is_private)
    add_single (connection, self, DIAL_FILTER_PRIVATE, "");
  if (query->quiet_days != 0)
    self->loud = find_loud (connection, query->quiet_days);
  return self;
}

void
dial_search_filters_free (DialSearchFilters *self)
{
  g_ptr_array_unref (self->groups);
  g_clear_pointer (&self->loud, g_hash_table_unref);
  g_free (self);
}

char *
dial_search_filters_add (DialSearchFilters *self,
                         char              *expression)
{
  GString *narrowed = g_string_new (NULL);

  if (expression != NULL)
    g_string_append_printf (narrowed, "(%s)", expression);
  g_free (expression);

  for (guint i = 0; i < self->groups->len; i++) {
    GArray *group = g_ptr_array_index (self->groups, i);

    g_string_append (narrowed, narrowed->len > 0 ? " AND (" : "(");
    for (guint j = 0; j < group->len; j++)
      g_string_append_printf (narrowed, "%s\"%c%" G_GINT64_MODIFIER "x\"", j > 0 ? " OR " : "",
                              DIAL_TERM_FILTER, g_array_index (group, gint64, j));
    /* What nobody has: a term that is none. */
    if (group->len == 0)
      g_string_append_printf (narrowed, "\"%c\"", DIAL_TERM_FILTER);
    g_string_append_c (narrowed, ')');
  }

  if (narrowed->len == 0)
    g_string_append_printf (narrowed, "\"%c\"", DIAL_TERM_EVERYBODY);
  return g_string_free (narrowed, FALSE);
}

static gboolean
has_number (const char *words,
            GArray     *group)
{
  for (const char *p = words; p != NULL; p = strchr (p, ' ')) {
    p += *p == ' ';
    if (*p != DIAL_TERM_FILTER)
      continue;

    for (guint i = 0; i < group->len; i++) {
      if (g_ascii_strtoll (p + 1, NULL, 16) == g_array_index (group, gint64, i))
        return TRUE;
    }
  }
  return FALSE;
}

gboolean
dial_search_filters_match (DialSearchFilters *self,
                           gint64             place,
                           const char        *own,
                           const char        *work)
{
  for (guint i = 0; i < self->groups->len; i++) {
    GArray *group = g_ptr_array_index (self->groups, i);

    if (!has_number (own, group) && !has_number (work, group))
      return FALSE;
  }
  return self->loud == NULL || !g_hash_table_contains (self->loud, &place);
}
