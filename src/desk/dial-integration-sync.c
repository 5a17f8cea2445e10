#include "dial-integration-private.h"

#include <glib/gi18n.h>

/* Syncing: on demand, by itself while the integration is active, and not at all while it is paused. */

#define KEY_PAUSED  "sync-paused"
#define KEY_MISSING "missing"

typedef struct {
  gboolean        full;
  DialSyncSummary summary;
} SyncJob;

G_DEFINE_BOXED_TYPE (DialSyncProgress, dial_sync_progress, dial_sync_progress_copy,
                     dial_sync_progress_free)

DialSyncProgress *
dial_sync_progress_copy (const DialSyncProgress *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
dial_sync_progress_free (DialSyncProgress *self)
{
  g_free (self);
}

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

/* What is under way ends when @caller loses patience, and when the integration is switched off. */
GCancellable *
_dial_integration_follow (GCancellable *caller)
{
  GCancellable *cancellable = g_cancellable_new ();

  if (caller != NULL && g_cancellable_is_cancelled (caller))
    g_cancellable_cancel (cancellable);
  else if (caller != NULL)
    g_signal_connect_object (caller, "cancelled", G_CALLBACK (g_cancellable_cancel), cancellable,
                             G_CONNECT_SWAPPED);

  return cancellable;
}

/* When */

static void
on_sync_timer (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->sync_timer = 0;
  dial_integration_sync_async (self, FALSE, self->work, NULL, NULL);
}

static void
plan_sync (DialIntegration *self,
           gint64           milliseconds)
{
  g_clear_handle_id (&self->sync_timer, g_source_remove);
  if (_dial_integration_works_by_itself (self) && !dial_integration_is_sync_paused (self))
    self->sync_timer = g_timeout_add_once ((guint) MAX (milliseconds, 0), on_sync_timer, self);
}

static void
plan_next_sync (DialIntegration *self)
{
  gint64 due = self->synced_at + self->sync_seconds * G_USEC_PER_SEC;

  plan_sync (self, (due - g_get_monotonic_time ()) / 1000);
}

/* How often it syncs by itself. */
void
_dial_integration_set_sync_seconds (DialIntegration *self,
                                    guint            seconds)
{
  if (seconds == self->sync_seconds)
    return;

  self->sync_seconds = seconds;
  if (self->sync_timer != 0 && self->sync_failures == 0)
    plan_next_sync (self);
}

void
_dial_integration_sync_soon (DialIntegration *self)
{
  if (!dial_integration_is_syncing (self))
    plan_sync (self, 1000);
}

void
_dial_integration_start_sync (DialIntegration *self)
{
  if (dial_integration_is_syncing (self))
    self->sync_again = TRUE;
  else if (_dial_integration_works_by_itself (self) && !dial_integration_is_sync_paused (self))
    dial_integration_sync_async (self, FALSE, self->work, NULL, NULL);
}

void
_dial_integration_stop_sync (DialIntegration *self)
{
  g_clear_handle_id (&self->sync_timer, g_source_remove);
  self->sync_again = FALSE;
  g_cancellable_cancel (self->syncing);
}

/* What may not be forgotten without a word */

static void
set_loss (DialIntegration *self,
          DialResource     resource,
          guint            n_missing,
          guint            n_missing_of)
{
  g_autofree char *sentence = NULL;

  if (n_missing > 0 && resource == DIAL_RESOURCE_CANDIDATES)
    sentence = g_strdup_printf (
      /* Translators: numbers, and an integration's id; the command is not translated */
      _("Greenhouse does not list %u of %u candidates any more. None of them was forgotten, since a "
        "lost permission looks the same: check the credential. If they were deleted in Greenhouse, "
        "forget them with “dialhousectl sync %s --full --forget %u”."),
      n_missing, n_missing_of, self->id, n_missing);
  else if (n_missing > 0)
    sentence = g_strdup_printf (
      /* Translators: numbers, the name of a list in Greenhouse such as applications, and an integration's
       * id; the command is not translated */
      _("Greenhouse does not list %u of %u entries of “%s” any more. None of them was forgotten, "
        "since a lost permission looks the same: check the credential. If they were deleted in "
        "Greenhouse, forget them with “dialhousectl sync %s --full --forget %u”."),
      n_missing, n_missing_of, dial_enum_to_nick (DIAL_TYPE_RESOURCE, resource), self->id, n_missing);

  _dial_integration_set_problem (self, &self->loss_problem, sentence);
}

static void
keep_loss (DialIntegration       *self,
           const DialSyncSummary *summary)
{
  g_autofree char *text = NULL;

  if (summary->n_missing == 0 && self->loss_problem == NULL)
    return;

  if (summary->n_missing > 0)
    text = g_strdup_printf ("%s %u %u", dial_enum_to_nick (DIAL_TYPE_RESOURCE, summary->doubted),
                            summary->n_missing, summary->n_missing_of);
  _dial_integration_keep_setting (self, KEY_MISSING, text != NULL ? text : "");
  set_loss (self, summary->doubted, summary->n_missing, summary->n_missing_of);
}

/* A sweep that was not believed stays so over a restart. */
void
_dial_integration_recall_loss (DialIntegration *self)
{
  g_auto (GStrv) words = g_strsplit (_dial_integration_get_setting (self, KEY_MISSING), " ", -1);
  int resource = 0;

  if (g_strv_length (words) == 3 && dial_enum_from_nick (DIAL_TYPE_RESOURCE, words[0], &resource))
    set_loss (self, (DialResource) resource, (guint) g_ascii_strtoull (words[1], NULL, 10),
              (guint) g_ascii_strtoull (words[2], NULL, 10));
}

/**
 * dial_integration_get_loss:
 * @self: an integration
 *
 * Returns: how many rows of a list seem to be gone from Greenhouse, too many to be forgotten without a person's word;
 *   0 if there are none. Changes with `problem`
 */
guint
dial_integration_get_loss (DialIntegration *self)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), 0);

  words = g_strsplit (_dial_integration_get_setting (self, KEY_MISSING), " ", -1);
  return g_strv_length (words) == 3 ? (guint) g_ascii_strtoull (words[1], NULL, 10) : 0;
}

/**
 * dial_integration_allow_loss:
 * @self: an integration
 * @n_rows: as many as a person said
 *
 * Lets the next sync that looks who is gone forget up to @n_rows of a list, however many that are. Without this
 * word it forgets nobody when more than 5 %, or more than 500, seem to be gone.
 */
void
dial_integration_allow_loss (DialIntegration *self,
                             guint            n_rows)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  self->allowed_loss = n_rows;
}

/* One run */

static void run_sync (DialIntegration *self);

static void
take_success (DialIntegration       *self,
              const DialSyncSummary *summary)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());

  self->sync_failures = 0;
  _dial_integration_keep_setting (self, "last-sync", now);
  _dial_integration_set_problem (self, &self->sync_problem, NULL);
  if (summary->swept) {
    self->allowed_loss = 0;
    keep_loss (self, summary);
  }
  _dial_integration_find_recruiter (self);
  _dial_integration_heed_success (self);
}

static void
answer (GPtrArray             *tasks,
        const DialSyncSummary *summary,
        const GError          *error)
{
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
sync_ended (DialIntegration       *self,
            const DialSyncSummary *summary,
            GError                *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->syncs);

  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->syncing);
  self->synced_at = g_get_monotonic_time ();
  notify (self, INTEGRATION_PROP_SYNCING);

  if (error == NULL) {
    take_success (self, summary);
    if (summary->unfinished)
      plan_sync (self, 1000);
    else
      plan_next_sync (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    _dial_integration_set_problem (self, &self->sync_problem, error->message);
    _dial_integration_heed_error (self, error, DIAL_NEED_CANDIDATES);
    plan_sync (self, MIN (15u << MIN (self->sync_failures, 5), 300u) * 1000);
    self->sync_failures++;
  } else if (self->sync_again) {
    plan_sync (self, 0);
  } else {
    plan_next_sync (self);
  }
  self->sync_again = FALSE;

  answer (tasks, summary, error);
  run_sync (self);
  _dial_integration_look_for_rest (self);
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
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);
  DialSyncWish wish = {
    .full = self->syncs_fully,
    .patient = self->by_hand,
    .allowed_loss = self->allowed_loss,
  };

  if (greenhouse == NULL)
    sync_ended (self, NULL, error);
  else
    dial_sync_run_async (self->sync, greenhouse, &wish, self->syncing, on_sync_ran,
                         g_object_ref (self));
}

/* Runs for those who wait, if it does not run for others. */
static void
run_sync (DialIntegration *self)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;

  if (self->syncs->len > 0 || self->next_syncs->len == 0)
    return;

  waiting = g_steal_pointer (&self->next_syncs);
  self->next_syncs = g_ptr_array_new_with_free_func (g_object_unref);
  if (!_dial_integration_check_active (self, &error)) {
    answer (waiting, NULL, error);
    return;
  }

  g_ptr_array_unref (self->syncs);
  self->syncs = g_steal_pointer (&waiting);
  self->syncs_fully = FALSE;
  for (guint i = 0; i < self->syncs->len; i++)
    self->syncs_fully |= ((SyncJob *) g_task_get_task_data (g_ptr_array_index (self->syncs, i)))->full;

  g_clear_handle_id (&self->sync_timer, g_source_remove);
  self->syncing = _dial_integration_follow (g_task_get_cancellable (g_ptr_array_index (self->syncs,
                                                                                       0)));
  notify (self, INTEGRATION_PROP_SYNCING);
  _dial_integration_connect_async (self, self->syncing, on_connected_to_sync, g_object_ref (self));
}

static gboolean
check_not_paused (DialIntegration  *self,
                  GError          **error)
{
  if (!dial_integration_is_sync_paused (self))
    return TRUE;

  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE,
               /* Translators: the name of an integration, and its id */
               _("Syncing “%s” is paused: let it go on first (dialhousectl integration set %s "
                 "sync-paused no)."),
               dial_integration_get_name (self), self->id);
  return FALSE;
}

/**
 * dial_integration_sync_async:
 * @self: an integration
 * @full: ask for everything, and forget what is gone
 * @cancellable: (nullable): stops it; what was saved stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings candidates in. While a sync is under way that brings them, asking again waits for that one; one that
 * looks who is gone gives way.
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

  if (!_dial_integration_check_active (self, &error) || !check_not_paused (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  if (self->syncs->len > 0 && !dial_sync_is_sweeping (self->sync) && full <= self->syncs_fully) {
    g_ptr_array_add (self->syncs, g_object_ref (task));
    return;
  }

  g_ptr_array_add (self->next_syncs, g_object_ref (task));
  if (self->syncs->len > 0)
    dial_sync_give_way (self->sync);
  else
    run_sync (self);
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

/**
 * dial_integration_get_sync_progress:
 * @self: an integration
 * @progress: (out caller-allocates): how far the sync under way is; after it, how far it came
 */
void
dial_integration_get_sync_progress (DialIntegration  *self,
                                    DialSyncProgress *progress)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  dial_sync_get_progress (self->sync, progress);
  progress->paused = dial_integration_is_sync_paused (self);
}

/* The allowance */

void
_dial_integration_tell_allowance (DialIntegration *self)
{
  notify (self, INTEGRATION_PROP_ALLOWANCE);
}

/**
 * dial_integration_get_allowance:
 * @self: an integration
 * @allowance: (out caller-allocates): how many requests Greenhouse lets in, all zero before the first
 */
void
dial_integration_get_allowance (DialIntegration *self,
                                DialAllowance   *allowance)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  *allowance = (DialAllowance) { 0 };
  if (self->greenhouse != NULL)
    dial_greenhouse_get_allowance (self->greenhouse, allowance);
}

/* Pausing */

/**
 * dial_integration_is_sync_paused:
 * @self: an integration
 *
 * Returns: whether nothing is fetched until it is let go on
 */
gboolean
dial_integration_is_sync_paused (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), FALSE);

  return g_str_equal (_dial_integration_get_setting (self, KEY_PAUSED), "yes");
}

/* After the setting changed. */
void
_dial_integration_apply_pause (DialIntegration *self)
{
  if (dial_integration_is_sync_paused (self))
    _dial_integration_stop_sync (self);
  else
    _dial_integration_start_sync (self);

  notify (self, INTEGRATION_PROP_SYNC_PAUSED);
  notify (self, INTEGRATION_PROP_SYNC_PROGRESS);
}

/**
 * dial_integration_set_sync_paused:
 * @self: an integration
 * @paused: whether to fetch nothing until told otherwise
 *
 * Pauses syncing, also over a restart: what is under way stops, and goes on from there later. Notes and calls go
 * on.
 */
void
dial_integration_set_sync_paused (DialIntegration *self,
                                  gboolean         paused)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  if (paused == dial_integration_is_sync_paused (self))
    return;

  _dial_integration_keep_setting (self, KEY_PAUSED, paused ? "yes" : "no");
  _dial_integration_apply_pause (self);
}
