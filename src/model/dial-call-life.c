#include "dial-call-private.h"

/* The life of a call: where it may go, by which clocks, and what a phone system tells of it later. */

#define TO(state) (1u << DIAL_CALL_STATE_ ## state)

/* Where a call may go from each state; an outgoing one begins with dialling, an incoming one with
 * ringing. Not every phone tells that it rings. */
static const guint moves[] = {
  [DIAL_CALL_STATE_DIALLING] = TO (RINGING) | TO (ACTIVE) | TO (ENDED),
  [DIAL_CALL_STATE_RINGING] = TO (ACTIVE) | TO (ENDED),
  [DIAL_CALL_STATE_ACTIVE] = TO (HELD) | TO (ENDED),
  [DIAL_CALL_STATE_HELD] = TO (ACTIVE) | TO (ENDED),
  [DIAL_CALL_STATE_ENDED] = 0,
};

#undef TO

/* The outcome that agrees with what is known: nobody misses a call of their own, and whoever talked
 * was reached. */
static DialOutcome
fit_outcome (DialCall    *self,
             DialOutcome  told)
{
  gboolean incoming = self->direction == DIAL_DIRECTION_INCOMING;

  if (self->answered_at != DIAL_INSTANT_UNKNOWN)
    return told == DIAL_OUTCOME_VOICEMAIL ? told : DIAL_OUTCOME_ANSWERED;

  switch (told) {
  case DIAL_OUTCOME_ANSWERED:
  case DIAL_OUTCOME_VOICEMAIL:
  case DIAL_OUTCOME_FAILED:
    return told;
  case DIAL_OUTCOME_BUSY:
  case DIAL_OUTCOME_CANCELLED:
    return incoming ? DIAL_OUTCOME_MISSED : told;
  case DIAL_OUTCOME_UNKNOWN:
  case DIAL_OUTCOME_NO_ANSWER:
  case DIAL_OUTCOME_MISSED:
  default:
    return incoming ? DIAL_OUTCOME_MISSED : DIAL_OUTCOME_NO_ANSWER;
  }
}

/* Whether there was a time in which nobody could have seen it end. */
static gboolean
has_gap (DialCall         *self,
         const DialMoment *until)
{
  if (self->answered_at != DIAL_INSTANT_UNKNOWN)
    return self->gap_while_talking || dial_moment_slept_between (&self->answered, until);

  return self->gap_before_answer || dial_moment_slept_between (&self->began, until);
}

/* Nobody saw when a call ended that has a gap, unless a phone did that watched. */
static void
stamp (DialCall      *self,
       DialCallState  state)
{
  if (state == DIAL_CALL_STATE_ACTIVE && self->answered_at == DIAL_INSTANT_UNKNOWN) {
    self->answered_at = dial_clock_read (CLOCK_REALTIME);
    self->answered = dial_moment_read ();
  }
  if (state == DIAL_CALL_STATE_ENDED) {
    self->ended = dial_moment_read ();
    if (self->report != NULL && self->report->has_ended)
      self->ended_at = self->report->ended_at;
    else if (self->watched || !has_gap (self, &self->ended))
      self->ended_at = dial_clock_read (CLOCK_REALTIME);
  }
}

static gboolean
move (DialCall      *self,
      DialCallState  state,
      DialOutcome    told)
{
  if ((moves[self->state] & (1u << state)) == 0)
    return FALSE;

  stamp (self, state);
  self->state = state;
  if (state == DIAL_CALL_STATE_ENDED) {
    self->outcome = fit_outcome (self, told);
    g_object_notify (G_OBJECT (self), "outcome");
  }
  g_object_notify (G_OBJECT (self), "state");
  return TRUE;
}

/**
 * dial_call_set_state:
 * @self: a call
 * @state: where it is now
 *
 * Moves the call. A call never moves backwards and nothing follows its end; the end reached this
 * way guesses its outcome, see [method@Call.end] for a known one.
 *
 * Returns: whether it moved
 */
gboolean
dial_call_set_state (DialCall      *self,
                     DialCallState  state)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), FALSE);

  return move (self, state, DIAL_OUTCOME_UNKNOWN);
}

/**
 * dial_call_end:
 * @self: a call
 * @outcome: how it ended; %DIAL_OUTCOME_UNKNOWN guesses it from the states
 *
 * Ends the call; does nothing if it has ended already. An outcome the states contradict is put right:
 * who talked was reached, an incoming call nobody took was missed.
 *
 * Returns: whether it ended now
 */
gboolean
dial_call_end (DialCall    *self,
               DialOutcome  outcome)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), FALSE);

  return move (self, DIAL_CALL_STATE_ENDED, outcome);
}

/**
 * dial_call_tell_gap:
 * @self: a call
 *
 * Tells that nobody looked at the call for a while as it ran: the computer slept, or the program did not run. The
 * clocks tell of most sleep by themselves, but not of it all: without a clock that runs through it, they do not.
 */
void
dial_call_tell_gap (DialCall *self)
{
  g_return_if_fail (DIAL_IS_CALL (self));

  if (self->state == DIAL_CALL_STATE_ACTIVE || self->state == DIAL_CALL_STATE_HELD)
    self->gap_while_talking = TRUE;
  else if (self->state != DIAL_CALL_STATE_ENDED)
    self->gap_before_answer = TRUE;
}

/* What the phone system counted; while they talk, from when it says they began. */
static int
get_reported_duration (DialCall *self)
{
  if (self->report->has_ended)
    return self->report->talking > 0 ? self->report->talking : -1;
  if (self->answered_at == DIAL_INSTANT_UNKNOWN || self->state == DIAL_CALL_STATE_ENDED)
    return -1;

  return (int) (MAX (dial_clock_read (CLOCK_REALTIME) - self->answered_at, 0) / G_TIME_SPAN_SECOND);
}

/**
 * dial_call_get_duration:
 * @self: a call
 *
 * How long they have talked, or talked: a changed wall clock does not matter. If there was a gap, because the
 * computer slept or the program did not run, nobody knows whether they went on talking.
 *
 * Returns: whole seconds, -1 if nobody answered or nobody knows
 */
int
dial_call_get_duration (DialCall *self)
{
  DialMoment until;

  g_return_val_if_fail (DIAL_IS_CALL (self), -1);

  if (self->report != NULL)
    return get_reported_duration (self);
  if (self->restored)
    return self->restored_duration;
  if (self->answered_at == DIAL_INSTANT_UNKNOWN)
    return -1;

  until = self->state == DIAL_CALL_STATE_ENDED ? self->ended : dial_moment_read ();
  if (has_gap (self, &until))
    return -1;

  return (int) ((until.awake - self->answered.awake) / G_TIME_SPAN_SECOND);
}

/* Whoever was not talked with has not answered, whatever it looked like meanwhile. */
static void
heed_report (DialCall       *self,
             DialCallReport *report)
{
  if (report->own_number != NULL)
    dial_set_str (&self->own_number, report->own_number);
  if (report->answered_at != DIAL_INSTANT_UNKNOWN)
    self->answered_at = report->answered_at;
  if (!report->has_ended)
    return;

  if (report->outcome != DIAL_OUTCOME_ANSWERED && report->outcome != DIAL_OUTCOME_VOICEMAIL)
    self->answered_at = DIAL_INSTANT_UNKNOWN;
  if (self->state == DIAL_CALL_STATE_ENDED) {
    self->ended_at = report->ended_at;
    self->outcome = fit_outcome (self, report->outcome);
    g_object_notify (G_OBJECT (self), "outcome");
  }
}

/**
 * dial_call_take_report:
 * @self: a call
 * @report: what the phone system tells of it now
 *
 * For phones: what the phone system tells counts more than what was seen from here. The state stays; a
 * report on a call that has ended puts right how it ended.
 */
void
dial_call_take_report (DialCall       *self,
                       DialCallReport *report)
{
  g_return_if_fail (DIAL_IS_CALL (self));
  g_return_if_fail (DIAL_IS_CALL_REPORT (report));

  if (self->report != NULL && dial_call_report_equal (self->report, report))
    return;

  g_set_object (&self->report, report);
  heed_report (self, report);
  g_object_notify (G_OBJECT (self), "report");
}
