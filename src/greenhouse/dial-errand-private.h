#pragma once

#include "dial-dialect-private.h"

G_BEGIN_DECLS

GError   *dial_errand_refuse      (const DialErrandWords *words,
                                   const DialReply       *reply,
                                   const char            *secret);
GError   *dial_errand_unclear     (const DialReply       *reply);
GError   *dial_errand_author      (const DialReply       *reply);
GError   *dial_errand_half        (const DialReply       *reply);
GError   *dial_errand_portal      (const DialReply       *reply);
GError   *dial_errand_redirect    (const DialReply       *reply);
GError   *dial_errand_proxy       (void);
GError   *dial_errand_unreachable (const GError          *error,
                                   const char            *url);
GError   *dial_error_with_id      (int                    code,
                                   const char            *request_id,
                                   const char            *sentence);
gboolean  dial_errand_is_about_address (const GError      *error);
char     *dial_errand_describe_skew (int                  skew);
char     *dial_errand_blame_clock (char                  *sentence,
                                   const DialReply       *reply);
gboolean  dial_reply_mentions     (const DialReply       *reply,
                                   const char            *word);

G_END_DECLS
