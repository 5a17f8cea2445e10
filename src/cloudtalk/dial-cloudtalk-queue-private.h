#pragma once

#include "dial-gauge-private.h"
#include "dial-queue.h"
#include "dial-reply.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CLOUDTALK_QUEUE (dial_cloudtalk_queue_get_type ())
G_DECLARE_FINAL_TYPE (DialCloudtalkQueue, dial_cloudtalk_queue, DIAL, CLOUDTALK_QUEUE, DialQueue)

DialCloudtalkQueue *dial_cloudtalk_queue_new      (void);
void                dial_cloudtalk_queue_done     (DialCloudtalkQueue     *self,
                                                   const DialGaugeTurn    *turn,
                                                   const DialReply        *reply,
                                                   guint                   n_begun);
void                dial_cloudtalk_queue_saw_call (DialCloudtalkQueue     *self);
GError             *dial_cloudtalk_queue_explain  (DialCloudtalkQueue     *self);
void                dial_cloudtalk_queue_describe (DialCloudtalkQueue     *self,
                                                   DialCloudtalkAllowance *allowance);

G_END_DECLS
