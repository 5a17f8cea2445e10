#include "dial-contacts-private.h"

/**
 * DialContacts:
 *
 * Brings a phone system's contacts in step with an integration's candidates. Who is to be added is looked up
 * first, and what is sent is written down before and after: a run that was cut short goes on where it was, and
 * nobody is added twice. Only contacts that this program made are ever removed.
 *
 * What is to be done stands in dial-contacts-look.c, -closer.c and -plan.c, the sending in -send.c, and whether all
 * arrived in -back.c.
 */

enum {
  PROGRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialContacts, dial_contacts, G_TYPE_OBJECT)

/**
 * dial_contacts_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy
 */
DialContactsReport *
dial_contacts_report_copy (const DialContactsReport *self)
{
  DialContactsReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->failure = g_strdup (self->failure);
  return copy;
}

/**
 * dial_contacts_report_free:
 * @self: (nullable): a report
 *
 * Frees a report.
 */
void
dial_contacts_report_free (DialContactsReport *self)
{
  if (self == NULL)
    return;

  g_free (self->failure);
  g_free (self);
}

static void
run_free (DialContactsRun *run)
{
  g_object_unref (run->cloudtalk);
  dial_contact_choice_free (run->choice);
  dial_contacts_report_free (run->report);
  g_clear_error (&run->error);
  dial_contact_index_free (run->index);
  dial_contact_index_free (run->tagged);
  dial_contact_work_free (run->work);
  g_ptr_array_unref (run->put_off);
  g_ptr_array_unref (run->steps);
  g_ptr_array_unref (run->bulk);
  g_ptr_array_unref (run->quiet);
  g_ptr_array_unref (run->alone);
  g_hash_table_unref (run->touched);
  g_hash_table_unref (run->apart);
  g_hash_table_unref (run->closer);
  g_hash_table_unref (run->asked);
  g_array_unref (run->strangers);
  g_strfreev (run->keys);
  g_clear_pointer (&run->unseen, g_ptr_array_unref);
  g_ptr_array_unref (run->seen);
  g_free (run);
}

/* Says how far it is. */
void
dial_contacts_tell (GTask             *task,
                    DialContactsPhase  phase,
                    guint              done,
                    guint              total)
{
  DialContacts *self = g_task_get_source_object (task);

  self->progress.phase = phase;
  self->progress.done = done;
  self->progress.total = total;
  g_signal_emit (self, signals[PROGRESSED], 0);
}

void
dial_contacts_finish (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);

  dial_store_unlock (self->store, DIAL_STORE_LOCK_CONTACTS);
  run->report->complete = run->error == NULL;
  run->report->n_requests = (guint) (dial_cloudtalk_get_n_requests (run->cloudtalk) - run->requests_before);
  run->report->n_refused = (guint) (dial_cloudtalk_get_n_refused (run->cloudtalk) - run->refused_before);
  self->task = NULL;
  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_NONE, 0, 0);

  if (run->error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @error. What was saved stays: the next run goes on from there. */
void
dial_contacts_fail (GTask  *task,
                    GError *error)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->error = error;
  dial_contacts_finish (task);
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContacts *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    dial_contacts_compare (task);
    return;
  }

  self->task = NULL;
  g_task_return_error (task, error);
}

static void
dial_contacts_dispose (GObject *object)
{
  DialContacts *self = DIAL_CONTACTS (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_contacts_parent_class)->dispose (object);
}

static void
dial_contacts_class_init (DialContactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_contacts_dispose;

  /**
   * DialContacts::progressed:
   *
   * It came further, began or ended.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", DIAL_TYPE_CONTACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
}

static void
dial_contacts_init (DialContacts *self)
{
}

/**
 * dial_contacts_new:
 * @store: whose candidates they are
 *
 * Returns: (transfer full): contacts, of which nothing is under way
 */
DialContacts *
dial_contacts_new (DialStore *store)
{
  DialContacts *self = g_object_new (DIAL_TYPE_CONTACTS, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * dial_contacts_is_running:
 * @self: contacts
 *
 * Returns: whether a run is under way
 */
gboolean
dial_contacts_is_running (DialContacts *self)
{
  g_return_val_if_fail (DIAL_IS_CONTACTS (self), FALSE);

  return self->task != NULL;
}

/**
 * dial_contacts_get_progress:
 * @self: contacts
 * @progress: (out caller-allocates): how far the run under way is
 */
void
dial_contacts_get_progress (DialContacts         *self,
                            DialContactsProgress *progress)
{
  g_return_if_fail (DIAL_IS_CONTACTS (self));

  *progress = self->progress;
}

static DialContactsRun *
run_new (const DialContactsOrder *order)
{
  DialContactsRun *run = g_new0 (DialContactsRun, 1);

  run->cloudtalk = g_object_ref (order->cloudtalk);
  run->choice = dial_contact_choice_copy (order->choice);
  run->choice->nobody = order->job == DIAL_CONTACTS_REMOVE;
  run->job = order->job;
  run->patience = order->patience * G_USEC_PER_SEC;
  run->requests_before = dial_cloudtalk_get_n_requests (order->cloudtalk);
  run->refused_before = dial_cloudtalk_get_n_refused (order->cloudtalk);
  run->report = g_new0 (DialContactsReport, 1);
  run->report->job = order->job;
  run->put_off = g_ptr_array_new ();
  run->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_step_free);
  run->bulk = g_ptr_array_new ();
  run->quiet = g_ptr_array_new ();
  run->alone = g_ptr_array_new ();
  run->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  run->apart = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  run->closer = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                       (GDestroyNotify) dial_cloudtalk_contact_free);
  run->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  run->strangers = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_link_free);
  return run;
}

/**
 * dial_contacts_run_async:
 * @self: contacts, of which nothing is under way
 * @order: what to do
 * @cancellable: (nullable): stops it; what was done stays, and the next run goes on from there
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Does what there is to do. Waits while another process is at it.
 */
void
dial_contacts_run_async (DialContacts            *self,
                         const DialContactsOrder *order,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_CONTACTS (self));
  g_return_if_fail (order != NULL && self->task == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_contacts_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run_new (order), (GDestroyNotify) run_free);

  self->task = task;
  self->progress.job = order->job;
  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_COMPARING, 0, 0);
  dial_store_lock_async (self->store, DIAL_STORE_LOCK_CONTACTS, cancellable, on_locked, g_object_ref (task));
}

/**
 * dial_contacts_run_finish:
 * @self: contacts
 * @result: what the callback was given
 * @report: (out) (optional) (transfer full): what was done; set after a failure too
 * @error: return location for an error of the store or of the phone system
 *
 * Returns: whether it came to its end
 */
gboolean
dial_contacts_run_finish (DialContacts        *self,
                          GAsyncResult        *result,
                          DialContactsReport **report,
                          GError             **error)
{
  DialContactsRun *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = dial_contacts_report_copy (run->report);

  return g_task_propagate_boolean (G_TASK (result), error);
}
