#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

/* Where candidates stand. */
gint64 dial_place_want    (gint64          id,
                           gint64          last_activity_at);
gint64 dial_place_find    (DialConnection *connection,
                           gint64          wanted);
gint64 dial_place_get     (DialConnection *connection,
                           gint64          id);
gint64 dial_place_get_id  (DialConnection *connection,
                           gint64          place);

G_END_DECLS
