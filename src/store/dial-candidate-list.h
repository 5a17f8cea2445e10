#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CANDIDATE_ROW (dial_candidate_row_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateRow, dial_candidate_row, DIAL, CANDIDATE_ROW, GObject)

/**
 * DialCandidateRow:
 *
 * One row of a [class@CandidateList]: knows its candidate's id at once, and the candidate as soon
 * as the store has answered.
 *
 * Properties, all display-ready and never %NULL: `id` (int64), `candidate` (nullable until loaded),
 * `name`, `subtitle` (title · company), `job`, `stage`.
 */
gint64         dial_candidate_row_get_id        (DialCandidateRow *self);
DialCandidate *dial_candidate_row_get_candidate (DialCandidateRow *self);
DialStore     *dial_candidate_row_get_store     (DialCandidateRow *self);

#define DIAL_TYPE_CANDIDATE_LIST (dial_candidate_list_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateList, dial_candidate_list, DIAL, CANDIDATE_LIST, GObject)

/**
 * DialCandidateList:
 *
 * The candidates that answer a search, as a lazy GListModel of [class@CandidateRow] over row ids.
 *
 * Properties: `search` (string, "" lists everybody), `loading` (boolean, a query is under way).
 * A new search empties the list and fills it anew; changes in the store alter single rows.
 */
DialCandidateList *dial_candidate_list_new        (DialStore         *store);
const char        *dial_candidate_list_get_search (DialCandidateList *self);
void               dial_candidate_list_set_search (DialCandidateList *self,
                                                   const char        *search);
gboolean           dial_candidate_list_is_loading (DialCandidateList *self);
guint              dial_candidate_list_find       (DialCandidateList *self,
                                                   gint64             id);

G_END_DECLS
