#include "dial-sync-private.h"

/**
 * DialSync:
 *
 * Walks through what Greenhouse lists and puts it into the store, page by page and several lists, and parts of
 * lists, side by side. Where it is, is saved with each page; a walk that was cut short goes on from there.
 *
 * What it does in one run stands in dial-sync-plan.c, how pages come in dial-sync-pages.c, who is forgotten
 * in dial-sync-forget.c.
 */

enum {
  PROGRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSync, dial_sync, G_TYPE_OBJECT)

static void
run_free (DialSyncRun *run)
{
  g_clear_object (&run->greenhouse);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->positions, g_ptr_array_unref);
  g_ptr_array_unref (run->walks);
  g_ptr_array_unref (run->whole);
  g_array_unref (run->strays);
  g_clear_error (&run->error);
  g_free (run);
}

/* What fails first is told; what is under way is called off. Takes @error. */
void
dial_sync_fail (GTask  *task,
                GError *error)
{
  DialSyncRun *run = g_task_get_task_data (task);

  if (run->error != NULL) {
    g_error_free (error);
    return;
  }

  run->error = error;
  g_cancellable_cancel (run->cancellable);
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);

  run->summary.candidates = dial_store_count_candidates_finish (DIAL_STORE (source), result, NULL);
  self->task = NULL;
  dial_sync_hush (self);
  if (run->error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish (GTask *task)
{
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);

  dial_store_unlock (self->store, DIAL_STORE_LOCK_SYNC);

  run->summary.complete = run->error == NULL;
  run->summary.requests = dial_greenhouse_get_n_requests (run->greenhouse) - run->requests_before;
  run->summary.refused = dial_greenhouse_get_n_refused (run->greenhouse) - run->refused_before;
  run->summary.seconds = (double) (g_get_monotonic_time () - run->began) / G_USEC_PER_SEC;

  /* Counted even after a cancel: the summary tells what stands. */
  dial_store_count_candidates_async (self->store, NULL, on_counted, g_object_ref (task));
}

/* Keeps what the walks of this phase have come to. Returns whether all came to their end. */
static gboolean
take_stock (DialSyncRun *run)
{
  gboolean done = TRUE;

  while (run->walks->len > 0) {
    DialWalk *walk = g_ptr_array_steal_index (run->walks, 0);
    guint index = DIAL_SYNC_POSITION_INDEX (walk->resource, walk->position->aim);

    done &= dial_walk_is_done (walk);
    if (!walk->is_new) {
      dial_sync_position_free (g_ptr_array_index (run->positions, index));
      g_ptr_array_index (run->positions, index) = dial_sync_position_copy (walk->position);
    }
    if (dial_walk_is_whole (walk) && dial_walk_is_done (walk) && !walk->is_given_up)
      g_ptr_array_add (run->whole, walk);
    else
      dial_walk_free (walk);
  }

  return done;
}

/* Goes on with the next phase that has anything to do. */
void
dial_sync_next_phase (GTask *task)
{
  DialSyncRun *run = g_task_get_task_data (task);
  gboolean done = take_stock (run);

  if (run->error != NULL) {
    run->phase = DIAL_SYNC_PHASE_END;
  } else if (!done) {
    /* A sweep that is not over yet. */
    run->phase = DIAL_SYNC_PHASE_END;
    run->summary.unfinished = TRUE;
  }

  while (run->phase < DIAL_SYNC_PHASE_END) {
    run->phase++;
    dial_sync_plan (run);
    if (run->phase == DIAL_SYNC_PHASE_FORGET) {
      dial_sync_forget (task);
      return;
    }
    if (run->phase == DIAL_SYNC_PHASE_STRAYS) {
      dial_sync_fetch_strays (task);
      return;
    }
    if (run->walks->len > 0) {
      dial_sync_tell (g_task_get_source_object (task));
      dial_sync_feed (task);
      return;
    }
  }

  finish (task);
}

static void
on_positions_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->positions = dial_store_load_positions_finish (DIAL_STORE (source), result, &error);
  if (run->positions == NULL) {
    dial_sync_fail (task, error);
    finish (task);
    return;
  }

  run->phase = DIAL_SYNC_PHASE_RECORDS;
  dial_sync_plan (run);
  dial_sync_tell (g_task_get_source_object (task));
  dial_sync_feed (task);
}

static void
on_stored_counted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSyncRun *run = g_task_get_task_data (task);

  run->n_stored = dial_store_count_candidates_finish (DIAL_STORE (source), result, NULL);
  dial_store_load_positions_async (DIAL_STORE (source), run->cancellable, on_positions_loaded,
                                   g_object_ref (task));
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    self->task = NULL;
    dial_sync_hush (self);
    g_task_return_error (task, error);
    return;
  }

  dial_store_count_candidates_async (self->store, run->cancellable, on_stored_counted,
                                     g_object_ref (task));
}

static void
on_page_written (DialSync *self)
{
  if (self->task != NULL)
    dial_sync_ask (self->task);
}

static void
dial_sync_dispose (GObject *object)
{
  DialSync *self = DIAL_SYNC (object);

  g_clear_handle_id (&self->tell_timer, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_sync_parent_class)->dispose (object);
}

static void
dial_sync_class_init (DialSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_sync_dispose;

  /**
   * DialSync::progressed:
   *
   * It came further, began or ended; four times a second at most.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", DIAL_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static void
dial_sync_init (DialSync *self)
{
  self->progress.seconds_left = -1;
}

/**
 * dial_sync_new:
 * @store: where candidates go
 *
 * Returns: (transfer full): a sync that is not running
 */
DialSync *
dial_sync_new (DialStore *store)
{
  DialSync *self = g_object_new (DIAL_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "page-written", G_CALLBACK (on_page_written), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * dial_sync_set_page_size:
 * @self: a sync
 * @n_rows: rows of a page; 0 for as many as Greenhouse gives
 *
 * Asks for smaller pages, so that a test's small company has many of them.
 */
void
dial_sync_set_page_size (DialSync *self,
                         guint     n_rows)
{
  g_return_if_fail (DIAL_IS_SYNC (self));

  self->page_size = n_rows;
}

/**
 * dial_sync_get_progress:
 * @self: a sync
 * @progress: (out caller-allocates): how far the run under way is, or how far the last one came
 */
void
dial_sync_get_progress (DialSync         *self,
                        DialSyncProgress *progress)
{
  g_return_if_fail (DIAL_IS_SYNC (self));

  *progress = self->progress;
}

/**
 * dial_sync_is_sweeping:
 * @self: a sync
 *
 * Returns: whether all that changed is there, and it looks who is gone
 */
gboolean
dial_sync_is_sweeping (DialSync *self)
{
  g_return_val_if_fail (DIAL_IS_SYNC (self), FALSE);

  return self->progress.kind == DIAL_SYNC_KIND_SWEEP;
}

/**
 * dial_sync_give_way:
 * @self: a sync
 *
 * Ends a run that only looks who is gone: the next goes on with that, after what changed.
 */
void
dial_sync_give_way (DialSync *self)
{
  g_return_if_fail (DIAL_IS_SYNC (self));

  if (self->task != NULL)
    ((DialSyncRun *) g_task_get_task_data (self->task))->gives_way = TRUE;
}

static DialSyncRun *
run_new (DialGreenhouse     *greenhouse,
         const DialSyncWish *wish,
         GCancellable       *cancellable)
{
  DialSyncRun *run = g_new0 (DialSyncRun, 1);

  run->greenhouse = g_object_ref (greenhouse);
  run->wish = *wish;
  run->walks = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_walk_free);
  run->reach = DIAL_SYNC_FIRST_REACH;
  run->whole = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_walk_free);
  run->strays = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->began = g_get_monotonic_time ();
  run->requests_before = dial_greenhouse_get_n_requests (greenhouse);
  run->refused_before = dial_greenhouse_get_n_refused (greenhouse);
  dial_pace_begin (&run->pace_people, run->began);
  dial_pace_begin (&run->pace_rows, run->began);

  /* One of its own, to call off what is under way when one of several requests fails. */
  run->cancellable = g_cancellable_new ();
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    g_cancellable_cancel (run->cancellable);
  else if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             run->cancellable, G_CONNECT_SWAPPED);
  return run;
}

/**
 * dial_sync_run_async:
 * @self: a sync that does not run
 * @greenhouse: whom to ask
 * @wish: what to do
 * @cancellable: (nullable): stops it; what was saved stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks for what changed since the last complete sync; for everything the first time. Waits while
 * another process syncs the same store.
 */
void
dial_sync_run_async (DialSync            *self,
                     DialGreenhouse      *greenhouse,
                     const DialSyncWish  *wish,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_SYNC (self));
  g_return_if_fail (DIAL_IS_GREENHOUSE (greenhouse));
  g_return_if_fail (wish != NULL && self->task == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_sync_run_async);
  /* The summary counts what stands even when the walk was cancelled on its last page. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run_new (greenhouse, wish, cancellable), (GDestroyNotify) run_free);

  self->task = task;
  self->progress.received = self->progress.expected = 0;
  dial_store_lock_async (self->store, DIAL_STORE_LOCK_SYNC, cancellable, on_locked,
                         g_object_ref (task));
}

/**
 * dial_sync_run_finish:
 * @self: a sync
 * @result: what the callback was given
 * @summary: (out caller-allocates) (optional): what it did; filled after a failure too
 * @error: return location for an error of the store or of Greenhouse
 *
 * Returns: whether the walk came to its end
 */
gboolean
dial_sync_run_finish (DialSync         *self,
                      GAsyncResult     *result,
                      DialSyncSummary  *summary,
                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (summary != NULL)
    *summary = ((DialSyncRun *) g_task_get_task_data (G_TASK (result)))->summary;

  return g_task_propagate_boolean (G_TASK (result), error);
}
