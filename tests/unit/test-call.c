#include <time.h>

#include "dial-call.h"

/* The computer's clocks as the call sees them (the linker hands its clock_gettime() over). They follow
 * the real ones until a test sets them. */

static gboolean clocks_are_set;
static gint64 wall;
static gint64 awake;
static gint64 asleep;

int __real_clock_gettime (clockid_t clock, struct timespec *now);
int __wrap_clock_gettime (clockid_t clock, struct timespec *now);

int
__wrap_clock_gettime (clockid_t        clock,
                      struct timespec *now)
{
  gint64 at;

  if (!clocks_are_set)
    return __real_clock_gettime (clock, now);

  at = clock == CLOCK_REALTIME ? wall : clock == CLOCK_BOOTTIME ? awake + asleep : awake;
  now->tv_sec = at / G_TIME_SPAN_SECOND;
  now->tv_nsec = at % G_TIME_SPAN_SECOND * 1000;
  return 0;
}

static void
set_clocks (void)
{
  clocks_are_set = TRUE;
  wall = G_GINT64_CONSTANT (1795687200) * G_TIME_SPAN_SECOND;
  awake = 1000 * G_TIME_SPAN_SECOND;
  asleep = 0;
}

static void
pass (int seconds)
{
  wall += seconds * G_TIME_SPAN_SECOND;
  awake += seconds * G_TIME_SPAN_SECOND;
}

static void
sleep_for (int seconds)
{
  wall += seconds * G_TIME_SPAN_SECOND;
  asleep += seconds * G_TIME_SPAN_SECOND;
}

static DialCall *
new_call (DialDirection direction)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new ("+12025550143", "mobile", NULL);

  return dial_call_new (direction, number, 7, "Mira Tolland", "system");
}

/* The states a call passes to come to one. */
static gboolean
bring_to (DialCall      *call,
          DialCallState  state)
{
  DialCallState begins = dial_call_get_state (call);

  switch (state) {
  case DIAL_CALL_STATE_DIALLING:
    return begins == DIAL_CALL_STATE_DIALLING;
  case DIAL_CALL_STATE_RINGING:
    return begins == DIAL_CALL_STATE_RINGING || dial_call_set_state (call, DIAL_CALL_STATE_RINGING);
  case DIAL_CALL_STATE_HELD:
    return dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE) &&
           dial_call_set_state (call, DIAL_CALL_STATE_HELD);
  case DIAL_CALL_STATE_ACTIVE:
  case DIAL_CALL_STATE_ENDED:
  default:
    return dial_call_set_state (call, state);
  }
}

/* Every state, every move, both directions. */

#define N_STATES (DIAL_CALL_STATE_ENDED + 1)

/* Rows: from; columns: to dialling, ringing, active, held, ended. */
static const char *may_move[N_STATES] = {
  [DIAL_CALL_STATE_DIALLING] = ".ra.e",
  [DIAL_CALL_STATE_RINGING] = "..a.e",
  [DIAL_CALL_STATE_ACTIVE] = "...he",
  [DIAL_CALL_STATE_HELD] = "..a.e",
  [DIAL_CALL_STATE_ENDED] = ".....",
};

static void
on_notify (DialCall   *call,
           GParamSpec *pspec,
           GString    *told)
{
  g_string_append_printf (told, "%s ", pspec->name);
}

static void
check_move (DialDirection direction,
            DialCallState from,
            DialCallState to)
{
  g_autoptr (DialCall) call = new_call (direction);
  g_autoptr (GString) told = g_string_new (NULL);
  gboolean may = may_move[from][to] != '.';

  if (!bring_to (call, from)) {
    g_assert_true (direction == DIAL_DIRECTION_INCOMING && from == DIAL_CALL_STATE_DIALLING);
    return;
  }

  g_signal_connect (call, "notify", G_CALLBACK (on_notify), told);
  g_test_message ("%d: from %d to %d", direction, from, to);
  g_assert_cmpint (dial_call_set_state (call, to), ==, may);
  g_assert_cmpint (dial_call_get_state (call), ==, may ? to : from);
  g_assert_cmpstr (told->str, ==,
                   !may ? "" : to == DIAL_CALL_STATE_ENDED ? "outcome state " : "state ");
}

static void
test_moves (void)
{
  for (int direction = DIAL_DIRECTION_OUTGOING; direction <= DIAL_DIRECTION_INCOMING; direction++)
    for (int from = 0; from < N_STATES; from++)
      for (int to = 0; to < N_STATES; to++)
        check_move (direction, from, to);
}

/* Every end, from every state, both directions. */

#define N_OUTCOMES (DIAL_OUTCOME_FAILED + 1)

/* What becomes of each outcome a phone may tell: unknown, answered, no answer, busy, voicemail, missed,
 * cancelled, failed. */
static const struct {
  DialDirection direction;
  gboolean      talked;
  DialOutcome   becomes[N_OUTCOMES];
} ends[] = {
  { DIAL_DIRECTION_OUTGOING, FALSE,
    { DIAL_OUTCOME_NO_ANSWER, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_NO_ANSWER, DIAL_OUTCOME_BUSY,
      DIAL_OUTCOME_VOICEMAIL, DIAL_OUTCOME_NO_ANSWER, DIAL_OUTCOME_CANCELLED, DIAL_OUTCOME_FAILED } },
  { DIAL_DIRECTION_OUTGOING, TRUE,
    { DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED,
      DIAL_OUTCOME_VOICEMAIL, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED } },
  { DIAL_DIRECTION_INCOMING, FALSE,
    { DIAL_OUTCOME_MISSED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_MISSED, DIAL_OUTCOME_MISSED,
      DIAL_OUTCOME_VOICEMAIL, DIAL_OUTCOME_MISSED, DIAL_OUTCOME_MISSED, DIAL_OUTCOME_FAILED } },
  { DIAL_DIRECTION_INCOMING, TRUE,
    { DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED,
      DIAL_OUTCOME_VOICEMAIL, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED, DIAL_OUTCOME_ANSWERED } },
};

static void
check_end (DialDirection direction,
           DialCallState from,
           DialOutcome   outcome,
           DialOutcome   becomes,
           gboolean      talked)
{
  g_autoptr (DialCall) call = new_call (direction);
  g_autoptr (DialCallRecord) record = NULL;

  if (!bring_to (call, from))
    return;

  g_test_message ("%d: from %d with %d", direction, from, outcome);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_UNKNOWN);
  pass (65);
  g_assert_true (dial_call_end (call, outcome));
  g_assert_cmpint (dial_call_get_outcome (call), ==, becomes);

  record = dial_call_snapshot (call);
  g_assert_cmpint (record->state, ==, DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (record->outcome, ==, becomes);
  g_assert_cmpint (record->direction, ==, direction);
  g_assert_cmpint (record->ended_at - record->started_at, ==, 65 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (record->answered_at, ==, talked ? record->started_at : DIAL_INSTANT_UNKNOWN);
  g_assert_cmpint (record->duration, ==, talked ? 65 : -1);

  /* Nothing follows. */
  g_assert_false (dial_call_end (call, DIAL_OUTCOME_BUSY));
  g_assert_cmpint (dial_call_get_outcome (call), ==, becomes);
}

static void
test_ends (void)
{
  set_clocks ();
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++)
    for (int from = 0; from < DIAL_CALL_STATE_ENDED; from++)
      for (int outcome = 0; outcome < N_OUTCOMES; outcome++)
        if (ends[i].talked == (from == DIAL_CALL_STATE_ACTIVE || from == DIAL_CALL_STATE_HELD))
          check_end (ends[i].direction, from, outcome, ends[i].becomes[outcome], ends[i].talked);
}

/* Time */

static void
test_held_is_talked (void)
{
  g_autoptr (DialCall) call = NULL;

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  pass (10);
  g_assert_cmpint (dial_call_get_duration (call), ==, -1);
  dial_call_set_state (call, DIAL_CALL_STATE_RINGING);
  pass (10);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  pass (30);
  g_assert_cmpint (dial_call_get_duration (call), ==, 30);
  dial_call_set_state (call, DIAL_CALL_STATE_HELD);
  pass (30);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  pass (5);
  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  pass (100);
  g_assert_cmpint (dial_call_get_duration (call), ==, 65);
}

/* The clock on the wall is set forth and back; they talked for a minute all the same. */
static void
test_clock_jumps (void)
{
  static const int jumps[] = { 7200, -7200, 86400 * 400 };

  for (size_t i = 0; i < G_N_ELEMENTS (jumps); i++) {
    g_autoptr (DialCall) call = NULL;

    set_clocks ();
    call = new_call (DIAL_DIRECTION_OUTGOING);
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
    pass (30);
    wall += jumps[i] * G_TIME_SPAN_SECOND;
    pass (30);
    dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
    g_assert_cmpint (dial_call_get_duration (call), ==, 60);
  }
}

/* They may have gone on talking by another device, or not: nobody knows, and the record says so. */
static void
test_slept (void)
{
  g_autoptr (DialCall) told = NULL;
  g_autoptr (DialCall) watched = NULL;
  g_autoptr (DialCallRecord) of_told = NULL;
  g_autoptr (DialCallRecord) of_watched = NULL;

  set_clocks ();
  told = new_call (DIAL_DIRECTION_OUTGOING);
  watched = new_call (DIAL_DIRECTION_INCOMING);
  dial_call_set_watched (watched, TRUE);
  dial_call_set_state (told, DIAL_CALL_STATE_ACTIVE);
  dial_call_set_state (watched, DIAL_CALL_STATE_ACTIVE);
  pass (60);
  g_assert_cmpint (dial_call_get_duration (told), ==, 60);
  sleep_for (8 * 3600);
  g_assert_cmpint (dial_call_get_duration (told), ==, -1);
  pass (5);
  dial_call_end (told, DIAL_OUTCOME_UNKNOWN);
  dial_call_end (watched, DIAL_OUTCOME_UNKNOWN);

  of_told = dial_call_snapshot (told);
  g_assert_cmpint (of_told->outcome, ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (of_told->duration, ==, -1);
  g_assert_cmpint (of_told->ended_at, ==, DIAL_INSTANT_UNKNOWN);
  g_assert_cmpint (of_told->answered_at, ==, of_told->started_at);
  of_watched = dial_call_snapshot (watched);
  g_assert_cmpint (of_watched->duration, ==, -1);
  g_assert_cmpint (of_watched->ended_at, ==, wall);
}

/* What was before the call, and after it, does not matter. */
static void
test_slept_around (void)
{
  g_autoptr (DialCall) call = NULL;

  set_clocks ();
  sleep_for (3600);
  call = new_call (DIAL_DIRECTION_OUTGOING);
  pass (5);
  sleep_for (3600);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  pass (20);
  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  sleep_for (3600);
  g_assert_cmpint (dial_call_get_duration (call), ==, 20);
}

/* The recruiter flies to Kolkata in mid-call: what is written down is the zone the call began in. */
/* Nobody looked for a while, whatever the clocks say: what nobody saw is not known, what came after is. */
static void
test_gap (void)
{
  static const struct { DialCallState before; gboolean watched; gboolean length_known, end_known; } cases[] = {
    { DIAL_CALL_STATE_DIALLING, FALSE, TRUE, TRUE },
    { DIAL_CALL_STATE_RINGING, TRUE, TRUE, TRUE },
    { DIAL_CALL_STATE_ACTIVE, FALSE, FALSE, FALSE },
    { DIAL_CALL_STATE_HELD, TRUE, FALSE, TRUE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DialCall) call = new_call (DIAL_DIRECTION_OUTGOING);
    g_autoptr (DialCallRecord) record = NULL;

    set_clocks ();
    dial_call_set_watched (call, cases[i].watched);
    g_assert_true (bring_to (call, cases[i].before));
    dial_call_tell_gap (call);
    pass (10);
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
    pass (30);
    g_assert_cmpint (dial_call_get_duration (call), ==, cases[i].length_known ? 30 : -1);
    dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
    record = dial_call_snapshot (call);
    g_assert_cmpint (record->duration, ==, cases[i].length_known ? 30 : -1);
    g_assert_cmpint (record->ended_at != DIAL_INSTANT_UNKNOWN, ==, cases[i].end_known);
  }

  /* Never answered, and nobody saw when that was given up. */
  {
    g_autoptr (DialCall) call = new_call (DIAL_DIRECTION_OUTGOING);
    g_autoptr (DialCallRecord) record = NULL;

    dial_call_tell_gap (call);
    dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
    record = dial_call_snapshot (call);
    g_assert_cmpint (record->outcome, ==, DIAL_OUTCOME_NO_ANSWER);
    g_assert_cmpint (record->ended_at, ==, DIAL_INSTANT_UNKNOWN);
  }
}

static void
test_zone_changes (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCall) later = NULL;
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialCallRecord) of_later = NULL;

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  g_setenv ("TZ", "Asia/Kolkata", TRUE);
  pass (60);
  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);

  record = dial_call_snapshot (call);
  g_assert_cmpstr (record->time_zone, ==, "Europe/Berlin");
  g_assert_cmpint (record->duration, ==, 60);
  g_assert_cmpint (record->ended_at - record->started_at, ==, 60 * G_TIME_SPAN_SECOND);

  later = new_call (DIAL_DIRECTION_OUTGOING);
  of_later = dial_call_snapshot (later);
  g_assert_cmpstr (of_later->time_zone, ==, "Asia/Kolkata");
}

/* Somebody with a zone of their own, which no other computer knows by that name. */
static void
test_zone_without_name (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) there = NULL;

  g_setenv ("TZ", "LMT-03:30", TRUE);
  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  record = dial_call_snapshot (call);
  g_unsetenv ("TZ");

  zone = g_time_zone_new_identifier (record->time_zone);
  g_assert_nonnull (zone);
  there = g_date_time_new_now (zone);
  g_assert_cmpint (g_date_time_get_utc_offset (there), ==, 210 * G_TIME_SPAN_MINUTE);
}

/* After a restart */

/* The program was killed in each state: the record is true, if incomplete. */
static void
test_restored (void)
{
  for (int direction = DIAL_DIRECTION_OUTGOING; direction <= DIAL_DIRECTION_INCOMING; direction++) {
    for (int state = 0; state < N_STATES; state++) {
      g_autoptr (DialCall) call = new_call (direction);
      g_autoptr (DialCallRecord) record = NULL;
      g_autoptr (DialCall) restored = NULL;
      g_autoptr (DialCallRecord) again = NULL;
      gboolean talked;

      if (!bring_to (call, state))
        continue;

      record = dial_call_snapshot (call);
      talked = record->answered_at != DIAL_INSTANT_UNKNOWN;
      restored = dial_call_new_restored (record, dial_call_get_number (call), "Mira Tolland");
      again = dial_call_snapshot (restored);

      g_assert_cmpint (dial_call_get_state (restored), ==, DIAL_CALL_STATE_ENDED);
      g_assert_cmpstr (again->uid, ==, record->uid);
      g_assert_cmpint (again->direction, ==, direction);
      g_assert_cmpint (again->started_at, ==, record->started_at);
      g_assert_cmpint (again->answered_at, ==, record->answered_at);
      g_assert_cmpstr (again->time_zone, ==, record->time_zone);
      g_assert_cmpint (again->duration, ==, -1);
      g_assert_cmpint (again->outcome, ==,
                       talked ? DIAL_OUTCOME_ANSWERED
                              : state == DIAL_CALL_STATE_ENDED ? record->outcome
                                                               : DIAL_OUTCOME_UNKNOWN);
    }
  }
}

/* Only the wrap-up was missing: nothing is lost. */
static void
test_restored_after_its_end (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialCall) restored = NULL;
  g_autoptr (DialCallRecord) again = NULL;

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  pass (42);
  dial_call_end (call, DIAL_OUTCOME_VOICEMAIL);
  record = dial_call_snapshot (call);
  restored = dial_call_new_restored (record, dial_call_get_number (call), "Mira Tolland");
  again = dial_call_snapshot (restored);

  g_assert_cmpint (again->outcome, ==, DIAL_OUTCOME_VOICEMAIL);
  g_assert_cmpint (again->duration, ==, 42);
  g_assert_cmpint (again->ended_at, ==, record->ended_at);
}

/* Who is it? */
static void
test_candidate (void)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new ("+12025550143", NULL, NULL);
  g_autoptr (DialCall) call = dial_call_new (DIAL_DIRECTION_INCOMING, number, 0, NULL, "system");
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (DialCallRecord) record = NULL;

  g_signal_connect (call, "notify", G_CALLBACK (on_notify), told);
  dial_call_set_candidate (call, 7, "Mira Tolland");
  dial_call_set_candidate (call, 7, "Mira Tolland");
  g_assert_cmpstr (told->str, ==, "candidate-name ");
  g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Mira Tolland");

  record = dial_call_snapshot (call);
  g_assert_cmpint (record->candidate_id, ==, 7);
}

static DialCallReport *
new_report (DialOutcome outcome,
            int         talking)
{
  DialCallReport *report = dial_call_report_new ("70311456");

  report->started_at = wall - 60 * G_TIME_SPAN_SECOND;
  report->own_number = g_strdup ("+442079460100");
  if (talking >= 0)
    report->answered_at = wall - 30 * G_TIME_SPAN_SECOND;
  if (outcome != DIAL_OUTCOME_UNKNOWN) {
    report->has_ended = TRUE;
    report->ended_at = wall - 5 * G_TIME_SPAN_SECOND;
    report->outcome = outcome;
    report->talking = talking;
  }
  return report;
}

/* What the phone system counted counts, and its times are the call's. */
static void
test_report (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCallReport) running = NULL;
  g_autoptr (DialCallReport) ended = NULL;
  g_autoptr (DialCallRecord) record = NULL;

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  dial_call_set_watched (call, TRUE);
  running = new_report (DIAL_OUTCOME_UNKNOWN, 0);
  dial_call_take_report (call, running);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  g_assert_cmpint (dial_call_get_duration (call), ==, 30);
  pass (12);
  g_assert_cmpint (dial_call_get_duration (call), ==, 42);

  ended = new_report (DIAL_OUTCOME_ANSWERED, 25);
  dial_call_take_report (call, ended);
  dial_call_end (call, ended->outcome);
  g_assert_cmpint (dial_call_get_duration (call), ==, 25);
  record = dial_call_snapshot (call);
  g_assert_cmpint (record->outcome, ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (record->duration, ==, 25);
  g_assert_cmpint (record->answered_at, ==, ended->answered_at);
  g_assert_cmpint (record->ended_at, ==, ended->ended_at);
  g_assert_cmpstr (record->own_number, ==, "+442079460100");
  g_assert_true (record->report == ended);
}

/* The recruiter was faster, or guessed: how it ended is put right, once. */
static void
test_late_report (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCallReport) report = NULL;
  g_autoptr (DialCallReport) same = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_NO_ANSWER);
  report = new_report (DIAL_OUTCOME_VOICEMAIL, 20);
  g_signal_connect (call, "notify", G_CALLBACK (on_notify), told);
  dial_call_take_report (call, report);
  same = new_report (DIAL_OUTCOME_VOICEMAIL, 20);
  dial_call_take_report (call, same);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_VOICEMAIL);
  g_assert_cmpint (dial_call_get_duration (call), ==, 20);
  g_assert_cmpstr (told->str, ==, "outcome report ");
}

/* It looked as if somebody had answered, and nobody had. */
static void
test_unanswered_report (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialCallReport) running = NULL;
  g_autoptr (DialCallReport) ended = NULL;

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  running = new_report (DIAL_OUTCOME_UNKNOWN, 0);
  dial_call_take_report (call, running);
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  ended = new_report (DIAL_OUTCOME_NO_ANSWER, -1);
  dial_call_take_report (call, ended);
  dial_call_end (call, ended->outcome);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_NO_ANSWER);
  g_assert_cmpint (dial_call_get_duration (call), ==, -1);
}

static void
test_hint (void)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  set_clocks ();
  call = new_call (DIAL_DIRECTION_OUTGOING);
  g_signal_connect (call, "notify", G_CALLBACK (on_notify), told);
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, -1);
  dial_call_set_hint (call, "Answer to call Mira.", 20);
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, 20);
  pass (19);
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, 1);
  pass (30);
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, 0);
  dial_call_set_hint (call, NULL, -1);
  g_assert_null (dial_call_get_hint (call));
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, -1);
  g_assert_cmpstr (told->str, ==, "hint hint ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call/moves", test_moves);
  g_test_add_func ("/call/ends", test_ends);
  g_test_add_func ("/call/held-is-talked", test_held_is_talked);
  g_test_add_func ("/call/clock-jumps", test_clock_jumps);
  g_test_add_func ("/call/slept", test_slept);
  g_test_add_func ("/call/slept-around", test_slept_around);
  g_test_add_func ("/call/gap", test_gap);
  g_test_add_func ("/call/zone-changes", test_zone_changes);
  g_test_add_func ("/call/zone-without-name", test_zone_without_name);
  g_test_add_func ("/call/restored", test_restored);
  g_test_add_func ("/call/restored-after-its-end", test_restored_after_its_end);
  g_test_add_func ("/call/candidate", test_candidate);
  g_test_add_func ("/call/report", test_report);
  g_test_add_func ("/call/late-report", test_late_report);
  g_test_add_func ("/call/unanswered-report", test_unanswered_report);
  g_test_add_func ("/call/hint", test_hint);

  return g_test_run ();
}
