#include "dial-candidate-row-private.h"
#include "dial-diff.h"
#include "dial-store-private.h"

/* Rows are fetched by so many at once, and so many fetches are kept beyond what is looked at. */
#define PAGE_SIZE 128
#define N_KEPT_PAGES 16

/* News of the store is gathered for this long before the query runs again. */
#define REFRESH_DELAY_MS 150

/* How long rows may be moved before the window gets its turn. */
#define APPLY_SLICE_US 4000

struct _DialCandidateList
{
  GObject       parent_instance;

  DialStore    *store;
  char         *search;
  GCancellable *cancellable;    /* of all that belongs to the present search */
  GCancellable *lifetime;       /* of what outlives a search */
  guint         loading : 1;    /* a new search's query runs */
  guint         refreshing : 1; /* the same search is asked again, or its changes are applied */
  guint         dirty : 1;      /* asked again once that is done */

  /* What is shown: @ids up to @split, then @old_ids from @old_split. While nothing is being
   * applied that is @ids alone. Neither array is ever written to. */
  GArray       *ids;
  GArray       *old_ids;
  guint         split;
  guint         old_split;
  GArray       *runs;           /* of DialDiffRun, still to be applied from @next_run on */
  guint         next_run;
  guint         apply_source;

  GHashTable   *rows;           /* id → LiveRow, each as long as somebody holds it */
  GHashTable   *requested;      /* ids that are being loaded */
  GQueue        pages;          /* of GPtrArray of rows: what was fetched last */

  GHashTable   *changed;        /* ids the store told of */
  guint         any_changed : 1;
  guint         refresh_source;
};

enum {
  PROP_0,
  PROP_STORE,
  PROP_SEARCH,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct {
  gint64             id;
  DialCandidateRow  *row;    /* not held */
  DialCandidateList *list;   /* which it is a row of */
} LiveRow;

static void list_model_iface_init (GListModelInterface *iface);
static void refresh               (DialCandidateList   *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialCandidateList, dial_candidate_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static guint
count (DialCandidateList *self)
{
  return self->split + (self->old_ids != NULL ? self->old_ids->len - self->old_split : 0);
}

static gint64
id_at (DialCandidateList *self,
       guint              position)
{
  if (position < self->split)
    return g_array_index (self->ids, gint64, position);
  return g_array_index (self->old_ids, gint64, position - self->split + self->old_split);
}

static GHashTable *
id_set_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
on_row_gone (gpointer  user_data,
             GObject  *where_the_row_was)
{
  LiveRow *live = user_data;

  g_hash_table_remove (live->list->rows, &live->id);
}

static DialCandidateRow *
peek_row (DialCandidateList *self,
          gint64             id)
{
  LiveRow *live = g_hash_table_lookup (self->rows, &id);

  return live != NULL ? live->row : NULL;
}

/* The one row of @id. */
static DialCandidateRow *
ref_row (DialCandidateList *self,
         gint64             id)
{
  DialCandidateRow *row = peek_row (self, id);
  LiveRow *live;

  if (row != NULL)
    return g_object_ref (row);

  row = dial_candidate_row_new (self->store, id);
  live = g_new0 (LiveRow, 1);
  live->id = id;
  live->row = row;
  live->list = self;
  g_hash_table_insert (self->rows, &live->id, live);
  g_object_weak_ref (G_OBJECT (row), on_row_gone, live);
  return row;
}

static void
keep_page (DialCandidateList *self,
           GPtrArray         *rows)
{
  g_queue_push_head (&self->pages, rows);
  if (g_queue_get_length (&self->pages) > N_KEPT_PAGES)
    g_ptr_array_unref (g_queue_pop_tail (&self->pages));
}

typedef struct {
  DialCandidateList *list;   /* not held: an answer that comes after it is cancelled */
  GArray            *ids;
  gboolean           refresh; /* for rows that are there already, and only for them */
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_array_unref (fetch->ids);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static void
on_candidates_loaded (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  DialCandidateList *self = fetch->list;
  g_autoptr (GPtrArray) rows = NULL;

  candidates = dial_store_load_by_ids_finish (DIAL_STORE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; !fetch->refresh && i < fetch->ids->len; i++)
    g_hash_table_remove (self->requested, &g_array_index (fetch->ids, gint64, i));
  if (candidates == NULL) {
    g_debug ("Could not load rows: %s", error->message);
    return;
  }

  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < candidates->len; i++) {
    DialCandidate *candidate = g_ptr_array_index (candidates, i);
    DialCandidateRow *row = fetch->refresh ? peek_row (self, candidate->id)
                                           : ref_row (self, candidate->id);

    if (row == NULL)
      continue;
    g_ptr_array_add (rows, fetch->refresh ? g_object_ref (row) : row);
    dial_candidate_row_set_candidate (row, candidate);
  }
  if (!fetch->refresh)
    keep_page (self, g_steal_pointer (&rows));
}

/* Asks for @ids, and takes the array. */
static void
fetch_ids (DialCandidateList *self,
           GArray            *ids,
           gboolean           is_refresh)
{
  Fetch *fetch;

  if (ids->len == 0) {
    g_array_unref (ids);
    return;
  }

  fetch = g_new0 (Fetch, 1);
  fetch->list = self;
  fetch->ids = ids;
  fetch->refresh = is_refresh;
  dial_store_load_by_ids_async (self->store, ids,
                                is_refresh ? self->lifetime : self->cancellable,
                                on_candidates_loaded, fetch);
}

/* Asks for what is missing of the page around @position. */
static void
fetch_page (DialCandidateList *self,
            guint              position)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PAGE_SIZE);
  guint start = position - position % PAGE_SIZE;
  guint end = MIN (start + PAGE_SIZE, count (self));

  for (guint i = start; i < end; i++) {
    gint64 id = id_at (self, i);
    DialCandidateRow *row = peek_row (self, id);

    if ((row == NULL || dial_candidate_row_get_candidate (row) == NULL) &&
        !g_hash_table_contains (self->requested, &id)) {
      g_hash_table_add (self->requested, g_memdup2 (&id, sizeof id));
      g_array_append_val (ids, id);
    }
  }
  fetch_ids (self, ids, FALSE);
}

static GType
dial_candidate_list_get_item_type (GListModel *model)
{
  return DIAL_TYPE_CANDIDATE_ROW;
}

static guint
dial_candidate_list_get_n_items (GListModel *model)
{
  return count (DIAL_CANDIDATE_LIST (model));
}

static gpointer
dial_candidate_list_get_item (GListModel *model,
                              guint       position)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (model);
  DialCandidateRow *row;
  gint64 id;

  if (position >= count (self))
    return NULL;

  id = id_at (self, position);
  row = ref_row (self, id);
  if (dial_candidate_row_get_candidate (row) == NULL &&
      !g_hash_table_contains (self->requested, &id))
    fetch_page (self, position);
  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = dial_candidate_list_get_item_type;
  iface->get_n_items = dial_candidate_list_get_n_items;
  iface->get_item = dial_candidate_list_get_item;
}

static void
set_loading (DialCandidateList *self,
             gboolean           loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Forgets a change that is half applied; what is shown is up to the caller. */
static void
clear_runs (DialCandidateList *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->old_ids, g_array_unref);
  self->old_split = 0;
}

/* Shows @ids in place of all, and takes the array. Two emissions: a view asks one that removes and
 * adds at once for every single item. */
static void
replace_all (DialCandidateList *self,
             GArray            *ids)
{
  guint n_removed = count (self);

  clear_runs (self);
  self->refreshing = FALSE;
  self->split = 0;
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  if (n_removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);

  self->split = ids->len;
  if (ids->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, ids->len);
}

/* What was asked again is shown; goes on if there was news meanwhile. */
static void
end_refresh (DialCandidateList *self)
{
  self->refreshing = FALSE;
  if (self->dirty) {
    self->dirty = FALSE;
    refresh (self);
  }
}

static gboolean
apply_runs (gpointer user_data)
{
  g_autoptr (DialCandidateList) self = g_object_ref (DIAL_CANDIDATE_LIST (user_data));
  gint64 end = g_get_monotonic_time () + APPLY_SLICE_US;

  while (self->next_run < self->runs->len) {
    DialDiffRun run = g_array_index (self->runs, DialDiffRun, self->next_run);

    if (g_get_monotonic_time () >= end)
      return G_SOURCE_CONTINUE;

    self->next_run++;
    self->split = run.new_position + run.n_added;
    self->old_split = run.old_position + run.n_removed;
    g_list_model_items_changed (G_LIST_MODEL (self), run.new_position, run.n_removed, run.n_added);

    /* Whoever listens may have started another search. */
    if (self->runs == NULL)
      return G_SOURCE_REMOVE;
  }

  self->apply_source = 0;
  self->split = self->ids->len;
  clear_runs (self);
  end_refresh (self);
  return G_SOURCE_REMOVE;
}

typedef struct {
  GArray *old_ids;
  GArray *new_ids;
} Comparison;

static void
comparison_free (gpointer data)
{
  Comparison *comparison = data;

  g_array_unref (comparison->old_ids);
  g_array_unref (comparison->new_ids);
  g_free (comparison);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Comparison *comparison = task_data;

  g_task_return_pointer (task, dial_diff_new (comparison->old_ids, comparison->new_ids),
                         (GDestroyNotify) g_array_unref);
}

static void
on_compared (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  Comparison *comparison = g_task_get_task_data (G_TASK (result));
  GArray *runs = g_task_propagate_pointer (G_TASK (result), &error);

  if (runs == NULL)
    return;   /* cancelled: another search, or no list any more */

  self->old_ids = self->ids;
  self->ids = g_array_ref (comparison->new_ids);
  self->split = 0;
  self->old_split = 0;
  self->runs = runs;
  self->next_run = 0;
  self->apply_source = g_idle_add (apply_runs, self);
}

static void
on_refreshed (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  Comparison *comparison;
  GArray *ids = dial_store_search_ids_finish (DIAL_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ids == NULL) {
    g_debug ("Could not search again: %s", error->message);
    end_refresh (self);
    return;
  }

  /* With a million rows comparing takes longer than a frame. */
  comparison = g_new0 (Comparison, 1);
  comparison->old_ids = g_array_ref (self->ids);
  comparison->new_ids = ids;
  task = g_task_new (NULL, self->cancellable, on_compared, self);
  g_task_set_source_tag (task, on_refreshed);
  g_task_set_task_data (task, comparison, comparison_free);
  g_task_run_in_thread (task, compare_thread);
}

/* Loads anew what is alive and may look different. */
static void
refresh_rows (DialCandidateList *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    if (self->any_changed || g_hash_table_contains (self->changed, id))
      g_array_append_val (ids, *(gint64 *) id);
  }
  g_hash_table_remove_all (self->changed);
  self->any_changed = FALSE;
  fetch_ids (self, ids, TRUE);
}

static void
refresh (DialCandidateList *self)
{
  refresh_rows (self);

  /* A new search sees the news anyway. */
  if (self->loading)
    return;
  if (self->refreshing) {
    self->dirty = TRUE;
    return;
  }

  self->refreshing = TRUE;
  dial_store_search_ids_async (self->store, self->search, self->cancellable, on_refreshed, self);
}

static gboolean
on_refresh_due (gpointer user_data)
{
  DialCandidateList *self = user_data;

  self->refresh_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_candidates_changed (DialStore         *store,
                       GArray            *moves,
                       DialCandidateList *self)
{
  if (moves->len == 0)
    self->any_changed = TRUE;
  for (guint i = 0; i < moves->len; i++)
    g_hash_table_add (self->changed,
                      g_memdup2 (&g_array_index (moves, DialMove, i).id, sizeof (gint64)));

  /* Not put off by further news, or a long sync would show nothing until its end. */
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add (REFRESH_DELAY_MS, on_refresh_due, self);
}

static void
on_searched (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *ids = dial_store_search_ids_finish (DIAL_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Held, since whoever listens may let go of it. */
  g_object_ref (self);
  if (ids != NULL)
    replace_all (self, ids);
  else
    g_debug ("Could not search: %s", error->message);
  set_loading (self, FALSE);
  g_object_unref (self);
}

/* Starts the search, dropping whatever belonged to the one before. What is shown stays until the
 * answer is there. */
static void
start_search (DialCandidateList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->requested);
  self->refreshing = self->runs != NULL;
  self->dirty = FALSE;

  dial_store_search_ids_async (self->store, self->search, self->cancellable, on_searched, self);
  set_loading (self, TRUE);
}

static void
dial_candidate_list_constructed (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->constructed (object);

  g_signal_connect_object (self->store, "candidates-changed", G_CALLBACK (on_candidates_changed),
                           self, 0);
  start_search (self);
}

static void
dial_candidate_list_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  switch (prop_id) {
  case PROP_STORE:
    g_value_set_object (value, self->store);
    break;
  case PROP_SEARCH:
    g_value_set_string (value, self->search);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_list_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  switch (prop_id) {
  case PROP_STORE:
    self->store = g_value_dup_object (value);
    break;
  case PROP_SEARCH:
    dial_candidate_list_set_search (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_list_dispose (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);
  GHashTableIter iter;
  gpointer live;

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->lifetime);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  clear_runs (self);
  self->split = 0;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &live)) {
    g_object_weak_unref (G_OBJECT (((LiveRow *) live)->row), on_row_gone, live);
    g_hash_table_iter_remove (&iter);
  }
  g_queue_clear_full (&self->pages, (GDestroyNotify) g_ptr_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->dispose (object);
}

static void
dial_candidate_list_finalize (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->lifetime);
  g_clear_pointer (&self->ids, g_array_unref);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->requested);
  g_hash_table_unref (self->changed);
  g_free (self->search);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->finalize (object);
}

static void
dial_candidate_list_class_init (DialCandidateListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = dial_candidate_list_constructed;
  object_class->get_property = dial_candidate_list_get_property;
  object_class->set_property = dial_candidate_list_set_property;
  object_class->dispose = dial_candidate_list_dispose;
  object_class->finalize = dial_candidate_list_finalize;

  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, DIAL_TYPE_STORE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH] =
    g_param_spec_string ("search", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_candidate_list_init (DialCandidateList *self)
{
  self->search = g_strdup ("");
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->lifetime = g_cancellable_new ();
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->requested = id_set_new ();
  self->changed = id_set_new ();
  g_queue_init (&self->pages);
}

/**
 * dial_candidate_list_new:
 * @store: a store
 *
 * Returns: (transfer full): a list of everybody in @store, empty until the store has answered
 */
DialCandidateList *
dial_candidate_list_new (DialStore *store)
{
  g_return_val_if_fail (DIAL_IS_STORE (store), NULL);

  return g_object_new (DIAL_TYPE_CANDIDATE_LIST, "store", store, NULL);
}

/**
 * dial_candidate_list_get_search:
 * @self: a list
 *
 * Returns: what is searched for, "" for everybody
 */
const char *
dial_candidate_list_get_search (DialCandidateList *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), NULL);

  return self->search;
}

/**
 * dial_candidate_list_set_search:
 * @self: a list
 * @search: (nullable): what to search for, as in dial_store_search_async()
 *
 * Starts another search. The list shows the last one until the answer is there.
 */
void
dial_candidate_list_set_search (DialCandidateList *self,
                                const char        *search)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_LIST (self));

  if (!dial_set_str (&self->search, search != NULL ? search : ""))
    return;

  start_search (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

/**
 * dial_candidate_list_is_loading:
 * @self: a list
 *
 * Returns: whether the answer to the present search is still to come
 */
gboolean
dial_candidate_list_is_loading (DialCandidateList *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), FALSE);

  return self->loading;
}

/**
 * dial_candidate_list_find:
 * @self: a list
 * @id: a candidate
 *
 * Returns: where the candidate stands, or %G_MAXUINT if it is not in the list
 */
guint
dial_candidate_list_find (DialCandidateList *self,
                          gint64             id)
{
  guint n_items;

  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), G_MAXUINT);

  n_items = count (self);
  for (guint i = 0; i < n_items; i++) {
    if (id_at (self, i) == id)
      return i;
  }
  return G_MAXUINT;
}
