#include "dial-desk-private.h"

#include <glib/gi18n.h>

#include "dial-cloudtalk-account-private.h"

/* The accounts: CloudTalk companies this desk calls by. An account is a group in the phones' file and an entry in
 * the keyring; what the file does not know is none. Another process may write that file: it is followed. */

/* How long somebody may take to unlock the keyring for an account that is being added. */
#define LEFTOVER_SECONDS 3600

/* Going */

static void
forget_account (DialDesk             *self,
                DialCloudtalkAccount *account)
{
  GListModel *integrations = dial_desk_get_integrations (self);
  guint position;

  _dial_cloudtalk_account_drop_door (account);
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (g_str_equal (_dial_integration_get_setting (integration, "phone"), dial_cloudtalk_account_get_id (account)))
      _dial_integration_keep_setting (integration, "phone", "");
  }
  if (g_list_store_find (self->accounts, account, &position))
    g_list_store_remove (self->accounts, position);
}

static void
on_leftover_cleared (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);

  if (dial_secrets_clear_finish (DIAL_SECRETS (source), result, NULL))
    dial_phones_file_remove_async (self->phones_file, g_task_get_task_data (task), NULL, NULL);
}

/* What an addition left behind that was killed half-way: a group that says it is being added, perhaps with an entry in
 * the keyring. It never was an account. */
static void
sweep_leftover (DialDesk   *self,
                const char *id,
                const char *since)
{
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - g_ascii_strtoll (since, NULL, 10);
  g_autoptr (GTask) task = NULL;

  /* A young one may be an addition that another process is at just now. */
  if (ABS (age) <= LEFTOVER_SECONDS)
    return;

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, sweep_leftover);
  g_task_set_task_data (task, g_strdup (id), g_free);
  dial_secrets_clear_async (self->secrets, id, NULL, on_leftover_cleared, g_object_ref (task));
}

/* Reading the file */

static GHashTable *
read_group (GKeyFile   *file,
            const char *group)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    char *value = g_key_file_get_string (file, group, keys[i], NULL);

    if (value != NULL)
      g_hash_table_insert (settings, g_strdup (keys[i]), value);
  }

  return settings;
}

/* Returns: whether the group is an account */
static gboolean
take_group (DialDesk   *self,
            GKeyFile   *file,
            const char *id,
            gboolean    opening)
{
  g_autoptr (GHashTable) settings = read_group (file, id);
  DialCloudtalkAccount *account = dial_desk_find_account (self, id);
  const char *since = g_hash_table_lookup (settings, DIAL_ACCOUNT_ADDING);

  if (g_strcmp0 (g_hash_table_lookup (settings, "kind"), DIAL_ACCOUNT_KIND) != 0)
    return FALSE;

  if (since != NULL && opening)
    sweep_leftover (self, id, since);
  if (since != NULL)
    return FALSE;

  if (account != NULL)
    _dial_cloudtalk_account_follow (account, settings);
  else
    _dial_desk_take_account (self, id, settings);
  return TRUE;
}

static void
take_file (DialDesk *self,
           GKeyFile *file,
           gboolean  opening)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; groups[i] != NULL; i++)
    if (take_group (self, file, groups[i], opening))
      g_hash_table_add (there, groups[i]);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i > 0; i--) {
    g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i - 1);

    if (!g_hash_table_contains (there, dial_cloudtalk_account_get_id (account)))
      forget_account (self, account);
  }
}

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = dial_phones_file_read_finish (DIAL_PHONES_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  /* A file that cannot be read keeps nobody from the candidates, nor takes accounts away that are known. */
  g_clear_error (&self->accounts_error);
  self->accounts_error = g_steal_pointer (&error);
  if (file != NULL)
    take_file (self, file, g_task_get_source_tag (task) == _dial_desk_read_accounts_async);
  g_task_return_boolean (task, TRUE);
}

static void
on_file_changed (DialDesk *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->following, NULL, NULL);

  g_task_set_source_tag (task, on_file_changed);
  dial_phones_file_read_async (self->phones_file, self->following, on_file_read, g_object_ref (task));
}

/* Reads which accounts there are. Where the desk works by itself it goes on to follow what others write. */
void
_dial_desk_read_accounts_async (DialDesk            *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_build_filename (self->profile, "phones.ini", NULL);

  g_task_set_source_tag (task, _dial_desk_read_accounts_async);
  self->phones_file = dial_phones_file_new (path);
  self->following = g_cancellable_new ();
  if ((self->flags & DIAL_DESK_BY_HAND) == 0) {
    g_signal_connect_object (self->phones_file, "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
    dial_phones_file_follow (self->phones_file);
  }
  dial_phones_file_read_async (self->phones_file, cancellable, on_file_read, g_object_ref (task));
}

gboolean
_dial_desk_read_accounts_finish (DialDesk      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What others write is no longer of interest. */
void
_dial_desk_leave_accounts (DialDesk *self)
{
  if (self->phones_file == NULL)
    return;

  g_cancellable_cancel (self->following);
  g_signal_handlers_disconnect_by_func (self->phones_file, on_file_changed, self);
}

/* Takes @settings, as they stand in the file. */
DialCloudtalkAccount *
_dial_desk_take_account (DialDesk   *self,
                         const char *id,
                         GHashTable *settings)
{
  g_autoptr (DialCloudtalkAccount) account =
    _dial_cloudtalk_account_new (id, self->phones_file, self->secrets, settings);

  g_list_store_append (self->accounts, account);
  return account;
}

/* Finding them */

/**
 * dial_desk_get_accounts:
 * @self: a desk
 *
 * Returns: (transfer none): a list of [class@CloudtalkAccount] that follows what is added and removed
 */
GListModel *
dial_desk_get_accounts (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->accounts);
}

/**
 * dial_desk_get_accounts_problem:
 * @self: an open desk
 *
 * Returns: (nullable): why it is not known which accounts there are, a sentence
 */
const char *
dial_desk_get_accounts_problem (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return self->accounts_error != NULL ? self->accounts_error->message : NULL;
}

/**
 * dial_desk_find_account:
 * @self: a desk
 * @id: an account's id
 *
 * Returns: (transfer none) (nullable): the account
 */
DialCloudtalkAccount *
dial_desk_find_account (DialDesk   *self,
                        const char *id)
{
  GListModel *accounts = dial_desk_get_accounts (self);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++) {
    g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (accounts, i);

    if (g_strcmp0 (dial_cloudtalk_account_get_id (account), id) == 0)
      return account;
  }

  return NULL;
}

/**
 * dial_desk_get_account_of:
 * @self: a desk
 * @integration: one of its integrations
 * @error: return location: what to do in the settings, a sentence
 *
 * Returns: (transfer none) (nullable): the account this integration calls by: the one it names, or the only one
 */
DialCloudtalkAccount *
dial_desk_get_account_of (DialDesk         *self,
                          DialIntegration  *integration,
                          GError          **error)
{
  GListModel *accounts = dial_desk_get_accounts (self);
  const char *id = _dial_integration_get_setting (integration, "phone");
  DialCloudtalkAccount *account = *id != '\0' ? dial_desk_find_account (self, id) : NULL;

  if (account != NULL)
    return account;

  if (*id == '\0' && g_list_model_get_n_items (accounts) == 1) {
    g_autoptr (DialCloudtalkAccount) only = g_list_model_get_item (accounts, 0);

    return only;
  }

  if (self->accounts_error != NULL)
    g_propagate_error (error, g_error_copy (self->accounts_error));
  else if (g_list_model_get_n_items (accounts) == 0)
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                         _("There is no phone account yet: add one in the settings under Phones, or by "
                           "“dialhousectl phone add cloudtalk”."));
  else
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                 /* Translators: the name of an integration */
                 _("“%s” does not say which phone account it uses: choose one in its settings under Phone "
                   "System."), dial_integration_get_name (integration));
  return NULL;
}

/**
 * dial_desk_dup_contact_tags:
 * @self: a desk
 * @account: one of its accounts
 *
 * Returns: (transfer full) (array zero-terminated=1): the contact tags of the integrations that use it, each once
 */
GStrv
dial_desk_dup_contact_tags (DialDesk             *self,
                            DialCloudtalkAccount *account)
{
  GListModel *integrations = dial_desk_get_integrations (self);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    const char *tag = _dial_integration_get_setting (integration, "contact-tag");

    if (dial_desk_get_account_of (self, integration, NULL) == account && *tag != '\0' &&
        !g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
      g_ptr_array_add (tags, g_strdup (tag));
  }

  g_ptr_array_add (tags, NULL);
  return (GStrv) g_ptr_array_steal (tags, NULL);
}

/* Removing */

static void
on_taken_from_file (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialCloudtalkAccount *account = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  forget_account (self, account);
  g_task_return_boolean (task, TRUE);
}

static void
on_secret_cleared (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialCloudtalkAccount *account = g_task_get_task_data (task);
  GError *error = NULL;

  /* Without a keyring there is nothing in it to clear; a locked one keeps the account whole. */
  if (!dial_secrets_clear_finish (DIAL_SECRETS (source), result, &error) &&
      !g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING)) {
    g_task_return_error (task, error);
    return;
  }

  g_clear_error (&error);
  _dial_cloudtalk_account_drop_door (account);
  dial_phones_file_remove_async (self->phones_file, dial_cloudtalk_account_get_id (account), on_taken_from_file,
                                 g_object_ref (task));
}

/**
 * dial_desk_remove_account_async:
 * @self: a desk
 * @account: one of its accounts
 * @cancellable: (nullable): stops waiting for a person to unlock the keyring
 * @callback: called when no trace is left
 * @user_data: for @callback
 *
 * Deletes the keys from the keyring, and the account. Nothing is changed in CloudTalk. Ask the person first.
 */
void
dial_desk_remove_account_async (DialDesk             *self,
                                DialCloudtalkAccount *account,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_remove_account_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  dial_secrets_clear_async (self->secrets, dial_cloudtalk_account_get_id (account), cancellable,
                            on_secret_cleared, g_object_ref (task));
}

/**
 * dial_desk_remove_account_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether no trace is left
 */
gboolean
dial_desk_remove_account_finish (DialDesk      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
