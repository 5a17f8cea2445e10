#include "dial-shown.h"

/* A view asks for each row of a stretch that is replaced in one go, and finds what it holds among them: up to
 * so many that is worth it. */
#define SHORT_STRETCH 32

/* A view makes widgets for some two hundred rows, however long the list. */
#define N_WIDGETS 256

void
dial_shown_init (DialShown *self)
{
  *self = (DialShown) { .now = dial_findings_new (), .limit = G_MAXUINT };
}

static void
end_change (DialShown *self)
{
  g_clear_pointer (&self->before, dial_findings_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  self->split = self->now_split = self->n_runs = 0;
}

void
dial_shown_clear (DialShown *self)
{
  end_change (self);
  g_clear_pointer (&self->now, dial_findings_unref);
}

guint
dial_shown_count (DialShown *self)
{
  return MIN (self->split + self->now->places->len - self->now_split, self->limit);
}

/* Whether what is shown at @position is still to be changed. */
gboolean
dial_shown_is_old (DialShown *self,
                   guint       position)
{
  return position < self->split;
}

gint64
dial_shown_get (DialShown *self,
                guint       position)
{
  if (position < self->split)
    return dial_places_get (self->before->places, position);
  return dial_places_get (self->now->places, position - self->split + self->now_split);
}

/* From 0 on. */
static int
get_tier (DialFindings *findings,
          guint         position)
{
  int tier = 0;

  while (tier < DIAL_N_TIERS - 1 && position >= findings->tier_ends[tier])
    tier++;
  return tier;
}

int
dial_shown_get_tier (DialShown *self,
                     guint       position)
{
  if (position < self->split)
    return get_tier (self->before, position);
  return get_tier (self->now, position - self->split + self->now_split);
}

/* How many of @findings stand before a place of a tier. */
static guint
rank (DialFindings *findings,
      int           tier,
      gint64        place)
{
  guint start = tier > 0 ? findings->tier_ends[tier - 1] : 0;
  guint end = findings->tier_ends[tier];

  return dial_places_find (findings->places, start, end, place);
}

/* How many of a list whose tiers descend stand before a place of a tier. */
guint
dial_shown_rank (DialShown *self,
                 int         tier,
                 gint64      place)
{
  guint old = self->before != NULL ? MIN (rank (self->before, tier, place), self->split) : 0;
  guint now = MAX (rank (self->now, tier, place), self->now_split);

  return MIN (old + now - self->now_split, self->limit);
}

/* Where @place stands in @findings, %G_MAXUINT if it does not; quick if the tiers descend. */
guint
dial_shown_find_in (DialFindings *findings,
                    gboolean      sorted,
                    gint64        place)
{
  const DialPlaces *places = findings->places;

  for (int tier = 0; sorted && tier < DIAL_N_TIERS; tier++) {
    guint found = rank (findings, tier, place);

    if (found < findings->tier_ends[tier] && dial_places_get (places, found) == place)
      return found;
  }
  for (guint i = 0; !sorted && i < places->len; i++) {
    if (dial_places_get (places, i) == place)
      return i;
  }
  return G_MAXUINT;
}

/* Where @place is shown, %G_MAXUINT if it is not. */
guint
dial_shown_find (DialShown *self,
                 gint64      place)
{
  guint found = dial_shown_find_in (self->now, self->sorted, place);

  if (found != G_MAXUINT && found >= self->now_split)
    return found < self->limit ? found - self->now_split + self->split : G_MAXUINT;

  found = self->before != NULL ? dial_shown_find_in (self->before, self->sorted, place) : G_MAXUINT;
  return found < self->split ? found : G_MAXUINT;
}

/* Shows @now at once; takes it. What to tell of it is up to the caller. */
void
dial_shown_show (DialShown   *self,
                 DialFindings *now,
                 gboolean      sorted)
{
  dial_shown_clear (self);
  self->now = now;
  self->sorted = sorted;
  self->limit = G_MAXUINT;
}

/* Shows so many of them only; while nothing changes. */
void
dial_shown_limit (DialShown *self,
                  guint      limit)
{
  g_assert (self->before == NULL);

  self->limit = limit < self->now->places->len ? limit : G_MAXUINT;
}

/* Whether there are more than are shown. */
gboolean
dial_shown_can_grow (DialShown *self)
{
  return self->limit < G_MAXUINT;
}

/* Shows some more, and all where a view makes no more widgets. */
void
dial_shown_grow (DialShown *self)
{
  guint limit = dial_shown_count (self) + DIAL_SHOWN_STEP;

  dial_shown_limit (self, limit < N_WIDGETS ? limit : G_MAXUINT);
}

/* What is shown is the beginning of @now, the rest of which is shown by growing; takes it. */
void
dial_shown_continue (DialShown    *self,
                     DialFindings *now)
{
  guint n_shown = dial_shown_count (self);

  dial_shown_show (self, now, self->sorted);
  dial_shown_limit (self, n_shown);
}

/* From now on each step brings what is shown nearer to @now, through @runs; takes both. */
void
dial_shown_change (DialShown   *self,
                   DialFindings *now,
                   GArray       *runs)
{
  g_assert (self->before == NULL && self->limit == G_MAXUINT);

  self->before = self->now;
  self->now = now;
  self->runs = runs;
  self->n_runs = runs->len;
  self->split = self->before->places->len;
  self->now_split = now->places->len;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint one = ((const DialMergeRun *) a)->old_position, other = ((const DialMergeRun *) b)->old_position;

  return (one > other) - (one < other);
}

/* Those of @held that stand in both lists, for the same reason, as runs of one each. */
static GArray *
find_staying (DialShown *self,
              GArray    *held)
{
  GArray *staying = g_array_new (FALSE, FALSE, sizeof (DialMergeRun));

  for (guint i = 0; i < held->len; i++) {
    gint64 place = g_array_index (held, gint64, i);
    guint old = dial_shown_find_in (self->before, TRUE, place);
    guint now = dial_shown_find_in (self->now, TRUE, place);
    DialMergeRun one = { old, 1, now, 1 };

    if (old != G_MAXUINT && now != G_MAXUINT && get_tier (self->before, old) == get_tier (self->now, now))
      g_array_append_val (staying, one);
  }

  g_array_sort (staying, compare_positions);
  return staying;
}

static gboolean
replaces (const DialMergeRun *run,
          const DialMergeRun *one)
{
  return one->old_position >= run->old_position && one->old_position < run->old_position + run->n_removed &&
         one->new_position >= run->new_position && one->new_position < run->new_position + run->n_added;
}

static void
append_run (GArray       *runs,
            DialMergeRun  run)
{
  if (run.n_removed > 0 || run.n_added > 0)
    g_array_append_val (runs, run);
}

/* Appends what is left of @run when all of @staying that stand in it stay, beginning with @next of them.
 *
 * Returns: the next one behind @run */
static guint
append_parts (GArray             *runs,
              DialMergeRun        rest,
              GArray             *staying,
              guint               next)
{
  for (; next < staying->len; next++) {
    const DialMergeRun *one = &g_array_index (staying, DialMergeRun, next);
    guint n_removed, n_added;

    if (one->old_position >= rest.old_position + rest.n_removed)
      break;
    if (!replaces (&rest, one))
      continue;

    n_removed = one->old_position - rest.old_position;
    n_added = one->new_position - rest.new_position;
    append_run (runs, (DialMergeRun) { rest.old_position, n_removed, rest.new_position, n_added });
    rest = (DialMergeRun) { one->old_position + 1, rest.n_removed - n_removed - 1,
                            one->new_position + 1, rest.n_added - n_added - 1 };
  }
  append_run (runs, rest);
  return next;
}

/* Lets those of @held (of gint64) stay that the steps to come would replace by themselves within long stretches:
 * when these were compared others were looked at. Only where the tiers descend, for there they stand in one order. */
void
dial_shown_spare (DialShown *self,
                  GArray    *held)
{
  GArray *runs = g_array_sized_new (FALSE, FALSE, sizeof (DialMergeRun), self->n_runs);
  g_autoptr (GArray) staying = find_staying (self, held);
  guint next = 0;

  g_assert (self->sorted);

  for (guint i = 0; i < self->n_runs; i++) {
    const DialMergeRun *run = &g_array_index (self->runs, DialMergeRun, i);

    if (self->split > run->old_position)
      next = append_parts (runs, *run, staying, next);
    else
      g_array_append_val (runs, *run);      /* whoever it removes is gone by now */
  }
  g_array_unref (self->runs);
  self->runs = runs;
  self->n_runs = runs->len;
}

/* Whether there is one more step to take, and what it will change. */
gboolean
dial_shown_peek (DialShown *self,
                 guint      *position,
                 guint      *n_removed,
                 guint      *n_added)
{
  const DialMergeRun *run;

  if (self->n_runs == 0) {
    end_change (self);
    return FALSE;
  }

  run = &g_array_index (self->runs, DialMergeRun, self->n_runs - 1);
  *position = run->old_position;
  *n_removed = self->split > run->old_position ? run->n_removed : 0;
  *n_added = run->n_added;

  /* A long stretch leaves before what replaces it comes. */
  if (*n_removed > 0 && *n_added > 0 && *n_removed + *n_added > SHORT_STRETCH)
    *n_added = 0;
  return TRUE;
}

/* Takes the step that dial_shown_peek() tells of. */
void
dial_shown_step (DialShown *self)
{
  const DialMergeRun *run;
  guint position, n_removed, n_added;

  if (!dial_shown_peek (self, &position, &n_removed, &n_added))
    return;

  run = &g_array_index (self->runs, DialMergeRun, self->n_runs - 1);
  self->split = position;
  self->now_split = run->new_position + run->n_added - n_added;
  if (n_added == run->n_added)
    self->n_runs--;
}
