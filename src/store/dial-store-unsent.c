#include "dial-store-private.h"

/* What is not known to be in Greenhouse, of an outbox that keeps all that ever was sent. */

static void
unsent_free (gpointer data)
{
  DialUnsent *unsent = data;

  g_object_unref (unsent->item);
  g_clear_object (&unsent->candidate);
  g_free (unsent);
}

static void
read_rows (DialConnection *connection,
           DialStatement  *statement,
           GPtrArray      *rows)
{
  while (dial_statement_next (statement)) {
    DialUnsent *unsent = g_new0 (DialUnsent, 1);

    unsent->item = dial_store_read_outbox_item (statement);
    g_ptr_array_add (rows, unsent);
  }
}

static gpointer
load_unsent (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  GArray *ids = data;
  GPtrArray *rows = g_ptr_array_new_with_free_func (unsent_free);

  if (ids == NULL)
    read_rows (connection,
               dial_connection_prepare (connection,
                                        "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox "
                                        "WHERE state <> 'sent' ORDER BY id"), rows);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox "
                               "WHERE id = ? AND state <> 'sent'");

    dial_statement_bind_int64 (statement, g_array_index (ids, gint64, i));
    read_rows (connection, statement, rows);
  }

  for (guint i = 0; i < rows->len; i++) {
    DialUnsent *unsent = g_ptr_array_index (rows, i);

    unsent->candidate = dial_store_read_candidate (connection, unsent->item->candidate_id);
  }
  return rows;
}

/**
 * dial_store_load_unsent_async:
 * @self: a store
 * @ids: (nullable) (element-type gint64): of which notes of the outbox, %NULL for all
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads those notes that are not known to be in Greenhouse. However many were sent before costs nothing.
 */
void
dial_store_load_unsent_async (DialStore           *self,
                              GArray              *ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = {
    .func = load_unsent,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  if (ids != NULL) {
    request.data = dial_store_copy_ids (ids);
    request.free_data = (GDestroyNotify) g_array_unref;
  }
  dial_store_read (self, dial_store_load_unsent_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_unsent_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialUnsent): the notes, oldest first, or %NULL with @error set
 */
GPtrArray *
dial_store_load_unsent_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_unsent_async, error);
}

static gpointer
count_unsent (DialConnection *connection,
              gpointer        data,
              DialChanges    *changes)
{
  return dial_store_id_new (dial_connection_query_int64 (connection,
                                                         "SELECT count (*) FROM outbox WHERE state <> 'sent'"));
}

/**
 * dial_store_count_unsent_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts the notes that are not known to be in Greenhouse.
 */
void
dial_store_count_unsent_async (DialStore           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DialRequest request = { .func = count_unsent, .free_result = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_count_unsent_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_count_unsent_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: how many, or -1 with @error set
 */
gint64
dial_store_count_unsent_finish (DialStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autofree gint64 *n = dial_store_finish (self, result, dial_store_count_unsent_async, error);

  return n != NULL ? *n : -1;
}
