#pragma once

#include "dial-http-private.h"
#include "dial-v3-parser-private.h"

G_BEGIN_DECLS

/**
 * DialErrand:
 *
 * What a request is for: a list by its [alias@V3Kind], or the one thing that is written.
 */
typedef int DialErrand;

#define DIAL_ERRAND_CREATE_NOTE ((DialErrand) DIAL_V3_USER_EMAILS + 1)

const char *dial_errand_get_name     (DialErrand        errand);
const char *dial_errand_get_scope    (DialErrand        errand);
const char *dial_errand_get_path     (DialErrand        errand);
GError     *dial_errand_refuse       (DialErrand        errand,
                                      const DialReply  *reply,
                                      const char       *secret);
GError     *dial_errand_unclear      (const DialReply  *reply);
GError     *dial_errand_half         (const DialReply  *reply);
GError     *dial_errand_unreachable  (const GError     *error,
                                      const char       *url);
GError     *dial_error_with_id       (int               code,
                                      const char       *request_id,
                                      const char       *sentence);
gboolean    dial_reply_is_html       (const DialReply  *reply);

G_END_DECLS
