#pragma once

#include "dial-filter.h"

G_BEGIN_DECLS

#define DIAL_TYPE_FINDER (dial_finder_get_type ())
G_DECLARE_FINAL_TYPE (DialFinder, dial_finder, DIAL, FINDER, GObject)

/**
 * DialFinder:
 *
 * Whom the recruiter looks for: the one query that the entry, the filters, the chips, the order and the saved
 * searches show and change.
 *
 * Properties: `query` ([struct@Query]), `order` ([enum@Order], the query's).
 */
DialFinder      *dial_finder_new           (void);
const DialQuery *dial_finder_get_query     (DialFinder      *self);
void             dial_finder_set_query     (DialFinder      *self,
                                            const DialQuery *query);
void             dial_finder_set_text      (DialFinder      *self,
                                            const char      *text);
void             dial_finder_set_order     (DialFinder      *self,
                                            DialOrder        order);
void             dial_finder_set_filter    (DialFinder      *self,
                                            DialFilterKind   kind,
                                            const char      *value,
                                            gboolean         on);
void             dial_finder_clear_filters (DialFinder      *self);

G_END_DECLS
