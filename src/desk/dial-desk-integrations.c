#include "dial-desk-private.h"

#include <glib/gi18n.h>

#include "dial-form.h"
#include "dial-keys.h"

/* Adding integrations. An integration is its store file and its keyring entry; the file gets
 * its name last, so that half an integration is none. */

#define ID_BYTES 6

typedef struct {
  DialIntegration *integration;
  GHashTable      *settings;
  DialKeys        *keys;
  DialGreenhouse  *greenhouse;
  DialGreenhouseCheck *check;
  DialUser        *recruiter;
  gboolean         added;        /* the desk did not have it before */
  GError          *error;        /* why it is being taken back */
} Addition;

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->integration);
  g_clear_object (&addition->greenhouse);
  g_clear_pointer (&addition->settings, g_hash_table_unref);
  g_clear_error (&addition->error);
  g_clear_pointer (&addition->keys, dial_keys_free);
  g_clear_pointer (&addition->check, dial_greenhouse_check_free);
  g_clear_object (&addition->recruiter);
  g_free (addition);
}

/* Taking back what was begun: nothing is half saved */

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);

  _dial_desk_delete_files_finish (DIAL_DESK (source), result, NULL);
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
  _dial_desk_delete_files_async (self, dial_integration_get_id (integration), on_taken_back,
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

static gboolean
is_taken (DialDesk   *self,
          const char *colour)
{
  GListModel *integrations = dial_desk_get_integrations (self);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (g_str_equal (_dial_integration_get_setting (integration, "colour"), colour))
      return TRUE;
  }

  return FALSE;
}

/* Who has no colour yet takes the first that nobody else has. */
void
_dial_desk_give_colours (DialDesk *self)
{
  GListModel *integrations = dial_desk_get_integrations (self);
  const char **colours = dial_integration_list_colours ();
  guint n_colours = g_strv_length ((GStrv) colours);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    guint pick = 0;

    if (*_dial_integration_get_setting (integration, "colour") != '\0')
      continue;

    while (colours[pick] != NULL && is_taken (self, colours[pick]))
      pick++;
    _dial_integration_keep_setting (integration, "colour",
                                    colours[pick] != NULL ? colours[pick] : colours[i % n_colours]);
  }
}

static void
welcome (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  DialIntegration *integration = addition->integration;

  if (addition->added)
    _dial_desk_take_integration (self, integration);
  _dial_desk_give_colours (self);
  _dial_integration_find_recruiter (integration);
  _dial_integration_start (integration);
  g_task_return_pointer (task, g_object_ref (integration), g_object_unref);
}

static void
on_recruiter_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  /* If that failed, the first sync brings the same. */
  dial_store_save_page_finish (DIAL_STORE (source), result, NULL, NULL, NULL);
  welcome (task);
}

static void
on_settings_saved (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  DialIntegration *integration = addition->integration;
  g_autoptr (GPtrArray) users = g_ptr_array_new ();
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

  /* What was found out on the way need not be found out again. */
  if (addition->check != NULL)
    _dial_integration_keep_check (integration, addition->check, NULL);
  if (addition->recruiter == NULL) {
    welcome (task);
    return;
  }

  g_ptr_array_add (users, addition->recruiter);
  dial_store_save_page_async (DIAL_STORE (source), DIAL_RESOURCE_USERS, users, NULL, NULL,
                              on_recruiter_saved, g_object_ref (task));
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
  _dial_integration_drop_door (addition->integration);
  dial_secrets_store_async (self->secrets, dial_integration_get_id (addition->integration),
                            g_hash_table_lookup (addition->settings, "name"),
                            addition->keys->client_id, addition->keys->secret,
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

/* Of integrations and accounts: never two alike, and no hint at what they are of. */
char *
_dial_desk_new_id (void)
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
  g_autofree char *id = _dial_desk_new_id ();
  g_autofree char *name = g_strconcat (id, ".sqlite", NULL);
  g_autofree char *path = g_build_filename (self->profile, name, NULL);

  addition->added = TRUE;
  _dial_integration_open_path_async (path, id, self->secrets, (self->flags & DIAL_DESK_BY_HAND) != 0,
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
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialUser) user = dial_greenhouse_find_user_finish (DIAL_GREENHOUSE (source), result,
                                                                &error);

  if (error != NULL) {
    g_task_return_error (task, error);
  } else if (user == NULL || user->deactivated) {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                             user == NULL
                               ? _("Nobody in this Greenhouse has that e-mail address: enter the "
                                   "one you sign in to Greenhouse with.")
                               : _("The Greenhouse user with that e-mail address was deactivated: "
                                   "enter another address."));
  } else {
    g_set_object (&addition->recruiter, user);
    open_new (task);
  }
}

static char *
list_missing (const DialGreenhouseCheck *check)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = g_ptr_array_index (check->permissions, i);

    if (!permission->required || permission->granted != DIAL_GRANT_MISSING)
      continue;

    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", permission->name);
    if (permission->scope != NULL)
      g_string_append_printf (names, " (%s)", permission->scope);
  }

  return g_string_free (names, FALSE);
}

/* What is missing is told with where to tick it. */
gboolean
_dial_desk_check_suffices (const DialGreenhouseCheck  *check,
                           GError                    **error)
{
  g_autofree char *missing = NULL;

  if (check->ok)
    return TRUE;

  missing = list_missing (check);
  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_PERMISSION,
               /* Translators: a list of permissions in Greenhouse's own words */
               _("The credential lacks what Dialhouse needs: %s. Tick it in Greenhouse under "
                 "Configure > Dev Center > API Credential Management > Manage scopes, then connect "
                 "again."), missing);
  return FALSE;
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

  addition->check = dial_greenhouse_check_finish (DIAL_GREENHOUSE (source), result, &error);
  if (addition->check == NULL || !_dial_desk_check_suffices (addition->check, &error)) {
    g_task_return_error (task, error);
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
  GError *error = NULL;

  addition->greenhouse = dial_keys_open (addition->keys,
                                         g_hash_table_lookup (addition->settings, "harvest-url"),
                                         g_hash_table_lookup (addition->settings, "auth-url"),
                                         &error);
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

  addition->settings = settings;

  if (*name == '\0')
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_NAME,
                         _("Enter a name for this integration."));
  else if ((subdomain = dial_form_clean_subdomain (form->subdomain, error)) != NULL &&
           (addition->keys = dial_keys_read (form, error)) != NULL &&
           (email = dial_form_clean_email (form->recruiter_email, error)) != NULL &&
           read_url (settings, "harvest-url", form->harvest_url, error) &&
           read_url (settings, "auth-url", form->auth_url, error)) {
    g_hash_table_insert (settings, g_strdup ("name"), g_steal_pointer (&name));
    g_hash_table_insert (settings, g_strdup ("caption"), dial_form_clean_text (form->caption));
    g_hash_table_insert (settings, g_strdup ("api"),
                         g_strdup (dial_enum_to_nick (DIAL_TYPE_API, form->api)));
    g_hash_table_insert (settings, g_strdup ("acting-user"),
                         g_strdup (addition->keys->acting_user));
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
