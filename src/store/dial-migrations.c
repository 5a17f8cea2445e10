#include "dial-migrations.h"

#include "dial-statement.h"
#include "dial-store-resources.h"
#include "dial-store.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* This is a static library, of which no constructor need be linked in. */
static void
register_schema (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    dial_store_register_resource ();
    g_once_init_leave (&registered, 1);
  }
}

/* The numbered files of @folder, in their order: the Nth makes a schema of version N. */
static GStrv
list_migrations (const char  *folder,
                 GError     **error)
{
  GStrv names;

  register_schema ();
  names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return NULL;

  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  return names;
}

/* Copies the file as it is beside itself, for the person who must go back to the older program. */
static void
back_up (DialConnection *connection,
         const char     *path,
         gint64          version)
{
  g_autofree char *copy = g_strdup_printf ("%s.v%" G_GINT64_FORMAT "-backup", path, version);
  DialStatement *statement;
  int fd;

  /* VACUUM INTO takes an empty file; made here, it is private from its first byte. */
  (void) g_unlink (copy);
  fd = open (copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    dial_connection_fail (connection,
                          g_error_new (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                                       _("The candidates could not be copied before they are "
                                         "updated for this Dialhouse (%s). Make room and start it "
                                         "again."), g_strerror (errno)));
    return;
  }
  close (fd);

  statement = dial_connection_prepare (connection, "VACUUM INTO ?");
  dial_statement_bind_text (statement, copy);
  dial_statement_run (statement);
}

/* One step up, in one exclusive transaction; nothing happens if another process was faster. */
static gboolean
migrate (DialConnection  *connection,
         const char      *folder,
         const char      *name,
         gint64           version,
         GError         **error)
{
  g_autofree char *resource = g_build_path ("/", folder, name, NULL);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT,
                                                  version);
  g_autoptr (GBytes) sql = NULL;

  sql = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (sql == NULL)
    return FALSE;

  dial_connection_begin (connection, "EXCLUSIVE");
  if (dial_connection_query_int64 (connection, "PRAGMA user_version") < version) {
    /* A resource's data is followed by a zero byte. */
    dial_connection_execute (connection, g_bytes_get_data (sql, NULL));
    dial_connection_execute (connection, set_version);
  }
  return dial_connection_end (connection, error);
}

/*
 * Brings the file at @path to the newest schema in @folder: each step in one exclusive transaction,
 * a copy first where there is something to lose. A file of a newer Dialhouse is refused untouched.
 */
gboolean
dial_migrations_run (DialConnection  *connection,
                     const char      *path,
                     const char      *folder,
                     GError         **error)
{
  g_auto (GStrv) names = list_migrations (folder, error);
  gint64 latest, version;

  if (names == NULL)
    return FALSE;

  latest = g_strv_length (names);
  version = dial_connection_query_int64 (connection, "PRAGMA user_version");
  if (version > latest)
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NEWER,
                                               _("These candidates were saved by a newer "
                                                 "Dialhouse. Update Dialhouse to open them.")));
  else if (version < latest &&
           dial_connection_query_int64 (connection, "SELECT count(*) FROM sqlite_schema") > 0)
    back_up (connection, path, version);
  if (!dial_connection_take_error (connection, error))
    return FALSE;

  for (; version < latest; version++) {
    if (!migrate (connection, folder, names[version], version + 1, error))
      return FALSE;
  }
  return TRUE;
}
