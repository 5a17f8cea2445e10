#include "dial-windows.h"

#include <math.h>

/* Nearer to one another than this, creation dates do not tell how rows are spread. */
#define SHORTEST G_USEC_PER_SEC

/* How old a company is thought to be until its list tells. */
#define AGE (3 * 365 * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Windows smaller than this many pages cost more in half-filled last pages than they gain. */
#define FEWEST_PAGES 4

/* So much more than its part a walker would have, so that a window is rather cut. Pages are read twice for it
 * only where many more are left. */
#define TOO_MUCH 1.4
#define SPLIT    5

/* So often a window under way may be walked anew in one walk, whatever its rows make of the estimates. */
#define MOST_SPLITS 200

struct _DialWindows
{
  DialSyncPosition *position;   /* not ours */
  GPtrArray        *windows;    /* the position's, the newest first */
  GHashTable       *busy;       /* of these, those somebody asked for a page of */
  GPtrArray        *dropped;    /* were cut while somebody asked for a page of them */
  double            density;    /* rows a microsecond, as seen last; 0 where nobody knows */
  guint             page_rows;  /* as many fill a page */
  gint64            birth;      /* where an open window is thought to end, 0 where nobody knows */
  gint64            oldest;     /* creation date met by this walk */
  guint             n_splits;
  gboolean          is_lost;    /* nobody was in the oldest window */
};

/**
 * dial_windows_new:
 * @position: the walk, which must stay; its windows are what is left of it
 *
 * Returns: (transfer full): its windows, none of them taken
 */
DialWindows *
dial_windows_new (DialSyncPosition *position)
{
  DialWindows *self = g_new0 (DialWindows, 1);

  self->position = position;
  self->windows = position->windows;
  self->busy = g_hash_table_new (NULL, NULL);
  self->dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_sync_window_free);
  self->page_rows = 1;
  self->birth = position->oldest;
  return self;
}

/**
 * dial_windows_hint_birth:
 * @self: windows
 * @instant: about when the oldest row was created
 *
 * Tells how far back the list may go, where no walk has seen it yet; the earliest word counts. Windows are cut by
 * that, and nobody is missed if it is wrong.
 */
void
dial_windows_hint_birth (DialWindows *self,
                         gint64       instant)
{
  if (self->position->oldest == DIAL_INSTANT_UNKNOWN && instant != DIAL_INSTANT_UNKNOWN &&
      (self->birth == DIAL_INSTANT_UNKNOWN || instant < self->birth))
    self->birth = instant;
}

void
dial_windows_free (DialWindows *self)
{
  g_ptr_array_unref (self->dropped);
  g_hash_table_unref (self->busy);
  g_free (self);
}

static gboolean
is_busy (DialWindows    *self,
         DialSyncWindow *window)
{
  return g_hash_table_contains (self->busy, window);
}

static gboolean
is_fresh (DialSyncWindow *window)
{
  return window->next == NULL && window->n_rows == 0;
}

/* Where a window ends that is open towards the present, and begins that is open towards the past. */
static gint64
get_top (DialWindows    *self,
         DialSyncWindow *window)
{
  return window->until != DIAL_INSTANT_UNKNOWN ? window->until : self->position->started_at;
}

static gint64
get_bottom (DialWindows    *self,
            DialSyncWindow *window)
{
  gint64 birth = self->birth != 0 ? self->birth : self->position->started_at - AGE;

  return window->from != DIAL_INSTANT_UNKNOWN ? window->from : MIN (birth, get_top (self, window));
}

static gint64
get_reached (DialWindows    *self,
             DialSyncWindow *window)
{
  gint64 top = get_top (self, window);

  return window->reached != DIAL_INSTANT_UNKNOWN ? MIN (window->reached, top) : top;
}

/* Rows still to come of a window whose pages are counted down. */
static double
count_pages_left (DialWindows    *self,
                  DialSyncWindow *window)
{
  return window->next != NULL ? (double) g_ascii_strtoull (window->next, NULL, 10) * self->page_rows : 0;
}

/* Rows a microsecond of what was seen of @window; 0 where that does not tell. Where it has come is the
 * middle of its last page, half of which lies behind. */
static double
get_density (DialWindows    *self,
             DialSyncWindow *window)
{
  gint64 bottom = self->position->by_pages ? get_bottom (self, window) : get_reached (self, window);
  gint64 span = get_top (self, window) - bottom;
  double n_rows;

  if (window->n_rows == 0 || span < SHORTEST)
    return 0;

  n_rows = self->position->by_pages ? window->n_rows + count_pages_left (self, window)
                                    : window->n_rows - self->page_rows / 2.0;
  return MAX (n_rows, 1) / (double) span;
}

/* Rows still to come in @window, as far as can be guessed. */
static double
guess_left (DialWindows    *self,
            DialSyncWindow *window)
{
  double density;

  if (self->position->by_pages && !is_fresh (window))
    return count_pages_left (self, window);

  density = is_fresh (window) ? self->density : get_density (self, window);
  if (density == 0)
    return self->page_rows;

  return (double) MAX (get_reached (self, window) - get_bottom (self, window), 0) * density;
}

static double
guess_all_left (DialWindows *self)
{
  double left = 0;

  for (guint i = 0; i < self->windows->len; i++)
    left += guess_left (self, g_ptr_array_index (self->windows, i));

  return left;
}

static void
insert_before (DialWindows    *self,
               DialSyncWindow *place,
               DialSyncWindow *window)
{
  guint index;

  g_ptr_array_find (self->windows, place, &index);
  g_ptr_array_insert (self->windows, (int) index, window);
}

/* What one walker gets of a window nobody began. */
static double
get_part (DialWindows           *self,
          const DialWindowShare *share)
{
  return MAX (share->part, FEWEST_PAGES * self->page_rows);
}

/* Where to cut @window, of which @left rows are to come at @density, so that one walker has its part in the newer
 * part. Returns 0 if it had better stay whole. */
static gint64
find_cut (DialWindows           *self,
          DialSyncWindow        *window,
          double                 left,
          double                 density,
          const DialWindowShare *share)
{
  double part = get_part (self, share);
  gint64 top = get_top (self, window);
  gint64 bottom = get_bottom (self, window);
  gint64 cut;

  if (density == 0 || left < TOO_MUCH * part)
    return 0;

  cut = (top - (gint64) MIN (part / density, (double) (top - bottom))) / 1000 * 1000;
  return top - cut >= SHORTEST && cut - bottom >= SHORTEST ? cut : 0;
}

/* Cuts the newest part off a window nobody began. Returns the part. */
static DialSyncWindow *
cut_off (DialWindows    *self,
         DialSyncWindow *window,
         gint64          cut)
{
  DialSyncWindow *part = dial_sync_window_new (cut, window->until);

  insert_before (self, window, part);
  window->until = cut;
  window->reached = cut;
  return part;
}

/* Replaces a window under way by one nobody began. */
static DialSyncWindow *
begin_anew (DialWindows    *self,
            DialSyncWindow *window)
{
  DialSyncWindow *anew = dial_sync_window_new (window->from, window->until);
  guint index;

  /* What is read twice counts once. */
  self->position->n_received -= MIN (self->position->n_received, window->n_rows);

  insert_before (self, window, anew);
  g_ptr_array_find (self->windows, window, &index);
  if (is_busy (self, window))
    g_ptr_array_add (self->dropped, g_ptr_array_steal_index (self->windows, index));
  else
    g_ptr_array_remove_index (self->windows, index);
  return anew;
}

/* Where to cut a window under way: nowhere, if one walker can do it in time, or not much more is left than would
 * be read twice. */
static gint64
find_split (DialWindows           *self,
            DialSyncWindow        *window,
            const DialWindowShare *share)
{
  double left = guess_left (self, window);

  if (is_fresh (window) || left < share->most || left < SPLIT * (window->n_rows + self->page_rows))
    return 0;

  return find_cut (self, window, left + window->n_rows, get_density (self, window), share);
}

/* The window under way with the most left is shared if it would be late. */
static void
split_slowest (DialWindows           *self,
               const DialWindowShare *share)
{
  DialSyncWindow *slowest = NULL;
  gint64 cut = 0;

  for (guint i = 0; i < self->windows->len; i++) {
    DialSyncWindow *window = g_ptr_array_index (self->windows, i);

    if ((slowest == NULL || guess_left (self, window) > guess_left (self, slowest)) &&
        find_split (self, window, share) != 0)
      slowest = window;
  }

  if (slowest == NULL || self->n_splits++ >= MOST_SPLITS)
    return;

  cut = find_split (self, slowest, share);
  self->density = get_density (self, slowest);
  (void) cut_off (self, begin_anew (self, slowest), cut);
}

/* Nobody knows how far back the list goes: the oldest window is looked into early, and where nobody is, its
 * newer neighbour is halved, so that it turns out soon how much there is to share. */
static DialSyncWindow *
find_end (DialWindows           *self,
          const DialWindowShare *share)
{
  DialSyncWindow *oldest = g_ptr_array_index (self->windows, self->windows->len - 1);
  gint64 bottom = get_bottom (self, oldest);
  gint64 cut = bottom;

  if (self->position->by_pages || self->density == 0 || is_busy (self, oldest) || !is_fresh (oldest) ||
      guess_left (self, oldest) < MAX (share->part, 2 * self->page_rows))
    return NULL;

  if (oldest->from != DIAL_INSTANT_UNKNOWN) {
    if (!self->is_lost)
      return NULL;
    cut += (get_top (self, oldest) - bottom) / 2;
  }
  (void) cut_off (self, oldest, cut / 1000 * 1000);
  return oldest;
}

/* Pages a walker may have before it that takes @window: guesses are half a page off. */
static guint
count_pages (DialWindows           *self,
             DialSyncWindow        *window,
             const DialWindowShare *share)
{
  double left = guess_left (self, window);

  if (is_fresh (window) && find_cut (self, window, left, self->density, share) != 0)
    left = get_part (self, share);
  return (guint) CLAMP (ceil (left / self->page_rows + 0.5), 1, G_MAXINT);
}

/**
 * dial_windows_get_longest:
 * @self: windows
 * @share: how much one walker does
 * @free: of the windows that nobody asks for, or of all
 *
 * Returns: the pages that are left in the longest, once it is cut; 0 if there is none
 */
guint
dial_windows_get_longest (DialWindows           *self,
                          const DialWindowShare *share,
                          gboolean               free)
{
  guint longest = 0;

  for (guint i = 0; i < self->windows->len; i++) {
    DialSyncWindow *window = g_ptr_array_index (self->windows, i);

    if (!free || !is_busy (self, window))
      longest = MAX (longest, count_pages (self, window, share));
  }

  return longest;
}

/* The newest of the longest; of all, where windows are not kept even and none would be late. One walker's part is cut
 * off if nobody began it. */
static DialSyncWindow *
find_next (DialWindows           *self,
           const DialWindowShare *share)
{
  guint least = dial_windows_get_longest (self, share, TRUE);

  if (!share->even && (double) least * self->page_rows <= share->most)
    least = 0;

  for (guint i = 0; i < self->windows->len; i++) {
    DialSyncWindow *window = g_ptr_array_index (self->windows, i);
    gint64 cut = 0;

    if (is_busy (self, window) || count_pages (self, window, share) < least)
      continue;
    if (is_fresh (window))
      cut = find_cut (self, window, guess_left (self, window), self->density, share);
    return cut != 0 ? cut_off (self, window, cut) : window;
  }

  return NULL;
}

/**
 * dial_windows_take:
 * @self: windows
 * @share: how much one walker does
 *
 * Returns: (transfer none) (nullable): a window to ask for the next page of, that nobody asks for; until dial_windows_release() or dial_windows_advance() it is the caller's
 */
DialSyncWindow *
dial_windows_take (DialWindows           *self,
                   const DialWindowShare *share)
{
  DialSyncWindow *window;

  if (self->windows->len == 0)
    return NULL;

  split_slowest (self, share);
  window = find_end (self, share);
  if (window == NULL)
    window = find_next (self, share);
  if (window != NULL)
    g_hash_table_add (self->busy, window);
  return window;
}

/**
 * dial_windows_release:
 * @self: windows
 * @window: one that was taken
 *
 * Gives a window back of which no page came.
 */
void
dial_windows_release (DialWindows    *self,
                      DialSyncWindow *window)
{
  g_hash_table_remove (self->busy, window);
  g_ptr_array_remove (self->dropped, window);
}

/* The list goes back further than was thought: it is taken for somewhat older. */
static void
look_back (DialWindows    *self,
           DialSyncWindow *window)
{
  gint64 started_at = self->position->started_at;
  gint64 reached = get_reached (self, window);

  if (window->from != DIAL_INSTANT_UNKNOWN)
    return;
  if (self->position->by_pages) {
    self->birth = self->oldest;
    return;
  }
  while (reached - get_bottom (self, window) < (started_at - reached) / 16)
    self->birth = get_bottom (self, window) - (started_at - get_bottom (self, window)) / 4 - AGE / 16;
}

static void
take_in (DialWindows          *self,
         DialSyncWindow       *window,
         const DialWindowPage *page)
{
  gint64 bottom = window->from;

  /* Dates of long ago among new ones say nothing of how far the others are. */
  if (page->created_at != DIAL_INSTANT_UNKNOWN)
    window->reached = CLAMP (page->created_at, bottom, get_reached (self, window));
  window->n_rows += page->n_rows;
  g_free (window->next);
  window->next = g_strdup (page->next);

  if (page->oldest != DIAL_INSTANT_UNKNOWN &&
      (self->oldest == DIAL_INSTANT_UNKNOWN || page->oldest < self->oldest))
    self->oldest = page->oldest;
  if (get_density (self, window) > 0 || window->n_rows == 0)
    self->density = get_density (self, window);
  if (window->next != NULL) {
    look_back (self, window);
    return;
  }

  if (window == g_ptr_array_index (self->windows, self->windows->len - 1)) {
    self->is_lost = window->n_rows == 0;
    if (self->is_lost)
      self->birth = get_top (self, window);
  }
  g_ptr_array_remove (self->windows, window);
  if (self->windows->len == 0 && self->oldest != DIAL_INSTANT_UNKNOWN)
    self->position->oldest = self->oldest;
}

/**
 * dial_windows_advance:
 * @self: windows
 * @window: one that was taken
 * @page: what came
 *
 * Takes a page in and gives the window back. It is gone when it was the last page.
 *
 * Returns: whether the page counts; %FALSE if the window was cut meanwhile, so that its parts are walked anew
 */
gboolean
dial_windows_advance (DialWindows          *self,
                      DialSyncWindow       *window,
                      const DialWindowPage *page)
{
  self->page_rows = MAX (self->page_rows, page->n_rows);
  g_hash_table_remove (self->busy, window);
  if (g_ptr_array_remove (self->dropped, window))
    return FALSE;

  take_in (self, window, page);
  return TRUE;
}

/**
 * dial_windows_restart:
 * @self: windows
 * @window: one that was taken
 *
 * Lets a window begin anew and gives it back: its cursor is not accepted any more.
 *
 * Returns: whether it had a cursor; without one there is nothing to begin anew
 */
gboolean
dial_windows_restart (DialWindows    *self,
                      DialSyncWindow *window)
{
  gboolean had_cursor = window->next != NULL;

  if (had_cursor) {
    self->position->n_received -= MIN (self->position->n_received, window->n_rows);
    g_clear_pointer (&window->next, g_free);
    window->reached = window->until;
    window->n_rows = 0;
  }
  dial_windows_release (self, window);
  return had_cursor;
}

guint
dial_windows_get_n_busy (DialWindows *self)
{
  return g_hash_table_size (self->busy);
}

gboolean
dial_windows_is_done (DialWindows *self)
{
  return self->windows->len == 0;
}

/**
 * dial_windows_estimate_left:
 * @self: windows
 * @n_rows: (out): about how many rows are still to come
 *
 * Returns: whether that can be told; not while nobody knows how far back the list goes
 */
gboolean
dial_windows_estimate_left (DialWindows *self,
                            double      *n_rows)
{
  *n_rows = guess_all_left (self);
  for (guint i = 0; i < self->windows->len; i++) {
    DialSyncWindow *window = g_ptr_array_index (self->windows, i);

    if (window->from == DIAL_INSTANT_UNKNOWN && self->birth == DIAL_INSTANT_UNKNOWN &&
        (!self->position->by_pages || is_fresh (window)))
      return FALSE;
  }

  return TRUE;
}
