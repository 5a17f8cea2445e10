#include "dial-budget-private.h"

/* The lowest allowance anybody has reported for Harvest v3, and the one v1's guide names. */
#define ASSUMED_LIMIT  50

/* More side by side would only queue up at the other end. */
#define MAX_IN_FLIGHT  6
#define MAX_SYNC       4

/* So near the end of a window nobody needs what was kept back for the recruiter. */
#define RELEASE        (2 * G_USEC_PER_SEC)

/**
 * dial_budget_init:
 * @self: a budget
 * @seconds: the length of a window
 *
 * Knows nothing more yet.
 */
void
dial_budget_init (DialBudget *self,
                  guint       seconds)
{
  *self = (DialBudget) {
    .length = seconds * G_USEC_PER_SEC,
    .limit = ASSUMED_LIMIT,
    .remaining = ASSUMED_LIMIT,
  };
}

static void
begin_window (DialBudget *self)
{
  self->remaining = self->limit;
  self->window_end = 0;
  self->confirmed = FALSE;
  self->window++;
  self->n_answered = 0;
}

/* What sync leaves untouched, so that the recruiter and the notes need not wait for the next
 * window. */
static gint64
get_reserve (const DialBudget *self,
             gint64            now)
{
  if (self->window_end != 0 && self->window_end - now <= RELEASE)
    return 0;

  return self->limit < 4 ? 0 : CLAMP (self->limit / 25, 1, 6);
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
  gint64 reserve;

  if (self->in_flight >= (urgency == DIAL_URGENCY_SYNC ? MAX_SYNC : MAX_IN_FLIGHT))
    return FALSE;

  if (now < self->blocked_until)
    return FALSE;

  if (self->unlimited)
    return TRUE;

  if (self->window_end != 0 && now >= self->window_end)
    begin_window (self);

  /* Nobody knows how much of this window is spent already: the first one brings the count. */
  if (!self->confirmed && self->in_flight > (urgency == DIAL_URGENCY_SYNC ? 0 : 1))
    return FALSE;

  reserve = urgency == DIAL_URGENCY_SYNC ? get_reserve (self, now) : 0;
  return self->remaining - (gint64) self->in_flight > reserve;
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
dial_budget_next_try (const DialBudget *self,
                      gint64            now)
{
  if (now < self->blocked_until)
    return self->blocked_until;

  if (self->unlimited || self->window_end == 0)
    return 0;

  if (now < self->window_end - RELEASE)
    return self->window_end - RELEASE;

  return MAX (self->window_end, now + 1);
}

/**
 * dial_budget_sent:
 * @self: a budget
 *
 * A request goes out.
 *
 * Returns: its place, to be shown when it is answered
 */
DialTurn
dial_budget_sent (DialBudget *self)
{
  self->in_flight++;
  self->last_sent++;
  return (DialTurn) { self->last_sent, self->window, self->n_answered };
}

/* Greenhouse counts at least what it had answered before. Whatever overtook this reply went out
 * no earlier, and is not counted in @turn. */
static gboolean
has_begun_anew (const DialTurn       *turn,
                const DialBudgetNews *news)
{
  return news->limit - news->remaining < turn->n_answered + 1;
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
  gboolean latest = turn->number > self->last_heard;
  gboolean overtaken = self->confirmed && !latest;
  gint64 known = self->remaining;
  gint64 end;

  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  self->last_heard = MAX (self->last_heard, turn->number);

  if (news->limit < 1 || news->remaining < 0) {
    if (!self->heard)
      self->unlimited = TRUE;
    return;
  }

  end = now + (news->until_reset >= 0 ? CLAMP (news->until_reset, 0, 10 * self->length)
               : self->length + G_USEC_PER_SEC);
  self->limit = news->limit;
  self->heard = TRUE;
  self->unlimited = FALSE;

  if (turn->window != self->window && self->confirmed) {
    /* Nobody knows in which of the two it was counted. */
    self->remaining = MAX (self->remaining - 1, 0);
    return;
  }

  if (self->confirmed && has_begun_anew (turn, news))
    begin_window (self);

  /* What overtook it may have told of the same new window, without anybody knowing that it was new. */
  self->window_end = self->confirmed ? MIN (self->window_end, end) : end;
  self->remaining = overtaken ? MIN (known, news->remaining) : news->remaining;
  self->confirmed = TRUE;
  self->n_answered++;
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
  if (!self->unlimited && self->remaining > 0)
    self->remaining--;
}

/**
 * dial_budget_refused:
 * @self: a budget
 * @wait: how long Greenhouse asks to wait, -1 if it does not say
 * @now: this instant
 *
 * A request drew a 429: somebody else spends from the same allowance.
 */
void
dial_budget_refused (DialBudget *self,
                     gint64      wait,
                     gint64      now)
{
  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
  if (wait < 0)
    wait = self->window_end > now ? self->window_end - now : self->length;

  begin_window (self);
  self->blocked_until = MAX (self->blocked_until, now + wait);
}
