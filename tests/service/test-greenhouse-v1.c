/* Harvest v1 and the check of both dialects against the sandbox, over HTTP. */
#include <libsoup/soup.h>
#include <string.h>

#include "dial-greenhouse.h"
#include "dial-sandbox.h"

typedef struct {
  DialSandbox    *sandbox;
  DialGreenhouse *greenhouse;
} Fixture;

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *done;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialApi api = GPOINTER_TO_INT (data);

  options.n_candidates = 700;
  options.allowance = 0;
  options.may_inject_faults = TRUE;
  dial_sandbox_start_async (&options, NULL, done_cb, &done);
  fixture->sandbox = dial_sandbox_start_finish (wait_for (&done), &error);
  g_assert_no_error (error);
  fixture->greenhouse =
    dial_greenhouse_new (api,
                         dial_sandbox_get_harvest_url (fixture->sandbox),
                         dial_sandbox_get_auth_url (fixture->sandbox),
                         api == DIAL_API_V1 ? NULL : dial_sandbox_get_client_id (fixture->sandbox),
                         api == DIAL_API_V1 ? dial_sandbox_get_api_key (fixture->sandbox)
                                            : dial_sandbox_get_secret (fixture->sandbox),
                         &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->greenhouse);
  dial_sandbox_stop (fixture->sandbox);
  g_object_unref (fixture->sandbox);
}

/* Asks the sandbox itself for something: it runs in a thread of its own. */
static char *
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (dial_sandbox_get_web_url (fixture->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (*body != '\0')
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

static void
order (Fixture    *fixture,
       const char *path,
       const char *body)
{
  g_free (ask (fixture, "POST", path, body));
}

static DialGreenhouseCheck *
check (Fixture  *fixture,
       GError  **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  dial_greenhouse_check_async (fixture->greenhouse, NULL, done_cb, &done);
  return dial_greenhouse_check_finish (fixture->greenhouse, wait_for (&done), error);
}

static DialGreenhousePage *
list (Fixture       *fixture,
      DialResource   resource,
      const char    *next,
      GError       **error)
{
  DialStretch stretch = { .resource = resource };
  g_autoptr (GAsyncResult) done = NULL;

  if (next != NULL)
    dial_greenhouse_list_next_async (fixture->greenhouse, &stretch, next, DIAL_URGENCY_NOW, NULL,
                                     done_cb, &done);
  else
    dial_greenhouse_list_async (fixture->greenhouse, &stretch, DIAL_URGENCY_NOW, NULL, done_cb,
                                &done);
  return dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), error);
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) first = list (fixture, DIAL_RESOURCE_CANDIDATES, NULL, &error);
  g_autoptr (DialGreenhousePage) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->records->len, ==, 500);
  g_assert_cmpuint (first->skipped, ==, 0);
  g_assert_cmpuint (first->applications->len, >, 0);
  g_assert_cmpuint (first->jobs->len, >, 0);
  g_assert_nonnull (DIAL_JOB (g_ptr_array_index (first->jobs, 0))->name);
  g_assert_nonnull (first->next);

  second = list (fixture, DIAL_RESOURCE_CANDIDATES, first->next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->records->len, >, 0);
  g_assert_null (second->next);

  g_assert_true (dial_greenhouse_can_list (fixture->greenhouse, DIAL_RESOURCE_USERS));
  g_assert_false (dial_greenhouse_can_list (fixture->greenhouse, DIAL_RESOURCE_JOBS));
}

static DialGreenhousePage *
list_stretch (Fixture           *fixture,
              const DialStretch *stretch)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialGreenhousePage *page;

  dial_greenhouse_list_async (fixture->greenhouse, stretch, DIAL_URGENCY_SYNC, NULL, done_cb,
                              &done);
  page = dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  return page;
}

/* Pages by their number, the last of them, and what lies behind it. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (DialGreenhousePage) first = list_stretch (fixture, &(DialStretch) { 0 });
  g_autoptr (DialGreenhousePage) last = list_stretch (fixture, &(DialStretch) { .page = 2 });
  g_autoptr (DialGreenhousePage) ids = list_stretch (fixture, &(DialStretch) { .page = 2,
                                                                               .ids_only = TRUE });
  g_autoptr (DialGreenhousePage) behind = list_stretch (fixture, &(DialStretch) { .page = 3 });
  DialCandidate *edge = g_ptr_array_index (first->records, 499);
  g_autoptr (DialGreenhousePage) since =
    list_stretch (fixture, &(DialStretch) { .updated_since = edge->updated_at });
  gboolean found = FALSE;

  g_assert_cmpuint (first->n_pages, ==, 2);
  g_assert_cmpuint (last->n_pages, ==, 2);
  g_assert_null (last->next);
  g_assert_cmpuint (ids->ids->len, ==, last->records->len);
  g_assert_cmpuint (ids->records->len, ==, 0);
  g_assert_cmpuint (behind->records->len, ==, 0);
  g_assert_cmpuint (behind->n_pages, ==, 0);

  /* That very instant too. */
  for (guint i = 0; i < since->records->len; i++)
    found |= DIAL_CANDIDATE (g_ptr_array_index (since->records, i))->id == edge->id;
  g_assert_true (found || since->next != NULL);
}

static DialCandidate *
get (Fixture  *fixture,
     gint64    id,
     GError  **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  dial_greenhouse_get_candidate_async (fixture->greenhouse, id, DIAL_URGENCY_NOW, NULL, done_cb,
                                       &done);
  return dial_greenhouse_get_candidate_finish (fixture->greenhouse, wait_for (&done), error);
}

/* With and without the permission to retrieve; and nobody is not an error, unless v1 has ended. */
static void
test_candidate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) page = list (fixture, DIAL_RESOURCE_CANDIDATES, NULL, &error);
  gint64 id = DIAL_CANDIDATE (g_ptr_array_index (page->records, 0))->id;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (DialCandidate) found = get (fixture, id, &error);

    g_assert_no_error (error);
    g_assert_cmpint (found->id, ==, id);
    g_assert_nonnull (found->applications);
    g_assert_null (get (fixture, 4242, &error));
    g_assert_no_error (error);
    order (fixture, "/sandbox/permissions",
           "{\"permission\":\"GET: Retrieve Candidate\",\"granted\":false}");
  }

  order (fixture, "/sandbox/permissions", "{\"granted\":true}");
  order (fixture, "/sandbox/v1", "{\"retired\":404}");
  g_assert_null (get (fixture, id, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED);
}

static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) people = list (fixture, DIAL_RESOURCE_CANDIDATES, NULL, &error);
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (DialNote) note = dial_note_new (0);
  g_autoptr (DialNote) made = NULL;
  g_autoptr (DialUser) author = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  dial_greenhouse_find_user_async (fixture->greenhouse,
                                   dial_sandbox_get_recruiter (fixture->sandbox), DIAL_URGENCY_NOW,
                                   NULL, done_cb, &found);
  author = dial_greenhouse_find_user_finish (fixture->greenhouse, wait_for (&found), &error);
  g_assert_no_error (error);
  g_assert_nonnull (author);

  note->candidate_id = DIAL_CANDIDATE (g_ptr_array_index (people->records, 0))->id;
  note->visibility = DIAL_VISIBILITY_PRIVATE;
  dial_set_str (&note->body, "A call of three minutes");
  dial_greenhouse_create_note_async (fixture->greenhouse, note, NULL, done_cb, &refused);
  g_assert_null (dial_greenhouse_create_note_finish (fixture->greenhouse, wait_for (&refused),
                                                     &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_AUTHOR);
  g_clear_error (&error);

  note->user_id = author->id;
  dial_greenhouse_create_note_async (fixture->greenhouse, note, NULL, done_cb, &written);
  made = dial_greenhouse_create_note_finish (fixture->greenhouse, wait_for (&written), &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  g_assert_cmpint (made->user_id, ==, author->id);

  dial_greenhouse_list_notes_async (fixture->greenhouse, note->candidate_id, made->created_at,
                                    DIAL_URGENCY_NOW, NULL, done_cb, &listed);
  notes = dial_greenhouse_list_notes_finish (fixture->greenhouse, wait_for (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpint (DIAL_NOTE (g_ptr_array_index (notes, 0))->id, ==, made->id);
}

static void
test_retired (Fixture       *fixture,
              gconstpointer  data)
{
  static const int statuses[] = { 401, 403, 404, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char *body = g_strdup_printf ("{\"retired\":%d}", statuses[i]);
    g_autoptr (GError) error = NULL;

    order (fixture, "/sandbox/v1", body);
    g_assert_null (check (fixture, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED);
    g_assert_nonnull (strstr (error->message, "Harvest V3 (OAuth)"));
    g_assert_null (strstr (error->message, dial_sandbox_get_api_key (fixture->sandbox)));
  }
}

static void
assert_missing (Fixture    *fixture,
                const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) outcome = check (fixture, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < outcome->permissions->len; i++) {
    DialPermission *each = g_ptr_array_index (outcome->permissions, i);

    g_assert_cmpint (each->granted, ==, g_strcmp0 (each->name, name) == 0 ? DIAL_GRANT_MISSING
                                                                          : DIAL_GRANT_GRANTED);
    g_assert_true (outcome->ok || name != NULL);
    if (g_strcmp0 (each->name, name) == 0)
      g_assert_cmpint (outcome->ok, ==, !each->required);
  }
}

/* Each taken away in turn is named, and nothing else; and nobody's feed has grown. */
static void
test_check_v1 (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const names[] = {
    "GET: Retrieve Candidate", "GET: List Candidates", "POST: Add Note", "GET: List Users",
  };
  g_autofree char *log = NULL;

  assert_missing (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *body = g_strdup_printf ("{\"permission\":\"%s\",\"granted\":false}", names[i]);

    order (fixture, "/sandbox/permissions", body);
    assert_missing (fixture, names[i]);
    order (fixture, "/sandbox/permissions", "{\"granted\":true}");
  }

  log = ask (fixture, "GET", "/sandbox/log", "");
  g_assert_nonnull (strstr (log, "/activity_feed/notes"));
  g_assert_false (g_regex_match_simple ("activity_feed/notes[^}]*\"status\":2", log, 0, 0));
}

static void
test_remarks_v3 (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) fine = check (fixture, &error);
  g_autoptr (DialGreenhouseCheck) late = NULL;
  g_autoptr (DialGreenhouseCheck) basic = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (fine->remarks), ==, 0);
  g_assert_cmpint (fine->window, ==, 30);

  order (fixture, "/sandbox/clock", "{\"seconds\":3600}");
  late = check (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (late->clock_skew, >=, 3595);
  g_assert_nonnull (strstr (late->remarks[0], "60 minutes slow"));
  order (fixture, "/sandbox/clock", "{\"seconds\":0}");

  order (fixture, "/sandbox/credential", "{\"acts_as\":\"basic\"}");
  basic = check (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (basic->ok);
  g_assert_nonnull (strstr (basic->remarks[0], "Site Admin"));

  order (fixture, "/sandbox/credential", "{\"acts_as\":\"deactivated\"}");
  g_assert_null (check (fixture, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_assert_nonnull (strstr (error->message, "deactivated"));
  g_clear_error (&error);
  order (fixture, "/sandbox/credential", "{\"acts_as\":\"site_admin\"}");

  order (fixture, "/sandbox/credential", "{\"addresses\":\"other\"}");
  g_assert_null (check (fixture, &error));
  g_assert_nonnull (strstr (error->message, "IP addresses"));
}

int
main (int   argc,
      char *argv[])
{
  gconstpointer v1 = GINT_TO_POINTER (DIAL_API_V1);
  gconstpointer v3 = GINT_TO_POINTER (DIAL_API_V3);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/greenhouse/v1/lists", Fixture, v1, set_up, test_lists, tear_down);
  g_test_add ("/greenhouse/v1/pages", Fixture, v1, set_up, test_pages, tear_down);
  g_test_add ("/greenhouse/v1/candidate", Fixture, v1, set_up, test_candidate, tear_down);
  g_test_add ("/greenhouse/v1/note", Fixture, v1, set_up, test_note, tear_down);
  g_test_add ("/greenhouse/v1/retired", Fixture, v1, set_up, test_retired, tear_down);
  g_test_add ("/greenhouse/v1/check", Fixture, v1, set_up, test_check_v1, tear_down);
  g_test_add ("/greenhouse/v3/remarks", Fixture, v3, set_up, test_remarks_v3, tear_down);
  return g_test_run ();
}
