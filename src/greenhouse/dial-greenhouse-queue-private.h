#pragma once

#include "dial-budget-private.h"
#include "dial-queue.h"
#include "dial-reply.h"

G_BEGIN_DECLS

#define DIAL_TYPE_GREENHOUSE_QUEUE (dial_greenhouse_queue_get_type ())
G_DECLARE_FINAL_TYPE (DialGreenhouseQueue, dial_greenhouse_queue, DIAL, GREENHOUSE_QUEUE, DialQueue)

DialGreenhouseQueue *dial_greenhouse_queue_new          (guint                 window);
DialBudgetNews       dial_greenhouse_queue_read_news    (const DialReply      *reply);
void                 dial_greenhouse_queue_answered     (DialGreenhouseQueue  *self,
                                                         const DialTurn       *turn,
                                                         const DialBudgetNews *news);
void                 dial_greenhouse_queue_refused      (DialGreenhouseQueue  *self,
                                                         const DialTurn       *turn,
                                                         const DialBudgetNews *news,
                                                         gint64                wait);
void                 dial_greenhouse_queue_lost         (DialGreenhouseQueue  *self);
void                 dial_greenhouse_queue_unused       (DialGreenhouseQueue  *self,
                                                         const DialTurn       *turn);
int                  dial_greenhouse_queue_get_limit    (DialGreenhouseQueue  *self);
guint                dial_greenhouse_queue_get_n_needed (DialGreenhouseQueue  *self);
guint                dial_greenhouse_queue_get_n_useful (DialGreenhouseQueue  *self);
void                 dial_greenhouse_queue_describe     (DialGreenhouseQueue  *self,
                                                         DialAllowance        *allowance);

G_END_DECLS
