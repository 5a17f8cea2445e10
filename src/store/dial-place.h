#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

/* Which place a candidate gets: a free number, in the order of last activity. */
gint64 dial_place_find (DialConnection *connection,
                        gint64          id,
                        gint64          last_activity_at);

/* Where a candidate stands, 0 if it is not here. */
gint64 dial_place_get  (DialConnection *connection,
                        gint64          id);

G_END_DECLS
