#include "dial-contacts-private.h"

/* A pass through all there is to do, a portion at a time: what each candidate needs is planned, then sent. */

/* What cannot be settled in so many passes is left for the next run. */
#define MAX_PASSES 8

static void
touch (DialContactsRun *run,
       DialContactStep *step)
{
  if (step->contact_id != 0)
    g_hash_table_insert (run->touched, g_memdup2 (&step->contact_id, sizeof step->contact_id), step);
}

static gboolean
is_touched (DialContactsRun *run,
            gint64           contact_id)
{
  return contact_id != 0 && g_hash_table_contains (run->touched, &contact_id);
}

/* Whether it may still arrive what was sent to be added. */
gboolean
dial_contacts_is_waited_for (DialContactsRun       *run,
                             const DialContactLink *link)
{
  gint64 until;

  if (link == NULL || link->contact_id != 0 || link->problem != NULL)
    return FALSE;

  until = link->sent_at + run->patience;
  if (until <= g_get_real_time ())
    return FALSE;

  run->wait_until = MAX (run->wait_until, until);
  run->is_stale = TRUE;
  return TRUE;
}

/* It has to do with another of the portion. Who is new is planned again once the portion is sent: then all of the
 * contact is known that was made for the other. The first pass leaves the rest for the second, which has so few that
 * it can send what it has before it goes on with such a one. */
static void
defer (DialContactsRun *run,
       DialContactRow  *row)
{
  if (row->task == DIAL_CONTACT_TASK_ADD && row->link == NULL && run->job != DIAL_CONTACTS_PREVIEW && !run->is_stale) {
    g_ptr_array_add (run->put_off, row);
    dial_contact_index_promise (run->index, row->card);
    return;
  }
  if (run->pass > 1 && run->steps->len > 0 && !run->is_stale) {
    run->is_cut = TRUE;
    return;
  }

  run->n_deferred++;
  if (run->job == DIAL_CONTACTS_PREVIEW)
    run->report->n_changed++;
  else if (row->card != NULL && run->index != NULL)
    dial_contact_index_promise (run->index, row->card);
}

static void
take_step (DialContactsRun *run,
           DialContactStep *step)
{
  touch (run, step);
  if (step->change != NULL && step->change->action == DIAL_CONTACT_ADD)
    dial_contact_index_promise (run->index, step->link->card);
  g_ptr_array_add (run->steps, step);
}

/* Another of the portion stands under the same contact: both are told of in one change, where all of the contact is
 * known. */
static void
join (DialContactsRun *run,
      DialContactRow  *row,
      gint64           contact_id)
{
  DialContactStep *host = g_hash_table_lookup (run->touched, &contact_id);
  g_autoptr (DialContactStep) step = NULL;

  if (host->outlook == NULL || g_hash_table_contains (run->apart, &contact_id)) {
    defer (run, row);
    return;
  }

  step = dial_contact_step_new (row, host->outlook, run->choice->tag);
  if (dial_contact_step_take_rider (host, step))
    g_ptr_array_add (run->steps, g_steal_pointer (&step));
  else
    defer (run, row);
}

/* The contact is gone from the phone system: the next pass looks whether there is another, or makes one. */
static void
drop_link (DialContactsRun *run,
           DialContactRow  *row)
{
  DialContactStep *step;

  g_clear_pointer (&row->card, dial_contact_card_free);
  row->task = DIAL_CONTACT_TASK_REMOVE;
  row->link->contact_id = 0;
  row->link->ours = FALSE;
  step = dial_contact_step_new (row, NULL, run->choice->tag);
  run->n_deferred++;
  run->n_adds++;
  run->is_stale = TRUE;
  g_ptr_array_add (run->steps, step);
}

static void
take_shown (DialContactsRun      *run,
            DialContactRow       *row,
            DialCloudtalkContact *contact)
{
  gboolean is_lost = row->task == DIAL_CONTACT_TASK_REMOVE;
  gboolean is_theirs = is_lost && !g_strv_contains ((const char * const *) contact->urls, row->link->card->url);

  if (run->index != NULL)
    dial_contact_index_learn (run->index, contact);
  take_step (run, dial_contact_step_new (row, is_theirs ? NULL : contact, run->choice->tag));
}

static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactRow *row = run->work->rows->pdata[run->row];
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkContact) contact = dial_cloudtalk_show_contact_finish (DIAL_CLOUDTALK (source), result,
                                                                                 &error);

  if (contact != NULL) {
    take_shown (run, row, contact);
    run->row++;
  } else if (!g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND)) {
    dial_contacts_fail (task, g_steal_pointer (&error));
    return;
  } else if (row->task == DIAL_CONTACT_TASK_CHANGE) {
    drop_link (run, row);
    run->row++;
  } else {
    /* It was deleted meanwhile; perhaps another answers. */
    dial_contact_index_remove (run->index, run->shown);
  }
  dial_contacts_plan_rows (task);
}

static void
show (GTask  *task,
      gint64  contact_id)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->shown = contact_id;
  dial_cloudtalk_show_contact_async (run->cloudtalk, contact_id, DIAL_CLOUDTALK_URGENCY_CONTACTS,
                                     g_task_get_cancellable (task), on_shown, g_object_ref (task));
}

/* Whether a colleague's Dialhouse, or this one before it forgot, made it for the same person and keeps it in step. */
static gboolean
is_kept (DialContactsRun            *run,
         DialContactRow             *row,
         const DialCloudtalkContact *found)
{
  return row->link == NULL && g_strcmp0 (found->name, row->card->name) == 0 &&
         dial_contact_index_has (run->tagged, found->id);
}

/* Each returns whether the row is done with; otherwise somebody was asked. */

static gboolean
plan_addition (GTask          *task,
               DialContactRow *row)
{
  DialContactsRun *run = g_task_get_task_data (task);
  const DialCloudtalkContact *found = NULL;

  if (run->index == NULL) {
    /* The candidate came while this run was under way, or its contact vanished. */
    run->is_stale = TRUE;
    run->n_deferred++;
    return TRUE;
  }
  if (dial_contact_index_is_promised (run->index, row->card)) {
    defer (run, row);
    return TRUE;
  }

  found = dial_contact_index_find (run->index, row->card);
  if (found == NULL && dial_contacts_is_waited_for (run, row->link)) {
    defer (run, row);
  } else if (found == NULL && dial_contacts_shall_ask (run, row)) {
    dial_contacts_ask (task, row);
    return FALSE;
  } else if (found == NULL) {
    run->report->n_added += run->job == DIAL_CONTACTS_PREVIEW;
    take_step (run, dial_contact_step_new (row, NULL, run->choice->tag));
  } else if (is_kept (run, row, found)) {
    take_step (run, dial_contact_step_new_adopted (row, found->id, run->choice->tag));
  } else if (run->job == DIAL_CONTACTS_PREVIEW) {
    run->report->n_changed++;
  } else if (is_touched (run, found->id) && row->link == NULL) {
    join (run, row, found->id);
  } else if (is_touched (run, found->id)) {
    defer (run, row);
  } else if (row->link == NULL && dial_contact_index_get_made (run->index, found->id) != NULL) {
    take_step (run, dial_contact_step_new (row, found, run->choice->tag));
  } else {
    show (task, found->id);
    return FALSE;
  }
  return TRUE;
}

static gboolean
plan_change (GTask          *task,
             DialContactRow *row)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->job == DIAL_CONTACTS_PREVIEW) {
    run->report->n_changed++;
  } else if (is_touched (run, row->link->contact_id)) {
    join (run, row, row->link->contact_id);
  } else if (dial_contact_step_needs_contact (row)) {
    show (task, row->link->contact_id);
    return FALSE;
  } else {
    take_step (run, dial_contact_step_new (row, NULL, run->choice->tag));
  }
  return TRUE;
}

/* Somebody went before it was known whether the contact had arrived. */
static gboolean
plan_lost (GTask          *task,
           DialContactRow *row)
{
  DialContactsRun *run = g_task_get_task_data (task);
  const DialCloudtalkContact *found = NULL;

  if (row->link->card != NULL && run->index != NULL)
    found = dial_contact_index_find (run->index, row->link->card);

  if (run->job == DIAL_CONTACTS_PREVIEW) {
    run->report->n_removed += found != NULL;
  } else if (found != NULL) {
    show (task, found->id);
    return FALSE;
  } else if (dial_contacts_is_waited_for (run, row->link)) {
    run->n_deferred++;
  } else {
    take_step (run, dial_contact_step_new (row, NULL, run->choice->tag));
  }
  return TRUE;
}

/* Another of the portion has to do with the contact. Where it leaves too, the last to go takes the contact along;
 * it is ours if it was ours through any of them. All else shows once the other is done with. */
static void
leave (DialContactsRun *run,
       DialContactRow  *row)
{
  DialContactStep *other = g_hash_table_lookup (run->touched, &row->link->contact_id);
  DialContactStep *step;

  if (other->n_left == 0) {
    run->n_deferred++;
    return;
  }

  row->link->n_sharing -= MIN (row->link->n_sharing, other->n_left);
  row->link->ours |= other->before->ours;
  step = dial_contact_step_new (row, NULL, run->choice->tag);
  if (step->n_left > 0)
    step->n_left += other->n_left;
  take_step (run, step);
}

static gboolean
plan_removal (GTask          *task,
              DialContactRow *row)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (dial_contact_step_needs_contact (row))
    return plan_lost (task, row);

  if (run->job == DIAL_CONTACTS_PREVIEW)
    run->report->n_removed += row->link->contact_id != 0;
  else if (is_touched (run, row->link->contact_id))
    leave (run, row);
  else
    take_step (run, dial_contact_step_new (row, NULL, run->choice->tag));
  return TRUE;
}

static gboolean
plan_row (GTask          *task,
          DialContactRow *row)
{
  switch (row->task) {
  case DIAL_CONTACT_TASK_ADD:
    return plan_addition (task, row);

  case DIAL_CONTACT_TASK_CHANGE:
    return plan_change (task, row);

  case DIAL_CONTACT_TASK_REMOVE:
    return plan_removal (task, row);

  case DIAL_CONTACT_TASK_NONE:
  case DIAL_CONTACT_TASK_SKIP:
  default:
    return TRUE;
  }
}

void
dial_contacts_plan_rows (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->is_cut = FALSE;
  for (; run->row < run->work->rows->len; run->row++) {
    if (!plan_row (task, run->work->rows->pdata[run->row]))
      return;
    if (run->is_cut)
      break;
  }

  if (run->job == DIAL_CONTACTS_PREVIEW)
    dial_contacts_next_portion (task);
  else
    dial_contacts_send (task);
}

/* The pass */

static gboolean
on_waited (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    dial_contacts_fail (task, error);
  else
    dial_contacts_look (task);

  return G_SOURCE_REMOVE;
}

/* Ends at once when the run is called off. */
static void
wait_a_while (GTask  *task,
              gint64  duration)
{
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_timeout_source_new ((guint) (MAX (duration, 0) / 1000));

  if (g_task_get_cancellable (task) != NULL) {
    g_autoptr (GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

    g_source_set_dummy_callback (cancelled);
    g_source_add_child_source (source, cancelled);
  }
  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_WAITING, run->n_done, 0);
  g_source_set_callback (source, on_waited, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
end_pass (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  gint64 left = run->wait_until - g_get_real_time ();

  if (run->job == DIAL_CONTACTS_PREVIEW) {
    dial_contacts_finish (task);
  } else if (run->n_deferred > 0 && run->pass < MAX_PASSES && (run->n_settled > 0 || run->is_stale)) {
    if (left > 0)
      wait_a_while (task, left);
    else if (run->is_stale)
      dial_contacts_look (task);
    else
      dial_contacts_begin_pass (task);
  } else if (run->job == DIAL_CONTACTS_SYNC) {
    dial_contacts_read_back (task);
  } else {
    dial_contacts_finish (task);
  }
}

static void
on_portion (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->work = dial_store_find_contact_work_finish (DIAL_STORE (source), result, &error);
  if (run->work == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  run->row = 0;
  dial_contacts_plan_rows (task);
}

static void
clear_steps (DialContactsRun *run)
{
  g_ptr_array_set_size (run->steps, 0);
  run->step = 0;
  g_hash_table_remove_all (run->touched);
  /* Of what no answer came, nobody knows whether it is there: it stays promised. */
  if (run->index != NULL && !run->is_stale && run->job != DIAL_CONTACTS_PREVIEW)
    dial_contact_index_keep (run->index);
}

static void
find_portion (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);

  g_clear_pointer (&run->work, dial_contact_work_free);
  clear_steps (run);
  dial_store_find_contact_work_async (self->store, run->choice, run->after, g_task_get_cancellable (task), on_portion,
                                      g_object_ref (task));
}

/* What was put off is what is left of the portion. Each time somebody goes first, so it comes to an end; where the
 * index is not to be trusted any more it is left for the next pass. */
static gboolean
take_up_again (DialContactsRun *run)
{
  GPtrArray *rows = run->work->rows;

  if (run->put_off->len == 0)
    return FALSE;
  if (run->is_stale) {
    run->n_deferred += run->put_off->len;
    g_ptr_array_set_size (run->put_off, 0);
    return FALSE;
  }

  for (guint i = rows->len; i-- > 0;)
    if (!g_ptr_array_find (run->put_off, rows->pdata[i], NULL))
      g_ptr_array_remove_index (rows, i);
  g_ptr_array_set_size (run->put_off, 0);
  clear_steps (run);
  run->row = 0;
  return TRUE;
}

void
dial_contacts_next_portion (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->is_cut) {
    clear_steps (run);
    dial_contacts_plan_rows (task);
    return;
  }

  if (take_up_again (run)) {
    dial_contacts_plan_rows (task);
    return;
  }

  run->after = run->work->next;
  if (run->after == 0)
    end_pass (task);
  else
    find_portion (task);
}

/* Goes through all there is to do, from the beginning. */
void
dial_contacts_begin_pass (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->pass++;
  run->after = 0;
  run->n_settled = 0;
  run->n_deferred = 0;
  run->wait_until = 0;
  run->is_stale = FALSE;
  find_portion (task);
}
