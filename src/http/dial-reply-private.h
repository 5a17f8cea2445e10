#pragma once

#include <libsoup/soup.h>

#include "dial-reply.h"

G_BEGIN_DECLS

DialReply *dial_reply_new (SoupMessage *message,
                           GBytes      *body);

G_END_DECLS
