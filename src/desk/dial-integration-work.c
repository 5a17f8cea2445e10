#include "dial-integration-private.h"

#include <glib/gi18n.h>

/* What an integration does with Greenhouse besides syncing: carrying notes; on demand, and by itself while it
 * is active. And how all of it begins and ends. */

/* What Greenhouse took stands in its lists at once, as far as anybody has seen; this is ample. Where a list
 * was seen to lag, three times that is added. */
#define PATIENCE_SECONDS 90
#define LONGEST_LAG      1200

/* A little more than the courier gives a note on the wire. */
#define REST_SECONDS 12

/* How long what was just opened leaves the main loop to the window. */
#define START_DELAY_MS 250

/* Whether anything may be begun with it at all. */
gboolean
_dial_integration_check_usable (DialIntegration  *self,
                                GError          **error)
{
  if (self->broken != NULL) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, self->broken);
    return FALSE;
  }
  if (self->resting) {
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                 /* Translators: the name of an integration */
                 _("“%s” is being changed just now: try again in a moment."),
                 dial_integration_get_name (self));
    return FALSE;
  }

  return TRUE;
}

gboolean
_dial_integration_check_active (DialIntegration  *self,
                                GError          **error)
{
  if (!_dial_integration_check_usable (self, error))
    return FALSE;
  if (dial_integration_is_active (self))
    return TRUE;

  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE,
               /* Translators: the name of an integration, and its id */
               _("“%s” is inactive: switch it on first (dialhousectl integration activate %s)."),
               dial_integration_get_name (self), self->id);
  return FALSE;
}

gboolean
_dial_integration_works_by_itself (DialIntegration *self)
{
  return !self->by_hand && !self->resting && dial_integration_is_active (self);
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
  if (_dial_integration_works_by_itself (self) && when != G_MAXINT64)
    self->courier_timer = g_timeout_add_once ((guint) CLAMP (seconds, 1, 3600) * 1000,
                                              on_courier_timer, self);
}

static guint
get_lag (DialIntegration *self)
{
  return (guint) g_ascii_strtoull (_dial_integration_get_setting (self, "lag"), NULL, 10);
}

/* How long a note is looked for, after an unclear end, before it goes out again: longer than any list has
 * lagged behind so far. */
guint
_dial_integration_get_patience (DialIntegration *self)
{
  const char *wanted = _dial_integration_get_setting (self, "note-patience");
  guint patience = *wanted != '\0' ? (guint) g_ascii_strtoull (wanted, NULL, 10) : PATIENCE_SECONDS;

  return patience + 3 * get_lag (self);
}

static void
keep_lag (DialIntegration *self,
          guint            lag)
{
  g_autofree char *text = g_strdup_printf ("%u", MIN (lag, LONGEST_LAG));

  _dial_integration_keep_setting (self, "lag", text);
}

/* Trouble makes the waits longer until a run gets through. A run without trouble in which nothing was due
 * yet has not solved anything. */
static void
plan_next (DialIntegration         *self,
           const DialCourierReport *report,
           GError                  *error)
{
  if (error != NULL) {
    gint64 when;

    if (report->got_through)
      self->courier_failures = 0;
    when = dial_courier_in_a_while (++self->courier_failures);

    _dial_integration_set_problem (self, &self->courier_problem, error->message);
    _dial_integration_heed_error (self, error, DIAL_NEED_CREATE_NOTE);
    plan_courier (self, report->next_try_at != G_MAXINT64 ? MAX (when, report->next_try_at) : when);
  } else {
    self->courier_failures = 0;
    if (report->next_try_at == G_MAXINT64)
      _dial_integration_set_problem (self, &self->courier_problem, NULL);
    plan_courier (self, report->next_try_at);
  }
}

static void
courier_ended (DialIntegration         *self,
               const DialCourierReport *report,
               GError                  *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->flushes);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->carrying);

  if (report->forbidden) {
    g_autoptr (GError) refusal = g_error_new_literal (DIAL_GREENHOUSE_ERROR,
                                                      DIAL_GREENHOUSE_ERROR_FORBIDDEN, "");

    _dial_integration_heed_error (self, refusal, DIAL_NEED_CREATE_NOTE);
  }
  if (report->lag > get_lag (self))
    keep_lag (self, report->lag);
  if (!cancelled)
    plan_next (self, report, error);

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }

  if (self->next_flushes->len > 0)
    run_courier (self);
  _dial_integration_look_for_rest (self);
}

static void
on_courier_ran (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  DialCourierReport report;

  dial_courier_run_finish (DIAL_COURIER (source), result, &report, &error);
  courier_ended (self, &report, error);
}

static void
on_connected_to_carry (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);
  const DialCourierReport nothing = { .next_try_at = G_MAXINT64 };
  DialCourierOrder order = {
    .greenhouse = greenhouse,
    .recruiter_id = _dial_integration_get_recruiter_id (self),
    .recruiter_email = dial_integration_get_recruiter_email (self),
    .patience = _dial_integration_get_patience (self),
    .everything = (self->carry_flags & DIAL_CARRY_EVERYTHING) != 0,
    .waits = (self->carry_flags & DIAL_CARRY_WAITS) != 0,
  };

  self->carry_flags = DIAL_CARRY_DEFAULT;
  if (greenhouse == NULL)
    courier_ended (self, &nothing, error);
  else
    dial_courier_run_async (self->courier, &order, self->carrying, on_courier_ran,
                            g_object_ref (self));
}

/* One run at a time; who asks during a run is answered by the next, which sees all that was queued. */
static void
run_courier (DialIntegration *self)
{
  GTask *first;

  if (self->flushes->len > 0) {
    dial_courier_nudge (self->courier);
    return;
  }

  g_clear_handle_id (&self->courier_timer, g_source_remove);
  g_ptr_array_unref (self->flushes);
  self->flushes = g_steal_pointer (&self->next_flushes);
  self->next_flushes = g_ptr_array_new_with_free_func (g_object_unref);

  first = g_ptr_array_index (self->flushes, 0);
  self->carrying = _dial_integration_follow (g_task_get_cancellable (first));
  _dial_integration_connect_async (self, self->carrying, on_connected_to_carry,
                                   g_object_ref (self));
}

void
_dial_integration_carry_async (DialIntegration     *self,
                               DialCarryFlags       flags,
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

  self->carry_flags |= flags;
  g_ptr_array_add (self->next_flushes, g_object_ref (task));
  run_courier (self);
}

void
_dial_integration_wake_courier (DialIntegration *self)
{
  if (_dial_integration_works_by_itself (self))
    _dial_integration_carry_async (self, DIAL_CARRY_DEFAULT, self->work, NULL, NULL);
}

/* What notes waited for has changed: they need not wait any longer. */
void
_dial_integration_hurry_courier (DialIntegration *self)
{
  if (_dial_integration_works_by_itself (self))
    _dial_integration_carry_async (self, DIAL_CARRY_EVERYTHING, self->work, NULL, NULL);
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

  _dial_integration_carry_async (self, DIAL_CARRY_EVERYTHING | DIAL_CARRY_WAITS, cancellable, callback,
                                 user_data);
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

/* The network is back, or the computer woke up. */
void
_dial_integration_try_soon (DialIntegration *self)
{
  if (!_dial_integration_works_by_itself (self))
    return;

  _dial_integration_hurry_courier (self);
  _dial_integration_sync_soon (self);
}

static void
on_network_changed (DialIntegration *self,
                    gboolean         available)
{
  if (available)
    _dial_integration_try_soon (self);
}

void
_dial_integration_start (DialIntegration *self)
{
  g_clear_handle_id (&self->start_timer, g_source_remove);
  if (!_dial_integration_works_by_itself (self))
    return;

  /* Whether there is a network is only a hint to try sooner: it says nothing of loopback or proxies. */
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  _dial_integration_hurry_courier (self);
  _dial_integration_start_sync (self);
  _dial_integration_start_looking_back (self);
}

static void
on_start_due (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->start_timer = 0;
  _dial_integration_start (self);
}

/* Begins a moment later: opening the keyring and asking Greenhouse is work for the main loop, which has a window
 * to show first. */
void
_dial_integration_start_soon (DialIntegration *self)
{
  if (_dial_integration_works_by_itself (self) && self->start_timer == 0)
    self->start_timer = g_timeout_add_once (START_DELAY_MS, on_start_due, self);
}

void
_dial_integration_stop (DialIntegration *self)
{
  g_clear_handle_id (&self->start_timer, g_source_remove);
  g_clear_handle_id (&self->courier_timer, g_source_remove);
  _dial_integration_stop_sync (self);
  _dial_integration_stop_looking_back (self);
  _dial_integration_stop_contacts (self);
  g_cancellable_cancel (self->carrying);
  g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  self->work = g_cancellable_new ();
  _dial_integration_set_problem (self, &self->sync_problem, NULL);
  _dial_integration_set_problem (self, &self->courier_problem, NULL);
}

/* Resting: nothing is under way, and nothing begins until it is resumed */

static gboolean
is_at_rest (DialIntegration *self)
{
  return self->syncs->len == 0 && self->next_syncs->len == 0 && self->flushes->len == 0 && self->next_flushes->len == 0 &&
         self->askers->len == 0 && !self->looking_back && !dial_contacts_is_running (self->contacts);
}

static void
end_rests (DialIntegration *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->rests);

  self->rests = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

static void
on_rest_timer (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->rest_timer = 0;
  dial_courier_abort (self->courier);
  end_rests (self);
}

void
_dial_integration_look_for_rest (DialIntegration *self)
{
  if (self->rests->len > 0 && is_at_rest (self))
    end_rests (self);
}

/* Stops all work and waits until it has ended: a note that is on the wire is answered first, if that does not
 * take too long. From now on nothing begins. */
void
_dial_integration_rest_async (DialIntegration     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, _dial_integration_rest_async);
  self->resting = TRUE;
  _dial_integration_stop (self);
  g_cancellable_cancel (self->checking);

  g_ptr_array_add (self->rests, g_object_ref (task));
  if (is_at_rest (self))
    end_rests (self);
  else if (self->rest_timer == 0)
    self->rest_timer = g_timeout_add_once (REST_SECONDS * 1000, on_rest_timer, self);
}

gboolean
_dial_integration_rest_finish (DialIntegration  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
_dial_integration_is_resting (DialIntegration *self)
{
  return self->resting;
}

/* Goes on after a rest. */
void
_dial_integration_resume (DialIntegration *self)
{
  self->resting = FALSE;
  _dial_integration_start (self);
}
