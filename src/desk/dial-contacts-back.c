#include "dial-contacts-private.h"

/* Reading back: whether what was sent is there, under the id it was told by, and once. */

/* So many are looked at one by one; the others have their turn in the next run. */
#define MAX_LOOKS 20

static void check_next (GTask *task);

static DialContactLink *
get_link (DialContactsRun *run)
{
  return g_ptr_array_index (run->unseen, 0);
}

/* Done with the first of the unseen; what it turned out to be is saved with the others. */
static void
take_link (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  g_ptr_array_add (run->seen, g_ptr_array_steal_index (run->unseen, 0));
  check_next (task);
}

static void
leave_link (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  g_ptr_array_remove_index (run->unseen, 0);
  check_next (task);
}

/* Two who add the same person at the same time make two contacts: the one that was there first stays. */

static void
on_second_deleted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactLink *link = get_link (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = dial_cloudtalk_change_contacts_finish (DIAL_CLOUDTALK (source), result, &error);

  if (results == NULL) {
    dial_contacts_fail (task, g_steal_pointer (&error));
  } else if (results->len == 0 || ((DialContactResult *) results->pdata[0])->error != NULL) {
    leave_link (task);
  } else {
    link->contact_id = run->shown;
    link->ours = FALSE;
    link->seen = TRUE;
    take_link (task);
  }
}

static void
delete_second (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactLink *link = get_link (run);
  DialContactChange change = {
    .action = DIAL_CONTACT_DELETE,
    .command_id = (char *) "second",
    .contact_id = link->contact_id,
  };
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  g_ptr_array_add (changes, &change);
  dial_cloudtalk_change_contacts_async (run->cloudtalk, changes, g_task_get_cancellable (task), on_second_deleted,
                                        g_object_ref (task));
}

static void
on_first_shown (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactLink *link = get_link (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkContact) contact = dial_cloudtalk_show_contact_finish (DIAL_CLOUDTALK (source), result,
                                                                                 &error);

  if (contact != NULL && g_strv_contains ((const char * const *) contact->urls, link->card->url)) {
    delete_second (task);
  } else if (contact != NULL || g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND)) {
    link->seen = TRUE;
    take_link (task);
  } else {
    dial_contacts_fail (task, g_steal_pointer (&error));
  }
}

/* It does not stand among those with the tag */

static void
on_tagged (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  get_link (run)->seen = dial_cloudtalk_tag_contact_finish (DIAL_CLOUDTALK (source), result, &error);
  take_link (task);
}

/* It became part of another, and the id it was told by leads nowhere: the other is not ours. Where there is none
 * either, the next run makes one. */
static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactLink *link = get_link (run);
  GError *error = NULL;
  g_autoptr (GPtrArray) found = dial_cloudtalk_list_contacts_finish (DIAL_CLOUDTALK (source), result, NULL, &error);

  if (found == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  link->ours = FALSE;
  if (found->len > 0) {
    link->contact_id = ((DialCloudtalkContact *) found->pdata[0])->id;
    dial_set_str (&link->tag, "");
  } else {
    link->gone = TRUE;
  }
  take_link (task);
}

static void
search (GTask           *task,
        DialContactLink *link)
{
  DialContactsRun *run = g_task_get_task_data (task);
  const char *keyword = link->card->numbers[0] != NULL ? link->card->numbers[0] : link->card->emails[0];

  dial_cloudtalk_list_contacts_async (run->cloudtalk, 0, keyword, 1, 10, DIAL_CLOUDTALK_URGENCY_CONTACTS,
                                      g_task_get_cancellable (task), on_searched, g_object_ref (task));
}

static void
on_missing_shown (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  DialContactLink *link = get_link (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkContact) contact = dial_cloudtalk_show_contact_finish (DIAL_CLOUDTALK (source), result,
                                                                                 &error);

  if (contact != NULL) {
    const char *tags[] = { link->tag, NULL };

    dial_cloudtalk_tag_contact_async (run->cloudtalk, link->contact_id, tags, g_task_get_cancellable (task), on_tagged,
                                      g_object_ref (task));
  } else if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND)) {
    if (link->card != NULL) {
      search (task, link);
      return;
    }
    link->gone = TRUE;
    link->ours = FALSE;
    take_link (task);
  } else {
    dial_contacts_fail (task, g_steal_pointer (&error));
  }
}

static void
show (GTask               *task,
      gint64               contact_id,
      GAsyncReadyCallback  callback)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->n_looked_at++;
  run->shown = contact_id;
  dial_cloudtalk_show_contact_async (run->cloudtalk, contact_id, DIAL_CLOUDTALK_URGENCY_CONTACTS,
                                     g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* One after the other */

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_save_contact_links_finish (DIAL_STORE (source), result, &error))
    dial_contacts_finish (task);
  else
    dial_contacts_fail (task, error);
}

static void
check_next (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);

  while (run->unseen->len > 0) {
    DialContactLink *link = get_link (run);
    const DialCloudtalkContact *first = link->card != NULL ? dial_contact_index_find (run->tagged, link->card) : NULL;

    gboolean is_missing = !dial_contact_index_has (run->tagged, link->contact_id);
    gboolean is_second = link->ours && first != NULL && first->id < link->contact_id &&
                         g_strcmp0 (first->name, link->card->name) == 0;

    if (!is_missing && !is_second) {
      link->seen = TRUE;
      g_ptr_array_add (run->seen, g_ptr_array_steal_index_fast (run->unseen, 0));
    } else if (run->n_looked_at < MAX_LOOKS) {
      show (task, is_missing ? link->contact_id : first->id, is_missing ? on_missing_shown : on_first_shown);
      return;
    } else {
      g_ptr_array_remove_index_fast (run->unseen, 0);
    }
  }

  dial_store_save_contact_links_async (self->store, run->choice->account, run->seen, NULL, on_saved,
                                       g_object_ref (task));
}

static void
list_tagged (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  dial_contact_index_free (run->tagged);
  run->tagged = dial_contact_index_new ();
  dial_contacts_list (task, run->tag_id, run->tagged, check_next);
}

static void
on_unseen_listed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->unseen = dial_store_list_unseen_contacts_finish (DIAL_STORE (source), result, &error);
  if (run->unseen == NULL)
    dial_contacts_fail (task, error);
  else if (run->unseen->len == 0)
    dial_contacts_finish (task);
  else
    dial_contacts_find_tag (task, list_tagged);
}

/* Looks whether all that was sent is there, then ends. */
void
dial_contacts_read_back (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);

  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_READING_BACK, 0, 0);
  dial_store_list_unseen_contacts_async (self->store, run->choice->account, g_task_get_cancellable (task),
                                         on_unseen_listed, g_object_ref (task));
}
