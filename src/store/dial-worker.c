#include "dial-worker.h"

#include "dial-indexer.h"
#include "dial-upkeep.h"

#include <malloc.h>

/* Requests that join in one transaction. More save little, and the first waits for the last. */
#define MAX_JOINED 10

/* How long what may wait is left unindexed, for more to be indexed with it. */
#define PATIENCE_US (400 * 1000)

/* After how long a silence the index is tidied up, and how long after each step the next follows. */
#define TIDY_AFTER_US (2 * G_USEC_PER_SEC)
#define TIDY_PAUSE_US (5 * 1000)

/* After how long a silence the memory that much reading or writing took is given back, and how much is worth it:
 * what is wanted again lies in the kernel's cache. */
#define REST_AFTER_US (3 * G_USEC_PER_SEC)
#define REST_ABOVE_BYTES (256 * 1024)

/* How long until what failed is tried again. */
#define LATER_US (20 * G_USEC_PER_SEC)

/* Steps of wiping that whoever forgets somebody waits for. */
#define WIPE_STEPS 2

/* Counted, because its owner may let go of it while the thread still empties the queue. */
struct _DialWorker
{
  GThread          *thread;
  GAsyncQueue      *queue;       /* of GTask, and the queue itself as the sign to stop */
  gboolean          stands_back; /* its thread runs when others have nothing to do */
  DialConnection   *connection;  /* the thread's alone, as is all that follows */
  gpointer          next;        /* taken from the queue, and not yet its turn */
  gint64            rest_at;     /* when memory is given back, if nobody wants anything; 0 if there is none */

  /* A writer's: */
  DialIndexer      *indexer;     /* NULL makes a reader */
  DialUpkeep        upkeep;
  GWeakRef          owner;
  DialAnnounceFunc  announce;
  gint64            index_at;    /* when what waits is indexed at the latest; 0 where nothing does */
  gint64            retry_at;    /* before this, what failed is not tried again */
  gint64            tidy_at;     /* when the index is tidied up, if nobody wants anything; 0 if it is tidy */
};

static void
request_free (gpointer data)
{
  DialRequest *request = data;

  if (request->data != NULL && request->free_data != NULL)
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

/* Begins a transaction that only the index is written in. */
static void
begin_upkeep (DialWorker *self)
{
  dial_connection_set_durability (self->connection, DIAL_DURABILITY_NORMAL);
  dial_connection_begin (self->connection, "IMMEDIATE");
}

static gboolean
end_upkeep (DialWorker *self)
{
  g_autoptr (GError) error = NULL;

  if (dial_connection_end (self->connection, &error))
    return TRUE;

  /* The disk is full, or another process writes all the time: later, then. */
  g_debug ("Could not look after the index: %s", error->message);
  return FALSE;
}

/* A step or two towards an index and a log without the forgotten: a small one is done with that. */
static void
wipe_index (DialWorker *self)
{
  for (guint i = 0; i < WIPE_STEPS && self->upkeep.has_to_wipe; i++) {
    gboolean wiped;

    begin_upkeep (self);
    wiped = dial_upkeep_wipe (&self->upkeep, self->connection);
    if (!end_upkeep (self)) {
      self->retry_at = g_get_monotonic_time () + LATER_US;
      return;
    }
    if (wiped)
      dial_connection_wipe_log (self->connection);
  }
}

/* Ends the transaction: with the index brought up to date, or with a note that it is not. */
static gboolean
end_write (DialWorker   *self,
           DialChanges  *changes,
           gboolean      may_wait,
           GError      **error)
{
  dial_indexer_take (self->indexer, self->connection, changes);
  if (may_wait && !dial_indexer_must_run (self->indexer))
    dial_indexer_put_off (self->indexer, self->connection);
  else if (dial_indexer_has_work (self->indexer))
    dial_upkeep_count (&self->upkeep, self->connection,
                       dial_indexer_run (self->indexer, self->connection, changes));
  if (changes->wipe)
    dial_upkeep_ask_wipe (&self->upkeep, self->connection);

  if (!dial_connection_end (self->connection, error)) {
    dial_indexer_reset (self->indexer);
    return FALSE;
  }

  if (changes->wipe)
    wipe_index (self);
  if (dial_indexer_get_n_waiting (self->indexer) == 0)
    self->index_at = 0;
  else if (self->index_at == 0)
    self->index_at = g_get_monotonic_time () + PATIENCE_US;
  self->tidy_at = self->upkeep.is_untidy ? g_get_monotonic_time () + TIDY_AFTER_US : 0;
  tell (self, changes);
  return TRUE;
}

/* The next in the queue, if it may join those who wrote already; it keeps its turn otherwise. */
static GTask *
take_joining (DialWorker *self,
              GPtrArray  *tasks)
{
  DialRequest *first = g_task_get_task_data (g_ptr_array_index (tasks, 0)), *next;

  if (self->next == NULL)
    self->next = g_async_queue_try_pop (self->queue);
  if (self->next == NULL || self->next == self->queue || !first->joins || tasks->len >= MAX_JOINED)
    return NULL;

  next = g_task_get_task_data (self->next);
  return next->joins && next->durability == first->durability ? g_steal_pointer (&self->next) : NULL;
}

/* Writes what @task asks for, and lets go of what it brought: a page of a sync is large, and others follow in
 * the same transaction. */
static gpointer
write_one (DialWorker  *self,
           GTask       *task,
           DialChanges *changes)
{
  DialRequest *request = g_task_get_task_data (task);
  gpointer result = NULL;

  if (!dial_connection_has_failed (self->connection))
    result = request->func (self->connection, request->data, changes);
  dial_indexer_take (self->indexer, self->connection, changes);
  if (request->ended == NULL && request->free_data != NULL)
    g_clear_pointer (&request->data, request->free_data);
  return result;
}

static void
write_for (DialWorker *self,
           GTask      *first)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DialChanges) changes = dial_changes_new ();
  g_autoptr (GError) error = NULL;
  gpointer results[MAX_JOINED] = { NULL };
  DialRequest *request = g_task_get_task_data (first);
  gboolean may_wait = TRUE, wipes_log = FALSE;

  dial_connection_set_durability (self->connection, request->durability);
  if (dial_connection_take_error (self->connection, &error))
    dial_connection_begin (self->connection, "IMMEDIATE");

  for (GTask *task = g_object_ref (first); task != NULL; task = take_joining (self, tasks)) {
    g_ptr_array_add (tasks, task);
    request = g_task_get_task_data (task);
    if (error != NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
      continue;

    /* From here on a write is done or it fails; it is never half cancelled. */
    g_task_set_check_cancellable (task, FALSE);
    may_wait &= request->may_wait;
    wipes_log |= request->wipe;
    results[tasks->len - 1] = write_one (self, task, changes);
  }

  /* While others of the kind wait, there will soon be more to index at once. */
  if (self->next != NULL && self->next != self->queue && tasks->len == MAX_JOINED)
    may_wait = TRUE;
  if (error == NULL)
    (void) end_write (self, changes, may_wait, &error);
  if (error == NULL && wipes_log)
    dial_connection_wipe_log (self->connection);
  for (guint i = 0; i < tasks->len; i++) {
    request = g_task_get_task_data (g_ptr_array_index (tasks, i));
    if (request->ended != NULL)
      request->ended (self->connection, request->data, error == NULL);
    answer (g_ptr_array_index (tasks, i), results[i], error);
  }
}

/* Indexes what was put off, by this process or another. */
static void
index_waiting (DialWorker *self)
{
  g_autoptr (DialChanges) changes = dial_changes_new ();
  g_autoptr (GError) error = NULL;

  self->index_at = 0;
  begin_upkeep (self);
  dial_indexer_recall (self->indexer, self->connection);
  dial_upkeep_recall (&self->upkeep, self->connection);
  if (!end_write (self, changes, FALSE, &error)) {
    g_debug ("Could not index: %s", error->message);
    self->index_at = g_get_monotonic_time () + LATER_US;
  }
}

/* What a sync or a search needed of memory the next one may ask for again. */
static void
rest (DialWorker *self)
{
  self->rest_at = 0;
  if (dial_connection_get_cache_size (self->connection) < REST_ABOVE_BYTES)
    return;

  dial_connection_release_memory (self->connection);
#ifdef __GLIBC__
  (void) malloc_trim (0);
#endif
}

/* A step towards an index of few parts. */
static void
tidy_up (DialWorker *self)
{
  begin_upkeep (self);
  dial_upkeep_tidy (&self->upkeep, self->connection);
  self->tidy_at = g_get_monotonic_time () + (end_upkeep (self) ? TIDY_PAUSE_US : LATER_US);
  if (!self->upkeep.is_untidy)
    self->tidy_at = 0;

  /* The next step is about other pages. */
  dial_connection_release_memory (self->connection);
}

/* Whether the index is tidied up before memory is given back. */
static gboolean
tidies_first (DialWorker *self)
{
  return self->tidy_at != 0 && (self->rest_at == 0 || self->tidy_at < self->rest_at);
}

/* The next request; NULL if it is time to look after what is due instead. */
static gpointer
take (DialWorker *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->next != NULL)
    return g_steal_pointer (&self->next);
  if (self->index_at != 0)
    return g_async_queue_timeout_pop (self->queue, MAX (self->index_at - now, 1));
  if (self->indexer != NULL && (dial_indexer_has_more (self->indexer) || self->upkeep.has_to_wipe))
    return now < self->retry_at ? g_async_queue_timeout_pop (self->queue, self->retry_at - now)
                                : g_async_queue_try_pop (self->queue);
  if (tidies_first (self))
    return g_async_queue_timeout_pop (self->queue, MAX (self->tidy_at - now, 1));
  if (self->rest_at != 0)
    return g_async_queue_timeout_pop (self->queue, MAX (self->rest_at - now, 1));
  return g_async_queue_pop (self->queue);
}

/* Nobody wants anything: what is due of the index, or of memory. */
static void
look_after (DialWorker *self)
{
  if (self->indexer == NULL)
    rest (self);
  else if (self->index_at != 0 || dial_indexer_has_more (self->indexer))
    index_waiting (self);
  else if (self->upkeep.has_to_wipe)
    wipe_index (self);
  else if (tidies_first (self))
    tidy_up (self);
  else
    rest (self);
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

  if (self->stands_back)
    dial_stand_back ();
  dial_connection_adopt (self->connection);

  while ((item = take (self)) != self->queue) {
    if (item == NULL)
      look_after (self);
    else if (self->indexer != NULL)
      write_for (self, item);
    else
      read_for (self, item);
    if (item != NULL)
      self->rest_at = g_get_monotonic_time () + REST_AFTER_US;
    g_clear_object (&item);
  }

  /* Whoever opens the file next finds everybody. */
  if (self->index_at != 0)
    index_waiting (self);
  g_clear_pointer (&self->indexer, dial_indexer_free);
  g_clear_pointer (&self->connection, dial_connection_close);
  worker_unref (self);
  return NULL;
}

static DialWorker *
worker_new (const char       *name,
            DialConnection   *connection,
            gboolean          stands_back,
            GObject          *owner,
            DialAnnounceFunc  announce)
{
  DialWorker *self = g_atomic_rc_box_new0 (DialWorker);

  self->queue = g_async_queue_new ();
  self->stands_back = stands_back;
  self->connection = connection;
  self->announce = announce;
  self->indexer = announce != NULL ? dial_indexer_new () : NULL;
  g_weak_ref_init (&self->owner, owner);
  self->thread = g_thread_new (name, run, g_atomic_rc_box_acquire (self));
  return self;
}

/* Starts a worker that only reads; it takes @connection. One that stands back leaves the processors to whoever is
 * waited for: with two of them and a million candidates, typing waited for whole answers to others. */
DialWorker *
dial_worker_new (const char     *name,
                 DialConnection *connection,
                 gboolean        stands_back)
{
  return worker_new (name, connection, stands_back, NULL, NULL);
}

/* Starts one that writes, for @owner, which it does not hold. */
DialWorker *
dial_worker_new_writer (const char       *name,
                        DialConnection   *connection,
                        GObject          *owner,
                        DialAnnounceFunc  announce)
{
  return worker_new (name, connection, TRUE, owner, announce);
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
