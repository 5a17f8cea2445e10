#include "dial-store-private.h"

/* Who asked not to get text messages. */

gboolean
dial_store_is_opted_out (DialConnection *connection,
                         const char     *e164)
{
  DialStatement *statement = dial_connection_prepare (connection, "SELECT 1 FROM opt_outs WHERE e164 = ?");
  gboolean found;

  dial_statement_bind_text (statement, e164);
  found = dial_statement_next (statement);
  dial_statement_reset (statement);
  return found;
}

typedef struct {
  char     *e164;
  gboolean  opted_out;
} OptOut;

static void
opt_out_free (gpointer data)
{
  OptOut *opt_out = data;

  g_free (opt_out->e164);
  g_free (opt_out);
}

static gpointer
set_opt_out (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  const OptOut *opt_out = data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             opt_out->opted_out ? "INSERT OR IGNORE INTO opt_outs (e164, since) VALUES (?, ?)"
                                                : "DELETE FROM opt_outs WHERE e164 = ?");

  dial_statement_bind_text (statement, opt_out->e164);
  if (opt_out->opted_out)
    dial_statement_bind_int64 (statement, g_get_real_time ());
  dial_statement_run (statement);
  changes->opt_outs |= dial_connection_get_changes (connection) > 0;
  return NULL;
}

/**
 * dial_store_set_opt_out_async:
 * @self: a store
 * @e164: a number
 * @opted_out: whether who has it asked not to get texts
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Remembers it: no text goes to that number then.
 */
void
dial_store_set_opt_out_async (DialStore           *self,
                              const char          *e164,
                              gboolean             opted_out,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = { .func = set_opt_out, .free_data = opt_out_free };
  OptOut *opt_out;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (e164 != NULL);

  opt_out = g_new0 (OptOut, 1);
  opt_out->e164 = g_strdup (e164);
  opt_out->opted_out = opted_out;
  request.data = opt_out;
  dial_store_write (self, dial_store_set_opt_out_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_set_opt_out_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is remembered
 */
gboolean
dial_store_set_opt_out_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_set_opt_out_async, error);
}

static gpointer
list_opt_outs (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  GHashTable *opt_outs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  DialStatement *statement = dial_connection_prepare (connection, "SELECT e164, since FROM opt_outs");

  while (dial_statement_next (statement))
    g_hash_table_insert (opt_outs, dial_statement_dup_text (statement, 0),
                         dial_store_id_new (dial_statement_read_int64 (statement, 1)));
  return opt_outs;
}

/**
 * dial_store_list_opt_outs_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the numbers whose people asked not to get texts.
 */
void
dial_store_list_opt_outs_async (DialStore           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = { .func = list_opt_outs, .free_result = (GDestroyNotify) g_hash_table_unref };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_list_opt_outs_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_opt_outs_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8 gint64): since when, an instant, by number in E.164; %NULL with
 *   @error set
 */
GHashTable *
dial_store_list_opt_outs_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_opt_outs_async, error);
}
