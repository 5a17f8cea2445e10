/* From what a click on "Call" begins to the tel: link at the handler, the call written down before; beside the bare cost of
 * starting that handler. Under tests/support/catch-tel, which is the handler. */
#include "bench.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dial-desk.h"

#define N_CALLS 40
#define NUMBER  "+14155552671"

static char *log_path;
static char *handler;

static double
get_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Whether the handler has written its line. */
static gboolean
has_arrived (void)
{
  GStatBuf status;

  return g_stat (log_path, &status) == 0 && status.st_size > (goffset) strlen ("tel:" NUMBER);
}

static void
await_handler (void)
{
  while (!has_arrived ()) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (50);
  }
  g_unlink (log_path);
}

static void
write_integration (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, "bench.sqlite", NULL);
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialStore) store = NULL;

  g_hash_table_insert (settings, (char *) "name", (char *) "Bench");
  g_hash_table_insert (settings, (char *) "status", (char *) "active");
  g_ptr_array_add (page, dial_candidate_new (1));

  BENCH_WAIT (result, dial_store_open_async (path, NULL, bench_keep, &result));
  store = dial_store_open_finish (result, NULL);
  BENCH_WAIT (result, dial_store_save_settings_async (store, settings, NULL, bench_keep, &result));
  BENCH_WAIT (result, dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, page, NULL, NULL, bench_keep, &result));
  BENCH_WAIT (result, dial_store_close_async (store, NULL, bench_keep, &result));
}

static double
call (DialDesk        *desk,
      DialIntegration *integration)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (NUMBER, NULL, NULL);
  g_autoptr (DialPhone) phone = g_list_model_get_item (dial_desk_get_phones (desk), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCall) placed = NULL;
  double began = get_ms (), took;

  dial_desk_call_async (desk, integration, 1, number, phone, NULL, bench_keep, &result);
  await_handler ();
  took = get_ms () - began;

  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  placed = dial_desk_call_finish (desk, result, &error);
  if (placed == NULL)
    g_error ("%s", error->message);
  dial_desk_end_call (desk);
  dial_desk_drop_call (desk);
  while (dial_desk_get_call (desk) != NULL)
    g_main_context_iteration (NULL, TRUE);
  return took;
}

static double
start_handler (void)
{
  char *argv[] = { handler, (char *) "tel:" NUMBER, NULL };
  double began = get_ms ();

  if (!g_spawn_async (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL))
    g_error ("The handler does not start.");
  await_handler ();
  return get_ms () - began;
}

static void
measure (DialDesk *desk)
{
  DialIntegration *integration = dial_desk_find_integration (desk, "bench");
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));

  /* In turn, so that both have the same luck. */
  for (guint i = 0; i < N_CALLS; i++) {
    double called = call (desk, integration);
    double started = start_handler ();

    g_array_append_val (calls, called);
    g_array_append_val (bare, started);
  }

  bench_print (&(BenchFigure) {
    .figure = "from the desk to the tel link at its handler, median",
    .unit = "ms",
    .value = bench_percentile (calls, 0.5),
    .limit_name = "starting the handler",
    .limit = bench_percentile (bare, 0.5),
  });
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *profile = g_dir_make_tmp ("bench-call.XXXXXX", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  bench_begin (&argc, &argv);
  log_path = g_build_filename (g_get_user_cache_dir (), "tel.log", NULL);
  handler = g_build_filename (g_get_user_cache_dir (), "catch-tel", NULL);
  write_integration (profile);

  desk = dial_desk_new (profile, DIAL_DESK_BY_HAND);
  BENCH_WAIT (result, dial_desk_open_async (desk, NULL, bench_keep, &result));
  if (!dial_desk_open_finish (desk, result, &error))
    g_error ("%s", error->message);
  measure (desk);
  BENCH_WAIT (result, dial_desk_close_async (desk, NULL, bench_keep, &result));

  g_free (handler);
  g_free (log_path);
  return 0;
}
