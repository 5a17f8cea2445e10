#include "dial-turns.h"

static gboolean
is_of_people (DialWalk *walk)
{
  return walk->resource == DIAL_RESOURCE_CANDIDATES || walk->resource == DIAL_RESOURCE_APPLICATIONS;
}

static double
count_left (DialWalk *walk)
{
  double left;

  (void) dial_windows_estimate_left (walk->windows, &left);
  return left;
}

/* How much of a walk is still to come, as a part of it. */
static double
get_part_left (DialWalk *walk)
{
  double left = count_left (walk) + 1;

  return left / (left + walk->position->n_received);
}

/* Whose turn it is: names, then the walk that is behind, so that people come with their applications, and all
 * come to their end together. */
static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  DialWalk *one = *(DialWalk **) a, *other = *(DialWalk **) b;
  double left = get_part_left (one), right = get_part_left (other);

  if (is_of_people (one) != is_of_people (other))
    return is_of_people (one) ? 1 : -1;

  return left > right ? -1 : left < right;
}

static GPtrArray *
list_open_walks (GPtrArray *walks)
{
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < walks->len; i++)
    if (!dial_walk_is_done (g_ptr_array_index (walks, i)))
      g_ptr_array_add (open, g_ptr_array_index (walks, i));

  g_ptr_array_sort (open, compare_turns);
  return open;
}

/* How many walkers @walk would keep if all that is left were shared out among @n_walkers. */
static guint
count_walkers (GPtrArray *open,
               DialWalk  *walk,
               guint      n_walkers)
{
  double all = 0;

  for (guint i = 0; i < open->len; i++)
    all += count_left (g_ptr_array_index (open, i));

  return all > 0 ? MAX ((guint) (n_walkers * count_left (walk) / all + 0.5), 1) : 1;
}

/* Finds one more page to ask for, of a walk that has less than its share of walkers, or of any that has
 * work: @n_asked of all are asked for already. Returns the walk, or NULL if there is nothing to ask for. */
DialWalk *
dial_turns_take (GPtrArray       *walks,
                 guint            n_asked,
                 guint            n_walkers,
                 DialSyncWindow **window)
{
  g_autoptr (GPtrArray) open = list_open_walks (walks);
  guint share = open->len > 0 ? MAX (n_walkers / open->len, 1) : 0;

  for (guint i = 0; i < 2 * open->len; i++) {
    DialWalk *walk = g_ptr_array_index (open, i % open->len);
    guint n_busy = dial_windows_get_n_busy (walk->windows);
    guint most = i < open->len ? share : n_walkers - MIN (n_walkers, n_asked - n_busy);

    /* What changed cannot be asked for by creation dates as well; names are a few pages. */
    if (!dial_walk_is_whole (walk) || !is_of_people (walk))
      most = MIN (most, 1);
    if (n_busy >= most)
      continue;

    *window = dial_windows_take (walk->windows, most > 1 ? count_walkers (open, walk, n_walkers) : 1);
    if (*window != NULL)
      return walk;
  }

  return NULL;
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
