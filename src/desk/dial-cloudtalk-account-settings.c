#include "dial-cloudtalk-account-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-form.h"

/* What is kept of an account: reading it, and changing it. */

/* The settings a person or a script may change; the file keeps them as text. */
static const char *keys[] = { "caption", "as", "agent-id", "url", "haste", NULL };

static void
notify (DialCloudtalkAccount *self,
        guint                 property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_cloudtalk_account_properties[property_id]);
}

const char *
_dial_cloudtalk_account_get_setting (DialCloudtalkAccount *self,
                                     const char           *key)
{
  const char *value = g_hash_table_lookup (self->settings, key);

  return value != NULL ? value : "";
}

static void
notify_setting (DialCloudtalkAccount *self,
                const char           *key)
{
  static const struct {
    const char *key;
    guint       property_id;
  } shown[] = {
    { "caption", ACCOUNT_PROP_CAPTION },
    { "key-id", ACCOUNT_PROP_KEY_ID },
    { "as", ACCOUNT_PROP_EMAIL },
    { "agent-id", ACCOUNT_PROP_AGENT_ID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (key, shown[i].key))
      notify (self, shown[i].property_id);
}

/* All of @changes are there before the first is told. */
void
_dial_cloudtalk_account_take (DialCloudtalkAccount *self,
                              GHashTable           *changes)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    notify_setting (self, key);
}

static GHashTable *
list_differences (DialCloudtalkAccount *self,
                  GHashTable           *settings)
{
  GHashTable *changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_str_equal (_dial_cloudtalk_account_get_setting (self, key), value))
      g_hash_table_insert (changes, g_strdup (key), g_strdup (value));

  g_hash_table_iter_init (&iter, self->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (*(const char *) value != '\0' && !g_hash_table_contains (settings, key))
      g_hash_table_insert (changes, g_strdup (key), g_strdup (""));

  return changes;
}

/* Takes what stands in the file now, which another process may have written. */
void
_dial_cloudtalk_account_follow (DialCloudtalkAccount *self,
                                GHashTable           *settings)
{
  g_autoptr (GHashTable) changes = list_differences (self, settings);

  if (g_hash_table_size (changes) == 0)
    return;

  _dial_cloudtalk_account_take (self, changes);
  if (g_hash_table_contains (changes, "url") || g_hash_table_contains (changes, "renewed")) {
    _dial_cloudtalk_account_drop_door (self);
    _dial_cloudtalk_account_set_problem (self, NULL);
  }
  if (g_hash_table_contains (changes, "as") || g_hash_table_contains (changes, "agent-id"))
    _dial_cloudtalk_account_pick_agent (self);
  if (g_hash_table_contains (changes, "no-texts"))
    notify (self, ACCOUNT_PROP_NUMBERS);
  if (g_hash_table_contains (changes, "check")) {
    g_autoptr (DialAccountCheck) check =
      dial_account_check_from_text (_dial_cloudtalk_account_get_setting (self, "check"));

    _dial_cloudtalk_account_show_check (self, check);
  }
}

static GHashTable *
new_changes (const char *key,
             const char *value)
{
  GHashTable *changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (changes, g_strdup (key), g_strdup (value));
  return changes;
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DialCloudtalkAccount) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What was found out can be found out again. */
  if (!dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, &error))
    g_debug ("An account's findings were not kept: %s", error->message);

  self->n_writing--;
  if (self->n_writing == 0 && self->resting != NULL) {
    g_autoptr (GTask) resting = g_steal_pointer (&self->resting);

    g_task_return_boolean (resting, TRUE);
  }
}

/* Keeps what the program itself remembers. */
void
_dial_cloudtalk_account_keep (DialCloudtalkAccount *self,
                              const char           *key,
                              const char           *value)
{
  g_autoptr (GHashTable) changes = new_changes (key, value);

  _dial_cloudtalk_account_take (self, changes);
  self->n_writing++;
  dial_phones_file_change_async (self->file, self->id, changes, on_kept, g_object_ref (self));
}

/* Waits until all that is kept has reached the file. */
void
_dial_cloudtalk_account_rest_async (DialCloudtalkAccount *self,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_assert (self->resting == NULL);

  g_task_set_source_tag (task, _dial_cloudtalk_account_rest_async);
  if (self->n_writing == 0)
    g_task_return_boolean (task, TRUE);
  else
    self->resting = g_steal_pointer (&task);
}

/* How many times faster than usual its calls are looked after. */
guint
_dial_cloudtalk_account_get_haste (DialCloudtalkAccount *self)
{
  guint64 haste = g_ascii_strtoull (_dial_cloudtalk_account_get_setting (self, "haste"), NULL, 10);

  return (guint) CLAMP (haste, 1, DIAL_ACCOUNT_MAX_HASTE);
}

/**
 * dial_cloudtalk_account_list_keys:
 *
 * Returns: (transfer none) (array zero-terminated=1): the settings that may be changed
 */
const char **
dial_cloudtalk_account_list_keys (void)
{
  return keys;
}

/**
 * dial_cloudtalk_account_dup_setting:
 * @self: an account
 * @key: one of [func@CloudtalkAccount.list_keys]
 *
 * Returns: (transfer full) (nullable): the setting as text, %NULL if there is no such
 */
char *
dial_cloudtalk_account_dup_setting (DialCloudtalkAccount *self,
                                    const char           *key)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  if (!g_strv_contains (keys, key))
    return NULL;

  return g_strdup (_dial_cloudtalk_account_get_setting (self, key));
}

static char *
clean_agent_id (const char  *typed,
                GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  if (*text == '\0' || g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, NULL, NULL))
    return g_steal_pointer (&text);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
                       _("An agent's id in CloudTalk is a whole number; “dialhousectl phone check” tells it, or "
                         "leave it empty to be found by e-mail address."));
  return NULL;
}

static char *
clean_url (const char  *typed,
           GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  g_autoptr (GError) url_error = NULL;

  if (*text == '\0' || dial_cloudtalk_check_url (text, &url_error))
    return g_steal_pointer (&text);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_URL, url_error->message);
  return NULL;
}

static char *
clean_haste (const char  *typed,
             GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  if (*text == '\0' || g_ascii_string_to_unsigned (text, 10, 1, DIAL_ACCOUNT_MAX_HASTE, NULL, NULL))
    return g_steal_pointer (&text);

  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
               /* Translators: a number */
               _("How many times faster calls are looked after is a whole number up to %d; it is for tests, in which "
                 "calls are short."), DIAL_ACCOUNT_MAX_HASTE);
  return NULL;
}

static char *
clean_setting (const char  *key,
               const char  *typed,
               GError     **error)
{
  g_autofree char *names = NULL;

  if (g_str_equal (key, "caption"))
    return dial_form_clean_text (typed);
  if (g_str_equal (key, "as"))
    return dial_form_clean_agent_email (typed, error);
  if (g_str_equal (key, "agent-id"))
    return clean_agent_id (typed, error);
  if (g_str_equal (key, "url"))
    return clean_url (typed, error);
  if (g_str_equal (key, "haste"))
    return clean_haste (typed, error);

  names = g_strjoinv (", ", (char **) keys);
  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
               /* Translators: names of settings, not to be translated */
               _("There is no such setting. The settings are: %s."), names);
  return NULL;
}

/* Who was chosen is not found by another's address after the next start; and the other way round. */
static void
add_counterpart (DialCloudtalkAccount *self,
                 GHashTable           *changes,
                 const char           *key,
                 const char           *value)
{
  gint64 id = g_ascii_strtoll (value, NULL, 10);

  if (g_str_equal (key, "as"))
    g_hash_table_insert (changes, g_strdup ("agent-id"), g_strdup (""));
  if (!g_str_equal (key, "agent-id") || id == 0)
    return;

  for (guint i = 0; self->agents != NULL && i < self->agents->len; i++) {
    const DialCloudtalkAgent *agent = self->agents->pdata[i];

    if (agent->id == id && agent->email != NULL)
      g_hash_table_insert (changes, g_strdup ("as"), g_strdup (agent->email));
  }
}

static void
apply_changes (DialCloudtalkAccount *self,
               GHashTable           *changes)
{
  if (g_hash_table_contains (changes, "url"))
    _dial_cloudtalk_account_drop_door (self);
  if (g_hash_table_contains (changes, "agent-id"))
    _dial_cloudtalk_account_pick_agent (self);

  /* What was found is of another agent, or of another place. */
  if (!g_hash_table_contains (changes, "caption"))
    _dial_cloudtalk_account_take_check (self, NULL);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  GHashTable *changes = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_phones_file_write_finish (DIAL_PHONES_FILE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  _dial_cloudtalk_account_take (self, changes);
  apply_changes (self, changes);
  g_task_return_boolean (task, TRUE);
}

/**
 * dial_cloudtalk_account_set_async:
 * @self: an account
 * @key: one of [func@CloudtalkAccount.list_keys]
 * @value: as typed
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Changes a setting, once it is on disk. An e-mail address (`as`) takes the place of an agent who was chosen
 * (`agent-id`).
 */
void
dial_cloudtalk_account_set_async (DialCloudtalkAccount *self,
                                  const char           *key,
                                  const char           *value,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *clean = NULL;
  GHashTable *changes;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_account_set_async);

  clean = clean_setting (key, value, &error);
  if (clean == NULL) {
    g_task_return_error (task, error);
    return;
  }

  changes = new_changes (key, clean);
  add_counterpart (self, changes, key, clean);
  g_task_set_task_data (task, changes, (GDestroyNotify) g_hash_table_unref);
  dial_phones_file_change_async (self->file, self->id, changes, on_saved, g_object_ref (task));
}

/**
 * dial_cloudtalk_account_set_finish:
 * @self: an account
 * @result: what the callback was given
 * @error: return location; a `FIELD` code of [error@DeskError] if the value makes no sense
 *
 * Returns: whether the setting was changed
 */
gboolean
dial_cloudtalk_account_set_finish (DialCloudtalkAccount  *self,
                                   GAsyncResult          *result,
                                   GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
