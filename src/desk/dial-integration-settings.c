#include "dial-integration-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-setting-text.h"

/* What is kept of an integration besides what Greenhouse says: reading it, and changing it. */

/* The settings a person or a script may change; the store keeps them as text. */
static const char *keys[] = {
  "name", "caption", "subdomain", "colour", "as", "recruiter-id", "visibility", "contact-tag",
  "contact-sync", "contact-jobs", "contact-stages", "stop-tags", "note-fields", "quick-tags", "phone",
  "call-numbers", "sms-numbers", "log-by-itself", "log-grace", "status", "sync-paused",
  "acting-user", "harvest-url", "auth-url", "note-patience", NULL
};

/* What holds where nobody said anything. */
static const struct {
  const char *key;
  const char *value;
} defaults[] = {
  { "contact-tag", "Greenhouse" },
  { "contact-sync", "no" },
  { "stop-tags", "Do not contact, Do not call, DNC" },
  { "note-fields", "number, own-number, time, time-there, length, tags, ring, agent, recording, notes" },
  /* Translators: the recruiter's verdicts on a call, separated by commas */
  { "quick-tags", N_("Interested, Call again, Not now") },
  { "log-by-itself", "no" },
  { "log-grace", "600" },
};

static const char *colours[] = {
  "blue", "green", "yellow", "orange", "red", "purple", "brown", "slate", NULL
};

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

const char *
_dial_integration_get_setting (DialIntegration *self,
                               const char      *key)
{
  const char *value = g_hash_table_lookup (self->settings, key);

  if (value != NULL)
    return value;

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (key, defaults[i].key))
      return _(defaults[i].value);

  return "";
}

static void
notify_setting (DialIntegration *self,
                const char      *key)
{
  static const struct {
    const char *key;
    guint       property_id;
  } shown[] = {
    { "name", INTEGRATION_PROP_NAME },
    { "caption", INTEGRATION_PROP_CAPTION },
    { "subdomain", INTEGRATION_PROP_SUBDOMAIN },
    { "as", INTEGRATION_PROP_RECRUITER_EMAIL },
    { "api", INTEGRATION_PROP_API },
    { "status", INTEGRATION_PROP_ACTIVE },
    { "last-sync", INTEGRATION_PROP_LAST_SYNC },
    { "colour", INTEGRATION_PROP_COLOUR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (key, shown[i].key))
      notify (self, shown[i].property_id);
}

void
_dial_integration_take_setting (DialIntegration *self,
                                const char      *key,
                                const char      *value)
{
  g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
  notify_setting (self, key);
}

/* Keeps what the program itself remembers; a failure shows with the next thing that is written. */
void
_dial_integration_keep_settings (DialIntegration *self,
                                 GHashTable      *settings)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    _dial_integration_take_setting (self, key, value);

  dial_store_save_settings_async (self->store, settings, NULL, NULL, NULL);
}

void
_dial_integration_keep_setting (DialIntegration *self,
                                const char      *key,
                                const char      *value)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (settings, (char *) key, (char *) value);
  _dial_integration_keep_settings (self, settings);
}

/**
 * dial_integration_get_name:
 * @self: an integration
 *
 * Returns: the authentication name
 */
const char *
dial_integration_get_name (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return _dial_integration_get_setting (self, "name");
}

/**
 * dial_integration_get_caption:
 * @self: an integration
 *
 * Returns: what tells it from the others, or ""
 */
const char *
dial_integration_get_caption (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return _dial_integration_get_setting (self, "caption");
}

/**
 * dial_integration_get_subdomain:
 * @self: an integration
 *
 * Returns: the part before `.greenhouse.io`
 */
const char *
dial_integration_get_subdomain (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return _dial_integration_get_setting (self, "subdomain");
}

/**
 * dial_integration_get_recruiter_email:
 * @self: an integration
 *
 * Returns: by whom notes are signed, or ""
 */
const char *
dial_integration_get_recruiter_email (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return _dial_integration_get_setting (self, "as");
}

/**
 * dial_integration_get_api:
 * @self: an integration
 *
 * Returns: the dialect it speaks
 */
DialApi
dial_integration_get_api (DialIntegration *self)
{
  int api = DIAL_API_V3;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), DIAL_API_V3);

  dial_enum_from_nick (DIAL_TYPE_API, _dial_integration_get_setting (self, "api"), &api);
  return api;
}

/**
 * dial_integration_is_active:
 * @self: an integration
 *
 * Returns: whether it syncs, logs calls and sends notes
 */
gboolean
dial_integration_is_active (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), FALSE);

  return g_str_equal (_dial_integration_get_setting (self, "status"), "active");
}

/**
 * dial_integration_get_last_sync:
 * @self: an integration
 *
 * Returns: when the last complete sync ended, an instant
 */
gint64
dial_integration_get_last_sync (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), DIAL_INSTANT_UNKNOWN);

  return g_ascii_strtoll (_dial_integration_get_setting (self, "last-sync"), NULL, 10);
}

/**
 * dial_integration_get_visibility:
 * @self: an integration
 *
 * Returns: who may read notes unless the recruiter chooses otherwise
 */
DialVisibility
dial_integration_get_visibility (DialIntegration *self)
{
  int visibility = DIAL_VISIBILITY_PUBLIC;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), DIAL_VISIBILITY_PUBLIC);

  dial_enum_from_nick (DIAL_TYPE_VISIBILITY, _dial_integration_get_setting (self, "visibility"),
                       &visibility);
  return visibility;
}

/**
 * dial_integration_get_note_fields:
 * @self: an integration
 *
 * Returns: what notes tell of a call unless the recruiter chooses otherwise
 */
DialNoteFields
dial_integration_get_note_fields (DialIntegration *self)
{
  DialNoteFields fields = DIAL_NOTE_ALL;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), DIAL_NOTE_ALL);

  dial_note_fields_from_text (_dial_integration_get_setting (self, "note-fields"), &fields);
  return fields;
}

/**
 * dial_integration_dup_quick_tags:
 * @self: an integration
 *
 * Returns: (transfer full): the verdicts that are one key away
 */
GStrv
dial_integration_dup_quick_tags (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return g_strsplit (_dial_integration_get_setting (self, "quick-tags"), ", ", -1);
}

/* The sandbox, a Greenhouse on this machine, shows its people at its own address. */
static char *
loopback_origin (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) address = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  if (!g_str_equal (g_uri_get_host (uri), "localhost") &&
      (address == NULL || !g_inet_address_get_is_loopback (address)))
    return NULL;

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

/* What comes before a candidate's id in the address of its page. */
char *
_dial_integration_dup_people_url (DialIntegration *self)
{
  g_autofree char *origin = loopback_origin (_dial_integration_get_setting (self, "harvest-url"));

  if (origin == NULL)
    origin = g_strdup_printf ("https://%s.greenhouse.io", dial_integration_get_subdomain (self));

  return g_strconcat (origin, "/people/", NULL);
}

/**
 * dial_integration_dup_candidate_url:
 * @self: an integration
 * @candidate_id: a candidate
 *
 * Returns: (transfer full): the address of the candidate's page in Greenhouse
 */
char *
dial_integration_dup_candidate_url (DialIntegration *self,
                                    gint64           candidate_id)
{
  g_autofree char *prefix = NULL;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  prefix = _dial_integration_dup_people_url (self);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, candidate_id);
}

/**
 * dial_integration_get_colour:
 * @self: an integration
 *
 * Returns: what tells it from the others at a glance, one of [func@Integration.list_colours]
 */
const char *
dial_integration_get_colour (DialIntegration *self)
{
  const char *colour;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  colour = _dial_integration_get_setting (self, "colour");
  return *colour != '\0' ? colour : colours[0];
}

/**
 * dial_integration_list_colours:
 *
 * Returns: (transfer none) (array zero-terminated=1): the colours an integration may have, in the
 *   order new ones take them
 */
const char **
dial_integration_list_colours (void)
{
  return colours;
}

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

static void
apply_setting (DialIntegration *self,
               const char      *key)
{
  if (g_str_equal (key, "as") || g_str_equal (key, "recruiter-id")) {
    _dial_integration_find_recruiter (self);
    _dial_integration_hurry_courier (self);
  }
  if (g_str_has_suffix (key, "-url") || g_str_equal (key, "acting-user"))
    _dial_integration_drop_door (self);
  if (g_str_equal (key, "sync-paused"))
    _dial_integration_apply_pause (self);
  if (g_str_has_prefix (key, "contact-"))
    _dial_integration_apply_contact_sync (self);
  if (g_str_equal (key, "status")) {
    if (dial_integration_is_active (self))
      _dial_integration_start (self);
    else
      _dial_integration_stop (self);
  }
}

static void
on_settings_saved (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  GHashTable *settings = g_task_get_task_data (task);
  GError *error = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (!dial_store_save_settings_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  /* All are there before the first takes effect. */
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    _dial_integration_take_setting (self, key, value);
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    apply_setting (self, key);
  g_task_return_boolean (task, TRUE);
}

/* Saves @settings, which are clean, and lets them take effect. */
void
_dial_integration_change_async (DialIntegration     *self,
                                GHashTable          *settings,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, _dial_integration_change_async);
  g_task_set_task_data (task, g_hash_table_ref (settings), (GDestroyNotify) g_hash_table_unref);

  if (self->broken != NULL)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, "%s", self->broken);
  else
    dial_store_save_settings_async (self->store, settings, cancellable, on_settings_saved,
                                    g_object_ref (task));
}

gboolean
_dial_integration_change_finish (DialIntegration  *self,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (_dial_integration_change_finish (DIAL_INTEGRATION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
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
 * `inactive` pauses all three at once. An e-mail address (`as`) takes the place of a recruiter who was
 * chosen from the list (`recruiter-id`).
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
  char *clean;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_set_async);

  clean = dial_setting_text_clean (key, value, &error);
  if (clean == NULL) {
    g_task_return_error (task, error);
    return;
  }

  settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (settings, g_strdup (key), clean);
  if (g_str_equal (key, "as"))
    g_hash_table_insert (settings, g_strdup ("recruiter-id"), g_strdup (""));
  _dial_integration_change_async (self, settings, cancellable, on_changed, g_object_ref (task));
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
