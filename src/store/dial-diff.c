#include "dial-diff.h"

#include <stdlib.h>

#define GONE G_MAXUINT

typedef struct {
  gint64 id;
  guint  position;
} Place;

static int
compare_places (const void *a,
                const void *b)
{
  gint64 left = ((const Place *) a)->id, right = ((const Place *) b)->id;

  return left < right ? -1 : left > right;
}

/* For each of the @n_old ids its position in @new_ids, GONE if it has none. */
static guint *
find_positions (const gint64 *old_ids,
                guint         n_old,
                const gint64 *new_ids,
                guint         n_new)
{
  g_autofree Place *places = g_new (Place, n_new);
  guint *positions = g_new (guint, n_old);

  for (guint i = 0; i < n_new; i++)
    places[i] = (Place) { new_ids[i], i };
  if (n_new > 0)
    qsort (places, n_new, sizeof *places, compare_places);

  for (guint i = 0; i < n_old; i++) {
    Place wanted = { old_ids[i], 0 };
    Place *found = n_new > 0 ? bsearch (&wanted, places, n_new, sizeof *places, compare_places)
                             : NULL;

    positions[i] = found != NULL ? found->position : GONE;
  }
  return positions;
}

/* Marks as GONE all positions but the longest run of rising ones: what need not move. */
static void
keep_longest_rise (guint *positions,
                   guint  n_positions)
{
  /* By length − 1, where the lowest rise of that length ends; and for each the one before in it. */
  g_autofree guint *ends = g_new (guint, n_positions);
  g_autofree guint *before = g_new (guint, n_positions);
  guint length = 0, last;

  for (guint i = 0; i < n_positions; i++) {
    guint low = 0, high = length;

    if (positions[i] == GONE)
      continue;

    while (low < high) {
      guint middle = low + (high - low) / 2;

      if (positions[ends[middle]] < positions[i])
        low = middle + 1;
      else
        high = middle;
    }
    before[i] = low > 0 ? ends[low - 1] : GONE;
    ends[low] = i;
    length = MAX (length, low + 1);
  }

  last = length > 0 ? ends[length - 1] : GONE;
  for (guint i = n_positions; i-- > 0;) {
    if (i == last)
      last = before[i];
    else
      positions[i] = GONE;
  }
}

/*
 * How @old_ids becomes @new_ids in as few rows as can be: runs in rising order, empty if both are
 * the same. An id stands in each list at most once.
 */
GArray *
dial_diff_new (GArray *old_ids,
               GArray *new_ids)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (DialDiffRun));
  const gint64 *old = (const gint64 *) (void *) old_ids->data;
  const gint64 *new = (const gint64 *) (void *) new_ids->data;
  guint n_old = old_ids->len, n_new = new_ids->len, start = 0, i = 0, j = 0;
  g_autofree guint *positions = NULL;

  while (start < n_old && start < n_new && old[start] == new[start])
    start++;
  while (n_old > start && n_new > start && old[n_old - 1] == new[n_new - 1]) {
    n_old--;
    n_new--;
  }

  n_old -= start;
  n_new -= start;
  positions = find_positions (old + start, n_old, new + start, n_new);
  keep_longest_rise (positions, n_old);

  while (i < n_old || j < n_new) {
    DialDiffRun run = { start + i, 0, start + j, 0 };
    guint kept;

    while (i < n_old && positions[i] == GONE)
      i++;
    kept = i < n_old ? positions[i] : n_new;
    run.n_removed = start + i - run.old_position;
    run.n_added = kept - j;
    if (run.n_removed > 0 || run.n_added > 0)
      g_array_append_val (runs, run);

    /* Past what stays. */
    j = kept;
    while (i < n_old && j < n_new && positions[i] == j) {
      i++;
      j++;
    }
  }
  return runs;
}
