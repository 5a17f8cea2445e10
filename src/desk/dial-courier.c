#include "dial-courier-private.h"

#include <glib/gi18n.h>

/* How long a note that is on the wire may take to be answered after the courier was told to stop. */
#define POST_SECONDS 10

/* The first wait after something failed, and the longest: it doubles each time. */
#define FIRST_WAIT   5
#define LONGEST_WAIT 300

/* What is due later than this was written down by a clock that was wrong. */
#define FAR_AHEAD DIAL_SECONDS (24 * 60 * 60)

/* The outbox is listed anew after so long: what was saved, or is due for a look, since then is not to wait for a
 * thousand others. */
#define ROUND_SECONDS 2

/* While somebody waits for it, a run waits so long for the next look. */
#define LONGEST_PAUSE 30

/**
 * DialCourier:
 *
 * Takes notes from the store's outbox to Greenhouse: each once, and reads it back.
 *
 * One process at a time carries for a store; the lock dies with its process. So whoever holds it and
 * finds a note that is being sent knows that its sender is gone, and looks before it repeats.
 *
 * Emits `needs-look` ([class@OutboxItem]) when a note cannot go on without a person.
 */

enum {
  NEEDS_LOOK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCourier, dial_courier, G_TYPE_OBJECT)

static void next_round (GTask *task);

static void
run_free (DialCourierRun *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_handle_id (&run->out_of_patience, g_source_remove);
  g_clear_object (&run->posting);
  g_clear_object (&run->greenhouse);
  g_clear_object (&run->author);
  g_clear_object (&run->item);
  g_clear_pointer (&run->items, g_ptr_array_unref);
  g_clear_pointer (&run->tried, g_hash_table_unref);
  g_clear_pointer (&run->looked_for, g_hash_table_unref);
  g_clear_error (&run->error);
  g_clear_error (&run->author_error);
  g_free (run->email);
  g_free (run);
}

/**
 * dial_courier_in_a_while:
 * @n_failures: how often in a row it went wrong, 1 for the first time
 *
 * Returns: the instant to try again: later each time, and never when everybody else does
 */
gint64
dial_courier_in_a_while (guint n_failures)
{
  guint doublings = MIN (n_failures > 0 ? n_failures - 1 : 0, 10);
  gint64 wait = DIAL_SECONDS (MIN (FIRST_WAIT << doublings, LONGEST_WAIT));

  return g_get_real_time () + wait + (gint64) (g_random_double () * (double) wait / 4);
}

/* Takes @error, which may be %NULL. */
void
_dial_courier_finish (GTask  *task,
                      GError *error)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);

  self->running = NULL;
  dial_store_unlock (self->store, DIAL_STORE_LOCK_COURIER);
  if (error == NULL)
    error = g_steal_pointer (&run->author_error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_postponed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);

  dial_store_postpone_notes_finish (DIAL_STORE (source), result, NULL);
  _dial_courier_finish (task, g_steal_pointer (&run->error));
}

/* What meets one note meets all that wait: they say so, and are not tried one after the other. */
static void
end_early (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);

  run->report.next_try_at = run->item->next_try_at;
  dial_store_postpone_notes_async (self->store, run->item->next_try_at, run->error->message, NULL,
                                   on_postponed, g_object_ref (task));
}

void
_dial_courier_emit_needs_look (DialCourier    *self,
                               DialOutboxItem *item)
{
  g_signal_emit (self, signals[NEEDS_LOOK], 0, item);
}

static void
on_item_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_outbox_item_finish (DIAL_STORE (source), result, &error)) {
    /* A person was faster: discarded it, or said how it stands. */
    if (run->error == NULL && (g_error_matches (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED) ||
                               g_error_matches (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND))) {
      g_error_free (error);
      _dial_courier_next_item (task);
    } else {
      _dial_courier_finish (task, error);
    }
    return;
  }

  _dial_courier_renew_item (run)->revision++;
  if (run->needs_look)
    _dial_courier_emit_needs_look (self, run->item);

  if (run->error != NULL)
    end_early (task);
  else
    run->then (task);
}

/* Records are never written once they were handed on: what shall change is a copy. */
DialOutboxItem *
_dial_courier_renew_item (DialCourierRun *run)
{
  g_autoptr (DialOutboxItem) item = dial_outbox_item_copy (run->item);

  g_set_object (&run->item, item);
  return run->item;
}

static gboolean
waits_for_person (DialOutboxItem *item)
{
  return item->author_refused || (item->next_try_at == DIAL_NEVER &&
                                  (item->state == DIAL_OUTBOX_STATE_UNCERTAIN ||
                                   item->state == DIAL_OUTBOX_STATE_REFUSED));
}

/* Writes down how the item at hand stands, then goes on with @then. Never cancelled: what has happened
 * has happened. */
void
_dial_courier_write_down (GTask           *task,
                          DialOutboxState  state,
                          gint64           next_try_at,
                          const char      *reason,
                          void           (*then) (GTask *task))
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  DialOutboxItem *before = g_ptr_array_index (run->items, run->index - 1);
  DialOutboxItem *item = _dial_courier_renew_item (run);

  item->state = state;
  item->next_try_at = next_try_at;
  dial_set_str (&item->error, reason);

  run->then = then;
  run->needs_look = waits_for_person (item) && !waits_for_person (before);
  dial_store_save_outbox_item_async (self->store, item, NULL, on_item_saved, g_object_ref (task));
}

/* Choosing what is next */

static gboolean
is_due (DialCourierRun *run,
        DialOutboxItem *item,
        gint64          now)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) item->id);
  gboolean in_time = item->next_try_at <= now ||
                     (item->next_try_at != DIAL_NEVER && item->next_try_at > now + FAR_AHEAD);
  gboolean held = item->held_until > now && item->held_until <= now + FAR_AHEAD;

  switch (item->state) {
  case DIAL_OUTBOX_STATE_WAITING:
    return !held && !g_hash_table_contains (run->tried, key) && (run->everything || in_time);
  case DIAL_OUTBOX_STATE_REFUSED:
    return !held && !g_hash_table_contains (run->tried, key) && item->next_try_at != DIAL_NEVER &&
           (run->everything || in_time);
  case DIAL_OUTBOX_STATE_SENDING:
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return !held && (in_time || (run->everything && !g_hash_table_contains (run->looked_for, key)));
  case DIAL_OUTBOX_STATE_SENT:
  default:
    return FALSE;
  }
}

static gboolean
is_round_over (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  return run->index == run->items->len || g_cancellable_is_cancelled (g_task_get_cancellable (task)) ||
         g_get_monotonic_time () > run->listed_at + DIAL_SECONDS (ROUND_SECONDS);
}

void
_dial_courier_next_item (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);
  gint64 now = g_get_real_time ();

  while (!is_round_over (task)) {
    DialOutboxItem *item = g_ptr_array_index (run->items, run->index++);

    if (!is_due (run, item, now))
      continue;

    g_set_object (&run->item, item);
    g_clear_object (&run->author);
    if (item->state == DIAL_OUTBOX_STATE_WAITING || item->state == DIAL_OUTBOX_STATE_REFUSED) {
      g_hash_table_add (run->tried, GSIZE_TO_POINTER ((gsize) item->id));
      _dial_courier_send (task);
    } else {
      g_hash_table_add (run->looked_for, GSIZE_TO_POINTER ((gsize) item->id));
      _dial_courier_look (task);
    }
    return;
  }

  next_round (task);
}

static gboolean
on_timer (gpointer user_data)
{
  GTask *task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);

  run->timer = 0;
  next_round (task);
  return G_SOURCE_REMOVE;
}

static void
wait_until (GTask  *task,
            gint64  when)
{
  DialCourierRun *run = g_task_get_task_data (task);
  gint64 milliseconds = MAX ((when - g_get_real_time ()) / 1000 + 1, 1);

  run->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) milliseconds, on_timer,
                                   g_object_ref (task), g_object_unref);
}

static void
end_wait (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  if (run->timer == 0)
    return;

  g_source_remove (run->timer);
  wait_until (task, 0);
}

static gboolean
on_out_of_patience (gpointer user_data)
{
  DialCourierRun *run = user_data;

  run->out_of_patience = 0;
  g_cancellable_cancel (run->posting);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              GTask        *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  /* A note that is on the wire just now is better answered for than looked up later. */
  if (run->out_of_patience == 0)
    run->out_of_patience = g_timeout_add_seconds (POST_SECONDS, on_out_of_patience, run);

  /* The round then sees that it was cancelled. */
  end_wait (task);
}

/* What is still to do after everything due was done: the next look within this run, the next try in a
 * later one. */
static gint64
plan (DialCourierRun *run)
{
  gint64 now = g_get_real_time ();
  gint64 next_look_at = DIAL_NEVER;

  run->report.next_try_at = DIAL_NEVER;
  for (guint i = 0; i < run->items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (run->items, i);
    gboolean unclear = item->state == DIAL_OUTBOX_STATE_SENDING ||
                       item->state == DIAL_OUTBOX_STATE_UNCERTAIN;
    gint64 due = MAX (item->next_try_at, item->held_until);

    if (item->next_try_at == DIAL_NEVER)
      continue;
    if (unclear && run->waits && due <= now + DIAL_SECONDS (LONGEST_PAUSE))
      next_look_at = MIN (next_look_at, due);
    run->report.next_try_at = MIN (run->report.next_try_at, due);
  }

  return next_look_at;
}

/* Whatever has been due for longest. What was just tried is due later, so that each has its turn. */
static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const DialOutboxItem *one = *(DialOutboxItem **) a, *other = *(DialOutboxItem **) b;

  if (one->next_try_at != other->next_try_at)
    return one->next_try_at < other->next_try_at ? -1 : 1;

  return one->id < other->id ? -1 : one->id > other->id;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 now = g_get_real_time ();
  gint64 next_look_at;

  g_clear_pointer (&run->items, g_ptr_array_unref);
  run->items = dial_store_list_outbox_finish (DIAL_STORE (source), result, &error);
  if (run->items == NULL) {
    _dial_courier_finish (task, error);
    return;
  }

  g_ptr_array_sort (run->items, compare_due);
  run->index = 0;
  run->listed_at = g_get_monotonic_time ();
  for (guint i = 0; i < run->items->len; i++) {
    if (is_due (run, g_ptr_array_index (run->items, i), now)) {
      _dial_courier_next_item (task);
      return;
    }
  }

  next_look_at = plan (run);
  if (next_look_at != DIAL_NEVER)
    wait_until (task, next_look_at);
  else
    _dial_courier_finish (task, NULL);
}

static void
next_round (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error)) {
    _dial_courier_finish (task, error);
    return;
  }

  dial_store_list_unsent_async (self->store, cancellable, on_listed, g_object_ref (task));
}

static void
on_claimed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dial_store_claim_notes_finish (DIAL_STORE (source), result, &error)) {
    _dial_courier_finish (task, error);
    return;
  }

  self->claimed = TRUE;
  next_round (task);
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  self->running = task;
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), task, 0);
  if (self->claimed)
    next_round (task);
  else
    dial_store_claim_notes_async (self->store, cancellable, on_claimed, g_object_ref (task));
}

static void
dial_courier_dispose (GObject *object)
{
  DialCourier *self = DIAL_COURIER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->looks, g_hash_table_unref);

  G_OBJECT_CLASS (dial_courier_parent_class)->dispose (object);
}

static void
dial_courier_class_init (DialCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_courier_dispose;

  signals[NEEDS_LOOK] = g_signal_new ("needs-look", DIAL_TYPE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, DIAL_TYPE_OUTBOX_ITEM);
}

static void
dial_courier_init (DialCourier *self)
{
  self->looks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/**
 * dial_courier_new:
 * @store: whose outbox to carry
 *
 * Returns: (transfer full): a courier
 */
DialCourier *
dial_courier_new (DialStore *store)
{
  DialCourier *self = g_object_new (DIAL_TYPE_COURIER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * dial_courier_run_async:
 * @self: a courier
 * @order: what it shall do
 * @cancellable: (nullable): stops it; a note on the wire is given a moment to be answered
 * @callback: called when nothing is left to do now
 * @user_data: for @callback
 *
 * Sends what is due and reads it back. Ends early when trouble is met that would meet every note.
 */
void
dial_courier_run_async (DialCourier            *self,
                        const DialCourierOrder *order,
                        GCancellable           *cancellable,
                        GAsyncReadyCallback     callback,
                        gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  DialCourierRun *run;

  g_return_if_fail (DIAL_IS_COURIER (self));
  g_return_if_fail (DIAL_IS_GREENHOUSE (order->greenhouse));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_courier_run_async);

  run = g_new0 (DialCourierRun, 1);
  run->greenhouse = g_object_ref (order->greenhouse);
  run->posting = g_cancellable_new ();
  run->recruiter_id = order->recruiter_id;
  if (order->recruiter_email != NULL && *order->recruiter_email != '\0')
    run->email = g_strdup (order->recruiter_email);
  run->patience = order->patience;
  run->everything = order->everything;
  run->waits = order->waits;
  run->tried = g_hash_table_new (NULL, NULL);
  run->looked_for = g_hash_table_new (NULL, NULL);
  run->report.next_try_at = DIAL_NEVER;
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  dial_store_lock_async (self->store, DIAL_STORE_LOCK_COURIER, cancellable, on_locked,
                         g_object_ref (task));
}

/**
 * dial_courier_run_finish:
 * @self: a courier
 * @result: what the callback was given
 * @report: (out): how it went
 * @error: return location for what ended the run early
 *
 * Returns: whether all that was due was done
 */
gboolean
dial_courier_run_finish (DialCourier        *self,
                         GAsyncResult       *result,
                         DialCourierReport  *report,
                         GError            **error)
{
  DialCourierRun *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  *report = run->report;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_courier_nudge:
 * @self: a courier
 *
 * Somebody else wants it: a run that but waits for the next look ends once all that is due now is done.
 */
void
dial_courier_nudge (DialCourier *self)
{
  g_return_if_fail (DIAL_IS_COURIER (self));

  if (self->running == NULL)
    return;

  ((DialCourierRun *) g_task_get_task_data (self->running))->waits = FALSE;
  end_wait (self->running);
}

/**
 * dial_courier_abort:
 * @self: a courier whose run was cancelled
 *
 * Waits no longer for the answer to a note on the wire: it is looked up next time.
 */
void
dial_courier_abort (DialCourier *self)
{
  g_return_if_fail (DIAL_IS_COURIER (self));

  if (self->running != NULL)
    g_cancellable_cancel (((DialCourierRun *) g_task_get_task_data (self->running))->posting);
}
