#include "dial-cloudtalk-queue-private.h"

#include <glib/gi18n.h>

struct _DialCloudtalkQueue
{
  DialQueue parent_instance;

  DialGauge gauge;
};

G_DEFINE_FINAL_TYPE (DialCloudtalkQueue, dial_cloudtalk_queue, DIAL_TYPE_QUEUE)

static gint64
next_try (DialQueue *queue,
          guint      urgency,
          int        size,
          gint64     now)
{
  return dial_gauge_next_try (&DIAL_CLOUDTALK_QUEUE (queue)->gauge, urgency, size, now);
}

static gboolean
has_share (DialQueue *queue,
           guint      urgency,
           int        size,
           gint64     now)
{
  return dial_gauge_has_share (&DIAL_CLOUDTALK_QUEUE (queue)->gauge, urgency, size, now);
}

static gpointer
give_turn (DialQueue *queue,
           guint      urgency,
           int        size,
           gint64     now)
{
  DialGaugeTurn turn = dial_gauge_sent (&DIAL_CLOUDTALK_QUEUE (queue)->gauge, urgency, size, now);

  return g_memdup2 (&turn, sizeof turn);
}

static GError *
explain (DialQueue *queue,
         gint64     now)
{
  gint64 next = next_try (queue, DIAL_CLOUDTALK_URGENCY_NOW, 1, now);
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *time = NULL;

  until = g_date_time_new_from_unix_local ((g_get_real_time () + next - now) / G_USEC_PER_SEC + 1);
  time = g_date_time_format (until, "%X");
  /* Translators: a time of the day. */
  return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_LIMIT,
                      _("CloudTalk takes no more requests for now, your whole company shares its "
                        "allowance: try again at %s."), time);
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
  DialQueueClass *queue_class = DIAL_QUEUE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dial_cloudtalk_queue_finalize;

  queue_class->next_try = next_try;
  queue_class->has_share = has_share;
  queue_class->give_turn = give_turn;
  queue_class->explain = explain;
}

static void
dial_cloudtalk_queue_init (DialCloudtalkQueue *self)
{
  dial_gauge_init (&self->gauge);
}

/**
 * dial_cloudtalk_queue_new:
 *
 * Requests wait here for their turn, each kind within its share. Every turn must be given back by
 * [method@CloudtalkQueue.done].
 *
 * Returns: (transfer full): an empty queue
 */
DialCloudtalkQueue *
dial_cloudtalk_queue_new (void)
{
  return g_object_new (DIAL_TYPE_CLOUDTALK_QUEUE, NULL);
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
  return explain (DIAL_QUEUE (self), g_get_monotonic_time ());
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

  dial_queue_serve (DIAL_QUEUE (self));
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
  dial_queue_serve (DIAL_QUEUE (self));
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
  allowance->waiting += (int) dial_queue_get_n_waiting (DIAL_QUEUE (self));
}
