#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PEOPLE (dial_people_get_type ())
G_DECLARE_FINAL_TYPE (DialPeople, dial_people, DIAL, PEOPLE, GObject)

/**
 * DialPeople:
 *
 * The candidates of one company or of all of a desk's active ones who answer a query, as a lazy GListModel of
 * [class@CandidateRow]. The lists of several companies are woven into one: in the orders of relevance and of
 * last activity as if all candidates were of one company; in the others one of each in turn.
 *
 * Properties: `integration` (nullable [class@Integration]: %NULL stands for all), `query` ([struct@Query]),
 * `loading` (boolean: a first answer is still to come), `n-found` (uint: how many are there), `complete`
 * (boolean: those are all). Signal: `located`, see [method@People.find].
 */
DialPeople      *dial_people_new             (DialDesk         *desk,
                                              guint             screenful);
DialIntegration *dial_people_get_integration (DialPeople       *self);
void             dial_people_set_integration (DialPeople       *self,
                                              DialIntegration  *integration);
const DialQuery *dial_people_get_query       (DialPeople       *self);
void             dial_people_set_query       (DialPeople       *self,
                                              const DialQuery  *query);
gboolean         dial_people_is_loading      (DialPeople       *self);
guint            dial_people_find            (DialPeople       *self,
                                              DialIntegration  *integration,
                                              gint64            candidate_id);
DialIntegration *dial_people_find_owner      (DialPeople       *self,
                                              DialCandidateRow *row);

G_END_DECLS
