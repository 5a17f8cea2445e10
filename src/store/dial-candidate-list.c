#include "dial-candidate-list.h"

#include "dial-backlog.h"
#include "dial-list-change.h"
#include "dial-rows.h"
#include "dial-seek.h"
#include "dial-shown.h"

/* A list shows so many at first, and all as soon as it knows them. */
#define N_FIRST 256

/* How long rows may be moved before the window gets its turn. */
#define APPLY_SLICE_US 4000

/* Whoever scrolls meanwhile looks at other rows than a comparison spares. Where those are not quickly found it is
 * done anew, so often at most. */
#define MAX_COMPARISONS 3

struct _DialCandidateList
{
  GObject       parent_instance;

  DialStore    *store;
  guint         screenful;
  DialQuery    *query;
  GCancellable *cancellable;    /* of all that belongs to the present query */
  guint         loading : 1;    /* the first answer is still to come */
  guint         started : 1;    /* somebody was shown */
  guint         keeps_rows : 1;
  guint         busy : 1;       /* something is asked, compared or applied; one at a time */

  DialShown     shown;
  DialRows     *rows;
  DialSeek     *seek;           /* of whom somebody asked for and nobody looks at */
  guint         apply_source;

  DialBacklog  *backlog;
  DialFindings *first;          /* the first answer, until its rows are loaded */

  guint         n_found;
  guint         complete : 1;
};

enum {
  PROP_0,
  PROP_STORE,
  PROP_SCREENFUL,
  PROP_QUERY,
  PROP_LOADING,
  PROP_N_FOUND,
  PROP_COMPLETE,
  N_PROPS
};

enum {
  CHANGING,
  LOCATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void go_on                 (DialCandidateList   *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialCandidateList, dial_candidate_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
dial_candidate_list_get_item_type (GListModel *model)
{
  return DIAL_TYPE_CANDIDATE_ROW;
}

static guint
dial_candidate_list_get_n_items (GListModel *model)
{
  return dial_shown_count (&DIAL_CANDIDATE_LIST (model)->shown);
}

static gpointer
dial_candidate_list_get_item (GListModel *model,
                              guint       position)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (model);
  DialCandidateRow *row;
  gint64 place;

  if (position >= dial_shown_count (&self->shown))
    return NULL;

  place = dial_shown_get (&self->shown, position);
  row = dial_rows_get (self->rows, place, dial_shown_is_old (&self->shown, position));
  if (dial_candidate_row_get_candidate (row) == NULL)
    dial_rows_request (self->rows, &self->shown, position);
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

static void
update_found (DialCandidateList *self)
{
  guint n_found = self->shown.now->places->len;
  gboolean complete = self->shown.now->complete;

  if (n_found != self->n_found) {
    self->n_found = n_found;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FOUND]);
  }
  if (complete != self->complete) {
    self->complete = complete;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
  }
}

/* Whether moves can be followed: by their places alone it is clear where in the list they belong. */
static gboolean
is_sorted (DialCandidateList *self)
{
  return self->query->order == DIAL_ORDER_RELEVANCE || self->query->order == DIAL_ORDER_ACTIVITY;
}

/* Applying changes */

/* Says that of so many rows others may come in place; what stands there is still there. */
static void
tell_changing (DialCandidateList *self,
               guint              position,
               guint              n_removed)
{
  g_signal_emit (self, signals[CHANGING], 0, position, n_removed);
}

static void
end_change (DialCandidateList *self)
{
  self->apply_source = 0;
  self->busy = FALSE;
  dial_backlog_applied (self->backlog);
  dial_rows_settle (self->rows);
  update_found (self);
  go_on (self);
}

/* Shows some more of an answer, a frame after the last. */
static gboolean
grow (gpointer user_data)
{
  g_autoptr (DialCandidateList) self = g_object_ref (DIAL_CANDIDATE_LIST (user_data));
  guint position = dial_shown_count (&self->shown);

  tell_changing (self, position, 0);
  dial_shown_grow (&self->shown);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, dial_shown_count (&self->shown) - position);
  if (dial_shown_can_grow (&self->shown))
    return G_SOURCE_CONTINUE;

  end_change (self);
  return G_SOURCE_REMOVE;
}

static gboolean
apply_steps (gpointer user_data)
{
  g_autoptr (DialCandidateList) self = g_object_ref (DIAL_CANDIDATE_LIST (user_data));
  gint64 end = g_get_monotonic_time () + APPLY_SLICE_US;
  guint position, n_removed, n_added;

  while (dial_shown_peek (&self->shown, &position, &n_removed, &n_added)) {
    if (g_get_monotonic_time () >= end)
      return G_SOURCE_CONTINUE;
    if (n_removed > 0 && dial_rows_spare (self->rows, &self->shown))
      continue;

    tell_changing (self, position, n_removed);
    dial_shown_step (&self->shown);
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  }

  end_change (self);
  return G_SOURCE_REMOVE;
}

static void
take_steps (DialCandidateList *self,
            DialListChange    *change)
{
  gboolean goes_on = dial_list_change_goes_on (change);

  if (goes_on)
    dial_shown_continue (&self->shown, g_steal_pointer (&change->now));
  else
    dial_shown_change (&self->shown, g_steal_pointer (&change->now), g_steal_pointer (&change->runs));
  dial_rows_move (self->rows, change->moves, change->matches);

  if (goes_on)
    self->apply_source = g_idle_add (grow, self);
  else if (apply_steps (self))
    self->apply_source = g_idle_add (apply_steps, self);
}

static void begin_change (DialCandidateList *self,
                          DialListChange    *change);

static void
on_compared (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (DialListChange) change = dial_list_change_compare_finish (result);

  if (change == NULL)
    return;   /* cancelled: another query, or no list any more */

  if (change->n_rows != dial_rows_count_made (self->rows) && change->n_comparisons < MAX_COMPARISONS &&
      !self->shown.sorted)
    begin_change (self, change);
  else
    take_steps (self, change);
}

static void
begin_change (DialCandidateList *self,
              DialListChange    *change)
{
  g_clear_pointer (&change->held, g_array_unref);
  change->held = dial_rows_list_places (self->rows);
  change->n_rows = dial_rows_count_made (self->rows);

  if (dial_list_change_is_quick (change)) {
    dial_list_change_compare (change);
    take_steps (self, change);
  } else {
    dial_list_change_compare_async (change, self->cancellable, on_compared, self);
  }
}

/* Learning of changes */

/* After a failure everybody is asked for anew, with the next change. */
static void
give_up (DialCandidateList *self,
         GError            *error)
{
  g_debug ("Could not search: %s", error->message);
  self->busy = FALSE;
  dial_backlog_add_anything (self->backlog);
}

/* Where an answer has those whose rows somebody looks at, of all moves that are known. */
static GArray *
match_rows (DialCandidateList *self,
            DialFindings      *findings)
{
  return dial_rows_match (self->rows, dial_backlog_take_up (self->backlog), findings, is_sorted (self));
}

static void
on_all_found (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialListChange) change = NULL;
  DialFindings *findings = dial_store_search_finish (DIAL_STORE (object), result, &error);
  GArray *matches;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (findings == NULL) {
    give_up (self, error);
    return;
  }

  dial_backlog_answered (self->backlog);
  matches = match_rows (self, findings);
  change = dial_list_change_new (self->shown.now, findings, dial_backlog_get_taken (self->backlog), matches);
  begin_change (self, change);
}

static void
on_matched (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialListChange) change = NULL;
  GArray *matches = dial_store_match_finish (DIAL_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (matches == NULL) {
    give_up (self, error);
    return;
  }

  dial_backlog_answered (self->backlog);
  change = dial_list_change_new (self->shown.now, NULL, dial_backlog_get_taken (self->backlog), matches);
  begin_change (self, change);
}

static void
ask_for_all (DialCandidateList *self)
{
  self->busy = TRUE;
  dial_backlog_take_all (self->backlog);
  dial_store_search_async (self->store, self->query, 0, self->cancellable, on_all_found, self);
}

static void
ask_for_matches (DialCandidateList *self)
{
  g_autoptr (GArray) ids = NULL;

  self->busy = TRUE;
  dial_backlog_take (self->backlog);
  ids = dial_list_change_list_ids (dial_backlog_get_taken (self->backlog));
  dial_store_match_async (self->store, self->query, ids, self->cancellable, on_matched, self);
}

static void
on_change_due (gpointer user_data)
{
  DialCandidateList *self = user_data;

  if (dial_backlog_has_anything (self->backlog) || !is_sorted (self) || !self->shown.now->complete)
    ask_for_all (self);
  else
    ask_for_matches (self);
}

static void
plan_change (DialCandidateList *self)
{
  if (!self->loading && !self->busy)
    dial_backlog_plan (self->backlog);
}

/* With all of the answer, if there is more of it, and else with what changed meanwhile. */
static void
go_on (DialCandidateList *self)
{
  if (self->started && !self->loading && !self->busy && !self->shown.now->complete)
    ask_for_all (self);
  else
    plan_change (self);
}

static void
on_candidates_changed (DialStore         *store,
                       GArray            *moves,
                       DialCandidateList *self)
{
  dial_rows_refresh (self->rows, moves);
  dial_seek_follow (self->seek, moves);
  dial_backlog_add (self->backlog, moves);
  plan_change (self);
}

/* Queries */

/* Tells of what comes in place of @n_removed at @position, in two steps: a view asks one that removes and adds
 * at once for every single item. */
static void
replace (DialCandidateList *self,
         guint              position,
         guint              n_removed,
         DialFindings      *findings)
{
  guint n_added;

  if (n_removed > 0 && findings->places->len > position) {
    tell_changing (self, position, n_removed);
    dial_shown_show (&self->shown, dial_findings_new (), is_sorted (self));
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, 0);
    n_removed = 0;
  }

  tell_changing (self, position, n_removed);
  dial_shown_show (&self->shown, findings, is_sorted (self));
  if (self->keeps_rows)
    dial_shown_limit (&self->shown, MAX (position, DIAL_SHOWN_STEP));
  n_added = dial_shown_count (&self->shown) - position;
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* Shows @findings in place of all, and takes them. */
static void
show (DialCandidateList *self,
      DialFindings      *findings)
{
  guint n_removed = dial_shown_count (&self->shown);
  guint n_kept = self->keeps_rows && self->shown.before == NULL ? MIN (n_removed, findings->places->len) : 0;
  g_autoptr (GPtrArray) kept = dial_rows_collect (self->rows, &self->shown, n_kept);
  g_autoptr (GArray) matches = match_rows (self, findings);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->busy = FALSE;
  dial_rows_settle (self->rows);
  dial_rows_move (self->rows, dial_backlog_get_taken (self->backlog), matches);
  dial_rows_settle (self->rows);

  if (n_kept > 0) {
    dial_shown_show (&self->shown, dial_findings_ref (findings), is_sorted (self));
    dial_rows_reuse (self->rows, kept, &self->shown);
  }
  replace (self, n_kept, n_removed - n_kept, findings);
  dial_rows_end_reuse (self->rows, kept);

  if (dial_shown_can_grow (&self->shown)) {
    self->busy = TRUE;
    self->apply_source = g_idle_add (grow, self);
  }
}

static void
show_first (gpointer user_data)
{
  g_autoptr (DialCandidateList) self = g_object_ref (DIAL_CANDIDATE_LIST (user_data));
  DialFindings *first = g_steal_pointer (&self->first);

  /* Meanwhile something else may be looked for. */
  if (first == NULL)
    return;

  /* Held, since whoever listens may let go of it. */
  show (self, first);
  dial_backlog_applied (self->backlog);
  set_loading (self, FALSE);
  update_found (self);

  if (!self->started && !self->shown.now->complete)
    dial_backlog_add_anything (self->backlog);
  go_on (self);
  self->started = TRUE;
}

static void
on_first_found (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  DialCandidateList *self = user_data;
  g_autoptr (GError) error = NULL;
  DialFindings *findings = dial_store_search_finish (DIAL_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (findings == NULL) {
    give_up (self, error);
    set_loading (self, FALSE);
    return;
  }

  /* Names come with the rows, so that nothing is painted twice. */
  self->first = findings;
  dial_rows_prepare (self->rows, findings->places, show_first, self);
}

/* Asks for the first ones, dropping whatever belonged to the query before. What is shown stays until the
 * answer is there, and whoever moved goes along then. */
static void
start_query (DialCandidateList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dial_backlog_start_over (self->backlog);
  g_clear_pointer (&self->first, dial_findings_unref);
  self->busy = self->apply_source != 0;

  /* A view makes all rows that it is told of: the window is there at once if those are no more than it shows. */
  dial_store_search_async (self->store, self->query, self->started ? N_FIRST : self->screenful, self->cancellable,
                           on_first_found, self);
  set_loading (self, TRUE);
}

static void
on_located (gint64   id,
            gint64   place,
            gpointer user_data)
{
  DialCandidateList *self = user_data;

  if (dial_shown_find (&self->shown, place) != G_MAXUINT)
    g_signal_emit (self, signals[LOCATED], 0, id);
}

static void
dial_candidate_list_constructed (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->constructed (object);

  self->rows = dial_rows_new (self->store);
  self->seek = dial_seek_new (self->store, on_located, self);
  g_signal_connect_object (self->store, "candidates-changed", G_CALLBACK (on_candidates_changed), self, 0);
  start_query (self);
}

static void
dial_candidate_list_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  switch (prop_id) {
  case PROP_QUERY:
    g_value_set_boxed (value, self->query);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_N_FOUND:
    g_value_set_uint (value, self->n_found);
    break;
  case PROP_COMPLETE:
    g_value_set_boolean (value, self->complete);
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
  case PROP_SCREENFUL:
    self->screenful = g_value_get_uint (value);
    break;
  case PROP_QUERY:
    dial_candidate_list_set_query (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_list_dispose (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->backlog, dial_backlog_free);
  g_clear_handle_id (&self->apply_source, g_source_remove);
  dial_shown_show (&self->shown, dial_findings_new (), TRUE);
  g_clear_pointer (&self->rows, dial_rows_free);
  g_clear_pointer (&self->seek, dial_seek_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->dispose (object);
}

static void
dial_candidate_list_finalize (GObject *object)
{
  DialCandidateList *self = DIAL_CANDIDATE_LIST (object);

  g_clear_object (&self->cancellable);
  dial_shown_clear (&self->shown);
  g_clear_pointer (&self->first, dial_findings_unref);
  dial_query_free (self->query);

  G_OBJECT_CLASS (dial_candidate_list_parent_class)->finalize (object);
}

static void
dial_candidate_list_class_init (DialCandidateListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = dial_candidate_list_constructed;
  object_class->get_property = dial_candidate_list_get_property;
  object_class->set_property = dial_candidate_list_set_property;
  object_class->dispose = dial_candidate_list_dispose;
  object_class->finalize = dial_candidate_list_finalize;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, DIAL_TYPE_STORE, given);
  properties[PROP_SCREENFUL] = g_param_spec_uint ("screenful", NULL, NULL, 1, G_MAXUINT, 32, given);
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, DIAL_TYPE_QUERY, flags | G_PARAM_WRITABLE);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_FOUND] = g_param_spec_uint ("n-found", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGING] =
    g_signal_new ("changing", DIAL_TYPE_CANDIDATE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[LOCATED] =
    g_signal_new ("located", DIAL_TYPE_CANDIDATE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
dial_candidate_list_init (DialCandidateList *self)
{
  self->query = dial_query_new ("");
  self->backlog = dial_backlog_new (on_change_due, self);
  dial_shown_init (&self->shown);
}

/**
 * dial_candidate_list_new:
 * @store: a store
 * @screenful: so many are shown at the very first
 *
 * Returns: (transfer full): a list of everybody in @store, empty until the store has answered
 */
DialCandidateList *
dial_candidate_list_new (DialStore *store,
                         guint      screenful)
{
  g_return_val_if_fail (DIAL_IS_STORE (store), NULL);

  return g_object_new (DIAL_TYPE_CANDIDATE_LIST, "store", store, "screenful", screenful, NULL);
}

/**
 * dial_candidate_list_get_query:
 * @self: a list
 *
 * Returns: what is looked for
 */
const DialQuery *
dial_candidate_list_get_query (DialCandidateList *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), NULL);

  return self->query;
}

/**
 * dial_candidate_list_set_query:
 * @self: a list
 * @query: what to look for
 *
 * Starts another search. The list shows the last one until the answer is there; then the first ones, and all
 * a moment later.
 */
void
dial_candidate_list_set_query (DialCandidateList *self,
                               const DialQuery   *query)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_LIST (self));
  g_return_if_fail (query != NULL);

  if (dial_query_equal (query, self->query))
    return;

  dial_query_free (self->query);
  self->query = dial_query_copy (query);
  start_query (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

/**
 * dial_candidate_list_set_keeps_rows:
 * @self: a list
 * @keeps_rows: rows stay where they are when another query is answered, and become those of who stands there
 *   now
 *
 * Spares a view from making its widgets anew with every letter. Without, rows go and others come.
 */
void
dial_candidate_list_set_keeps_rows (DialCandidateList *self,
                                    gboolean           keeps_rows)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_LIST (self));

  self->keeps_rows = keeps_rows;
}

/**
 * dial_candidate_list_is_loading:
 * @self: a list
 *
 * Returns: whether the first answer to the present query is still to come
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
 * Finds a candidate in the list. Of one whose row nobody holds the store must be asked: `located` is emitted
 * when such a one turns out to be in the list.
 *
 * Returns: where the candidate stands, or %G_MAXUINT if it is not in the list as far as is known by now
 */
guint
dial_candidate_list_find (DialCandidateList *self,
                          gint64             id)
{
  gint64 place;

  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), G_MAXUINT);

  place = dial_rows_find_place (self->rows, id);
  if (place == 0)
    place = dial_seek_find (self->seek, id);
  return place != 0 ? dial_shown_find (&self->shown, place) : G_MAXUINT;
}

/**
 * dial_candidate_list_is_sorted:
 * @self: a list
 *
 * Returns: whether what is shown stands by tier and place, so that it can be woven into another list
 */
gboolean
dial_candidate_list_is_sorted (DialCandidateList *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), FALSE);

  return self->shown.sorted;
}

/**
 * dial_candidate_list_get_place:
 * @self: a list
 * @position: a position in it
 * @tier: (out): return location for the tier of who stands there, from 0
 *
 * Returns: by what who stands there is sorted within the tier, the larger the nearer to the top
 */
gint64
dial_candidate_list_get_place (DialCandidateList *self,
                               guint              position,
                               int               *tier)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), 0);

  *tier = dial_shown_get_tier (&self->shown, position);
  return dial_shown_get (&self->shown, position);
}

/**
 * dial_candidate_list_rank:
 * @self: a list that is sorted
 * @tier: a tier
 * @place: a place in it
 *
 * Returns: how many of the list stand before that
 */
guint
dial_candidate_list_rank (DialCandidateList *self,
                          int                tier,
                          gint64             place)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_LIST (self), 0);

  return dial_shown_rank (&self->shown, tier, place);
}
