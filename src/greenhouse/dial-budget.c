#include "dial-budget-private.h"

#include <math.h>

/* The lowest allowance anybody has reported for Harvest v3, and the one v1's guide names. */
#define ASSUMED_LIMIT 50

/* More side by side would only queue up at the other end. */
#define MAX_SYNC      24
#define FOR_OTHERS    2 /* besides, for who waits for something */

/* Pages a second beyond which this computer is what takes the time, and its part of each. */
#define MAX_RATE      60.0
#define OWN_TIME      (0.03 * G_USEC_PER_SEC)

/* So many times what keeps pace with the allowance, for replies do not all take as long. */
#define SPARE         1.2

/* So near the end of a window nobody needs what was kept back for the recruiter. */
#define RELEASE       (2 * G_USEC_PER_SEC)

/* An end that is known so well, of a window's length, need not be found out. */
#define NEAR          20

/* Two clocks, and a computer that is busy. */
#define MARGIN        (20 * 1000)

/* So many times what others would need at the same pace is room for more. */
#define ROOM          1.5

/* A window of which no more is spent is one's own: this computer asked for something else before. */
#define NOBODY        3

/* Windows after which it is forgotten that nobody else was there. */
#define LONG_AGO      3

/* So many answers are a sample. */
#define SAMPLE        100

/**
 * dial_budget_init:
 * @self: a budget
 * @seconds: the length of a window, while nothing is told
 * @seed: for chance, by which many desks do not come back at once
 *
 * Knows nothing more yet.
 */
void
dial_budget_init (DialBudget *self,
                  guint       seconds,
                  guint32     seed)
{
  *self = (DialBudget) {
    .limit = ASSUMED_LIMIT,
    .pace = 1,
    .fastest = { G_MAXINT64, G_MAXINT64 },
    .seed = seed | 1,
  };
  dial_phase_init (&self->phase, seconds * G_USEC_PER_SEC);
}

/**
 * dial_budget_woke:
 * @self: a budget
 *
 * The computer slept, and the clock these instants are of did not run.
 */
void
dial_budget_woke (DialBudget *self)
{
  dial_phase_forget (&self->phase);
}

/* From 0 to 1. */
static double
get_chance (DialBudget *self)
{
  self->seed ^= self->seed << 13;
  self->seed ^= self->seed >> 17;
  self->seed ^= self->seed << 5;
  return self->seed / (double) G_MAXUINT32;
}

static gint64
get_fastest (const DialBudget *self)
{
  return MIN (self->fastest[0], self->fastest[1]);
}

/* When the present window is certainly over. */
static gint64
get_over (const DialBudget *self)
{
  return dial_phase_get_end (&self->phase).to + MARGIN + self->phase.length / 1000;
}

static gboolean
is_shared (const DialBudget *self)
{
  return self->share.quota > 0;
}

/* What the present window comes to if it goes on as since the first answer in it. With only one answer
 * nobody knows whether what was spent before came at once or little by little. */
static DialSharedWindow
sum_up (const DialBudget *self)
{
  double length = (double) self->phase.length;
  double used = (double) self->used;
  double passed = (double) (self->used_at - dial_phase_get_begin (&self->phase));
  double seen = (double) (self->used_at - self->first_at);
  DialSharedWindow window = {
    .limit = self->limit,
    .own = MIN (self->n_sent, self->used),
    .foreign = self->foreign,
    .least = used,
    .most = passed > length / 2 ? MAX (used * length / passed, used) : G_MAXDOUBLE,
    .refused = self->refused,
  };

  if (seen > length / 10)
    window.least = window.most = used + (double) (self->used - self->first_used) *
                                 MAX (length - passed, 0) / seen;

  return window;
}

static void
begin_window (DialBudget *self)
{
  if (self->confirmed || self->refused) {
    DialSharedWindow window = sum_up (self);

    dial_share_window_over (&self->share, &window);
  }

  self->window++;
  self->used = 0;
  self->maybe = 0;
  self->n_lost = 0;
  self->n_sent = self->in_flight;
  self->foreign = 0;
  self->before = 0;
  self->confirmed = FALSE;
  self->refused = FALSE;
}

static void
move_on (DialBudget *self,
         gint64      now)
{
  if (!self->confirmed || now < get_over (self))
    return;

  /* Others may have come meanwhile. */
  if (now - self->used_at > LONG_AGO * self->phase.length)
    self->pace = 1;
  begin_window (self);
}

/* Requests a window that are ours. */
static double
get_quota (const DialBudget *self)
{
  return is_shared (self) ? self->share.quota : (double) self->limit;
}

/* Requests a microsecond that are ours. */
static double
get_rate (const DialBudget *self)
{
  return self->unlimited ? MAX_RATE / G_USEC_PER_SEC : get_quota (self) / (double) self->phase.length;
}

/**
 * dial_budget_get_n_needed:
 * @self: a budget
 *
 * Returns: how many walks side by side use the allowance up in time, 1 at least
 */
guint
dial_budget_get_n_needed (const DialBudget *self)
{
  double rate = MIN (SPARE * get_rate (self), MAX_RATE / G_USEC_PER_SEC);

  return (guint) CLAMP (ceil (rate * (self->usual + OWN_TIME)), is_shared (self) ? 1 : 2, MAX_SYNC);
}

/**
 * dial_budget_get_n_useful:
 * @self: a budget
 *
 * Returns: how many walks side by side end soonest. With more of them the last window, which nobody knows before,
 *   is over sooner; but each costs a page that is not full. This is the middle between those that keep pace and one
 *   for every request of a window.
 */
guint
dial_budget_get_n_useful (const DialBudget *self)
{
  guint needed = dial_budget_get_n_needed (self);

  /* What this computer can take is used up already. */
  if (get_rate (self) * G_USEC_PER_SEC >= MAX_RATE)
    return needed;

  return (guint) CLAMP (sqrt (get_rate (self) * self->usual * get_quota (self)), needed, MAX_SYNC);
}

/* How many may be on their way. */
static guint
get_most_in_flight (const DialBudget *self,
                    DialUrgency       urgency)
{
  guint most;

  if (self->wary)
    return 1;

  if (self->unlimited)
    most = MAX (dial_budget_get_n_useful (self), 4);
  else if (!self->confirmed && (!self->heard || is_shared (self)))
    /* Nobody knows how much of this window is spent already: the first one brings the count. */
    most = 1;
  else
    most = MIN (self->pace, MAX (dial_budget_get_n_useful (self), is_shared (self) ? 2 : 4));

  return urgency == DIAL_URGENCY_SYNC ? most : most + FOR_OTHERS;
}

static gint64
get_free (const DialBudget *self)
{
  return self->limit - MAX (self->used, self->maybe) - self->n_lost - (gint64) self->in_flight;
}

/* What a sync leaves untouched, so that the recruiter and the notes need not wait for the next
 * window. */
static gint64
get_reserve (const DialBudget *self)
{
  if (is_shared (self))
    return self->limit - dial_share_get_target (self->limit);

  return self->limit < 4 ? 0 : CLAMP (self->limit / 25, 1, 6);
}

/* What a sync sends one by one while it is not known when the window ends. */
static gint64
get_probes (const DialBudget *self)
{
  return MAX (CLAMP (self->limit / 10, 1, 8), get_reserve (self));
}

/* When a sync may send the next one of the present window, NEVER if not any more. */
static gint64
get_sync_time (const DialBudget *self,
               gint64            now)
{
  gint64 free_ones = get_free (self);
  DialSpan end;

  if (free_ones <= 0)
    return G_MAXINT64;

  if (!self->confirmed || is_shared (self))
    return free_ones > get_reserve (self) ? now : G_MAXINT64;

  end = dial_phase_get_end (&self->phase);
  if (end.to - end.from > self->phase.length / NEAR) {
    gint64 from = MAX (end.from, self->last_sync);

    return free_ones > get_probes (self) ? now : from + (end.to - from) / (free_ones + 1);
  }

  return free_ones > get_reserve (self) ? now : end.from - MIN (RELEASE, self->phase.length / 10);
}

/**
 * dial_budget_may_send:
 * @self: a budget
 * @urgency: of the request
 * @now: this instant
 *
 * Returns: whether a request may go now
 */
gboolean
dial_budget_may_send (DialBudget  *self,
                      DialUrgency  urgency,
                      gint64       now)
{
  move_on (self, now);

  if (self->in_flight >= get_most_in_flight (self, urgency) || now < self->blocked_until)
    return FALSE;

  if (urgency == DIAL_URGENCY_SYNC && now < self->next_sync)
    return FALSE;

  if (self->unlimited)
    return TRUE;

  return urgency == DIAL_URGENCY_SYNC ? get_sync_time (self, now) <= now : get_free (self) > 0;
}

static void
take_earlier (gint64 *earliest,
              gint64  instant,
              gint64  now)
{
  if (instant > now && (*earliest == 0 || instant < *earliest))
    *earliest = instant;
}

/**
 * dial_budget_next_try:
 * @self: a budget that just said no
 * @now: this instant
 *
 * Returns: when to ask again at the latest if no reply comes in before, 0 if only a reply can
 * change it
 */
gint64
dial_budget_next_try (DialBudget *self,
                      gint64      now)
{
  gint64 earliest = 0;
  gint64 sync_time;

  take_earlier (&earliest, self->blocked_until, now);
  take_earlier (&earliest, self->next_sync, now);
  if (self->unlimited || !self->confirmed)
    return earliest;

  sync_time = get_sync_time (self, now);
  if (sync_time < G_MAXINT64)
    take_earlier (&earliest, sync_time, now);
  take_earlier (&earliest, get_over (self), now);
  return earliest;
}

/* Spread over the window, and never two desks in step. */
static void
wait_for_others (DialBudget *self,
                 gint64      now)
{
  double pause = (double) self->phase.length / self->share.quota;

  self->next_sync = now + (gint64) (pause * (0.7 + 0.6 * get_chance (self)));
}

/**
 * dial_budget_sent:
 * @self: a budget
 * @urgency: of the request
 * @now: this instant
 *
 * A request goes out.
 *
 * Returns: its place, to be shown when it is answered
 */
DialTurn
dial_budget_sent (DialBudget  *self,
                  DialUrgency  urgency,
                  gint64       now)
{
  self->in_flight++;
  self->n_sent++;
  if (urgency == DIAL_URGENCY_SYNC) {
    self->last_sync = now;
    if (is_shared (self))
      wait_for_others (self, now);
  }

  return (DialTurn) { self->window, self->confirmed ? self->used : -1, self->n_answered, now };
}

static void
take_time (DialBudget *self,
           gint64      time)
{
  if (self->n_timed++ % SAMPLE == 0) {
    self->fastest[1] = self->fastest[0];
    self->fastest[0] = time;
  }

  self->fastest[0] = MIN (self->fastest[0], time);
  self->usual = self->n_timed == 1 ? (double) time : self->usual + ((double) time - self->usual) / 8;
}

/* A new window has begun, or this is the first thing that is heard of one. */
static void
enter_window (DialBudget     *self,
              const DialTurn *turn,
              const DialSpan *counted,
              gint64          used)
{
  if (self->confirmed) {
    gint64 meanwhile = self->n_answered - turn->n_answered;
    gint64 known = self->used;

    begin_window (self);
    /* Those answered meanwhile may have been counted in this one too, unless their count was higher
     * than it can be by now. */
    self->n_sent += meanwhile;
    if (turn->used < self->n_sent)
      self->maybe = MIN (known, self->n_sent);
  }

  if (self->phase.known)
    dial_phase_saw_new (&self->phase, counted, used <= 1);
  else
    dial_phase_saw_same (&self->phase, counted);

  if (!self->heard) {
    self->before = MAX (used - 1, 0);
    /* Whoever finds nobody there need not feel the way. */
    self->pace = used <= NOBODY ? MAX_SYNC : 1;
  }
  self->confirmed = TRUE;
  self->first_used = used;
  self->first_at = counted->to;
}

/* Others are those who cannot be ours, nor were there before us. */
static void
count_others (DialBudget *self)
{
  DialSharedWindow window;

  self->foreign = MAX (self->foreign, self->used - self->before - self->n_sent);
  if (is_shared (self) || !dial_share_is_crowd (self->foreign, self->limit))
    return;

  window = sum_up (self);
  dial_share_met_others (&self->share, &window);
}

/* Where much more is left of the window than of its time, nobody else wants it. */
static void
look_for_room (DialBudget *self,
               gint64      now)
{
  gint64 target = dial_share_get_target (self->limit);
  gint64 left = MAX (dial_phase_get_begin (&self->phase) + self->phase.length - now, 0);
  double expected = (double) target * (double) left / (double) self->phase.length;

  if (is_shared (self) && (double) (target - self->used) > ROOM * expected)
    self->next_sync = MIN (self->next_sync, now + (gint64) ((0.3 + get_chance (self)) *
                                                            (double) self->phase.length / 30));
}

static void
take_count (DialBudget           *self,
            const DialTurn       *turn,
            const DialBudgetNews *news,
            gint64                now)
{
  gint64 used = CLAMP (news->limit - news->remaining, 0, news->limit);
  DialSpan counted = { turn->sent_at, now - get_fastest (self) };
  gboolean anew = used <= turn->used;

  self->limit = news->limit;

  /* Sent in a window that is over by now, it may have been counted in this one; if not, that one was not over when
   * it was sent. */
  if (turn->window != self->window && !anew) {
    if (used <= self->n_sent)
      self->maybe = MAX (self->maybe, used);
    else if (turn->window + 1 == self->window && !self->confirmed)
      dial_phase_saw_same (&self->phase, &counted);
    return;
  }

  if (!self->confirmed || (anew && turn->window == self->window))
    enter_window (self, turn, &counted, used);
  else
    dial_phase_saw_same (&self->phase, &counted);

  if (news->until_reset >= 0)
    dial_phase_was_told (&self->phase, news->until_reset, now);

  if (used >= self->used)
    self->used_at = now;
  self->used = MAX (self->used, used);
  self->heard = TRUE;
  self->unlimited = FALSE;
  count_others (self);
  look_for_room (self, now);
}

/**
 * dial_budget_answered:
 * @self: a budget
 * @turn: the request's place
 * @news: what the reply tells
 * @now: this instant
 *
 * A request was answered.
 */
void
dial_budget_answered (DialBudget           *self,
                      const DialTurn       *turn,
                      const DialBudgetNews *news,
                      gint64                now)
{
  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  self->n_answered++;
  self->wary = FALSE;
  take_time (self, now - turn->sent_at);
  self->pace = MIN (self->pace + 2, MAX_SYNC);

  if (news->limit < 1 || news->remaining < 0)
    self->unlimited = self->unlimited || !self->heard;
  else
    take_count (self, turn, news, now);
}

/**
 * dial_budget_lost:
 * @self: a budget
 *
 * A request ended without an answer. It may have been counted.
 */
void
dial_budget_lost (DialBudget *self)
{
  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  /* The first word of a window counts what was lost before it. */
  if (self->confirmed)
    self->n_lost++;
}

/**
 * dial_budget_unused:
 * @self: a budget
 * @turn: the request's place
 *
 * Nothing was sent.
 */
void
dial_budget_unused (DialBudget     *self,
                    const DialTurn *turn)
{
  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  if (turn->window == self->window && self->n_sent > 0)
    self->n_sent--;
}

/**
 * dial_budget_refused:
 * @self: a budget
 * @turn: the request's place
 * @news: what the reply tells
 * @wait: how long Greenhouse asks to wait, -1 if it does not say
 * @now: this instant
 *
 * A request drew a 429: somebody else spends from the same allowance. When the time is over the
 * recruiter and the notes come back first, a sync somewhere in the first half of the window.
 */
void
dial_budget_refused (DialBudget           *self,
                     const DialTurn       *turn,
                     const DialBudgetNews *news,
                     gint64                wait,
                     gint64                now)
{
  gint64 over = get_over (self);

  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  self->pace = 1;
  self->wary = TRUE;
  if (news->limit > 0)
    self->limit = news->limit;

  if (wait < 0)
    wait = news->until_reset >= 0 ? news->until_reset
         : self->confirmed && over > now ? over - now : self->phase.length;
  wait = MIN (wait, 10 * self->phase.length);

  if (turn->window == self->window) {
    self->refused = TRUE;
    self->used = self->limit;
    self->used_at = now;
    self->foreign = MAX (self->foreign, self->limit - self->n_sent);
    begin_window (self);
  }

  self->blocked_until = MAX (self->blocked_until, now + wait + (gint64) (get_chance (self) * wait / 30));
  self->next_sync = MAX (self->next_sync, self->blocked_until +
                         (gint64) (get_chance (self) * (double) self->phase.length / 2));
}

/**
 * dial_budget_describe:
 * @self: a budget
 * @allowance: (out caller-allocates): what is known, but for who waits
 * @now: this instant
 *
 * Tells where things stand, to show.
 */
void
dial_budget_describe (DialBudget    *self,
                      DialAllowance *allowance,
                      gint64         now)
{
  gint64 foreign = self->before + self->foreign;

  move_on (self, now);
  *allowance = (DialAllowance) {
    .limit = (guint) MIN (self->limit, G_MAXUINT),
    .remaining = (guint) CLAMP (self->limit - self->used, 0, G_MAXUINT),
    .used_by_others = (guint) CLAMP (foreign, 0, G_MAXUINT),
    .seconds = (guint) ((self->phase.length + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC),
    .ends_at = self->confirmed ? dial_phase_get_end (&self->phase).to : 0,
    .unlimited = self->unlimited,
    .known = self->heard,
    .blocked_until = self->blocked_until > now ? self->blocked_until : 0,
  };
}
