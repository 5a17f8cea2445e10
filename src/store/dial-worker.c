#include "dial-worker.h"

#include "dial-indexer.h"

/* Requests that join in one transaction. More save little, and the first waits for the last. */
#define MAX_JOINED 10

/* How long what may wait is left unindexed, for more to be indexed with it. */
#define PATIENCE_US (400 * 1000)

/* Counted, because its owner may let go of it while the thread still empties the queue. */
struct _DialWorker
{
  GThread          *thread;
  GAsyncQueue      *queue;       /* of GTask, and the queue itself as the sign to stop */
  DialConnection   *connection;  /* the thread's alone, as is all that follows */
  gpointer          next;        /* taken from the queue, and not yet its turn */

  /* A writer's: */
  DialIndexer      *indexer;     /* NULL makes a reader */
  GWeakRef          owner;
  DialAnnounceFunc  announce;
  gint64            index_at;    /* when what waits is indexed at the latest; 0 where nothing does */
};

static void
request_free (gpointer data)
{
  DialRequest *request = data;

  if (request->free_data != NULL)
    request->free_data (request->data);
  g_free (request);
}

static void
answer (GTask        *task,
        gpointer      result,
        const GError *error)
{
  DialRequest *request = g_task_get_task_data (task);

  if (error == NULL) {
    g_task_return_pointer (task, result, request->free_result);
    return;
  }

  if (result != NULL && request->free_result != NULL)
    request->free_result (result);
  g_task_return_error (task, g_error_copy (error));
}

static void
read_for (DialWorker *self,
          GTask      *task)
{
  DialRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  dial_connection_set_cancellable (self->connection, g_task_get_cancellable (task));
  dial_connection_begin (self->connection, "DEFERRED");
  if (!dial_connection_has_failed (self->connection))
    result = request->func (self->connection, request->data, NULL);
  (void) dial_connection_end (self->connection, &error);
  dial_connection_set_cancellable (self->connection, NULL);
  answer (task, result, error);
}

static void
tell (DialWorker  *self,
      DialChanges *changes)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL && !dial_changes_is_empty (changes))
    self->announce (owner, changes);
}

/* Ends the transaction: with the index brought up to date, or with a note that it is not. */
static gboolean
end_write (DialWorker   *self,
           DialChanges  *changes,
           gboolean      may_wait,
           GError      **error)
{
  gboolean wiped = FALSE;

  dial_indexer_take (self->indexer, self->connection, changes);
  if (may_wait && !dial_indexer_must_run (self->indexer))
    dial_indexer_put_off (self->indexer, self->connection);
  else if (dial_indexer_has_work (self->indexer))
    dial_indexer_run (self->indexer, self->connection, changes);
  if (changes->wipe && !dial_connection_has_failed (self->connection))
    wiped = dial_indexer_wipe (self->indexer, self->connection);

  if (!dial_connection_end (self->connection, error)) {
    dial_indexer_reset (self->indexer);
    return FALSE;
  }

  if (wiped)
    dial_connection_wipe_log (self->connection);
  if (dial_indexer_get_n_waiting (self->indexer) == 0)
    self->index_at = 0;
  else if (self->index_at == 0)
    self->index_at = g_get_monotonic_time () + PATIENCE_US;
  tell (self, changes);
  return TRUE;
}

/* Takes as many from the queue as may join @first. */
static GPtrArray *
gather (DialWorker *self,
        GTask      *first)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  DialRequest *request = g_task_get_task_data (first);

  g_ptr_array_add (tasks, g_object_ref (first));
  while (request->joins && tasks->len < MAX_JOINED && self->next == NULL &&
         (self->next = g_async_queue_try_pop (self->queue)) != NULL && self->next != self->queue) {
    DialRequest *other = g_task_get_task_data (self->next);

    if (!other->joins || other->durability != request->durability)
      break;
    g_ptr_array_add (tasks, g_steal_pointer (&self->next));
  }
  return tasks;
}

static void
write_for (DialWorker *self,
           GTask      *first)
{
  g_autoptr (GPtrArray) tasks = gather (self, first);
  g_autoptr (DialChanges) changes = dial_changes_new ();
  g_autoptr (GError) error = NULL;
  gpointer results[MAX_JOINED] = { NULL };
  DialRequest *request = g_task_get_task_data (first);
  gboolean may_wait = TRUE, wipe = FALSE;

  dial_connection_set_durability (self->connection, request->durability);
  if (dial_connection_take_error (self->connection, &error))
    dial_connection_begin (self->connection, "IMMEDIATE");

  for (guint i = 0; error == NULL && i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    request = g_task_get_task_data (task);
    if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
      continue;

    /* From here on a write is done or it fails; it is never half cancelled. */
    g_task_set_check_cancellable (task, FALSE);
    if (!dial_connection_has_failed (self->connection))
      results[i] = request->func (self->connection, request->data, changes);
    may_wait &= request->may_wait;
    wipe |= request->wipe;
  }

  /* While others of the kind wait, there will soon be more to index at once. */
  if (self->next != NULL && self->next != self->queue && tasks->len == MAX_JOINED)
    may_wait = TRUE;
  if (error == NULL)
    (void) end_write (self, changes, may_wait, &error);
  if (error == NULL && wipe)
    dial_connection_wipe_log (self->connection);
  for (guint i = 0; i < tasks->len; i++)
    answer (g_ptr_array_index (tasks, i), results[i], error);
}

/* A transaction of the indexer's own, for what was put off. */
static void
do_chores (DialWorker *self)
{
  g_autoptr (DialChanges) changes = dial_changes_new ();
  g_autoptr (GError) error = NULL;

  self->index_at = 0;
  dial_connection_set_durability (self->connection, DIAL_DURABILITY_NORMAL);
  dial_connection_begin (self->connection, "IMMEDIATE");
  dial_indexer_recall (self->indexer, self->connection);
  changes->wipe = dial_indexer_get_n_waiting (self->indexer) == 0 &&
                  dial_indexer_has_to_wipe (self->indexer);
  if (!end_write (self, changes, FALSE, &error)) {
    /* The disk is full, or another process writes all the time: later, then. */
    g_debug ("Could not index: %s", error->message);
    self->index_at = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  }
}

/* The next request; NULL if it is time to look after the index instead. */
static gpointer
take (DialWorker *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->next != NULL)
    return g_steal_pointer (&self->next);
  if (self->indexer == NULL)
    return g_async_queue_pop (self->queue);
  if (self->index_at != 0)
    return g_async_queue_timeout_pop (self->queue, MAX (self->index_at - now, 1));
  if (dial_indexer_has_more (self->indexer) || dial_indexer_has_to_wipe (self->indexer))
    return g_async_queue_try_pop (self->queue);
  return g_async_queue_pop (self->queue);
}

static void
worker_clear (gpointer data)
{
  DialWorker *self = data;

  g_thread_unref (self->thread);
  g_async_queue_unref (self->queue);
  g_weak_ref_clear (&self->owner);
}

static void
worker_unref (DialWorker *self)
{
  g_atomic_rc_box_release_full (self, worker_clear);
}

static gpointer
run (gpointer data)
{
  DialWorker *self = data;
  gpointer item;

  dial_connection_adopt (self->connection);

  while ((item = take (self)) != self->queue) {
    if (item == NULL)
      do_chores (self);
    else if (self->indexer != NULL)
      write_for (self, item);
    else
      read_for (self, item);
    g_clear_object (&item);
  }

  /* Whoever opens the file next finds everybody. */
  if (self->index_at != 0)
    do_chores (self);
  g_clear_pointer (&self->indexer, dial_indexer_free);
  g_clear_pointer (&self->connection, dial_connection_close);
  worker_unref (self);
  return NULL;
}

static DialWorker *
worker_new (const char       *name,
            DialConnection   *connection,
            GObject          *owner,
            DialAnnounceFunc  announce)
{
  DialWorker *self = g_atomic_rc_box_new0 (DialWorker);

  self->queue = g_async_queue_new ();
  self->connection = connection;
  self->announce = announce;
  self->indexer = announce != NULL ? dial_indexer_new () : NULL;
  g_weak_ref_init (&self->owner, owner);
  self->thread = g_thread_new (name, run, g_atomic_rc_box_acquire (self));
  return self;
}

/* Starts a worker that only reads; it takes @connection. */
DialWorker *
dial_worker_new (const char     *name,
                 DialConnection *connection)
{
  return worker_new (name, connection, NULL, NULL);
}

/* Starts one that writes, for @owner, which it does not hold. */
DialWorker *
dial_worker_new_writer (const char       *name,
                        DialConnection   *connection,
                        GObject          *owner,
                        DialAnnounceFunc  announce)
{
  return worker_new (name, connection, owner, announce);
}

/* Queues @request, a copy of which becomes the task's data. */
void
dial_worker_push (DialWorker        *self,
                  GTask             *task,
                  const DialRequest *request)
{
  g_task_set_task_data (task, g_memdup2 (request, sizeof *request), request_free);
  g_async_queue_push (self->queue, g_object_ref (task));
}

/* The worker ends once it has done all that was pushed before; nothing may be pushed after. */
void
dial_worker_stop (DialWorker *self)
{
  g_async_queue_push (self->queue, self->queue);
}

/* Waits for a stopped worker to end. */
void
dial_worker_join (DialWorker *self)
{
  g_thread_join (g_thread_ref (self->thread));
}

/* Lets go of a stopped worker, which goes on until its queue is empty. */
void
dial_worker_free (DialWorker *self)
{
  worker_unref (self);
}
