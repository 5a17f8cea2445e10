#pragma once

#include "dial-dialect-private.h"

G_BEGIN_DECLS

DialGreenhousePage *dial_v3_parse_list (DialErrand   errand,
                                        GBytes      *bytes,
                                        GError     **error);
DialNote           *dial_v3_parse_note (GBytes      *bytes);
GBytes             *dial_v3_write_note (DialNote    *note);

G_END_DECLS
