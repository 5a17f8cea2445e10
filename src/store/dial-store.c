#include "dial-lock.h"
#include "dial-migrations.h"
#include "dial-rescue.h"
#include "dial-store-private.h"

#include "config.h"

#include <glib/gi18n.h>

/* How often a lock that somebody else holds is tried again. */
#define LOCK_RETRY_MS 100

/* Shared by all who have the file open; beside the bytes of DialStoreLock. */
#define LOCK_OPEN 31

struct _DialStore
{
  GObject       parent_instance;

  char         *path;
  GMainContext *context;    /* where signals are emitted */
  DialWorker   *writer;     /* NULL once it was told to stop */
  DialWorker   *reader;     /* answers at once */
  DialWorker   *patient;    /* answers what takes its time */
  DialLock     *locks;
  DialRescue   *rescue;     /* what was done for a damaged file; NULL where it was sound */
  guint         n_pages;    /* of a sync that wait to be written; atomic */

  GMutex        mutex;      /* for what follows: the writer adds, the context takes */
  DialChanges  *pending;    /* to be told; NULL where nothing is */
};

enum {
  CANDIDATES_CHANGED,
  CALLS_CHANGED,
  OUTBOX_CHANGED,
  NOTES_CHANGED,
  SEARCHES_CHANGED,
  TEMPLATES_CHANGED,
  TEXTS_CHANGED,
  OPT_OUTS_CHANGED,
  PAGE_WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (dial-store-error-quark, dial_store_error)
G_DEFINE_FINAL_TYPE (DialStore, dial_store, G_TYPE_OBJECT)

static void
emit_each (DialStore *self,
           guint      signal,
           GArray    *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_signal_emit (self, signals[signal], 0, g_array_index (ids, gint64, i));
}

static gboolean
emit_pending (gpointer user_data)
{
  DialStore *self = user_data;
  g_autoptr (DialChanges) changes = NULL;

  g_mutex_lock (&self->mutex);
  changes = g_steal_pointer (&self->pending);
  g_mutex_unlock (&self->mutex);

  dial_changes_sort (changes);
  if (changes->any_candidate)
    g_array_set_size (changes->candidates, 0);
  if (changes->any_candidate || changes->candidates->len > 0)
    g_signal_emit (self, signals[CANDIDATES_CHANGED], 0, changes->candidates);
  emit_each (self, CALLS_CHANGED, changes->calls);
  emit_each (self, OUTBOX_CHANGED, changes->outbox);
  emit_each (self, NOTES_CHANGED, changes->notes);
  emit_each (self, TEXTS_CHANGED, changes->texts);
  if (changes->searches)
    g_signal_emit (self, signals[SEARCHES_CHANGED], 0);
  if (changes->templates)
    g_signal_emit (self, signals[TEMPLATES_CHANGED], 0);
  if (changes->opt_outs)
    g_signal_emit (self, signals[OPT_OUTS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* On the writer's thread: what piles up until the main context comes round is told at once. */
static void
announce (gpointer     owner,
          DialChanges *changes)
{
  DialStore *self = DIAL_STORE (owner);
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->mutex);
  if (self->pending == NULL) {
    self->pending = dial_changes_new ();
    source = g_idle_source_new ();
    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_callback (source, emit_pending, g_object_ref (self), g_object_unref);
    g_source_set_static_name (source, "[dialhouse] store changes");
  }
  dial_changes_merge (self->pending, changes);
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    g_source_attach (source, self->context);
}

/* A page was handed in. */
void
dial_store_page_waits (DialStore *self)
{
  g_atomic_int_inc (&self->n_pages);
}

static gboolean
emit_page_written (gpointer user_data)
{
  g_signal_emit (user_data, signals[PAGE_WRITTEN], 0);
  return G_SOURCE_REMOVE;
}

/* And is done with, in whatever thread. */
void
dial_store_page_is_gone (DialStore *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  (void) g_atomic_int_dec_and_test (&self->n_pages);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_page_written, g_object_ref (self), g_object_unref);
  g_source_set_static_name (source, "[dialhouse] page written");
  g_source_attach (source, self->context);
}

static void
dial_store_dispose (GObject *object)
{
  DialStore *self = DIAL_STORE (object);

  /* Every queued request holds the store, so there is nothing left to wait for. */
  if (self->writer != NULL) {
    dial_worker_stop (self->patient);
    dial_worker_stop (self->reader);
    dial_worker_stop (self->writer);
    g_clear_pointer (&self->patient, dial_worker_free);
    g_clear_pointer (&self->reader, dial_worker_free);
    g_clear_pointer (&self->writer, dial_worker_free);
  }
  g_clear_pointer (&self->locks, dial_lock_close);

  G_OBJECT_CLASS (dial_store_parent_class)->dispose (object);
}

static void
dial_store_finalize (GObject *object)
{
  DialStore *self = DIAL_STORE (object);

  g_clear_pointer (&self->pending, dial_changes_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->rescue, dial_rescue_free);
  g_mutex_clear (&self->mutex);
  g_free (self->path);

  G_OBJECT_CLASS (dial_store_parent_class)->finalize (object);
}

static guint
add_signal (const char *name,
            GType       type)
{
  return g_signal_new (name, DIAL_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, type);
}

static void
dial_store_class_init (DialStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_store_dispose;
  object_class->finalize = dial_store_finalize;

  signals[CANDIDATES_CHANGED] = add_signal ("candidates-changed", G_TYPE_ARRAY);
  signals[CALLS_CHANGED] = add_signal ("calls-changed", G_TYPE_INT64);
  signals[OUTBOX_CHANGED] = add_signal ("outbox-changed", G_TYPE_INT64);
  signals[NOTES_CHANGED] = add_signal ("notes-changed", G_TYPE_INT64);
  signals[SEARCHES_CHANGED] = g_signal_new ("searches-changed", DIAL_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TEMPLATES_CHANGED] = g_signal_new ("templates-changed", DIAL_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TEXTS_CHANGED] = add_signal ("texts-changed", G_TYPE_INT64);
  signals[OPT_OUTS_CHANGED] = g_signal_new ("opt-outs-changed", DIAL_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DialStore::page-written:
   *
   * One page less waits, see [method@Store.get_n_pages]. That it is saved is told by its own callback, later.
   */
  signals[PAGE_WRITTEN] = g_signal_new ("page-written", DIAL_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
dial_store_init (DialStore *self)
{
  g_mutex_init (&self->mutex);
}

static DialConnection *
open_writer (const char  *path,
             GError     **error)
{
  g_autoptr (DialConnection) connection = dial_connection_open (path, error);

  if (connection == NULL)
    return NULL;

  /* A file that is to be refused must not be altered, and WAL is an alteration. */
  if (!dial_migrations_run (connection, path, DIAL_SCHEMA_FOLDER, error))
    return NULL;

  dial_connection_execute (connection, "PRAGMA journal_mode = WAL");
  if (!dial_connection_take_error (connection, error))
    return NULL;

  return g_steal_pointer (&connection);
}

static DialConnection *
open_reader (const char  *path,
             GError     **error)
{
  g_autoptr (DialConnection) connection = dial_connection_open (path, error);

  if (connection == NULL)
    return NULL;

  dial_connection_set_read_only (connection);
  if (!dial_connection_take_error (connection, error))
    return NULL;

  return g_steal_pointer (&connection);
}

/* Opens the file for writing; one that is damaged gives its place to a new one, with what could be read of it,
 * if nobody else has it open. */
static DialConnection *
open_sound (const char  *path,
            DialLock    *locks,
            DialRescue **rescue,
            GError     **error)
{
  g_autoptr (DialConnection) connection = NULL;
  g_autoptr (DialRescue) saved = NULL;
  gboolean alone = FALSE;

  if (!dial_lock_try (locks, LOCK_OPEN, &alone, error))
    return NULL;

  if (alone && dial_rescue_is_needed (path)) {
    saved = dial_rescue_set_aside (path, error);
    if (saved == NULL)
      return NULL;
  }

  connection = open_writer (path, error);
  if (connection == NULL)
    return NULL;
  if (saved != NULL && !dial_rescue_bring_back (saved, path, error)) {
    g_clear_pointer (&connection, dial_connection_close);
    dial_rescue_undo (saved, path);
    return NULL;
  }

  dial_lock_share (locks, LOCK_OPEN);
  *rescue = g_steal_pointer (&saved);
  return g_steal_pointer (&connection);
}

/**
 * dial_store_open_here:
 * @path: the file; its folder must exist
 * @context: the main context signals are emitted in
 * @error: return location for a #DialStoreError
 *
 * Opens the store as [func@Store.open_async] does, in the calling thread: not one that anybody waits for.
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
DialStore *
dial_store_open_here (const char    *path,
                      GMainContext  *context,
                      GError       **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autoptr (DialStore) self = NULL;
  g_autoptr (DialLock) locks = NULL;
  g_autoptr (DialRescue) rescue = NULL;
  g_autoptr (DialConnection) writer = NULL;
  g_autoptr (DialConnection) reader = NULL;
  g_autoptr (DialConnection) patient = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  if ((locks = dial_lock_open (lock_path, error)) == NULL ||
      (writer = open_sound (path, locks, &rescue, error)) == NULL ||
      (reader = open_reader (path, error)) == NULL ||
      (patient = open_reader (path, error)) == NULL)
    return NULL;

  self = g_object_new (DIAL_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->context = g_main_context_ref (context);
  self->locks = g_steal_pointer (&locks);
  self->rescue = g_steal_pointer (&rescue);
  self->writer = dial_worker_new_writer ("store-writer", g_steal_pointer (&writer),
                                         G_OBJECT (self), announce);
  self->reader = dial_worker_new ("store-reader", g_steal_pointer (&reader), FALSE);
  self->patient = dial_worker_new ("store-patient", g_steal_pointer (&patient), TRUE);
  return g_steal_pointer (&self);
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  DialStore *self = dial_store_open_here (task_data, g_task_get_context (task), &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dial_store_open_async:
 * @path: the file; its folder must exist
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the store at @path, making it with mode 0600 if there is none, and brings its schema up to
 * date; a copy of an older file is kept beside it. The calling thread's main context is the one
 * signals are emitted in.
 */
void
dial_store_open_async (const char          *path,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (path != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_store_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * dial_store_open_finish:
 * @result: what the callback was given
 * @error: return location for a #DialStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
DialStore *
dial_store_open_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_store_new_closed:
 * @path: a file that cannot be opened
 *
 * Stands in for a store whose file nobody can read: whatever is asked of it fails with
 * %G_IO_ERROR_CLOSED.
 *
 * Returns: (transfer full): a store that was never open
 */
DialStore *
dial_store_new_closed (const char *path)
{
  DialStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (DIAL_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  return self;
}

/**
 * dial_store_get_rescue:
 * @self: a store
 * @n_notes: (out): how many notes that were not yet in Greenhouse were saved
 * @whole: (out): whether all that Greenhouse does not have could be read
 *
 * Returns: (nullable): where the damaged file stands that was found when the store was opened; %NULL if it
 *   was sound
 */
const char *
dial_store_get_rescue (DialStore *self,
                       guint     *n_notes,
                       gboolean  *whole)
{
  g_return_val_if_fail (DIAL_IS_STORE (self), NULL);

  if (self->rescue == NULL)
    return NULL;

  *n_notes = self->rescue->n_notes;
  *whole = self->rescue->n_lost == 0;
  return self->rescue->aside;
}

/**
 * dial_store_get_path:
 * @self: a store
 *
 * Returns: the file's path
 */
const char *
dial_store_get_path (DialStore *self)
{
  g_return_val_if_fail (DIAL_IS_STORE (self), NULL);

  return self->path;
}

typedef struct {
  DialWorker *writer;
  DialWorker *reader;
  DialWorker *patient;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  dial_worker_free (closing->writer);
  dial_worker_free (closing->reader);
  dial_worker_free (closing->patient);
  g_free (closing);
}

static void
close_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Closing *closing = task_data;

  /* The writer last: who closes the last connection empties the log into the file, and where two close at
   * the same time neither is the last. */
  dial_worker_join (closing->patient);
  dial_worker_join (closing->reader);
  dial_worker_stop (closing->writer);
  dial_worker_join (closing->writer);
  g_task_return_boolean (task, TRUE);
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

/**
 * dial_store_close_async:
 * @self: a store
 * @cancellable: (nullable): stops the waiting, not the closing
 * @callback: called when the file is closed
 * @user_data: for @callback
 *
 * Finishes what is queued, then closes the file. What is asked of a closed store fails.
 */
void
dial_store_close_async (DialStore           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) wait = NULL;
  Closing *closing;

  g_return_if_fail (DIAL_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_store_close_async);
  g_clear_pointer (&self->locks, dial_lock_close);

  if (self->writer == NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  closing = g_new0 (Closing, 1);
  closing->reader = g_steal_pointer (&self->reader);
  closing->patient = g_steal_pointer (&self->patient);
  closing->writer = g_steal_pointer (&self->writer);
  dial_worker_stop (closing->patient);
  dial_worker_stop (closing->reader);

  /* Without a source: the thread may be the last to let go of its task, and the store is not to go there. */
  wait = g_task_new (NULL, NULL, on_closed, g_object_ref (task));
  g_task_set_source_tag (wait, close_thread);
  g_task_set_task_data (wait, closing, closing_free);
  g_task_run_in_thread (wait, close_thread);
}

/**
 * dial_store_close_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the store is closed
 */
gboolean
dial_store_close_finish (DialStore     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
on_lock_retry (gpointer user_data)
{
  GTask *task = user_data;
  DialStore *self = g_task_get_source_object (task);
  DialStoreLock lock = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  gboolean taken;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  if (self->locks == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The store is closed."));
    return G_SOURCE_REMOVE;
  }

  if (!dial_lock_try (self->locks, lock, &taken, &error)) {
    g_task_return_error (task, error);
    return G_SOURCE_REMOVE;
  }

  if (!taken)
    return G_SOURCE_CONTINUE;

  /* It is held now, and somebody must know. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * dial_store_lock_async:
 * @self: a store
 * @lock: which lock
 * @cancellable: (nullable): stops waiting
 * @callback: called when the lock is held
 * @user_data: for @callback
 *
 * Waits until no other store, here or in another process, holds @lock, and takes it. It is given
 * back by dial_store_unlock(), by closing the store, or by the end of the process.
 */
void
dial_store_lock_async (DialStore           *self,
                       DialStoreLock        lock,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (DIAL_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_store_lock_async);
  g_task_set_task_data (task, GINT_TO_POINTER (lock), NULL);

  if (on_lock_retry (task) == G_SOURCE_REMOVE)
    return;

  source = g_timeout_source_new (LOCK_RETRY_MS);
  g_source_set_callback (source, on_lock_retry, g_object_ref (task), g_object_unref);
  g_source_set_static_name (source, "[dialhouse] lock retry");
  g_source_attach (source, g_task_get_context (task));
}

/**
 * dial_store_lock_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the lock is held; then it must be given back by dial_store_unlock()
 */
gboolean
dial_store_lock_finish (DialStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_store_unlock:
 * @self: a store
 * @lock: a lock it holds
 *
 * Gives @lock back.
 */
void
dial_store_unlock (DialStore     *self,
                   DialStoreLock  lock)
{
  g_return_if_fail (DIAL_IS_STORE (self));

  if (self->locks != NULL)
    dial_lock_release (self->locks, lock);
}

static void
push (DialStore           *self,
      DialWorker          *worker,
      gpointer             source_tag,
      const DialRequest   *request,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (worker != NULL) {
    dial_worker_push (worker, task, request);
    return;
  }

  if (request->free_data != NULL)
    request->free_data (request->data);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The store is closed."));
}

void
dial_store_read (DialStore           *self,
                 gpointer             source_tag,
                 const DialRequest   *request,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  push (self, self->reader, source_tag, request, cancellable, callback, user_data);
}

void
dial_store_read_patiently (DialStore           *self,
                           gpointer             source_tag,
                           const DialRequest   *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  push (self, self->patient, source_tag, request, cancellable, callback, user_data);
}

void
dial_store_write (DialStore           *self,
                  gpointer             source_tag,
                  const DialRequest   *request,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  push (self, self->writer, source_tag, request, cancellable, callback, user_data);
}

gpointer
dial_store_finish (DialStore     *self,
                   GAsyncResult  *result,
                   gpointer       source_tag,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* For requests without an answer: all is well where nothing failed. */
gboolean
dial_store_finish_boolean (DialStore     *self,
                           GAsyncResult  *result,
                           gpointer       source_tag,
                           GError       **error)
{
  g_autoptr (GError) failure = NULL;

  (void) dial_store_finish (self, result, source_tag, &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gint64 *
dial_store_id_new (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

GArray *
dial_store_copy_ids (GArray *ids)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ids->len);

  if (ids->len > 0)
    g_array_append_vals (copy, ids->data, ids->len);
  return copy;
}

char *
dial_store_dup_nonnull (DialStatement *statement,
                        int            column)
{
  const char *text = dial_statement_read_text (statement, column);

  return g_strdup (text != NULL ? text : "");
}

void
dial_store_bind_enum (DialStatement *statement,
                      GType          type,
                      int            value)
{
  dial_statement_bind_text (statement, dial_enum_to_nick (type, value));
}

int
dial_store_read_enum (DialStatement *statement,
                      int            column,
                      GType          type)
{
  int value = 0;

  (void) dial_enum_from_nick (type, dial_statement_read_text (statement, column), &value);
  return value;
}

/**
 * dial_store_get_n_pages:
 * @self: a store
 *
 * Returns: how many pages were handed in and wait in memory to be written
 */
guint
dial_store_get_n_pages (DialStore *self)
{
  g_return_val_if_fail (DIAL_IS_STORE (self), 0);

  return g_atomic_int_get (&self->n_pages);
}
