#include "dial-fold.h"
#include "dial-store-private.h"

#include <string.h>

#define USER_COLUMNS "id, name, primary_email, emails, deactivated, site_admin, updated_at"

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
                             "SELECT " USER_COLUMNS " FROM users JOIN user_emails ON user_id = id WHERE address = ?1 "
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

static gpointer
load_user (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  DialUser *user = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT " USER_COLUMNS " FROM users WHERE id = ?");

  dial_statement_bind_int64 (statement, *(gint64 *) data);
  if (dial_statement_next (statement))
    user = read_user (statement);
  dial_statement_reset (statement);
  return user;
}

/**
 * dial_store_load_user_async:
 * @self: a store
 * @id: Greenhouse's id
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads one person who works in Greenhouse, deactivated or not.
 */
void
dial_store_load_user_async (DialStore           *self,
                            gint64               id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = {
    .func = load_user,
    .data = dial_store_id_new (id),
    .free_data = g_free,
    .free_result = g_object_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_load_user_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_user_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the user, or %NULL: without @error nobody has that id
 */
DialUser *
dial_store_load_user_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_user_async, error);
}

typedef struct {
  char  *text;
  guint  limit;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_free (listing->text);
  g_free (listing);
}

static gboolean
begins_a_word (const char *folded,
               const char *form)
{
  for (const char *p = strstr (folded, form); p != NULL; p = strstr (p + 1, form)) {
    if (p == folded || p[-1] == ' ')
      return TRUE;
  }
  return FALSE;
}

/* Every word begins some word of the name or of an address, in any of its forms. */
static gboolean
answers (DialUser  *user,
         GPtrArray *words)
{
  g_autofree char *addresses = g_strjoinv (" ", user->emails);
  g_autofree char *text = g_strjoin (" ", user->name != NULL ? user->name : "", addresses, NULL);
  g_autofree char *folded = dial_fold_text (text);

  for (guint i = 0; i < words->len; i++) {
    const char * const *forms = g_ptr_array_index (words, i);
    gboolean found = FALSE;

    for (guint j = 0; forms[j] != NULL && !found; j++)
      found = begins_a_word (folded, forms[j]);
    if (!found)
      return FALSE;
  }
  return TRUE;
}

static int
compare_users (gconstpointer a,
               gconstpointer b)
{
  const DialUser *left = *(DialUser **) a;
  const DialUser *right = *(DialUser **) b;
  int order = g_utf8_collate (left->name != NULL ? left->name : left->primary_email,
                              right->name != NULL ? right->name : right->primary_email);

  return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

/* A company has some thousand users at most, so they are looked through one by one. Who has no address is
 * no person: that is how a service user looks. */
static gpointer
list_users (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  Listing *listing = data;
  GPtrArray *users = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) words = dial_fold_query (listing->text);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT " USER_COLUMNS " FROM users "
                             "WHERE NOT deactivated AND (emails <> '' OR primary_email <> '')");

  while (dial_statement_next (statement)) {
    g_autoptr (DialUser) user = read_user (statement);

    if (user->primary_email == NULL)
      dial_set_str (&user->primary_email, user->emails[0]);
    if (answers (user, words))
      g_ptr_array_add (users, g_steal_pointer (&user));
  }
  dial_statement_reset (statement);

  g_ptr_array_sort (users, compare_users);
  if (listing->limit > 0 && users->len > listing->limit)
    g_ptr_array_set_size (users, (int) listing->limit);
  return users;
}

/**
 * dial_store_list_users_async:
 * @self: a store
 * @text: (nullable): words of a name or an address, each perhaps only begun; folded as the search for
 *   candidates folds them
 * @limit: at most so many, 0 for all
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the people who work in Greenhouse now, by name: nobody who was deactivated, and no service
 * users.
 */
void
dial_store_list_users_async (DialStore           *self,
                             const char          *text,
                             guint                limit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = list_users,
    .free_data = listing_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
  Listing *listing;

  g_return_if_fail (DIAL_IS_STORE (self));

  listing = g_new0 (Listing, 1);
  listing->text = g_strdup (text != NULL ? text : "");
  listing->limit = limit;
  request.data = listing;
  dial_store_read (self, dial_store_list_users_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_users_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialUser): the people, or %NULL with @error set
 */
GPtrArray *
dial_store_list_users_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_users_async, error);
}
