#include "dial-sync-private.h"

/* After a walk through everything: who was not met is gone from Greenhouse, and is forgotten here. Unless so many
 * seem to be gone that something else is more likely: a lost permission, a filter, another company. */

/* A loss beyond these wants a person's word. A few are nothing to wonder at, whatever the share. */
#define MANY       500
#define SHARE      0.05
#define FEW        5

/* Who is there and not here is fetched one by one; are there more of them, everybody is. */
#define MANY_STRAYS 200

static const DialResource order[] = {
  DIAL_RESOURCE_CANDIDATES, DIAL_RESOURCE_APPLICATIONS, DIAL_RESOURCE_JOBS, DIAL_RESOURCE_STAGES,
};

typedef struct {
  GTask     *task;
  guint      index;  /* of order */
} Forgetting;

static void forget_next (Forgetting *forgetting);

static void
forgetting_free (Forgetting *forgetting)
{
  g_object_unref (forgetting->task);
  g_free (forgetting);
}

static void
forget_end (Forgetting *forgetting)
{
  g_autoptr (GTask) task = g_object_ref (forgetting->task);

  forgetting_free (forgetting);
  dial_sync_next_phase (task);
}

static DialWalk *
find_walk (DialSyncRun  *run,
           DialResource  resource)
{
  for (guint i = 0; i < run->whole->len; i++) {
    DialWalk *walk = g_ptr_array_index (run->whole, i);

    if (walk->resource == resource)
      return walk;
  }

  return NULL;
}

/* Whether the walk is proof enough. One that met nobody proves nothing: an acting user who may not list gets an
 * empty list. A merge moves applications to another candidate: unless these were walked too, forgetting the
 * candidate would take them along. */
static gboolean
is_proof (DialSyncRun *run,
          DialWalk    *walk)
{
  if (walk == NULL || walk->position->n_received == 0)
    return FALSE;

  return walk->resource != DIAL_RESOURCE_CANDIDATES ||
         !dial_greenhouse_can_list (run->greenhouse, DIAL_RESOURCE_APPLICATIONS) ||
         run->applications_forbidden || find_walk (run, DIAL_RESOURCE_APPLICATIONS) != NULL;
}

static gboolean
is_suspicious (DialSyncRun *run,
               guint        n_stored,
               guint        n_unseen)
{
  if (n_unseen <= run->wish.allowed_loss)
    return FALSE;

  return n_unseen > MANY || (n_unseen > FEW && n_unseen > SHARE * n_stored);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Forgetting *forgetting = user_data;
  DialSyncRun *run = g_task_get_task_data (forgetting->task);
  GError *error = NULL;
  guint forgotten = 0;

  if (!dial_store_forget_unseen_finish (DIAL_STORE (source), result, &forgotten, &error))
    dial_sync_fail (forgetting->task, error);
  if (order[forgetting->index] == DIAL_RESOURCE_CANDIDATES)
    run->summary.forgotten += forgotten;

  forgetting->index++;
  forget_next (forgetting);
}

static void
on_unseen_counted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Forgetting *forgetting = user_data;
  DialSyncRun *run = g_task_get_task_data (forgetting->task);
  DialWalk *walk = find_walk (run, order[forgetting->index]);
  GError *error = NULL;
  guint n_stored, n_unseen;

  if (!dial_store_count_unseen_finish (DIAL_STORE (source), result, &n_stored, &n_unseen, &error)) {
    dial_sync_fail (forgetting->task, error);
    forget_end (forgetting);
    return;
  }

  run->summary.swept = TRUE;
  if (is_suspicious (run, n_stored, n_unseen)) {
    /* If there is doubt about one list, the others are left alone too. */
    run->summary.doubted = walk->resource;
    run->summary.n_missing = n_unseen;
    run->summary.n_missing_of = n_stored;
    forget_end (forgetting);
  } else if (n_unseen > 0) {
    dial_store_forget_unseen_async (DIAL_STORE (source), walk->resource, walk->position->run,
                                    run->cancellable, on_forgotten, forgetting);
  } else {
    forgetting->index++;
    forget_next (forgetting);
  }
}

static void
forget_next (Forgetting *forgetting)
{
  DialSync *self = g_task_get_source_object (forgetting->task);
  DialSyncRun *run = g_task_get_task_data (forgetting->task);
  DialWalk *walk = NULL;

  while (forgetting->index < G_N_ELEMENTS (order)) {
    walk = find_walk (run, order[forgetting->index]);
    if (is_proof (run, walk))
      break;
    forgetting->index++;
  }

  if (run->error != NULL || forgetting->index == G_N_ELEMENTS (order))
    forget_end (forgetting);
  else
    dial_store_count_unseen_async (self->store, walk->resource, walk->position->run,
                                   run->cancellable, on_unseen_counted, forgetting);
}

static void
on_sweep_noted (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Forgetting *forgetting = user_data;
  g_autoptr (GArray) unknown = NULL;
  GError *error = NULL;

  unknown = dial_store_save_ids_finish (DIAL_STORE (source), result, &error);
  if (unknown == NULL)
    dial_sync_fail (forgetting->task, error);
  forget_next (forgetting);
}

/* A walk that brought everybody told who is there, too: the next sweep is due a while after it. */
static void
note_sweep (Forgetting *forgetting,
            DialWalk   *walk)
{
  DialSync *self = g_task_get_source_object (forgetting->task);
  DialSyncRun *run = g_task_get_task_data (forgetting->task);
  guint index = DIAL_SYNC_POSITION_INDEX (DIAL_RESOURCE_CANDIDATES, DIAL_SYNC_AIM_PRESENCE);
  DialSyncPosition *position = g_ptr_array_index (run->positions, index);
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (gint64));

  position->walking = FALSE;
  position->completed_since = walk->position->completed_since;
  position->n_saves++;
  g_ptr_array_set_size (position->windows, 0);
  dial_store_save_ids_async (self->store, nobody, position, run->cancellable, on_sweep_noted,
                             forgetting);
}

/* Forgets who is gone, as far as the walks of this run tell, and goes on. */
void
dial_sync_forget (GTask *task)
{
  DialSyncRun *run = g_task_get_task_data (task);
  DialWalk *walk = find_walk (run, DIAL_RESOURCE_CANDIDATES);
  Forgetting *forgetting = g_new0 (Forgetting, 1);

  forgetting->task = g_object_ref (task);
  if (walk != NULL && walk->position->aim == DIAL_SYNC_AIM_RECORDS)
    note_sweep (forgetting, walk);
  else
    forget_next (forgetting);
}

/* Strays: people a sweep met of whom nothing is stored, by whatever accident. */

static void fetch_next (GTask *task);

static void
on_stray_saved (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  guint created = 0;

  if (!dial_store_save_page_finish (DIAL_STORE (source), result, &created, NULL, &error))
    dial_sync_fail (task, error);
  run->summary.created += created;
  fetch_next (task);
}

static void
on_stray_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSync *self = g_task_get_source_object (task);
  g_autoptr (DialCandidate) candidate = NULL;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  GError *error = NULL;

  candidate = dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);
  if (error != NULL) {
    dial_sync_fail (task, error);
    fetch_next (task);
    return;
  }

  if (candidate != NULL)
    g_ptr_array_add (candidates, candidate);
  dial_store_save_page_async (self->store, DIAL_RESOURCE_CANDIDATES, candidates, NULL, NULL,
                              on_stray_saved, g_object_ref (task));
}

static void
fetch_next (GTask *task)
{
  DialSyncRun *run = g_task_get_task_data (task);
  gint64 id;

  if (run->error != NULL || run->strays->len == 0) {
    dial_sync_next_phase (task);
    return;
  }

  id = g_array_index (run->strays, gint64, run->strays->len - 1);
  g_array_set_size (run->strays, run->strays->len - 1);
  dial_greenhouse_get_candidate_async (run->greenhouse, id, DIAL_URGENCY_SYNC, run->cancellable,
                                       on_stray_read, g_object_ref (task));
}

static void
on_restart_noted (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!dial_store_save_page_finish (DIAL_STORE (source), result, NULL, NULL, &error))
    dial_sync_fail (task, error);
  dial_sync_next_phase (task);
}

/* Fetches whom a sweep met and the store does not know. */
void
dial_sync_fetch_strays (GTask *task)
{
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);
  guint index = DIAL_SYNC_POSITION_INDEX (DIAL_RESOURCE_CANDIDATES, DIAL_SYNC_AIM_RECORDS);
  DialSyncPosition *position = g_ptr_array_index (run->positions, index);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  if (run->strays->len <= MANY_STRAYS) {
    fetch_next (task);
    return;
  }

  position->completed_since = DIAL_INSTANT_UNKNOWN;
  position->n_saves++;
  dial_store_save_page_async (self->store, DIAL_RESOURCE_CANDIDATES, nobody, position, NULL,
                              on_restart_noted, g_object_ref (task));
}
