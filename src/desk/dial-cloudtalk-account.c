#include "dial-cloudtalk-account-private.h"

#include <glib/gi18n.h>
#include <string.h>

GParamSpec *dial_cloudtalk_account_properties[N_ACCOUNT_PROPS];

G_DEFINE_FINAL_TYPE (DialCloudtalkAccount, dial_cloudtalk_account, G_TYPE_OBJECT)

static void
notify (DialCloudtalkAccount *self,
        guint                 property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_cloudtalk_account_properties[property_id]);
}

static void
dial_cloudtalk_account_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  DialCloudtalkAccount *self = DIAL_CLOUDTALK_ACCOUNT (object);

  switch (property_id) {
  case ACCOUNT_PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case ACCOUNT_PROP_CAPTION:
    g_value_set_string (value, dial_cloudtalk_account_get_caption (self));
    break;
  case ACCOUNT_PROP_KEY_ID:
    g_value_set_string (value, dial_cloudtalk_account_get_key_id (self));
    break;
  case ACCOUNT_PROP_EMAIL:
    g_value_set_string (value, dial_cloudtalk_account_get_email (self));
    break;
  case ACCOUNT_PROP_AGENT_ID:
    g_value_set_int64 (value, dial_cloudtalk_account_get_agent_id (self));
    break;
  case ACCOUNT_PROP_AGENT:
    g_value_set_pointer (value, (gpointer) self->agent);
    break;
  case ACCOUNT_PROP_NUMBERS:
    g_value_set_boxed (value, self->numbers);
    break;
  case ACCOUNT_PROP_PROBLEM:
    g_value_set_string (value, dial_cloudtalk_account_get_problem (self));
    break;
  case ACCOUNT_PROP_HEALTH:
    g_value_set_enum (value, (int) self->health);
    break;
  case ACCOUNT_PROP_CHECK:
    g_value_set_pointer (value, self->check);
    break;
  case ACCOUNT_PROP_CHECKING:
    g_value_set_boolean (value, self->n_checking > 0);
    break;
  case ACCOUNT_PROP_ALLOWANCE:
    g_value_set_boolean (value, self->cloudtalk != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_cloudtalk_account_dispose (GObject *object)
{
  DialCloudtalkAccount *self = DIAL_CLOUDTALK_ACCOUNT (object);

  g_clear_object (&self->cloudtalk);
  g_clear_object (&self->secrets);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (dial_cloudtalk_account_parent_class)->dispose (object);
}

static void
dial_cloudtalk_account_finalize (GObject *object)
{
  DialCloudtalkAccount *self = DIAL_CLOUDTALK_ACCOUNT (object);

  g_clear_pointer (&self->check, dial_account_check_unref);
  g_clear_pointer (&self->agents, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_free (self->problem);
  g_free (self->id);

  G_OBJECT_CLASS (dial_cloudtalk_account_parent_class)->finalize (object);
}

static void
dial_cloudtalk_account_class_init (DialCloudtalkAccountClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec **properties = dial_cloudtalk_account_properties;

  object_class->get_property = dial_cloudtalk_account_get_property;
  object_class->dispose = dial_cloudtalk_account_dispose;
  object_class->finalize = dial_cloudtalk_account_finalize;

  properties[ACCOUNT_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[ACCOUNT_PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[ACCOUNT_PROP_KEY_ID] = g_param_spec_string ("key-id", NULL, NULL, NULL, flags);
  properties[ACCOUNT_PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[ACCOUNT_PROP_AGENT_ID] =
    g_param_spec_int64 ("agent-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[ACCOUNT_PROP_AGENT] = g_param_spec_pointer ("agent", NULL, NULL, flags);
  properties[ACCOUNT_PROP_NUMBERS] =
    g_param_spec_boxed ("numbers", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  properties[ACCOUNT_PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[ACCOUNT_PROP_HEALTH] =
    g_param_spec_enum ("health", NULL, NULL, DIAL_TYPE_HEALTH, DIAL_HEALTH_UNKNOWN, flags);
  properties[ACCOUNT_PROP_CHECK] = g_param_spec_pointer ("check", NULL, NULL, flags);
  properties[ACCOUNT_PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);
  properties[ACCOUNT_PROP_ALLOWANCE] = g_param_spec_boolean ("allowance", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_ACCOUNT_PROPS, properties);
}

static void
dial_cloudtalk_account_init (DialCloudtalkAccount *self)
{
}

/* @settings: as they were read from @file; the account takes them over. */
DialCloudtalkAccount *
_dial_cloudtalk_account_new (const char     *id,
                             DialPhonesFile *file,
                             DialSecrets    *secrets,
                             GHashTable     *settings)
{
  DialCloudtalkAccount *self = g_object_new (DIAL_TYPE_CLOUDTALK_ACCOUNT, NULL);

  self->id = g_strdup (id);
  self->file = g_object_ref (file);
  self->secrets = g_object_ref (secrets);
  self->settings = g_hash_table_ref (settings);
  self->check = dial_account_check_from_text (_dial_cloudtalk_account_get_setting (self, "check"));
  _dial_cloudtalk_account_update_health (self);
  return self;
}

/**
 * dial_cloudtalk_account_get_id:
 * @self: an account
 *
 * Returns: the name by which settings and dialhousectl know it
 */
const char *
dial_cloudtalk_account_get_id (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * dial_cloudtalk_account_get_caption:
 * @self: an account
 *
 * Returns: what tells it from the others, or ""
 */
const char *
dial_cloudtalk_account_get_caption (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return _dial_cloudtalk_account_get_setting (self, "caption");
}

/**
 * dial_cloudtalk_account_get_key_id:
 * @self: an account
 *
 * Returns: the half of the keys that is no secret
 */
const char *
dial_cloudtalk_account_get_key_id (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return _dial_cloudtalk_account_get_setting (self, "key-id");
}

/**
 * dial_cloudtalk_account_get_email:
 * @self: an account
 *
 * Returns: the address by which the recruiter is found among the agents, or ""
 */
const char *
dial_cloudtalk_account_get_email (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return _dial_cloudtalk_account_get_setting (self, "as");
}

/**
 * dial_cloudtalk_account_get_agent_id:
 * @self: an account
 *
 * Returns: which agent the recruiter is, as chosen or as last found; 0 if that is not known
 */
gint64
dial_cloudtalk_account_get_agent_id (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), 0);

  return g_ascii_strtoll (_dial_cloudtalk_account_get_setting (self, "agent-id"), NULL, 10);
}

/**
 * dial_cloudtalk_account_dup_title:
 * @self: an account
 *
 * Returns: (transfer full): what a person calls it
 */
char *
dial_cloudtalk_account_dup_title (DialCloudtalkAccount *self)
{
  const char *caption;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  caption = dial_cloudtalk_account_get_caption (self);
  return *caption != '\0' ? g_strdup_printf ("CloudTalk (%s)", caption) : g_strdup ("CloudTalk");
}

/* How it is */

static DialHealth
find_health (DialCloudtalkAccount *self)
{
  if (self->problem != NULL)
    return DIAL_HEALTH_BROKEN;
  if (self->check == NULL || self->check->findings->len == 0)
    return DIAL_HEALTH_UNKNOWN;
  if (!dial_account_check_is_ok (self->check))
    return DIAL_HEALTH_BROKEN;

  /* Who has gone home is no reason to look at the settings. */
  for (guint i = 0; i < self->check->findings->len; i++) {
    const DialAccountFinding *finding = self->check->findings->pdata[i];

    if (finding->state != DIAL_STEP_GOOD && finding->step != DIAL_ACCOUNT_STEP_STATE &&
        finding->step != DIAL_ACCOUNT_STEP_LINK)
      return DIAL_HEALTH_LIMITED;
  }

  return DIAL_HEALTH_GOOD;
}

void
_dial_cloudtalk_account_update_health (DialCloudtalkAccount *self)
{
  DialHealth health = find_health (self);

  if (health == self->health)
    return;

  self->health = health;
  notify (self, ACCOUNT_PROP_HEALTH);
}

/**
 * dial_cloudtalk_account_get_health:
 * @self: an account
 *
 * Returns: how well it works, as far as is known
 */
DialHealth
dial_cloudtalk_account_get_health (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), DIAL_HEALTH_UNKNOWN);

  return self->health;
}

/**
 * dial_cloudtalk_account_get_problem:
 * @self: an account
 *
 * Returns: (nullable): why it does not work now, a sentence
 */
const char *
dial_cloudtalk_account_get_problem (DialCloudtalkAccount *self)
{
  const DialAccountFinding *finding;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  if (self->problem != NULL)
    return self->problem;

  finding = self->check != NULL ? dial_account_check_find (self->check, DIAL_STEP_BAD) : NULL;
  return finding != NULL ? finding->text : NULL;
}

/* Why nothing could be asked; NULL once something was. */
void
_dial_cloudtalk_account_set_problem (DialCloudtalkAccount *self,
                                     const char           *problem)
{
  if (!dial_set_str (&self->problem, problem))
    return;

  notify (self, ACCOUNT_PROP_PROBLEM);
  _dial_cloudtalk_account_update_health (self);
}

/**
 * dial_cloudtalk_account_heed:
 * @self: an account
 * @error: (nullable): what a request of this account ended with, %NULL if it ended well
 *
 * Lets the account know how it goes: keys that were refused are its problem until they are accepted again.
 */
void
dial_cloudtalk_account_heed (DialCloudtalkAccount *self,
                             const GError         *error)
{
  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));

  if (error == NULL)
    _dial_cloudtalk_account_set_problem (self, NULL);
  else if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS))
    _dial_cloudtalk_account_set_problem (self, error->message);
}

/* The door */

typedef struct {
  guint door;       /* which one was asked for */
} Connecting;

static void look_up (GTask *task);

static void
tell_allowance (DialCloudtalkAccount *self)
{
  notify (self, ACCOUNT_PROP_ALLOWANCE);
}

/* What the keyring holds is what counts: an id in the file that says otherwise is of a change that was cut short. */
static void
heal_key_id (DialCloudtalkAccount *self,
             const char           *key_id)
{
  if (!g_str_equal (key_id, dial_cloudtalk_account_get_key_id (self)))
    _dial_cloudtalk_account_keep (self, "key-id", key_id);
}

static void
open_door (GTask      *task,
           const char *key_id,
           const char *secret)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  const char *url = _dial_cloudtalk_account_get_setting (self, "url");
  GError *error = NULL;

  if (self->cloudtalk == NULL) {
    self->cloudtalk = dial_cloudtalk_new (key_id, secret, *url != '\0' ? url : NULL, &error);
    if (self->cloudtalk == NULL) {
      g_task_return_error (task, error);
      return;
    }
    g_signal_connect_object (self->cloudtalk, "allowance-changed", G_CALLBACK (tell_allowance), self,
                             G_CONNECT_SWAPPED);
    tell_allowance (self);
  }

  g_task_return_pointer (task, g_object_ref (self->cloudtalk), g_object_unref);
}

static void
on_secret_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  g_autofree char *key_id = NULL;
  char *secret = NULL;
  GError *error = NULL;

  if (!dial_secrets_lookup_finish (DIAL_SECRETS (source), result, &key_id, &secret, &error)) {
    g_task_return_error (task, error);
    return;
  }

  /* Where the keys were changed meanwhile these may be the former ones. */
  if (connecting->door != self->door) {
    look_up (task);
  } else {
    heal_key_id (self, key_id);
    open_door (task, key_id, secret);
  }
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
look_up (GTask *task)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);

  connecting->door = self->door;
  dial_secrets_lookup_async (self->secrets, self->id, g_task_get_cancellable (task), on_secret_found,
                             g_object_ref (task));
}

/**
 * dial_cloudtalk_account_connect_async:
 * @self: an account
 * @cancellable: (nullable): stops waiting for the keyring
 * @callback: called when the door is open
 * @user_data: for @callback
 *
 * Opens the door with what the keyring holds. Nothing is asked of CloudTalk.
 */
void
dial_cloudtalk_account_connect_async (DialCloudtalkAccount *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_account_connect_async);
  g_task_set_task_data (task, g_new0 (Connecting, 1), g_free);

  if (self->cloudtalk != NULL)
    g_task_return_pointer (task, g_object_ref (self->cloudtalk), g_object_unref);
  else
    look_up (task);
}

/**
 * dial_cloudtalk_account_connect_finish:
 * @self: an account
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the open door
 */
DialCloudtalk *
dial_cloudtalk_account_connect_finish (DialCloudtalkAccount  *self,
                                       GAsyncResult          *result,
                                       GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_cloudtalk_account_get_cloudtalk:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the door, if it was opened already
 */
DialCloudtalk *
dial_cloudtalk_account_get_cloudtalk (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->cloudtalk;
}

/**
 * dial_cloudtalk_account_get_waits_until:
 * @self: an account
 *
 * Returns: until when questions wait because the company's requests of this minute are used up, an instant;
 *   %DIAL_INSTANT_UNKNOWN if none does
 */
gint64
dial_cloudtalk_account_get_waits_until (DialCloudtalkAccount *self)
{
  DialCloudtalkAllowance allowance = { 0 };
  gint64 until;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), DIAL_INSTANT_UNKNOWN);

  if (self->cloudtalk != NULL)
    dial_cloudtalk_get_allowance (self->cloudtalk, &allowance);
  until = MAX (allowance.blocked_until, allowance.resets_at);
  return allowance.waiting > 0 && until > g_get_real_time () ? until : DIAL_INSTANT_UNKNOWN;
}

/* The next one who connects opens a new door: with other keys, to another address. What is under way ends with
 * the old one. */
void
_dial_cloudtalk_account_drop_door (DialCloudtalkAccount *self)
{
  self->door++;
  if (self->cloudtalk != NULL)
    g_signal_handlers_disconnect_by_func (self->cloudtalk, tell_allowance, self);
  g_clear_object (&self->cloudtalk);
  tell_allowance (self);
}
