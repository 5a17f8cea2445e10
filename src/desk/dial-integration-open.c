#include "dial-integration-private.h"

#include <glib/gi18n.h>

static GTask *
open_task_new (const char          *id,
               DialSecrets         *secrets,
               gboolean             by_hand,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  DialIntegration *self = g_object_new (DIAL_TYPE_INTEGRATION, NULL);

  g_task_set_source_tag (task, _dial_integration_open_async);
  self->id = g_strdup (id);
  self->secrets = g_object_ref (secrets);
  self->by_hand = by_hand;
  g_task_set_task_data (task, self, g_object_unref);
  return task;
}

static void
on_settings_loaded (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->settings = dial_store_load_settings_finish (DIAL_STORE (source), result, &error);
  if (self->settings == NULL) {
    g_task_return_error (task, error);
    return;
  }

  _dial_integration_recall_check (self);
  _dial_integration_recall_loss (self);
  _dial_integration_count_candidates (self);
  _dial_integration_count_unsent (self);
  _dial_integration_find_recruiter (self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
load_settings (GTask     *task,
               DialStore *store)
{
  _dial_integration_take_store (g_task_get_task_data (task), store);
  dial_store_load_settings_async (store, g_task_get_cancellable (task), on_settings_loaded, g_object_ref (task));
}

static void
on_store_opened (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialStore) store = dial_store_open_finish (result, &error);

  if (store != NULL)
    load_settings (task, store);
  else
    g_task_return_error (task, error);
}

void
_dial_integration_open_async (DialStore           *store,
                              const char          *id,
                              DialSecrets         *secrets,
                              gboolean             by_hand,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = open_task_new (id, secrets, by_hand, cancellable, callback, user_data);

  load_settings (task, store);
}

void
_dial_integration_open_path_async (const char          *path,
                                   const char          *id,
                                   DialSecrets         *secrets,
                                   gboolean             by_hand,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = open_task_new (id, secrets, by_hand, cancellable, callback, user_data);

  dial_store_open_async (path, cancellable, on_store_opened, g_object_ref (task));
}

DialIntegration *
_dial_integration_open_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An integration whose file cannot be opened: it does nothing, but it can be looked at and removed. */
DialIntegration *
_dial_integration_new_broken (const char   *path,
                              const char   *id,
                              DialSecrets  *secrets,
                              const GError *error)
{
  DialIntegration *self = g_object_new (DIAL_TYPE_INTEGRATION, NULL);
  g_autoptr (DialStore) store = dial_store_new_closed (path);

  self->id = g_strdup (id);
  self->secrets = g_object_ref (secrets);
  self->by_hand = TRUE;
  self->broken = g_strdup (error->message);
  self->health = DIAL_HEALTH_BROKEN;
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  /* Translators: the name of an integration whose file cannot be read, so that its name is not known */
  g_hash_table_insert (self->settings, g_strdup ("name"), g_strdup (_("Unreadable integration")));
  g_hash_table_insert (self->settings, g_strdup ("caption"), g_strdup (id));
  g_hash_table_insert (self->settings, g_strdup ("status"), g_strdup ("inactive"));
  _dial_integration_take_store (self, store);
  return self;
}

/* What cannot go on does nothing any more, but can be removed. */
void
_dial_integration_break (DialIntegration *self,
                         const char      *problem)
{
  self->by_hand = TRUE;
  self->resting = FALSE;
  dial_set_str (&self->broken, problem);
  _dial_integration_take_setting (self, "status", "inactive");
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[INTEGRATION_PROP_PROBLEM]);
  _dial_integration_update_health (self);
}

gboolean
_dial_integration_is_broken (DialIntegration *self)
{
  return self->broken != NULL;
}

static void
on_store_closed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_close_finish (DIAL_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
_dial_integration_close_async (DialIntegration     *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, _dial_integration_close_async);
  self->resting = TRUE;
  _dial_integration_stop (self);
  dial_courier_abort (self->courier);
  dial_store_close_async (self->store, NULL, on_store_closed, g_object_ref (task));
}

gboolean
_dial_integration_close_finish (DialIntegration  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
