#include <signal.h>
#include <sys/prctl.h>

#include <glib/gstdio.h>

#include "dial-sandbox-phone.h"
#include "dial-system-phone.h"
#include "gnome-calls.h"
#include "phone-home.h"

/* GNOME Calls' states */
enum {
  ACTIVE = 1,
  HELD = 2,
  DIALING = 3,
  INCOMING = 5,
  DISCONNECTED = 7,
};

#define NUMBER "+12025550143"

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static gboolean
place (DialPhone     *phone,
       DialCall      *call,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_phone_place_async (phone, call, cancellable, on_result, &result);
  wait_until (result != NULL);
  return dial_phone_place_finish (phone, result, error);
}

static DialCall *
new_call (const char *typed)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (typed, NULL, "US");

  return dial_call_new (DIAL_DIRECTION_OUTGOING, number, 0, NULL, NULL);
}

/* The sandbox phone */

static void
on_state (DialCall   *call,
          GParamSpec *pspec,
          GString    *story)
{
  g_string_append_printf (story, "%s ", dial_enum_to_nick (DIAL_TYPE_CALL_STATE,
                                                           dial_call_get_state (call)));
}

typedef struct {
  const char    *number;
  DialCallState  hang_up_at;
  const char    *story;
  DialOutcome    outcome;
} Story;

static const Story stories[] = {
  { "+1 202 555 0144", DIAL_CALL_STATE_ACTIVE, "ringing active ended ", DIAL_OUTCOME_ANSWERED },
  { "+1 202 555 0141", DIAL_CALL_STATE_ENDED, "ended ", DIAL_OUTCOME_BUSY },
  { "+1 202 555 0142", DIAL_CALL_STATE_ENDED, "ringing ended ", DIAL_OUTCOME_NO_ANSWER },
  { "+1 202 555 0143", DIAL_CALL_STATE_ACTIVE, "ringing active ended ", DIAL_OUTCOME_VOICEMAIL },
  { "+1 202 555 0144", DIAL_CALL_STATE_RINGING, "ringing ended ", DIAL_OUTCOME_CANCELLED },
  { "+1 202 555 0144", DIAL_CALL_STATE_DIALLING, "ended ", DIAL_OUTCOME_CANCELLED },
};

static void
test_sandbox_stories (gconstpointer milliseconds)
{
  g_autoptr (DialPhone) phone = dial_sandbox_phone_new (GPOINTER_TO_UINT (milliseconds));

  for (size_t i = 0; i < G_N_ELEMENTS (stories); i++) {
    const Story *story = &stories[i];
    g_autoptr (DialCall) call = new_call (story->number);
    g_autoptr (GString) told = g_string_new (NULL);

    g_signal_connect (call, "notify::state", G_CALLBACK (on_state), told);
    dial_phone_place_async (phone, call, NULL, NULL, NULL);
    g_assert_true (dial_call_is_watched (call));

    wait_until (dial_call_get_state (call) == story->hang_up_at);
    if (story->hang_up_at != DIAL_CALL_STATE_ENDED) {
      dial_phone_hang_up (phone, call);
      g_assert_cmpint (dial_call_get_state (call), ==, story->hang_up_at);
    }

    wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
    g_assert_cmpstr (told->str, ==, story->story);
    g_assert_cmpint (dial_call_get_outcome (call), ==, story->outcome);
    dial_phone_hang_up (phone, call);
  }
}

static void
test_sandbox_leaves (void)
{
  DialPhone *phone = dial_sandbox_phone_new (0);
  g_autoptr (DialCall) ended = new_call (NUMBER);
  g_autoptr (DialCall) left = new_call (NUMBER);

  g_assert_true (place (phone, ended, NULL, NULL));
  g_assert_true (place (phone, left, NULL, NULL));

  /* The desk may end a call by itself, and may go while one rings. */
  g_assert_true (dial_call_end (ended, DIAL_OUTCOME_FAILED));
  g_assert_finalize_object (phone);

  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpint (dial_call_get_outcome (ended), ==, DIAL_OUTCOME_FAILED);
  g_assert_cmpint (dial_call_get_state (left), !=, DIAL_CALL_STATE_ENDED);
}

static void
test_no_number (void)
{
  g_autoptr (DialPhone) sandbox = dial_sandbox_phone_new (0);
  g_autoptr (DialPhone) system = dial_system_phone_new ();
  g_autoptr (DialCall) call = new_call ("ask Zoë");
  g_autoptr (GError) error = NULL;

  g_assert_false (place (sandbox, call, NULL, &error));
  g_assert_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER);
  g_assert_null (strstr (error->message, "Zoë"));
  g_clear_error (&error);
  g_assert_false (place (system, call, NULL, &error));
  g_assert_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
}

static void
test_cancelled (void)
{
  g_autoptr (DialPhone) sandbox = dial_sandbox_phone_new (0);
  g_autoptr (DialPhone) system = dial_system_phone_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DialCall) call = new_call (NUMBER);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (place (sandbox, call, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (place (system, call, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (dial_call_is_watched (call));
}

static void
on_incoming (DialPhone  *phone,
             DialCall   *call,
             DialCall  **place)
{
  g_assert_null (*place);
  *place = g_object_ref (call);
}

static void
check_incoming (DialCall   *call,
                const char *e164,
                const char *phone_id)
{
  g_assert_cmpint (dial_call_get_direction (call), ==, DIAL_DIRECTION_INCOMING);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_RINGING);
  g_assert_cmpstr (dial_phone_number_get_e164 (dial_call_get_number (call)), ==, e164);
  g_assert_cmpstr (dial_call_get_phone_id (call), ==, phone_id);
  g_assert_true (dial_call_is_watched (call));
}

static void
test_sandbox_rings (void)
{
  static const struct { gboolean answer; DialOutcome outcome; } cases[] = {
    { TRUE, DIAL_OUTCOME_ANSWERED },
    { FALSE, DIAL_OUTCOME_MISSED },
  };
  g_autoptr (DialPhone) phone = dial_sandbox_phone_new (0);
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (NUMBER, NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DialCall) call = NULL;
    gulong handler = g_signal_connect (phone, "incoming", G_CALLBACK (on_incoming), &call);

    dial_sandbox_phone_ring (DIAL_SANDBOX_PHONE (phone), number);
    check_incoming (call, NUMBER, "sandbox");
    g_assert_true (dial_phone_can_answer (phone, call));
    if (cases[i].answer) {
      dial_phone_answer (phone, call);
      wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);
      g_assert_false (dial_phone_can_answer (phone, call));
      dial_phone_hang_up (phone, call);
    }
    wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
    g_assert_cmpint (dial_call_get_outcome (call), ==, cases[i].outcome);
    g_signal_handler_disconnect (phone, handler);
  }
}

static void
test_system_link (void)
{
  static const struct { const char *scheme, *typed, *link; } cases[] = {
    { "tel", "(202) 555-0143", "tel:+12025550143" },
    { "tel", "(202) 555-0143 ext 4", "tel:+12025550143;ext=4" },
    { "callto", "(202) 555-0143", "callto:+12025550143" },
    { "sip", "(202) 555-0143", "sip:+12025550143" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DialPhone) phone = NULL;
    g_autoptr (DialCall) call = new_call (cases[i].typed);
    g_autoptr (GError) error = NULL;

    set_handler (cases[i].scheme, CATCH_ID);
    phone = dial_system_phone_new ();
    g_assert_cmpstr (dial_phone_get_id (phone), ==, "system");

    place (phone, call, NULL, &error);
    g_assert_no_error (error);
    wait_for_link (cases[i].link);

    /* What follows only the recruiter can tell. */
    g_assert_false (dial_call_is_watched (call));
    g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
    dial_phone_hang_up (phone, call);
    g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
  }
}

static char *
dup_problem (DialPhone *phone,
             char      *before)
{
  g_free (before);
  return dial_phone_dup_problem (phone);
}

static void
test_system_no_handler (void)
{
  g_autoptr (DialPhone) phone = NULL;
  g_autoptr (DialCall) call = new_call (NUMBER);
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *title = NULL;

  no_handler ();
  phone = dial_system_phone_new ();
  wait_until ((problem = dup_problem (phone, problem)) != NULL);

  g_assert_false (place (phone, call, NULL, &error));
  g_assert_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NO_HANDLER);
  g_assert_nonnull (strstr (error->message, "Install GNOME Calls"));
  g_assert_cmpstr (error->message, ==, problem);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);

  /* One is installed, and the phone notices by itself. */
  set_handler ("tel", CATCH_ID);
  wait_until ((problem = dup_problem (phone, problem)) == NULL);
  title = dial_phone_dup_title (phone);
  g_assert_nonnull (strstr (title, "Telephone"));
  g_assert_true (place (phone, call, NULL, NULL));
  wait_for_link ("tel:" NUMBER);
}

/* GNOME Calls, as it looks on the bus */

typedef struct {
  GSubprocess              *bus;
  char                     *address;
  DialPhone                *phone;
  GDBusConnection          *connection;
  GDBusObjectManagerServer *calls;
  guint                     n_calls;
} Desk;

static void
calls_start (Desk *desk)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  desk->connection =
    g_dbus_connection_new_for_address_sync (desk->address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                            G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);
  g_assert_no_error (error);

  desk->calls = g_dbus_object_manager_server_new ("/org/gnome/Calls");
  g_dbus_object_manager_server_set_connection (desk->calls, desk->connection);
  reply = g_dbus_connection_call_sync (desk->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.gnome.Calls", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
calls_stop (Desk *desk)
{
  g_clear_object (&desk->calls);
  if (desk->connection != NULL)
    g_dbus_connection_close_sync (desk->connection, NULL, NULL);
  g_clear_object (&desk->connection);
}

static void
call_move (TestCall *call,
           guint     state)
{
  test_call_set_state (call, state);
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (call));
}

static void
call_remove (Desk     *desk,
             TestCall *call)
{
  g_autofree char *path = g_strdup (
    g_dbus_interface_skeleton_get_object_path (G_DBUS_INTERFACE_SKELETON (call)));

  g_assert_true (g_dbus_object_manager_server_unexport (desk->calls, path));
}

static gboolean
on_hangup (TestCall              *call,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  test_call_complete_hangup (call, invocation);
  call_move (call, DISCONNECTED);
  return TRUE;
}

static gboolean
on_accept (TestCall              *call,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  test_call_complete_accept (call, invocation);
  call_move (call, ACTIVE);
  return TRUE;
}

static TestCall *
call_add (Desk       *desk,
          const char *id,
          guint       state)
{
  g_autofree char *path = g_strdup_printf ("/org/gnome/Calls/Call/%u", ++desk->n_calls);
  g_autoptr (GDBusObjectSkeleton) object = g_dbus_object_skeleton_new (path);
  TestCall *call = test_call_skeleton_new ();

  test_call_set_id (call, id);
  test_call_set_state (call, state);
  test_call_set_inbound (call, state == INCOMING);
  g_signal_connect (call, "handle-hangup", G_CALLBACK (on_hangup), NULL);
  g_signal_connect (call, "handle-accept", G_CALLBACK (on_accept), NULL);
  g_dbus_object_skeleton_add_interface (object, G_DBUS_INTERFACE_SKELETON (call));
  g_dbus_object_manager_server_export (desk->calls, object);
  return call;
}

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Not GTestDBus: its watchdog is a fork of this process, in which the leak checker finds what the
 * threads that were not forked still hold. */
static void
bus_start (Desk *desk)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *config = g_test_build_filename (G_TEST_DIST, "support", "bare.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", config, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  desk->bus = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", option, "--nofork",
                                           "--print-address", NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (desk->bus));
  desk->address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", desk->address, TRUE);
}

static void
bus_stop (Desk *desk)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  /* Or GIO would end this process together with the bus. */
  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  g_subprocess_force_exit (desk->bus);
  wait_until (connection == NULL || g_dbus_connection_is_closed (connection));
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_clear_object (&desk->bus);
  g_clear_pointer (&desk->address, g_free);
}

static void
desk_set_up (Desk          *desk,
             gconstpointer  data)
{
  set_handler ("tel", CALLS_ID);
  bus_start (desk);
  desk->phone = dial_system_phone_new ();
}

static void
desk_tear_down (Desk          *desk,
                gconstpointer  data)
{
  g_assert_finalize_object (desk->phone);
  calls_stop (desk);
  while (g_main_context_iteration (NULL, FALSE));
  bus_stop (desk);
}

static DialCall *
dial (Desk       *desk,
      const char *typed)
{
  DialCall *call = new_call (typed);
  g_autoptr (GError) error = NULL;

  place (desk->phone, call, NULL, &error);
  g_assert_no_error (error);
  wait_for_link ("tel:" NUMBER);
  return call;
}

/* A handler the bus should start, and cannot. */
static void
test_system_absent_handler (Desk          *desk,
                            gconstpointer  data)
{
  g_autoptr (DialCall) call = new_call (NUMBER);
  g_autoptr (GError) error = NULL;

  set_handler ("tel", ABSENT_ID);
  g_assert_false (place (desk->phone, call, NULL, &error));
  g_assert_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Telephone"));
  g_assert_null (strstr (error->message, "5550143"));
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
}

static void
test_calls_talk (Desk          *desk,
                 gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  call = dial (desk, NUMBER);
  g_assert_false (dial_call_is_watched (call));

  theirs = call_add (desk, NUMBER, DIALING);
  wait_until (dial_call_is_watched (call));
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);

  call_move (theirs, ACTIVE);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);
  call_move (theirs, HELD);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_HELD);
  call_move (theirs, ACTIVE);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);

  call_move (theirs, DISCONNECTED);
  call_remove (desk, theirs);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
}

static void
test_calls_refused (Desk          *desk,
                    gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  call = dial (desk, NUMBER);
  theirs = call_add (desk, NUMBER, DIALING);
  wait_until (dial_call_is_watched (call));

  call_move (theirs, DISCONNECTED);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_NO_ANSWER);
}

/* The link starts GNOME Calls, which may take its time, and may know the number in another form. */
static void
test_calls_starts_later (Desk          *desk,
                         gconstpointer  data)
{
  g_autoptr (DialCall) call = dial (desk, "(202) 555-0143");
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  theirs = call_add (desk, "(202) 555-0143", DIALING);
  wait_until (dial_call_is_watched (call));
  call_move (theirs, ACTIVE);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);

  /* Gone without a last word. */
  call_remove (desk, theirs);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
}

static void
test_calls_others (Desk          *desk,
                   gconstpointer  data)
{
  g_autoptr (DialCall) before = NULL;
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) old = NULL;
  g_autoptr (TestCall) other = NULL;
  g_autoptr (TestCall) incoming = NULL;
  g_autoptr (TestCall) nonsense = NULL;
  g_autoptr (TestCall) theirs = NULL;

  /* An earlier call to the same number, still there; it also shows that the watch is ready. */
  calls_start (desk);
  before = dial (desk, NUMBER);
  old = call_add (desk, NUMBER, ACTIVE);
  wait_until (dial_call_get_state (before) == DIAL_CALL_STATE_ACTIVE);
  dial_call_end (before, DIAL_OUTCOME_UNKNOWN);

  forget_links ();
  call = dial (desk, NUMBER);
  call_move (old, HELD);
  other = call_add (desk, "+12025550199", ACTIVE);
  incoming = call_add (desk, NUMBER, INCOMING);
  nonsense = call_add (desk, "", DIALING);
  theirs = call_add (desk, NUMBER, DIALING);
  wait_until (dial_call_is_watched (call));
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);

  call_move (other, DISCONNECTED);
  call_move (old, DISCONNECTED);
  call_remove (desk, incoming);
  call_move (theirs, ACTIVE);
  wait_until (dial_call_get_state (call) != DIAL_CALL_STATE_DIALLING);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
}

static void
test_calls_crash (Desk          *desk,
                  gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  call = dial (desk, NUMBER);
  theirs = call_add (desk, NUMBER, DIALING);
  call_move (theirs, ACTIVE);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);

  /* They may still be talking: only the recruiter knows. */
  calls_stop (desk);
  wait_until (!dial_call_is_watched (call));
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
  dial_phone_hang_up (desk->phone, call);
  g_assert_true (dial_call_end (call, DIAL_OUTCOME_UNKNOWN));
}

static void
test_calls_hang_up (Desk          *desk,
                    gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  call = dial (desk, NUMBER);

  /* Too early: it is hung up as soon as it is there. */
  dial_phone_hang_up (desk->phone, call);
  theirs = call_add (desk, NUMBER, DIALING);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpuint (test_call_get_state (theirs), ==, DISCONNECTED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_CANCELLED);
  g_clear_object (&theirs);
  g_clear_object (&call);

  forget_links ();
  call = dial (desk, NUMBER);
  theirs = call_add (desk, NUMBER, ACTIVE);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);
  dial_phone_hang_up (desk->phone, call);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpuint (test_call_get_state (theirs), ==, DISCONNECTED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
}

/* Who calls, by all the names a line may give. */
static void
test_calls_callers (Desk          *desk,
                    gconstpointer  data)
{
  static const struct { const char *id, *e164; } cases[] = {
    { NUMBER, NUMBER },
    { "sip:" NUMBER "@sip.example.org", NUMBER },
    { "sips:0012025550143@sip.example.org;transport=tcp", NUMBER },
    { "sip:mira@sip.example.org", NULL },
    { "sip:mira@12025550143.example.org", NULL },
    { "", NULL },
  };

  calls_start (desk);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DialCall) call = NULL;
    g_autoptr (TestCall) theirs = NULL;
    gulong handler = g_signal_connect (desk->phone, "incoming", G_CALLBACK (on_incoming), &call);

    theirs = call_add (desk, cases[i].id, INCOMING);
    wait_until (call != NULL);
    check_incoming (call, cases[i].e164, "system");
    call_remove (desk, theirs);
    wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
    g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_MISSED);
    g_signal_handler_disconnect (desk->phone, handler);
  }
}

static void
test_calls_answered (Desk          *desk,
                     gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) theirs = NULL;

  g_signal_connect (desk->phone, "incoming", G_CALLBACK (on_incoming), &call);
  calls_start (desk);
  theirs = call_add (desk, NUMBER, INCOMING);
  wait_until (call != NULL);

  g_assert_true (dial_phone_can_answer (desk->phone, call));
  dial_phone_answer (desk->phone, call);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE);
  g_assert_cmpuint (test_call_get_state (theirs), ==, ACTIVE);
  g_assert_false (dial_phone_can_answer (desk->phone, call));

  dial_phone_hang_up (desk->phone, call);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
}

/* Declined here, and nobody talked: missed. It rang before the program looked. */
static void
test_calls_declined (Desk          *desk,
                     gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (TestCall) talked = NULL;
  g_autoptr (TestCall) theirs = NULL;

  calls_start (desk);
  talked = call_add (desk, "+12025550199", ACTIVE);
  test_call_set_inbound (talked, TRUE);
  theirs = call_add (desk, NUMBER, INCOMING);
  g_signal_connect (desk->phone, "incoming", G_CALLBACK (on_incoming), &call);
  wait_until (call != NULL);
  check_incoming (call, NUMBER, "system");

  dial_phone_hang_up (desk->phone, call);
  wait_until (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);
  g_assert_cmpuint (test_call_get_state (theirs), ==, DISCONNECTED);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_MISSED);
}

static void
test_calls_no_bus (void)
{
  g_autoptr (DialPhone) phone = NULL;
  g_autoptr (DialCall) call = new_call (NUMBER);
  g_autoptr (GError) error = NULL;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  set_handler ("tel", CALLS_ID);
  phone = dial_system_phone_new ();

  place (phone, call, NULL, &error);
  g_assert_no_error (error);
  wait_for_link ("tel:" NUMBER);
  g_assert_false (dial_call_is_watched (call));
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  make_home ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/phones/sandbox/at-once", GUINT_TO_POINTER (0), test_sandbox_stories);
  g_test_add_data_func ("/phones/sandbox/timed", GUINT_TO_POINTER (5), test_sandbox_stories);
  g_test_add_func ("/phones/sandbox/leaves", test_sandbox_leaves);
  g_test_add_func ("/phones/sandbox/rings", test_sandbox_rings);
  g_test_add_func ("/phones/no-number", test_no_number);
  g_test_add_func ("/phones/cancelled", test_cancelled);
  g_test_add_func ("/phones/system/link", test_system_link);
  g_test_add_func ("/phones/system/no-handler", test_system_no_handler);
  g_test_add_func ("/phones/calls/no-bus", test_calls_no_bus);

#define add(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)
  add ("/phones/system/absent-handler", test_system_absent_handler);
  add ("/phones/calls/talk", test_calls_talk);
  add ("/phones/calls/refused", test_calls_refused);
  add ("/phones/calls/starts-later", test_calls_starts_later);
  add ("/phones/calls/others", test_calls_others);
  add ("/phones/calls/crash", test_calls_crash);
  add ("/phones/calls/hang-up", test_calls_hang_up);
  add ("/phones/calls/callers", test_calls_callers);
  add ("/phones/calls/answered", test_calls_answered);
  add ("/phones/calls/declined", test_calls_declined);

  status = g_test_run ();
  remove_home ();
  return status;
}
