#include "dial-greenhouse-queue-private.h"

struct _DialGreenhouseQueue
{
  DialQueue  parent_instance;

  DialBudget budget;
};

G_DEFINE_FINAL_TYPE (DialGreenhouseQueue, dial_greenhouse_queue, DIAL_TYPE_QUEUE)

static gboolean
may_send (DialQueue *queue,
          guint      urgency,
          int        size,
          gint64     now)
{
  return dial_budget_may_send (&DIAL_GREENHOUSE_QUEUE (queue)->budget, urgency, now);
}

static gint64
next_try (DialQueue *queue,
          guint      urgency,
          int        size,
          gint64     now)
{
  gint64 next;

  if (may_send (queue, urgency, size, now))
    return now;

  next = dial_budget_next_try (&DIAL_GREENHOUSE_QUEUE (queue)->budget, now);
  return next != 0 ? next : G_MAXINT64;
}

static gpointer
give_turn (DialQueue *queue,
           guint      urgency,
           int        size,
           gint64     now)
{
  DialTurn turn = dial_budget_sent (&DIAL_GREENHOUSE_QUEUE (queue)->budget, urgency, now);

  return g_memdup2 (&turn, sizeof turn);
}

static void
woke (DialQueue *queue)
{
  dial_budget_woke (&DIAL_GREENHOUSE_QUEUE (queue)->budget);
}

static void
dial_greenhouse_queue_class_init (DialGreenhouseQueueClass *klass)
{
  DialQueueClass *queue_class = DIAL_QUEUE_CLASS (klass);

  queue_class->next_try = next_try;
  queue_class->has_share = may_send;
  queue_class->give_turn = give_turn;
  queue_class->woke = woke;
}

static void
dial_greenhouse_queue_init (DialGreenhouseQueue *self)
{
}

/**
 * dial_greenhouse_queue_new:
 * @window: the length of the allowance's windows, in seconds
 *
 * Requests wait here for their turn within the allowance. Every turn must be given back by one of
 * [method@GreenhouseQueue.answered], [method@GreenhouseQueue.refused], [method@GreenhouseQueue.lost] and
 * [method@GreenhouseQueue.unused].
 *
 * Returns: (transfer full): an empty queue
 */
DialGreenhouseQueue *
dial_greenhouse_queue_new (guint window)
{
  DialGreenhouseQueue *self = g_object_new (DIAL_TYPE_GREENHOUSE_QUEUE, NULL);

  dial_budget_init (&self->budget, window, g_random_int ());
  return self;
}

/**
 * dial_greenhouse_queue_read_news:
 * @reply: a reply
 *
 * Returns: what its headers tell of the allowance
 */
DialBudgetNews
dial_greenhouse_queue_read_news (const DialReply *reply)
{
  DialBudgetNews news = {
    .limit = dial_reply_get_number (reply, "X-RateLimit-Limit"),
    .remaining = dial_reply_get_number (reply, "X-RateLimit-Remaining"),
    .until_reset = dial_reply_get_until (reply, "X-RateLimit-Reset"),
  };

  return news;
}

/**
 * dial_greenhouse_queue_answered:
 * @self: a queue
 * @turn: the turn
 * @news: what the reply tells of the allowance
 *
 * Gives a turn back after an answer.
 */
void
dial_greenhouse_queue_answered (DialGreenhouseQueue  *self,
                                const DialTurn       *turn,
                                const DialBudgetNews *news)
{
  dial_budget_answered (&self->budget, turn, news, g_get_monotonic_time ());
  dial_queue_serve (DIAL_QUEUE (self));
}

/**
 * dial_greenhouse_queue_refused:
 * @self: a queue
 * @turn: the turn
 * @news: what the reply tells of the allowance
 * @wait: how long Greenhouse asks to wait in microseconds, -1 if it does not say
 *
 * Gives a turn back after a 429.
 */
void
dial_greenhouse_queue_refused (DialGreenhouseQueue  *self,
                               const DialTurn       *turn,
                               const DialBudgetNews *news,
                               gint64                wait)
{
  dial_budget_refused (&self->budget, turn, news, wait, g_get_monotonic_time ());
  dial_queue_serve (DIAL_QUEUE (self));
}

/**
 * dial_greenhouse_queue_lost:
 * @self: a queue
 *
 * Gives a turn back after a request that was not answered.
 */
void
dial_greenhouse_queue_lost (DialGreenhouseQueue *self)
{
  dial_budget_lost (&self->budget);
  dial_queue_serve (DIAL_QUEUE (self));
}

/**
 * dial_greenhouse_queue_unused:
 * @self: a queue
 * @turn: the turn
 *
 * Gives a turn back without a request.
 */
void
dial_greenhouse_queue_unused (DialGreenhouseQueue *self,
                              const DialTurn      *turn)
{
  dial_budget_unused (&self->budget, turn);
  dial_queue_serve (DIAL_QUEUE (self));
}

/**
 * dial_greenhouse_queue_get_limit:
 * @self: a queue
 *
 * Returns: requests a window, 0 while Greenhouse has not told
 */
int
dial_greenhouse_queue_get_limit (DialGreenhouseQueue *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE_QUEUE (self), 0);

  return self->budget.heard ? (int) MIN (self->budget.limit, G_MAXINT) : 0;
}

/**
 * dial_greenhouse_queue_get_n_needed:
 * @self: a queue
 *
 * Returns: how many walks side by side use the allowance up
 */
guint
dial_greenhouse_queue_get_n_needed (DialGreenhouseQueue *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE_QUEUE (self), 1);

  return dial_budget_get_n_needed (&self->budget);
}

/**
 * dial_greenhouse_queue_get_n_useful:
 * @self: a queue
 *
 * Returns: how many walks side by side end soonest
 */
guint
dial_greenhouse_queue_get_n_useful (DialGreenhouseQueue *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE_QUEUE (self), 1);

  return dial_budget_get_n_useful (&self->budget);
}

/**
 * dial_greenhouse_queue_describe:
 * @self: a queue
 * @allowance: (out caller-allocates): how things stand
 */
void
dial_greenhouse_queue_describe (DialGreenhouseQueue *self,
                                DialAllowance       *allowance)
{
  g_return_if_fail (DIAL_IS_GREENHOUSE_QUEUE (self));

  dial_budget_describe (&self->budget, allowance, g_get_monotonic_time ());
  allowance->waiting += dial_queue_get_n_waiting (DIAL_QUEUE (self));
}
