#include "dial-worker.h"

/* Counted, because its owner may let go of it while the thread still empties the queue. */
struct _DialWorker
{
  GThread          *thread;
  GAsyncQueue      *queue;       /* of GTask, and the queue itself as the sign to stop */
  DialConnection   *connection;  /* the thread's alone */
  DialAnnounceFunc  announce;    /* NULL makes a reader */
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
serve (DialWorker *self,
       GTask      *task)
{
  DialRequest *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (DialChanges) changes = NULL;
  g_autoptr (GError) error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->announce != NULL) {
    /* From here on a write is done or it fails; it is never half cancelled. */
    g_task_set_check_cancellable (task, FALSE);
    changes = dial_changes_new ();
    dial_connection_set_durability (self->connection, request->durability);
    if (dial_connection_take_error (self->connection, &error))
      dial_connection_begin (self->connection, "IMMEDIATE");
  } else {
    dial_connection_set_cancellable (self->connection, cancellable);
    dial_connection_begin (self->connection, "DEFERRED");
  }

  result = error == NULL && !dial_connection_has_failed (self->connection)
             ? request->func (self->connection, request->data, changes) : NULL;
  if (error == NULL)
    (void) dial_connection_end (self->connection, &error);
  if (self->announce == NULL)
    dial_connection_set_cancellable (self->connection, NULL);

  if (error != NULL) {
    if (result != NULL && request->free_result != NULL)
      request->free_result (result);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (request->wipe)
    dial_connection_wipe_log (self->connection);
  if (changes != NULL && !dial_changes_is_empty (changes))
    self->announce (g_task_get_source_object (task), changes);
  g_task_return_pointer (task, result, request->free_result);
}

static void
worker_clear (gpointer data)
{
  DialWorker *self = data;

  g_thread_unref (self->thread);
  g_async_queue_unref (self->queue);
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

  while ((item = g_async_queue_pop (self->queue)) != self->queue) {
    serve (self, item);
    g_object_unref (item);
  }

  g_clear_pointer (&self->connection, dial_connection_close);
  worker_unref (self);
  return NULL;
}

/* Starts a worker; it takes @connection. With @announce it writes, without it only reads. */
DialWorker *
dial_worker_new (const char       *name,
                 DialConnection   *connection,
                 DialAnnounceFunc  announce)
{
  DialWorker *self = g_atomic_rc_box_new0 (DialWorker);

  self->queue = g_async_queue_new ();
  self->connection = connection;
  self->announce = announce;
  self->thread = g_thread_new (name, run, g_atomic_rc_box_acquire (self));
  return self;
}

/* Queues @request, a copy of which becomes the task's data. */
void
dial_worker_push (DialWorker    *self,
                  GTask         *task,
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
