#include "dial-list-change.h"

/* A list that is no longer than this is compared in less time than a thread needs to start. */
#define N_AT_ONCE 20000

/* Takes @now and @matches. */
DialListChange *
dial_list_change_new (DialFindings *old,
                      DialFindings *now,
                      GArray       *moves,
                      GArray       *matches)
{
  DialListChange *self = g_atomic_rc_box_new0 (DialListChange);

  self->old = dial_findings_ref (old);
  self->now = now;
  self->moves = g_array_ref (moves);
  self->matches = matches;
  return self;
}

static void
clear (gpointer data)
{
  DialListChange *self = data;

  g_clear_pointer (&self->old, dial_findings_unref);
  g_clear_pointer (&self->now, dial_findings_unref);
  g_clear_pointer (&self->moves, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  g_clear_pointer (&self->held, g_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
}

void
dial_list_change_unref (DialListChange *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
merge (DialListChange *self)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->moves->len; i++) {
    const DialMove *move = &g_array_index (self->moves, DialMove, i);

    if (move->was != 0)
      g_array_append_val (gone, move->was);
    if (move->is != 0)
      g_array_append_val (gone, move->is);
  }
  self->now = dial_merge_matches (self->old, gone, self->matches);
}

static void
note_reuse (GHashTable *left,
            GHashTable *reused,
            gint64      id,
            gint64     *place)
{
  gint64 *who_left = g_hash_table_lookup (left, place);

  if (who_left != NULL && *who_left != id)
    g_hash_table_add (reused, place);
}

/* The places that one left and another one took: they look as if nothing had changed there. */
static GHashTable *
find_reused (DialListChange *self)
{
  g_autoptr (GHashTable) left = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTable *reused = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->moves->len; i++) {
    DialMove *move = &g_array_index (self->moves, DialMove, i);

    if (move->was != 0 && move->was != move->is)
      g_hash_table_replace (left, &move->was, &move->id);
  }
  for (guint i = 0; i < self->moves->len; i++) {
    DialMove *move = &g_array_index (self->moves, DialMove, i);

    note_reuse (left, reused, move->id, &move->is);
  }
  for (guint i = 0; i < self->matches->len; i++) {
    DialMatch *match = &g_array_index (self->matches, DialMatch, i);

    note_reuse (left, reused, match->id, &match->place);
  }
  return reused;
}

/* Finds out how the list changes. */
void
dial_list_change_compare (DialListChange *self)
{
  g_autoptr (GHashTable) reused = find_reused (self);

  if (self->now == NULL)
    merge (self);
  g_clear_pointer (&self->runs, g_array_unref);
  self->runs = dial_merge_compare (self->old, self->now, self->held,
                                   g_hash_table_size (reused) > 0 ? reused : NULL);
  self->n_comparisons++;
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  dial_list_change_compare (task_data);
  g_task_return_pointer (task, g_atomic_rc_box_acquire (task_data), (GDestroyNotify) dial_list_change_unref);
}

/* The same in a thread; nobody else touches the change until it is done. */
void
dial_list_change_compare_async (DialListChange      *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_list_change_compare_async);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self), (GDestroyNotify) dial_list_change_unref);
  g_task_run_in_thread (task, compare_thread);
}

/* Returns: (transfer full) (nullable): the change, %NULL if it was cancelled */
DialListChange *
dial_list_change_compare_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Whether it can be compared within a frame. A million takes longer; to append to what came first does not. */
gboolean
dial_list_change_is_quick (DialListChange *self)
{
  guint length = self->old->places->len + (self->now != NULL ? self->now->places->len : 0);

  return length <= N_AT_ONCE || !self->old->complete;
}

/* Whether all that stood stays, and more comes after it: of an answer whose first part was shown by then. */
gboolean
dial_list_change_goes_on (DialListChange *self)
{
  const DialMergeRun *run = self->runs->len == 1 ? &g_array_index (self->runs, DialMergeRun, 0) : NULL;

  return !self->old->complete && run != NULL && run->n_removed == 0 && run->old_position == self->old->places->len;
}

/* Returns: (transfer full) (element-type gint64): who moves, each once */
GArray *
dial_list_change_list_ids (GArray *moves)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < moves->len; i++) {
    DialMove *move = &g_array_index (moves, DialMove, i);

    if (g_hash_table_add (seen, &move->id))
      g_array_append_val (ids, move->id);
  }
  return ids;
}
