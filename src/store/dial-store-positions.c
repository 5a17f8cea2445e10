#include "dial-store-private.h"

#include <glib/gi18n.h>

/* Where the walks through Greenhouse's lists are. */

static const char * const aims[DIAL_N_SYNC_AIMS] = {
  [DIAL_SYNC_AIM_RECORDS] = "records",
  [DIAL_SYNC_AIM_PRESENCE] = "presence",
};

static void
bind_key (DialStatement *statement,
          DialResource   resource,
          DialSyncAim    aim)
{
  dial_statement_bind_text (statement, dial_enum_to_nick (DIAL_TYPE_RESOURCE, resource));
  dial_statement_bind_text (statement, aims[aim]);
}

static void
read_windows (DialConnection   *connection,
              DialResource      resource,
              DialSyncPosition *position)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT created_from, created_until, next, reached, n_rows "
                             "FROM sync_windows WHERE resource = ? AND aim = ? ORDER BY number");

  bind_key (statement, resource, position->aim);
  while (dial_statement_next (statement)) {
    DialSyncWindow *window = dial_sync_window_new (dial_statement_read_int64 (statement, 0),
                                                   dial_statement_read_int64 (statement, 1));

    window->next = dial_statement_dup_text (statement, 2);
    window->reached = dial_statement_read_int64 (statement, 3);
    window->n_rows = (guint) dial_statement_read_int64 (statement, 4);
    g_ptr_array_add (position->windows, window);
  }
}

static DialSyncPosition *
read_position (DialConnection *connection,
               DialResource    resource,
               DialSyncAim     aim)
{
  DialSyncPosition *position = dial_sync_position_new ();
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT walking, run, started_at, since, by_pages, oldest, "
                             "completed_since, n_received, n_saves "
                             "FROM sync_positions WHERE resource = ? AND aim = ?");

  position->aim = aim;
  bind_key (statement, resource, aim);
  if (dial_statement_next (statement)) {
    position->walking = dial_statement_read_int64 (statement, 0) != 0;
    position->run = dial_statement_read_int64 (statement, 1);
    position->started_at = dial_statement_read_int64 (statement, 2);
    position->since = dial_statement_read_int64 (statement, 3);
    position->by_pages = dial_statement_read_int64 (statement, 4) != 0;
    position->oldest = dial_statement_read_int64 (statement, 5);
    position->completed_since = dial_statement_read_int64 (statement, 6);
    position->n_received = (guint) dial_statement_read_int64 (statement, 7);
    position->n_saves = dial_statement_read_int64 (statement, 8);
  }
  dial_statement_reset (statement);

  read_windows (connection, resource, position);
  return position;
}

/* Returns: the last walk through @resource: what is seen now, is seen by that. */
gint64
dial_sync_get_run (DialConnection *connection,
                   DialResource    resource)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT coalesce (max (run), 0) FROM sync_positions WHERE resource = ?");
  gint64 run = 0;

  dial_statement_bind_text (statement, dial_enum_to_nick (DIAL_TYPE_RESOURCE, resource));
  if (dial_statement_next (statement))
    run = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return run;
}

static void
write_windows (DialConnection         *connection,
               DialResource            resource,
               const DialSyncPosition *position)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM sync_windows WHERE resource = ? AND aim = ?");

  bind_key (statement, resource, position->aim);
  dial_statement_run (statement);

  for (guint i = 0; position->windows != NULL && i < position->windows->len; i++) {
    const DialSyncWindow *window = g_ptr_array_index (position->windows, i);

    statement = dial_connection_prepare (connection,
                                         "INSERT INTO sync_windows (resource, aim, number, "
                                         "created_from, created_until, next, reached, n_rows) "
                                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind_key (statement, resource, position->aim);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_int64 (statement, window->from);
    dial_statement_bind_int64 (statement, window->until);
    dial_statement_bind_text (statement, window->next);
    dial_statement_bind_int64 (statement, window->reached);
    dial_statement_bind_int64 (statement, window->n_rows);
    dial_statement_run (statement);
  }
}

/* A position says that all pages before were saved, so it must follow the one in the file. */
static gboolean
follows (DialConnection         *connection,
         DialResource            resource,
         const DialSyncPosition *position)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT n_saves FROM sync_positions WHERE resource = ? AND aim = ?");
  gint64 n_saves = 0;

  if (position->n_saves == 0)
    return TRUE;

  bind_key (statement, resource, position->aim);
  if (dial_statement_next (statement))
    n_saves = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return position->n_saves == n_saves + 1;
}

void
dial_sync_write_position (DialConnection         *connection,
                          DialResource            resource,
                          const DialSyncPosition *position)
{
  DialStatement *statement;

  if (!follows (connection, resource, position)) {
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                                               _("A page of candidates could not be saved, nor can "
                                                 "those behind it. Try again: it goes on from "
                                                 "there.")));
    return;
  }

  statement = dial_connection_prepare (connection,
                                       "INSERT OR REPLACE INTO sync_positions "
                                       "(resource, aim, walking, run, started_at, since, by_pages, "
                                       "oldest, completed_since, n_received, n_saves) "
                                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bind_key (statement, resource, position->aim);
  dial_statement_bind_int64 (statement, position->walking);
  dial_statement_bind_int64 (statement, position->run);
  dial_statement_bind_int64 (statement, position->started_at);
  dial_statement_bind_int64 (statement, position->since);
  dial_statement_bind_int64 (statement, position->by_pages);
  dial_statement_bind_int64 (statement, position->oldest);
  dial_statement_bind_int64 (statement, position->completed_since);
  dial_statement_bind_int64 (statement, position->n_received);
  dial_statement_bind_int64 (statement, position->n_saves);
  dial_statement_run (statement);

  write_windows (connection, resource, position);
}

static gpointer
load_positions (DialConnection *connection,
                gpointer        data,
                DialChanges    *changes)
{
  GPtrArray *positions = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_sync_position_free);

  for (DialSyncAim aim = 0; aim < DIAL_N_SYNC_AIMS; aim++)
    for (DialResource resource = 0; resource < DIAL_N_RESOURCES; resource++)
      g_ptr_array_add (positions, read_position (connection, resource, aim));

  return positions;
}

/**
 * dial_store_load_positions_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads how far all walks have come.
 */
void
dial_store_load_positions_async (DialStore           *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialRequest request = {
    .func = load_positions,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_load_positions_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_positions_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialSyncPosition): the positions, to be found at
 *   %DIAL_SYNC_POSITION_INDEX, all zero before the first walk; or %NULL with @error set
 */
GPtrArray *
dial_store_load_positions_finish (DialStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_positions_async, error);
}

static gpointer
forget_positions (DialConnection *connection,
                  gpointer        data,
                  DialChanges    *changes)
{
  /* The run counts on: rows that earlier walks saw must not look as if the next one had. */
  dial_connection_execute (connection,
                           "UPDATE sync_positions SET walking = 0, started_at = 0, since = 0, "
                           "oldest = 0, completed_since = 0, n_received = 0");
  dial_connection_execute (connection, "DELETE FROM sync_windows");
  return NULL;
}

/**
 * dial_store_forget_positions_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are forgotten
 * @user_data: for @callback
 *
 * Lets every walk through Greenhouse begin again from scratch. What it brought stays.
 */
void
dial_store_forget_positions_async (DialStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  DialRequest request = { .func = forget_positions };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_write (self, dial_store_forget_positions_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_forget_positions_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they are forgotten
 */
gboolean
dial_store_forget_positions_finish (DialStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_forget_positions_async, error);
}
