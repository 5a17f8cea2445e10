#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "dial-secrets.h"

/* The states of a keyring are those of the session around a process, and libsecret keeps its
 * connection for the process's life: each state is a test of its own, in a process of its own, with
 * a session bus and a gnome-keyring of its own. */

#define OWNER  "3f1c"
#define ID     "invented-id"
#define SECRET "invented-secret"

/* Waiting */

static gboolean
on_too_long (gpointer data)
{
  g_error ("waited too long for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

#define wait_until(condition) G_STMT_START { \
    guint limit = g_timeout_add_seconds (20, on_too_long, (gpointer) #condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit); \
  } G_STMT_END

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static gboolean
store (DialSecrets   *secrets,
       const char    *secret,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_secrets_store_async (secrets, OWNER, "Alder & Co", ID, secret, cancellable, on_result,
                            &result);
  wait_until (result != NULL);
  return dial_secrets_store_finish (secrets, result, error);
}

static char *
lookup (DialSecrets  *secrets,
        const char   *owner,
        GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;
  char *secret = NULL;

  dial_secrets_lookup_async (secrets, owner, NULL, on_result, &result);
  wait_until (result != NULL);
  if (!dial_secrets_lookup_finish (secrets, result, &id, &secret, error))
    return NULL;

  g_assert_cmpstr (id, ==, ID);
  return secret;
}

static gboolean
clear (DialSecrets  *secrets,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_secrets_clear_async (secrets, OWNER, NULL, on_result, &result);
  wait_until (result != NULL);
  return dial_secrets_clear_finish (secrets, result, error);
}

static void
assert_holds (DialSecrets *secrets,
              const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = lookup (secrets, OWNER, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
assert_lookup_fails (DialSecrets   *secrets,
                     DialDeskError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (secrets, OWNER, &error));
  g_assert_error (error, DIAL_DESK_ERROR, (int) code);
  g_assert_null (strstr (error->message, SECRET));
}

static void
assert_store_fails (DialSecrets   *secrets,
                    DialDeskError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store (secrets, SECRET, NULL, &error));
  g_assert_error (error, DIAL_DESK_ERROR, (int) code);
  g_assert_null (strstr (error->message, SECRET));
}

/* Sessions */

static char *home;

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
start (const char * const  *argv,
       GSubprocessFlags     flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  /* gnome-keyring warns when an item is replaced, which is no reason for it to die. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/* A bus that can start nothing by itself. */
static void
start_bus (void)
{
  g_autofree char *config = g_test_build_filename (G_TEST_DIST, "support", "bare.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", config, NULL);
  const char *argv[] = { "dbus-daemon", option, "--nofork", "--print-address", NULL };
  g_autoptr (GSubprocess) bus = start (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  g_autofree char *address = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  g_assert_nonnull (address);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static void
wait_for_name (const char *name)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gboolean owned = FALSE;

  g_dbus_connection_set_exit_on_close (bus, FALSE);
  while (!owned) {
    g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

    g_variant_get (reply, "(b)", &owned);
    g_usleep (1000);
  }
}

static void
start_keyring (gboolean unlock)
{
  const char *argv[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets",
                         unlock ? "--unlock" : NULL, NULL };
  g_autoptr (GSubprocess) keyring = start (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                           G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GOutputStream *input = g_subprocess_get_stdin_pipe (keyring);

  if (unlock)
    g_output_stream_write_all (input, "test", 4, NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  wait_for_name ("org.freedesktop.secrets");
}

static void
lock_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const char *paths[] = { "/org/freedesktop/secrets/collection/login", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                 "org.freedesktop.Secret.Service", "Lock",
                                 g_variant_new ("(^ao)", paths), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                 NULL, &error);

  g_assert_no_error (error);
}

/* The tests */

static void
test_open (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);
  g_autoptr (DialSecrets) again = dial_secrets_new (DIAL_SECRETS_DEFAULT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  start_bus ();
  start_keyring (TRUE);

  assert_lookup_fails (secrets, DIAL_DESK_ERROR_NO_SECRET);
  g_assert_true (store (secrets, SECRET, NULL, &error));
  g_assert_no_error (error);
  assert_holds (secrets, SECRET);
  assert_holds (again, SECRET);

  /* Another secret takes the first one's place; other owners have none. */
  g_assert_true (store (secrets, "another", NULL, &error));
  g_assert_no_error (error);
  assert_holds (again, "another");
  g_assert_null (lookup (secrets, "another owner", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_SECRET);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (store (secrets, SECRET, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_holds (again, "another");

  g_assert_true (clear (secrets, &error));
  g_assert_no_error (error);
  assert_lookup_fails (again, DIAL_DESK_ERROR_NO_SECRET);
  g_assert_true (clear (secrets, &error));
  g_assert_no_error (error);
}

/* Line ends that came along from somewhere. */
static void
test_line_ends (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);

  start_bus ();
  start_keyring (TRUE);
  g_assert_true (store (secrets, "\r\n" SECRET "\r\n\n", NULL, NULL));
  assert_holds (secrets, SECRET);
}

/* A key of v1 has no id beside it, and takes the place of one that had. */
static void
test_without_id (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;

  start_bus ();
  start_keyring (TRUE);
  g_assert_true (store (secrets, SECRET, NULL, NULL));
  {
    g_autoptr (GAsyncResult) result = NULL;

    dial_secrets_replace_async (secrets, OWNER, "Alder & Co", "", "invented-key", NULL, on_result,
                                &result);
    wait_until (result != NULL);
    g_assert_true (dial_secrets_store_finish (secrets, result, NULL));
  }
  {
    g_autoptr (GAsyncResult) result = NULL;

    dial_secrets_lookup_async (secrets, OWNER, NULL, on_result, &result);
    wait_until (result != NULL);
    g_assert_true (dial_secrets_lookup_finish (secrets, result, &id, &secret, NULL));
  }
  g_assert_cmpstr (id, ==, "");
  g_assert_cmpstr (secret, ==, "invented-key");
}

static void
test_no_core (void)
{
  struct rlimit limit;

  dial_secrets_forbid_core ();
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpint (limit.rlim_cur, ==, 0);
  g_assert_cmpint (limit.rlim_max, ==, 0);
}

static void
test_locked_later (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);
  g_autoptr (GError) error = NULL;

  start_bus ();
  start_keyring (TRUE);
  g_assert_true (store (secrets, SECRET, NULL, NULL));
  lock_keyring ();

  assert_lookup_fails (secrets, DIAL_DESK_ERROR_KEYRING_LOCKED);
  assert_store_fails (secrets, DIAL_DESK_ERROR_KEYRING_LOCKED);
  g_assert_false (clear (secrets, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_KEYRING_LOCKED);
}

static void
test_never_unlocked (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);

  start_bus ();
  start_keyring (FALSE);
  assert_store_fails (secrets, DIAL_DESK_ERROR_KEYRING_LOCKED);
  assert_lookup_fails (secrets, DIAL_DESK_ERROR_NO_SECRET);
}

static void
assert_no_keyring (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_DEFAULT);
  g_autoptr (GError) error = NULL;

  assert_store_fails (secrets, DIAL_DESK_ERROR_NO_KEYRING);
  assert_lookup_fails (secrets, DIAL_DESK_ERROR_NO_KEYRING);
  g_assert_false (clear (secrets, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING);
  g_assert_nonnull (strstr (error->message, "gnome-keyring"));
}

static void
test_no_service (void)
{
  start_bus ();
  assert_no_keyring ();
}

static void
test_no_bus (void)
{
  assert_no_keyring ();
}

/* The sandbox does without, and never asks. */

static void
assert_memory_serves (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_IN_MEMORY);
  g_autoptr (GError) error = NULL;

  g_assert_true (store (secrets, SECRET, NULL, &error));
  g_assert_no_error (error);
  assert_holds (secrets, SECRET);
  g_assert_true (clear (secrets, &error));
  g_assert_no_error (error);
  g_assert_null (lookup (secrets, OWNER, NULL));
  g_assert_true (clear (secrets, &error));
  g_assert_no_error (error);
}

static void
test_memory_no_bus (void)
{
  assert_memory_serves ();
}

static void
test_memory_never_unlocked (void)
{
  start_bus ();
  start_keyring (FALSE);
  assert_memory_serves ();
}

static void
test_memory_open (void)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_IN_MEMORY);
  g_autoptr (DialSecrets) again = dial_secrets_new (DIAL_SECRETS_DEFAULT);

  start_bus ();
  start_keyring (TRUE);
  g_assert_true (store (secrets, SECRET, NULL, NULL));
  assert_holds (again, SECRET);
}

/* A home for one test's session; nothing of the session this test was started from is used. */
static void
run_in_session (gconstpointer test)
{
  static const char * const folders[] = {
    "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
  };
  GTestFunc function = (GTestFunc) test;
  const char *argv[] = { "rm", "-rf", NULL, NULL };

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }

  home = g_dir_make_tmp ("secrets-XXXXXX", NULL);
  argv[2] = home;
  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++)
    g_setenv (folders[i], home, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("GNOME_KEYRING_CONTROL");
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");

  function ();
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (home);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add_data_func (path, (gconstpointer) test, run_in_session)
  add ("/secrets/open", test_open);
  add ("/secrets/line-ends", test_line_ends);
  add ("/secrets/without-id", test_without_id);
  add ("/secrets/no-core", test_no_core);
  add ("/secrets/locked-later", test_locked_later);
  add ("/secrets/never-unlocked", test_never_unlocked);
  add ("/secrets/no-service", test_no_service);
  add ("/secrets/no-bus", test_no_bus);
  add ("/secrets/memory/no-bus", test_memory_no_bus);
  add ("/secrets/memory/never-unlocked", test_memory_never_unlocked);
  add ("/secrets/memory/open", test_memory_open);

  return g_test_run ();
}
