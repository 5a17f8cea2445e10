#include "dial-store-private.h"

static gpointer
list_searches (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  GPtrArray *searches =
    g_ptr_array_new_with_free_func ((GDestroyNotify) dial_saved_search_free);
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT id, name, query FROM saved_searches ORDER BY id");

  while (dial_statement_next (statement)) {
    g_autoptr (DialQuery) query = dial_query_new_from_text (dial_statement_read_text (statement, 2));

    g_ptr_array_add (searches, dial_saved_search_new (dial_statement_read_int64 (statement, 0),
                                                      dial_statement_read_text (statement, 1),
                                                      query));
  }
  return searches;
}

/**
 * dial_store_list_searches_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the saved searches.
 */
void
dial_store_list_searches_async (DialStore           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = {
    .func = list_searches,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_list_searches_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_searches_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialSavedSearch): the searches, the oldest first, or %NULL
 *   with @error set
 */
GPtrArray *
dial_store_list_searches_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_searches_async, error);
}

static gpointer
save_search (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  DialSavedSearch *search = data;
  g_autofree char *query = dial_query_to_text (search->query);
  gint64 id = 0;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO saved_searches (name, query) VALUES (?, ?) "
                             "ON CONFLICT (name) DO UPDATE SET query = excluded.query RETURNING id");

  dial_statement_bind_text (statement, search->name);
  dial_statement_bind_text (statement, query);
  while (dial_statement_next (statement))
    id = dial_statement_read_int64 (statement, 0);
  changes->searches = TRUE;
  return dial_store_id_new (id);
}

/**
 * dial_store_save_search_async:
 * @self: a store
 * @name: what the recruiter calls it
 * @query: what it looks for
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Saves a search. If there is one of that name it looks for @query from now on.
 */
void
dial_store_save_search_async (DialStore           *self,
                              const char          *name,
                              const DialQuery     *query,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = {
    .func = save_search,
    .free_data = (GDestroyNotify) dial_saved_search_free,
    .free_result = g_free,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (name != NULL && query != NULL);

  request.data = dial_saved_search_new (0, name, query);
  dial_store_write (self, dial_store_save_search_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_search_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the search's id, 0 with @error set
 */
gint64
dial_store_save_search_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autofree gint64 *id = dial_store_finish (self, result, dial_store_save_search_async, error);

  return id != NULL ? *id : 0;
}

static gpointer
delete_search (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "DELETE FROM saved_searches WHERE id = ?");

  dial_statement_bind_int64 (statement, *(gint64 *) data);
  dial_statement_run (statement);
  changes->searches = dial_connection_get_changes (connection) > 0;
  return NULL;
}

/**
 * dial_store_delete_search_async:
 * @self: a store
 * @search_id: a saved search
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Deletes a saved search, if it is still there.
 */
void
dial_store_delete_search_async (DialStore           *self,
                                gint64               search_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = { .func = delete_search, .free_data = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (search_id);
  dial_store_write (self, dial_store_delete_search_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_delete_search_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is gone
 */
gboolean
dial_store_delete_search_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_delete_search_async, error);
}
