#include "dial-courier-private.h"

#include <glib/gi18n.h>

/*
 * Looking back: whether the notes of the last days still stand in Greenhouse as they were sent.
 *
 * Where notes can be listed by author that is one list for hundreds of notes. What it does not show is
 * looked for in the candidate's own feed, twice, with a pause in between; and only where the candidate is still
 * there. So an answer that was late, cut short or refused alarms nobody.
 */

/* So many days are looked back to. */
#define DAYS 7

/* What was sent more lately than this is left to the next time: lists may lag. */
#define SETTLED_SECONDS 600

/* Greenhouse's clock and ours may differ. */
#define LEEWAY DIAL_SECONDS (2 * 24 * 60 * 60)

typedef struct {
  DialGreenhouse *greenhouse;
  gint64          begun_at;
  guint           pause;
  GPtrArray      *items;       /* still to be seen */
  GArray         *seen;        /* ids, to be written down */
  GHashTable     *changed;     /* item → what is wrong with it, a sentence */
  guint           n_seen[DIAL_VISIBILITY_ADMIN_ONLY + 1];
  guint           index;
  gboolean        again;       /* the second time round */
  guint           timer;
} LookBack;

static void
look_back_free (LookBack *look)
{
  g_clear_handle_id (&look->timer, g_source_remove);
  g_clear_object (&look->greenhouse);
  g_clear_pointer (&look->items, g_ptr_array_unref);
  g_clear_pointer (&look->seen, g_array_unref);
  g_clear_pointer (&look->changed, g_hash_table_unref);
  g_free (look);
}

static void next_author (GTask *task);
static void next_feed   (GTask *task);
static void tell_next   (GTask *task);

/* Compares what was found with the note; what is as it was needs no further look. */
static void
take_note (LookBack  *look,
           guint      index,
           GPtrArray *notes)
{
  DialOutboxItem *item = g_ptr_array_index (look->items, index);
  g_autofree char *problem = NULL;
  DialNote *note;
  guint n_found = _dial_courier_find_note (notes, item, &note);

  if (n_found == 0)
    return;

  problem = _dial_courier_compare (item, note, n_found);
  if (problem != NULL) {
    g_hash_table_replace (look->changed, g_object_ref (item), g_steal_pointer (&problem));
    return;
  }

  look->n_seen[item->visibility]++;
  g_array_append_val (look->seen, item->id);
  g_hash_table_remove (look->changed, item);
  g_ptr_array_remove_index (look->items, index);
}

/* Telling: only now, for what is missing may be so for all notes alike */

/* Who may not see private notes any more sees none of them: that is no loss of the notes. */
static gboolean
may_be_hidden (LookBack       *look,
               DialOutboxItem *item)
{
  guint n_missing = 0;

  for (guint i = 0; i < look->items->len; i++)
    n_missing += ((DialOutboxItem *) look->items->pdata[i])->visibility == item->visibility;

  return n_missing > 1 && look->n_seen[item->visibility] == 0;
}

static void
on_told (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  LookBack *look = g_task_get_task_data (task);

  if (dial_store_save_outbox_item_finish (DIAL_STORE (source), result, NULL))
    _dial_courier_emit_needs_look (self, g_ptr_array_index (look->items, look->index - 1));
  tell_next (task);
}

static void
tell_next (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  LookBack *look = g_task_get_task_data (task);

  while (look->index < look->items->len) {
    guint index = look->index++;
    DialOutboxItem *item = g_ptr_array_index (look->items, index);
    const char *problem = g_hash_table_lookup (look->changed, item);
    DialOutboxItem *changed;

    if (problem == NULL && may_be_hidden (look, item))
      continue;

    changed = dial_outbox_item_copy (item);
    changed->state = DIAL_OUTBOX_STATE_UNCERTAIN;
    changed->next_try_at = DIAL_NEVER;
    dial_set_str (&changed->error, problem != NULL ? problem : _(dial_courier_gone));
    dial_store_save_outbox_item_async (self->store, changed, NULL, on_told, g_object_ref (task));
    g_object_unref (look->items->pdata[index]);
    look->items->pdata[index] = changed;
    return;
  }

  g_task_return_boolean (task, TRUE);
}

static void
on_seen_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LookBack *look = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_saw_notes_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  g_array_unref (look->seen);
  look->seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  look->index = 0;
  tell_next (task);
}

/* What was seen is written down even where the rest could not be looked for: the next time goes on there. */
static void
stop (GTask  *task,
      GError *error)
{
  DialCourier *self = g_task_get_source_object (task);
  LookBack *look = g_task_get_task_data (task);

  if (look->seen->len > 0)
    dial_store_saw_notes_async (self->store, look->seen, g_get_real_time (), NULL, NULL, NULL);
  g_task_return_error (task, error);
}

static void
finish_looking (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  LookBack *look = g_task_get_task_data (task);

  dial_store_saw_notes_async (self->store, look->seen, g_get_real_time (), NULL, on_seen_saved,
                              g_object_ref (task));
}

/* Feed by feed */

static gboolean
on_pause_over (gpointer user_data)
{
  GTask *task = user_data;
  LookBack *look = g_task_get_task_data (task);

  look->timer = 0;
  next_feed (task);
  return G_SOURCE_REMOVE;
}

static void
on_candidate_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LookBack *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialCandidate) candidate =
    dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);

  if (error != NULL) {
    stop (task, error);
    return;
  }

  /* With the candidate the notes went, to another one or for good: nothing that the recruiter could mend. */
  if (candidate == NULL)
    g_ptr_array_remove_index (look->items, look->index);
  else
    look->index++;
  next_feed (task);
}

static void
on_feed_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LookBack *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  guint n_before = look->items->len;
  DialOutboxItem *item;

  if (notes == NULL) {
    stop (task, error);
    return;
  }

  item = g_ptr_array_index (look->items, look->index);
  take_note (look, look->index, notes);
  if (look->items->len < n_before) {
    next_feed (task);
  } else if (g_hash_table_contains (look->changed, item) || look->again) {
    look->index++;
    next_feed (task);
  } else {
    dial_greenhouse_get_candidate_async (look->greenhouse, item->candidate_id, DIAL_URGENCY_SYNC,
                                         g_task_get_cancellable (task), on_candidate_read,
                                         g_object_ref (task));
  }
}

static void
next_feed (GTask *task)
{
  LookBack *look = g_task_get_task_data (task);
  DialOutboxItem *item;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (look->index < look->items->len) {
    item = g_ptr_array_index (look->items, look->index);
    dial_greenhouse_list_notes_async (look->greenhouse, item->candidate_id, DIAL_INSTANT_UNKNOWN,
                                      DIAL_URGENCY_SYNC, g_task_get_cancellable (task), on_feed_read,
                                      g_object_ref (task));
  } else if (look->items->len > 0 && !look->again) {
    look->again = TRUE;
    look->index = 0;
    look->timer = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, look->pause, on_pause_over,
                                              g_object_ref (task), g_object_unref);
  } else {
    finish_looking (task);
  }
}

/* Author by author */

static void
on_author_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LookBack *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  gint64 author_id = ((DialOutboxItem *) g_ptr_array_index (look->items, look->index))->author_id;

  if (notes == NULL) {
    stop (task, error);
    return;
  }

  /* What is of this author and was not there comes last; the next one is at the index then. */
  for (guint i = look->items->len; i > look->index; i--) {
    if (((DialOutboxItem *) look->items->pdata[i - 1])->author_id == author_id)
      take_note (look, i - 1, notes);
  }
  while (look->index < look->items->len &&
         ((DialOutboxItem *) look->items->pdata[look->index])->author_id == author_id)
    look->index++;

  next_author (task);
}

static void
next_author (GTask *task)
{
  LookBack *look = g_task_get_task_data (task);
  DialOutboxItem *item;

  while (look->index < look->items->len &&
         ((DialOutboxItem *) look->items->pdata[look->index])->author_id == 0)
    look->index++;

  if (look->index == look->items->len || !dial_greenhouse_can_list_notes_of (look->greenhouse)) {
    look->index = 0;
    next_feed (task);
    return;
  }

  item = g_ptr_array_index (look->items, look->index);
  dial_greenhouse_list_notes_of_async (look->greenhouse, item->author_id,
                                       look->begun_at - DAYS * DIAL_SECONDS (24 * 60 * 60) - LEEWAY,
                                       DIAL_URGENCY_SYNC, g_task_get_cancellable (task), on_author_read,
                                       g_object_ref (task));
}

static int
compare_authors (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = (*(DialOutboxItem **) a)->author_id, other = (*(DialOutboxItem **) b)->author_id;

  return one < other ? -1 : one > other;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LookBack *look = g_task_get_task_data (task);
  GError *error = NULL;

  look->items = dial_store_list_outbox_finish (DIAL_STORE (source), result, &error);
  if (look->items == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = look->items->len; i > 0; i--) {
    DialOutboxItem *item = look->items->pdata[i - 1];

    if (item->proof == DIAL_PROOF_TOLD || item->seen_at >= look->begun_at ||
        item->last_sent_at > g_get_real_time () - DIAL_SECONDS (MIN (look->pause * 10, SETTLED_SECONDS)))
      g_ptr_array_remove_index (look->items, i - 1);
  }
  g_ptr_array_sort (look->items, compare_authors);
  next_author (task);
}

/**
 * dial_courier_look_back_async:
 * @self: a courier
 * @greenhouse: where the notes should stand
 * @begun_at: what was seen since that instant is not looked for again
 * @pause: seconds between the first look for what is missing and the second
 * @cancellable: (nullable): stops it; @begun_at then goes on where it was
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks whether the notes of the last days still stand in Greenhouse as they were sent. One that is gone or
 * reads otherwise needs a look.
 */
void
dial_courier_look_back_async (DialCourier         *self,
                              DialGreenhouse      *greenhouse,
                              gint64               begun_at,
                              guint                pause,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  LookBack *look;

  g_return_if_fail (DIAL_IS_COURIER (self));
  g_return_if_fail (DIAL_IS_GREENHOUSE (greenhouse));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_courier_look_back_async);
  look = g_new0 (LookBack, 1);
  look->greenhouse = g_object_ref (greenhouse);
  look->begun_at = begun_at;
  look->pause = pause;
  look->seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  look->changed = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  g_task_set_task_data (task, look, (GDestroyNotify) look_back_free);

  dial_store_list_sent_async (self->store, begun_at - DAYS * DIAL_SECONDS (24 * 60 * 60), cancellable,
                              on_listed, g_object_ref (task));
}

/**
 * dial_courier_look_back_finish:
 * @self: a courier
 * @result: what the callback was given
 * @error: return location for why not all could be looked for
 *
 * Returns: whether all were looked for
 */
gboolean
dial_courier_look_back_finish (DialCourier   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
