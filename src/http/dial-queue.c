#include "dial-queue.h"

#include "dial-wait.h"

/* After so many turns given to others one is kept for whoever waits behind: nobody starves. */
#define PASSES 8

/* Who has no more time than this waits for nobody. */
#define PRESSING   (5 * G_USEC_PER_SEC)

/* More often than this nobody wants to know. */
#define TELL_EVERY (G_USEC_PER_SEC / 4)

/* By so much clocks are set, or a computer slept. */
#define SLEEP      (2 * G_USEC_PER_SEC)

typedef struct {
  GQueue   waiting[DIAL_QUEUE_MAX_URGENCIES]; /* of GTask */
  GSource *timer;
  GSource *teller;
  gint64   told_at;
  gint64   slept; /* the wall clock's time minus ours */
} DialQueuePrivate;

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct {
  DialQueue *queue;    /* unowned: the task holds it */
  guint      urgency;
  int        size;
  gint64     deadline; /* by then it must be able to go */
  guint      n_passed; /* turns given to others although its share had let it go */
  GSource   *cancelled;
} Waiter;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DialQueue, dial_queue, G_TYPE_OBJECT)

static DialQueuePrivate *
get_private (DialQueue *self)
{
  return dial_queue_get_instance_private (self);
}

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
start_source (DialQueue   *self,
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

static gboolean
tell_cb (gpointer user_data)
{
  DialQueue *self = DIAL_QUEUE (user_data);
  DialQueuePrivate *private = get_private (self);

  stop_source (&private->teller);
  private->told_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Soon, but not at once: much changes together. */
static void
tell (DialQueue *self)
{
  DialQueuePrivate *private = get_private (self);

  if (private->teller == NULL)
    private->teller = start_source (self, "[dial] allowance changed", tell_cb,
                                    MAX (private->told_at + TELL_EVERY, g_get_monotonic_time ()));
}

static gboolean
timer_cb (gpointer user_data)
{
  DialQueue *self = DIAL_QUEUE (user_data);

  stop_source (&get_private (self)->timer);
  dial_queue_serve (self);
  return G_SOURCE_REMOVE;
}

static void
waiter_free (Waiter *waiter)
{
  stop_source (&waiter->cancelled);
  g_free (waiter);
}

static Waiter *
get_first (DialQueue *self,
           int        urgency)
{
  GTask *task = g_queue_peek_head (&get_private (self)->waiting[urgency]);

  return task != NULL ? g_task_get_task_data (task) : NULL;
}

static gint64
get_next_try (Waiter *waiter,
              gint64  now)
{
  return DIAL_QUEUE_GET_CLASS (waiter->queue)->next_try (waiter->queue, waiter->urgency, waiter->size, now);
}

static gboolean
has_share (Waiter *waiter,
           gint64  now)
{
  return DIAL_QUEUE_GET_CLASS (waiter->queue)->has_share (waiter->queue, waiter->urgency, waiter->size, now);
}

/* Whoever was passed over for too long goes next; until it may, nobody else goes who can wait. */
static Waiter *
get_starving (DialQueue *self,
              gint64     now)
{
  for (int urgency = DIAL_QUEUE_MAX_URGENCIES - 1; urgency > 0; urgency--) {
    Waiter *waiter = get_first (self, urgency);

    if (waiter != NULL && waiter->n_passed >= PASSES && has_share (waiter, now))
      return waiter;
  }

  return NULL;
}

/* Who is next of a kind; NULL if nobody waits, or has to wait for @starving. */
static Waiter *
get_candidate (DialQueue *self,
               int        urgency,
               Waiter    *starving,
               gint64     now)
{
  Waiter *waiter = get_first (self, urgency);

  if (waiter == NULL || starving == NULL || waiter == starving || waiter->deadline - now <= PRESSING)
    return waiter;

  return NULL;
}

/* Whose turn it is; NULL if nobody may go now. */
static Waiter *
get_next (DialQueue *self,
          gint64     now)
{
  Waiter *starving = get_starving (self, now);

  for (int urgency = 0; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++) {
    Waiter *waiter = get_candidate (self, urgency, starving, now);

    if (waiter != NULL && get_next_try (waiter, now) <= now)
      return waiter;
  }

  return NULL;
}

static void
count_passed (DialQueue *self,
              int        urgency,
              gint64     now)
{
  for (urgency++; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++) {
    Waiter *waiter = get_first (self, urgency);

    if (waiter != NULL && has_share (waiter, now))
      waiter->n_passed++;
  }
}

static GTask *
take_impatient (DialQueue *self,
                gint64     now)
{
  DialQueuePrivate *private = get_private (self);

  for (int urgency = 0; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++) {
    for (GList *at = private->waiting[urgency].head; at != NULL; at = at->next) {
      GTask *task = at->data;
      Waiter *waiter = g_task_get_task_data (task);

      if (waiter->deadline == DIAL_QUEUE_PATIENT || get_next_try (waiter, now) <= waiter->deadline)
        continue;

      g_queue_delete_link (&private->waiting[urgency], at);
      return task;
    }
  }

  return NULL;
}

/* Who cannot wait so long is told now. */
static void
dismiss_impatient (DialQueue *self,
                   gint64     now)
{
  GTask *impatient;

  while ((impatient = take_impatient (self, now)) != NULL) {
    g_autoptr (GTask) task = impatient;

    g_task_return_error (task, DIAL_QUEUE_GET_CLASS (self)->explain (self, now));
  }
}

static void
start_timer (DialQueue *self,
             gint64     now)
{
  DialQueuePrivate *private = get_private (self);
  Waiter *starving = get_starving (self, now);
  gint64 next = G_MAXINT64;

  stop_source (&private->timer);
  for (int urgency = 0; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++) {
    Waiter *waiter = get_candidate (self, urgency, starving, now);

    if (waiter != NULL)
      next = MIN (next, MAX (get_next_try (waiter, now), now + 1000));
  }

  if (next != G_MAXINT64)
    private->timer = start_source (self, "[dial] allowance", timer_cb, next);
}

/* Our clock stands still while the computer sleeps, the service's does not. */
static void
look_at_clocks (DialQueue *self)
{
  DialQueuePrivate *private = get_private (self);
  gint64 slept = g_get_real_time () - g_get_monotonic_time ();

  if (ABS (slept - private->slept) > SLEEP && DIAL_QUEUE_GET_CLASS (self)->woke != NULL)
    DIAL_QUEUE_GET_CLASS (self)->woke (self);
  private->slept = slept;
}

/**
 * dial_queue_serve:
 * @self: a queue
 *
 * Gives turns to whoever may go: for after a change of the allowance.
 */
void
dial_queue_serve (DialQueue *self)
{
  g_autoptr (DialQueue) alive = g_object_ref (self);
  DialQueuePrivate *private = get_private (self);
  gint64 now = g_get_monotonic_time ();
  Waiter *waiter;

  look_at_clocks (self);
  dismiss_impatient (self, now);
  while ((waiter = get_next (self, now)) != NULL) {
    g_autoptr (GTask) task = g_queue_pop_head (&private->waiting[waiter->urgency]);

    count_passed (self, (int) waiter->urgency, now);
    g_task_return_pointer (task, DIAL_QUEUE_GET_CLASS (self)->give_turn (self, waiter->urgency, waiter->size, now),
                           g_free);
    now = g_get_monotonic_time ();
  }

  start_timer (self, now);
  tell (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  Waiter *waiter = g_task_get_task_data (task);

  if (g_queue_remove (&get_private (waiter->queue)->waiting[waiter->urgency], task)) {
    g_task_return_error_if_cancelled (task);
    g_object_unref (task);
  }

  return G_SOURCE_REMOVE;
}

static void
dial_queue_dispose (GObject *object)
{
  DialQueuePrivate *private = get_private (DIAL_QUEUE (object));

  stop_source (&private->timer);
  stop_source (&private->teller);

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
  DialQueuePrivate *private = get_private (self);

  private->slept = g_get_real_time () - g_get_monotonic_time ();
  for (guint urgency = 0; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++)
    g_queue_init (&private->waiting[urgency]);
}

/**
 * dial_queue_wait_async:
 * @self: a queue
 * @urgency: of the request, 0 for the most urgent kind
 * @size: of the request, 1 unless the service counts it more than once
 * @patience: for how long it may wait in microseconds, or %DIAL_QUEUE_PATIENT
 * @cancellable: (nullable): leaves the queue
 * @callback: called when a request may go
 * @user_data: for @callback
 *
 * Waits for a turn: the most urgent first, all of them within the allowance. Every turn must be given back, by a
 * function of the service's own queue.
 */
void
dial_queue_wait_async (DialQueue           *self,
                       guint                urgency,
                       int                  size,
                       gint64               patience,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GQueue *waiting;
  GTask *task;
  Waiter *waiter;

  g_return_if_fail (DIAL_IS_QUEUE (self));
  g_return_if_fail (urgency < DIAL_QUEUE_MAX_URGENCIES);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_queue_wait_async);
  /* A turn once given is given: who was cancelled since then hands it back. */
  g_task_set_check_cancellable (task, FALSE);

  waiter = g_new0 (Waiter, 1);
  waiter->queue = self;
  waiter->urgency = urgency;
  waiter->size = size;
  waiter->deadline = patience == DIAL_QUEUE_PATIENT ? patience : g_get_monotonic_time () + patience;
  waiter->cancelled = dial_watch_cancelled (cancellable, cancelled_cb, task);
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);

  waiting = &get_private (self)->waiting[urgency];
  if (patience <= PRESSING)
    g_queue_push_head (waiting, task);
  else
    g_queue_push_tail (waiting, task);
  dial_queue_serve (self);
}

/**
 * dial_queue_wait_finish:
 * @self: a queue
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the turn if a request may go, to be freed with g_free(); %NULL if it was cancelled or could
 *   not wait so long
 */
gpointer
dial_queue_wait_finish (DialQueue     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_queue_get_n_waiting:
 * @self: a queue
 *
 * Returns: how many requests wait for a turn
 */
guint
dial_queue_get_n_waiting (DialQueue *self)
{
  guint n_waiting = 0;

  g_return_val_if_fail (DIAL_IS_QUEUE (self), 0);

  for (guint urgency = 0; urgency < DIAL_QUEUE_MAX_URGENCIES; urgency++)
    n_waiting += get_private (self)->waiting[urgency].length;
  return n_waiting;
}
