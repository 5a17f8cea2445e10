#include "dial-turns.h"

static gboolean
is_of_people (DialWalk *walk)
{
  return walk->resource == DIAL_RESOURCE_CANDIDATES || walk->resource == DIAL_RESOURCE_APPLICATIONS;
}

/* Whether several walkers can have parts of it: what changed cannot be asked for by creation dates as well; names are
 * a few pages. */
static gboolean
can_share (DialWalk *walk)
{
  return dial_walk_is_whole (walk) && is_of_people (walk);
}

/* A list that one walker walks alone. */
static DialWalk *
take_whole (GPtrArray       *walks,
            DialSyncWindow **window)
{
  for (guint i = 0; i < walks->len; i++) {
    DialWalk *walk = g_ptr_array_index (walks, i);

    if (can_share (walk) || dial_walk_is_done (walk) || dial_windows_get_n_busy (walk->windows) > 0)
      continue;
    *window = dial_windows_take (walk->windows, &DIAL_WINDOW_SHARE_ALL);
    if (*window != NULL)
      return walk;
  }

  return NULL;
}

static GPtrArray *
list_shared_walks (GPtrArray *walks)
{
  GPtrArray *shared = g_ptr_array_new ();

  for (guint i = 0; i < walks->len; i++) {
    DialWalk *walk = g_ptr_array_index (walks, i);

    if (can_share (walk) && !dial_walk_is_done (walk))
      g_ptr_array_add (shared, walk);
  }

  return shared;
}

static DialWindowShare
share_out (GPtrArray *shared,
           guint      n_needed,
           guint      n_walkers)
{
  double all = 0;

  for (guint i = 0; i < shared->len; i++) {
    DialWalk *walk = g_ptr_array_index (shared, i);
    double left;

    (void) dial_windows_estimate_left (walk->windows, &left);
    all += left;
  }

  return n_walkers > shared->len ? (DialWindowShare) { all / n_walkers, all / n_needed } : DIAL_WINDOW_SHARE_ALL;
}

/* Finds one more page to ask for: of the list and the part of it that has the most left, so that all come to their end
 * together, and people with their applications. @n_asked are asked for already. As long as they are enough to use the
 * allowance up, @n_needed, more are only asked for of parts that are not ahead of others. Returns the walk, or NULL if
 * there is nothing to ask for. */
DialWalk *
dial_turns_take (GPtrArray       *walks,
                 guint            n_asked,
                 guint            n_needed,
                 guint            n_walkers,
                 DialSyncWindow **window)
{
  g_autoptr (GPtrArray) shared = list_shared_walks (walks);
  DialWindowShare share = share_out (shared, n_needed, n_walkers);
  DialWalk *next = take_whole (walks, window);
  guint longest = 0, longest_free = 0;

  if (next != NULL)
    return next;

  for (guint i = 0; i < shared->len; i++) {
    DialWalk *walk = g_ptr_array_index (shared, i);
    guint length = dial_windows_get_longest (walk->windows, &share, TRUE);

    longest = MAX (longest, dial_windows_get_longest (walk->windows, &share, FALSE));
    if (length > longest_free) {
      longest_free = length;
      next = walk;
    }
  }

  if (next == NULL || (n_asked >= n_needed && longest_free + 1 < longest))
    return NULL;

  *window = dial_windows_take (next->windows, &share);
  return *window != NULL ? next : NULL;
}

/* A company's jobs and users tell about how far back its people go: @walk met one of @oldest. */
void
dial_turns_take_hint (GPtrArray *walks,
                      DialWalk  *walk,
                      gint64     oldest)
{
  if (is_of_people (walk) || oldest == DIAL_INSTANT_UNKNOWN)
    return;

  for (guint i = 0; i < walks->len; i++)
    dial_windows_hint_birth (((DialWalk *) g_ptr_array_index (walks, i))->windows, oldest);
}
