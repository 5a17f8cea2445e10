#include "dial-queue-private.h"

#include "dial-wait.h"

/* After so many turns given to others one goes to whoever waits at the back: nobody starves. */
#define PATIENCE 8

#define N_URGENCIES (DIAL_URGENCY_SYNC + 1)

struct _DialQueue
{
  GObject     parent_instance;

  DialBudget  budget;
  GQueue      waiting[N_URGENCIES]; /* of Waiter */
  GSource    *timer;
  GSource    *teller;
  gint64      told_at;
  gint64      slept; /* the wall clock's time minus ours */
};

/* More often than this nobody wants to know. */
#define TELL_EVERY (G_USEC_PER_SEC / 4)

/* By so much clocks are set, or a computer slept. */
#define SLEEP      (2 * G_USEC_PER_SEC)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct {
  DialQueue   *queue; /* unowned: the task holds it */
  DialUrgency  urgency;
  GSource     *cancelled;
  DialTurn     turn;
} Waiter;

G_DEFINE_FINAL_TYPE (DialQueue, dial_queue, G_TYPE_OBJECT)

static void dial_queue_serve (DialQueue *self);

static GSource *
watch_clock (DialQueue   *self,
             const char  *name,
             GSourceFunc  callback,
             gint64       ready_time)
{
  GSource *source = g_timeout_source_new (0);

  g_source_set_static_name (source, name);
  g_source_set_callback (source, callback, self, NULL);
  g_source_set_ready_time (source, ready_time);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
tell_cb (gpointer user_data)
{
  DialQueue *self = DIAL_QUEUE (user_data);

  stop_source (&self->teller);
  self->told_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Soon, but not at once: much changes together. */
static void
tell (DialQueue *self)
{
  if (self->teller == NULL)
    self->teller = watch_clock (self, "[dial] allowance changed", tell_cb,
                                MAX (self->told_at + TELL_EVERY, g_get_monotonic_time ()));
}

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
  g_clear_pointer (&waiter->cancelled, g_source_unref);
  g_free (waiter);
}

static gboolean
timer_cb (gpointer user_data)
{
  DialQueue *self = DIAL_QUEUE (user_data);

  stop_source (&self->timer);
  dial_queue_serve (self);
  return G_SOURCE_REMOVE;
}

static void
start_timer (DialQueue *self)
{
  gint64 next = dial_budget_next_try (&self->budget, g_get_monotonic_time ());

  stop_source (&self->timer);
  if (next != 0)
    self->timer = watch_clock (self, "[dial] allowance", timer_cb, next);
}

/* Whose turn it is; %NULL if nobody may go now. */
static GTask *
take_next (DialQueue *self,
           gint64     now)
{
  GQueue *sync = &self->waiting[DIAL_URGENCY_SYNC];
  GTask *task;

  if (self->budget.passed_over >= PATIENCE && !g_queue_is_empty (sync) &&
      dial_budget_may_send (&self->budget, DIAL_URGENCY_SYNC, now)) {
    self->budget.passed_over = 0;
    return g_queue_pop_head (sync);
  }

  for (guint urgency = 0; urgency < N_URGENCIES; urgency++) {
    if (g_queue_is_empty (&self->waiting[urgency]) ||
        !dial_budget_may_send (&self->budget, urgency, now))
      continue;

    task = g_queue_pop_head (&self->waiting[urgency]);
    if (urgency == DIAL_URGENCY_SYNC || g_queue_is_empty (sync))
      self->budget.passed_over = 0;
    else
      self->budget.passed_over++;
    return task;
  }

  return NULL;
}

static gboolean
is_empty (DialQueue *self)
{
  for (guint urgency = 0; urgency < N_URGENCIES; urgency++)
    if (!g_queue_is_empty (&self->waiting[urgency]))
      return FALSE;

  return TRUE;
}

/* Our clock stands still while the computer sleeps, Greenhouse's does not. */
static void
look_at_clocks (DialQueue *self)
{
  gint64 slept = g_get_real_time () - g_get_monotonic_time ();

  if (ABS (slept - self->slept) > SLEEP)
    dial_budget_woke (&self->budget);
  self->slept = slept;
}

static void
dial_queue_serve (DialQueue *self)
{
  g_autoptr (DialQueue) alive = g_object_ref (self);
  GTask *next;

  look_at_clocks (self);
  while ((next = take_next (self, g_get_monotonic_time ())) != NULL) {
    g_autoptr (GTask) task = next;
    Waiter *waiter = g_task_get_task_data (task);

    waiter->turn = dial_budget_sent (&self->budget, waiter->urgency, g_get_monotonic_time ());
    g_task_return_boolean (task, TRUE);
  }

  if (is_empty (self))
    stop_source (&self->timer);
  else
    start_timer (self);
  tell (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  Waiter *waiter = g_task_get_task_data (task);

  if (g_queue_remove (&waiter->queue->waiting[waiter->urgency], task)) {
    g_task_return_error_if_cancelled (task);
    g_object_unref (task);
  }

  return G_SOURCE_REMOVE;
}

static void
dial_queue_dispose (GObject *object)
{
  DialQueue *self = DIAL_QUEUE (object);

  stop_source (&self->timer);
  stop_source (&self->teller);

  G_OBJECT_CLASS (dial_queue_parent_class)->dispose (object);
}

static void
dial_queue_class_init (DialQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_queue_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_queue_init (DialQueue *self)
{
  for (guint urgency = 0; urgency < N_URGENCIES; urgency++)
    g_queue_init (&self->waiting[urgency]);
}

/**
 * dial_queue_new:
 * @window: the length of the allowance's windows, in seconds
 *
 * Requests wait here for their turn: the most urgent first, all of them within the allowance.
 *
 * Returns: (transfer full): an empty queue
 */
DialQueue *
dial_queue_new (guint window)
{
  DialQueue *self = g_object_new (DIAL_TYPE_QUEUE, NULL);

  dial_budget_init (&self->budget, window, g_random_int ());
  self->slept = g_get_real_time () - g_get_monotonic_time ();
  return self;
}

/**
 * dial_queue_wait_async:
 * @self: a queue
 * @urgency: of the request
 * @cancellable: (nullable): leaves the queue
 * @callback: called when a request may go
 * @user_data: for @callback
 *
 * Waits for a turn. Every turn must be given back by one of [method@Queue.answered],
 * [method@Queue.refused], [method@Queue.lost] and [method@Queue.unused].
 */
void
dial_queue_wait_async (DialQueue           *self,
                       DialUrgency          urgency,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Waiter *waiter;

  g_return_if_fail (DIAL_IS_QUEUE (self));
  g_return_if_fail (urgency < N_URGENCIES);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_queue_wait_async);
  /* A turn once given is given: who was cancelled since then hands it back. */
  g_task_set_check_cancellable (task, FALSE);

  waiter = g_new0 (Waiter, 1);
  waiter->queue = self;
  waiter->urgency = urgency;
  waiter->cancelled = dial_watch_cancelled (cancellable, cancelled_cb, task);
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);

  g_queue_push_tail (&self->waiting[urgency], task);
  dial_queue_serve (self);
}

/**
 * dial_queue_wait_finish:
 * @self: a queue
 * @result: the result
 * @turn: (out): the turn
 * @error: return location for an error
 *
 * Returns: %TRUE if a request may go, %FALSE if it was cancelled
 */
gboolean
dial_queue_wait_finish (DialQueue     *self,
                        GAsyncResult  *result,
                        DialTurn      *turn,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *turn = ((Waiter *) g_task_get_task_data (G_TASK (result)))->turn;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_queue_read_news:
 * @reply: a reply
 *
 * Returns: what its headers tell of the allowance
 */
DialBudgetNews
dial_queue_read_news (const DialReply *reply)
{
  DialBudgetNews news = {
    .limit = dial_reply_get_number (reply, "X-RateLimit-Limit"),
    .remaining = dial_reply_get_number (reply, "X-RateLimit-Remaining"),
    .until_reset = dial_reply_get_until (reply, "X-RateLimit-Reset"),
  };

  return news;
}

/**
 * dial_queue_answered:
 * @self: a queue
 * @turn: the turn
 * @news: what the reply tells of the allowance
 *
 * Gives a turn back after an answer.
 */
void
dial_queue_answered (DialQueue            *self,
                     const DialTurn       *turn,
                     const DialBudgetNews *news)
{
  dial_budget_answered (&self->budget, turn, news, g_get_monotonic_time ());
  dial_queue_serve (self);
}

/**
 * dial_queue_refused:
 * @self: a queue
 * @turn: the turn
 * @news: what the reply tells of the allowance
 * @wait: how long Greenhouse asks to wait in microseconds, -1 if it does not say
 *
 * Gives a turn back after a 429.
 */
void
dial_queue_refused (DialQueue            *self,
                    const DialTurn       *turn,
                    const DialBudgetNews *news,
                    gint64                wait)
{
  dial_budget_refused (&self->budget, turn, news, wait, g_get_monotonic_time ());
  dial_queue_serve (self);
}

/**
 * dial_queue_lost:
 * @self: a queue
 *
 * Gives a turn back after a request that was not answered.
 */
void
dial_queue_lost (DialQueue *self)
{
  dial_budget_lost (&self->budget);
  dial_queue_serve (self);
}

/**
 * dial_queue_unused:
 * @self: a queue
 * @turn: the turn
 *
 * Gives a turn back without a request.
 */
void
dial_queue_unused (DialQueue      *self,
                   const DialTurn *turn)
{
  dial_budget_unused (&self->budget, turn);
  dial_queue_serve (self);
}

/**
 * dial_queue_get_limit:
 * @self: a queue
 *
 * Returns: requests a window, 0 while Greenhouse has not told
 */
int
dial_queue_get_limit (DialQueue *self)
{
  g_return_val_if_fail (DIAL_IS_QUEUE (self), 0);

  return self->budget.heard ? (int) MIN (self->budget.limit, G_MAXINT) : 0;
}

/**
 * dial_queue_get_n_useful:
 * @self: a queue
 *
 * Returns: how many walks side by side the allowance can feed
 */
guint
dial_queue_get_n_useful (DialQueue *self)
{
  g_return_val_if_fail (DIAL_IS_QUEUE (self), 1);

  return dial_budget_get_n_useful (&self->budget);
}

/**
 * dial_queue_describe:
 * @self: a queue
 * @allowance: (out caller-allocates): how things stand
 */
void
dial_queue_describe (DialQueue     *self,
                     DialAllowance *allowance)
{
  g_return_if_fail (DIAL_IS_QUEUE (self));

  dial_budget_describe (&self->budget, allowance, g_get_monotonic_time ());
  for (guint urgency = 0; urgency < N_URGENCIES; urgency++)
    allowance->waiting += self->waiting[urgency].length;
}
