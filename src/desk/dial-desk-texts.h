#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

/**
 * DIAL_TEXT_MAX:
 *
 * The longest text message that is sent, in characters: nobody writes down where phone systems stop.
 */
#define DIAL_TEXT_MAX 1600

/**
 * DialTextSender:
 * @e164: a number that is ticked for text messages
 * @name: (nullable): what the phone system calls it
 * @failed: it could not send a text when it was last tried
 *
 * What a text message can come from.
 */
typedef struct {
  char     *e164;
  char     *name;
  gboolean  failed;
} DialTextSender;

void             dial_text_sender_free         (DialTextSender       *self);

GPtrArray       *dial_desk_list_text_senders   (DialDesk             *self,
                                                DialIntegration      *integration,
                                                GError              **error);
void             dial_desk_learn_text_senders_async  (DialDesk             *self,
                                                      DialIntegration      *integration,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean         dial_desk_learn_text_senders_finish (DialDesk             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void             dial_desk_send_text_async     (DialDesk             *self,
                                                DialIntegration      *integration,
                                                DialTextMessage      *message,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
DialTextMessage *dial_desk_send_text_finish    (DialDesk             *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void             dial_desk_settle_text_async   (DialDesk             *self,
                                                DialIntegration      *integration,
                                                gint64                text_id,
                                                gboolean              went_out,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         dial_desk_settle_text_finish  (DialDesk             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/* Replies */
const char      *dial_desk_describe_replies    (void);
const char      *dial_desk_get_replies_url     (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialTextSender, dial_text_sender_free)

G_END_DECLS
