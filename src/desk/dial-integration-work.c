#include "dial-integration-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What an integration does with Greenhouse: connecting, checking, syncing, carrying notes; on demand, and by
 * itself while it is active. */

#define SYNC_SECONDS 60

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

gboolean
_dial_integration_check_active (DialIntegration  *self,
                                GError          **error)
{
  if (dial_integration_is_active (self))
    return TRUE;

  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE,
               /* Translators: the name of an integration, and its id */
               _("“%s” is inactive: switch it on first (dialhousectl integration activate %s)."),
               dial_integration_get_name (self), self->id);
  return FALSE;
}

/* Connecting */

static void
on_secret_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  g_autofree char *client_id = NULL;
  char *secret = NULL;
  const char *harvest_url = _dial_integration_get_setting (self, "harvest-url");
  const char *auth_url = _dial_integration_get_setting (self, "auth-url");
  GError *error = NULL;

  if (!dial_secrets_lookup_finish (DIAL_SECRETS (source), result, &client_id, &secret, &error)) {
    g_task_return_error (task, error);
    return;
  }

  if (self->greenhouse == NULL)
    self->greenhouse = dial_greenhouse_new (dial_integration_get_api (self),
                                            *harvest_url != '\0' ? harvest_url : NULL,
                                            *auth_url != '\0' ? auth_url : NULL,
                                            client_id, secret, &error);
  explicit_bzero (secret, strlen (secret));
  g_free (secret);

  if (self->greenhouse == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (self->greenhouse), g_object_unref);
}

void
_dial_integration_connect_async (DialIntegration     *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, _dial_integration_connect_async);
  if (self->greenhouse != NULL)
    g_task_return_pointer (task, g_object_ref (self->greenhouse), g_object_unref);
  else
    dial_secrets_lookup_async (self->secrets, self->id, cancellable, on_secret_found,
                               g_object_ref (task));
}

DialGreenhouse *
_dial_integration_connect_finish (DialIntegration  *self,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Checking */

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DialGreenhouseCheck *check = dial_greenhouse_check_finish (DIAL_GREENHOUSE (source), result,
                                                             &error);

  if (check == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, check, (GDestroyNotify) dial_greenhouse_check_free);
}

static void
on_connected_to_check (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialGreenhouse) greenhouse =
    _dial_integration_connect_finish (DIAL_INTEGRATION (source), result, &error);

  if (greenhouse == NULL)
    g_task_return_error (task, error);
  else
    dial_greenhouse_check_async (greenhouse, g_task_get_cancellable (task), on_checked,
                                 g_object_ref (task));
}

/**
 * dial_integration_check_async:
 * @self: an integration
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out which permissions the credential has, without writing anything. Works while inactive too.
 */
void
dial_integration_check_async (DialIntegration     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_check_async);
  _dial_integration_connect_async (self, cancellable, on_connected_to_check, g_object_ref (task));
}

/**
 * dial_integration_check_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was found
 */
DialGreenhouseCheck *
dial_integration_check_finish (DialIntegration  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Syncing */

typedef struct {
  gboolean        full;
  DialSyncSummary summary;
} SyncJob;

static void
on_sync_timer (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->sync_timer = 0;
  dial_integration_sync_async (self, FALSE, self->work, NULL, NULL);
}

static void
plan_sync (DialIntegration *self,
           guint            seconds)
{
  g_clear_handle_id (&self->sync_timer, g_source_remove);
  if (!self->by_hand && dial_integration_is_active (self))
    self->sync_timer = g_timeout_add_once (seconds * 1000, on_sync_timer, self);
}

static void
sync_ended (DialIntegration       *self,
            const DialSyncSummary *summary,
            GError                *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->syncs);

  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  notify (self, INTEGRATION_PROP_SYNCING);

  if (error == NULL) {
    g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());

    self->sync_failures = 0;
    _dial_integration_keep_setting (self, "last-sync", now);
    _dial_integration_set_problem (self, &self->sync_problem, NULL);
    _dial_integration_find_recruiter (self);
    plan_sync (self, SYNC_SECONDS);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    _dial_integration_set_problem (self, &self->sync_problem, error->message);
    plan_sync (self, MIN (15u << MIN (self->sync_failures, 5), 300u));
    self->sync_failures++;
  }

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);
    SyncJob *job = g_task_get_task_data (task);

    if (summary != NULL)
      job->summary = *summary;
    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
on_sync_ran (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  DialSyncSummary summary = { 0 };

  dial_sync_run_finish (DIAL_SYNC (source), result, &summary, &error);
  sync_ended (self, &summary, error);
}

static void
on_connected_to_sync (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = DIAL_INTEGRATION (source);
  SyncJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);

  if (greenhouse == NULL)
    sync_ended (self, NULL, error);
  else
    dial_sync_run_async (self->sync, greenhouse, job->full, g_task_get_cancellable (task),
                         on_sync_ran, g_object_ref (self));
}

/**
 * dial_integration_sync_async:
 * @self: an integration
 * @full: ask for everything, and forget what is gone
 * @cancellable: (nullable): stops it; what was saved stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings candidates in. While a sync is under way, asking again waits for that one.
 */
void
dial_integration_sync_async (DialIntegration     *self,
                             gboolean             full,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  SyncJob *job;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_sync_async);
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (SyncJob, 1);
  job->full = full;
  g_task_set_task_data (task, job, g_free);

  if (!_dial_integration_check_active (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  g_clear_handle_id (&self->sync_timer, g_source_remove);
  g_ptr_array_add (self->syncs, g_object_ref (task));
  if (self->syncs->len > 1)
    return;

  notify (self, INTEGRATION_PROP_SYNCING);
  _dial_integration_connect_async (self, cancellable, on_connected_to_sync, g_object_ref (task));
}

/**
 * dial_integration_sync_finish:
 * @self: an integration
 * @result: what the callback was given
 * @summary: (out caller-allocates) (optional): what was done; filled after a failure too
 * @error: return location
 *
 * Returns: whether the sync came to its end
 */
gboolean
dial_integration_sync_finish (DialIntegration  *self,
                              GAsyncResult     *result,
                              DialSyncSummary  *summary,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (summary != NULL)
    *summary = ((SyncJob *) g_task_get_task_data (G_TASK (result)))->summary;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Carrying notes */

static void run_courier (DialIntegration *self);

static void
on_courier_timer (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->courier_timer = 0;
  _dial_integration_wake_courier (self);
}

static void
plan_courier (DialIntegration *self,
              gint64           when)
{
  gint64 seconds = (when - g_get_real_time ()) / G_USEC_PER_SEC + 1;

  g_clear_handle_id (&self->courier_timer, g_source_remove);
  if (!self->by_hand && dial_integration_is_active (self) && when != G_MAXINT64)
    self->courier_timer = g_timeout_add_once ((guint) CLAMP (seconds, 1, 3600) * 1000,
                                              on_courier_timer, self);
}

static void
courier_ended (DialIntegration *self,
               gint64           next_try_at,
               GError          *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->flushes);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);

  if (error != NULL && !cancelled) {
    _dial_integration_set_problem (self, &self->courier_problem, error->message);
    plan_courier (self, g_get_real_time () + 15 * G_USEC_PER_SEC);
  } else if (!cancelled) {
    /* A run in which nothing was due yet has not solved anything. */
    if (next_try_at == G_MAXINT64)
      _dial_integration_set_problem (self, &self->courier_problem, NULL);
    plan_courier (self, next_try_at);
  }

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }

  if (self->next_flushes->len > 0)
    run_courier (self);
}

static void
on_courier_ran (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 next_try_at = G_MAXINT64;

  dial_courier_run_finish (DIAL_COURIER (source), result, &next_try_at, &error);
  courier_ended (self, next_try_at, error);
}

static void
on_connected_to_carry (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = DIAL_INTEGRATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);
  gboolean everything = self->flush_everything;

  self->flush_everything = FALSE;
  if (greenhouse == NULL)
    courier_ended (self, G_MAXINT64, error);
  else
    dial_courier_run_async (self->courier, greenhouse,
                            dial_integration_get_recruiter_email (self), everything,
                            g_task_get_cancellable (task), on_courier_ran, g_object_ref (self));
}

/* One run at a time; who asks during a run is answered by the next, which sees all that was queued. */
static void
run_courier (DialIntegration *self)
{
  GTask *first;

  if (self->flushes->len > 0)
    return;

  g_clear_handle_id (&self->courier_timer, g_source_remove);
  g_ptr_array_unref (self->flushes);
  self->flushes = g_steal_pointer (&self->next_flushes);
  self->next_flushes = g_ptr_array_new_with_free_func (g_object_unref);

  first = g_ptr_array_index (self->flushes, 0);
  _dial_integration_connect_async (self, g_task_get_cancellable (first), on_connected_to_carry,
                                   g_object_ref (first));
}

static void
carry_async (DialIntegration     *self,
             gboolean             everything,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, dial_integration_flush_async);
  if (!_dial_integration_check_active (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  self->flush_everything |= everything;
  g_ptr_array_add (self->next_flushes, g_object_ref (task));
  run_courier (self);
}

void
_dial_integration_wake_courier (DialIntegration *self)
{
  if (!self->by_hand && dial_integration_is_active (self))
    carry_async (self, FALSE, self->work, NULL, NULL);
}

/**
 * dial_integration_flush_async:
 * @self: an integration
 * @cancellable: (nullable): stops it
 * @callback: called when nothing is left to do now
 * @user_data: for @callback
 *
 * Sends all notes that may go out, those that wait for a later try too, and reads them back.
 */
void
dial_integration_flush_async (DialIntegration     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  carry_async (self, TRUE, cancellable, callback, user_data);
}

/**
 * dial_integration_flush_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location for what ended it early; how each note stands, the outbox tells
 *
 * Returns: whether all notes were tried
 */
gboolean
dial_integration_flush_finish (DialIntegration  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* By itself */

static void
on_network_changed (DialIntegration *self,
                    gboolean         available)
{
  if (self->by_hand || !dial_integration_is_active (self) || !available)
    return;

  _dial_integration_wake_courier (self);
  if (!dial_integration_is_syncing (self))
    plan_sync (self, 1);
}

void
_dial_integration_start (DialIntegration *self)
{
  if (self->by_hand || !dial_integration_is_active (self))
    return;

  /* Whether there is a network is only a hint to try sooner: it says nothing of loopback or proxies. */
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  _dial_integration_wake_courier (self);
  dial_integration_sync_async (self, FALSE, self->work, NULL, NULL);
}

void
_dial_integration_stop (DialIntegration *self)
{
  g_clear_handle_id (&self->sync_timer, g_source_remove);
  g_clear_handle_id (&self->courier_timer, g_source_remove);
  if (self->work != NULL) {
    g_cancellable_cancel (self->work);
    g_object_unref (self->work);
  }
  self->work = g_cancellable_new ();
  _dial_integration_set_problem (self, &self->sync_problem, NULL);
  _dial_integration_set_problem (self, &self->courier_problem, NULL);
}
