#include "dial-merge.h"

#define GONE G_MAXUINT

/* A place that nobody stands at any more, or whoever stands there now belongs into @tier. */
typedef struct {
  gint64 place;
  int    tier;      /* from 0; −1: into none */
} Change;

/* The last place first, as lists have them; of one place whoever stands there comes before that it was left. */
static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const Change *left = a, *right = b;

  if (left->place != right->place)
    return left->place < right->place ? 1 : -1;
  return right->tier - left->tier;
}

static GArray *
list_changes (GArray *gone,
              GArray *matches)
{
  GArray *changes = g_array_sized_new (FALSE, FALSE, sizeof (Change), gone->len + matches->len);

  for (guint i = 0; i < gone->len; i++) {
    Change change = { g_array_index (gone, gint64, i), -1 };

    g_array_append_val (changes, change);
  }
  for (guint i = 0; i < matches->len; i++) {
    const DialMatch *match = &g_array_index (matches, DialMatch, i);
    Change change = { match->place, match->tier > 0 ? match->tier - 1 : -1 };

    if (match->place != 0)
      g_array_append_val (changes, change);
  }

  g_array_sort (changes, compare_changes);
  return changes;
}

static void
merge_tier (DialPlaces *to,
            DialPlaces *from,
            guint       start,
            guint       end,
            GArray     *changes,
            int         tier)
{
  for (guint i = 0; i < changes->len; i++) {
    const Change *change = &g_array_index (changes, Change, i);
    guint found;

    if (i > 0 && change->place == g_array_index (changes, Change, i - 1).place)
      continue;

    found = dial_places_find (from, start, end, change->place);
    dial_places_copy (to, from, start, found);
    start = found < end && dial_places_get (from, found) == change->place ? found + 1 : found;
    if (change->tier == tier)
      dial_places_add (to, change->place);
  }
  dial_places_copy (to, from, start, end);
}

/*
 * What becomes of @old, whose tiers descend, when nobody stands at the places of @gone (of gint64) any more
 * and the candidates of @matches (of DialMatch) stand where these say. Does no harm where @old knew already.
 */
DialFindings *
dial_merge_matches (DialFindings *old,
                    GArray       *gone,
                    GArray       *matches)
{
  DialFindings *merged = dial_findings_new ();
  g_autoptr (GArray) changes = list_changes (gone, matches);
  guint start = 0;

  dial_places_reserve (merged->places, old->places->len + matches->len);
  for (int tier = 0; tier < DIAL_N_TIERS; tier++) {
    merge_tier (merged->places, old->places, start, old->tier_ends[tier], changes, tier);
    merged->tier_ends[tier] = merged->places->len;
    start = old->tier_ends[tier];
  }
  merged->complete = old->complete;
  return merged;
}

/* Which of a few places stands where among very many. */
typedef struct {
  guint   *slots;       /* number of a place + 1, 0 for none */
  guint    mask;
  GArray  *places;
} Index;

static guint
hash_place (gint64 place)
{
  return (guint) (((guint64) place * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32);
}

static void
index_init (Index  *index,
            GArray *places)
{
  guint size = 16;

  while (size < 4 * places->len)
    size *= 2;
  index->slots = g_new0 (guint, size);
  index->mask = size - 1;
  index->places = places;
  for (guint i = 0; i < places->len; i++) {
    guint slot = hash_place (g_array_index (places, gint64, i)) & index->mask;

    while (index->slots[slot] != 0)
      slot = (slot + 1) & index->mask;
    index->slots[slot] = i + 1;
  }
}

static guint
index_find (const Index *index,
            gint64       place)
{
  for (guint slot = hash_place (place) & index->mask; index->slots[slot] != 0; slot = (slot + 1) & index->mask) {
    guint found = index->slots[slot] - 1;

    if (g_array_index (index->places, gint64, found) == place)
      return found;
  }
  return GONE;
}

/* What stands in a list from @start up to @end. */
typedef struct {
  DialFindings *findings;
  guint         start;
  guint         end;
  GHashTable   *reused;
} Stretch;

static gint64
get_place (const Stretch *stretch,
           guint          position)
{
  return dial_places_get (stretch->findings->places, position);
}

/* Whether the same one stands at both positions, and for the same reason. */
static gboolean
is_same (const Stretch *old,
         guint          old_position,
         const Stretch *new,
         guint          new_position)
{
  const guint *old_ends = old->findings->tier_ends, *new_ends = new->findings->tier_ends;
  gint64 place = get_place (old, old_position);

  if (place != get_place (new, new_position))
    return FALSE;
  if (old->reused != NULL && g_hash_table_contains (old->reused, &place))
    return FALSE;
  for (guint i = 0; i < DIAL_N_TIERS - 1; i++) {
    if ((old_position >= old_ends[i]) != (new_position >= new_ends[i]))
      return FALSE;
  }
  return TRUE;
}

/* Leaves out what both begin and end with. */
static void
trim (Stretch *old,
      Stretch *new)
{
  while (old->start < old->end && new->start < new->end && is_same (old, old->start, new, new->start)) {
    old->start++;
    new->start++;
  }
  while (old->start < old->end && new->start < new->end && is_same (old, old->end - 1, new, new->end - 1)) {
    old->end--;
    new->end--;
  }
}

typedef struct {
  guint old_position;
  guint new_position;
} Anchor;

/* Where those of @held stand that are in both stretches, in the order of the old one. */
static GArray *
find_anchors (const Stretch *old,
              const Stretch *new,
              GArray        *held)
{
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));
  g_autofree guint *new_positions = g_new (guint, held->len + 1);
  g_autofree guint *slots = NULL;
  Index index;

  index_init (&index, held);
  slots = index.slots;
  for (guint i = 0; i < held->len; i++)
    new_positions[i] = GONE;
  for (guint i = new->start; i < new->end; i++) {
    guint found = index_find (&index, get_place (new, i));

    if (found != GONE)
      new_positions[found] = i;
  }
  for (guint i = old->start; i < old->end; i++) {
    guint found = index_find (&index, get_place (old, i));

    if (found != GONE && new_positions[found] != GONE && is_same (old, i, new, new_positions[found])) {
      Anchor anchor = { i, new_positions[found] };

      g_array_append_val (anchors, anchor);
    }
  }
  return anchors;
}

/* Leaves the most that need not move: the longest that rises in the new list too. */
static void
keep_longest_rise (GArray *anchors)
{
  Anchor *all = (Anchor *) (void *) anchors->data;
  g_autofree guint *ends = g_new (guint, anchors->len + 1);     /* by length − 1: the lowest end of one so long */
  g_autofree guint *before = g_new (guint, anchors->len + 1);
  guint length = 0, last, n_kept;

  for (guint i = 0; i < anchors->len; i++) {
    guint low = 0, high = length;

    while (low < high) {
      guint middle = low + (high - low) / 2;

      if (all[ends[middle]].new_position < all[i].new_position)
        low = middle + 1;
      else
        high = middle;
    }
    before[i] = low > 0 ? ends[low - 1] : GONE;
    ends[low] = i;
    length = MAX (length, low + 1);
  }

  /* From the end on, each moves to where it stands among those that are kept. */
  last = length > 0 ? ends[length - 1] : GONE;
  for (n_kept = length; n_kept > 0; n_kept--) {
    guint previous = before[last];

    ends[n_kept - 1] = last;
    last = previous;
  }
  for (guint i = 0; i < length; i++)
    all[i] = all[ends[i]];
  g_array_set_size (anchors, length);
}

static void
append_run (GArray  *runs,
            Stretch  old,
            Stretch  new)
{
  trim (&old, &new);
  if (old.start < old.end || new.start < new.end) {
    DialMergeRun run = { old.start, old.end - old.start, new.start, new.end - new.start };

    g_array_append_val (runs, run);
  }
}

/*
 * How @old becomes @new, in rising runs: single rows next to the places of @held (of gint64), whole stretches
 * in between, for nobody looks there. A place stands in each list at most once; at those of @reused (nullable,
 * a set of gint64) another one stands now.
 */
GArray *
dial_merge_compare (DialFindings *old,
                    DialFindings *new,
                    GArray       *held,
                    GHashTable   *reused)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (DialMergeRun));
  Stretch old_stretch = { old, 0, old->places->len, reused }, new_stretch = { new, 0, new->places->len, reused };
  g_autoptr (GArray) anchors = NULL;

  trim (&old_stretch, &new_stretch);
  if (old_stretch.start < old_stretch.end && new_stretch.start < new_stretch.end) {
    anchors = find_anchors (&old_stretch, &new_stretch, held);
    keep_longest_rise (anchors);
  }
  for (guint i = 0; anchors != NULL && i < anchors->len; i++) {
    const Anchor *anchor = &g_array_index (anchors, Anchor, i);

    append_run (runs, (Stretch) { old, old_stretch.start, anchor->old_position, reused },
                (Stretch) { new, new_stretch.start, anchor->new_position, reused });
    old_stretch.start = anchor->old_position + 1;
    new_stretch.start = anchor->new_position + 1;
  }
  append_run (runs, old_stretch, new_stretch);
  return runs;
}
