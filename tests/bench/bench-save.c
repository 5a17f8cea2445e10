/* From "Save" to the word that a note is on the disk, beside one bare commit of SQLite that waits for the disk too. */
#include "bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define N_NOTES 300
#define TEXT "Wants hybrid, two days a week in the office; free from 5 January.\n\nDialhouse 23456789bc"

static double
get_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static double
save_note (DialStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialOutboxItem) item = dial_outbox_item_new (0);
  double began = get_ms ();

  item->candidate_id = 1;
  item->created_at = g_get_real_time ();
  dial_set_str (&item->reference, "23456789bc");
  dial_set_str (&item->body, TEXT);
  BENCH_WAIT (result, dial_store_queue_note_async (store, item, NULL, TRUE, NULL, bench_keep, &result));
  if (dial_store_queue_note_finish (store, result, NULL) == 0)
    g_error ("The note was not saved.");

  return get_ms () - began;
}

static void
run_sql (sqlite3    *handle,
         const char *sql)
{
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
}

/* In the same folder, so on the same disk. */
static sqlite3 *
open_bare (const char *path)
{
  sqlite3 *handle;

  if (sqlite3_open (path, &handle) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  run_sql (handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)");
  return handle;
}

static double
commit_bare (sqlite3 *handle)
{
  double began = get_ms ();

  run_sql (handle, "INSERT INTO notes (body) VALUES ('" TEXT "')");
  return get_ms () - began;
}

static void
print (const char *figure,
       GArray     *values,
       GArray     *bare,
       double      part)
{
  bench_print (&(BenchFigure) {
    .figure = figure,
    .unit = "ms",
    .value = bench_percentile (values, part),
    .limit_name = "a bare commit with fsync",
    .limit = bench_percentile (bare, part),
  });
}

int
main (int    argc,
      char **argv)
{
  DialStore *store;
  sqlite3 *handle;
  g_autofree char *path = NULL;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));

  bench_begin (&argc, &argv);
  store = bench_open_store ();
  path = g_strconcat (dial_store_get_path (store), ".bare", NULL);
  handle = open_bare (path);

  /* In turn, so that both have the same luck. */
  for (guint i = 0; i < N_NOTES; i++) {
    double saved = save_note (store);
    double committed = commit_bare (handle);

    g_array_append_val (values, saved);
    g_array_append_val (bare, committed);
  }
  print ("save to durable, median", values, bare, 0.5);
  print ("save to durable, p99", values, bare, 0.99);

  sqlite3_close (handle);
  g_unlink (path);
  bench_close_store (store);
  return 0;
}
