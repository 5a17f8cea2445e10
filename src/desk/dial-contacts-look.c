#include "dial-contacts-private.h"

#include "dial-desk-error.h"

#include <glib/gi18n.h>

/* What there is to do, and who is in the phone system already. */

/* As many as a page may have (CloudTalk's API description): one request finds a thousand. */
#define PAGE_SIZE 1000

/* Lists */

static void list_page (GTask *task);

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  guint n_pages = 0;
  g_autoptr (GPtrArray) contacts = dial_cloudtalk_list_contacts_finish (DIAL_CLOUDTALK (source), result, &n_pages,
                                                                        &error);

  if (contacts == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  g_ptr_array_set_free_func (contacts, NULL);
  for (guint i = 0; i < contacts->len; i++)
    dial_contact_index_add (run->listed, contacts->pdata[i]);

  dial_contacts_tell (task, run->unseen != NULL ? DIAL_CONTACTS_PHASE_READING_BACK : DIAL_CONTACTS_PHASE_LOOKING,
                      run->page, n_pages);
  if (run->page++ < n_pages)
    list_page (task);
  else
    run->next (task);
}

static void
list_page (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  dial_cloudtalk_list_contacts_async (run->cloudtalk, run->listed_tag, NULL, run->page, PAGE_SIZE,
                                      DIAL_CLOUDTALK_URGENCY_CONTACTS, g_task_get_cancellable (task), on_listed,
                                      g_object_ref (task));
}

/* Fills @index with all contacts, or those that carry a tag. */
void
dial_contacts_list (GTask            *task,
                    gint64            tag_id,
                    DialContactIndex *index,
                    DialContactsFunc  next)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->listed_tag = tag_id;
  run->listed = index;
  run->page = 1;
  run->next = next;
  list_page (task);
}

/* The tag */

static void
on_tags_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) tags = dial_cloudtalk_list_tags_finish (DIAL_CLOUDTALK (source), result, &error);

  if (tags == NULL) {
    dial_contacts_fail (task, error);
    return;
  }

  for (guint i = 0; i < tags->len; i++) {
    DialCloudtalkTag *tag = tags->pdata[i];

    if (g_strcmp0 (tag->name, run->choice->tag) == 0)
      run->tag_id = tag->id;
  }
  run->next (task);
}

static void
on_tag_added (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialContactsRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->tag_id = dial_cloudtalk_add_tag_finish (DIAL_CLOUDTALK (source), result, &error);
  if (error != NULL)
    dial_contacts_fail (task, error);
  else
    run->next (task);
}

/* Learns the tag's id, and makes the tag where that is to be. */
void
dial_contacts_find_tag (GTask            *task,
                        DialContactsFunc  next)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->next = next;
  if (run->tag_id != 0)
    next (task);
  else if (run->job == DIAL_CONTACTS_SYNC)
    dial_cloudtalk_add_tag_async (run->cloudtalk, run->choice->tag, g_task_get_cancellable (task), on_tag_added,
                                  g_object_ref (task));
  else
    dial_cloudtalk_list_tags_async (run->cloudtalk, DIAL_CLOUDTALK_URGENCY_CONTACTS, g_task_get_cancellable (task),
                                    on_tags_listed, g_object_ref (task));
}

/* Looking */

static void
list_tagged (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->tag_id != 0)
    dial_contacts_list (task, run->tag_id, run->tagged, dial_contacts_look_closer);
  else
    dial_contacts_look_closer (task);
}

/* Whom others have tagged already matters only where there is anybody. */
static void
look_for_tagged (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->n_adds > 0 && dial_contact_index_get_size (run->index) > 0)
    dial_contacts_find_tag (task, list_tagged);
  else
    dial_contacts_look_closer (task);
}

/* Looks up who is there, then begins a pass. */
void
dial_contacts_look (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  run->is_stale = FALSE;
  dial_contact_index_free (run->index);
  dial_contact_index_free (run->tagged);
  run->index = dial_contact_index_new ();
  run->tagged = dial_contact_index_new ();
  dial_contacts_tell (task, DIAL_CONTACTS_PHASE_LOOKING, 0, 0);
  dial_contacts_list (task, 0, run->index, look_for_tagged);
}

static void
look_if_needed (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);

  if (run->n_adds > 0 || run->has_lost)
    dial_contacts_look (task);
  else
    dial_contacts_begin_pass (task);
}

/* Comparing */

static void
on_compared (GTask *task)
{
  DialContactsRun *run = g_task_get_task_data (task);
  guint total = run->n_adds + run->n_changes + run->n_removals;

  if (run->job != DIAL_CONTACTS_REMOVE && !run->known)
    dial_contacts_fail (task, g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                                                   _("Not all candidates have been fetched yet: sync this "
                                                     "integration first, then its contacts.")));
  else if (total == 0 && run->job == DIAL_CONTACTS_SYNC)
    dial_contacts_read_back (task);
  else if (total == 0)
    dial_contacts_finish (task);
  else if (run->job == DIAL_CONTACTS_SYNC && (run->n_adds > 0 || run->n_untagged > 0))
    dial_contacts_find_tag (task, look_if_needed);
  else
    look_if_needed (task);
}

static void
count_rows (DialContactsRun *run,
            DialContactWork *work)
{
  for (guint i = 0; i < work->rows->len; i++) {
    DialContactRow *row = work->rows->pdata[i];

    switch (row->task) {
    case DIAL_CONTACT_TASK_ADD:
      run->n_adds++;
      break;

    case DIAL_CONTACT_TASK_CHANGE:
      run->n_changes++;
      run->n_untagged += !g_str_equal (row->link->tag, run->choice->tag);
      break;

    case DIAL_CONTACT_TASK_REMOVE:
      run->n_removals++;
      run->has_lost |= row->link->contact_id == 0 && row->link->problem == NULL;
      break;

    case DIAL_CONTACT_TASK_NONE:
    case DIAL_CONTACT_TASK_SKIP:
    default:
      break;
    }
  }

  run->report->n_skipped += work->n_skipped;
  run->known = work->known;
}

static void
on_work_found (GObject      *source,
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

  count_rows (run, work);
  if (work->next == 0)
    on_compared (task);
  else
    dial_store_find_contact_work_async (DIAL_STORE (source), run->choice, work->next, g_task_get_cancellable (task),
                                        on_work_found, g_object_ref (task));
}

/* Counts what there is to do. */
void
dial_contacts_compare (GTask *task)
{
  DialContacts *self = g_task_get_source_object (task);
  DialContactsRun *run = g_task_get_task_data (task);

  dial_store_find_contact_work_async (self->store, run->choice, 0, g_task_get_cancellable (task), on_work_found,
                                      g_object_ref (task));
}
