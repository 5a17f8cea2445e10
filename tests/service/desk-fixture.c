#include "desk-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_CANDIDATES 30

void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

void
wait_for (GAsyncResult **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
}

DialSandbox *
start_sandbox (guint32 seed)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  DialSandbox *sandbox;

  options.n_candidates = N_CANDIDATES;
  options.seed = seed;
  options.allowance = 0;
  options.may_inject_faults = TRUE;
  AWAIT (dial_sandbox_start_async (&options, NULL, on_answer, &result));
  sandbox = dial_sandbox_start_finish (result, &error);
  g_assert_no_error (error);
  return sandbox;
}

void
desk_fixture_set_up (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->profile = g_dir_make_tmp ("desk.XXXXXX", &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  fixture->sandbox = start_sandbox (20261123);
  open_desk (fixture, DIAL_DESK_BY_HAND);
}

void
open_desk (DeskFixture   *fixture,
           DialDeskFlags  flags)
{
  g_autoptr (GError) error = NULL;

  fixture->desk = dial_desk_new (fixture->profile, flags);
  AWAIT (dial_desk_open_async (fixture->desk, NULL, on_answer, &result));
  dial_desk_open_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

void
close_desk (DeskFixture *fixture)
{
  DialDesk *desk;

  {
    AWAIT (dial_desk_close_async (fixture->desk, NULL, on_answer, &result));
    g_assert_true (dial_desk_close_finish (fixture->desk, result, NULL));
  }

  /* A worker thread that helped may let go of the desk a moment later; nobody may keep it. */
  desk = fixture->desk;
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  g_clear_object (&fixture->desk);
  while (g_atomic_pointer_get (&desk) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

void
desk_fixture_tear_down (DeskFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (fixture->desk != NULL)
    close_desk (fixture);
  dial_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
  if (fixture->other != NULL)
    dial_sandbox_stop (fixture->other);
  g_clear_object (&fixture->other);
  g_clear_object (&fixture->session);

  dir = g_dir_open (fixture->profile, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->profile, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->profile);
  g_free (fixture->profile);
}

char *
ask_sandbox (DeskFixture *fixture,
             DialSandbox *sandbox,
             const char  *method,
             const char  *path,
             const char  *json)
{
  g_autofree char *url = g_strconcat (dial_sandbox_get_web_url (sandbox), path, NULL);
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

/* How often somebody asked for @path, as far as the sandbox remembers. */
guint
count_visits (DeskFixture *fixture,
              DialSandbox *sandbox,
              const char  *path)
{
  g_autofree char *log = ask_sandbox (fixture, sandbox, "GET", "/sandbox/log", NULL);
  g_autofree char *wanted = g_strdup_printf ("\"path\":\"%s\"", path);
  guint n = 0;

  for (const char *p = strstr (log, wanted); p != NULL; p = strstr (p + 1, wanted))
    n++;

  return n;
}

DialIntegration *
add_integration (DeskFixture *fixture,
                 DialSandbox *sandbox,
                 const char  *email,
                 gboolean     check)
{
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (GError) error = NULL;
  DialNewIntegration form = {
    .name = "Alder",
    .subdomain = "alder",
    .client_id = dial_sandbox_get_client_id (sandbox),
    .secret = dial_sandbox_get_secret (sandbox),
    .recruiter_email = email,
    .harvest_url = dial_sandbox_get_harvest_url (sandbox),
    .auth_url = dial_sandbox_get_auth_url (sandbox),
  };

  {
    AWAIT (dial_desk_add_integration_async (fixture->desk, &form, check, NULL, on_answer,
                                            &result));
    integration = dial_desk_add_integration_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }

  g_assert_true (set (integration, "status", "active", NULL));
  return integration;   /* the desk's */
}

gboolean
set (DialIntegration  *integration,
     const char       *key,
     const char       *value,
     GError          **error)
{
  AWAIT (dial_integration_set_async (integration, key, value, NULL, on_answer, &result));
  return dial_integration_set_finish (integration, result, error);
}

DialSyncSummary
sync_now (DialIntegration *integration)
{
  DialSyncSummary summary = { 0 };
  g_autoptr (GError) error = NULL;

  AWAIT (dial_integration_sync_async (integration, FALSE, NULL, on_answer, &result));
  dial_integration_sync_finish (integration, result, &summary, &error);
  g_assert_no_error (error);
  return summary;
}

/* The ids of who is found by @text, in their order. */
GArray *
find_ids (DialStore  *store,
          const char *text)
{
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  {
    AWAIT (dial_store_search_async (store, query, 0, NULL, on_answer, &result));
    findings = dial_store_search_finish (store, result, NULL);
    places = dial_places_list (findings->places, G_MAXUINT);
  }
  {
    AWAIT (dial_store_load_candidates_async (store, places, NULL, on_answer, &result));
    candidates = dial_store_load_candidates_finish (store, result, NULL);
  }
  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (ids, DIAL_CANDIDATE (g_ptr_array_index (candidates, i))->id);
  return ids;
}

GArray *
all_ids (DialIntegration *integration)
{
  return find_ids (dial_integration_get_store (integration), "");
}

gint64
write_note (DialIntegration *integration,
            const char      *text)
{
  g_autoptr (GArray) ids = all_ids (integration);
  g_autoptr (GError) error = NULL;
  gint64 id;

  AWAIT (dial_integration_write_note_async (integration, g_array_index (ids, gint64, 0), text,
                                            DIAL_VISIBILITY_PUBLIC, NULL, on_answer, &result));
  id = dial_integration_write_note_finish (integration, result, &error);
  g_assert_no_error (error);
  return id;
}

DialOutboxItem *
get_item (DialIntegration *integration,
          gint64           id)
{
  DialStore *store = dial_integration_get_store (integration);
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

/* How many files in the profile have to do with the integration @id. */
guint
count_files (DeskFixture *fixture,
             const char  *id)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->profile, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, id);

  return n;
}
