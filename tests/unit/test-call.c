#include "dial-call.h"

static DialCall *
new_call (DialDirection direction)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new ("+12025550143", "mobile", NULL);

  return dial_call_new (direction, number, 7, "Mira Tolland", "system");
}

static void
test_answered (void)
{
  g_autoptr (DialCall) call = new_call (DIAL_DIRECTION_OUTGOING);
  g_autoptr (DialCallRecord) record = NULL;

  g_assert_cmpint (dial_call_get_duration (call), ==, -1);
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_RINGING));
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE));
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_HELD));
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE));
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_ENDED));
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_call_get_duration (call), >=, 0);

  record = dial_call_snapshot (call);
  g_assert_cmpint (record->state, ==, DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (record->answered_at, >=, record->started_at);
  g_assert_cmpint (record->ended_at, >=, record->answered_at);
  g_assert_cmpstr (record->e164, ==, "+12025550143");
}

static void
test_never_backwards (void)
{
  g_autoptr (DialCall) call = new_call (DIAL_DIRECTION_OUTGOING);

  g_assert_false (dial_call_set_state (call, DIAL_CALL_STATE_HELD));
  g_assert_true (dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE));
  g_assert_false (dial_call_set_state (call, DIAL_CALL_STATE_RINGING));
  g_assert_false (dial_call_set_state (call, DIAL_CALL_STATE_DIALLING));
  g_assert_true (dial_call_end (call, DIAL_OUTCOME_VOICEMAIL));
  g_assert_false (dial_call_end (call, DIAL_OUTCOME_BUSY));
  g_assert_false (dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE));
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_VOICEMAIL);
}

static void
test_guesses (void)
{
  g_autoptr (DialCall) outgoing = new_call (DIAL_DIRECTION_OUTGOING);
  g_autoptr (DialCall) incoming = new_call (DIAL_DIRECTION_INCOMING);

  dial_call_end (outgoing, DIAL_OUTCOME_UNKNOWN);
  g_assert_cmpint (dial_call_get_outcome (outgoing), ==, DIAL_OUTCOME_NO_ANSWER);
  dial_call_end (incoming, DIAL_OUTCOME_UNKNOWN);
  g_assert_cmpint (dial_call_get_outcome (incoming), ==, DIAL_OUTCOME_MISSED);
}

/* The program was killed while they talked: the record is true, if incomplete. */
static void
test_restored (void)
{
  g_autoptr (DialCall) call = new_call (DIAL_DIRECTION_OUTGOING);
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialCall) restored = NULL;
  g_autoptr (DialCallRecord) again = NULL;

  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  record = dial_call_snapshot (call);
  restored = dial_call_new_restored (record, dial_call_get_number (call), "Mira Tolland");

  g_assert_cmpint (dial_call_get_state (restored), ==, DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_outcome (restored), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_call_get_duration (restored), ==, -1);
  g_assert_cmpstr (dial_call_get_uid (restored), ==, dial_call_get_uid (call));
  g_assert_cmpint (dial_call_get_started_at (restored), ==, dial_call_get_started_at (call));

  again = dial_call_snapshot (restored);
  g_assert_cmpint (again->duration, ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call/answered", test_answered);
  g_test_add_func ("/call/never-backwards", test_never_backwards);
  g_test_add_func ("/call/guesses", test_guesses);
  g_test_add_func ("/call/restored", test_restored);

  return g_test_run ();
}
