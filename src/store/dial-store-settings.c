#include "dial-store-private.h"

#include "dial-rescue.h"

static gpointer
load_settings (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "SELECT key, value FROM settings");

  while (dial_statement_next (statement))
    g_hash_table_replace (settings, dial_statement_dup_text (statement, 0),
                          dial_statement_dup_text (statement, 1));
  return settings;
}

/**
 * dial_store_load_settings_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads the integration's own settings.
 */
void
dial_store_load_settings_async (DialStore           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = {
    .func = load_settings,
    .free_result = (GDestroyNotify) g_hash_table_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_load_settings_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_load_settings_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8 utf8): text by key, or %NULL with @error set
 */
GHashTable *
dial_store_load_settings_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_settings_async, error);
}

static gpointer
save_settings (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    DialStatement *statement;

    if (value == NULL) {
      statement = dial_connection_prepare (connection, "DELETE FROM settings WHERE key = ?");
      dial_statement_bind_text (statement, key);
    } else {
      statement = dial_connection_prepare (connection,
                                           "INSERT INTO settings (key, value) VALUES (?, ?) "
                                           "ON CONFLICT (key) DO UPDATE SET value = "
                                           "excluded.value");
      dial_statement_bind_text (statement, key);
      dial_statement_bind_text (statement, value);
    }
    dial_statement_run (statement);
  }

  if (!dial_connection_has_failed (connection)) {
    g_autoptr (GHashTable) all = load_settings (connection, NULL, NULL);

    dial_rescue_keep_settings (dial_connection_get_path (connection), all);
  }
  return NULL;
}

/**
 * dial_store_save_settings_async:
 * @self: a store
 * @settings: (element-type utf8 utf8): text by key; %NULL as a value removes the key
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are on disk
 * @user_data: for @callback
 *
 * Saves the settings named in @settings and leaves all others alone.
 */
void
dial_store_save_settings_async (DialStore           *self,
                                GHashTable          *settings,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = { .func = save_settings, .free_data = (GDestroyNotify) g_hash_table_unref };
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key, value;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (settings != NULL);

  /* The caller may go on writing to its table. */
  copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));

  request.data = copy;
  dial_store_write (self, dial_store_save_settings_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_save_settings_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they are saved
 */
gboolean
dial_store_save_settings_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_settings_async, error);
}
