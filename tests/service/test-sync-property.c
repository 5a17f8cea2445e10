/*
 * A company that changes while it is walked through, on bad days, by a program that is stopped, closed and
 * killed on the way: at the end, after a quiet sync and a sweep, the store is what Greenhouse has. Each seed is
 * another company, other pages, another day. SYNC_SEEDS says how many, SYNC_FIRST_SEED with which to begin.
 */
#include "desk-fixture.h"
#include "dial-integration-private.h"
#include "dial-windows.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>

static const char *program;

typedef struct {
  DeskFixture      desk;
  GRand           *rand;
  guint            seed;
  guint            page_size;
  DialApi          api;
  DialIntegration *integration;
} Trial;

static guint
roll (Trial *trial,
      guint  n)
{
  return (guint) g_rand_int_range (trial->rand, 0, (gint32) n);
}

G_GNUC_PRINTF (3, 4)
static void
tell_sandbox (Trial      *trial,
              const char *path,
              const char *format,
              ...)
{
  g_autofree char *json = NULL;
  g_autofree char *answer = NULL;
  va_list arguments;

  va_start (arguments, format);
  json = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  answer = ask_sandbox (&trial->desk, trial->desk.sandbox, "POST", path, json);
}

static void
use_integration (Trial *trial)
{
  GListModel *integrations = dial_desk_get_integrations (trial->desk.desk);
  g_autoptr (DialIntegration) first = g_list_model_get_item (integrations, 0);

  trial->integration = first;
  dial_sync_set_page_size (first->sync, trial->page_size);
}

static void
set_up (Trial *trial,
        guint  seed)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  DialNewIntegration form = { .name = "Alder", .subdomain = "alder" };

  *trial = (Trial) { .rand = g_rand_new_with_seed (seed), .seed = seed };
  trial->api = roll (trial, 5) == 0 ? DIAL_API_V1 : DIAL_API_V3;
  trial->page_size = 3 + roll (trial, 40);
  trial->desk.profile = g_dir_make_tmp ("property.XXXXXX", NULL);
  trial->desk.session = soup_session_new ();

  options.n_candidates = 1 + roll (trial, 400);
  options.seed = seed;
  options.allowance = 0;
  options.may_inject_faults = TRUE;
  {
    AWAIT (dial_sandbox_start_async (&options, NULL, on_answer, &result));
    trial->desk.sandbox = dial_sandbox_start_finish (result, &error);
    g_assert_no_error (error);
  }

  open_desk (&trial->desk, DIAL_DESK_BY_HAND);
  form.api = trial->api;
  form.client_id = trial->api == DIAL_API_V3 ? dial_sandbox_get_client_id (trial->desk.sandbox) : NULL;
  form.secret = trial->api == DIAL_API_V3 ? dial_sandbox_get_secret (trial->desk.sandbox)
                                          : dial_sandbox_get_api_key (trial->desk.sandbox);
  form.harvest_url = dial_sandbox_get_harvest_url (trial->desk.sandbox);
  form.auth_url = dial_sandbox_get_auth_url (trial->desk.sandbox);
  {
    AWAIT (dial_desk_add_integration_async (trial->desk.desk, &form, FALSE, NULL, on_answer,
                                            &result));
    integration = dial_desk_add_integration_finish (trial->desk.desk, result, &error);
    g_assert_no_error (error);
  }
  g_assert_true (set (integration, "status", "active", NULL));
  use_integration (trial);
}

static void
tear_down (Trial *trial)
{
  desk_fixture_tear_down (&trial->desk, NULL);
  g_rand_free (trial->rand);
}

/* The program, ended and begun again. */
static void
restart (Trial *trial)
{
  close_desk (&trial->desk);
  open_desk (&trial->desk, DIAL_DESK_BY_HAND);
  use_integration (trial);
}

static gboolean
on_moment_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets what is under way go on for a moment. */
static void
let_go_on (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_moment_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Another process that syncs, and is killed while it does. */
static void
sync_and_kill (Trial *trial)
{
  g_autofree char *page_size = g_strdup_printf ("%u", trial->page_size);
  char *arguments[] = { (char *) program, (char *) "--sync", trial->desk.profile, page_size, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  close_desk (&trial->desk);
  g_spawn_async (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  let_go_on (20 + roll (trial, 400));
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  open_desk (&trial->desk, DIAL_DESK_BY_HAND);
  use_integration (trial);
}

static gboolean
is_bad_luck (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         error->domain == DIAL_GREENHOUSE_ERROR;
}

/* One sync on a bad day, to its end or not. */
static void
sync_somehow (Trial *trial)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialIntegration) integration = g_object_ref (trial->integration);
  guint way = roll (trial, 10);

  if (way == 0 && trial->seed % 8 == 0) {
    sync_and_kill (trial);
    return;
  }

  dial_integration_allow_loss (integration, 100000);
  dial_integration_sync_async (integration, roll (trial, 12) == 0, cancellable, on_answer, &result);
  if (way < 5)
    let_go_on (roll (trial, 60));
  if (way < 3)
    g_cancellable_cancel (cancellable);
  else if (way < 5)
    dial_integration_set_sync_paused (integration, TRUE);

  wait_for (&result);
  if (!dial_integration_sync_finish (integration, result, NULL, &error))
    g_assert_true (is_bad_luck (error));
  dial_integration_set_sync_paused (integration, FALSE);
  g_clear_object (&integration);
  if (roll (trial, 3) == 0)
    restart (trial);
}

static int
run_sql (Trial       *trial,
         const char  *sql,
         GString     *rows)
{
  g_autofree char *path = g_strdup (dial_store_get_path (dial_integration_get_store (
                                                           trial->integration)));
  sqlite3 *handle;
  sqlite3_stmt *statement;
  int n = 0;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW) {
    n++;
    for (int i = 0; rows != NULL && i < sqlite3_column_count (statement); i++) {
      const char *text = (const char *) sqlite3_column_text (statement, i);

      g_string_append_printf (rows, "%s|", text != NULL ? text : "");
    }
    if (rows != NULL)
      g_string_append_c (rows, '\n');
  }
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return n;
}

static DialSyncSummary
sync_quietly (Trial *trial)
{
  dial_integration_allow_loss (trial->integration, 100000);
  return sync_now (trial->integration);
}

/* Good weather, nobody works: what was under way comes to its end, and it is looked up who is gone. */
static void
settle (Trial *trial)
{
  g_autofree char *answer = NULL;
  DialSyncSummary summary;

  tell_sandbox (trial, "/sandbox/churn", "{\"seed\": 0, \"every\": 0}");
  tell_sandbox (trial, "/sandbox/weather", "{\"seed\": 0, \"percent\": 0}");
  tell_sandbox (trial, "/sandbox/lag", "{\"requests\": 0}");
  answer = ask_sandbox (&trial->desk, trial->desk.sandbox, "DELETE", "/sandbox/faults", NULL);

  /* Until what lags behind shows up: six lists later at most, and v1 asks for two each time. */
  for (guint i = 0; i < 4; i++)
    sync_quietly (trial);
  /* Numbered pages spare who came in the second in which they were begun, also one who went in it. */
  if (trial->api == DIAL_API_V1)
    let_go_on ((guint) (1001 - g_get_real_time () / 1000 % 1000));
  run_sql (trial, "UPDATE sync_positions SET completed_since = 1 WHERE aim = 'presence'", NULL);
  summary = sync_quietly (trial);
  g_assert_true (summary.complete);
  g_assert_true (summary.swept);
  g_assert_cmpuint (summary.n_missing, ==, 0);
  /* A sweep would bring whom the walks missed. They missed nobody. */
  g_assert_cmpuint (summary.created, ==, 0);
}

/* What Greenhouse has, written as the store's rows are. */

static void
append (GString    *row,
        JsonObject *object,
        const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)) {
    if (json_node_get_value_type (node) == G_TYPE_STRING)
      g_string_append (row, json_node_get_string (node));
    else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
      g_string_append (row, json_node_get_boolean (node) ? "1" : "0");
    else
      g_string_append_printf (row, "%" G_GINT64_FORMAT, json_node_get_int (node));
  }
  g_string_append_c (row, '|');
}

static void
append_id (GString    *row,
           JsonObject *object,
           const char *member)
{
  g_string_append_printf (row, "%" G_GINT64_FORMAT "|",
                          json_object_get_int_member_with_default (object, member, 0));
}

/* Texts, or the values of contacts, as the program keeps them: without blanks around, none empty. */
static void
append_list (GString    *row,
             JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *text = JSON_NODE_HOLDS_OBJECT (element)
                       ? json_object_get_string_member_with_default (json_node_get_object (element),
                                                                     "value", "")
                       : json_node_get_string (element);
    g_autofree char *clean = g_strdup (text != NULL ? text : "");

    if (*g_strstrip (clean) == '\0')
      continue;
    g_string_append_printf (row, "%s%s", n++ > 0 ? ";" : "", clean);
  }
  g_string_append_c (row, '|');
}

static void
append_candidate (GString    *row,
                  JsonObject *object)
{
  append (row, object, "first_name");
  append (row, object, "last_name");
  append (row, object, "company");
  append (row, object, "title");
  append_list (row, object, "phone_numbers");
  append_list (row, object, "email_addresses");
  append_list (row, object, "tags");
}

#define LIST(column, table) \
  "(SELECT group_concat(" column ", ';') FROM (SELECT " column " FROM " table \
  " WHERE candidate_id = candidates.id ORDER BY position))"
#define CANDIDATES \
  "SELECT id, first_name, last_name, company, title, " LIST ("typed", "candidate_phones") ", " \
  LIST ("address", "candidate_emails") ", " LIST ("name", "candidate_tags") \
  " FROM candidates ORDER BY id"

static void
append_application (GString    *row,
                    JsonObject *object)
{
  append_id (row, object, "candidate_id");
  append_id (row, object, "job_id");
  append_id (row, object, "stage_id");
  append (row, object, "stage_name");
  append (row, object, "status");
  append_id (row, object, "recruiter_id");
  append_id (row, object, "coordinator_id");
}

#define APPLICATIONS \
  "SELECT id, candidate_id, job_id, stage_id, stage_name, status, recruiter_id, coordinator_id " \
  "FROM applications ORDER BY id"

static void
append_job (GString    *row,
            JsonObject *object)
{
  append (row, object, "name");
  append (row, object, "status");
}

static void
append_stage (GString    *row,
              JsonObject *object)
{
  append_id (row, object, "job_id");
  append (row, object, "name");
}

static void
append_user (GString    *row,
             JsonObject *object)
{
  append (row, object, "name");
  append (row, object, "primary_email");
  append (row, object, "deactivated");
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = json_object_get_int_member (*(JsonObject **) a, "id");
  gint64 right = json_object_get_int_member (*(JsonObject **) b, "id");

  return left < right ? -1 : left > right;
}

static void
tell_difference (Trial      *trial,
                 const char *list,
                 const char *expected,
                 const char *stored)
{
  g_auto (GStrv) wanted = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) got = g_strsplit (stored, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char * const *) got, wanted[i]))
      g_string_append_printf (text, "Greenhouse has %s\n", wanted[i]);
  for (guint i = 0; got[i] != NULL; i++)
    if (!g_strv_contains ((const char * const *) wanted, got[i]))
      g_string_append_printf (text, "The store has %s\n", got[i]);

  g_error ("Seed %u, v%s, %u a page: the %s differ.\n%s", trial->seed,
           trial->api == DIAL_API_V3 ? "3" : "1", trial->page_size, list, text->str);
}

static void
compare (Trial      *trial,
         JsonObject *world,
         const char *list,
         const char *sql,
         void      (*append_row) (GString    *row,
                                  JsonObject *object))
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GString) stored = g_string_new (NULL);
  JsonArray *array = json_object_get_array_member (world, list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (objects, json_array_get_object_element (array, i));
  g_ptr_array_sort (objects, compare_ids);
  for (guint i = 0; i < objects->len; i++) {
    append_id (expected, g_ptr_array_index (objects, i), "id");
    append_row (expected, g_ptr_array_index (objects, i));
    g_string_append_c (expected, '\n');
  }

  /* A list of nobody proves nothing, and nobody is forgotten for it. */
  if (objects->len == 0)
    return;

  run_sql (trial, sql, stored);
  if (!g_str_equal (expected->str, stored->str))
    tell_difference (trial, list, expected->str, stored->str);
}

static void
compare_all (Trial *trial)
{
  g_autofree char *text = ask_sandbox (&trial->desk, trial->desk.sandbox, "GET", "/sandbox/world", NULL);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GString) tally = g_string_new (NULL);
  g_autoptr (GString) count = g_string_new (NULL);
  JsonObject *world = json_node_get_object (node);

  compare (trial, world, "candidates", CANDIDATES, append_candidate);
  compare (trial, world, "users", "SELECT id, name, primary_email, deactivated FROM users ORDER BY id",
           append_user);
  if (trial->api == DIAL_API_V3) {
    compare (trial, world, "applications", APPLICATIONS, append_application);
    compare (trial, world, "jobs", "SELECT id, name, status FROM jobs ORDER BY id", append_job);
    compare (trial, world, "stages", "SELECT id, job_id, name FROM stages ORDER BY id", append_stage);
  }

  run_sql (trial, "SELECT n FROM tallies WHERE name = 'candidates'", tally);
  run_sql (trial, "SELECT count(*) FROM candidates", count);
  g_assert_cmpstr (tally->str, ==, count->str);
}

static void
try (guint seed)
{
  Trial trial;
  guint n_syncs;

  g_test_message ("Seed %u", seed);
  set_up (&trial, seed);
  tell_sandbox (&trial, "/sandbox/churn", "{\"seed\": %u, \"every\": %u}", seed, 1 + roll (&trial, 6));
  if (roll (&trial, 3) == 0)
    tell_sandbox (&trial, "/sandbox/lag", "{\"requests\": %u}", 1 + roll (&trial, 6));
  if (roll (&trial, 4) == 0)
    tell_sandbox (&trial, "/sandbox/weather", "{\"seed\": %u, \"percent\": %u, \"path\": \"/v\"}", seed,
                  1 + roll (&trial, 4));
  if (roll (&trial, 3) == 0)
    tell_sandbox (&trial, "/sandbox/delay", "{\"ms\": %u}", 1 + roll (&trial, 10));

  n_syncs = 1 + roll (&trial, 6);
  for (guint i = 0; i < n_syncs; i++) {
    if (roll (&trial, 6) == 0)
      tell_sandbox (&trial, "/sandbox/faults", "{\"fault\": \"stale_cursors\"}");
    sync_somehow (&trial);
  }

  settle (&trial);
  compare_all (&trial);
  tear_down (&trial);
}

static guint
get_number (const char *name,
            guint       fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
test_seeds (void)
{
  guint first = get_number ("SYNC_FIRST_SEED", 1);
  guint n_seeds = get_number ("SYNC_SEEDS", 12);

  for (guint seed = first; seed < first + n_seeds; seed++)
    try (seed);
  g_test_message ("%u seeds", n_seeds);
}

/* What the killed one does. */
static int
sync_only (const char *profile,
           const char *page_size)
{
  Trial trial = { .desk.profile = (char *) profile };
  GAsyncResult *result = NULL;

  trial.page_size = (guint) g_ascii_strtoull (page_size, NULL, 10);
  open_desk (&trial.desk, DIAL_DESK_BY_HAND);
  use_integration (&trial);
  dial_integration_allow_loss (trial.integration, 100000);
  dial_integration_sync_async (trial.integration, FALSE, NULL, on_answer, &result);
  wait_for (&result);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  program = argv[0];
  if (argc == 4 && g_str_equal (argv[1], "--sync"))
    return sync_only (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-property/seeds", test_seeds);
  return g_test_run ();
}
