#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "dial-desk.h"
#include "dial-history.h"
#include "dial-sandbox.h"

/* The desk at work against the sandbox: the main job, what a crash leaves, and every way a note can fail
 * to arrive. */

#define N_CANDIDATES 40

typedef struct {
  char            *profile;
  DialSandbox     *sandbox;
  SoupSession     *session;
  DialDesk        *desk;
  DialIntegration *integration;
  gint64           candidate_id;
} Fixture;

/* Waiting for an answer */

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *answer;
}

#define AWAIT(call) \
  g_autoptr (GAsyncResult) result = NULL; \
  call; \
  wait_for (&result)

static char *
ask_sandbox (Fixture    *fixture,
             const char *method,
             const char *path,
             const char *json)
{
  g_autofree char *url = g_strconcat (dial_sandbox_get_web_url (fixture->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  if (json != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }

  AWAIT (soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                           on_answer, &result));
  body = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (soup_message_get_status (message) / 100, ==, 2);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
set (Fixture    *fixture,
     const char *key,
     const char *value)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dial_integration_set_async (fixture->integration, key, value, NULL, on_answer, &result));
  dial_integration_set_finish (fixture->integration, result, &error);
  g_assert_no_error (error);
}

static void
open_desk (Fixture       *fixture,
           DialDeskFlags  flags)
{
  g_autoptr (GError) error = NULL;
  DialNewIntegration form = {
    .name = "Sandbox",
    .subdomain = "sandbox",
    .client_id = dial_sandbox_get_client_id (fixture->sandbox),
    .secret = dial_sandbox_get_secret (fixture->sandbox),
    .recruiter_email = dial_sandbox_get_recruiter (fixture->sandbox),
    .harvest_url = dial_sandbox_get_harvest_url (fixture->sandbox),
    .auth_url = dial_sandbox_get_auth_url (fixture->sandbox),
  };

  fixture->desk = dial_desk_new (fixture->profile, DIAL_DESK_SANDBOX | flags);
  {
    AWAIT (dial_desk_open_async (fixture->desk, NULL, on_answer, &result));
    dial_desk_open_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }

  AWAIT (dial_desk_connect_sandbox_async (fixture->desk, &form, NULL, on_answer, &result));
  fixture->integration = dial_desk_connect_sandbox_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  g_assert_true (dial_integration_is_active (fixture->integration));
  set (fixture, "note-patience", "4");
}

static void
close_desk (Fixture *fixture)
{
  DialDesk *desk;

  {
    AWAIT (dial_desk_close_async (fixture->desk, NULL, on_answer, &result));
    g_assert_true (dial_desk_close_finish (fixture->desk, result, NULL));
  }
  g_clear_object (&fixture->integration);

  /* A worker thread that helped may let go of the desk a moment later; nobody may keep it. */
  desk = fixture->desk;
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  g_clear_object (&fixture->desk);
  while (g_atomic_pointer_get (&desk) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

static DialSyncSummary
sync_now (Fixture  *fixture,
          gboolean  full)
{
  DialSyncSummary summary = { 0 };
  g_autoptr (GError) error = NULL;

  AWAIT (dial_integration_sync_async (fixture->integration, full, NULL, on_answer, &result));
  dial_integration_sync_finish (fixture->integration, result, &summary, &error);
  g_assert_no_error (error);
  return summary;
}

static GPtrArray *
search (Fixture    *fixture,
        const char *text)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;

  {
    AWAIT (dial_store_search_async (store, query, 0, NULL, on_answer, &result));
    findings = dial_store_search_finish (store, result, NULL);
    places = dial_places_list (findings->places, G_MAXUINT);
  }
  {
    AWAIT (dial_store_load_candidates_async (store, places, NULL, on_answer, &result));
    return dial_store_load_candidates_finish (store, result, NULL);
  }
}

static DialCandidate *
load (Fixture *fixture,
      gint64   id)
{
  DialStore *store = dial_integration_get_store (fixture->integration);

  AWAIT (dial_store_load_candidate_async (store, id, NULL, on_answer, &result));
  return dial_store_load_candidate_finish (store, result, NULL);
}

static DialPhoneNumber *
callable_number (DialCandidate *candidate)
{
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *number = g_ptr_array_index (candidate->phones, i);
    const char *e164 = dial_phone_number_get_e164 (number);

    /* The sandbox's phone takes some last digits for busy and the like. */
    if (dial_phone_number_can_call (number) && strchr ("123", e164[strlen (e164) - 1]) == NULL)
      return number;
  }

  return NULL;
}

static DialCandidate *
find_callable (Fixture *fixture)
{
  g_autoptr (GPtrArray) found = search (fixture, "");

  for (guint i = 0; i < found->len; i++) {
    g_autoptr (DialCandidate) candidate =
      load (fixture, DIAL_CANDIDATE (g_ptr_array_index (found, i))->id);

    if (callable_number (candidate) != NULL)
      return g_steal_pointer (&candidate);
  }

  g_assert_not_reached ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCandidate) candidate = NULL;

  fixture->profile = g_dir_make_tmp ("desk.XXXXXX", &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();

  options.n_candidates = N_CANDIDATES;
  options.allowance = 0;
  options.may_inject_faults = TRUE;
  AWAIT (dial_sandbox_start_async (&options, NULL, on_answer, &result));
  fixture->sandbox = dial_sandbox_start_finish (result, &error);
  g_assert_no_error (error);

  open_desk (fixture, DIAL_DESK_BY_HAND);
  sync_now (fixture, FALSE);
  candidate = find_callable (fixture);
  fixture->candidate_id = candidate->id;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (fixture->desk != NULL)
    close_desk (fixture);
  dial_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
  g_clear_object (&fixture->session);

  dir = g_dir_open (fixture->profile, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->profile, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->profile);
  g_free (fixture->profile);
}

/* Notes */

static gint64
write_note (Fixture    *fixture,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  AWAIT (dial_integration_write_note_async (fixture->integration, fixture->candidate_id, text,
                                            DIAL_VISIBILITY_PRIVATE, NULL, on_answer, &result));
  id = dial_integration_write_note_finish (fixture->integration, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gboolean
flush (Fixture  *fixture,
       GError  **error)
{
  AWAIT (dial_integration_flush_async (fixture->integration, NULL, on_answer, &result));
  return dial_integration_flush_finish (fixture->integration, result, error);
}

static DialOutboxItem *
outbox_item (Fixture *fixture,
             gint64   id)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (GPtrArray) items = NULL;

  AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
  items = dial_store_list_outbox_finish (store, result, NULL);
  for (guint i = 0; i < items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (items, i);

    if (item->id == id)
      return g_object_ref (item);
  }

  return NULL;
}

static int
count_on_page (Fixture    *fixture,
               const char *text)
{
  g_autofree char *path = g_strdup_printf ("/people/%" G_GINT64_FORMAT, fixture->candidate_id);
  g_autofree char *page = ask_sandbox (fixture, "GET", path, NULL);
  int n = 0;

  for (const char *p = strstr (page, text); p != NULL; p = strstr (p + 1, text))
    n++;

  return n;
}

/* The main job */

static void
wait_for_state (DialCall      *call,
                DialCallState  state)
{
  while (dial_call_get_state (call) != state)
    g_main_context_iteration (NULL, TRUE);
}

static DialCall *
call_somebody (Fixture *fixture)
{
  g_autoptr (DialCandidate) candidate = load (fixture, fixture->candidate_id);
  g_autoptr (GError) error = NULL;
  DialCall *call;

  AWAIT (dial_desk_call_async (fixture->desk, fixture->integration, candidate->id,
                               callable_number (candidate), NULL, NULL, on_answer, &result));
  call = dial_desk_call_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  return call;
}

static void
test_main_job (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCall) call = call_somebody (fixture);
  g_autoptr (DialOutboxItem) item = NULL;
  g_autofree char *preview = NULL;
  g_autoptr (GError) error = NULL;
  const char *tags[] = { "Interested", NULL };
  DialWrapUp wrap_up = {
    .outcome = DIAL_OUTCOME_ANSWERED,
    .tags = tags,
    .text = "Wants the window seat by the plane tree.",
    .visibility = DIAL_VISIBILITY_PRIVATE,
  };
  gint64 id;

  wait_for_state (call, DIAL_CALL_STATE_ACTIVE);
  dial_desk_end_call (fixture->desk);
  wait_for_state (call, DIAL_CALL_STATE_ENDED);

  preview = dial_desk_preview_note (fixture->desk, &wrap_up);
  {
    AWAIT (dial_desk_wrap_up_async (fixture->desk, &wrap_up, NULL, on_answer, &result));
    id = dial_desk_wrap_up_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }
  g_assert_null (dial_desk_get_call (fixture->desk));

  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_WAITING);
  g_assert_cmpstr (item->body, ==, preview);

  g_assert_true (flush (fixture, &error));
  g_assert_no_error (error);
  g_clear_object (&item);
  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (item->note_id, >, 0);
  g_assert_cmpint (item->author_id, >, 0);
  g_assert_cmpint (count_on_page (fixture, "window seat by the plane tree"), ==, 1);
  g_assert_cmpint (count_on_page (fixture, item->reference), ==, 1);
}

static void
test_one_call_at_a_time (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (DialCall) call = call_somebody (fixture);
  g_autoptr (DialCandidate) candidate = load (fixture, fixture->candidate_id);
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_call_async (fixture->desk, fixture->integration, candidate->id,
                               callable_number (candidate), NULL, NULL, on_answer, &result));
  g_assert_null (dial_desk_call_finish (fixture->desk, result, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
  dial_desk_drop_call (fixture->desk);
  g_assert_null (dial_desk_get_call (fixture->desk));
}

/* The program went away in mid-call: the call waits for its wrap-up at the next start. */
static void
test_restored (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCall) call = call_somebody (fixture);
  g_autofree char *uid = g_strdup (dial_call_get_uid (call));

  wait_for_state (call, DIAL_CALL_STATE_ACTIVE);
  g_clear_object (&call);
  close_desk (fixture);

  open_desk (fixture, DIAL_DESK_DEFAULT);
  while (dial_desk_get_call (fixture->desk) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (dial_call_get_uid (dial_desk_get_call (fixture->desk)), ==, uid);
  g_assert_cmpint (dial_call_get_state (dial_desk_get_call (fixture->desk)), ==,
                   DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (dial_call_get_duration (dial_desk_get_call (fixture->desk)), ==, -1);
}

/* One call is one row, with what Greenhouse says of it. */
static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DialHistory) history = NULL;
  guint n_before;
  g_autoptr (DialHistoryEntry) entry = NULL;

  history = dial_history_new (fixture->integration, fixture->candidate_id);
  dial_history_refresh (history);
  while (dial_history_is_loading (history))
    g_main_context_iteration (NULL, TRUE);

  write_note (fixture, "Asked about the plane tree.");
  g_assert_true (flush (fixture, NULL));
  dial_history_refresh (history);
  do {
    g_main_context_iteration (NULL, TRUE);
    g_clear_object (&entry);
    entry = g_list_model_get_item (G_LIST_MODEL (history), 0);
  } while (entry == NULL || dial_history_entry_get_note (entry) == NULL ||
           dial_history_entry_get_item (entry) == NULL);

  g_assert_cmpint (dial_history_entry_get_kind (entry), ==, DIAL_HISTORY_NOTE);
  g_assert_nonnull (dial_history_entry_get_author (entry));
  g_assert_null (dial_history_get_problem (history));

  /* The same once more changes nothing. */
  n_before = g_list_model_get_n_items (G_LIST_MODEL (history));
  sync_now (fixture, FALSE);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, n_before);
}

/* Once, whatever happens */

#define ON_POST "\"path\":\"/v3/notes\",\"method\":\"POST\""
#define ON_LIST "\"path\":\"/v3/notes\",\"method\":\"GET\""
#define CUT_AFTER_STORE "{\"fault\":\"cut\",\"after_store\":true," ON_POST "}"

static const char *faults[] = {
  "{\"fault\":\"cut\"," ON_POST "}",
  CUT_AFTER_STORE,
  "{\"fault\":\"status\",\"status\":500," ON_POST "}",
  "{\"fault\":\"status\",\"status\":500,\"after_store\":true," ON_POST "}",
  "{\"fault\":\"html\",\"after_store\":true," ON_POST "}",
  "{\"fault\":\"half\"," ON_POST "}",
  "{\"fault\":\"garbage\"," ON_POST "}",
  "{\"fault\":\"redirect\"," ON_POST "}",
  "{\"fault\":\"status\",\"status\":503,\"times\":2," ON_LIST "}",
  "{\"fault\":\"lag\",\"lists\":2}",
  "{\"fault\":\"expire_tokens\"}",
  "{\"fault\":\"status\",\"status\":429,\"retry_after\":1," ON_POST "}",
};

static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  const char *fault = data;
  g_autoptr (DialOutboxItem) item = NULL;
  gint64 id = write_note (fixture, "Once and only once.");

  g_free (ask_sandbox (fixture, "POST", "/sandbox/faults", fault));
  flush (fixture, NULL);
  flush (fixture, NULL);

  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (count_on_page (fixture, "Once and only once."), ==, 1);
}

/* The sender was killed after Greenhouse had stored the note, or before: who comes next looks. */
static void
test_orphan (Fixture       *fixture,
             gconstpointer  data)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  gint64 id = write_note (fixture, "Sent by somebody who is gone.");
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (DialOutboxItem) orphan = NULL;

  g_assert_true (flush (fixture, NULL));
  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_SENT);

  orphan = dial_outbox_item_copy (item);
  orphan->state = DIAL_OUTBOX_STATE_SENDING;
  orphan->note_id = 0;
  {
    AWAIT (dial_store_save_outbox_item_async (store, orphan, NULL, on_answer, &result));
    g_assert_true (dial_store_save_outbox_item_finish (store, result, NULL));
  }

  g_assert_true (flush (fixture, NULL));
  g_clear_object (&item);
  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (item->attempts, ==, 1);
  g_assert_cmpint (count_on_page (fixture, "Sent by somebody who is gone."), ==, 1);
}

/* Where nothing can be looked up, a person decides; the note is not repeated. */
static void
test_may_not_look (Fixture       *fixture,
                   gconstpointer  data)
{
  gint64 id = write_note (fixture, "Nobody can tell.");
  g_autoptr (DialOutboxItem) item = NULL;

  g_free (ask_sandbox (fixture, "POST", "/sandbox/scopes",
                       "{\"scope\":\"harvest:notes:list\",\"granted\":false}"));
  g_free (ask_sandbox (fixture, "POST", "/sandbox/faults", CUT_AFTER_STORE));
  flush (fixture, NULL);
  flush (fixture, NULL);

  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_UNCERTAIN);
  g_assert_nonnull (strstr (item->error, "harvest:notes:list"));
  g_assert_cmpint (count_on_page (fixture, "Nobody can tell."), ==, 1);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 id = write_note (fixture, "No right to write.");
  g_autoptr (DialOutboxItem) item = NULL;

  g_free (ask_sandbox (fixture, "POST", "/sandbox/scopes",
                       "{\"scope\":\"harvest:notes:create\",\"granted\":false}"));
  flush (fixture, NULL);
  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_REFUSED);
  g_assert_nonnull (strstr (item->error, "harvest:notes:create"));

  g_free (ask_sandbox (fixture, "POST", "/sandbox/scopes",
                       "{\"scope\":\"harvest:notes:create\",\"granted\":true}"));
  g_assert_true (flush (fixture, NULL));
  g_clear_object (&item);
  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_SENT);
}

static void
test_unknown_author (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  {
    AWAIT (dial_integration_set_async (fixture->integration, "as", "nobody@example.org", NULL,
                                       on_answer, &result));
    g_assert_true (dial_integration_set_finish (fixture->integration, result, NULL));
  }
  id = write_note (fixture, "By whom?");
  g_assert_false (flush (fixture, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR);

  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_WAITING);
  g_assert_nonnull (item->error);
  g_assert_cmpint (count_on_page (fixture, "By whom?"), ==, 0);
}

/* Switched off, nothing syncs, calls or leaves; and everything is kept. */
static void
test_inactive (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCandidate) candidate = load (fixture, fixture->candidate_id);
  g_autoptr (GError) error = NULL;
  gint64 id = write_note (fixture, "Kept.");
  g_autoptr (DialOutboxItem) item = NULL;

  {
    AWAIT (dial_integration_set_async (fixture->integration, "status", "inactive", NULL, on_answer,
                                       &result));
    g_assert_true (dial_integration_set_finish (fixture->integration, result, NULL));
  }

  g_assert_false (flush (fixture, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE);
  g_clear_error (&error);
  {
    AWAIT (dial_integration_sync_async (fixture->integration, FALSE, NULL, on_answer, &result));
    g_assert_false (dial_integration_sync_finish (fixture->integration, result, NULL, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE);
    g_clear_error (&error);
  }
  {
    AWAIT (dial_desk_call_async (fixture->desk, fixture->integration, candidate->id,
                                 callable_number (candidate), NULL, NULL, on_answer, &result));
    g_assert_null (dial_desk_call_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE);
  }

  item = outbox_item (fixture, id);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_WAITING);
}

static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  AWAIT (dial_desk_remove_integration_async (fixture->desk, fixture->integration, NULL, on_answer,
                                             &result));
  dial_desk_remove_integration_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_list_model_get_n_items (dial_desk_get_integrations (fixture->desk)), ==, 0);

  dir = g_dir_open (fixture->profile, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, dial_integration_get_id (fixture->integration)));
}

/* What is wrong is said before anything is saved. */
static void
test_wrong_form (Fixture       *fixture,
                 gconstpointer  data)
{
  const struct {
    const char *name;
    const char *subdomain;
    const char *client_id;
    const char *secret;
    int         code;
  } forms[] = {
    { " ", "alder", "id", "secret", DIAL_DESK_ERROR_FIELD_NAME },
    { "Alder", "al der!", "id", "secret", DIAL_DESK_ERROR_FIELD_SUBDOMAIN },
    { "Alder", "alder", "\n", "secret", DIAL_DESK_ERROR_FIELD_CLIENT_ID },
    { "Alder", "alder", "id", " ", DIAL_DESK_ERROR_FIELD_SECRET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    DialNewIntegration form = {
      .name = forms[i].name,
      .subdomain = forms[i].subdomain,
      .client_id = forms[i].client_id,
      .secret = forms[i].secret,
    };
    g_autoptr (GError) error = NULL;

    AWAIT (dial_desk_add_integration_async (fixture->desk, &form, FALSE, NULL, on_answer,
                                            &result));
    g_assert_null (dial_desk_add_integration_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, forms[i].code);
    g_assert_cmpint (g_list_model_get_n_items (dial_desk_get_integrations (fixture->desk)), ==, 1);
  }
}

/* A credential that is refused leaves neither a file nor a keyring entry. */
static void
test_wrong_secret (Fixture       *fixture,
                   gconstpointer  data)
{
  DialNewIntegration form = {
    .name = "Wrong",
    .subdomain = "alder",
    .client_id = dial_sandbox_get_client_id (fixture->sandbox),
    .secret = "not-the-secret",
    .harvest_url = dial_sandbox_get_harvest_url (fixture->sandbox),
    .auth_url = dial_sandbox_get_auth_url (fixture->sandbox),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  int n_stores = 0;

  AWAIT (dial_desk_add_integration_async (fixture->desk, &form, TRUE, NULL, on_answer, &result));
  g_assert_null (dial_desk_add_integration_finish (fixture->desk, result, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_assert_null (strstr (error->message, "not-the-secret"));
  g_assert_null (strstr (error->message, form.client_id));

  dir = g_dir_open (fixture->profile, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    n_stores += g_str_has_suffix (name, ".sqlite");
  g_assert_cmpint (n_stores, ==, 1);
}

static void
test_sync (Fixture       *fixture,
           gconstpointer  data)
{
  DialSyncSummary again = sync_now (fixture, FALSE);
  DialSyncSummary full = sync_now (fixture, TRUE);

  g_assert_true (again.complete);
  g_assert_cmpint (again.candidates, ==, N_CANDIDATES);
  g_assert_cmpint (again.created, ==, 0);
  g_assert_true (full.complete);
  g_assert_cmpint (full.candidates, ==, N_CANDIDATES);
  g_assert_cmpint (full.forgotten, ==, 0);
}

static void
add (const char  *path,
     const void  *data,
     void       (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/desk/main-job", NULL, test_main_job);
  add ("/desk/one-call-at-a-time", NULL, test_one_call_at_a_time);
  add ("/desk/restored", NULL, test_restored);
  add ("/desk/history", NULL, test_history);
  add ("/desk/sync", NULL, test_sync);
  add ("/desk/inactive", NULL, test_inactive);
  add ("/desk/removed", NULL, test_removed);
  add ("/desk/wrong-form", NULL, test_wrong_form);
  add ("/desk/wrong-secret", NULL, test_wrong_secret);
  add ("/courier/orphan", NULL, test_orphan);
  add ("/courier/may-not-look", NULL, test_may_not_look);
  add ("/courier/refused", NULL, test_refused);
  add ("/courier/unknown-author", NULL, test_unknown_author);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/courier/once/%u", i);

    add (path, faults[i], test_once);
  }

  return g_test_run ();
}
