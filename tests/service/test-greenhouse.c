/* Greenhouse's door against the sandbox, with everything in between real. */
#include <libsoup/soup.h>
#include <string.h>

#include "dial-greenhouse.h"
#include "dial-sandbox.h"

#define MIRA 6409000001

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

  options.n_candidates = 1203;
  options.may_inject_faults = TRUE;
  dial_sandbox_start_async (&options, NULL, done_cb, &done);
  fixture->sandbox = dial_sandbox_start_finish (wait_for (&done), &error);
  g_assert_no_error (error);
  fixture->greenhouse = dial_greenhouse_new (DIAL_API_V3,
                                             dial_sandbox_get_harvest_url (fixture->sandbox),
                                             dial_sandbox_get_auth_url (fixture->sandbox),
                                             dial_sandbox_get_client_id (fixture->sandbox),
                                             dial_sandbox_get_secret (fixture->sandbox), &error);
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
static void
order (Fixture    *fixture,
       const char *path,
       const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (dial_sandbox_get_web_url (fixture->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
}

static DialGreenhouseCheck *
check (Fixture  *fixture,
       GError  **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  dial_greenhouse_check_async (fixture->greenhouse, NULL, done_cb, &done);
  return dial_greenhouse_check_finish (fixture->greenhouse, wait_for (&done), error);
}

static DialPermission *
permission (DialGreenhouseCheck *outcome,
            const char          *name)
{
  for (guint i = 0; i < outcome->permissions->len; i++) {
    DialPermission *each = g_ptr_array_index (outcome->permissions, i);

    if (strcmp (each->name, name) == 0)
      return each;
  }

  g_assert_not_reached ();
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const names[] = {
    "List candidates", "List notes", "Create notes", "List users", "List applications", "List jobs",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) outcome = check (fixture, &error);

  g_assert_no_error (error);
  g_assert_true (outcome->ok);
  g_assert_cmpuint (outcome->permissions->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DialPermission *each = g_ptr_array_index (outcome->permissions, i);

    g_assert_cmpstr (each->name, ==, names[i]);
    g_assert_cmpint (each->granted, ==, DIAL_GRANT_GRANTED);
    g_assert_nonnull (each->advice);
  }
  g_assert_cmpint (outcome->allowance, ==, 150);
  g_assert_cmpint (ABS (outcome->clock_skew), <=, 2);
  g_assert_nonnull (outcome->organization);
  g_assert_nonnull (outcome->role);
}

static void
test_check_missing (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) outcome = NULL;

  order (fixture, "/sandbox/scopes", "{\"scope\":\"harvest:notes:list\",\"granted\":false}");
  outcome = check (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->ok);
  g_assert_cmpint (permission (outcome, "List notes")->granted, ==, DIAL_GRANT_MISSING);
  g_assert_nonnull (strstr (permission (outcome, "List notes")->advice, "harvest:notes:list"));
  g_clear_pointer (&outcome, dial_greenhouse_check_free);

  order (fixture, "/sandbox/scopes", "{\"scope\":\"harvest:notes:create\",\"granted\":false}");
  outcome = check (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (outcome->ok);
  g_assert_cmpint (permission (outcome, "Create notes")->granted, ==, DIAL_GRANT_MISSING);
  g_assert_cmpint (permission (outcome, "List candidates")->granted, ==, DIAL_GRANT_GRANTED);
}

/* Without introspection the reads tell; what cannot be read stays open. */
static void
test_check_untold (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) outcome = NULL;

  order (fixture, "/sandbox/faults", "{\"fault\":\"status\",\"path\":\"/introspect\",\"status\":404}");
  outcome = check (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->ok);
  g_assert_cmpint (permission (outcome, "List users")->granted, ==, DIAL_GRANT_GRANTED);
  g_assert_cmpint (permission (outcome, "Create notes")->granted, ==, DIAL_GRANT_UNKNOWN);
}

static void
test_wrong_secret (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  DialGreenhouse *right = fixture->greenhouse;

  fixture->greenhouse = dial_greenhouse_new (DIAL_API_V3,
                                             dial_sandbox_get_harvest_url (fixture->sandbox),
                                             dial_sandbox_get_auth_url (fixture->sandbox),
                                             dial_sandbox_get_client_id (fixture->sandbox),
                                             "wrong", &error);
  g_assert_no_error (error);
  g_assert_null (check (fixture, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_assert_null (strstr (error->message, dial_sandbox_get_client_id (fixture->sandbox)));
  g_assert_finalize_object (fixture->greenhouse);
  fixture->greenhouse = right;
}

static DialGreenhousePage *
list (Fixture           *fixture,
      const DialStretch *stretch,
      const char        *next)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialGreenhousePage *page;

  if (next != NULL)
    dial_greenhouse_list_next_async (fixture->greenhouse, stretch, next, DIAL_URGENCY_SYNC, NULL,
                                     done_cb, &done);
  else
    dial_greenhouse_list_async (fixture->greenhouse, stretch, DIAL_URGENCY_SYNC, NULL, done_cb,
                                &done);
  page = dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  return page;
}

/* Reads a stretch to its end; how much came. */
static guint
walk_stretch (Fixture           *fixture,
              const DialStretch *stretch,
              GHashTable        *ids)
{
  g_autofree char *next = NULL;
  guint n = 0;

  do {
    g_autoptr (DialGreenhousePage) page = list (fixture, stretch, next);

    n += stretch->ids_only ? page->ids->len : page->records->len;
    g_assert_cmpint (page->answered_at, !=, DIAL_INSTANT_UNKNOWN);
    for (guint i = 0; ids != NULL && i < page->records->len; i++)
      g_hash_table_add (ids, g_memdup2 (&DIAL_CANDIDATE (g_ptr_array_index (page->records, i))->id,
                                        sizeof (gint64)));
    dial_set_str (&next, page->next);
  } while (next != NULL);

  return n;
}

static guint
walk (Fixture      *fixture,
      DialResource  resource,
      gint64        since,
      GHashTable   *ids)
{
  return walk_stretch (fixture, &(DialStretch) { .resource = resource, .updated_since = since }, ids);
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 future = g_get_real_time () + G_TIME_SPAN_DAY;

  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_CANDIDATES, 0, ids), ==, 1203);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 1203);
  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_APPLICATIONS, 0, NULL), >, 500);
  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_JOBS, 0, NULL), >, 0);
  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_STAGES, 0, NULL), >, 0);
  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_USERS, 0, NULL), >, 1);
  g_assert_cmpuint (walk (fixture, DIAL_RESOURCE_CANDIDATES, future, NULL), ==, 0);
  g_assert_cmpuint (dial_greenhouse_get_n_refused (fixture->greenhouse), ==, 0);
}

/* Stretches that meet at one candidate's own instant: that one is in the later of both. */
static void
test_stretches (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (DialGreenhousePage) page = list (fixture, &(DialStretch) { 0 }, NULL);
  DialCandidate *pivot = g_ptr_array_index (page->records, 100);
  gint64 cut = pivot->created_at;
  DialStretch older = { .created_until = cut };
  DialStretch newer = { .created_from = cut };
  DialStretch only = { .created_from = cut, .created_until = cut + 1000 };

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    guint n_older = walk_stretch (fixture, &older, ids);

    g_assert_cmpuint (n_older, >, 0);
    g_assert_cmpuint (n_older, <, 1203);
    g_assert_cmpuint (n_older + walk_stretch (fixture, &newer, ids), ==, 1203);
    g_assert_cmpuint (g_hash_table_size (ids), ==, i == 0 ? 1203 : 0);
    g_assert_cmpuint (walk_stretch (fixture, &only, ids), >=, 1);
    older.ids_only = newer.ids_only = only.ids_only = TRUE;
  }
}

static DialCandidate *
get_candidate (Fixture *fixture,
               gint64   id)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialCandidate *candidate;

  dial_greenhouse_get_candidate_async (fixture->greenhouse, id, DIAL_URGENCY_NOW, NULL, done_cb, &done);
  candidate = dial_greenhouse_get_candidate_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  return candidate;
}

static void
test_candidate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (DialCandidate) mira = get_candidate (fixture, MIRA);
  g_autoptr (DialCandidate) again = NULL;

  g_assert_cmpint (mira->id, ==, MIRA);
  g_assert_cmpuint (mira->applications->len, >, 0);
  g_assert_null (get_candidate (fixture, 12));

  order (fixture, "/sandbox/scopes", "{\"scope\":\"harvest:applications:list\",\"granted\":false}");
  again = get_candidate (fixture, MIRA);
  g_assert_null (again->applications);
}

static DialUser *
find_user (Fixture    *fixture,
           const char *email)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialUser *user;

  dial_greenhouse_find_user_async (fixture->greenhouse, email, DIAL_URGENCY_NOW, NULL, done_cb, &done);
  user = dial_greenhouse_find_user_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  return user;
}

static void
test_user (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *upper = g_ascii_strup (dial_sandbox_get_recruiter (fixture->sandbox), -1);
  g_autoptr (DialUser) user = find_user (fixture, dial_sandbox_get_recruiter (fixture->sandbox));
  g_autoptr (DialUser) same = find_user (fixture, upper);

  g_assert_nonnull (user);
  g_assert_cmpint (user->id, ==, same != NULL ? same->id : 0);
  g_assert_null (find_user (fixture, "nobody@example.com"));
}

static DialNote *
post (Fixture     *fixture,
      const char  *body,
      GError     **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (DialNote) note = dial_note_new (0);

  note->candidate_id = MIRA;
  note->visibility = DIAL_VISIBILITY_PRIVATE;
  dial_set_str (&note->body, body);
  dial_greenhouse_create_note_async (fixture->greenhouse, note, NULL, done_cb, &done);
  return dial_greenhouse_create_note_finish (fixture->greenhouse, wait_for (&done), error);
}

/* How many notes there are with that text. */
static guint
count_notes (Fixture    *fixture,
             const char *body)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  dial_greenhouse_list_notes_async (fixture->greenhouse, MIRA, g_get_real_time () - G_TIME_SPAN_HOUR,
                                    DIAL_URGENCY_NOTE, NULL, done_cb, &done);
  notes = dial_greenhouse_list_notes_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < notes->len; i++)
    n += strcmp (DIAL_NOTE (g_ptr_array_index (notes, i))->body, body) == 0;

  return n;
}

static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialNote) note = post (fixture, "Spoke by phone.\nRef 1", &error);

  g_assert_no_error (error);
  g_assert_cmpint (note->id, >, 0);
  g_assert_cmpint (note->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  g_assert_cmpuint (count_notes (fixture, "Spoke by phone.\nRef 1"), ==, 1);
}

static void
test_note_once (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct {
    const char *fault;
    guint       n;
  } faults[] = {
    { "{\"fault\":\"cut\",\"path\":\"/v3/notes\",\"method\":\"POST\",\"after_store\":true}", 1 },
    { "{\"fault\":\"cut\",\"path\":\"/v3/notes\",\"method\":\"POST\"}", 0 },
    { "{\"fault\":\"status\",\"path\":\"/v3/notes\",\"method\":\"POST\",\"after_store\":true}", 1 },
    { "{\"fault\":\"html\",\"path\":\"/v3/notes\",\"method\":\"POST\",\"after_store\":true}", 1 },
    { "{\"fault\":\"half\",\"path\":\"/v3/notes\",\"method\":\"POST\"}", 1 },
    { "{\"fault\":\"garbage\",\"path\":\"/v3/notes\",\"method\":\"POST\"}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *body = g_strdup_printf ("Once, %u", i);
    g_autoptr (GError) error = NULL;

    order (fixture, "/sandbox/faults", faults[i].fault);
    g_assert_null (post (fixture, body, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNCLEAR);
    g_assert_cmpuint (count_notes (fixture, body), ==, faults[i].n);
  }
}

static void
test_expired_token (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialNote) note = NULL;

  g_assert_cmpuint (count_notes (fixture, "Late"), ==, 0);
  order (fixture, "/sandbox/faults", "{\"fault\":\"expire_tokens\"}");
  note = post (fixture, "Late", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_notes (fixture, "Late"), ==, 1);
}

static void
count (guint *n)
{
  (*n)++;
}

/* More than one window's worth, and not one request too many. */
static void
test_allowance (Fixture       *fixture,
                gconstpointer  data)
{
  DialAllowance allowance;
  guint n_told = 0;

  g_signal_connect_swapped (fixture->greenhouse, "allowance-changed", G_CALLBACK (count), &n_told);
  dial_greenhouse_get_allowance (fixture->greenhouse, &allowance);
  g_assert_false (allowance.known);

  order (fixture, "/sandbox/allowance", "{\"allowance\":5}");
  for (int i = 0; i < 7; i++)
    walk (fixture, DIAL_RESOURCE_JOBS, 0, NULL);

  dial_greenhouse_get_allowance (fixture->greenhouse, &allowance);
  g_assert_true (allowance.known);
  g_assert_false (allowance.unlimited);
  g_assert_cmpuint (allowance.limit, ==, 5);
  g_assert_cmpuint (allowance.remaining, <, 5);
  g_assert_cmpuint (allowance.seconds, ==, 30);
  g_assert_cmpuint (allowance.waiting, ==, 0);
  g_assert_cmpint (allowance.ends_at, >, g_get_monotonic_time () - 31 * G_USEC_PER_SEC);
  g_assert_cmpuint (dial_greenhouse_get_n_useful (fixture->greenhouse), >=, 1);
  g_assert_cmpuint (n_told, >, 0);
  g_signal_handlers_disconnect_by_data (fixture->greenhouse, &n_told);

  g_assert_cmpuint (dial_greenhouse_get_n_requests (fixture->greenhouse), ==, 7);
  g_assert_cmpuint (dial_greenhouse_get_n_refused (fixture->greenhouse), ==, 0);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/greenhouse/sandbox/check", test_check);
  add ("/greenhouse/sandbox/check-missing", test_check_missing);
  add ("/greenhouse/sandbox/check-untold", test_check_untold);
  add ("/greenhouse/sandbox/wrong-secret", test_wrong_secret);
  add ("/greenhouse/sandbox/lists", test_lists);
  add ("/greenhouse/sandbox/stretches", test_stretches);
  add ("/greenhouse/sandbox/candidate", test_candidate);
  add ("/greenhouse/sandbox/user", test_user);
  add ("/greenhouse/sandbox/note", test_note);
  add ("/greenhouse/sandbox/note-once", test_note_once);
  add ("/greenhouse/sandbox/expired-token", test_expired_token);
  add ("/greenhouse/sandbox/allowance", test_allowance);

  return g_test_run ();
}
