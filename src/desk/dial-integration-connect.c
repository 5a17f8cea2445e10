#include "dial-integration-private.h"

#include "dial-keys.h"

/* Opening Greenhouse's door with what the keyring holds. */

typedef struct {
  guint           door;         /* which door was asked for */
  DialGreenhouse *greenhouse;
} Connecting;

static void
connecting_free (Connecting *connecting)
{
  g_clear_object (&connecting->greenhouse);
  g_free (connecting);
}

static void look_up (GTask *task);

static void
take_door (DialIntegration *self,
           DialGreenhouse  *greenhouse)
{
  self->greenhouse = g_object_ref (greenhouse);
  g_signal_connect_object (greenhouse, "allowance-changed",
                           G_CALLBACK (_dial_integration_tell_allowance), self, G_CONNECT_SWAPPED);
  _dial_integration_tell_allowance (self);
}

static void
return_door (GTask *task)
{
  DialIntegration *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);

  if (connecting->door != self->door) {
    g_clear_object (&connecting->greenhouse);
    look_up (task);
    return;
  }

  if (self->greenhouse == NULL)
    take_door (self, connecting->greenhouse);
  g_task_return_pointer (task, g_object_ref (self->greenhouse), g_object_unref);
}

static void
on_healed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_forget_positions_finish (DIAL_STORE (source), result, &error))
    return_door (task);
  else
    g_task_return_error (task, error);
}

/* What the keyring holds is what counts: a credential with a client id is one of v3, one without is a key
 * of v1. A setting that says otherwise is of a change that was cut short. */
static void
heal_api (GTask   *task,
          DialApi  api)
{
  DialIntegration *self = g_task_get_source_object (task);

  _dial_integration_keep_setting (self, "api", dial_enum_to_nick (DIAL_TYPE_API, api));
  dial_store_forget_positions_async (self->store, NULL, on_healed, g_object_ref (task));
}

static void
on_secret_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (DialKeys) keys = g_new0 (DialKeys, 1);
  GError *error = NULL;

  if (!dial_secrets_lookup_finish (DIAL_SECRETS (source), result, &keys->client_id, &keys->secret,
                                   &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (connecting->door != self->door) {
    look_up (task); /* these may be the former ones */
    return;
  }

  keys->api = *keys->client_id != '\0' ? DIAL_API_V3 : DIAL_API_V1;
  keys->acting_user = g_strdup (_dial_integration_get_setting (self, "acting-user"));
  connecting->greenhouse = dial_keys_open (keys,
                                           _dial_integration_get_setting (self, "harvest-url"),
                                           _dial_integration_get_setting (self, "auth-url"),
                                           &error);
  if (connecting->greenhouse == NULL)
    g_task_return_error (task, error);
  else if (keys->api != dial_integration_get_api (self))
    heal_api (task, keys->api);
  else
    return_door (task);
}

static void
look_up (GTask *task)
{
  DialIntegration *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);

  connecting->door = self->door;
  dial_secrets_lookup_async (self->secrets, self->id, g_task_get_cancellable (task),
                             on_secret_found, g_object_ref (task));
}

void
_dial_integration_connect_async (DialIntegration     *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Connecting *connecting = g_new0 (Connecting, 1);

  g_task_set_source_tag (task, _dial_integration_connect_async);
  g_task_set_task_data (task, connecting, (GDestroyNotify) connecting_free);

  if (self->broken != NULL)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, "%s", self->broken);
  else if (self->greenhouse != NULL)
    g_task_return_pointer (task, g_object_ref (self->greenhouse), g_object_unref);
  else
    look_up (task);
}

DialGreenhouse *
_dial_integration_connect_finish (DialIntegration  *self,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The next one who connects opens a new door: with other credentials, to another address. What is under way
 * ends with the old one. */
void
_dial_integration_drop_door (DialIntegration *self)
{
  self->door++;
  g_clear_object (&self->greenhouse);
  self->has_rechecked = FALSE;
}
