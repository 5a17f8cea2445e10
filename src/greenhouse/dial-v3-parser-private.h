#pragma once

#include "dial-greenhouse.h"

G_BEGIN_DECLS

/**
 * DialV3Kind:
 *
 * What a list holds: a [enum@Resource] by its number, or something only this room needs.
 */
typedef int DialV3Kind;

#define DIAL_V3_USER_EMAILS ((DialV3Kind) DIAL_N_RESOURCES)

/* The user id of each row of `/v3/user_emails` whose address was asked for: a DialUser with nothing
 * but its id and that address. */

DialGreenhousePage *dial_v3_parse_list        (DialV3Kind            kind,
                                               GBytes               *bytes,
                                               GError              **error);
void                dial_v3_parse_list_async  (DialV3Kind            kind,
                                               GBytes               *bytes,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
DialGreenhousePage *dial_v3_parse_list_finish (GAsyncResult         *result,
                                               GError              **error);
DialNote           *dial_v3_parse_note        (GBytes               *bytes);
GBytes             *dial_v3_write_note        (DialNote             *note);

G_END_DECLS
