#include "dial-walk.h"

/* @position is copied. */
DialWalk *
dial_walk_new (DialResource            resource,
               const DialSyncPosition *position)
{
  DialWalk *self = g_new0 (DialWalk, 1);

  self->resource = resource;
  self->position = dial_sync_position_copy (position);
  self->restarted = g_hash_table_new (NULL, NULL);
  return self;
}

void
dial_walk_free (DialWalk *self)
{
  g_hash_table_unref (self->restarted);
  g_clear_pointer (&self->windows, dial_windows_free);
  dial_sync_position_free (self->position);
  g_free (self);
}

/* Begins a walk: through what changed @since, or through everything where that is unknown. */
void
dial_walk_begin (DialWalk *self,
                 gint64    run,
                 gint64    since,
                 gboolean  by_pages)
{
  DialSyncPosition *position = self->position;

  position->walking = TRUE;
  position->run = run;
  position->started_at = DIAL_INSTANT_UNKNOWN;
  position->since = since;
  position->by_pages = by_pages && since == DIAL_INSTANT_UNKNOWN;
  position->n_received = 0;
  g_ptr_array_set_size (position->windows, 0);
  g_ptr_array_add (position->windows, dial_sync_window_new (DIAL_INSTANT_UNKNOWN,
                                                            DIAL_INSTANT_UNKNOWN));
  self->is_new = TRUE;
  dial_walk_resume (self);
}

/* Goes on with the walk that is under way. */
void
dial_walk_resume (DialWalk *self)
{
  self->windows = dial_windows_new (self->position);
}

/* Whether it goes through everything, so that whom it does not meet is gone. */
gboolean
dial_walk_is_whole (DialWalk *self)
{
  return self->position->since == DIAL_INSTANT_UNKNOWN;
}

gboolean
dial_walk_is_done (DialWalk *self)
{
  return self->is_given_up || dial_windows_is_done (self->windows);
}

/* Which candidates are still there is asked by ids alone, which are much less to read; v1 has no such lists.
 * The others are smaller, and a merge may move an application without a trace: they are read whole. */
static gboolean
has_ids_only (DialWalk *self)
{
  return self->position->aim == DIAL_SYNC_AIM_PRESENCE && !self->position->by_pages &&
         self->resource == DIAL_RESOURCE_CANDIDATES;
}

/* The number of the next page, 0 where that has an address instead or is the first. */
static guint
get_number (DialWalk       *self,
            DialSyncWindow *window)
{
  if (!self->position->by_pages || window->next == NULL || !g_ascii_isdigit (*window->next))
    return 0;

  return (guint) g_ascii_strtoull (window->next, NULL, 10);
}

/* What to ask for the page of @window that comes next. */
void
dial_walk_get_stretch (DialWalk       *self,
                       DialSyncWindow *window,
                       DialStretch    *stretch)
{
  *stretch = (DialStretch) {
    .resource = self->resource,
    .created_from = window->from,
    .created_until = window->until,
    .updated_since = self->position->since,
    .ids_only = has_ids_only (self),
    .page = get_number (self, window),
  };

  /* Pages that are counted must not be moved by newcomers. */
  if (self->position->by_pages && stretch->created_until == DIAL_INSTANT_UNKNOWN)
    stretch->created_until = self->position->started_at;
}

/* Whether the next page of @window has an address of its own, in `window->next`. */
gboolean
dial_walk_has_address (DialWalk       *self,
                       DialSyncWindow *window)
{
  return window->next != NULL && get_number (self, window) == 0;
}

/* The page behind @page. Numbered ones are counted down from the last: when a row is deleted, those behind it
 * move up to pages that are still to be read. The first, which told how many there are, is read again. */
static char *
dup_next (DialWalk           *self,
          DialSyncWindow     *window,
          DialGreenhousePage *page)
{
  guint number = get_number (self, window);

  if (number > 1)
    return g_strdup_printf ("%u", number - 1);
  if (number == 1)
    return NULL;
  if (self->position->by_pages && window->next == NULL && page->n_pages > 1)
    return g_strdup_printf ("%u", page->n_pages);
  return g_strdup (page->next);
}

/* Takes a page in: afterwards the position is the one behind it, to be saved with it. */
void
dial_walk_take_page (DialWalk           *self,
                     DialSyncWindow     *window,
                     DialGreenhousePage *page)
{
  DialSyncPosition *position = self->position;
  g_autofree char *next = dup_next (self, window, page);
  guint n_rows = (page->ids != NULL ? page->ids->len : page->records->len) + page->skipped;
  DialWindowPage facts = {
    .n_rows = n_rows,
    .created_at = page->created_at,
    .oldest = page->oldest,
    .next = next,
  };

  if (position->started_at == DIAL_INSTANT_UNKNOWN)
    position->started_at = page->answered_at != DIAL_INSTANT_UNKNOWN ? page->answered_at
                                                                      : g_get_real_time ();
  g_hash_table_remove (self->restarted, window);
  if (dial_windows_advance (self->windows, window, &facts))
    position->n_received += n_rows;

  if (dial_windows_is_done (self->windows)) {
    position->walking = FALSE;
    position->completed_since = position->started_at;
  }
  position->n_saves++;
  self->is_new = FALSE;
}

/* How long a cursor lives is not known, and a stored address may be one of before the integration moved: if
 * it fails, its window begins again, once. Returns whether there is hope. */
gboolean
dial_walk_restart (DialWalk       *self,
                   DialSyncWindow *window)
{
  if (!dial_windows_restart (self->windows, window))
    return FALSE;

  return g_hash_table_add (self->restarted, window);
}
