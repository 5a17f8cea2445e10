#pragma once

#include "dial-history.h"

G_BEGIN_DECLS

/* The countries a number may be of that does not say its own. */
char *dial_country_dup_name (const char      *region);
GStrv dial_country_list     (DialCandidate   *candidate,
                             DialPhoneNumber *number,
                             GListModel      *history);

G_END_DECLS
