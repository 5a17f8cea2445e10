#include "dial-desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-cloudtalk-account-private.h"
#include "dial-form.h"

/* New accounts, and new keys for one that stays. An account that is being added is written down before its keys go
 * to the keyring, as one that is not there yet; killed half-way it is swept up later, keys and all. New keys go to the
 * keyring first; cut short, the next one who connects mends what the file says. */

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

  if (account == NULL)
    g_hash_table_insert (addition->settings, g_strdup ("kind"), g_strdup (DIAL_ACCOUNT_KIND));
  else
    g_hash_table_insert (addition->settings, g_strdup ("renewed"), g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ()));
  g_hash_table_insert (addition->settings, g_strdup ("key-id"), g_strdup (addition->key_id));
  g_hash_table_insert (addition->settings, g_strdup ("url"), g_steal_pointer (&url));
  if (account == NULL || *email != '\0')
    g_hash_table_insert (addition->settings, g_strdup ("as"),
                         *email != '\0' ? g_steal_pointer (&email) : dup_recruiter_email (self));
  if (account == NULL || form->caption != NULL)
    g_hash_table_insert (addition->settings, g_strdup ("caption"), dial_form_clean_text (form->caption));
  return addition;
}

/* Adding: written down, then the keys to the keyring, then it is there */

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);

  /* If that failed, it is swept up later. */
  dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&addition->error));
}

static void
on_secret_taken_back (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (dial_secrets_clear_finish (DIAL_SECRETS (source), result, &error) ||
      g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING))
    dial_phones_file_remove_async (self->phones_file, addition->id, on_taken_back, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&addition->error));
}

static void
take_back (GTask  *task,
           GError *error)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  gboolean gone = g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND);

  /* Whoever unlocks the keyring after all stores the keys in it for a moment: until that is out of the question, what
   * was written down stays. */
  if ((addition->account != NULL && !gone) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
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

  if (addition->account == NULL) {
    addition->account = g_object_ref (_dial_desk_take_account (self, addition->id, addition->settings));
  } else {
    _dial_cloudtalk_account_take (addition->account, addition->settings);
    _dial_cloudtalk_account_take_check (addition->account, NULL);
    _dial_cloudtalk_account_set_problem (addition->account, NULL);
  }

  /* What was found out on the way need not be found out again. */
  if (addition->agents != NULL)
    _dial_cloudtalk_account_take_agents (addition->account, addition->agents);
  g_task_return_pointer (task, g_object_ref (addition->account), g_object_unref);
}

static void
on_settled (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, &error))
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
  GError *error = NULL;

  if (!dial_secrets_store_finish (DIAL_SECRETS (source), result, &error)) {
    take_back (task, error);
    return;
  }

  if (addition->account != NULL)
    _dial_cloudtalk_account_drop_door (addition->account);
  g_hash_table_insert (addition->settings, g_strdup (DIAL_ACCOUNT_ADDING), g_strdup (""));
  dial_phones_file_change_async (self->phones_file, addition->id, addition->settings, on_settled,
                                 g_object_ref (task));
}

static void
store_secret (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (addition->renewing)
    dial_secrets_replace_async (self->secrets, addition->id, "CloudTalk", addition->key_id, addition->secret,
                                cancellable, on_secret_stored, g_object_ref (task));
  else
    dial_secrets_store_async (self->secrets, addition->id, "CloudTalk", addition->key_id, addition->secret,
                              cancellable, on_secret_stored, g_object_ref (task));
}

static void
on_written_down (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, &error))
    store_secret (task);
  else
    g_task_return_error (task, error);
}

static void
store (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  /* From here on it is done or not, whoever loses patience. */
  g_task_set_check_cancellable (task, FALSE);
  if (addition->account != NULL) {
    store_secret (task);
    return;
  }

  g_hash_table_insert (addition->settings, g_strdup (DIAL_ACCOUNT_ADDING),
                       g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC));
  dial_phones_file_add_async (self->phones_file, addition->id, addition->settings, on_written_down,
                              g_object_ref (task));
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
