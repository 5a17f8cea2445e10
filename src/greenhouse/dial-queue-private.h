#pragma once

#include "dial-budget-private.h"
#include "dial-reply.h"

G_BEGIN_DECLS

#define DIAL_TYPE_QUEUE (dial_queue_get_type ())
G_DECLARE_FINAL_TYPE (DialQueue, dial_queue, DIAL, QUEUE, GObject)

DialQueue      *dial_queue_new          (guint                 window);
void            dial_queue_wait_async   (DialQueue            *self,
                                         DialUrgency           urgency,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean        dial_queue_wait_finish  (DialQueue            *self,
                                         GAsyncResult         *result,
                                         DialTurn             *turn,
                                         GError              **error);
DialBudgetNews  dial_queue_read_news    (const DialReply      *reply);
void            dial_queue_answered     (DialQueue            *self,
                                         const DialTurn       *turn,
                                         const DialBudgetNews *news);
void            dial_queue_refused      (DialQueue            *self,
                                         const DialTurn       *turn,
                                         const DialBudgetNews *news,
                                         gint64                wait);
void            dial_queue_lost         (DialQueue            *self);
void            dial_queue_unused       (DialQueue            *self,
                                         const DialTurn       *turn);
int             dial_queue_get_limit    (DialQueue            *self);
guint           dial_queue_get_n_useful (DialQueue            *self);
void            dial_queue_describe     (DialQueue            *self,
                                         DialAllowance        *allowance);

G_END_DECLS
