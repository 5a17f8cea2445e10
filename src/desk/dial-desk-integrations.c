#include "dial-desk-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dial-form.h"

/* Adding and removing integrations. An integration is its store file and its keyring entry; the file gets
 * its name last, so that half an integration is none. */

#define ID_BYTES 6

typedef struct {
  DialIntegration *integration;
  GHashTable      *settings;
  DialApi          api;
  char            *client_id;
  char            *secret;
  DialGreenhouse  *greenhouse;
  gboolean         added;        /* the desk did not have it before */
  GError          *error;        /* why it is being taken back */
} Addition;

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->integration);
  g_clear_object (&addition->greenhouse);
  g_clear_pointer (&addition->settings, g_hash_table_unref);
  g_clear_error (&addition->error);
  g_free (addition->client_id);
  wipe (addition->secret);
  g_free (addition);
}

/* Removing the files */

static void
delete_files (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  DialDesk *self = source_object;
  const char *id = task_data;
  g_autofree char *prefix = g_strconcat (id, ".sqlite", NULL);
  g_autoptr (GDir) dir = g_dir_open (self->profile, 0, NULL);
  const char *name;
  int failure = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->profile, name, NULL);

    /* The store, its write-ahead log, its lock, its copies from before a migration. */
    if (g_str_has_prefix (name, prefix) && g_unlink (path) != 0 && errno != ENOENT)
      failure = errno;
  }

  if (failure != 0)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED,
                             _("The integration's file in %s could not be deleted: %s. Delete it "
                               "by hand."), self->profile, g_strerror (failure));
  else
    g_task_return_boolean (task, TRUE);
}

static void
delete_files_async (DialDesk            *self,
                    const char          *id,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, delete_files_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  g_task_run_in_thread (task, delete_files);
}

/* Taking back what was begun: nothing is half saved */

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_task_return_error (task, g_steal_pointer (&addition->error));
}

static void
on_closed_to_take_back (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = DIAL_INTEGRATION (source);

  _dial_integration_close_finish (integration, result, NULL);
  delete_files_async (self, dial_integration_get_id (integration), on_taken_back,
                      g_object_ref (task));
}

static void
take_back (GTask  *task,
           GError *error)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  if (!addition->added) {
    g_task_return_error (task, error);
    return;
  }

  addition->error = error;
  dial_secrets_clear_async (self->secrets, dial_integration_get_id (addition->integration), NULL,
                            NULL, NULL);
  _dial_integration_close_async (addition->integration, on_closed_to_take_back,
                                 g_object_ref (task));
}

/* Furnishing: credentials to the keyring, then all settings in one transaction */

static void
on_settings_saved (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  DialIntegration *integration = addition->integration;
  GError *error = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (!dial_store_save_settings_finish (DIAL_STORE (source), result, &error)) {
    take_back (task, error);
    return;
  }

  g_hash_table_iter_init (&iter, addition->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    _dial_integration_take_setting (integration, key, value);

  if (addition->added)
    g_list_store_append (self->integrations, integration);
  _dial_integration_find_recruiter (integration);
  _dial_integration_start (integration);
  g_task_return_pointer (task, g_object_ref (integration), g_object_unref);
}

static void
on_secret_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_secrets_store_finish (DIAL_SECRETS (source), result, &error)) {
    take_back (task, error);
    return;
  }

  dial_store_save_settings_async (dial_integration_get_store (addition->integration),
                                  addition->settings, NULL, on_settings_saved,
                                  g_object_ref (task));
}

static void
furnish (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  _dial_integration_stop (addition->integration);
  g_clear_object (&addition->integration->greenhouse);
  dial_secrets_store_async (self->secrets, dial_integration_get_id (addition->integration),
                            g_hash_table_lookup (addition->settings, "name"),
                            addition->client_id, addition->secret,
                            g_task_get_cancellable (task), on_secret_stored, g_object_ref (task));
}

static void
on_opened_to_furnish (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  addition->integration = _dial_integration_open_finish (result, &error);
  if (addition->integration == NULL)
    g_task_return_error (task, error);
  else
    furnish (task);
}

static char *
new_id (void)
{
  GString *id = g_string_new (NULL);

  for (int i = 0; i < ID_BYTES; i++)
    g_string_append_printf (id, "%02x", g_random_int_range (0, 256));

  return g_string_free (id, FALSE);
}

static void
open_new (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  g_autofree char *id = new_id ();
  g_autofree char *name = g_strconcat (id, ".sqlite", NULL);
  g_autofree char *path = g_build_filename (self->profile, name, NULL);

  addition->added = TRUE;
  _dial_integration_open_async (path, id, self->secrets, (self->flags & DIAL_DESK_BY_HAND) != 0,
                                g_task_get_cancellable (task), on_opened_to_furnish,
                                g_object_ref (task));
}

/* Checking before anything is saved */

static void
on_author_checked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialUser) user = dial_greenhouse_find_user_finish (DIAL_GREENHOUSE (source), result,
                                                                &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (user == NULL || user->deactivated)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                             user == NULL
                               ? _("Nobody in this Greenhouse has that e-mail address: enter the "
                                   "one you sign in to Greenhouse with.")
                               : _("The Greenhouse user with that e-mail address was deactivated: "
                                   "enter another address."));
  else
    open_new (task);
}

static char *
list_missing (DialGreenhouseCheck *check)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = g_ptr_array_index (check->permissions, i);

    if (permission->required && permission->granted == DIAL_GRANT_MISSING)
      g_string_append_printf (names, "%s%s (%s)", names->len > 0 ? ", " : "", permission->name,
                              permission->scope);
  }

  return g_string_free (names, FALSE);
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  const char *email = g_hash_table_lookup (addition->settings, "as");
  g_autoptr (DialGreenhouseCheck) check =
    dial_greenhouse_check_finish (DIAL_GREENHOUSE (source), result, &error);

  if (check == NULL) {
    g_task_return_error (task, error);
  } else if (!check->ok) {
    g_autofree char *missing = list_missing (check);

    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_PERMISSION,
                             /* Translators: a list of permissions in Greenhouse's own words */
                             _("The credential lacks what Dialhouse needs: %s. Tick it in "
                               "Greenhouse under Configure > Dev Center > API Credential "
                               "Management > Manage scopes, then connect again."), missing);
  } else if (*email != '\0') {
    dial_greenhouse_find_user_async (addition->greenhouse, email, DIAL_URGENCY_NOW,
                                     g_task_get_cancellable (task), on_author_checked,
                                     g_object_ref (task));
  } else {
    open_new (task);
  }
}

static void
check_first (GTask *task)
{
  Addition *addition = g_task_get_task_data (task);
  const char *harvest_url = g_hash_table_lookup (addition->settings, "harvest-url");
  const char *auth_url = g_hash_table_lookup (addition->settings, "auth-url");
  GError *error = NULL;

  addition->greenhouse = dial_greenhouse_new (addition->api,
                                              *harvest_url != '\0' ? harvest_url : NULL,
                                              *auth_url != '\0' ? auth_url : NULL,
                                              addition->client_id, addition->secret, &error);
  if (addition->greenhouse == NULL)
    g_task_return_error (task, error);
  else
    dial_greenhouse_check_async (addition->greenhouse, g_task_get_cancellable (task), on_checked,
                                 g_object_ref (task));
}

/* The form */

static gboolean
read_url (GHashTable  *settings,
          const char  *key,
          const char  *typed,
          GError     **error)
{
  g_autofree char *url = dial_form_clean_text (typed);
  g_autoptr (GError) url_error = NULL;

  if (*url != '\0' && !dial_greenhouse_check_url (url, &url_error)) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_URL, url_error->message);
    return FALSE;
  }

  g_hash_table_insert (settings, g_strdup (key), g_steal_pointer (&url));
  return TRUE;
}

static gboolean
read_keys (Addition                  *addition,
           const DialNewIntegration  *form,
           GError                   **error)
{
  addition->client_id = dial_form_clean_key (form->client_id);
  addition->secret = dial_form_clean_key (form->secret);

  if (addition->api == DIAL_API_V3 && *addition->client_id == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_CLIENT_ID,
                         _("Enter the client ID: Greenhouse shows it under Configure > Dev Center > "
                           "API Credential Management."));
    return FALSE;
  }
  if (*addition->secret == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SECRET,
                         _("Enter the client secret: Greenhouse showed it once, when the credential "
                           "was made."));
    return FALSE;
  }

  return TRUE;
}

static Addition *
read_form (const DialNewIntegration  *form,
           const char                *status,
           GError                   **error)
{
  Addition *addition = g_new0 (Addition, 1);
  g_autofree char *name = dial_form_clean_text (form->name);
  g_autofree char *subdomain = NULL;
  g_autofree char *email = NULL;
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  addition->api = form->api;
  addition->settings = settings;

  if (*name == '\0')
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_NAME,
                         _("Enter a name for this integration."));
  else if ((subdomain = dial_form_clean_subdomain (form->subdomain, error)) != NULL &&
           read_keys (addition, form, error) &&
           (email = dial_form_clean_email (form->recruiter_email, error)) != NULL &&
           read_url (settings, "harvest-url", form->harvest_url, error) &&
           read_url (settings, "auth-url", form->auth_url, error)) {
    g_hash_table_insert (settings, g_strdup ("name"), g_steal_pointer (&name));
    g_hash_table_insert (settings, g_strdup ("caption"), dial_form_clean_text (form->caption));
    g_hash_table_insert (settings, g_strdup ("api"),
                         g_strdup (dial_enum_to_nick (DIAL_TYPE_API, form->api)));
    g_hash_table_insert (settings, g_strdup ("subdomain"), g_steal_pointer (&subdomain));
    g_hash_table_insert (settings, g_strdup ("as"), g_steal_pointer (&email));
    g_hash_table_insert (settings, g_strdup ("visibility"), g_strdup ("public"));
    g_hash_table_insert (settings, g_strdup ("status"), g_strdup (status));
    return addition;
  }

  addition_free (addition);
  return NULL;
}

/**
 * dial_desk_add_integration_async:
 * @self: an open desk
 * @form: what was typed
 * @check: ask Greenhouse first whether the credentials work and suffice
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Adds an integration, which starts inactive. Credentials go to the keyring. After a failure nothing
 * is left behind.
 */
void
dial_desk_add_integration_async (DialDesk                 *self,
                                 const DialNewIntegration *form,
                                 gboolean                  check,
                                 GCancellable             *cancellable,
                                 GAsyncReadyCallback       callback,
                                 gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Addition *addition;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (form != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_add_integration_async);

  addition = read_form (form, "inactive", &error);
  if (addition == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_task_set_task_data (task, addition, (GDestroyNotify) addition_free);
  if (check)
    check_first (task);
  else
    open_new (task);
}

/**
 * dial_desk_add_integration_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; the `FIELD` codes of [error@DeskError] name the field that is meant
 *
 * Returns: (transfer full) (nullable): the new integration
 */
DialIntegration *
dial_desk_add_integration_finish (DialDesk      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_desk_connect_sandbox_async:
 * @self: an open desk of the sandbox
 * @form: the sandbox's addresses and credentials, which are new each time it starts
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Connects the desk to its sandbox and switches the integration on: there is nothing to decide.
 */
void
dial_desk_connect_sandbox_async (DialDesk                 *self,
                                 const DialNewIntegration *form,
                                 GCancellable             *cancellable,
                                 GAsyncReadyCallback       callback,
                                 gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Addition *addition;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail ((self->flags & DIAL_DESK_SANDBOX) != 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_connect_sandbox_async);

  addition = read_form (form, "active", &error);
  if (addition == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_task_set_task_data (task, addition, (GDestroyNotify) addition_free);
  addition->integration = g_list_model_get_item (G_LIST_MODEL (self->integrations), 0);
  if (addition->integration != NULL)
    furnish (task);
  else
    open_new (task);
}

/**
 * dial_desk_connect_sandbox_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the sandbox's integration
 */
DialIntegration *
dial_desk_connect_sandbox_finish (DialDesk      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Removing */

static void
on_files_deleted (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_closed_to_delete (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = DIAL_INTEGRATION (source);

  /* Whatever could not be written any more goes with the file. */
  _dial_integration_close_finish (integration, result, NULL);
  delete_files_async (self, dial_integration_get_id (integration), on_files_deleted,
                      g_object_ref (task));
}

static void
on_secret_cleared (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = g_task_get_task_data (task);
  GError *error = NULL;
  guint position;

  /* Without a keyring there is nothing in it to clear; a locked one keeps the integration whole. */
  if (!dial_secrets_clear_finish (DIAL_SECRETS (source), result, &error)) {
    if (!g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING)) {
      g_task_return_error (task, error);
      return;
    }
    g_clear_error (&error);
  }

  if (self->call_integration == integration)
    _dial_desk_leave_call (self);
  if (g_list_store_find (self->integrations, integration, &position))
    g_list_store_remove (self->integrations, position);
  _dial_integration_close_async (integration, on_closed_to_delete, g_object_ref (task));
}

/**
 * dial_desk_remove_integration_async:
 * @self: a desk
 * @integration: one of its integrations
 * @cancellable: (nullable): not used once something was deleted
 * @callback: called when no trace is left
 * @user_data: for @callback
 *
 * Deletes the credentials from the keyring and everything this computer remembers of the integration,
 * unsent notes included. Ask the person first.
 */
void
dial_desk_remove_integration_async (DialDesk            *self,
                                    DialIntegration     *integration,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_remove_integration_async);
  g_task_set_task_data (task, g_object_ref (integration), g_object_unref);

  dial_secrets_clear_async (self->secrets, dial_integration_get_id (integration), cancellable,
                            on_secret_cleared, g_object_ref (task));
}

/**
 * dial_desk_remove_integration_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether no trace is left
 */
gboolean
dial_desk_remove_integration_finish (DialDesk      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What an addition left behind that was killed half-way: a store without a name, perhaps with a keyring
 * entry. It never was an integration. */

#define LEFTOVER_SECONDS 3600

static void
on_leftover_dated (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr (GDateTime) changed = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (info != NULL)
    changed = g_file_info_get_modification_date_time (info);

  /* A young one may be an addition that another process is at just now. */
  if (changed != NULL &&
      g_date_time_difference (now, changed) > LEFTOVER_SECONDS * G_TIME_SPAN_SECOND)
    dial_desk_remove_integration_async (self, integration, NULL, NULL, NULL);
  else
    _dial_integration_close_async (integration, NULL, NULL);
}

void
_dial_desk_sweep_leftover (DialDesk        *self,
                           DialIntegration *integration)
{
  DialStore *store = dial_integration_get_store (integration);
  g_autoptr (GFile) file = g_file_new_for_path (dial_store_get_path (store));
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, _dial_desk_sweep_leftover);
  g_task_set_task_data (task, g_object_ref (integration), g_object_unref);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_leftover_dated, g_object_ref (task));
}
