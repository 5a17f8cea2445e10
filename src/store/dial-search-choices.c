#include "dial-filters.h"
#include "dial-search-private.h"
#include "dial-statement.h"
#include "dial-terms.h"

#include <string.h>

/* The filters of so many candidates are read one by one; of more, all who have a filter are gone through. */
#define MAX_READ 20000

static const guint quiet_days[] = { 7, 30, 90 };

/* One choice on the way to its count. */
typedef struct {
  char   *value;
  GArray *numbers;     /* of the filters that mean it */
  guint   n_everybody; /* how many have one of them, where it is one alone */
  guint   count;
  gint64  last;        /* the place it was counted at last */
} Value;

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->value);
  g_array_unref (value->numbers);
  g_free (value);
}

/* What an application can be filtered by; the parts of a filter come in this order. */
static const struct {
  DialFacet   facet;
  const char *kind;
} parts[] = {
  { DIAL_FACET_JOB, DIAL_FILTER_JOB },
  { DIAL_FACET_STAGE, DIAL_FILTER_STAGE },
  { DIAL_FACET_STATUS, DIAL_FILTER_STATUS },
};

static GStrv
get_chosen (const DialQuery *query,
            guint            part)
{
  GStrv lists[] = { query->jobs, query->stages, query->statuses };

  return lists[part];
}

/* The kind of filter that tells of the facet and of what else is chosen of the same application. */
static char *
get_kind (const DialQuery *query,
          DialFacet        facet)
{
  GString *kind = g_string_new (NULL);

  if (facet == DIAL_FACET_TAG)
    g_string_append (kind, DIAL_FILTER_TAG);
  for (guint i = 0; facet != DIAL_FACET_TAG && i < G_N_ELEMENTS (parts); i++) {
    if (parts[i].facet == facet || get_chosen (query, i)[0] != NULL)
      g_string_append_printf (kind, "%s%s", kind->len > 0 ? DIAL_FILTER_AND : "", parts[i].kind);
  }
  return g_string_free (kind, FALSE);
}

/* What @glued says of the facet, if all else in it is chosen; NULL if not. */
static char *
get_value (const DialQuery *query,
           DialFacet        facet,
           const char      *glued)
{
  g_auto (GStrv) split = g_strsplit (glued, DIAL_FILTER_GLUE, -1);
  g_autofree char *value = NULL;
  guint n = 0;

  if (facet == DIAL_FACET_TAG)
    return g_strdup (glued);

  for (guint i = 0; i < G_N_ELEMENTS (parts) && split[n] != NULL; i++) {
    GStrv chosen = get_chosen (query, i);

    if (parts[i].facet == facet)
      value = g_strdup (split[n++]);
    else if (chosen[0] != NULL && !g_strv_contains ((const char * const *) chosen, split[n++]))
      return NULL;
  }
  return g_steal_pointer (&value);
}

static GPtrArray *
read_values (DialConnection  *connection,
             const DialQuery *query,
             DialFacet        facet)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (value_free);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *kind = get_kind (query, facet);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT number, value, n_candidates FROM filters WHERE kind = ?");

  dial_statement_bind_text (statement, kind);
  while (dial_statement_next (statement)) {
    gint64 number = dial_statement_read_int64 (statement, 0);
    g_autofree char *name = get_value (query, facet, dial_statement_read_text (statement, 1));
    Value *value = name != NULL ? g_hash_table_lookup (by_name, name) : NULL;

    if (name == NULL)
      continue;
    if (value == NULL) {
      value = g_new0 (Value, 1);
      value->value = g_steal_pointer (&name);
      value->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (by_name, value->value, value);
      g_ptr_array_add (values, value);
    }
    g_array_append_val (value->numbers, number);
    value->n_everybody += dial_statement_read_int64 (statement, 2);
  }
  return values;
}

/* The query but for what its facet's filters say by themselves. */
static DialQuery *
copy_base (const DialQuery *query,
           DialFacet        facet)
{
  DialQuery *base = dial_query_copy (query);

  if (facet == DIAL_FACET_TAG)
    return base;

  g_strfreev (base->jobs);
  g_strfreev (base->stages);
  g_strfreev (base->statuses);
  base->jobs = g_new0 (char *, 1);
  base->stages = g_new0 (char *, 1);
  base->statuses = g_new0 (char *, 1);
  return base;
}

static gboolean
is_everybody (const DialQuery *query)
{
  g_autofree char *bare = g_strstrip (g_strdup (query->text));

  return bare[0] == '\0' && !dial_query_has_filters (query);
}

/* Goes on from *@from, where the last one was looked for, to where @place is or would be, in leaps that grow;
 * whether it is there. */
static gboolean
leap (const DialPlaces *places,
      gint64            place,
      guint            *from)
{
  guint end = *from, step = 1;

  while (end < places->len && dial_places_get (places, end) > place) {
    *from = end + 1;
    end += step;
    step *= 2;
  }
  end = MIN (end, places->len);
  *from = dial_places_find (places, *from, end, place);
  return *from < places->len && dial_places_get (places, *from) == place;
}

/* Counts those of @found who have the value, or all who have it with %NULL. */
static void
count_value (DialConnection *connection,
             Value          *value,
             DialPlaces     *found)
{
  g_autoptr (GString) expression = g_string_new (NULL);
  g_autoptr (DialPlaces) places = dial_places_new ();
  guint from = 0;

  for (guint i = 0; i < value->numbers->len; i++)
    g_string_append_printf (expression, "%s\"%c%" G_GINT64_MODIFIER "x\"", i > 0 ? " OR " : "",
                            DIAL_TERM_FILTER, g_array_index (value->numbers, gint64, i));
  dial_search_append (connection, expression->str, NULL, 0, places);
  for (guint i = 0; i < places->len; i++)
    value->count += found == NULL || leap (found, dial_places_get (places, i), &from);
}

static void
count_words (GHashTable *by_number,
             gint64      place,
             const char *words)
{
  for (const char *p = words; p != NULL; p = strchr (p, ' ')) {
    Value *value = NULL;
    gint64 number;

    p += *p == ' ';
    if (*p != DIAL_TERM_FILTER)
      continue;

    number = g_ascii_strtoll (p + 1, NULL, 16);
    value = g_hash_table_lookup (by_number, &number);
    if (value != NULL && value->last != place) {
      value->count++;
      value->last = place;
    }
  }
}

/* Reads the filters of each of @found. */
static void
count_found (DialConnection *connection,
             GPtrArray      *values,
             DialPlaces     *found)
{
  g_autoptr (GHashTable) by_number = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);

    for (guint j = 0; j < value->numbers->len; j++)
      g_hash_table_insert (by_number, &g_array_index (value->numbers, gint64, j), value);
  }

  for (guint i = 0; i < found->len && !dial_connection_has_failed (connection); i++) {
    gint64 place = dial_places_get (found, i);
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "SELECT own, work FROM candidates "
                               "JOIN candidate_words ON candidate_words.id = candidates.id "
                               "WHERE place = ? AND place > 0");

    dial_statement_bind_int64 (statement, place);
    if (dial_statement_next (statement)) {
      count_words (by_number, place, dial_statement_read_text (statement, 0));
      count_words (by_number, place, dial_statement_read_text (statement, 1));
    }
    dial_statement_reset (statement);
  }
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const DialChoice *left = *(const DialChoice **) a, *right = *(const DialChoice **) b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return strcmp (left->value, right->value);
}

/* How many have the filter, of all. */
static guint
count_everybody (DialConnection *connection,
                 const char     *kind,
                 const char     *value)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT n_candidates FROM filters WHERE kind = ? "
                             "AND value = ?");
  guint count = 0;

  dial_statement_bind_text (statement, kind);
  dial_statement_bind_text (statement, value);
  if (dial_statement_next (statement))
    count = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return count;
}

static void
count_narrowed (DialConnection *connection,
                DialQuery      *narrowed,
                const char     *value,
                GPtrArray      *choices)
{
  g_ptr_array_add (choices, dial_choice_new (value, dial_search_count (connection, narrowed)));
}

/* How many of the query's candidates were quiet so long, from how many were not. */
static void
count_quiet (DialConnection  *connection,
             const DialQuery *query,
             GPtrArray       *choices)
{
  g_autoptr (DialQuery) narrowed = dial_query_copy (query);
  g_autoptr (DialPlaces) found = NULL;
  guint n_found;

  narrowed->quiet_days = 0;
  if (is_everybody (narrowed)) {
    n_found = count_everybody (connection, DIAL_FILTER_EVERYBODY, "");
  } else {
    found = dial_search_collect (connection, narrowed);
    n_found = found->len;
  }

  for (guint i = 0; i < G_N_ELEMENTS (quiet_days); i++) {
    g_autofree char *value = g_strdup_printf ("quiet-%u", quiet_days[i]);
    g_autoptr (DialSearchFilters) filters = NULL;
    GHashTableIter iter;
    gpointer place;
    guint n_loud = 0;

    narrowed->quiet_days = quiet_days[i];
    filters = dial_search_filters_new (connection, narrowed);
    g_hash_table_iter_init (&iter, filters->loud);
    while (g_hash_table_iter_next (&iter, &place, NULL)) {
      guint from = 0;

      n_loud += found == NULL || leap (found, *(gint64 *) place, &from);
    }
    g_ptr_array_add (choices, dial_choice_new (value, n_found - MIN (n_loud, n_found)));
  }
}

static void
count_mine (DialConnection  *connection,
            const DialQuery *query,
            GPtrArray       *choices)
{
  g_autoptr (DialQuery) others = dial_query_copy (query);
  g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, query->user_id);

  others->user_id = 0;
  g_ptr_array_add (choices, dial_choice_new ("mine", is_everybody (others)
                                               ? count_everybody (connection, DIAL_FILTER_USER, user)
                                               : dial_search_count (connection, query)));
}

static void
count_others (DialConnection  *connection,
              const DialQuery *query,
              GPtrArray       *choices)
{
  g_autoptr (DialQuery) narrowed = dial_query_copy (query);

  if (is_everybody (query)) {
    g_ptr_array_add (choices, dial_choice_new ("has-phone", count_everybody (connection,
                                                                             DIAL_FILTER_PHONE, "")));
    g_ptr_array_add (choices, dial_choice_new ("private", count_everybody (connection,
                                                                           DIAL_FILTER_PRIVATE, "")));
  } else {
    narrowed->has_phone = TRUE;
    count_narrowed (connection, narrowed, "has-phone", choices);
    narrowed->has_phone = query->has_phone;
    narrowed->is_private = TRUE;
    count_narrowed (connection, narrowed, "private", choices);
    narrowed->is_private = query->is_private;
  }
  if (query->user_id != 0)
    count_mine (connection, query, choices);
  count_quiet (connection, query, choices);
}

static void
count_values (DialConnection  *connection,
              const DialQuery *query,
              DialFacet        facet,
              GPtrArray       *values)
{
  g_autoptr (DialQuery) base = copy_base (query, facet);
  g_autoptr (DialPlaces) found = is_everybody (base) ? NULL : dial_search_collect (connection, base);

  if (found != NULL && found->len <= MAX_READ) {
    count_found (connection, values, found);
    return;
  }

  for (guint i = 0; i < values->len && !dial_connection_has_failed (connection); i++) {
    Value *value = g_ptr_array_index (values, i);

    if (found == NULL && value->numbers->len == 1)
      value->count = value->n_everybody;
    else
      count_value (connection, value, found);
  }
}

GPtrArray *
dial_search_count_choices (DialConnection  *connection,
                           const DialQuery *query,
                           DialFacet        facet)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_choice_free);
  g_autoptr (GPtrArray) values = NULL;

  if (facet == DIAL_FACET_OTHER)
    count_others (connection, query, choices);
  else if (facet == DIAL_FACET_MINE)
    count_mine (connection, query, choices);
  if (facet == DIAL_FACET_OTHER || facet == DIAL_FACET_MINE)
    return choices;

  values = read_values (connection, query, facet);
  count_values (connection, query, facet, values);
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);

    if (value->count > 0)
      g_ptr_array_add (choices, dial_choice_new (value->value, value->count));
  }
  g_ptr_array_sort (choices, compare_choices);
  return choices;
}
