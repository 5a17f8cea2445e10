#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CANDIDATE_ROW (dial_candidate_row_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateRow, dial_candidate_row, DIAL, CANDIDATE_ROW, GObject)

/**
 * DialCandidateRow:
 *
 * One row of a [class@CandidateList]: empty until the store has answered, and from then on as its candidate
 * is.
 *
 * Properties, all display-ready and never %NULL: `id` (int64, 0 until loaded), `candidate` (nullable until
 * loaded), `name`, `subtitle` (title · company), `job`, `stage`. All change at once: who follows `candidate`
 * misses nothing.
 */
gint64         dial_candidate_row_get_id        (DialCandidateRow *self);
DialCandidate *dial_candidate_row_get_candidate (DialCandidateRow *self);
const char    *dial_candidate_row_get_name      (DialCandidateRow *self);
const char    *dial_candidate_row_get_subtitle  (DialCandidateRow *self);
const char    *dial_candidate_row_get_job       (DialCandidateRow *self);
const char    *dial_candidate_row_get_stage     (DialCandidateRow *self);
DialStore     *dial_candidate_row_get_store     (DialCandidateRow *self);

#define DIAL_TYPE_CANDIDATE_LIST (dial_candidate_list_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateList, dial_candidate_list, DIAL, CANDIDATE_LIST, GObject)

/**
 * DialCandidateList:
 *
 * The candidates that answer a query, as a lazy GListModel of [class@CandidateRow] over places: five bytes
 * a candidate, and objects only for whom somebody looks at.
 *
 * Another query shows the first who answer, the very first a screenful, and a moment later all. Changes in the store
 * alter single rows where somebody looks and whole stretches elsewhere, and rows that move stay the same
 * objects. No emission both removes and adds more than a few rows, for that makes a view ask for each.
 *
 * Properties: `query` ([struct@Query]), `loading` (boolean: the first answer is still to come), `n-found`
 * (uint: how many are there), `complete` (boolean: those are all).
 *
 * Signals: `changing (position, n_removed)` before each `items-changed`; `located (id)`: who was asked for in
 * [method@CandidateList.find] turned out to be in the list.
 */
DialCandidateList *dial_candidate_list_new         (DialStore         *store,
                                                    guint              screenful);
const DialQuery   *dial_candidate_list_get_query   (DialCandidateList *self);
void               dial_candidate_list_set_query   (DialCandidateList *self,
                                                    const DialQuery   *query);
void               dial_candidate_list_set_keeps_rows (DialCandidateList *self,
                                                       gboolean           keeps_rows);
gboolean           dial_candidate_list_is_loading  (DialCandidateList *self);
guint              dial_candidate_list_find        (DialCandidateList *self,
                                                    gint64             id);

gboolean           dial_candidate_list_is_sorted   (DialCandidateList *self);
gint64             dial_candidate_list_get_place   (DialCandidateList *self,
                                                    guint              position,
                                                    int               *tier);
guint              dial_candidate_list_rank        (DialCandidateList *self,
                                                    int                tier,
                                                    gint64             place);

G_END_DECLS
