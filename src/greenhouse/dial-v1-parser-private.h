#pragma once

#include "dial-dialect-private.h"

G_BEGIN_DECLS

DialGreenhousePage *dial_v1_parse      (DialErrand   errand,
                                        GBytes      *bytes,
                                        GError     **error);
DialNote           *dial_v1_parse_note (GBytes      *bytes,
                                        gint64       candidate_id);
GBytes             *dial_v1_write_note (DialNote    *note);

G_END_DECLS
