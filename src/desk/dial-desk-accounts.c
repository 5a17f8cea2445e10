#include "dial-desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-cloudtalk-account-private.h"
#include "dial-form.h"
#include "dial-phones-file.h"

/* The accounts: CloudTalk companies this desk calls by. An account is a group in the phones' file and an entry in
 * the keyring; what the file does not know is none. */

#define KIND "cloudtalk"

static char *
get_path (DialDesk *self)
{
  return g_build_filename (self->profile, "phones.ini", NULL);
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

static void
take_account (DialDesk             *self,
              DialCloudtalkAccount *account)
{
  g_list_store_append (self->accounts, account);
}

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  g_autofree char *path = get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = dial_phones_file_read_finish (result, &error);
  g_auto (GStrv) groups = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  /* A file that cannot be read keeps nobody from the candidates. */
  g_clear_error (&self->accounts_error);
  self->accounts_error = g_steal_pointer (&error);
  groups = file != NULL ? g_key_file_get_groups (file, NULL) : NULL;
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++) {
    g_autoptr (GHashTable) settings = read_group (file, groups[i]);
    g_autoptr (DialCloudtalkAccount) account = NULL;

    if (g_strcmp0 (g_hash_table_lookup (settings, "kind"), KIND) != 0)
      continue;
    account = _dial_cloudtalk_account_new (groups[i], path, self->secrets, settings);
    take_account (self, account);
  }

  g_task_return_boolean (task, TRUE);
}

void
_dial_desk_read_accounts_async (DialDesk            *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = get_path (self);

  g_task_set_source_tag (task, _dial_desk_read_accounts_async);
  dial_phones_file_read_async (path, cancellable, on_file_read, g_object_ref (task));
}

gboolean
_dial_desk_read_accounts_finish (DialDesk      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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

/* The form */

typedef struct {
  DialCloudtalkAccount *account;
  GHashTable           *settings;
  char                 *id;
  char                 *key_id;
  char                 *secret;
  DialCloudtalk        *cloudtalk;
  GPtrArray            *agents;
  gboolean              renewing;
  GError               *error;       /* why it is being taken back */
} Addition;

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->account);
  g_clear_object (&addition->cloudtalk);
  g_clear_pointer (&addition->settings, g_hash_table_unref);
  g_clear_pointer (&addition->agents, g_ptr_array_unref);
  if (addition->secret != NULL)
    explicit_bzero (addition->secret, strlen (addition->secret));
  g_clear_error (&addition->error);
  g_free (addition->secret);
  g_free (addition->key_id);
  g_free (addition->id);
  g_free (addition);
}

static gboolean
check_keys (const char  *key_id,
            const char  *secret,
            GError     **error)
{
  if (*key_id == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_CLIENT_ID,
                         _("Enter the Access Key ID: CloudTalk's dashboard shows it under Account > Settings > API "
                           "keys."));
    return FALSE;
  }
  if (*secret == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SECRET,
                         _("Enter the Access Key Secret, which belongs to the Access Key ID in CloudTalk's dashboard "
                           "under Account > Settings > API keys."));
    return FALSE;
  }
  if (g_str_equal (key_id, secret)) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SECRET,
                         _("That is the Access Key ID once more: enter the Access Key Secret."));
    return FALSE;
  }

  return TRUE;
}

/* Where nobody said who they are, they are most likely who signs the notes. */
static char *
dup_recruiter_email (DialDesk *self)
{
  GListModel *integrations = dial_desk_get_integrations (self);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    DialUser *user = dial_integration_get_recruiter (integration);
    const char *email = dial_integration_get_recruiter_email (integration);

    if (user != NULL && user->primary_email != NULL)
      return g_strdup (user->primary_email);
    if (*email != '\0')
      return g_strdup (email);
  }

  return g_strdup ("");
}

static gboolean
open_door (Addition    *addition,
           const char  *url,
           GError     **error)
{
  g_autoptr (GError) door_error = NULL;

  addition->cloudtalk = dial_cloudtalk_new (addition->key_id, addition->secret, *url != '\0' ? url : NULL,
                                            &door_error);
  if (addition->cloudtalk != NULL)
    return TRUE;

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_URL, door_error->message);
  return FALSE;
}

static Addition *
read_form (DialDesk              *self,
           const DialNewAccount  *form,
           DialCloudtalkAccount  *account,
           GError               **error)
{
  Addition *addition = g_new0 (Addition, 1);
  g_autofree char *url = account != NULL && form->url == NULL
                           ? dial_cloudtalk_account_dup_setting (account, "url")
                           : dial_form_clean_text (form->url);
  g_autofree char *email = NULL;

  addition->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  addition->id = account != NULL ? g_strdup (dial_cloudtalk_account_get_id (account)) : _dial_desk_new_id ();
  addition->account = account != NULL ? g_object_ref (account) : NULL;
  addition->key_id = dial_form_clean_key (form->key_id);
  addition->secret = dial_form_clean_key (form->secret);
  if (!check_keys (addition->key_id, addition->secret, error) ||
      (email = dial_form_clean_agent_email (form->email, error)) == NULL ||
      !open_door (addition, url, error)) {
    addition_free (addition);
    return NULL;
  }

  g_hash_table_insert (addition->settings, g_strdup ("kind"), g_strdup (KIND));
  g_hash_table_insert (addition->settings, g_strdup ("key-id"), g_strdup (addition->key_id));
  g_hash_table_insert (addition->settings, g_strdup ("url"), g_steal_pointer (&url));
  if (account == NULL || *email != '\0')
    g_hash_table_insert (addition->settings, g_strdup ("as"),
                         *email != '\0' ? g_steal_pointer (&email) : dup_recruiter_email (self));
  if (account == NULL || form->caption != NULL)
    g_hash_table_insert (addition->settings, g_strdup ("caption"), dial_form_clean_text (form->caption));
  return addition;
}

/* Adding: the keys to the keyring, then the account to the file */

static void
on_secret_taken_back (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);

  dial_secrets_clear_finish (DIAL_SECRETS (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&addition->error));
}

static void
take_back (GTask  *task,
           GError *error)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  if (addition->account != NULL) {
    g_task_return_error (task, error);
    return;
  }

  addition->error = error;
  dial_secrets_clear_async (self->secrets, addition->id, NULL, on_secret_taken_back, g_object_ref (task));
}

static void
welcome (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  g_autofree char *path = get_path (self);

  if (addition->account == NULL) {
    addition->account = _dial_cloudtalk_account_new (addition->id, path, self->secrets, addition->settings);
    take_account (self, addition->account);
  } else {
    _dial_cloudtalk_account_take (addition->account, addition->settings);
    _dial_cloudtalk_account_drop_door (addition->account);
    _dial_cloudtalk_account_take_check (addition->account, NULL);
    _dial_cloudtalk_account_set_problem (addition->account, NULL);
  }

  /* What was found out on the way need not be found out again. */
  if (addition->agents != NULL)
    _dial_cloudtalk_account_take_agents (addition->account, addition->agents);
  g_task_return_pointer (task, g_object_ref (addition->account), g_object_unref);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_phones_file_write_finish (result, &error))
    welcome (task);
  else
    take_back (task, error);
}

static void
on_secret_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  g_autofree char *path = get_path (self);
  GError *error = NULL;

  if (!dial_secrets_store_finish (DIAL_SECRETS (source), result, &error))
    take_back (task, error);
  else
    dial_phones_file_write_async (path, addition->id, addition->settings, on_written, g_object_ref (task));
}

static void
store (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  /* From here on it is done or not, whoever loses patience. */
  g_task_set_check_cancellable (task, FALSE);
  if (addition->renewing)
    dial_secrets_replace_async (self->secrets, addition->id, "CloudTalk", addition->key_id, addition->secret,
                                cancellable, on_secret_stored, g_object_ref (task));
  else
    dial_secrets_store_async (self->secrets, addition->id, "CloudTalk", addition->key_id, addition->secret,
                              cancellable, on_secret_stored, g_object_ref (task));
}

static void
on_agents_listed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  addition->agents = dial_cloudtalk_list_agents_finish (DIAL_CLOUDTALK (source), result, &error);
  if (addition->agents == NULL)
    g_task_return_error (task, error);
  else
    store (task);
}

static void
begin (DialDesk             *self,
       gpointer              source_tag,
       const DialNewAccount *form,
       DialCloudtalkAccount *account,
       gboolean              check,
       GCancellable         *cancellable,
       GAsyncReadyCallback   callback,
       gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Addition *addition;
  GError *error = NULL;

  g_task_set_source_tag (task, source_tag);
  addition = read_form (self, form, account, &error);
  if (addition == NULL) {
    g_task_return_error (task, error);
    return;
  }

  addition->renewing = source_tag == dial_desk_renew_account_async;
  g_task_set_task_data (task, addition, (GDestroyNotify) addition_free);
  if (check)
    dial_cloudtalk_list_agents_async (addition->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, cancellable,
                                      on_agents_listed, g_object_ref (task));
  else
    store (task);
}

/**
 * dial_desk_add_account_async:
 * @self: an open desk
 * @form: what was typed
 * @check: ask CloudTalk first whether the keys are good
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Adds an account. Its keys go to the keyring. After a failure nothing is left behind.
 */
void
dial_desk_add_account_async (DialDesk             *self,
                             const DialNewAccount *form,
                             gboolean              check,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (form != NULL);

  begin (self, dial_desk_add_account_async, form, NULL, check, cancellable, callback, user_data);
}

/**
 * dial_desk_add_account_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; the `FIELD` codes of [error@DeskError] name the field that is meant
 *
 * Returns: (transfer full) (nullable): the new account
 */
DialCloudtalkAccount *
dial_desk_add_account_finish (DialDesk      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_desk_renew_account_async:
 * @self: an open desk
 * @account: one of its accounts
 * @form: what was typed; only the keys count
 * @cancellable: (nullable): stops it before anything is replaced
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gives an account other keys, once CloudTalk has taken them. The former ones are erased.
 */
void
dial_desk_renew_account_async (DialDesk             *self,
                               DialCloudtalkAccount *account,
                               const DialNewAccount *form,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  const DialNewAccount keys = { .key_id = form->key_id, .secret = form->secret };

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account));

  begin (self, dial_desk_renew_account_async, &keys, account, TRUE, cancellable, callback, user_data);
}

/**
 * dial_desk_renew_account_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; the `FIELD` codes of [error@DeskError] name the field that is meant
 *
 * Returns: whether the new keys took the place of the old ones
 */
gboolean
dial_desk_renew_account_finish (DialDesk      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autoptr (DialCloudtalkAccount) account = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  account = g_task_propagate_pointer (G_TASK (result), error);
  return account != NULL;
}

/**
 * dial_desk_connect_sandbox_account_async:
 * @self: an open desk of the sandbox
 * @form: the sandbox's address and keys, which are new each time it starts
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lets the desk call by its sandbox's CloudTalk. Finish it with dial_desk_add_account_finish().
 */
void
dial_desk_connect_sandbox_account_async (DialDesk             *self,
                                         const DialNewAccount *form,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  g_autoptr (DialCloudtalkAccount) account = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail ((self->flags & DIAL_DESK_SANDBOX) != 0);

  account = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);
  begin (self, dial_desk_connect_sandbox_account_async, form, account, FALSE, cancellable, callback, user_data);
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
  GListModel *integrations = dial_desk_get_integrations (self);
  GError *error = NULL;
  guint position;

  if (!dial_phones_file_write_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (g_str_equal (_dial_integration_get_setting (integration, "phone"), dial_cloudtalk_account_get_id (account)))
      _dial_integration_keep_setting (integration, "phone", "");
  }
  if (g_list_store_find (self->accounts, account, &position))
    g_list_store_remove (self->accounts, position);
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
  g_autofree char *path = get_path (self);
  GError *error = NULL;

  /* Without a keyring there is nothing in it to clear; a locked one keeps the account whole. */
  if (!dial_secrets_clear_finish (DIAL_SECRETS (source), result, &error) &&
      !g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING)) {
    g_task_return_error (task, error);
    return;
  }

  g_clear_error (&error);
  _dial_cloudtalk_account_drop_door (account);
  dial_phones_file_write_async (path, dial_cloudtalk_account_get_id (account), NULL, on_taken_from_file,
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
