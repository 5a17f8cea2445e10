#include "dial-call-log-private.h"

/* So many are loaded in one go, */
#define BATCH_SIZE 128

/* and so many kept beyond those that are looked at. */
#define N_KEPT 512

struct _DialCallRows
{
  DialIntegration *integration;
  GCancellable    *cancellable;
  GHashTable      *rows;       /* uid, the row's own → DialCallLogRow, not held */
  GQueue           kept;       /* of DialCallLogRow, the last one first */
  GHashTable      *wanted;     /* of DialCallLogRow, not held: to be loaded */
  guint            load_source;
  guint            loading : 1;
};

static void load_soon (DialCallRows *self);

DialCallRows *
dial_call_rows_new (DialIntegration *integration)
{
  DialCallRows *self = g_new0 (DialCallRows, 1);

  self->integration = g_object_ref (integration);
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted = g_hash_table_new (NULL, NULL);
  return self;
}

static gboolean
is_row (gpointer uid,
        gpointer row,
        gpointer gone)
{
  return row == gone;
}

static void
on_row_gone (gpointer  user_data,
             GObject  *where_the_row_was)
{
  DialCallRows *self = user_data;

  g_hash_table_remove (self->wanted, where_the_row_was);
  g_hash_table_foreach_remove (self->rows, is_row, where_the_row_was);
}

void
dial_call_rows_free (DialCallRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_source, g_source_remove);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, on_row_gone, self);

  g_queue_clear_full (&self->kept, g_object_unref);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->rows);
  g_object_unref (self->cancellable);
  g_object_unref (self->integration);
  g_free (self);
}

/* Loading */

typedef struct {
  DialCallRows *rows;   /* not held: an answer that comes after it is cancelled */
} Load;

static void
on_calls_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = dial_store_load_calls_finish (DIAL_STORE (source), result, &error);
  DialCallRows *self = load->rows;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (calls == NULL)
    g_debug ("Could not load calls: %s", error->message);
  self->loading = FALSE;
  for (guint i = 0; calls != NULL && i < calls->len; i++) {
    DialLoggedCall *logged = g_ptr_array_index (calls, i);
    DialCallLogRow *row = g_hash_table_lookup (self->rows, logged->call->uid);

    if (row != NULL)
      _dial_call_log_row_set_logged (row, logged);
  }
  if (g_hash_table_size (self->wanted) > 0)
    load_soon (self);
}

static gboolean
on_load (gpointer user_data)
{
  DialCallRows *self = user_data;
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer row;
  Load *load;

  self->load_source = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (uids->len < BATCH_SIZE && g_hash_table_iter_next (&iter, &row, NULL)) {
    g_ptr_array_add (uids, g_strdup (dial_call_log_row_get_uid (row)));
    g_hash_table_iter_remove (&iter);
  }
  if (uids->len == 0)
    return G_SOURCE_REMOVE;

  g_ptr_array_add (uids, NULL);
  self->loading = TRUE;
  load = g_new0 (Load, 1);
  load->rows = self;
  dial_store_load_calls_async (dial_integration_get_store (self->integration), (const char * const *) uids->pdata,
                               self->cancellable, on_calls_loaded, load);
  return G_SOURCE_REMOVE;
}

/* Once all that is asked for in one go has been asked for; before the next frame is drawn. */
static void
load_soon (DialCallRows *self)
{
  if (!self->loading && self->load_source == 0)
    self->load_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_load, self, NULL);
}

static void
want (DialCallRows   *self,
      DialCallLogRow *row)
{
  g_hash_table_add (self->wanted, row);
  load_soon (self);
}

/* Returns: (transfer full): the one row of a call */
DialCallLogRow *
dial_call_rows_get (DialCallRows      *self,
                    const DialCallKey *key)
{
  DialCallLogRow *row = g_hash_table_lookup (self->rows, key->uid);

  if (row != NULL)
    return g_object_ref (row);

  row = _dial_call_log_row_new (self->integration, key->uid, key->started_at);
  g_hash_table_insert (self->rows, g_strdup (key->uid), row);
  g_object_weak_ref (G_OBJECT (row), on_row_gone, self);
  want (self, row);

  g_queue_push_head (&self->kept, g_object_ref (row));
  if (g_queue_get_length (&self->kept) > N_KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
  return row;
}

/* Loads all rows anew: there are never many. */
void
dial_call_rows_reload (DialCallRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    want (self, row);
}

static gboolean
is_among (DialCallLogRow *row,
          GArray         *moves)
{
  DialLoggedCall *logged = dial_call_log_row_get_logged (row);

  if (logged == NULL)
    return FALSE;

  for (guint i = 0; i < moves->len; i++)
    if (g_array_index (moves, DialMove, i).id == logged->call->candidate_id)
      return TRUE;
  return moves->len == 0;
}

/* The same for those with whoever changed. */
void
dial_call_rows_reload_people (DialCallRows *self,
                              GArray       *moves)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_among (row, moves))
      want (self, row);
}
