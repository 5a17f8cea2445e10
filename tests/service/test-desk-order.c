#include "desk-fixture.h"

/* A note does not wait until a sync is through, nor does the sync suffer from it. */

#define N_CANDIDATES 6000
#define ALLOWANCE    4
#define WINDOW       1

typedef struct {
  DeskFixture      base;
  DialIntegration *integration;
  GAsyncResult    *synced;
} Fixture;

static DialSandbox *
start_narrow_sandbox (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  DialSandbox *sandbox;

  options.n_candidates = N_CANDIDATES;
  options.allowance = ALLOWANCE;
  options.window = WINDOW;
  options.may_inject_faults = TRUE;
  AWAIT (dial_sandbox_start_async (&options, NULL, on_answer, &result));
  sandbox = dial_sandbox_start_finish (result, &error);
  g_assert_no_error (error);
  return sandbox;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  desk_fixture_set_up (&fixture->base, NULL);
  fixture->base.other = start_narrow_sandbox ();
  fixture->integration = add_integration (&fixture->base, fixture->base.other,
                                          dial_sandbox_get_recruiter (fixture->base.other), FALSE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->synced);
  desk_fixture_tear_down (&fixture->base, NULL);
}

static void
test_note_during_sync (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  DialSyncSummary summary;

  dial_integration_sync_async (fixture->integration, FALSE, NULL, on_answer, &fixture->synced);
  while (dial_integration_get_n_candidates (fixture->integration) == 0)
    g_main_context_iteration (NULL, TRUE);

  write_note (fixture->integration, "Would move to Cork.");
  {
    AWAIT (dial_integration_flush_async (fixture->integration, NULL, on_answer, &result));
    dial_integration_flush_finish (fixture->integration, result, &error);
    g_assert_no_error (error);
  }
  g_assert_true (dial_integration_is_syncing (fixture->integration));

  wait_for (&fixture->synced);
  dial_integration_sync_finish (fixture->integration, fixture->synced, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpint (summary.candidates, ==, N_CANDIDATES);
  g_assert_cmpint (summary.refused, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/desk/order/note-during-sync", Fixture, NULL, set_up, test_note_during_sync, tear_down);

  return g_test_run ();
}
