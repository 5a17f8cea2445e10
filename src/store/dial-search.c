#include "dial-search-private.h"
#include "dial-statement.h"
#include "dial-terms.h"

#include <string.h>

/* What a first answer may take of the processor. A few words that are everywhere, and seldom together, take
 * longer; then those who were found so far must do until the whole answer is there. */
#define FIRST_ANSWER_US 7000

/* In other orders all who answer are to be known before the first of them is. */
#define FIRST_IN_ORDER_US 30000

/* Up to so many are sorted by name one by one; to find the first of more, all names are gone through. */
#define MAX_SORTED 3000

#define MATCH_SQL \
  "SELECT rowid FROM candidate_search WHERE candidate_search MATCH ? ORDER BY rowid DESC"

static gboolean
is_full (const DialPlaces *places,
         guint             limit)
{
  return limit > 0 && places->len >= limit;
}

gboolean
dial_search_append (DialConnection *connection,
                    const char     *expression,
                    GHashTable     *but,
                    guint           limit,
                    DialPlaces     *places)
{
  DialStatement *statement = dial_connection_prepare (connection, MATCH_SQL);

  dial_statement_bind_text (statement, expression);
  while (!is_full (places, limit) && dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);

    if (but == NULL || !g_hash_table_contains (but, &place))
      dial_places_add (places, place);
  }
  dial_statement_reset (statement);
  return !is_full (places, limit);
}

/* Goes down the @n_tiers that are there already, beside another that goes down: whether @place is in one. */
static gboolean
pass (DialFindings *findings,
      guint         n_tiers,
      guint        *next,
      gint64        place)
{
  for (guint i = 0; i < n_tiers; i++) {
    while (next[i] < findings->tier_ends[i] &&
           dial_places_get (findings->places, next[i]) > place)
      next[i]++;
    if (next[i] < findings->tier_ends[i] && dial_places_get (findings->places, next[i]) == place)
      return TRUE;
  }
  return FALSE;
}

/* Appends who answers @expression, but for those who are in the @n_tiers before. */
static gboolean
append_tier (DialConnection *connection,
             const char     *expression,
             GHashTable     *but,
             guint           limit,
             guint           n_tiers,
             DialFindings   *findings)
{
  guint next[DIAL_N_TIERS] = { 0 };
  DialStatement *statement = dial_connection_prepare (connection, MATCH_SQL);

  for (guint i = 1; i < n_tiers; i++)
    next[i] = findings->tier_ends[i - 1];
  dial_statement_bind_text (statement, expression);
  while (!is_full (findings->places, limit) && dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);

    if (!pass (findings, n_tiers, next, place) &&
        (but == NULL || !g_hash_table_contains (but, &place)))
      dial_places_add (findings->places, place);
  }
  dial_statement_reset (statement);
  return !is_full (findings->places, limit);
}

static char *
express (DialSearchWords   *words,
         DialSearchFilters *filters,
         int                tier)
{
  char *expression = words->words->len > 0 ? dial_search_words_express (words, tier) : NULL;

  return dial_search_filters_add (filters, expression);
}

DialPlaces *
dial_search_collect (DialConnection  *connection,
                     const DialQuery *query)
{
  g_autoptr (DialSearchWords) words = dial_search_words_new (query->text);
  g_autoptr (DialSearchFilters) filters = dial_search_filters_new (connection, query);
  g_autofree char *expression = express (words, filters, DIAL_N_TIERS);
  DialPlaces *places = dial_places_new ();

  dial_search_append (connection, expression, filters->loud, 0, places);
  return places;
}

guint
dial_search_count (DialConnection  *connection,
                   const DialQuery *query)
{
  g_autoptr (DialSearchWords) words = dial_search_words_new (query->text);
  g_autoptr (DialSearchFilters) filters = dial_search_filters_new (connection, query);
  g_autofree char *expression = express (words, filters, DIAL_N_TIERS);
  DialStatement *statement;
  guint count = 0;

  if (filters->loud != NULL) {
    g_autoptr (DialPlaces) places = dial_places_new ();

    dial_search_append (connection, expression, filters->loud, 0, places);
    return places->len;
  }

  statement = dial_connection_prepare (connection, "SELECT count(*) FROM candidate_search "
                                       "WHERE candidate_search MATCH ?");
  dial_statement_bind_text (statement, expression);
  if (dial_statement_next (statement))
    count = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return count;
}

static gboolean
is_among (const DialPlaces *places,
          gint64            place)
{
  guint found = dial_places_find (places, 0, places->len, place);

  return found < places->len && dial_places_get (places, found) == place;
}

typedef struct {
  gint64  place;
  char   *name;
} Named;

static void
named_clear (gpointer data)
{
  g_free (((Named *) data)->name);
}

static int
compare_named (gconstpointer a,
               gconstpointer b)
{
  const Named *left = a, *right = b;
  int order = strcmp (left->name, right->name);

  return order != 0 ? order : left->place < right->place ? -1 : left->place > right->place;
}

static char *
read_name_key (DialConnection *connection,
               gint64          place)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT own FROM candidates "
                             "JOIN candidate_words ON candidate_words.id = candidates.id "
                             "WHERE place = ? AND place > 0");
  char *key = NULL;

  dial_statement_bind_int64 (statement, place);
  if (dial_statement_next (statement))
    key = dial_terms_dup_name_key (dial_statement_read_text (statement, 0));
  dial_statement_reset (statement);
  return key != NULL ? key : g_strdup ("");
}

static void
sort_by_name (DialConnection *connection,
              DialPlaces     *found,
              guint           limit,
              DialPlaces     *places)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (Named));

  g_array_set_clear_func (named, named_clear);
  for (guint i = 0; i < found->len && !dial_connection_has_failed (connection); i++) {
    Named entry = { dial_places_get (found, i) };

    entry.name = read_name_key (connection, entry.place);
    g_array_append_val (named, entry);
  }
  g_array_sort (named, compare_named);
  for (guint i = 0; i < named->len && !is_full (places, limit); i++)
    dial_places_add (places, g_array_index (named, Named, i).place);
}

/* Goes through all names in their order, and takes those that are among @found; all with %NULL. */
static void
walk_names (DialConnection *connection,
            DialPlaces     *found,
            guint           limit,
            DialPlaces     *places)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT doc FROM candidate_terms WHERE term >= 'k' AND term < 'l'");

  while (!is_full (places, limit) && dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);

    if (found == NULL || is_among (found, place))
      dial_places_add (places, place);
  }
  dial_statement_reset (statement);
}

static gboolean
find_by_name (DialConnection  *connection,
              const DialQuery *query,
              guint            limit,
              DialPlaces      *places)
{
  g_autoptr (DialPlaces) found = NULL;
  g_autofree char *bare = g_strstrip (g_strdup (query->text));

  if (bare[0] == '\0' && !dial_query_has_filters (query)) {
    walk_names (connection, NULL, limit, places);
    return !is_full (places, limit);
  }

  found = dial_search_collect (connection, query);
  if (found->len <= MAX_SORTED)
    sort_by_name (connection, found, limit, places);
  else
    walk_names (connection, found, limit, places);
  return places->len == found->len;
}

/* Whom we were in contact with, the last first, as far as they answer; the others after them. */
static gboolean
find_by_contact (DialConnection    *connection,
                 DialSearchWords   *words,
                 DialSearchFilters *filters,
                 guint              limit,
                 DialPlaces        *places)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *expression = express (words, filters, DIAL_N_TIERS);
  GHashTableIter iter;
  gpointer loud;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT place, own, work FROM candidates "
                             "JOIN candidate_words ON candidate_words.id = candidates.id "
                             "WHERE last_contact_at > 0 AND place > 0 "
                             "ORDER BY last_contact_at DESC, place DESC");

  while (dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);
    const char *own = dial_statement_read_text (statement, 1);
    const char *work = dial_statement_read_text (statement, 2);

    if (!is_full (places, limit) && dial_search_filters_match (filters, place, own, work) &&
        dial_search_words_match (words, own, work) > 0)
      dial_places_add (places, place);
    g_hash_table_add (taken, g_memdup2 (&place, sizeof place));
  }

  if (filters->loud != NULL) {
    g_hash_table_iter_init (&iter, filters->loud);
    while (g_hash_table_iter_next (&iter, &loud, NULL))
      g_hash_table_add (taken, g_memdup2 (loud, sizeof (gint64)));
  }
  return dial_search_append (connection, expression, taken, limit, places);
}

static gboolean
find_by_activity (DialConnection    *connection,
                  DialSearchWords   *words,
                  DialSearchFilters *filters,
                  guint              limit,
                  DialPlaces        *places)
{
  g_autofree char *expression = express (words, filters, DIAL_N_TIERS);

  return dial_search_append (connection, expression, filters->loud, limit, places);
}

/* Tier after tier, so that a short list is full before the longer ones are looked at. */
static gboolean
find_by_relevance (DialConnection    *connection,
                   DialSearchWords   *words,
                   DialSearchFilters *filters,
                   guint              limit,
                   DialFindings      *findings)
{
  gboolean complete = TRUE;

  for (guint i = 0; i < DIAL_N_TIERS; i++) {
    g_autofree char *expression = express (words, filters, i + 1);

    if (complete && !dial_connection_has_failed (connection))
      complete = append_tier (connection, expression, filters->loud, limit, i, findings);
    findings->tier_ends[i] = findings->places->len;
  }
  return complete;
}

static gboolean
find_in_order (DialConnection  *connection,
               const DialQuery *query,
               guint            limit,
               DialFindings    *findings)
{
  g_autoptr (DialSearchWords) words = dial_search_words_new (query->text);
  g_autoptr (DialSearchFilters) filters = dial_search_filters_new (connection, query);
  gboolean complete;

  if (query->order == DIAL_ORDER_RELEVANCE && words->words->len > 0)
    return find_by_relevance (connection, words, filters, limit, findings);

  if (query->order == DIAL_ORDER_NAME)
    complete = find_by_name (connection, query, limit, findings->places);
  else if (query->order == DIAL_ORDER_CONTACT)
    complete = find_by_contact (connection, words, filters, limit, findings->places);
  else
    complete = find_by_activity (connection, words, filters, limit, findings->places);
  for (guint i = 0; i < DIAL_N_TIERS; i++)
    findings->tier_ends[i] = findings->places->len;
  return complete;
}

DialFindings *
dial_search_find (DialConnection  *connection,
                  const DialQuery *query,
                  guint            limit)
{
  DialFindings *findings = dial_findings_new ();

  if (limit > 0)
    dial_connection_set_time (connection, query->order == DIAL_ORDER_RELEVANCE ? FIRST_ANSWER_US
                                                                               : FIRST_IN_ORDER_US);
  findings->complete = find_in_order (connection, query, limit, findings);
  if (dial_connection_has_timed_out (connection))
    findings->complete = FALSE;
  dial_places_squeeze (findings->places);
  return findings;
}

GArray *
dial_search_find_phone (DialConnection *connection,
                        const char     *e164)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *end = g_strreverse (g_strdup (e164[0] == '+' ? e164 + 1 : e164));
  g_autofree char *expression = g_strdup_printf ("\"%c%s\"", DIAL_TERM_PHONE_END, end);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id FROM candidate_search "
                             "JOIN candidates ON place = candidate_search.rowid AND place > 0 "
                             "WHERE candidate_search MATCH ?1 AND EXISTS (SELECT 1 "
                             "FROM candidate_phones WHERE candidate_id = id AND e164 = ?2) "
                             "ORDER BY candidate_search.rowid DESC");

  dial_statement_bind_text (statement, expression);
  dial_statement_bind_text (statement, e164);
  while (dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    g_array_append_val (ids, id);
  }
  return ids;
}
