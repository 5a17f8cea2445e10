#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/* Where it is known which time it is at the candidate's: the candidate's own time zone, else the
 * number's country where that has one zone. */
GTimeZone *dial_local_time_zone_for_name   (const char      *rails_name);
GTimeZone *dial_local_time_zone_for_number (DialPhoneNumber *number);
GTimeZone *dial_local_time_zone            (DialCandidate   *candidate,
                                            DialPhoneNumber *number);

G_END_DECLS
