#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-form.h"

/* The settings a person or a script may change; the store keeps them as text. */
static const char *keys[] = {
  "name", "caption", "subdomain", "as", "visibility", "status", "harvest-url", "auth-url", NULL
};

/**
 * dial_integration_list_keys:
 *
 * Returns: (transfer none) (array zero-terminated=1): the settings that may be changed
 */
const char **
dial_integration_list_keys (void)
{
  return keys;
}

/**
 * dial_integration_dup_setting:
 * @self: an integration
 * @key: one of [func@Integration.list_keys]
 *
 * Returns: (transfer full) (nullable): the setting as text, %NULL if there is no such
 */
char *
dial_integration_dup_setting (DialIntegration *self,
                              const char      *key)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  if (!g_strv_contains (keys, key))
    return NULL;

  return g_strdup (_dial_integration_get_setting (self, key));
}

static char *
clean_word (const char  *typed,
            const char  *sentence,
            gboolean     valid,
            GError     **error)
{
  if (valid)
    return g_strdup (typed);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY, sentence);
  return NULL;
}

/* Returns what @key shall hold for what was typed, or NULL with a sentence. */
static char *
clean_setting (const char  *key,
               const char  *typed,
               GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  g_autofree char *names = NULL;
  GError *url_error = NULL;
  int visibility = DIAL_VISIBILITY_UNKNOWN;

  if (g_str_equal (key, "name")) {
    if (*text != '\0')
      return g_steal_pointer (&text);
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_NAME,
                         _("Enter a name for this integration."));
    return NULL;
  }
  if (g_str_equal (key, "caption"))
    return g_steal_pointer (&text);
  if (g_str_equal (key, "subdomain"))
    return dial_form_clean_subdomain (text, error);
  if (g_str_equal (key, "as"))
    return dial_form_clean_email (text, error);
  if (g_str_equal (key, "visibility")) {
    dial_enum_from_nick (DIAL_TYPE_VISIBILITY, text, &visibility);
    return clean_word (text, _("Visibility is one of public, private and admin_only."),
                       visibility != DIAL_VISIBILITY_UNKNOWN, error);
  }
  if (g_str_equal (key, "status"))
    return clean_word (text, _("Status is active or inactive."),
                       g_str_equal (text, "active") || g_str_equal (text, "inactive"), error);
  if (g_str_equal (key, "harvest-url") || g_str_equal (key, "auth-url")) {
    if (*text == '\0' || dial_greenhouse_check_url (text, &url_error))
      return g_steal_pointer (&text);
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_URL, url_error->message);
    g_clear_error (&url_error);
    return NULL;
  }

  names = g_strjoinv (", ", (char **) keys);
  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
               /* Translators: names of settings, not to be translated */
               _("There is no such setting. The settings are: %s."), names);
  return NULL;
}

typedef struct {
  char *key;
  char *value;
} Change;

static void
change_free (Change *change)
{
  g_free (change->key);
  g_free (change->value);
  g_free (change);
}

static void
apply_setting (DialIntegration *self,
               const char      *key,
               const char      *value)
{
  _dial_integration_take_setting (self, key, value);

  if (g_str_equal (key, "as"))
    _dial_integration_find_recruiter (self);
  if (g_str_has_suffix (key, "-url"))
    g_clear_object (&self->greenhouse);
  if (g_str_equal (key, "status")) {
    if (dial_integration_is_active (self))
      _dial_integration_start (self);
    else
      _dial_integration_stop (self);
  }
}

static void
on_setting_saved (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_settings_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  apply_setting (self, change->key, change->value);
  g_task_return_boolean (task, TRUE);
}

/**
 * dial_integration_set_async:
 * @self: an integration
 * @key: one of [func@Integration.list_keys]
 * @value: as typed
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Changes a setting, once it is on disk. The status `active` switches sync, calls and notes on,
 * `inactive` pauses all three at once.
 */
void
dial_integration_set_async (DialIntegration     *self,
                            const char          *key,
                            const char          *value,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) settings = NULL;
  g_autofree char *clean = NULL;
  GError *error = NULL;
  Change *change;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_set_async);

  clean = clean_setting (key, value, &error);
  if (clean == NULL) {
    g_task_return_error (task, error);
    return;
  }

  change = g_new0 (Change, 1);
  change->key = g_strdup (key);
  change->value = g_steal_pointer (&clean);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);

  settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (settings, change->key, change->value);
  dial_store_save_settings_async (self->store, settings, cancellable, on_setting_saved,
                                  g_object_ref (task));
}

/**
 * dial_integration_set_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location; a `FIELD` code of [error@DeskError] if the value makes no sense
 *
 * Returns: whether the setting was changed
 */
gboolean
dial_integration_set_finish (DialIntegration  *self,
                             GAsyncResult     *result,
                             GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
