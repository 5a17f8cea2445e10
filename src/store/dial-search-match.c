#include "dial-search-private.h"
#include "dial-statement.h"

GArray *
dial_search_match (DialConnection  *connection,
                   const DialQuery *query,
                   GArray          *ids)
{
  g_autoptr (DialSearchWords) words = dial_search_words_new (query->text);
  g_autoptr (DialSearchFilters) filters = dial_search_filters_new (connection, query);
  GArray *matches = g_array_sized_new (FALSE, FALSE, sizeof (DialMatch), ids->len);

  for (guint i = 0; i < ids->len; i++) {
    DialMatch match = { .id = g_array_index (ids, gint64, i), .tier = -1 };
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "SELECT place, own, work FROM candidates "
                               "JOIN candidate_words ON candidate_words.id = candidates.id "
                               "WHERE candidates.id = ? AND place > 0");

    dial_statement_bind_int64 (statement, match.id);
    if (dial_statement_next (statement)) {
      const char *own = dial_statement_read_text (statement, 1);
      const char *work = dial_statement_read_text (statement, 2);

      match.place = dial_statement_read_int64 (statement, 0);
      if (dial_search_filters_match (filters, match.place, own, work))
        match.tier = dial_search_words_match (words, own, work);
      if (match.tier > 1 && query->order != DIAL_ORDER_RELEVANCE)
        match.tier = 1;
    }
    dial_statement_reset (statement);
    g_array_append_val (matches, match);
  }
  return matches;
}
