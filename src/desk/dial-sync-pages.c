#include "dial-sync-private.h"

/* Asking for pages, several at a time, and saving what comes. */

/* Pages wait in memory to be written: there is no use in asking for more than the disk can take. One of these
 * is being written. */
#define ENOUGH_PAGES 1
#define MOST_PAGES   2

/* Side by side. */
#define LEAST_REACH  2
#define MOST_REACH   16

/* So long a sweep goes on before what changed meanwhile is asked for. */
#define SLICE (60 * G_USEC_PER_SEC)

typedef struct {
  GTask          *task;
  DialWalk       *walk;
  DialSyncWindow *window;
} Asked;

static Asked *
asked_new (GTask          *task,
           DialWalk       *walk,
           DialSyncWindow *window)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->task = g_object_ref (task);
  asked->walk = walk;
  asked->window = window;
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->task);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
saved (GTask  *task,
       GError *error)
{
  DialSyncRun *run = g_task_get_task_data (task);

  run->n_saving--;
  if (error != NULL)
    dial_sync_fail (task, error);
  dial_sync_feed (task);
}

static void
on_page_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Asked) asked = user_data;
  DialSyncRun *run = g_task_get_task_data (asked->task);
  GError *error = NULL;
  guint created = 0, updated = 0;

  dial_store_save_page_finish (DIAL_STORE (source), result, &created, &updated, &error);
  if (asked->walk->resource == DIAL_RESOURCE_CANDIDATES) {
    run->summary.created += created;
    run->summary.updated += updated;
  }
  saved (asked->task, error);
}

static void
on_ids_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Asked) asked = user_data;
  DialSyncRun *run = g_task_get_task_data (asked->task);
  g_autoptr (GArray) unknown = NULL;
  GError *error = NULL;

  unknown = dial_store_save_ids_finish (DIAL_STORE (source), result, &error);
  if (unknown != NULL)
    g_array_append_vals (run->strays, unknown->data, unknown->len);
  saved (asked->task, error);
}

/* What came is saved even if the sync is stopped now: it need not be asked for again. */
static void
save_page (Asked              *asked,
           DialGreenhousePage *page)
{
  DialSync *self = g_task_get_source_object (asked->task);
  DialSyncRun *run = g_task_get_task_data (asked->task);
  DialSyncPosition *position = asked->walk->position;

  run->n_saving++;
  if (page->ids != NULL)
    dial_store_save_ids_async (self->store, page->ids, position, NULL, on_ids_saved, asked);
  else if (page->applications != NULL && page->jobs != NULL)
    dial_store_save_people_async (self->store, page->records, page->applications, page->jobs,
                                  position, NULL, on_page_saved, asked);
  else
    dial_store_save_page_async (self->store, asked->walk->resource, page->records, position, NULL,
                                on_page_saved, asked);
}

static gboolean
is_stale (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
}

/* Jobs, stages, applications and users are useful; candidates are what it is about. */
static gboolean
can_do_without (DialWalk     *walk,
                const GError *error)
{
  return walk->resource != DIAL_RESOURCE_CANDIDATES &&
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN);
}

static void
take_failure (Asked  *asked,
              GError *error)
{
  DialSyncRun *run = g_task_get_task_data (asked->task);
  DialWalk *walk = asked->walk;
  g_autoptr (GError) failure = error;

  if (can_do_without (walk, error)) {
    dial_windows_release (walk->windows, asked->window);
    walk->is_given_up = TRUE;
    run->applications_forbidden |= walk->resource == DIAL_RESOURCE_APPLICATIONS;
  } else if (!is_stale (error) || !dial_walk_restart (walk, asked->window)) {
    dial_sync_fail (asked->task, g_steal_pointer (&failure));
  }
}

/* Where nothing but this computer sets the pace: a little more than it can take. */
static void
set_reach (DialSync    *self,
           DialSyncRun *run)
{
  guint n_pages = dial_store_get_n_pages (self->store);

  if (n_pages > ENOUGH_PAGES)
    run->reach = MAX (run->reach - 1, LEAST_REACH);
  else if (n_pages < ENOUGH_PAGES)
    run->reach = MIN (run->reach + 1, MOST_REACH);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GTask) task = g_object_ref (asked->task);
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  run->n_asked--;
  page = dial_greenhouse_list_finish (DIAL_GREENHOUSE (source), result, &error);
  if (page != NULL) {
    set_reach (self, run);
    run->summary.skipped += page->skipped;
    dial_walk_take_page (asked->walk, asked->window, page);
    dial_turns_take_hint (run->walks, asked->walk, page->oldest);
    dial_sync_measure (self, asked->walk, page->ids != NULL ? page->ids->len : page->records->len);
    save_page (g_steal_pointer (&asked), page);
  } else {
    take_failure (asked, error);
  }
  dial_sync_feed (task);
}

static void
ask (GTask          *task,
     DialWalk       *walk,
     DialSyncWindow *window)
{
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);
  Asked *asked = asked_new (task, walk, window);
  DialStretch stretch;

  run->n_asked++;
  dial_walk_get_stretch (walk, window, &stretch);
  stretch.page_size = self->page_size;
  if (dial_walk_has_address (walk, window))
    dial_greenhouse_list_next_async (run->greenhouse, &stretch, window->next, DIAL_URGENCY_SYNC,
                                     run->cancellable, on_page, asked);
  else
    dial_greenhouse_list_async (run->greenhouse, &stretch, DIAL_URGENCY_SYNC, run->cancellable,
                                on_page, asked);
}

/* Asks for one more page. Returns whether there is one to ask for. */
static gboolean
ask_one (GTask *task,
         guint  n_walkers)
{
  DialSyncRun *run = g_task_get_task_data (task);
  DialSyncWindow *window = NULL;
  DialWalk *walk = dial_turns_take (run->walks, run->n_asked, dial_greenhouse_get_n_needed (run->greenhouse),
                                    n_walkers, &window);

  if (walk != NULL)
    ask (task, walk, window);
  return walk != NULL;
}

/* What changed is asked for at once, all lists side by side: they are short. */
static guint
count_walkers (DialSyncRun *run)
{
  guint n_useful = dial_greenhouse_get_n_useful (run->greenhouse);
  DialAllowance allowance;
  gboolean whole = FALSE;

  dial_greenhouse_get_allowance (run->greenhouse, &allowance);
  if (allowance.unlimited)
    n_useful = MIN (n_useful, run->reach);

  for (guint i = 0; i < run->walks->len; i++)
    whole |= dial_walk_is_whole (g_ptr_array_index (run->walks, i));

  return whole ? n_useful : MAX (n_useful, run->walks->len);
}

static gboolean
shall_pause (DialSyncRun *run)
{
  if (run->phase != DIAL_SYNC_PHASE_PRESENCE || run->wish.patient)
    return FALSE;

  return run->gives_way || g_get_monotonic_time () - run->swept_since > SLICE;
}

/* Keeps as many pages under way as may be. */
void
dial_sync_ask (GTask *task)
{
  DialSync *self = g_task_get_source_object (task);
  DialSyncRun *run = g_task_get_task_data (task);
  guint n_walkers = count_walkers (run);

  while (run->error == NULL && !shall_pause (run) && dial_store_get_n_pages (self->store) < MOST_PAGES &&
         run->n_asked < n_walkers && ask_one (task, n_walkers))
    ;
}

/* The same, and goes on to the next phase after the last. */
void
dial_sync_feed (GTask *task)
{
  DialSyncRun *run = g_task_get_task_data (task);

  dial_sync_ask (task);
  if (run->n_asked == 0 && run->n_saving == 0)
    dial_sync_next_phase (task);
}
