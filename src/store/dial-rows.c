#include "dial-rows.h"

#include "dial-candidate-row-private.h"

/* Rows are loaded by so many, around one that is looked at. */
#define PAGE_SIZE 128

/* So many pages are kept beyond what is looked at. */
#define N_KEPT_PAGES 16

/* So many are loaded at a time. When somebody scrolls fast, the others wait until it is clear who stays. */
#define N_LOADING 2

struct _DialRows
{
  DialStore    *store;
  GCancellable *cancellable;

  GHashTable   *live;         /* of LiveRow, each as long as somebody holds its row */
  guint         n_made;
  guint         n_spared;     /* of those made, when it was last seen to that changes spare them */
  GHashTable   *by_place;     /* place → LiveRow */
  GHashTable   *by_id;        /* id → LiveRow, of those that are loaded */
  GHashTable   *leaving;      /* place → DialCandidateRow: who moved, where they still may be shown */

  GHashTable   *loaded;       /* place → DialCandidate */
  GQueue        pages;        /* of GArray of places in @loaded, the last one first */
  GHashTable   *requested;    /* places that are loaded or wait for it */
  GQueue        waiting;      /* of GArray of places, the last one first */
  GPtrArray    *loads;        /* of Load, not held: those under way, */
  guint         n_loading;    /* and so many of them for the requested ones */
};

typedef struct {
  gint64            place;
  gint64            id;       /* 0 until it is loaded */
  DialCandidateRow *row;      /* not held */
  DialRows         *rows;     /* which it is one of */
} LiveRow;

static void request (DialRows *self,
                     GArray   *places);
static void load_next (DialRows *self);

static gint64 *
dup_number (gint64 number)
{
  return g_memdup2 (&number, sizeof number);
}

static GHashTable *
number_table_new (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_value);
}

DialRows *
dial_rows_new (DialStore *store)
{
  DialRows *self = g_new0 (DialRows, 1);

  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  self->live = g_hash_table_new (NULL, NULL);
  self->by_place = number_table_new (NULL);
  self->by_id = number_table_new (NULL);
  self->leaving = number_table_new (g_object_unref);
  self->loaded = number_table_new (g_object_unref);
  self->requested = number_table_new (NULL);
  self->loads = g_ptr_array_new ();
  return self;
}

static void
remove_live (GHashTable *table,
             gint64      key,
             LiveRow    *live)
{
  if (g_hash_table_lookup (table, &key) == live)
    g_hash_table_remove (table, &key);
}

static void
forget_live (LiveRow *live)
{
  remove_live (live->rows->by_place, live->place, live);
  remove_live (live->rows->by_id, live->id, live);
  g_hash_table_remove (live->rows->live, live);
  g_free (live);
}

static void
on_row_gone (gpointer  user_data,
             GObject  *where_the_row_was)
{
  forget_live (user_data);
}

void
dial_rows_free (DialRows *self)
{
  g_autoptr (GList) live_rows = NULL;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_unref (self->leaving);
  live_rows = g_hash_table_get_keys (self->live);
  for (GList *l = live_rows; l != NULL; l = l->next) {
    LiveRow *live = l->data;

    g_object_weak_unref (G_OBJECT (live->row), on_row_gone, live);
    forget_live (live);
  }

  g_queue_clear_full (&self->pages, (GDestroyNotify) g_array_unref);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_array_unref);
  g_ptr_array_unref (self->loads);
  g_hash_table_unref (self->requested);
  g_hash_table_unref (self->loaded);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_place);
  g_hash_table_unref (self->live);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}

static void
set_candidate (DialRows      *self,
               LiveRow       *live,
               DialCandidate *candidate)
{
  remove_live (self->by_id, live->id, live);
  live->id = candidate->id;
  g_hash_table_replace (self->by_id, dup_number (live->id), live);
  dial_candidate_row_set_candidate (live->row, candidate);
}

/* Returns: (transfer full): the one row of @place; of who stood there before everybody moved, if @is_old */
DialCandidateRow *
dial_rows_get (DialRows *self,
               gint64    place,
               gboolean  is_old)
{
  DialCandidateRow *left = is_old ? g_hash_table_lookup (self->leaving, &place) : NULL;
  LiveRow *live = g_hash_table_lookup (self->by_place, &place);
  DialCandidate *candidate;

  if (left != NULL)
    return g_object_ref (left);
  if (live != NULL)
    return g_object_ref (live->row);

  live = g_new0 (LiveRow, 1);
  live->place = place;
  live->rows = self;
  live->row = dial_candidate_row_new (self->store);
  g_hash_table_add (self->live, live);
  self->n_made++;
  g_hash_table_insert (self->by_place, dup_number (place), live);
  g_object_weak_ref (G_OBJECT (live->row), on_row_gone, live);

  candidate = g_hash_table_lookup (self->loaded, &place);
  if (candidate != NULL)
    set_candidate (self, live, candidate);
  return live->row;
}

/* How many rows there ever were. */
guint
dial_rows_count_made (DialRows *self)
{
  return self->n_made;
}

/* Where a candidate stands whose row somebody holds, else 0. */
gint64
dial_rows_find_place (DialRows *self,
                      gint64    id)
{
  LiveRow *live = g_hash_table_lookup (self->by_id, &id);

  return live != NULL ? live->place : 0;
}

static GArray *
list_places (DialRows   *self,
             GHashTable *without)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init (&iter, self->by_place);
  while (g_hash_table_iter_next (&iter, &place, NULL)) {
    if (without == NULL || !g_hash_table_contains (without, place))
      g_array_append_val (places, *(gint64 *) place);
  }
  return places;
}

/* Returns: (transfer full) (element-type gint64): the places that somebody looks at, which a change will spare */
GArray *
dial_rows_list_places (DialRows *self)
{
  self->n_spared = self->n_made;
  return list_places (self, NULL);
}

/* Sees to it that a change also spares what has come into sight since it was planned.
 *
 * Returns: whether its next step is another one now */
gboolean
dial_rows_spare (DialRows  *self,
                 DialShown *shown)
{
  g_autoptr (GArray) staying = NULL;

  if (self->n_spared == self->n_made || !shown->sorted)
    return FALSE;

  self->n_spared = self->n_made;
  /* Where another one stands now somebody else may have been seen. */
  staying = list_places (self, self->leaving);
  dial_shown_spare (shown, staying);
  return TRUE;
}

/* Loading */

typedef struct {
  DialRows   *rows;         /* not held: an answer that comes after it is cancelled */
  GArray     *places;
  gboolean    refresh;      /* for rows that are there, and only for them */

  /* What changed since this was asked: the answer may be older than that, although it comes later. */
  GHashTable *touched;      /* of places */
  gboolean    all_touched;

  DialRowsFunc func;        /* called when it is there */
  gpointer     data;
} Load;

static void
load_free (Load *load)
{
  g_hash_table_unref (load->touched);
  g_array_unref (load->places);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
is_touched (Load   *load,
            gint64  place)
{
  return load->all_touched || g_hash_table_contains (load->touched, &place);
}

/* Keeps what was loaded for a page, and lets go of the page that was loaded longest ago. */
static void
keep_page (DialRows *self,
           GArray   *places)
{
  g_queue_push_head (&self->pages, g_array_ref (places));
  if (g_queue_get_length (&self->pages) > N_KEPT_PAGES) {
    g_autoptr (GArray) oldest = g_queue_pop_tail (&self->pages);

    for (guint i = 0; i < oldest->len; i++)
      g_hash_table_remove (self->loaded, &g_array_index (oldest, gint64, i));
  }
}

static void
take_candidate (DialRows      *self,
                DialCandidate *candidate,
                gboolean       refresh)
{
  LiveRow *known = g_hash_table_lookup (self->by_id, &candidate->id);
  LiveRow *live = g_hash_table_lookup (self->by_place, &candidate->place);

  /* Who has moved is still where they were until the list follows. */
  if (known != NULL)
    set_candidate (self, known, candidate);
  if (live != NULL && live != known)
    set_candidate (self, live, candidate);
  if (!refresh)
    g_hash_table_replace (self->loaded, dup_number (candidate->place), g_object_ref (candidate));
}

/* What was requested is there, or must be requested once more. */
static void
end_request (DialRows *self,
             Load     *load)
{
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < load->places->len; i++) {
    gint64 place = g_array_index (load->places, gint64, i);

    g_hash_table_remove (self->requested, &place);
    if (is_touched (load, place))
      g_array_append_val (again, place);
  }
  keep_page (self, load->places);
  self->n_loading--;
  if (again->len > 0)
    request (self, g_steal_pointer (&again));
  load_next (self);
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  DialRows *self = load->rows;

  candidates = dial_store_load_candidates_finish (DIAL_STORE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (candidates == NULL)
    g_debug ("Could not load rows: %s", error->message);
  for (guint i = 0; candidates != NULL && i < candidates->len; i++) {
    DialCandidate *candidate = g_ptr_array_index (candidates, i);

    if (!is_touched (load, candidate->place))
      take_candidate (self, candidate, load->refresh);
  }

  g_ptr_array_remove_fast (self->loads, load);
  if (!load->refresh)
    end_request (self, load);
  if (load->func != NULL)
    load->func (load->data);
}

/* Takes @places. */
static Load *
load (DialRows *self,
      GArray   *places,
      gboolean  refresh)
{
  Load *asked = g_new0 (Load, 1);

  asked->rows = self;
  asked->places = places;
  asked->refresh = refresh;
  asked->touched = number_table_new (NULL);
  g_ptr_array_add (self->loads, asked);
  dial_store_load_candidates_async (self->store, places, self->cancellable, on_loaded, asked);
  return asked;
}

static gboolean
is_looked_at (DialRows *self,
              GArray   *places)
{
  for (guint i = 0; i < places->len; i++) {
    LiveRow *live = g_hash_table_lookup (self->by_place, &g_array_index (places, gint64, i));

    if (live != NULL && live->id == 0)
      return TRUE;
  }
  return FALSE;
}

static void
load_next (DialRows *self)
{
  while (self->n_loading < N_LOADING && !g_queue_is_empty (&self->waiting)) {
    g_autoptr (GArray) places = g_queue_pop_head (&self->waiting);

    if (is_looked_at (self, places)) {
      self->n_loading++;
      load (self, g_steal_pointer (&places), FALSE);
      continue;
    }
    for (guint i = 0; i < places->len; i++)
      g_hash_table_remove (self->requested, &g_array_index (places, gint64, i));
  }
}

/* Whether the candidate at @place is neither there nor asked for. */
static gboolean
lacks (DialRows *self,
       gint64    place)
{
  LiveRow *live = g_hash_table_lookup (self->by_place, &place);

  return (live == NULL || live->id == 0) && !g_hash_table_contains (self->loaded, &place) &&
         !g_hash_table_contains (self->requested, &place);
}

/* Loads those of @places that are still looked at when it is their turn; takes the array. */
static void
request (DialRows *self,
         GArray   *places)
{
  for (guint i = 0; i < places->len; i++)
    g_hash_table_add (self->requested, dup_number (g_array_index (places, gint64, i)));
  g_queue_push_head (&self->waiting, places);
  load_next (self);
}

/* Sees to it that the row at @position is loaded, and with it the page around it. */
void
dial_rows_request (DialRows  *self,
                   DialShown *shown,
                   guint      position)
{
  guint start = position - position % PAGE_SIZE;
  guint end = MIN (start + PAGE_SIZE, dial_shown_count (shown));
  GArray *places;

  if (!lacks (self, dial_shown_get (shown, position)))
    return;

  places = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PAGE_SIZE);
  for (guint i = start; i < end; i++) {
    gint64 place = dial_shown_get (shown, i);

    if (lacks (self, place))
      g_array_append_val (places, place);
  }
  request (self, places);
}

/* Loads the first page of what will be shown, and calls @func then. */
void
dial_rows_prepare (DialRows         *self,
                   const DialPlaces *places,
                   DialRowsFunc      func,
                   gpointer          data)
{
  GArray *page = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PAGE_SIZE);
  Load *asked;

  for (guint i = 0; i < MIN (places->len, PAGE_SIZE); i++) {
    gint64 place = dial_places_get (places, i);

    if (!g_hash_table_contains (self->loaded, &place)) {
      g_hash_table_add (self->requested, dup_number (place));
      g_array_append_val (page, place);
    }
  }

  self->n_loading++;
  asked = load (self, page, FALSE);
  asked->func = func;
  asked->data = data;
}

/* Returns: (transfer container): who are shown at the first @n positions, %NULL for those nobody looks at */
GPtrArray *
dial_rows_collect (DialRows  *self,
                   DialShown *shown,
                   guint      n)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < n; i++) {
    gint64 place = dial_shown_get (shown, i);

    g_ptr_array_add (rows, g_hash_table_lookup (self->by_place, &place));
  }
  return rows;
}

static void
detach (DialRows *self,
        LiveRow  *live)
{
  remove_live (self->by_place, live->place, live);
  remove_live (self->by_id, live->id, live);
  live->place = live->id = 0;
}

static void
give_place (DialRows *self,
            LiveRow  *live,
            gint64    place)
{
  LiveRow *other = g_hash_table_lookup (self->by_place, &place);
  DialCandidate *candidate = g_hash_table_lookup (self->loaded, &place);

  if (other != NULL)
    detach (self, other);
  live->place = place;
  g_hash_table_insert (self->by_place, dup_number (place), live);
  if (candidate != NULL)
    set_candidate (self, live, candidate);
  else
    dial_candidate_row_set_candidate (live->row, NULL);
}

/* Lets the rows that were collected be those of who is shown at the same positions now: a view need not make
 * its widgets anew. They tell of it in dial_rows_end_reuse(), when the view knows the rest. */
void
dial_rows_reuse (DialRows  *self,
                 GPtrArray *rows,
                 DialShown *shown)
{
  for (guint i = 0; i < rows->len; i++) {
    LiveRow *live = rows->pdata[i];

    if (live == NULL)
      continue;
    g_object_ref (live->row);
    g_object_freeze_notify (G_OBJECT (live->row));
    detach (self, live);
  }
  for (guint i = 0; i < rows->len; i++) {
    if (rows->pdata[i] != NULL)
      give_place (self, rows->pdata[i], dial_shown_get (shown, i));
  }
  for (guint i = 0; i < rows->len; i++) {
    if (rows->pdata[i] != NULL)
      dial_rows_request (self, shown, i);
  }
}

void
dial_rows_end_reuse (DialRows  *self,
                     GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    LiveRow *live = rows->pdata[i];
    g_autoptr (DialCandidateRow) row = live != NULL ? live->row : NULL;

    if (row != NULL)
      g_object_thaw_notify (G_OBJECT (row));
  }
}

/* Changes */

static LiveRow *
find_moved (DialRows       *self,
            const DialMove *move)
{
  LiveRow *live = g_hash_table_lookup (self->by_id, &move->id);

  if (live != NULL)
    return live;

  /* A row that is not loaded is known by its place alone. */
  live = g_hash_table_lookup (self->by_place, &move->was);
  return live != NULL && live->id == 0 ? live : NULL;
}

/* Nothing that was loaded of where @move began and ended holds any more. */
static void
touch (DialRows       *self,
       const DialMove *move)
{
  g_hash_table_remove (self->loaded, &move->was);
  g_hash_table_remove (self->loaded, &move->is);
  for (guint i = 0; i < self->loads->len; i++) {
    Load *load = g_ptr_array_index (self->loads, i);

    g_hash_table_add (load->touched, dup_number (move->was));
    g_hash_table_add (load->touched, dup_number (move->is));
  }
}

static void
touch_all (DialRows *self)
{
  g_hash_table_remove_all (self->loaded);
  for (guint i = 0; i < self->loads->len; i++)
    ((Load *) g_ptr_array_index (self->loads, i))->all_touched = TRUE;
}

/* Loads anew what may look different: those of @moves (of DialMove), everybody if there are none. */
void
dial_rows_refresh (DialRows *self,
                   GArray   *moves)
{
  g_autoptr (GArray) places = NULL;

  if (moves->len == 0) {
    places = list_places (self, NULL);
    touch_all (self);
  } else {
    places = g_array_new (FALSE, FALSE, sizeof (gint64));
  }

  for (guint i = 0; i < moves->len; i++) {
    const DialMove *move = &g_array_index (moves, DialMove, i);

    touch (self, move);
    if (move->is != 0 &&
        (find_moved (self, move) != NULL || g_hash_table_contains (self->by_place, &move->is)))
      g_array_append_val (places, move->is);
  }
  if (places->len > 0)
    load (self, g_steal_pointer (&places), TRUE);
}

static gboolean
has_taken (GArray *moves,
           gint64  place)
{
  for (guint i = 0; i < moves->len; i++) {
    if (g_array_index (moves, DialMove, i).is == place)
      return TRUE;
  }
  return FALSE;
}

/* Returns: (transfer full) (element-type DialMatch): where @findings, which may be older than some of @moves,
 *   have those whose rows somebody holds */
GArray *
dial_rows_match (DialRows     *self,
                 GArray       *moves,
                 DialFindings *findings,
                 gboolean      sorted)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (DialMatch));

  for (guint i = 0; i < moves->len; i++) {
    const DialMove *move = &g_array_index (moves, DialMove, i);
    DialMatch match = { move->id, move->is, 1 };
    gboolean has_left;

    if (find_moved (self, move) == NULL)
      continue;
    has_left = move->is == 0 || has_taken (moves, move->was) ||
               dial_shown_find_in (findings, sorted, move->was) == G_MAXUINT;
    if (has_left || dial_shown_find_in (findings, sorted, move->is) != G_MAXUINT)
      g_array_append_val (matches, match);
  }
  return matches;
}

static const DialMatch *
find_match (GArray *matches,
            gint64  id)
{
  for (guint i = 0; i < matches->len; i++) {
    if (g_array_index (matches, DialMatch, i).id == id)
      return &g_array_index (matches, DialMatch, i);
  }
  return NULL;
}

/* Lets the rows of whoever moved go along to where @matches (of DialMatch) say. Until they are settled they
 * are found where they were, too. */
void
dial_rows_move (DialRows *self,
                GArray   *moves,
                GArray   *matches)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();

  for (guint i = 0; i < moves->len; i++) {
    const DialMove *move = &g_array_index (moves, DialMove, i);
    LiveRow *live = find_moved (self, move);
    const DialMatch *match = live != NULL ? find_match (matches, move->id) : NULL;

    if (match == NULL || match->place == live->place)
      continue;

    remove_live (self->by_place, live->place, live);
    g_hash_table_replace (self->leaving, dup_number (live->place), g_object_ref (live->row));
    live->place = match->place;
    g_ptr_array_add (moved, live);
  }

  /* Only when all have left: one may stand where another one stood. */
  for (guint i = 0; i < moved->len; i++) {
    LiveRow *live = g_ptr_array_index (moved, i);

    if (live->place != 0 && !g_hash_table_contains (self->by_place, &live->place))
      g_hash_table_insert (self->by_place, dup_number (live->place), live);
  }
}

/* Everybody is where they belong. */
void
dial_rows_settle (DialRows *self)
{
  g_hash_table_remove_all (self->leaving);
}
