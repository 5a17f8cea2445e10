#include "dial-contacts-private.h"

/* Lists tell of one number and one address of a contact. Who stands there under a second one alone would be added
 * beside it: so before anybody is added it is looked closer. What this program has sent it knows. Of the others
 * either each is shown, or it is asked for each number and address of those who are to be added and were not found,
 * whichever takes fewer requests.
 *
 * Where both take more than EXTRA_LOOKS plus half of what the adding itself takes, neither is done: thousands are
 * added to a company that has hundreds of other contacts, and that would take hours of a share that is meant for
 * all. Then a second contact may come of somebody who is known by a second number alone; if the company lets
 * CloudTalk merge contacts, CloudTalk does. */

#define EXTRA_LOOKS 100

/* Ten are added in a request. */
#define LOOKS_FOR_ADDED(n) ((n) / 20)

/* So many are looked at of those that a number or an address is found in: it may be but part of theirs. */
#define MAX_FOUND 10

static void look_at_next (GTask *task);
static void ask_next (GTask *task);

/* One by one */

static void
on_looked_at (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  DialCloudtalkContact *contact = dial_cloudtalk_show_contact_finish (DIAL_CLOUDTALK (source), result, &error);

  if (contact != NULL) {
    dial_contact_index_learn (run->index, contact);
    g_hash_table_replace (run->closer, &contact->id, contact);
  } else if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND)) {
    dial_contact_index_remove (run->index, run->shown);
  } else {
    dial_contacts_fail (task, g_steal_pointer (&error));
    return;
  }

  look_at_next (task);
}

static void
look_at_next (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->strangers->len == 0) {
    ask_next (task);
    return;
  }

  run->shown = g_array_index (run->strangers, gint64, run->strangers->len - 1);
  g_array_set_size (run->strangers, run->strangers->len - 1);
  if (run->keys == NULL)
    dial_contacts_tell (task, DIAL_CONTACTS_PHASE_LOOKING_CLOSER, run->n_strangers - run->strangers->len,
                        run->n_strangers);
  dial_cloudtalk_show_contact_async (run->cloudtalk, run->shown, DIAL_CLOUDTALK_URGENCY_CONTACTS,
                                     g_task_get_cancellable (task), on_looked_at, g_object_ref (task));
}

/* By what somebody is reached */

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) found = dial_cloudtalk_list_contacts_finish (DIAL_CLOUDTALK (source), result, NULL, &error);

  if (found == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++) {
    gint64 id = ((DialCloudtalkContact *) found->pdata[i])->id;

    /* Who came since the lists were read is new to us. */
    dial_contact_index_add (run->index, found->pdata[i]);
    if (dial_contact_index_is_partial (run->index, id))
      g_array_append_val (run->strangers, id);
  }
  look_at_next (task);
}

static void
ask_next (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->keys != NULL && run->key < g_strv_length (run->keys)) {
    dial_cloudtalk_list_contacts_async (run->cloudtalk, 0, run->keys[run->key++], 1, MAX_FOUND,
                                        DIAL_CLOUDTALK_URGENCY_CONTACTS, g_task_get_cancellable (task), on_asked,
                                        g_object_ref (task));
  } else if (run->keys != NULL) {
    g_clear_pointer (&run->keys, g_strfreev);
    dial_contacts_plan_rows (task);
  } else {
    dial_contacts_begin_pass (task);
  }
}

/* Whether it is still to be asked for somebody who was not found. */
gboolean
dial_contacts_shall_ask (DialContactsRun      *run,
                         const DialContactRow *row)
{
  return run->asks && run->job == DIAL_CONTACTS_SYNC && !g_hash_table_contains (run->asked, &row->candidate_id);
}

/* Asks for each number and address of somebody, then goes on with the plan. */
void
dial_contacts_ask (GTask                *task,
                   const DialContactRow *row)
{
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_hash_table_add (run->asked, g_memdup2 (&row->candidate_id, sizeof row->candidate_id));
  g_strv_builder_addv (keys, (const char **) row->card->numbers);
  g_strv_builder_addv (keys, (const char **) row->card->emails);
  run->keys = g_strv_builder_end (keys);
  run->key = 0;
  ask_next (task);
}

/* Which of both */

static void
decide (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  guint most = EXTRA_LOOKS + LOOKS_FOR_ADDED (run->n_adds);

  g_array_unref (run->strangers);
  run->strangers = dial_contact_index_list_partial (run->index);
  run->n_strangers = run->strangers->len;
  run->asks = run->n_keys < run->n_strangers && run->n_keys <= most;
  if (run->asks || run->n_strangers > most || run->n_keys == 0)
    g_array_set_size (run->strangers, 0);
  look_at_next (task);
}

static void
count_keys (DialContactsRun *run,
            DialContactWork *work)
{
  for (guint i = 0; i < work->rows->len; i++) {
    DialContactRow *row = work->rows->pdata[i];

    if (row->task == DIAL_CONTACT_TASK_ADD && dial_contact_index_find (run->index, row->card) == NULL &&
        !g_hash_table_contains (run->asked, &row->candidate_id))
      run->n_keys += g_strv_length (row->card->numbers) + g_strv_length (row->card->emails);
  }
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialContactWork) work = dial_store_find_contact_work_finish (DIAL_STORE (source), result, &error);

  if (work == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  count_keys (run, work);
  if (work->next == 0)
    decide (task);
  else
    dial_store_find_contact_work_async (DIAL_STORE (source), run->choice, work->next, g_task_get_cancellable (task),
                                        on_counted, g_object_ref (task));
}

static void
on_links_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 last = 0;
  g_autoptr (GPtrArray) links = dial_store_list_contact_links_finish (DIAL_STORE (source), result, &error);

  if (links == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  for (guint i = 0; i < links->len; i++) {
    DialContactLink *link = links->pdata[i];

    last = link->candidate_id;
    if (link->card != NULL)
      dial_contact_index_learn_card (run->index, link->contact_id, link->card, link->ours);
  }
  if (links->len > 0)
    dial_store_list_contact_links_async (DIAL_STORE (source), run->choice->account, last,
                                         g_task_get_cancellable (task), on_links_listed, g_object_ref (task));
  else
    dial_store_find_contact_work_async (DIAL_STORE (source), run->choice, 0, g_task_get_cancellable (task),
                                        on_counted, g_object_ref (task));
}

/* Looks closer at those who are there, then begins a pass. A preview does not: it is to be quick. */
void
dial_contacts_look_closer (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer contact;

  if (run->n_adds == 0 || run->job != DIAL_CONTACTS_SYNC || dial_contact_index_get_size (run->index) == 0) {
    dial_contacts_begin_pass (task);
    return;
  }

  /* Not again at whom it did before the lists were read anew. */
  g_hash_table_iter_init (&iter, run->closer);
  while (g_hash_table_iter_next (&iter, NULL, &contact))
    dial_contact_index_learn (run->index, contact);

  run->n_keys = 0;
  dial_store_list_contact_links_async (self->store, run->choice->account, 0, g_task_get_cancellable (task),
                                       on_links_listed, g_object_ref (task));
}
