#include "dial-gauge-private.h"

/* As documented, until CloudTalk says otherwise; and what nobody believes. */
#define USUAL_LIMIT 60
#define MAX_LIMIT   1000000

#define SECOND      ((gint64) G_USEC_PER_SEC)
#define MINUTE      (60 * SECOND)

/* So long after a call was seen calls are followed closely. */
#define IN_CALL     (10 * MINUTE)

/* Who stands back for others looks again after so long. */
#define LOOK_AGAIN  (2 * SECOND)

/* And after refusals contacts pause for no longer than this. */
#define LONGEST_PAUSE (10 * MINUTE)

/* Right after an answer hardly anybody else has spent anything; what a bulk request costs is tried now and again. */
#define RIGHT_AFTER (2 * SECOND)
#define PROBE_EVERY (5 * MINUTE)

/* A reset that is farther away is no reset of a minute. */
#define LONGEST_BLOCK (5 * MINUTE)

/* Resets are told in whole seconds: those that lie closer together are the same. */
#define SAME        (SECOND * 3 / 2)

/* What was sent so close together is remembered as one. */
#define GRAIN       (SECOND / 10)

typedef struct {
  gint64               at;
  int                  cost;
  DialCloudtalkUrgency urgency;
} Sent;

/* A part of the limit, of which there is always one. */
static int
part (DialGauge *self,
      int        of_sixty)
{
  return MAX ((int) ((gint64) self->limit * of_sixty / 60), 1);
}

static int
get_cost (DialGauge *self,
          int        n_changes)
{
  return self->bulk_is_one ? 1 : MAX (n_changes, 1);
}

static int
get_total (DialGauge *self)
{
  int total = 0;

  for (guint urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++)
    total += self->sums[urgency];

  return total;
}

static void
forget_old (DialGauge *self,
            gint64     now)
{
  Sent *oldest;

  while ((oldest = g_queue_peek_head (&self->sent)) != NULL && oldest->at + MINUTE <= now) {
    self->sums[oldest->urgency] -= oldest->cost;
    g_free (g_queue_pop_head (&self->sent));
  }

  if (self->left >= 0 && self->resets_at <= now)
    self->left = -1;
}

static void
remember (DialGauge            *self,
          DialCloudtalkUrgency  urgency,
          int                   cost,
          gint64                now)
{
  Sent *latest = g_queue_peek_tail (&self->sent);

  self->sums[urgency] += cost;
  if (latest != NULL && latest->urgency == urgency && now - latest->at < GRAIN) {
    latest->cost += cost;
    latest->at = now;
    return;
  }

  latest = g_new (Sent, 1);
  latest->at = now;
  latest->cost = cost;
  latest->urgency = urgency;
  g_queue_push_tail (&self->sent, latest);
}

/* When at most @most of a kind, or of all, were sent in the last minute. */
static gint64
get_time_of_at_most (DialGauge *self,
                     int        urgency, /* -1 for all */
                     int        most,
                     gint64     now)
{
  int sum = urgency < 0 ? get_total (self) : self->sums[urgency];

  for (GList *at = self->sent.head; at != NULL && sum > MAX (most, 0); at = at->next) {
    Sent *sent = at->data;

    if (urgency < 0 || sent->urgency == (DialCloudtalkUrgency) urgency)
      sum -= sent->cost;
    now = MAX (now, sent->at + MINUTE);
  }

  return now;
}

/* Operations a minute that contacts may have. Most of it are left alone by them while few are known
 * to be left, or nothing is known. Where a bulk request may count by each of its changes, but probably
 * does not, it is a third; no more than would be there if it does. */
static int
get_contacts_share (DialGauge *self)
{
  if (!self->bulk_is_one)
    return part (self, 20);
  if (self->told && self->left > part (self, 30))
    return part (self, 15);

  return part (self, 6);
}

/* Where colleagues spend as much in the pause after a bulk request as it might cost, what is left never shows what
 * it does: so one goes right after another, while there is plenty. */
static gboolean
is_probe (DialGauge *self,
          int        n_changes,
          gint64     now)
{
  return self->told && !self->bulk_is_one && n_changes > 1 && self->in_flight == 0 &&
         self->left - n_changes >= part (self, 30) && self->answered_at + RIGHT_AFTER > now && self->probe_at <= now;
}

/* Contacts are spread over time: the next may go when the last one's part of a minute is over. */
static gint64
get_next_contacts (DialGauge *self,
                   int        n_changes,
                   gint64     now)
{
  if (is_probe (self, n_changes, now))
    return self->paused_until;

  return MAX (self->contacts_at + self->contacts_cost * MINUTE / get_contacts_share (self), self->paused_until);
}

/* What of the present minute is not for this kind of request. */
static int
get_reserve (DialGauge            *self,
             DialCloudtalkUrgency  urgency)
{
  if (urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS)
    return part (self, 15);
  if (urgency == DIAL_CLOUDTALK_URGENCY_CALLS)
    return part (self, 5);

  return 0;
}

/* When the share of this kind alone lets it go. */
static gint64
get_share_time (DialGauge            *self,
                DialCloudtalkUrgency  urgency,
                int                   n_changes,
                gint64                now)
{
  int most;

  if (urgency == DIAL_CLOUDTALK_URGENCY_NOW)
    return now;
  if (urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS)
    return MAX (now, get_next_contacts (self, n_changes, now));

  most = now < self->in_call_until ? part (self, 20) : part (self, 6);
  return get_time_of_at_most (self, urgency, most - get_cost (self, n_changes), now);
}

/* What all but contacts will spend until the minute ends, if they go on as they did in it. */
static int
get_expected (DialGauge *self,
              gint64     now)
{
  gint64 begin = self->resets_at - MINUTE;
  gint64 elapsed = MAX (now - begin, SECOND);
  gint64 spent = MAX (self->limit - self->left, 0);

  for (GList *at = self->sent.tail; at != NULL && ((Sent *) at->data)->at >= begin; at = at->prev) {
    Sent *sent = at->data;

    if (sent->urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS)
      spent -= sent->cost;
  }

  return (int) (MAX (spent, 0) * (self->resets_at - now) / elapsed);
}

/* When what CloudTalk said is left lets it go. */
static gint64
get_left_time (DialGauge            *self,
               DialCloudtalkUrgency  urgency,
               int                   cost,
               gint64                now)
{
  if (self->left < 0)
    return now;
  if (self->left - cost < get_reserve (self, urgency))
    return self->resets_at;
  if (urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS &&
      self->left - cost - get_expected (self, now) < part (self, 5))
    return MIN (self->resets_at, now + LOOK_AGAIN);

  return now;
}

void
dial_gauge_init (DialGauge *self)
{
  *self = (DialGauge) { .limit = USUAL_LIMIT, .left = -1, .sent = G_QUEUE_INIT };
}

void
dial_gauge_clear (DialGauge *self)
{
  g_queue_clear_full (&self->sent, g_free);
}

/**
 * dial_gauge_next_try:
 * @self: a gauge
 * @urgency: of a request
 * @n_changes: of a bulk request, 1 of others
 * @now: the present instant
 *
 * Returns: when it may go as things stand, @now if at once
 */
gint64
dial_gauge_next_try (DialGauge            *self,
                     DialCloudtalkUrgency  urgency,
                     int                   n_changes,
                     gint64                now)
{
  int cost = get_cost (self, n_changes);
  int most = part (self, urgency == DIAL_CLOUDTALK_URGENCY_NOW ? 50 : 40);
  gint64 next;

  forget_old (self, now);

  next = MAX (get_share_time (self, urgency, n_changes, now),
              get_time_of_at_most (self, -1, most - cost, now));
  next = MAX (next, get_left_time (self, urgency, cost, now));
  return MAX (next, self->blocked_until);
}

/**
 * dial_gauge_has_share:
 * @self: a gauge
 * @urgency: of a request
 * @n_changes: of a bulk request, 1 of others
 * @now: the present instant
 *
 * Returns: whether only what was sent of other kinds keeps it from going
 */
gboolean
dial_gauge_has_share (DialGauge            *self,
                      DialCloudtalkUrgency  urgency,
                      int                   n_changes,
                      gint64                now)
{
  int cost = get_cost (self, n_changes);

  forget_old (self, now);
  return get_share_time (self, urgency, n_changes, now) <= now &&
         get_left_time (self, urgency, cost, now) <= now && self->blocked_until <= now;
}

/**
 * dial_gauge_sent:
 * @self: a gauge
 * @urgency: of the request
 * @n_changes: of a bulk request, 1 of others
 * @now: the present instant
 *
 * Counts a request that goes out.
 *
 * Returns: its turn, to be given back
 */
DialGaugeTurn
dial_gauge_sent (DialGauge            *self,
                 DialCloudtalkUrgency  urgency,
                 int                   n_changes,
                 gint64                now)
{
  DialGaugeTurn turn = {
    .urgency = urgency,
    .n_changes = n_changes,
    .cost = get_cost (self, n_changes),
    .left = self->in_flight == 0 ? self->left : -1,
    .resets_at = self->resets_at,
  };
  gboolean probes = is_probe (self, n_changes, now);

  forget_old (self, now);
  remember (self, urgency, turn.cost, now);
  self->in_flight += turn.cost;
  if (self->left >= 0)
    self->left = MAX (self->left - turn.cost, 0);
  if (urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS) {
    /* The next waits for both. */
    self->contacts_cost = turn.cost + (probes ? self->contacts_cost : 0);
    self->contacts_at = now;
    if (probes)
      self->probe_at = now + PROBE_EVERY;
  }
  return turn;
}

/**
 * dial_gauge_again:
 * @self: a gauge
 * @turn: a turn
 * @n_more: how often more than once its request went out
 * @now: the present instant
 *
 * A read that met the end of an old connection goes out again by itself.
 */
void
dial_gauge_again (DialGauge           *self,
                  const DialGaugeTurn *turn,
                  guint                n_more,
                  gint64               now)
{
  if (n_more > 0)
    remember (self, turn->urgency, turn->cost * (int) n_more, now);
}

/* In one minute what is left only ever falls: by less than there were changes, and these were not
 * counted one by one. What others spend meanwhile can but hide it. */
static void
learn_of_bulk (DialGauge           *self,
               const DialGaugeTurn *turn,
               const DialGaugeNews *news,
               gint64               resets_at)
{
  if (turn->n_changes > 1 && turn->left >= 0 &&
      ABS (resets_at - turn->resets_at) < SAME &&
      turn->left > news->remaining && turn->left - news->remaining < turn->n_changes) {
    self->bulk_is_one = TRUE;
    self->contacts_cost = MIN (self->contacts_cost, 1);
  }
}

static void
take_news (DialGauge           *self,
           const DialGaugeNews *news,
           gint64               now)
{
  gint64 resets_at = now + (news->until_reset >= 0 ? MIN (news->until_reset, LONGEST_BLOCK) : MINUTE);
  int remaining;

  if (news->limit > 0) {
    self->limit = (int) MIN (news->limit, MAX_LIMIT);
    self->told = TRUE;
  }
  if (news->remaining < 0)
    return;

  self->answered_at = now;

  /* Two answers of the same minute may come in the wrong order. */
  remaining = MAX ((int) MIN (news->remaining, MAX_LIMIT) - self->in_flight, 0);
  if (self->in_flight > 0 && self->left >= 0 && resets_at < self->resets_at + SAME)
    remaining = MIN (remaining, self->left);
  self->left = remaining;
  self->resets_at = resets_at;
}

/**
 * dial_gauge_answered:
 * @self: a gauge
 * @turn: the turn
 * @news: what the reply tells
 * @now: the present instant
 *
 * Gives a turn back after an answer.
 */
void
dial_gauge_answered (DialGauge           *self,
                     const DialGaugeTurn *turn,
                     const DialGaugeNews *news,
                     gint64               now)
{
  self->in_flight -= turn->cost;
  if (turn->urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS)
    self->pause -= self->pause / 10;
  if (news->remaining >= 0 && news->until_reset >= 0)
    learn_of_bulk (self, turn, news, now + MIN (news->until_reset, LONGEST_BLOCK));
  take_news (self, news, now);
}

/**
 * dial_gauge_refused:
 * @self: a gauge
 * @turn: the turn
 * @news: what the reply tells
 * @now: the present instant
 *
 * Gives a turn back after a 429. Nothing goes out until the minute is over, with a random half
 * second so that not all desks come back at once; where CloudTalk does not say when that is, for five
 * to ten seconds. Contacts wait longer, and longer each time, for others are short.
 */
void
dial_gauge_refused (DialGauge           *self,
                    const DialGaugeTurn *turn,
                    const DialGaugeNews *news,
                    gint64               now)
{
  gint64 wait;

  self->in_flight -= turn->cost;
  if (news->limit > 0) {
    self->limit = (int) MIN (news->limit, MAX_LIMIT);
    self->told = TRUE;
  }

  if (news->until_reset > 0) {
    wait = MIN (news->until_reset, LONGEST_BLOCK) + g_random_int_range (0, SECOND / 2);
    self->left = 0;
    self->resets_at = now + wait;
  } else {
    wait = 5 * SECOND + g_random_int_range (0, 5 * SECOND);
  }

  self->blocked_until = MAX (self->blocked_until, now + wait);
  self->pause = CLAMP (self->pause * 2, MINUTE / 6, LONGEST_PAUSE);
  self->paused_until = MAX (self->paused_until, self->blocked_until + self->pause);
  if (turn->n_changes > 1)
    self->bulk_is_one = FALSE;
}

/**
 * dial_gauge_lost:
 * @self: a gauge
 * @turn: the turn
 *
 * Gives a turn back after a request that was not answered.
 */
void
dial_gauge_lost (DialGauge           *self,
                 const DialGaugeTurn *turn)
{
  self->in_flight -= turn->cost;
}

/**
 * dial_gauge_unused:
 * @self: a gauge
 * @turn: the turn
 * @now: the present instant
 *
 * Gives a turn back without a request.
 */
void
dial_gauge_unused (DialGauge           *self,
                   const DialGaugeTurn *turn,
                   gint64               now)
{
  self->in_flight -= turn->cost;
  if (self->left >= 0)
    self->left += turn->cost;
  if (turn->urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS)
    self->contacts_cost = 0;

  for (GList *at = self->sent.tail; at != NULL; at = at->prev) {
    Sent *sent = at->data;

    if (sent->urgency == turn->urgency && sent->cost >= turn->cost) {
      sent->cost -= turn->cost;
      self->sums[sent->urgency] -= turn->cost;
      break;
    }
  }
}

/**
 * dial_gauge_saw_call:
 * @self: a gauge
 * @now: the present instant
 *
 * There is a call to follow.
 */
void
dial_gauge_saw_call (DialGauge *self,
                     gint64     now)
{
  self->in_call_until = now + IN_CALL;
}

/**
 * dial_gauge_describe:
 * @self: a gauge
 * @allowance: (out caller-allocates): how things stand, but for the queue
 * @now: the present instant
 */
void
dial_gauge_describe (DialGauge              *self,
                     DialCloudtalkAllowance *allowance,
                     gint64                  now)
{
  gint64 wall = g_get_real_time () - now;

  forget_old (self, now);
  *allowance = (DialCloudtalkAllowance) {
    .limit = self->limit,
    .left = self->left,
    .used_by_us = get_total (self),
    .resets_at = self->left >= 0 ? wall + self->resets_at : DIAL_INSTANT_UNKNOWN,
    .blocked_until = self->blocked_until > now ? wall + self->blocked_until : DIAL_INSTANT_UNKNOWN,
    .told = self->told,
  };
}
