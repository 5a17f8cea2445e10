#include "dial-sync.h"

/* Greenhouse's clock and its index may lag: what changed shortly before the last walk is asked for again. */
#define OVERLAP (5 * 60 * G_USEC_PER_SEC)

/* Names before people, people before what they applied for: a row is complete as soon as it can be. */
static const DialResource resources[] = {
  DIAL_RESOURCE_USERS,
  DIAL_RESOURCE_JOBS,
  DIAL_RESOURCE_STAGES,
  DIAL_RESOURCE_CANDIDATES,
  DIAL_RESOURCE_APPLICATIONS,
};

/**
 * DialSync:
 *
 * Walks through what Greenhouse lists and puts it into the store, page by page. Where it is, is
 * saved with each page; a walk that was cut short goes on from there.
 */
struct _DialSync
{
  GObject    parent_instance;

  DialStore *store;
  guint      received;
};

enum {
  PROP_0,
  PROP_RECEIVED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialSync, dial_sync, G_TYPE_OBJECT)

typedef struct {
  DialGreenhouse   *greenhouse;
  gboolean          full;
  guint             index;
  DialSyncPosition *position;
  gboolean          restarted;
  gboolean          saw_any;
  gint64            began;
  guint             requests_before;
  guint             refused_before;
  DialSyncSummary   summary;
  GError           *error;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->greenhouse);
  g_clear_pointer (&run->position, dial_sync_position_free);
  g_clear_error (&run->error);
  g_free (run);
}

static void next_resource (GTask *task);
static void ask_page      (GTask *task);

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);

  run->summary.candidates = dial_store_count_candidates_finish (DIAL_STORE (source), result, NULL);
  if (run->error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish (GTask  *task,
        GError *error)
{
  DialSync *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  dial_store_unlock (self->store, DIAL_STORE_LOCK_SYNC);

  run->error = error;
  run->summary.complete = error == NULL;
  run->summary.requests = dial_greenhouse_get_n_requests (run->greenhouse) - run->requests_before;
  run->summary.refused = dial_greenhouse_get_n_refused (run->greenhouse) - run->refused_before;
  run->summary.seconds = (double) (g_get_monotonic_time () - run->began) / G_USEC_PER_SEC;

  /* Counted even after a cancel: the summary tells what stands. */
  dial_store_count_candidates_async (self->store, NULL, on_counted, g_object_ref (task));
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  guint forgotten = 0;

  if (!dial_store_forget_unseen_finish (DIAL_STORE (source), result, &forgotten, &error)) {
    finish (task, error);
    return;
  }

  if (resources[run->index] == DIAL_RESOURCE_CANDIDATES)
    run->summary.forgotten += forgotten;
  run->index++;
  next_resource (task);
}

/* A whole walk that came to its end has seen everybody. One that saw nobody proves nothing: an acting
 * user who may not list gets an empty list. Users are kept, they have signed notes. */
static gboolean
may_forget (Run *run)
{
  return run->position->since == DIAL_INSTANT_UNKNOWN && run->saw_any &&
         resources[run->index] != DIAL_RESOURCE_USERS;
}

static void
on_page_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSync *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  DialResource resource = resources[run->index];
  GError *error = NULL;
  guint created = 0, updated = 0;

  if (!dial_store_save_page_finish (DIAL_STORE (source), result, &created, &updated, &error)) {
    finish (task, error);
    return;
  }

  if (resource == DIAL_RESOURCE_CANDIDATES) {
    run->summary.created += created;
    run->summary.updated += updated;
  }

  if (run->position->walking) {
    ask_page (task);
  } else if (may_forget (run)) {
    dial_store_forget_unseen_async (self->store, resource, run->position->run,
                                    g_task_get_cancellable (task), on_forgotten,
                                    g_object_ref (task));
  } else {
    run->index++;
    next_resource (task);
  }
}

static void
take_page (GTask              *task,
           DialGreenhousePage *page)
{
  DialSync *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  DialSyncPosition *position = run->position;

  if (position->started_at == DIAL_INSTANT_UNKNOWN)
    position->started_at = page->answered_at != DIAL_INSTANT_UNKNOWN ? page->answered_at
                                                                      : g_get_real_time ();
  run->saw_any |= page->records->len > 0 || position->next != NULL;
  run->summary.skipped += page->skipped;

  g_clear_pointer (&position->next, g_free);
  position->next = g_strdup (page->next);
  if (position->next == NULL) {
    position->walking = FALSE;
    position->completed_since = position->started_at;
  }

  if (resources[run->index] == DIAL_RESOURCE_CANDIDATES && page->records->len > 0) {
    self->received += page->records->len;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED]);
  }

  if (page->applications != NULL && page->jobs != NULL)
    dial_store_save_people_async (self->store, page->records, page->applications, page->jobs,
                                  position, g_task_get_cancellable (task), on_page_saved,
                                  g_object_ref (task));
  else
    dial_store_save_page_async (self->store, resources[run->index], page->records, position,
                                g_task_get_cancellable (task), on_page_saved, g_object_ref (task));
}

/* How long a cursor lives is not known, and a stored address may be one of before the integration moved: if
 * it fails, the walk starts again, once. */
static gboolean
is_stale (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  page = dial_greenhouse_list_finish (DIAL_GREENHOUSE (source), result, &error);
  if (page != NULL) {
    take_page (task, page);
    return;
  }

  if (is_stale (error) && run->position->next != NULL && !run->restarted) {
    g_clear_error (&error);
    g_clear_pointer (&run->position->next, g_free);
    run->position->started_at = DIAL_INSTANT_UNKNOWN;
    run->restarted = TRUE;
    ask_page (task);
    return;
  }

  /* Jobs, stages, applications and users are useful; candidates are what it is about. */
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
      resources[run->index] != DIAL_RESOURCE_CANDIDATES) {
    g_clear_error (&error);
    run->index++;
    next_resource (task);
    return;
  }

  finish (task, error);
}

static void
ask_page (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  DialSyncPosition *position = run->position;
  DialStretch stretch = { .resource = resources[run->index], .updated_since = position->since };

  if (position->next != NULL)
    dial_greenhouse_list_next_async (run->greenhouse, &stretch, position->next, DIAL_URGENCY_SYNC,
                                     g_task_get_cancellable (task), on_page, g_object_ref (task));
  else
    dial_greenhouse_list_async (run->greenhouse, &stretch, DIAL_URGENCY_SYNC,
                                g_task_get_cancellable (task), on_page, g_object_ref (task));
}

static void
begin_walk (DialSyncPosition *position,
            gboolean          full)
{
  position->run++;
  position->walking = TRUE;
  position->started_at = DIAL_INSTANT_UNKNOWN;
  position->since = DIAL_INSTANT_UNKNOWN;
  if (!full && position->completed_since != DIAL_INSTANT_UNKNOWN)
    position->since = position->completed_since - OVERLAP;
  g_clear_pointer (&position->next, g_free);
}

static void
on_position_loaded (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&run->position, dial_sync_position_free);
  run->position = dial_store_load_position_finish (DIAL_STORE (source), result, &error);
  if (run->position == NULL) {
    finish (task, error);
    return;
  }

  run->restarted = FALSE;
  run->saw_any = run->position->walking && run->position->next != NULL;
  if (!run->position->walking ||
      (run->full && run->position->since != DIAL_INSTANT_UNKNOWN))
    begin_walk (run->position, run->full);
  ask_page (task);
}

static void
next_resource (GTask *task)
{
  DialSync *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  while (run->index < G_N_ELEMENTS (resources) &&
         !dial_greenhouse_can_list (run->greenhouse, resources[run->index]))
    run->index++;

  if (run->index == G_N_ELEMENTS (resources)) {
    finish (task, NULL);
    return;
  }

  dial_store_load_position_async (self->store, resources[run->index],
                                  g_task_get_cancellable (task), on_position_loaded,
                                  g_object_ref (task));
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  next_resource (task);
}

static void
dial_sync_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DialSync *self = DIAL_SYNC (object);

  switch (property_id) {
  case PROP_RECEIVED:
    g_value_set_uint (value, self->received);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_sync_dispose (GObject *object)
{
  DialSync *self = DIAL_SYNC (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_sync_parent_class)->dispose (object);
}

static void
dial_sync_class_init (DialSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dial_sync_get_property;
  object_class->dispose = dial_sync_dispose;

  /**
   * DialSync:received:
   *
   * Candidates received by the walk under way, or by the last one.
   */
  properties[PROP_RECEIVED] =
    g_param_spec_uint ("received", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_sync_init (DialSync *self)
{
}

/**
 * dial_sync_new:
 * @store: where candidates go
 *
 * Returns: (transfer full): a sync that is not running
 */
DialSync *
dial_sync_new (DialStore *store)
{
  DialSync *self = g_object_new (DIAL_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * dial_sync_get_received:
 * @self: a sync
 *
 * Returns: candidates received by the walk under way
 */
guint
dial_sync_get_received (DialSync *self)
{
  g_return_val_if_fail (DIAL_IS_SYNC (self), 0);

  return self->received;
}

/**
 * dial_sync_run_async:
 * @self: a sync
 * @greenhouse: whom to ask
 * @full: ask for everything, and forget what is not there any more
 * @cancellable: (nullable): stops it; what was saved stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks for what changed since the last complete sync; for everything the first time. Waits while
 * another process syncs the same store.
 */
void
dial_sync_run_async (DialSync            *self,
                     DialGreenhouse      *greenhouse,
                     gboolean             full,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (DIAL_IS_SYNC (self));
  g_return_if_fail (DIAL_IS_GREENHOUSE (greenhouse));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_sync_run_async);
  /* The summary counts what stands even when the walk was cancelled on its last page. */
  g_task_set_check_cancellable (task, FALSE);

  run = g_new0 (Run, 1);
  run->greenhouse = g_object_ref (greenhouse);
  run->full = full;
  run->began = g_get_monotonic_time ();
  run->requests_before = dial_greenhouse_get_n_requests (greenhouse);
  run->refused_before = dial_greenhouse_get_n_refused (greenhouse);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  self->received = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED]);

  dial_store_lock_async (self->store, DIAL_STORE_LOCK_SYNC, cancellable, on_locked,
                         g_object_ref (task));
}

/**
 * dial_sync_run_finish:
 * @self: a sync
 * @result: what the callback was given
 * @summary: (out caller-allocates) (optional): what it did; filled after a failure too
 * @error: return location for an error of the store or of Greenhouse
 *
 * Returns: whether the walk came to its end
 */
gboolean
dial_sync_run_finish (DialSync         *self,
                      GAsyncResult     *result,
                      DialSyncSummary  *summary,
                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (summary != NULL)
    *summary = ((Run *) g_task_get_task_data (G_TASK (result)))->summary;

  return g_task_propagate_boolean (G_TASK (result), error);
}
