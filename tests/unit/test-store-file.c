/* The file itself: whose it is, what it refuses, what survives. */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;

static void
test_private (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *suffixes[] = { "", "-wal", "-shm", ".lock" };

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  }
  g_assert_cmpstr (dial_store_get_path (fixture->store), ==, fixture->path);
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
assert_refused (const char *path,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store (path, &error));
  g_assert_error (error, DIAL_STORE_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strstr (error->message, path));
}

static void
test_newer (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  close_store (g_steal_pointer (&fixture->store));
  run_sql (fixture->path, "PRAGMA user_version = 9999");
  g_file_get_contents (fixture->path, &before, &n_before, NULL);
  assert_refused (fixture->path, DIAL_STORE_ERROR_NEWER);
  g_file_get_contents (fixture->path, &after, &n_after, NULL);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_no_folder (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "alder.sqlite", NULL);
  g_autofree char *lock = g_strconcat (fixture->folder, ".lock", NULL);

  assert_refused (path, DIAL_STORE_ERROR_READ_ONLY);
  assert_refused (fixture->folder, DIAL_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_unlink (lock), ==, 0);
}

/* An empty file, and one with something else in it from before there were versions: it is copied
 * aside, private, and then brought up to date. */
static void
test_migrates (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.sqlite", NULL);
  g_autofree char *old = g_build_filename (fixture->folder, "old.sqlite", NULL);
  g_autofree char *backup = g_strconcat (old, ".v0-backup", NULL);
  g_autofree char *no_backup = g_strconcat (empty, ".v0-backup", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  DialStore *store;

  g_assert_true (g_file_set_contents_full (empty, "", 0, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  store = open_store (empty, &error);
  g_assert_no_error (error);
  save_record (store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", NULL));
  close_store (store);
  g_assert_false (g_file_test (no_backup, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (empty, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  run_sql (old, "CREATE TABLE former (id INTEGER PRIMARY KEY); INSERT INTO former VALUES (42)");
  store = open_store (old, &error);
  g_assert_no_error (error);
  save_record (store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", NULL));
  close_store (store);
  g_assert_cmpint (g_stat (backup, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  run_sql (backup, "SELECT id FROM former");
  run_sql (old, "SELECT former.id FROM former, candidates");
}

static void
run_sql_file (const char *path,
              const char *folder,
              const char *name)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, folder, name, NULL);
  g_autofree char *sql = NULL;
  GError *error = NULL;

  g_file_get_contents (file, &sql, NULL, &error);
  g_assert_no_error (error);
  run_sql (path, sql);
}

/* A file from before there were places: everybody is found again, a moment after it was opened, and nothing
 * that belongs to them is lost. */
static void
test_first_schema (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const struct {
    const char *text;
    const char *found;
  } searches[] = {
    { "", "3 2 1 6409000001" }, { "mueller", "1" }, { "zhang", "3" }, { "night", "2" }, { "5678", "1" },
    { "baker", "1" }, { "bea.fir@example.com", "2" }, { "cleo", "6409000001" },
  };
  g_autoptr (DialQuery) by_contact = dial_query_new ("");
  g_autofree char *contacted = NULL;
  g_autofree char *n_kept = NULL;
  g_autofree char *check = NULL;
  GError *error = NULL;

  close_store (g_steal_pointer (&fixture->store));
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  run_sql_file (fixture->path, "../src/store/schema", "001-first.sql");
  run_sql_file (fixture->path, "fixtures/migrations", "store-v1.sql");
  fixture->store = open_store (fixture->path, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autofree char *found = search_ids (fixture->store, searches[i].text);

    while (!g_str_equal (found, searches[i].found)) {
      g_free (found);
      g_usleep (1000);
      found = search_ids (fixture->store, searches[i].text);
    }
  }

  by_contact->order = DIAL_ORDER_CONTACT;
  contacted = find_ids (fixture->store, by_contact);
  g_assert_cmpstr (contacted, ==, "2 3 1 6409000001");
  n_kept = store_fixture_sql (fixture, "SELECT (SELECT count(*) FROM candidates) || ' ' || "
                              "(SELECT count(*) FROM notes) || ' ' || (SELECT count(*) FROM drafts) || "
                              "' ' || (SELECT count(*) FROM outbox) || ' ' || "
                              "(SELECT count(*) FROM unindexed)");
  g_assert_cmpstr (n_kept, ==, "4 1 1 1 0");
  check = store_fixture_sql (fixture, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
}

static void
test_closed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) drafted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialStore) store = g_steal_pointer (&fixture->store);
  g_autofree char *text = NULL;

  /* What is queued is done first. */
  dial_store_save_draft_async (store, 1, "half a sentence", NULL, keep, &drafted);
  WAIT (result, dial_store_close_async (store, NULL, keep, &result));
  g_assert_true (dial_store_close_finish (store, result, &error));
  g_assert_nonnull (drafted);
  g_assert_true (dial_store_save_draft_finish (store, drafted, &error));
  text = store_fixture_sql (fixture, "SELECT text FROM drafts WHERE candidate_id = 1");
  g_assert_cmpstr (text, ==, "half a sentence");

  WAIT (result, dial_store_count_candidates_async (store, NULL, keep, &result));
  g_assert_cmpint (dial_store_count_candidates_finish (store, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* A store that is let go of with writes in its queue still writes them. */
static void
test_let_go (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  dial_store_save_draft_async (fixture->store, 1, "last words", NULL, keep, &result);
  g_clear_object (&fixture->store);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  text = store_fixture_sql (fixture, "SELECT text FROM drafts WHERE candidate_id = 1");
  g_assert_cmpstr (text, ==, "last words");
}

static gboolean
lock (DialStore    *store,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_lock_async (store, DIAL_STORE_LOCK_COURIER, cancellable, keep, &result));
  return dial_store_lock_finish (store, result, error);
}

static gboolean
on_cancel_due (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
assert_locked (DialStore *store)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (250, on_cancel_due, cancellable);
  g_assert_false (lock (store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_lock (StoreFixture  *fixture,
           gconstpointer  data)
{
  GError *error = NULL;
  DialStore *other = open_store (fixture->path, &error);
  g_autoptr (GAsyncResult) waiting = NULL;

  g_assert_no_error (error);
  g_assert_true (lock (fixture->store, NULL, &error));
  assert_locked (other);
  assert_locked (fixture->store);

  /* Given back, it goes to who waits. */
  dial_store_lock_async (other, DIAL_STORE_LOCK_COURIER, NULL, keep, &waiting);
  dial_store_unlock (fixture->store, DIAL_STORE_LOCK_COURIER);
  while (waiting == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dial_store_lock_finish (other, waiting, &error));
  assert_locked (fixture->store);

  /* A closed store holds nothing. */
  g_clear_object (&waiting);
  close_store (other);
  g_assert_true (lock (fixture->store, NULL, &error));
  dial_store_unlock (fixture->store, DIAL_STORE_LOCK_COURIER);
}

/* The other process of the two tests below: holds the lock, and saves drafts and notes, telling of
 * each once it is confirmed, until it is killed. */
G_NORETURN static void
run_child (const char *path)
{
  GError *error = NULL;
  DialStore *store = open_store (path, &error);

  g_assert_no_error (error);
  g_assert_true (lock (store, NULL, &error));
  for (gint64 i = 1;; i++) {
    g_autofree char *text = g_strdup_printf ("text %" G_GINT64_FORMAT, i);
    g_autoptr (DialOutboxItem) item = make_note (i, text);
    g_autoptr (GAsyncResult) result = NULL;
    gint64 id;

    WAIT (result, dial_store_save_draft_async (store, i, text, NULL, keep, &result));
    g_assert_true (dial_store_save_draft_finish (store, result, &error));
    WAIT (result, dial_store_queue_note_async (store, item, NULL, i % 2 == 0, NULL, keep, &result));
    id = dial_store_queue_note_finish (store, result, &error);
    g_assert_no_error (error);
    printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", i, id);
    fflush (stdout);
  }
}

static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  const char *argv[] = { program, "--child", fixture->path, NULL };
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *check = NULL;
  gint64 last = 0;
  GError *error = NULL;

  for (guint round = 0; round < 4; round++) {
    g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                       &error);
    g_autofree char *n_rows = NULL;
    g_autofree char *sql = NULL;

    g_assert_no_error (error);
    g_clear_object (&lines);
    lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

    for (guint i = 0; i < 7 + 5 * round; i++) {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      last = g_ascii_strtoll (line, NULL, 10);
      if (i == 0)
        assert_locked (fixture->store);
    }

    g_subprocess_force_exit (child);
    g_subprocess_wait (child, NULL, NULL);

    /* The lock died with it; all it confirmed is there. */
    g_assert_true (lock (fixture->store, NULL, &error));
    dial_store_unlock (fixture->store, DIAL_STORE_LOCK_COURIER);
    sql = g_strdup_printf ("SELECT count (DISTINCT candidate_id) FROM outbox WHERE candidate_id <= "
                           "%"
                           G_GINT64_FORMAT " AND body = 'text ' || candidate_id", last);
    n_rows = store_fixture_sql (fixture, sql);
    g_assert_cmpint (g_ascii_strtoll (n_rows, NULL, 10), ==, last);
    g_clear_pointer (&n_rows, g_free);
    g_clear_pointer (&sql, g_free);
    sql = g_strdup_printf ("SELECT count(*) FROM drafts WHERE candidate_id <= "
                           "%" G_GINT64_FORMAT, last);
    n_rows = store_fixture_sql (fixture, sql);
    g_assert_cmpint (g_ascii_strtoll (n_rows, NULL, 10), ==, last - last / 2);
  }

  check = store_fixture_sql (fixture, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    run_child (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-file/private", test_private);
  STORE_TEST ("/store-file/newer", test_newer);
  STORE_TEST ("/store-file/no-folder", test_no_folder);
  STORE_TEST ("/store-file/migrates", test_migrates);
  STORE_TEST ("/store-file/first-schema", test_first_schema);
  STORE_TEST ("/store-file/closed", test_closed);
  STORE_TEST ("/store-file/let-go", test_let_go);
  STORE_TEST ("/store-file/lock", test_lock);
  STORE_TEST ("/store-file/killed", test_killed);
  return g_test_run ();
}
