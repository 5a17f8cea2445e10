#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/* Where it is known which time it is at the candidate's: the candidate's own time zone, else the
 * number's country where that has one zone. */
GTimeZone *dial_local_time_zone_for_name   (const char      *rails_name);
GTimeZone *dial_local_time_zone_for_number (DialPhoneNumber *number);
GTimeZone *dial_local_time_zone            (DialCandidate   *candidate,
                                            DialPhoneNumber *number);

/* When one may call without asking: from the one full hour to the other. */
#define DIAL_LOCAL_TIME_MORNING 8
#define DIAL_LOCAL_TIME_EVENING 20

/**
 * DialLocalTime:
 * @earliest: the time where clocks are furthest behind
 * @latest: the time where they are furthest ahead; the same where the zone is known
 * @awake: it may well be between morning and evening there
 *
 * The time at a candidate's place.
 */
typedef struct {
  GDateTime *earliest;
  GDateTime *latest;
  gboolean   awake;
} DialLocalTime;

DialLocalTime *dial_local_time_at       (DialCandidate       *candidate,
                                         DialPhoneNumber     *number,
                                         gint64               instant);
gboolean       dial_local_time_is_range (const DialLocalTime *self);
void           dial_local_time_free     (DialLocalTime       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialLocalTime, dial_local_time_free)

G_END_DECLS
