#include "dial-store-private.h"

#include <glib/gstdio.h>

/*
 * Where a store lives: on which machine, and as which file there. A store that was copied while notes
 * were waiting finds itself in another place, and knows that the original may send the same notes.
 *
 * What is written down is a digest: it tells that the place is another one, not which one it is.
 *
 * What this cannot tell apart is a whole machine that was copied, file system and all, while notes were waiting.
 * Each copy looks for a note before it sends it, so only two that send the same note within the same moment could
 * double it: Greenhouse has no way to claim a note beforehand.
 */

#define HOME_KEY "home"

static char *
read_machine_id (void)
{
  static const char * const paths[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };
  char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths) && id == NULL; i++)
    g_file_get_contents (paths[i], &id, NULL, NULL);

  return id != NULL ? id : g_strdup (g_get_host_name ());
}

/* Returns: (transfer full) (nullable): the digest; NULL for a store that is no file */
static char *
dup_home (DialConnection *connection)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT file FROM pragma_database_list WHERE name = 'main'");
  g_autofree char *machine = read_machine_id ();
  g_autofree char *place = NULL;
  GStatBuf info;
  gboolean found;

  found = dial_statement_next (statement) &&
          g_stat (dial_statement_read_text (statement, 0), &info) == 0;
  dial_statement_reset (statement);
  if (!found)
    return NULL;

  place = g_strdup_printf ("org.dialhouse.Dialhouse %s %" G_GUINT64_FORMAT, g_strstrip (machine),
                           (guint64) info.st_ino);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, place, -1);
}

/* Writes down where the store lives, if that is not known yet. */
void
dial_store_settle (DialConnection *connection)
{
  g_autofree char *home = dup_home (connection);
  DialStatement *statement;

  if (home == NULL)
    return;

  statement = dial_connection_prepare (connection,
                                       "INSERT OR IGNORE INTO settings (key, value) "
                                       "VALUES ('" HOME_KEY "', ?)");
  dial_statement_bind_text (statement, home);
  dial_statement_run (statement);
}

static gpointer
claim_notes (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  g_autofree char *home = dup_home (connection);
  DialStatement *statement;

  if (home == NULL)
    return NULL;

  dial_store_settle (connection);
  statement = dial_connection_prepare (connection,
                                       "UPDATE settings SET value = ?1 "
                                       "WHERE key = '" HOME_KEY "' AND value <> ?1");
  dial_statement_bind_text (statement, home);
  dial_statement_run (statement);
  if (dial_connection_has_failed (connection) || dial_connection_get_changes (connection) == 0)
    return NULL;

  statement = dial_connection_prepare (connection,
                                       "UPDATE outbox SET elsewhere = 1, state = 'uncertain', "
                                       "next_try_at = 0, revision = revision + 1 "
                                       "WHERE state <> 'sent' AND note_id = 0 RETURNING id");
  while (dial_statement_next (statement))
    dial_changes_add (changes->outbox, dial_statement_read_int64 (statement, 0));
  return NULL;
}

/**
 * dial_store_claim_notes_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * To be called before notes are sent. If this store is a copy of another one, the notes that were waiting
 * when it was made are marked: the original may send them too.
 */
void
dial_store_claim_notes_async (DialStore           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = { .func = claim_notes };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_write (self, dial_store_claim_notes_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_claim_notes_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is known whose the notes are
 */
gboolean
dial_store_claim_notes_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_claim_notes_async, error);
}
