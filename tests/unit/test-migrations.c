/* The machinery of migrations, on schemas of its own: one step, two, and one that fails. */
#include "dial-migrations.h"
#include "dial-statement.h"
#include "dial-store.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("dialhouse-migrations-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "old.sqlite", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
migrate (Fixture     *fixture,
         const char  *folder,
         const char  *sql,
         GError     **error)
{
  g_autoptr (DialConnection) connection = dial_connection_open (fixture->path, error);

  if (connection == NULL || !dial_migrations_run (connection, fixture->path, folder, error))
    return FALSE;

  dial_connection_execute (connection, sql);
  return dial_connection_take_error (connection, error);
}

static gint64
ask (const char *path,
     const char *sql)
{
  GError *error = NULL;
  g_autoptr (DialConnection) connection = dial_connection_open (path, &error);
  gint64 answer = dial_connection_query_int64 (connection, sql);

  dial_connection_take_error (connection, &error);
  g_assert_no_error (error);
  return answer;
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".v1-backup", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (migrate (fixture, "/one/schema", "INSERT INTO people VALUES (7, 'Ada')", &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 1);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));

  /* The row goes along, and the file as it was stays beside it. */
  g_assert_true (migrate (fixture, "/two/schema", "", &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask (fixture->path, "SELECT id FROM people WHERE surname = 'of Ada'"), ==, 7);
  g_assert_cmpint (ask (backup, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (backup, "SELECT id FROM people WHERE name = 'Ada'"), ==, 7);
  g_assert_cmpint (g_stat (backup, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  /* Once is enough; and the older program keeps its hands off. */
  g_assert_true (migrate (fixture, "/two/schema", "", &error));
  g_assert_false (migrate (fixture, "/one/schema", "", &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NEWER);
}

/* A step that fails half-way leaves the version before it. */
static void
test_broken (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migrate (fixture, "/three/schema", "", &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM sqlite_schema WHERE name = "
                        "'pets'"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/migrations/steps", Fixture, NULL, set_up, test_steps, tear_down);
  g_test_add ("/migrations/broken", Fixture, NULL, set_up, test_broken, tear_down);
  return g_test_run ();
}
