/* Pages wait in memory to be written: a sync asks for no more of them than the disk can take. */
#include "desk-fixture.h"
#include "dial-integration-private.h"

#include <sqlite3.h>

#define N_CANDIDATES 200

static void
set_up (DeskFixture   *fixture,
        gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  fixture->profile = g_dir_make_tmp ("pages.XXXXXX", NULL);
  fixture->session = soup_session_new ();
  options.n_candidates = N_CANDIDATES;
  options.allowance = 0;
  options.may_inject_faults = TRUE;
  {
    AWAIT (dial_sandbox_start_async (&options, NULL, on_answer, &result));
    fixture->sandbox = dial_sandbox_start_finish (result, &error);
    g_assert_no_error (error);
  }
  open_desk (fixture, DIAL_DESK_BY_HAND);
}

/* One who wrote, and so holds up everybody who wants to. */
static sqlite3 *
hold_up_writers (DialIntegration *integration)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (dial_store_get_path (integration->store), &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  g_assert_cmpint (sqlite3_exec (handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return handle;
}

/* What is under way arrives meanwhile: the sandbox answers in turn. */
static guint
count_pages_asked_for (DeskFixture *fixture)
{
  return count_visits (fixture, fixture->sandbox, "/v3/candidates") +
         count_visits (fixture, fixture->sandbox, "/v3/applications");
}

static void
test_slow_disk (DeskFixture   *fixture,
                gconstpointer  data)
{
  DialIntegration *integration = add_integration (fixture, fixture->sandbox, NULL, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DialSyncSummary summary = { 0 };
  guint n_asked = 0, n_waiting;
  sqlite3 *holder;

  dial_sync_set_page_size (integration->sync, 1);
  dial_integration_sync_async (integration, FALSE, NULL, on_answer, &result);
  while (count_pages_asked_for (fixture) == 0)
    g_main_context_iteration (NULL, FALSE);

  holder = hold_up_writers (integration);
  while (dial_store_get_n_pages (integration->store) < 2)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++)
    n_asked = count_pages_asked_for (fixture);

  /* Those that were on their way when the second began to wait: at most sixteen walk side by side. */
  n_waiting = dial_store_get_n_pages (integration->store);
  g_assert_cmpuint (n_waiting, <=, 2 + 16);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpuint (count_pages_asked_for (fixture), ==, n_asked);
  g_assert_cmpuint (dial_store_get_n_pages (integration->store), ==, n_waiting);

  g_assert_cmpint (sqlite3_exec (holder, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (holder);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dial_integration_sync_finish (integration, result, &summary, &error));
  g_assert_no_error (error);
  g_assert_true (summary.complete);
  g_assert_cmpuint (count_pages_asked_for (fixture), >, N_CANDIDATES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync-pages/slow-disk", DeskFixture, NULL, set_up, test_slow_disk, desk_fixture_tear_down);
  return g_test_run ();
}
