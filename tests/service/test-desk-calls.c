#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "calls-fixture.h"

/* Calls at the desk that its phone alone would not show: incoming ones, several, set aside. */

/* Somebody whom one candidate's number tells */
static void
test_answered (CallsFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCall) call = ring (fixture, MIRA);
  g_autofree char *note = NULL;

  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->alder);
  g_assert_cmpint (dial_call_get_candidate_id (call), ==, 1);
  g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Mira Tolland");

  g_assert_true (dial_desk_can_answer_call (fixture->desk));
  dial_desk_answer_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
  g_assert_false (dial_desk_can_answer_call (fixture->desk));
  dial_desk_end_call (fixture->desk);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);

  note = wrap_up (fixture, dial_call_get_outcome (call));
  g_assert_nonnull (strstr (note, "Incoming call, answered\nFrom +1 202-555-0143\n"));
  g_assert_nonnull (strstr (note, "\nWill think about it.\n"));
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, TRUE);
}

/* Nobody has to wrap up what nobody took; it stays to be found. */
static void
test_missed (CallsFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (DialCall) call = ring (fixture, MIRA);

  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
}

/* The last nine digits are Mira's. */
static void
test_whole_numbers (CallsFixture  *fixture,
                    gconstpointer  data)
{
  static const char * const others[] = { "+13025550143", "+442025550143", "+2025550143", "" };

  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (DialCall) call = ring (fixture, others[i]);

    g_assert_cmpuint (fixture->told->len, ==, 0);
    g_assert_cmpint (dial_call_get_candidate_id (call), ==, 0);
    g_assert_true (dial_desk_get_call (fixture->desk) == call);
    dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
    wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
  }
}

static void
name (CallsFixture         *fixture,
      DialCall        *call,
      DialIntegration *integration,
      DialCandidate   *candidate,
      gboolean         remember)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_name_caller_async (fixture->desk, call, integration, candidate, remember, NULL,
                                      on_answer, &result));
  dial_desk_name_caller_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

static DialCandidate *
load (DialIntegration *integration,
      gint64           id)
{
  DialStore *store = dial_integration_get_store (integration);

  AWAIT (dial_store_load_candidate_async (store, id, NULL, on_answer, &result));
  return dial_store_load_candidate_finish (store, result, NULL);
}

static void
wait_until_forgotten (DialIntegration *integration,
                      DialCall        *call)
{
  g_autoptr (DialCallRecord) record = NULL;

  while (g_set_object (&record, NULL), (record = look_up (integration, call)) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

/* One of several, once and then for good: the call is in the log of whose candidate it is, and in no other. */
static void
test_several (CallsFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCandidate) bea = load (fixture->birch, 2);

  for (int i = 0; i < 2; i++) {
    g_autoptr (DialCall) call = ring (fixture, SHARED);

    g_assert_cmpuint (fixture->told->len, ==, 2);
    g_assert_cmpint (dial_call_get_candidate_id (call), ==, 0);
    dial_desk_answer_call (fixture->desk);
    name (fixture, call, fixture->birch, bea, i == 1);
    g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Bea Tolland");
    g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->birch);
    dial_desk_end_call (fixture->desk);
    wait_for_log (fixture->birch, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
    wait_until_forgotten (fixture->alder, call);
    g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  }

  close_desk (fixture);
  open_desk (fixture);
  {
    g_autoptr (DialCall) call = ring (fixture, SHARED);

    g_assert_cmpuint (fixture->told->len, ==, 1);
    g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Bea Tolland");
    g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->birch);
  }
}

/* Somebody of whom Greenhouse has no number, told after the call was missed; then told to be another. */
static void
test_stranger (CallsFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCandidate) zoe = load (fixture->birch, 3);
  g_autoptr (DialCandidate) mira = load (fixture->alder, 1);
  g_autoptr (DialCall) missed = ring (fixture, "+4930901820");
  g_autoptr (DialCall) second = NULL;
  g_autoptr (DialCall) third = NULL;

  dial_call_end (missed, DIAL_OUTCOME_UNKNOWN);
  name (fixture, missed, fixture->birch, zoe, TRUE);
  wait_for_log (fixture->birch, missed, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);

  second = ring (fixture, "+4930901820");
  g_assert_cmpstr (dial_call_get_candidate_name (second), ==, "Zoë Tolland");
  name (fixture, second, fixture->alder, mira, TRUE);
  dial_call_end (second, DIAL_OUTCOME_UNKNOWN);

  third = ring (fixture, "+4930901820");
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_cmpstr (dial_call_get_candidate_name (third), ==, "Mira Tolland");
}

/* While the recruiter talks, somebody else calls: told, and written down as missed. */
static void
test_busy (CallsFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = ring (fixture, SHARED);

  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_cmpuint (fixture->told->len, ==, 2);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN, FALSE);
  dial_call_end (other, DIAL_OUTCOME_UNKNOWN);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
}

/* Taken though the desk was not free: it comes to the desk when that is. */
static void
test_taken_while_busy (CallsFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = NULL;
  g_autoptr (GError) error = NULL;

  dial_desk_end_call (fixture->desk);
  other = ring (fixture, SHARED);
  dial_call_set_state (other, DIAL_CALL_STATE_ACTIVE);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);

  g_free (wrap_up (fixture, DIAL_OUTCOME_NO_ANSWER));
  g_assert_true (dial_desk_get_call (fixture->desk) == other);
  g_assert_null (try_to_call (fixture, 1, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
  dial_desk_end_call (fixture->desk);
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, TRUE);
}

/* Over before the desk was free: it waits in the log, and can be taken up from there, once. */
static void
test_over_while_busy (CallsFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = ring (fixture, SHARED);
  g_autoptr (GError) error = NULL;

  dial_call_set_state (other, DIAL_CALL_STATE_ACTIVE);
  dial_call_end (other, DIAL_OUTCOME_UNKNOWN);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);

  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    g_assert_false (dial_desk_take_up_call_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
    g_clear_error (&error);
  }
  dial_desk_set_call_aside (fixture->desk);
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_NO_ANSWER, FALSE);
  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    dial_desk_take_up_call_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpstr (dial_call_get_uid (dial_desk_get_call (fixture->desk)), ==,
                   dial_call_get_uid (other));
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    g_assert_false (dial_desk_take_up_call_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  }
}

/* "End it and call": the next call goes out, and the last one is not lost. */
static void
test_end_and_call (CallsFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) next = NULL;
  g_autoptr (GError) error = NULL;

  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  {
    AWAIT (dial_desk_end_call_async (fixture->desk, NULL, on_answer, &result));
    g_assert_true (dial_desk_end_call_finish (fixture->desk, result, NULL));
  }
  g_assert_null (try_to_call (fixture, 1, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
  dial_desk_set_call_aside (fixture->desk);
  next = call_mira (fixture);
  g_assert_true (next != call);
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
}

/* A phone that does not hang up keeps nobody. */
static void
test_deaf_phone (CallsFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);

  fixture->phone->deaf = TRUE;
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  dial_desk_end_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
  dial_desk_end_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ENDED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, CallsFixture, NULL, calls_fixture_set_up, test, calls_fixture_tear_down)
  add ("/desk-calls/answered", test_answered);
  add ("/desk-calls/missed", test_missed);
  add ("/desk-calls/whole-numbers", test_whole_numbers);
  add ("/desk-calls/several", test_several);
  add ("/desk-calls/stranger", test_stranger);
  add ("/desk-calls/busy", test_busy);
  add ("/desk-calls/taken-while-busy", test_taken_while_busy);
  add ("/desk-calls/over-while-busy", test_over_while_busy);
  add ("/desk-calls/end-and-call", test_end_and_call);
  add ("/desk-calls/deaf-phone", test_deaf_phone);

  return g_test_run ();
}
