#include "dial-store-private.h"

/* Addresses are the same whatever the case, whatever spaces a form brought along. */
char *
dial_store_fold_email (const char *address)
{
  g_autofree char *stripped = g_utf8_make_valid (address, -1);

  return g_utf8_casefold (g_strstrip (stripped), -1);
}

static DialUser *
read_user (DialStatement *statement)
{
  DialUser *user = dial_user_new (dial_statement_read_int64 (statement, 0));
  g_autofree char *emails = dial_store_dup_nonnull (statement, 3);

  user->name = dial_statement_dup_text (statement, 1);
  user->primary_email = dial_statement_dup_text (statement, 2);
  g_strfreev (user->emails);
  user->emails = g_strsplit (emails, "\n", -1);
  user->deactivated = dial_statement_read_int64 (statement, 4) != 0;
  user->site_admin = dial_statement_read_int64 (statement, 5) != 0;
  user->updated_at = dial_statement_read_int64 (statement, 6);
  return user;
}

/* Somebody who still works there before somebody who left; a primary address before another. */
static gpointer
find_user (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  DialUser *user = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id, name, primary_email, emails, deactivated, site_admin, "
                             "updated_at "
                             "FROM users JOIN user_emails ON user_id = id WHERE address = ?1 "
                             "ORDER BY deactivated, lower (primary_email) IS NOT ?1, id LIMIT 1");

  dial_statement_bind_text (statement, data);
  if (dial_statement_next (statement))
    user = read_user (statement);
  dial_statement_reset (statement);
  return user;
}

/**
 * dial_store_find_user_async:
 * @self: a store
 * @email: an address, in any case
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the person in Greenhouse with that address, primary or not. Somebody who was deactivated is
 * found only where nobody else has the address.
 */
void
dial_store_find_user_async (DialStore           *self,
                            const char          *email,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = { .func = find_user, .free_data = g_free, .free_result = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (email != NULL);

  request.data = dial_store_fold_email (email);
  dial_store_read (self, dial_store_find_user_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_find_user_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the user, or %NULL: without @error nobody has the address
 */
DialUser *
dial_store_find_user_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dial_store_finish (self, result, dial_store_find_user_async, error);
}
