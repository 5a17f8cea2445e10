#include "dial-turns.h"

#include <math.h>

/* So many times as many parts as walkers, where they are not kept even. */
#define SMALLER 1.6

/* Walkers, and what they share. */
typedef struct {
  guint  n_walks;
  guint  n_needed;
  guint  n_walkers;
  double all_left;  /* rows */
} Crew;

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

static double
count_left (DialWalk *walk)
{
  double left;

  (void) dial_windows_estimate_left (walk->windows, &left);
  return left;
}

static Crew
begin_turn (GPtrArray *shared,
            guint      n_needed,
            guint      n_walkers)
{
  Crew crew = { shared->len, n_needed, n_walkers, 0 };

  for (guint i = 0; i < shared->len; i++)
    crew.all_left += count_left (g_ptr_array_index (shared, i));

  return crew;
}

/* Where an allowance is what takes the time, all parts are kept even, to come to their end in its last window
 * together. */
static gboolean
is_even (const Crew *crew)
{
  return crew->n_needed < crew->n_walkers;
}

/* Where there is none, each list keeps its own walkers, and the newest people come first. */
static DialWindowShare
share_out (const Crew *crew,
           DialWalk   *walk)
{
  double left = count_left (walk), n_walkers;

  if (crew->n_walkers <= crew->n_walks)
    return DIAL_WINDOW_SHARE_ALL;
  if (is_even (crew))
    return (DialWindowShare) { crew->all_left / crew->n_walkers, crew->all_left / crew->n_needed, TRUE };

  n_walkers = round (crew->n_walkers * left / MAX (crew->all_left, 1));
  return n_walkers < 2 ? DIAL_WINDOW_SHARE_ALL
                       : (DialWindowShare) { left / (SMALLER * n_walkers), left / n_walkers, FALSE };
}

/* How much of a walk is still to come, as a part of it. */
static double
get_part_left (DialWalk *walk)
{
  double left = count_left (walk) + 1;

  return left / (left + walk->position->n_received);
}

/* How much it is @walk's turn: if parts are kept even, by the longest of those nobody asks for; otherwise by what is
 * left of it, so that people come with their applications, after walks that have not their share of walkers. */
static double
get_claim (DialWalk   *walk,
           const Crew *crew)
{
  DialWindowShare share = share_out (crew, walk);
  guint longest = dial_windows_get_longest (walk->windows, &share, TRUE);

  if (longest == 0 || is_even (crew))
    return longest;
  return get_part_left (walk) +
         (dial_windows_get_n_busy (walk->windows) < MAX (crew->n_walkers / crew->n_walks, 1) ? 1 : 0);
}

/* Finds one more page to ask for; @n_asked are asked for already. As long as they are enough to use the allowance up,
 * @n_needed, more are only asked for of parts that are not ahead of others. Returns the walk, or NULL if there is
 * nothing to ask for. */
DialWalk *
dial_turns_take (GPtrArray       *walks,
                 guint            n_asked,
                 guint            n_needed,
                 guint            n_walkers,
                 DialSyncWindow **window)
{
  g_autoptr (GPtrArray) shared = list_shared_walks (walks);
  Crew crew = begin_turn (shared, n_needed, n_walkers);
  DialWalk *next = take_whole (walks, window);
  DialWindowShare share;
  double strongest = 0;
  guint longest = 0;

  if (next != NULL)
    return next;

  for (guint i = 0; i < shared->len; i++) {
    DialWalk *walk = g_ptr_array_index (shared, i);
    double claim = get_claim (walk, &crew);

    share = share_out (&crew, walk);
    longest = MAX (longest, dial_windows_get_longest (walk->windows, &share, FALSE));
    if (claim > strongest) {
      strongest = claim;
      next = walk;
    }
  }

  if (next == NULL || (is_even (&crew) && n_asked >= n_needed && strongest + 1 < longest))
    return NULL;

  share = share_out (&crew, next);
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
