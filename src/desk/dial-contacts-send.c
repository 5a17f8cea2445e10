#include "dial-contacts-private.h"

/* Sending what a portion needs: tags one by one, all else in bulks of ten. What is to be added is written down
 * before it is sent, and all is written down once it is done. */

static void next_step (GTask *task);

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND) ||
         g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_GONE);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED) ||
         g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_INVALID) || is_gone (error);
}

static gboolean
is_unclear (const GError *error)
{
  return g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR);
}

/* What came of a step */

static guint
count_riders (DialContactStep *step)
{
  return step->riders != NULL ? step->riders->len : 0;
}

static void
stay (DialContactStep *step)
{
  dial_contact_link_free (step->link);
  step->link = step->before != NULL ? dial_contact_link_copy (step->before) : NULL;
}

/* Who rides along shares the fate of the step. */
static void
settle_one (DialContactsRun *run,
            DialContactStep *step)
{
  run->n_settled++;
  run->n_done++;

  /* Who stood under the same contact takes it over, in the next pass. */
  if (step->task == DIAL_CONTACT_TASK_REMOVE && step->before->ours)
    run->n_deferred += step->before->n_sharing > 0;

  if (step->task == DIAL_CONTACT_TASK_REMOVE)
    run->report->n_removed += step->contact_id != 0;
  else if (step->contact_id == 0 && step->link->ours)
    run->report->n_added++;
  else
    run->report->n_changed += step->is_told;
}

static void
settle (DialContactsRun *run,
        DialContactStep *step)
{
  settle_one (run, step);
  for (guint i = 0; i < count_riders (step); i++)
    settle_one (run, step->riders->pdata[i]);
}

/* All are as they were before. */
static void
stay_all (DialContactStep *step)
{
  stay (step);
  for (guint i = 0; i < count_riders (step); i++)
    stay (step->riders->pdata[i]);
}

/* Nobody knows whose words were refused: from now on each goes by itself. */
static void
part (DialContactsRun *run,
      DialContactStep *step)
{
  g_hash_table_add (run->apart, g_memdup2 (&step->contact_id, sizeof step->contact_id));
  run->n_settled++;
  run->n_deferred += 1 + count_riders (step);
  stay_all (step);
}

/* It is kept with the reason, and not tried again until it changes or somebody wants it. */
static void
refuse (DialContactsRun *run,
        DialContactStep *step,
        const GError    *error)
{
  if (count_riders (step) > 0) {
    part (run, step);
    return;
  }

  run->n_settled++;
  run->n_done++;
  run->report->n_failed++;
  if (run->report->failure == NULL)
    run->report->failure = g_strdup (error->message);

  if (step->task == DIAL_CONTACT_TASK_REMOVE) {
    stay (step);
  } else {
    step->link->contact_id = step->before != NULL ? step->before->contact_id : 0;
    step->link->ours = step->link->contact_id != 0 && step->before->ours;
    dial_set_str (&step->link->problem, error->message);
  }
}

/* The contact vanished: in the next pass the candidate is looked up anew. */
static void
drop_one (DialContactsRun *run,
          DialContactStep *step)
{
  run->n_deferred++;
  run->n_adds++;
  run->is_stale = TRUE;
  step->link->gone = TRUE;
  step->link->ours = FALSE;
}

static void
drop (DialContactsRun *run,
      DialContactStep *step)
{
  drop_one (run, step);
  for (guint i = 0; i < count_riders (step); i++)
    drop_one (run, step->riders->pdata[i]);
}

/* It may have been done. What was to be added stays written down as sent, and is looked for once it has had its
 * time; all else can simply be said again. */
static void
await (DialContactsRun *run,
       DialContactStep *step)
{
  run->n_deferred += 1 + count_riders (step);
  run->is_stale = TRUE;
  if (step->change->action == DIAL_CONTACT_ADD)
    run->wait_until = MAX (run->wait_until, step->link->sent_at + run->patience);
  else
    stay_all (step);
}

/* It certainly was not done: nothing is written down as sent. */
static void
take_back (DialContactStep *step)
{
  if (step->change->action == DIAL_CONTACT_ADD && step->before == NULL) {
    step->link->gone = TRUE;
    step->link->ours = FALSE;
  } else {
    stay_all (step);
  }
}

/* Saving */

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_contact_links_finish (DIAL_STORE (source), result, &error)) {
    g_clear_error (&run->error);
    dial_contacts_fail (task, error);
    return;
  }

  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_SENDING, run->n_done,
                      MAX (run->n_done, run->n_adds + run->n_changes + run->n_removals));
  if (run->error != NULL)
    dial_contacts_finish (task);
  else
    next_step (task);
}

static void
add_link (GPtrArray       *links,
          DialContactStep *step)
{
  if (step->link != NULL)
    g_ptr_array_add (links, step->link);
}

/* Writes down how candidates stand now, even where the run was called off meanwhile: it was done. */
static void
save (GTask               *task,
      GPtrArray           *steps,
      GAsyncReadyCallback  callback)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  for (guint i = 0; i < steps->len; i++) {
    DialContactStep *step = steps->pdata[i];

    add_link (links, step);
    for (guint j = 0; j < count_riders (step); j++)
      add_link (links, step->riders->pdata[j]);
  }
  dial_store_save_contact_links_async (self->store, run->choice->account, links, NULL, callback, g_object_ref (task));
}

static void
save_one (GTask           *task,
          DialContactStep *step)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_ptr_array_add (steps, step);
  save (task, steps, on_saved);
}

/* Bulks */

static void
take_addition (DialContactsRun         *run,
               DialContactStep         *step,
               const DialContactResult *result)
{
  /* Where the company lets CloudTalk merge, it may have become part of one that was there: then it is not ours. */
  step->link->contact_id = result->contact_id;
  step->link->ours = !dial_contact_index_has (run->index, result->contact_id);
  dial_contact_index_add_made (run->index, result->contact_id, step->link->card, step->link->tag);
  settle (run, step);
}

static void
take_success (DialContactsRun         *run,
              DialContactStep         *step,
              const DialContactResult *result)
{
  switch (step->change->action) {
  case DIAL_CONTACT_ADD:
    if (result->contact_id == 0)
      await (run, step);
    else
      take_addition (run, step, result);
    break;

  case DIAL_CONTACT_EDIT:
    if (run->index != NULL)
      dial_contact_index_apply (run->index, step->contact_id, step->change);
    settle (run, step);
    break;

  case DIAL_CONTACT_DELETE:
    if (run->index != NULL)
      dial_contact_index_remove (run->index, step->contact_id);
    settle (run, step);
    break;

  default:
    g_assert_not_reached ();
  }
}

static void
take_result (DialContactsRun         *run,
             DialContactStep         *step,
             const DialContactResult *result)
{
  DialContactAction action = step->change->action;

  step->is_told = TRUE;
  if (result == NULL || is_unclear (result->error))
    await (run, step);
  else if (result->error == NULL || (is_gone (result->error) && action == DIAL_CONTACT_DELETE))
    take_success (run, step, result);
  else if (is_gone (result->error) && action == DIAL_CONTACT_EDIT)
    drop (run, step);
  else
    refuse (run, step, result->error);
}

static const DialContactResult *
find_result (GPtrArray       *results,
             DialContactStep *step)
{
  for (guint i = 0; i < results->len; i++) {
    DialContactResult *result = results->pdata[i];

    if (g_strcmp0 (result->command_id, step->change->command_id) == 0)
      return result;
  }
  return NULL;
}

/* The request failed as a whole. Where it was refused, one of several may be the reason: then they go one by one. */
static void
take_failure (DialContactsRun *run,
              GPtrArray       *steps,
              const GError    *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < steps->len; i++) {
    DialContactStep *step = steps->pdata[i];

    if (cancelled || is_unclear (error))
      await (run, step);
    else if (is_refusal (error) && steps->len > 1)
      g_ptr_array_add (run->alone, step);
    else if (is_refusal (error))
      refuse (run, step, error);
    else
      take_back (step);
  }

  if (!is_unclear (error) && !is_refusal (error))
    run->error = g_error_copy (error);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = dial_cloudtalk_change_contacts_finish (DIAL_CLOUDTALK (source), result, &error);
  g_autoptr (GPtrArray) steps = g_steal_pointer (&run->bulk);

  run->bulk = g_ptr_array_new ();
  if (results == NULL)
    take_failure (run, steps, error);
  else
    for (guint i = 0; i < steps->len; i++)
      take_result (run, steps->pdata[i], find_result (results, steps->pdata[i]));
  save (task, steps, on_saved);
}

static void
change_contacts (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  for (guint i = 0; i < run->bulk->len; i++)
    g_ptr_array_add (changes, ((DialContactStep *) run->bulk->pdata[i])->change);

  dial_cloudtalk_change_contacts_async (run->cloudtalk, changes, g_task_get_cancellable (task), on_changed,
                                        g_object_ref (task));
}

static void
on_written_down (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_save_contact_links_finish (DIAL_STORE (source), result, &error))
    change_contacts (task);
  else
    dial_contacts_fail (task, error);
}

static void
send_bulk (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) additions = g_ptr_array_new ();

  for (guint i = 0; i < run->bulk->len; i++) {
    DialContactStep *step = run->bulk->pdata[i];

    if (step->change->action == DIAL_CONTACT_ADD) {
      step->link->sent_at = g_get_real_time ();
      g_ptr_array_add (additions, step);
    }
  }

  if (additions->len > 0)
    save (task, additions, on_written_down);
  else
    change_contacts (task);
}

/* Tags */

static void
tag_settled (GTask        *task,
             char        **tag,
             const GError *error)
{
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactStep *step = run->steps->pdata[run->step];
  gboolean leaves = tag == &step->old_tag;

  step->is_told = TRUE;
  if (error == NULL || (leaves && is_gone (error))) {
    g_clear_pointer (tag, g_free);
    next_step (task);
  } else if (is_unclear (error)) {
    run->step++;
    run->n_deferred += 1 + count_riders (step);
    next_step (task);
  } else if (is_refusal (error)) {
    run->step++;
    if (is_gone (error))
      drop (run, step);
    else
      refuse (run, step, error);
    save_one (task, step);
  } else {
    dial_contacts_fail (task, g_error_copy (error));
  }
}

static void
on_tagged (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactStep *step = run->steps->pdata[run->step];
  g_autoptr (GError) error = NULL;

  (void) dial_cloudtalk_tag_contact_finish (DIAL_CLOUDTALK (source), result, &error);
  tag_settled (task, &step->tag, error);
}

static void
on_untagged (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactStep *step = run->steps->pdata[run->step];
  g_autoptr (GError) error = NULL;

  (void) dial_cloudtalk_untag_contact_finish (DIAL_CLOUDTALK (source), result, &error);
  tag_settled (task, &step->old_tag, error);
}

static void
change_tag (GTask           *task,
            DialContactStep *step)
{
  DialContactsRun *run = g_task_get_task_data (task);
  const char *tags[] = { step->tag != NULL ? step->tag : step->old_tag, NULL };

  if (step->tag != NULL)
    dial_cloudtalk_tag_contact_async (run->cloudtalk, step->contact_id, tags, g_task_get_cancellable (task), on_tagged,
                                      g_object_ref (task));
  else
    dial_cloudtalk_untag_contact_async (run->cloudtalk, step->contact_id, tags, g_task_get_cancellable (task),
                                        on_untagged, g_object_ref (task));
}

/* One step after the other */

static void
end_portion (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->quiet->len > 0) {
    g_autoptr (GPtrArray) quiet = g_steal_pointer (&run->quiet);

    run->quiet = g_ptr_array_new ();
    save (task, quiet, on_saved);
  } else {
    dial_contacts_next_portion (task);
  }
}

static void
next_step (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->alone->len > 0) {
    g_ptr_array_add (run->bulk, g_ptr_array_remove_index (run->alone, 0));
    send_bulk (task);
    return;
  }

  while (run->step < run->steps->len && run->bulk->len < DIAL_CONTACT_MAX_CHANGES) {
    DialContactStep *step = run->steps->pdata[run->step];

    if (step->rides) {
      run->step++;
      continue;
    }
    if (step->tag != NULL || step->old_tag != NULL) {
      change_tag (task, step);
      return;
    }

    run->step++;
    if (step->change != NULL) {
      g_ptr_array_add (run->bulk, step);
      continue;
    }

    settle (run, step);
    if (step->is_told) {
      save_one (task, step);
      return;
    }
    g_ptr_array_add (run->quiet, step);
  }

  if (run->bulk->len > 0)
    send_bulk (task);
  else
    end_portion (task);
}

/* Sends what the portion in hand needs. */
void
dial_contacts_send (GTask *task)
{
  next_step (task);
}
