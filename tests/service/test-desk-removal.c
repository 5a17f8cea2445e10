#include "desk-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dial-secrets.h"

/* Removing an integration, and giving it new credentials: whatever is under way, wherever it is cut short. */

#define RECRUITER "oskar.venn@example.com"

static DialGreenhouseCheck *
check_now (DialIntegration  *integration,
           GError          **error)
{
  AWAIT (dial_integration_check_async (integration, NULL, on_answer, &result));
  return dial_integration_check_finish (integration, result, error);
}

/* Removing */

static gboolean
remove_now (DeskFixture      *fixture,
            DialIntegration  *integration,
            GError          **error)
{
  AWAIT (dial_desk_remove_integration_async (fixture->desk, integration, NULL, on_answer,
                                             &result));
  return dial_desk_remove_integration_finish (fixture->desk, result, error);
}

static gboolean
has_secret (const char *id)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_NO_PROMPT);
  g_autoptr (GError) error = NULL;
  g_autofree char *client_id = NULL;
  g_autofree char *secret = NULL;

  AWAIT (dial_secrets_lookup_async (secrets, id, NULL, on_answer, &result));
  if (dial_secrets_lookup_finish (secrets, result, &client_id, &secret, &error))
    return TRUE;

  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_SECRET);
  return FALSE;
}

static void
assert_no_trace (DeskFixture *fixture,
                 const char  *id)
{
  g_assert_null (dial_desk_find_integration (fixture->desk, id));
  g_assert_cmpint (count_files (fixture, id), ==, 0);
  g_assert_false (has_secret (id));
}

/* A sync is under way, and a note is on the wire: the note is answered before its file goes. */
static void
test_remove_at_work (DeskFixture   *fixture,
                     gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autoptr (DialIntegration) held = g_object_ref (integration);
  g_autoptr (GAsyncResult) sync = NULL;
  g_autoptr (GAsyncResult) carried = NULL;
  g_autoptr (GError) error = NULL;
  gint64 posted_at;

  sync_now (integration);
  g_assert_true (has_secret (id));
  write_note (integration, "On the wire.");
  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/faults",
                       "{\"fault\":\"delay\",\"delay_ms\":1500,\"after_store\":true,"
                       "\"path\":\"/v3/notes\",\"method\":\"POST\"}"));
  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/faults",
                       "{\"fault\":\"delay\",\"delay_ms\":60000,\"path\":\"/v3/candidates\","
                       "\"method\":\"GET\",\"skip\":1}"));
  g_free (ask_sandbox (fixture, fixture->sandbox, "DELETE", "/sandbox/log", NULL));
  dial_integration_flush_async (integration, NULL, on_answer, &carried);
  while (count_visits (fixture, fixture->sandbox, "/v3/notes") == 0)
    g_main_context_iteration (NULL, FALSE);
  posted_at = g_get_monotonic_time ();
  dial_integration_sync_async (integration, TRUE, NULL, on_answer, &sync);
  while (count_visits (fixture, fixture->sandbox, "/v3/candidates") < 2)
    g_main_context_iteration (NULL, FALSE);

  g_assert_true (remove_now (fixture, integration, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - posted_at, >, G_USEC_PER_SEC);
  g_assert_nonnull (sync);
  g_assert_nonnull (carried);
  g_assert_false (dial_integration_sync_finish (integration, sync, NULL, NULL));
  assert_no_trace (fixture, id);

  /* Who still holds it can do nothing with it. */
  {
    AWAIT (dial_integration_sync_async (held, FALSE, NULL, on_answer, &result));
    g_assert_false (dial_integration_sync_finish (held, result, NULL, &error));
  }
  g_assert_cmpint (count_files (fixture, id), ==, 0);
}

/* Another process is at it: nothing is deleted, and it goes on afterwards. */
static void
test_remove_held (DeskFixture   *fixture,
                  gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autoptr (DialStore) other = NULL;
  g_autoptr (GError) error = NULL;

  {
    AWAIT (dial_store_open_async (dial_store_get_path (dial_integration_get_store (integration)),
                                  NULL, on_answer, &result));
    other = dial_store_open_finish (result, NULL);
  }
  {
    AWAIT (dial_store_lock_async (other, DIAL_STORE_LOCK_COURIER, NULL, on_answer, &result));
    g_assert_true (dial_store_lock_finish (other, result, NULL));
  }

  g_assert_false (remove_now (fixture, integration, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_assert_true (has_secret (id));
  sync_now (integration);

  {
    AWAIT (dial_store_close_async (other, NULL, on_answer, &result));
  }
  g_assert_true (remove_now (fixture, integration, NULL));
  assert_no_trace (fixture, id);
}

/* What cannot be deleted at once can be removed again, now or after a restart. */
static void
test_remove_half_way (DeskFixture   *fixture,
                      gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autofree char *name = g_strconcat (id, ".sqlite-obstacle", NULL);
  g_autofree char *obstacle = g_build_filename (fixture->profile, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (obstacle, 0700), ==, 0);
  g_assert_false (remove_now (fixture, integration, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED);
  g_assert_false (has_secret (id));
  g_assert_true (dial_desk_find_integration (fixture->desk, id) == integration);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_BROKEN);
  g_clear_error (&error);
  g_assert_false (remove_now (fixture, integration, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED);

  if (data != NULL) {
    close_desk (fixture);
    open_desk (fixture, DIAL_DESK_BY_HAND);
    integration = dial_desk_find_integration (fixture->desk, id);
    g_assert_nonnull (integration);
  }

  g_rmdir (obstacle);
  g_assert_true (remove_now (fixture, integration, NULL));
  assert_no_trace (fixture, id);
}

/* A file that cannot be read keeps nobody from the others, and can be removed. */
static void
test_damaged (DeskFixture   *fixture,
              gconstpointer  data)
{
  DialIntegration *sound = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (sound));
  g_autofree char *path = g_build_filename (fixture->profile, "0000damaged.sqlite", NULL);
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new ("+12025550143", NULL, NULL);
  g_autoptr (GError) error = NULL;
  DialIntegration *broken;

  close_desk (fixture);
  g_assert_true (g_file_set_contents (path, "This is no database, whatever its name says.", -1,
                                      NULL));
  open_desk (fixture, DIAL_DESK_BY_HAND);
  sound = dial_desk_find_integration (fixture->desk, id);
  sync_now (sound);

  broken = dial_desk_find_integration (fixture->desk, "0000damaged");
  g_assert_nonnull (broken);
  g_assert_cmpint (dial_integration_get_health (broken), ==, DIAL_HEALTH_BROKEN);
  g_assert_nonnull (dial_integration_get_problem (broken));
  g_assert_false (dial_integration_is_active (broken));
  g_assert_false (set (broken, "status", "active", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_null (check_now (broken, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_clear_error (&error);

  g_assert_true (remove_now (fixture, broken, &error));
  g_assert_no_error (error);
  assert_no_trace (fixture, "0000damaged");
  g_assert_cmpint (count_files (fixture, id), >, 0);
}

/* Renewing */

static gboolean
renew (DeskFixture      *fixture,
       DialIntegration  *integration,
       DialApi           api,
       const char       *client_id,
       const char       *secret,
       GError          **error)
{
  DialNewIntegration form = { .api = api, .client_id = client_id, .secret = secret };

  AWAIT (dial_desk_renew_integration_async (fixture->desk, integration, &form, NULL, on_answer,
                                            &result));
  return dial_desk_renew_integration_finish (fixture->desk, result, error);
}

static void
test_renew_same (DeskFixture   *fixture,
                 gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  const char *client_id = dial_sandbox_get_client_id (fixture->sandbox);
  g_autoptr (GError) error = NULL;

  sync_now (integration);
  g_assert_false (renew (fixture, integration, DIAL_API_V3, client_id, "wrong", &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_clear_error (&error);
  g_assert_false (renew (fixture, integration, DIAL_API_V3, client_id, client_id, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SECRET);
  g_clear_error (&error);
  sync_now (integration);

  g_assert_true (renew (fixture, integration, DIAL_API_V3, client_id,
                        dial_sandbox_get_secret (fixture->sandbox), &error));
  g_assert_no_error (error);
  g_assert_cmpint (sync_now (integration).created, ==, 0);
}

/* The candidates of one company are not mixed with those of another. */
static void
test_renew_other_company (DeskFixture   *fixture,
                          gconstpointer  data)
{
  gboolean by_name = data != NULL;
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  DialStore *store = dial_integration_get_store (integration);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) strangers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  /* As if somebody else's candidates were stored here. */
  g_ptr_array_add (strangers, dial_candidate_new (77));
  g_ptr_array_add (strangers, dial_candidate_new (78));
  {
    AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, strangers, NULL, NULL,
                                       on_answer, &result));
    g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
  }
  g_hash_table_insert (settings, (char *) "check",
                       by_name ? (char *) "{\"ok\":true,\"permissions\":[],"
                       "\"organization\":\"Birch & Sons\"}" : NULL);
  {
    AWAIT (dial_store_save_settings_async (store, settings, NULL, on_answer, &result));
    g_assert_true (dial_store_save_settings_finish (store, result, NULL));
  }
  close_desk (fixture);
  open_desk (fixture, DIAL_DESK_BY_HAND);
  integration = dial_desk_find_integration (fixture->desk, id);

  g_assert_false (renew (fixture, integration, DIAL_API_V3,
                         dial_sandbox_get_client_id (fixture->sandbox),
                         dial_sandbox_get_secret (fixture->sandbox), &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_OTHER_COMPANY);
}

/* Killed between the keyring and the settings: what the keyring holds counts, and goes to no other door. */
static void
replace_secret (const char *id,
                const char *client_id,
                const char *secret)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_NO_PROMPT);

  AWAIT (dial_secrets_replace_async (secrets, id, "Alder", client_id, secret, NULL, on_answer,
                                     &result));
  g_assert_true (dial_secrets_store_finish (secrets, result, NULL));
}

static void
test_renew_cut_short (DeskFixture   *fixture,
                      gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  const struct {
    DialApi     api;
    const char *client_id;
    const char *secret;
  } steps[] = {
    { DIAL_API_V1, "", dial_sandbox_get_api_key (fixture->sandbox) },
    { DIAL_API_V3, dial_sandbox_get_client_id (fixture->sandbox),
      dial_sandbox_get_secret (fixture->sandbox) },
  };

  sync_now (integration);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    DialSyncSummary summary;

    close_desk (fixture);
    replace_secret (id, steps[i].client_id, steps[i].secret);
    g_free (ask_sandbox (fixture, fixture->sandbox, "DELETE", "/sandbox/log", NULL));
    open_desk (fixture, DIAL_DESK_BY_HAND);
    integration = dial_desk_find_integration (fixture->desk, id);
    g_assert_cmpint (dial_integration_get_api (integration), !=, steps[i].api);
    summary = sync_now (integration);
    g_assert_cmpint (summary.created, ==, 0);
    g_assert_cmpint (dial_integration_get_api (integration), ==, steps[i].api);
    if (steps[i].api == DIAL_API_V1)
      g_assert_cmpint (count_visits (fixture, fixture->sandbox, "/token"), ==, 0);
    else
      g_assert_cmpint (count_visits (fixture, fixture->sandbox, "/v1/candidates"), ==, 0);
  }
}

static void
add (const char  *path,
     const void  *data,
     void       (*test) (DeskFixture *, gconstpointer))
{
  g_test_add (path, DeskFixture, data, desk_fixture_set_up, test, desk_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/integrations/remove/at-work", NULL, test_remove_at_work);
  add ("/integrations/remove/held", NULL, test_remove_held);
  add ("/integrations/remove/half-way", NULL, test_remove_half_way);
  add ("/integrations/remove/half-way-and-restart", "restart", test_remove_half_way);
  add ("/integrations/remove/damaged", NULL, test_damaged);
  add ("/integrations/renew/same", NULL, test_renew_same);
  add ("/integrations/renew/other-company", NULL, test_renew_other_company);
  add ("/integrations/renew/other-name", "name", test_renew_other_company);
  add ("/integrations/renew/cut-short", NULL, test_renew_cut_short);

  return g_test_run ();
}
