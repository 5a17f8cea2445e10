#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PEOPLE (dial_people_get_type ())
G_DECLARE_FINAL_TYPE (DialPeople, dial_people, DIAL, PEOPLE, GObject)

/**
 * DialPeople:
 *
 * The candidates of one company or of all of a desk's active ones who answer a search, as a lazy
 * GListModel of [class@CandidateRow]. With several companies their lists are laced into one another: the
 * first of each, then the second of each, and so on, so that nobody's best match drowns.
 *
 * Properties: `integration` (nullable [class@Integration]: %NULL stands for all), `search` (string),
 * `loading` (boolean: a query is under way somewhere).
 */
DialPeople      *dial_people_new             (DialDesk         *desk);
DialIntegration *dial_people_get_integration (DialPeople       *self);
void             dial_people_set_integration (DialPeople       *self,
                                              DialIntegration  *integration);
const char      *dial_people_get_search      (DialPeople       *self);
void             dial_people_set_search      (DialPeople       *self,
                                              const char       *search);
gboolean         dial_people_is_loading      (DialPeople       *self);
guint            dial_people_find            (DialPeople       *self,
                                              DialIntegration  *integration,
                                              gint64            candidate_id);
DialIntegration *dial_people_find_owner      (DialPeople       *self,
                                              DialCandidateRow *row);

G_END_DECLS
