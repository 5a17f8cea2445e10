#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "calls-fixture.h"

/* Calls in the middle of which nobody looked: the program was killed, or the computer slept. */

/* In another process: brings a call to a state, says so, and waits for its death. */
G_GNUC_NORETURN static void
hold_call (const char    *profile,
           DialDirection  direction,
           DialCallState  state)
{
  CallsFixture fixture = { .profile = (char *) profile };
  g_autoptr (DialCall) call = NULL;

  open_desk (&fixture);
  call = direction == DIAL_DIRECTION_INCOMING ? ring (&fixture, MIRA) : call_mira (&fixture);
  if (state == DIAL_CALL_STATE_RINGING)
    dial_call_set_state (call, DIAL_CALL_STATE_RINGING);
  if (state >= DIAL_CALL_STATE_ACTIVE)
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  if (state > DIAL_CALL_STATE_ACTIVE)
    dial_call_set_state (call, state);

  for (;;) {
    g_autoptr (DialCallRecord) record = look_up (fixture.alder, call);

    if (record != NULL && record->state == state)
      break;
  }
  g_print ("%s\n", dial_call_get_uid (call));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static const char *program;

static char *
kill_in_call (CallsFixture       *fixture,
              DialDirection  direction,
              DialCallState  state)
{
  g_autofree char *direction_text = g_strdup_printf ("%d", direction);
  g_autofree char *state_text = g_strdup_printf ("%d", state);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  char *uid;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--hold",
                              fixture->profile, direction_text, state_text, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  uid = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (uid);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  return uid;
}

static void
test_killed (CallsFixture       *fixture,
             gconstpointer  data)
{
  static const struct { DialDirection direction; DialCallState state; DialOutcome outcome; } cases[] = {
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_DIALLING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ACTIVE, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_HELD, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ACTIVE, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_HELD, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uid = NULL;
    g_autoptr (DialCallRecord) record = NULL;
    DialCall *call;

    close_desk (fixture);
    uid = kill_in_call (fixture, cases[i].direction, cases[i].state);
    open_desk (fixture);
    while (dial_desk_get_call (fixture->desk) == NULL)
      g_main_context_iteration (NULL, TRUE);

    g_test_message ("%d killed in %d", cases[i].direction, cases[i].state);
    call = dial_desk_get_call (fixture->desk);
    g_assert_cmpstr (dial_call_get_uid (call), ==, uid);
    wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, cases[i].outcome, FALSE);
    record = look_up (fixture->alder, call);
    g_assert_cmpint (record->direction, ==, cases[i].direction);
    g_assert_cmpint (record->candidate_id, ==, 1);
    g_assert_cmpint (record->started_at, >, 0);
    if (cases[i].state == DIAL_CALL_STATE_ENDED)
      g_assert_cmpint (record->duration, >=, 0);
    else
      g_assert_cmpint (record->duration, ==, -1);

    /* At worst it says that nobody knows how long it was. */
    {
      g_autofree char *note = wrap_up (fixture, DIAL_OUTCOME_ANSWERED);

      g_assert_cmpint (strstr (note, "length not known") != NULL, ==,
                       cases[i].state != DIAL_CALL_STATE_ENDED);
    }
  }
}

/* Twice, before anybody looked: the later one is at the desk, the other is not lost. */
static void
test_killed_twice (CallsFixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (MIRA, NULL, NULL);
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialCallRecord) before = NULL;
  g_autoptr (DialCall) lost = NULL;

  close_desk (fixture);
  first = kill_in_call (fixture, DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ACTIVE);
  second = kill_in_call (fixture, DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ACTIVE);
  open_desk (fixture);
  while (dial_desk_get_call (fixture->desk) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (dial_call_get_uid (dial_desk_get_call (fixture->desk)), ==, second);
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));

  before = dial_call_record_new (first);
  lost = dial_call_new_restored (before, number, NULL);
  wait_for_log (fixture->alder, lost, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
  record = look_up (fixture->alder, lost);
  g_assert_cmpint (record->duration, ==, -1);
}

/* Killed, but the phone has the call still: it goes on at the desk, with what was chosen. */
static void
test_resumed (CallsFixture  *fixture,
              gconstpointer  data)
{
  static const struct { DialDirection direction; DialCallState state, still_in; gboolean known; } cases[] = {
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_DIALLING, DIAL_CALL_STATE_DIALLING, TRUE },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ACTIVE, DIAL_CALL_STATE_ACTIVE, FALSE },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_HELD, DIAL_CALL_STATE_ACTIVE, FALSE },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_RINGING, DIAL_CALL_STATE_RINGING, TRUE },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ACTIVE, DIAL_CALL_STATE_HELD, FALSE },
  };

  fixture->still = TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uid = NULL;
    g_autofree char *note = NULL;
    DialCall *call;

    fixture->still_in = cases[i].still_in;
    close_desk (fixture);
    uid = kill_in_call (fixture, cases[i].direction, cases[i].state);
    open_desk (fixture);
    while (dial_desk_get_call (fixture->desk) == NULL)
      g_main_context_iteration (NULL, TRUE);

    g_test_message ("%d killed in %d", cases[i].direction, cases[i].state);
    call = dial_desk_get_call (fixture->desk);
    g_assert_cmpstr (dial_call_get_uid (call), ==, uid);
    g_assert_cmpint (dial_call_get_state (call), ==, cases[i].still_in);
    g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Mira Tolland");
    g_assert_true (dial_call_is_watched (call));
    g_assert_cmpint (dial_call_get_duration (call), ==, -1);

    /* Whatever happens from here on is seen. */
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
    g_assert_cmpint (dial_call_get_duration (call) >= 0, ==, cases[i].known);
    dial_desk_end_call (fixture->desk);
    wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
    note = wrap_up (fixture, DIAL_OUTCOME_ANSWERED);
    g_assert_cmpint (strstr (note, "length not known") == NULL, ==, cases[i].known);
  }
}

static GTestDBus *system_bus;

static void
tell_sleep (GDBusConnection *logind,
            gboolean         begins)
{
  g_dbus_connection_emit_signal (logind, NULL, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                 "PrepareForSleep", g_variant_new ("(b)", begins), NULL);
}

static GDBusConnection *
make_logind (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *logind =
    g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (system_bus),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                            G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (logind, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return logind;
}

/* The computer says that it goes to sleep, though no clock of it tells: how long they talked is not known then. */
static void
test_slept (CallsFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GDBusConnection) logind = make_logind ();
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCallRecord) record = NULL;
  g_autofree char *note = NULL;

  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  g_assert_cmpint (dial_call_get_duration (call), >=, 0);
  /* The desk may not listen yet. */
  while (dial_call_get_duration (call) >= 0) {
    tell_sleep (logind, TRUE);
    tell_sleep (logind, FALSE);
    g_usleep (1000);
    while (g_main_context_iteration (NULL, FALSE));
  }

  dial_desk_end_call (fixture->desk);
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
  record = look_up (fixture->alder, call);
  g_assert_cmpint (record->duration, ==, -1);
  note = wrap_up (fixture, DIAL_OUTCOME_ANSWERED);
  g_assert_nonnull (strstr (note, "length not known"));
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (argc == 5 && g_str_equal (argv[1], "--hold"))
    hold_call (argv[2], atoi (argv[3]), atoi (argv[4]));

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  system_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (system_bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (system_bus), TRUE);

#define add(path, test) g_test_add (path, CallsFixture, NULL, calls_fixture_set_up, test, calls_fixture_tear_down)
  add ("/desk-gaps/killed", test_killed);
  add ("/desk-gaps/killed-twice", test_killed_twice);
  add ("/desk-gaps/resumed", test_resumed);
  add ("/desk-gaps/slept", test_slept);

  status = g_test_run ();
  g_test_dbus_stop (system_bus);
  g_object_unref (system_bus);
  return status;
}
