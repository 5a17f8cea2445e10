#include "desk-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dial-secrets.h"

/* What an admin does with integrations: settings, who I am, the check; and several at once. */

#define RECRUITER   "oskar.venn@example.com"
#define SECONDARY   "oskar@alderworks.example"
#define RECRUITER_ID "5400012002"

static void
withdraw (DeskFixture *fixture,
          const char  *scope)
{
  g_autofree char *json = g_strdup_printf ("{\"scope\":\"%s\",\"granted\":false}", scope);

  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/scopes", json));
}

/* Settings */

static const struct {
  const char *key;
  const char *typed;
  const char *kept;    /* NULL where it is refused */
  int         code;
} values[] = {
  { "contact-tag", " Hiring ", "Hiring", 0 },
  { "contact-tag", " ", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "contact-tag", "a, b", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "note-fields", " tags,number ", "number, tags", 0 },
  { "note-fields", "none", "none", 0 },
  { "note-fields", "", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "note-fields", "none, tags", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "note-fields", "weather", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "quick-tags", "Visa;  visa , Relocates,", "Visa, Relocates", 0 },
  { "quick-tags", "", "", 0 },
  { "quick-tags", "1,2,3,4,5,6,7,8,9,10", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "call-numbers", "+44 20 7946 0958, +44 (20) 7946 0958\n+1 202 555 0143",
    "+442079460958, +12025550143", 0 },
  { "call-numbers", "", "", 0 },
  { "call-numbers", "+44 20 7946 0958, nonsense", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "sms-numbers", "+12025550143;", "+12025550143", 0 },
  { "stop-tags", " Do not contact ,, Sued us,", "Do not contact, Sued us", 0 },
  { "stop-tags", "", "", 0 },
  { "colour", "purple", "purple", 0 },
  { "colour", "mauve", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "acting-user", " 4002 ", "4002", 0 },
  { "acting-user", "https://app.greenhouse.io/account/users/4002?x=1", "4002", 0 },
  { "acting-user", "", "", 0 },
  { "acting-user", "oskar", NULL, DIAL_DESK_ERROR_FIELD_ACTING_USER },
  { "acting-user", "-3", NULL, DIAL_DESK_ERROR_FIELD_ACTING_USER },
  { "recruiter-id", "12", "12", 0 },
  { "recruiter-id", "12a", NULL, DIAL_DESK_ERROR_FIELD_KEY },
  { "as", "oskar", NULL, DIAL_DESK_ERROR_FIELD_EMAIL },
  { "check", "{}", NULL, DIAL_DESK_ERROR_FIELD_KEY },
};

static void
test_settings (DeskFixture   *fixture,
               gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autofree char *tag = dial_integration_dup_setting (integration, "contact-tag");
  g_autofree char *kept = NULL;

  g_assert_cmpstr (tag, ==, "Greenhouse");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (GError) error = NULL;
    gboolean taken = set (integration, values[i].key, values[i].typed, &error);
    g_autofree char *value = dial_integration_dup_setting (integration, values[i].key);

    if (values[i].kept != NULL) {
      g_assert_no_error (error);
      g_assert_true (taken);
      g_assert_cmpstr (value, ==, values[i].kept);
    } else {
      g_assert_false (taken);
      g_assert_error (error, DIAL_DESK_ERROR, values[i].code);
    }
  }

  close_desk (fixture);
  open_desk (fixture, DIAL_DESK_BY_HAND);
  integration = dial_desk_find_integration (fixture->desk, id);
  g_assert_cmpstr (dial_integration_get_colour (integration), ==, "purple");
  kept = dial_integration_dup_setting (integration, "sms-numbers");
  g_assert_cmpstr (kept, ==, "+12025550143");
}

static void
test_bad_number_is_quoted (DeskFixture   *fixture,
                           gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_false (set (integration, "call-numbers", "+12025550143\n12x4", &error));
  g_assert_nonnull (strstr (error->message, "“12x4”"));
  g_assert_null (strstr (error->message, "0143"));
}

/* Who I am */

static DialUser *
find_user (DialIntegration *integration,
           const char      *text,
           guint            n)
{
  g_autoptr (GPtrArray) users = NULL;

  AWAIT (dial_integration_find_users_async (integration, text, 0, NULL, on_answer, &result));
  users = dial_integration_find_users_finish (integration, result, NULL);
  g_assert_cmpint (users->len, ==, n);
  return n > 0 ? g_object_ref (g_ptr_array_index (users, 0)) : NULL;
}

static void
set_recruiter (DialIntegration *integration,
               DialUser        *user)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dial_integration_set_recruiter_async (integration, user, NULL, on_answer, &result));
  g_assert_true (dial_integration_set_recruiter_finish (integration, result, &error));
  g_assert_no_error (error);
}

static void
wait_for_recruiter (DialIntegration *integration,
                    gboolean         known)
{
  while ((dial_integration_get_recruiter (integration) != NULL) != known)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
flush (DialIntegration  *integration,
       GError          **error)
{
  AWAIT (dial_integration_flush_async (integration, NULL, on_answer, &result));
  return dial_integration_flush_finish (integration, result, error);
}

static void
test_users (DeskFixture   *fixture,
            gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);
  g_autoptr (DialUser) oskar = NULL;
  g_autoptr (DialUser) tobias = NULL;
  g_autoptr (DialUser) by_address = NULL;
  const char *leavers[] = { "Padraig", "bertil", "Former", "Payroll", "Service User", "zzz" };

  sync_now (integration);
  oskar = find_user (integration, "venn osk", 1);
  g_assert_cmpstr (oskar->primary_email, ==, RECRUITER);
  tobias = find_user (integration, "krahenbuhl", 1);
  by_address = find_user (integration, "oskar@alder", 1);
  g_assert_cmpint (by_address->id, ==, oskar->id);
  for (guint i = 0; i < G_N_ELEMENTS (leavers); i++)
    g_assert_null (find_user (integration, leavers[i], 0));
}

static void
test_recruiter (DeskFixture   *fixture,
                gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);
  g_autoptr (DialUser) oskar = NULL;
  g_autoptr (DialOutboxItem) unsigned_item = NULL;
  g_autoptr (DialOutboxItem) signed_item = NULL;
  g_autofree char *id = NULL;
  gint64 note;

  sync_now (integration);
  g_assert_null (dial_integration_get_recruiter (integration));
  g_assert_nonnull (strstr (dial_integration_get_author_problem (integration), "Call by"));
  note = write_note (integration, "Who wrote this?");
  g_assert_true (flush (integration, NULL));
  unsigned_item = get_item (integration, note);
  g_assert_true (g_str_has_prefix (unsigned_item->body, "Note by "));
  g_assert_null (strstr (unsigned_item->body, "Unknown"));
  g_assert_cmpint (unsigned_item->state, ==, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (unsigned_item->author_id, ==, 0);

  oskar = find_user (integration, "oskar", 1);
  set_recruiter (integration, oskar);
  wait_for_recruiter (integration, TRUE);
  g_assert_null (dial_integration_get_author_problem (integration));
  g_assert_cmpstr (dial_integration_get_recruiter_email (integration), ==, RECRUITER);
  note = write_note (integration, "I did.");
  g_assert_true (flush (integration, NULL));
  signed_item = get_item (integration, note);
  g_assert_true (g_str_has_prefix (signed_item->body, "I did."));
  g_assert_cmpint (signed_item->author_id, ==, oskar->id);

  /* An address takes the place of who was chosen, and the other way round. */
  g_assert_true (set (integration, "as", SECONDARY, NULL));
  id = dial_integration_dup_setting (integration, "recruiter-id");
  g_assert_cmpstr (id, ==, "");
  wait_for_recruiter (integration, TRUE);
  g_assert_cmpint (dial_integration_get_recruiter (integration)->id, ==, oskar->id);

  set_recruiter (integration, NULL);
  wait_for_recruiter (integration, FALSE);
  g_assert_cmpstr (dial_integration_get_recruiter_email (integration), ==, "");
}

/* Known from the form on, before anything was synced. */
static void
test_recruiter_of_the_form (DeskFixture   *fixture,
                            gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, SECONDARY, TRUE);

  wait_for_recruiter (integration, TRUE);
  g_assert_null (dial_integration_get_author_problem (integration));
  g_assert_cmpint (dial_integration_get_n_candidates (integration), ==, 0);
}

static void
test_deactivated (DeskFixture   *fixture,
                  gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 note;

  sync_now (integration);
  wait_for_recruiter (integration, TRUE);
  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/users",
                       "{\"action\":\"deactivate\",\"id\":" RECRUITER_ID "}"));
  sync_now (integration);
  wait_for_recruiter (integration, FALSE);
  g_assert_nonnull (strstr (dial_integration_get_author_problem (integration), "deactivated"));

  note = write_note (integration, "Too late.");
  g_assert_false (flush (integration, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR_LEFT);
  item = get_item (integration, note);
  g_assert_cmpint (item->state, ==, DIAL_OUTBOX_STATE_WAITING);
}

/* Nobody has the address: no signature takes its place. */
static void
test_unknown_address (DeskFixture   *fixture,
                      gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, "no@example.org", FALSE);
  g_autoptr (DialOutboxItem) item = NULL;

  sync_now (integration);
  while (dial_integration_get_author_problem (integration) == NULL ||
         strstr (dial_integration_get_author_problem (integration), "no@example.org") == NULL)
    g_main_context_iteration (NULL, TRUE);
  item = get_item (integration, write_note (integration, "Waits."));
  g_assert_true (g_str_has_prefix (item->body, "Waits."));
}

/* The check */

static DialGreenhouseCheck *
check_now (DialIntegration  *integration,
           GError          **error)
{
  AWAIT (dial_integration_check_async (integration, NULL, on_answer, &result));
  return dial_integration_check_finish (integration, result, error);
}

static void
test_check (DeskFixture   *fixture,
            gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, FALSE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autoptr (DialGreenhouseCheck) check = NULL;
  g_autoptr (DialGreenhouseCheck) limited = NULL;
  g_autoptr (DialGreenhouseCheck) broken = NULL;

  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_UNKNOWN);
  g_assert_null (dial_integration_get_check (integration));
  check = check_now (integration, NULL);
  g_assert_true (check->ok);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_GOOD);

  withdraw (fixture, "harvest:jobs:list");
  limited = check_now (integration, NULL);
  g_assert_true (limited->ok);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_LIMITED);

  withdraw (fixture, "harvest:candidates:list");
  broken = check_now (integration, NULL);
  g_assert_false (broken->ok);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_BROKEN);

  close_desk (fixture);
  open_desk (fixture, DIAL_DESK_BY_HAND);
  integration = dial_desk_find_integration (fixture->desk, id);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_BROKEN);
  g_assert_cmpint (dial_integration_get_check (integration)->permissions->len, ==,
                   broken->permissions->len);
  for (guint i = 0; i < broken->permissions->len; i++) {
    DialPermission *kept = g_ptr_array_index (dial_integration_get_check (integration)->permissions,
                                              i);
    DialPermission *found = g_ptr_array_index (broken->permissions, i);

    g_assert_cmpstr (kept->name, ==, found->name);
    g_assert_cmpstr (kept->scope, ==, found->scope);
    g_assert_cmpstr (kept->advice, ==, found->advice);
    g_assert_cmpint (kept->granted, ==, found->granted);
    g_assert_cmpint (kept->required, ==, found->required);
  }
  g_assert_cmpstr (dial_integration_get_check (integration)->organization, ==,
                   broken->organization);
}

/* Why nothing could be found is kept too, until something works. */
static void
test_failed_check (DeskFixture   *fixture,
                   gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, FALSE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  g_autoptr (GError) error = NULL;

  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/credential",
                       "{\"secret\":\"expired\"}"));
  g_assert_null (check_now (integration, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_BROKEN);

  close_desk (fixture);
  open_desk (fixture, DIAL_DESK_BY_HAND);
  integration = dial_desk_find_integration (fixture->desk, id);
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_BROKEN);
  g_assert_cmpstr (dial_integration_get_problem (integration), ==, error->message);

  g_free (ask_sandbox (fixture, fixture->sandbox, "POST", "/sandbox/credential",
                       "{\"secret\":\"ok\"}"));
  sync_now (integration);
  g_assert_null (dial_integration_get_problem (integration));
  g_assert_cmpint (dial_integration_get_health (integration), ==, DIAL_HEALTH_GOOD);
}

/* Two who ask at once share a run; who loses patience is answered alone. */
static void
test_shared_check (DeskFixture   *fixture,
                   gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (DialGreenhouseCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  dial_integration_check_async (integration, cancellable, on_answer, &first);
  dial_integration_check_async (integration, NULL, on_answer, &second);
  g_assert_true (dial_integration_is_checking (integration));
  g_cancellable_cancel (cancellable);
  wait_for (&first);
  g_assert_null (dial_integration_check_finish (integration, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (second);

  wait_for (&second);
  check = dial_integration_check_finish (integration, second, NULL);
  g_assert_nonnull (check);
  g_assert_false (dial_integration_is_checking (integration));
  g_assert_cmpint (count_visits (fixture, fixture->sandbox, "/introspect"), ==, 1);
}

/* A desk that works by itself looks what has changed, once. */
static void
test_checks_by_itself (DeskFixture   *fixture,
                       gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autofree char *id = g_strdup (dial_integration_get_id (integration));
  guint n_before;

  close_desk (fixture);
  withdraw (fixture, "harvest:candidates:list");
  n_before = count_visits (fixture, fixture->sandbox, "/introspect");
  open_desk (fixture, DIAL_DESK_DEFAULT);
  integration = dial_desk_find_integration (fixture->desk, id);
  while (dial_integration_get_check (integration)->ok)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (count_visits (fixture, fixture->sandbox, "/introspect"), ==, n_before + 1);

  /* The next refusal is no news. */
  for (guint i = 0; i < 2; i++) {
    AWAIT (dial_integration_sync_async (integration, FALSE, NULL, on_answer, &result));
    g_assert_false (dial_integration_sync_finish (integration, result, NULL, NULL));
    g_assert_false (dial_integration_is_checking (integration));
  }
  g_assert_cmpint (count_visits (fixture, fixture->sandbox, "/introspect"), ==, n_before + 1);
}

static void
test_report (DeskFixture   *fixture,
             gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  g_autoptr (DialGreenhouseCheck) check = NULL;
  g_autofree char *report = NULL;
  const char *nowhere[] = {
    dial_sandbox_get_client_id (fixture->sandbox), dial_sandbox_get_secret (fixture->sandbox),
    RECRUITER, "Oskar", "Venn", "Service User",
  };

  withdraw (fixture, "harvest:jobs:list");
  check = check_now (integration, NULL);
  report = dial_integration_dup_report (integration);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_null (strstr (report, nowhere[i]));
  for (guint i = 0; i < check->permissions->len; i++)
    g_assert_nonnull (strstr (report, ((DialPermission *) check->permissions->pdata[i])->name));
  g_assert_nonnull (strstr (report, "(harvest:jobs:list): missing, useful"));
  g_assert_nonnull (strstr (report, "(harvest:candidates:list): granted"));
  g_assert_nonnull (strstr (report, check->organization));
}

/* Several */

static void
test_several (DeskFixture   *fixture,
              gconstpointer  data)
{
  DialIntegration *first = add_integration (fixture, fixture->sandbox, RECRUITER, TRUE);
  DialIntegration *second;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) others = NULL;

  fixture->other = start_sandbox (7);
  second = add_integration (fixture, fixture->other, NULL, TRUE);
  g_assert_cmpstr (dial_integration_get_colour (first), ==, "blue");
  g_assert_cmpstr (dial_integration_get_colour (second), ==, "green");
  g_assert_true (dial_desk_find_by_store (fixture->desk, dial_integration_get_store (second)) ==
                 second);

  sync_now (first);
  g_assert_cmpint (dial_integration_get_n_candidates (second), ==, 0);
  sync_now (second);
  ids = all_ids (first);
  others = all_ids (second);
  g_assert_cmpint (ids->len, >, 0);
  g_assert_cmpint (others->len, >, 0);

  /* Each has its own credentials, and what befalls one does not touch the other. */
  g_free (ask_sandbox (fixture, fixture->other, "POST", "/sandbox/credential",
                       "{\"secret\":\"expired\"}"));
  g_free (ask_sandbox (fixture, fixture->other, "POST", "/sandbox/faults",
                       "{\"fault\":\"expire_tokens\"}"));
  {
    AWAIT (dial_integration_sync_async (second, FALSE, NULL, on_answer, &result));
    g_assert_false (dial_integration_sync_finish (second, result, NULL, NULL));
  }
  sync_now (first);
  g_assert_cmpint (dial_integration_get_health (first), ==, DIAL_HEALTH_GOOD);
  g_assert_cmpint (dial_integration_get_health (second), ==, DIAL_HEALTH_BROKEN);
}

/* The files have random names; people see them by theirs. */
static void
test_order (DeskFixture   *fixture,
            gconstpointer  data)
{
  static const char * const names[] = { "Cedar", "Alder", "Birch" };
  static const char * const sorted[] = { "Alder", "Birch", "Cedar" };
  GListModel *integrations;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);

    AWAIT (dial_integration_set_async (integration, "name", names[i], NULL, on_answer, &result));
    g_assert_true (dial_integration_set_finish (integration, result, NULL));
  }

  close_desk (fixture);
  open_desk (fixture, DIAL_DESK_BY_HAND);
  integrations = dial_desk_get_integrations (fixture->desk);
  g_assert_cmpint (g_list_model_get_n_items (integrations), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    g_assert_cmpstr (dial_integration_get_name (integration), ==, sorted[i]);
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

  add ("/integrations/settings", NULL, test_settings);
  add ("/integrations/bad-number-is-quoted", NULL, test_bad_number_is_quoted);
  add ("/integrations/users", NULL, test_users);
  add ("/integrations/recruiter", NULL, test_recruiter);
  add ("/integrations/recruiter-of-the-form", NULL, test_recruiter_of_the_form);
  add ("/integrations/deactivated", NULL, test_deactivated);
  add ("/integrations/unknown-address", NULL, test_unknown_address);
  add ("/integrations/check", NULL, test_check);
  add ("/integrations/failed-check", NULL, test_failed_check);
  add ("/integrations/shared-check", NULL, test_shared_check);
  add ("/integrations/checks-by-itself", NULL, test_checks_by_itself);
  add ("/integrations/report", NULL, test_report);
  add ("/integrations/several", NULL, test_several);
  add ("/integrations/order", NULL, test_order);

  return g_test_run ();
}
