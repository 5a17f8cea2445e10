#include "dial-cloudtalk-queue-private.h"

#include <glib/gi18n.h>

#include "dial-wait.h"

/* After so many turns given to others one is kept for whoever waits behind: nobody starves. */
#define PASSES 8

/* Who has no more time than this waits for nobody. */
#define PRESSING (5 * G_USEC_PER_SEC)

/* More often than this nobody wants to know. */
#define TELL_EVERY (G_USEC_PER_SEC / 4)

struct _DialCloudtalkQueue
{
  GObject    parent_instance;

  DialGauge  gauge;
  GQueue     waiting[DIAL_CLOUDTALK_N_URGENCIES]; /* of GTask */
  GSource   *timer;
  GSource   *teller;
  gint64     told_at;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct {
  DialCloudtalkQueue   *queue; /* unowned: the task holds it */
  DialCloudtalkUrgency  urgency;
  int                   n_changes;
  gint64                deadline; /* by then it must be able to go */
  guint                 n_passed; /* turns given to others although its share had let it go */
  GSource              *cancelled;
  DialGaugeTurn         turn;
} Waiter;

G_DEFINE_FINAL_TYPE (DialCloudtalkQueue, dial_cloudtalk_queue, G_TYPE_OBJECT)

static void serve (DialCloudtalkQueue *self);

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
start_source (DialCloudtalkQueue *self,
              const char         *name,
              GSourceFunc         callback,
              gint64              ready_time)
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
  DialCloudtalkQueue *self = DIAL_CLOUDTALK_QUEUE (user_data);

  stop_source (&self->teller);
  self->told_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Soon, but not at once: much changes together. */
static void
tell (DialCloudtalkQueue *self)
{
  if (self->teller == NULL)
    self->teller = start_source (self, "[dial] CloudTalk's allowance changed", tell_cb,
                                 MAX (self->told_at + TELL_EVERY, g_get_monotonic_time ()));
}

static gboolean
timer_cb (gpointer user_data)
{
  DialCloudtalkQueue *self = DIAL_CLOUDTALK_QUEUE (user_data);

  stop_source (&self->timer);
  serve (self);
  return G_SOURCE_REMOVE;
}

static void
waiter_free (Waiter *waiter)
{
  stop_source (&waiter->cancelled);
  g_free (waiter);
}

static Waiter *
get_first (DialCloudtalkQueue *self,
           int                 urgency)
{
  GTask *task = g_queue_peek_head (&self->waiting[urgency]);

  return task != NULL ? g_task_get_task_data (task) : NULL;
}

static gint64
get_next_try (DialCloudtalkQueue *self,
              Waiter             *waiter,
              gint64              now)
{
  return dial_gauge_next_try (&self->gauge, waiter->urgency, waiter->n_changes, now);
}

/* Whoever was passed over for too long goes next; until it may, nobody else goes who can wait. */
static Waiter *
get_starving (DialCloudtalkQueue *self,
              gint64              now)
{
  for (int urgency = DIAL_CLOUDTALK_N_URGENCIES - 1; urgency > 0; urgency--) {
    Waiter *waiter = get_first (self, urgency);

    if (waiter != NULL && waiter->n_passed >= PASSES &&
        dial_gauge_has_share (&self->gauge, waiter->urgency, waiter->n_changes, now))
      return waiter;
  }

  return NULL;
}

/* Who is next of a kind; NULL if nobody waits, or has to wait for @starving. */
static Waiter *
get_candidate (DialCloudtalkQueue *self,
               int                 urgency,
               Waiter             *starving,
               gint64              now)
{
  Waiter *waiter = get_first (self, urgency);

  if (waiter == NULL || starving == NULL || waiter == starving || waiter->deadline - now <= PRESSING)
    return waiter;

  return NULL;
}

/* Whose turn it is; NULL if nobody may go now. */
static Waiter *
get_next (DialCloudtalkQueue *self,
          gint64              now)
{
  Waiter *starving = get_starving (self, now);

  for (int urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++) {
    Waiter *waiter = get_candidate (self, urgency, starving, now);

    if (waiter != NULL && get_next_try (self, waiter, now) <= now)
      return waiter;
  }

  return NULL;
}

static void
count_passed (DialCloudtalkQueue *self,
              int                 urgency,
              gint64              now)
{
  for (urgency++; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++) {
    Waiter *waiter = get_first (self, urgency);

    if (waiter != NULL &&
        dial_gauge_has_share (&self->gauge, waiter->urgency, waiter->n_changes, now))
      waiter->n_passed++;
  }
}

/**
 * dial_cloudtalk_queue_explain:
 * @self: a queue
 *
 * Returns: (transfer full): the error of a request that cannot wait
 */
GError *
dial_cloudtalk_queue_explain (DialCloudtalkQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = dial_gauge_next_try (&self->gauge, DIAL_CLOUDTALK_URGENCY_NOW, 1, now);
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *time = NULL;

  until = g_date_time_new_from_unix_local ((g_get_real_time () + next - now) / G_USEC_PER_SEC + 1);
  time = g_date_time_format (until, "%X");
  /* Translators: a time of the day. */
  return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_LIMIT,
                      _("CloudTalk takes no more requests for now, your whole company shares its "
                        "allowance: try again at %s."), time);
}

static GTask *
take_impatient (DialCloudtalkQueue *self,
                gint64              now)
{
  for (int urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++) {
    for (GList *at = self->waiting[urgency].head; at != NULL; at = at->next) {
      GTask *task = at->data;
      Waiter *waiter = g_task_get_task_data (task);

      if (waiter->deadline == DIAL_CLOUDTALK_PATIENT ||
          get_next_try (self, waiter, now) <= waiter->deadline)
        continue;

      g_queue_delete_link (&self->waiting[urgency], at);
      return task;
    }
  }

  return NULL;
}

/* Who cannot wait so long is told now. */
static void
dismiss_impatient (DialCloudtalkQueue *self,
                   gint64              now)
{
  GTask *impatient;

  while ((impatient = take_impatient (self, now)) != NULL) {
    g_autoptr (GTask) task = impatient;

    g_task_return_error (task, dial_cloudtalk_queue_explain (self));
  }
}

static void
start_timer (DialCloudtalkQueue *self,
             gint64              now)
{
  Waiter *starving = get_starving (self, now);
  gint64 next = G_MAXINT64;

  stop_source (&self->timer);
  for (int urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++) {
    Waiter *waiter = get_candidate (self, urgency, starving, now);

    if (waiter != NULL)
      next = MIN (next, MAX (get_next_try (self, waiter, now), now + 1000));
  }

  if (next != G_MAXINT64)
    self->timer = start_source (self, "[dial] CloudTalk's allowance", timer_cb, next);
}

static void
serve (DialCloudtalkQueue *self)
{
  g_autoptr (DialCloudtalkQueue) alive = g_object_ref (self);
  gint64 now = g_get_monotonic_time ();
  Waiter *waiter;

  dismiss_impatient (self, now);
  while ((waiter = get_next (self, now)) != NULL) {
    g_autoptr (GTask) task = g_queue_pop_head (&self->waiting[waiter->urgency]);

    count_passed (self, waiter->urgency, now);
    waiter->turn = dial_gauge_sent (&self->gauge, waiter->urgency, waiter->n_changes, now);
    g_task_return_boolean (task, TRUE);
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

  if (g_queue_remove (&waiter->queue->waiting[waiter->urgency], task)) {
    g_task_return_error_if_cancelled (task);
    g_object_unref (task);
  }

  return G_SOURCE_REMOVE;
}

static void
dial_cloudtalk_queue_dispose (GObject *object)
{
  DialCloudtalkQueue *self = DIAL_CLOUDTALK_QUEUE (object);

  stop_source (&self->timer);
  stop_source (&self->teller);

  G_OBJECT_CLASS (dial_cloudtalk_queue_parent_class)->dispose (object);
}

static void
dial_cloudtalk_queue_finalize (GObject *object)
{
  dial_gauge_clear (&DIAL_CLOUDTALK_QUEUE (object)->gauge);

  G_OBJECT_CLASS (dial_cloudtalk_queue_parent_class)->finalize (object);
}

static void
dial_cloudtalk_queue_class_init (DialCloudtalkQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_cloudtalk_queue_dispose;
  object_class->finalize = dial_cloudtalk_queue_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_cloudtalk_queue_init (DialCloudtalkQueue *self)
{
  dial_gauge_init (&self->gauge);
  for (guint urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++)
    g_queue_init (&self->waiting[urgency]);
}

/**
 * dial_cloudtalk_queue_new:
 *
 * Requests wait here for their turn: the most urgent first, each kind within its share.
 *
 * Returns: (transfer full): an empty queue
 */
DialCloudtalkQueue *
dial_cloudtalk_queue_new (void)
{
  return g_object_new (DIAL_TYPE_CLOUDTALK_QUEUE, NULL);
}

/**
 * dial_cloudtalk_queue_wait_async:
 * @self: a queue
 * @urgency: of the request
 * @n_changes: of a bulk request, 1 of others
 * @patience: for how long it may wait, in microseconds
 * @cancellable: (nullable): leaves the queue
 * @callback: called when a request may go
 * @user_data: for @callback
 *
 * Waits for a turn. Every turn must be given back by [method@CloudtalkQueue.done].
 */
void
dial_cloudtalk_queue_wait_async (DialCloudtalkQueue   *self,
                                 DialCloudtalkUrgency  urgency,
                                 int                   n_changes,
                                 gint64                patience,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  GTask *task;
  Waiter *waiter;

  g_return_if_fail (DIAL_IS_CLOUDTALK_QUEUE (self));
  g_return_if_fail (urgency < DIAL_CLOUDTALK_N_URGENCIES);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_queue_wait_async);
  /* A turn once given is given: who was cancelled since then hands it back. */
  g_task_set_check_cancellable (task, FALSE);

  waiter = g_new0 (Waiter, 1);
  waiter->queue = self;
  waiter->urgency = urgency;
  waiter->n_changes = n_changes;
  waiter->deadline = patience == DIAL_CLOUDTALK_PATIENT ? patience
                                                        : g_get_monotonic_time () + patience;
  waiter->cancelled = dial_watch_cancelled (cancellable, cancelled_cb, task);
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);

  if (patience <= PRESSING)
    g_queue_push_head (&self->waiting[urgency], task);
  else
    g_queue_push_tail (&self->waiting[urgency], task);
  serve (self);
}

/**
 * dial_cloudtalk_queue_wait_finish:
 * @self: a queue
 * @result: the result
 * @turn: (out): the turn
 * @error: return location for an error
 *
 * Returns: %TRUE if a request may go; %FALSE if it was cancelled or could not wait so long
 */
gboolean
dial_cloudtalk_queue_wait_finish (DialCloudtalkQueue  *self,
                                  GAsyncResult        *result,
                                  DialGaugeTurn       *turn,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *turn = ((Waiter *) g_task_get_task_data (G_TASK (result)))->turn;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The reset is an instant in whole seconds by CloudTalk's clock. One that is over tells nothing. */
static gint64
read_until_reset (const DialReply *reply)
{
  gint64 reset = dial_reply_get_number (reply, "X-CloudTalkAPI-ResetTime");
  gint64 until;

  if (reset < 0)
    return -1;

  until = reset * G_USEC_PER_SEC -
          (reply->date != DIAL_INSTANT_UNKNOWN ? reply->date : g_get_real_time ());
  return until > -G_USEC_PER_SEC ? MAX (until, 0) + G_USEC_PER_SEC : -1;
}

/**
 * dial_cloudtalk_queue_done:
 * @self: a queue
 * @turn: the turn
 * @reply: (nullable): the answer, if one came
 * @n_begun: how often the request may have reached the other end
 *
 * Gives a turn back.
 */
void
dial_cloudtalk_queue_done (DialCloudtalkQueue  *self,
                           const DialGaugeTurn *turn,
                           const DialReply     *reply,
                           guint                n_begun)
{
  gint64 now = g_get_monotonic_time ();
  DialGaugeNews news;

  if (n_begun > 1)
    dial_gauge_again (&self->gauge, turn, n_begun - 1, now);

  if (reply != NULL) {
    news.limit = dial_reply_get_number (reply, "X-CloudTalkAPI-Limit");
    news.remaining = dial_reply_get_number (reply, "X-CloudTalkAPI-Remaining");
    news.until_reset = read_until_reset (reply);
    if (reply->status == 429)
      dial_gauge_refused (&self->gauge, turn, &news, now);
    else
      dial_gauge_answered (&self->gauge, turn, &news, now);
  } else if (n_begun == 0) {
    dial_gauge_unused (&self->gauge, turn, now);
  } else {
    dial_gauge_lost (&self->gauge, turn);
  }

  serve (self);
}

/**
 * dial_cloudtalk_queue_saw_call:
 * @self: a queue
 *
 * There is a call to follow.
 */
void
dial_cloudtalk_queue_saw_call (DialCloudtalkQueue *self)
{
  dial_gauge_saw_call (&self->gauge, g_get_monotonic_time ());
  serve (self);
}

/**
 * dial_cloudtalk_queue_describe:
 * @self: a queue
 * @allowance: (out caller-allocates): how things stand
 */
void
dial_cloudtalk_queue_describe (DialCloudtalkQueue     *self,
                               DialCloudtalkAllowance *allowance)
{
  dial_gauge_describe (&self->gauge, allowance, g_get_monotonic_time ());
  for (guint urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++)
    allowance->waiting += (int) self->waiting[urgency].length;
}
