#include "dial-shown.h"

/* The places of a list and how they change, against a naive model: a table of who stands where. */

#define N_CANDIDATES 400
#define N_ROUNDS     300

/* So that the largest places differ from the others in all their bytes. */
#define STRIDE       (DIAL_PLACE_MAX / (4 * N_CANDIDATES))

typedef struct {
  gint64 place;     /* 0: nowhere */
  int    tier;      /* −1: does not answer */
} Person;

typedef struct {
  DialShown   shown;
  GArray     *mirror;       /* of gint64: what a listener who believes every step has */
  Person      people[N_CANDIDATES];
  guint       n_steps;
  guint       longest;      /* that removed and added at once */
} Fixture;

static DialFindings *
findings_of (Fixture *fixture)
{
  DialFindings *findings = dial_findings_new ();

  for (int tier = 0; tier < DIAL_N_TIERS; tier++) {
    for (gint64 place = 4 * N_CANDIDATES * STRIDE; place > 0; place -= STRIDE) {
      for (guint i = 0; i < N_CANDIDATES; i++) {
        if (fixture->people[i].place == place && fixture->people[i].tier == tier + 1)
          dial_places_add (findings->places, place);
      }
    }
    findings->tier_ends[tier] = findings->places->len;
  }
  findings->complete = TRUE;
  return findings;
}

static void
assert_same (const DialPlaces *a,
             const DialPlaces *b)
{
  g_assert_cmpmem (a->bytes, a->len * DIAL_PLACE_BYTES, b->bytes, b->len * DIAL_PLACE_BYTES);
}

static void
assert_mirrors (GArray           *mirror,
                const DialPlaces *places)
{
  g_autoptr (GArray) list = dial_places_list (places, G_MAXUINT);

  g_assert_cmpmem (mirror->data, mirror->len * sizeof (gint64), list->data, list->len * sizeof (gint64));
}

static gboolean
is_taken (Fixture *fixture,
          gint64   place)
{
  for (guint i = 0; i < N_CANDIDATES; i++) {
    if (fixture->people[i].place == place)
      return TRUE;
  }
  return FALSE;
}

static gint64
free_place (Fixture *fixture)
{
  gint64 place;

  do
    place = g_test_rand_int_range (1, 4 * N_CANDIDATES) * STRIDE;
  while (is_taken (fixture, place));
  return place;
}

/* A few people move, come, go or answer otherwise; a place that was left may be taken by the next one. */
static void
move_some (Fixture *fixture,
           GArray  *gone,
           GArray  *matches)
{
  guint n = g_test_rand_int_range (1, 30);

  for (guint i = 0; i < n; i++) {
    guint id = g_test_rand_int_range (0, N_CANDIDATES);
    Person *person = &fixture->people[id];
    DialMatch match;

    if (person->place != 0)
      g_array_append_val (gone, person->place);
    if (g_test_rand_int_range (0, 4) == 0)
      *person = (Person) { 0, -1 };
    else if (person->place == 0 || g_test_rand_bit ())
      *person = (Person) { free_place (fixture), g_test_rand_int_range (1, DIAL_N_TIERS + 1) };
    else
      person->tier = g_test_rand_bit () ? -1 : g_test_rand_int_range (1, DIAL_N_TIERS + 1);

    match = (DialMatch) { id + 1, person->place, person->tier };
    for (guint j = 0; j < matches->len; j++) {
      if (g_array_index (matches, DialMatch, j).id == match.id)
        g_array_remove_index_fast (matches, j--);
    }
    g_array_append_val (matches, match);
  }
}

static GArray *
hold_some (Fixture *fixture)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_items = dial_shown_count (&fixture->shown);
  guint start = n_items > 0 ? g_test_rand_int_range (0, n_items) : 0;

  for (guint i = start; i < MIN (start + 20, n_items); i++) {
    gint64 place = dial_shown_get (&fixture->shown, i);

    g_array_append_val (held, place);
  }
  return held;
}

static gboolean
has (GArray *places,
     gint64  place)
{
  for (guint i = 0; i < places->len; i++) {
    if (g_array_index (places, gint64, i) == place)
      return TRUE;
  }
  return FALSE;
}

/* Whether @place stands in the same tier in both. */
static gboolean
stays (DialFindings *before,
       DialFindings *after,
       gint64        place)
{
  for (guint i = 0, start = 0, old_start = 0; i < DIAL_N_TIERS; i++) {
    gboolean was = FALSE, is = FALSE;

    for (; start < after->tier_ends[i]; start++)
      is |= dial_places_get (after->places, start) == place;
    for (; old_start < before->tier_ends[i]; old_start++)
      was |= dial_places_get (before->places, old_start) == place;
    if (was && is)
      return TRUE;
  }
  return FALSE;
}

/* At each step the places are what was told, and are found where they are. */
static void
assert_believed (Fixture *fixture)
{
  g_assert_cmpuint (dial_shown_count (&fixture->shown), ==, fixture->mirror->len);
  for (guint i = 0; i < fixture->mirror->len; i++) {
    gint64 place = dial_shown_get (&fixture->shown, i);
    int tier = dial_shown_get_tier (&fixture->shown, i);

    g_assert_cmpint (place, ==, g_array_index (fixture->mirror, gint64, i));
    if (fixture->shown.sorted)
      g_assert_cmpuint (dial_shown_rank (&fixture->shown, tier, place), ==, i);
  }
}

/* Takes all steps. Whoever is @held is looked at since before they were planned, or @late only since then, when
 * others were. */
static void
follow (Fixture *fixture,
        GArray  *held,
        gboolean late)
{
  g_autoptr (DialFindings) before = dial_findings_ref (fixture->shown.before);
  g_autoptr (DialFindings) after = dial_findings_ref (fixture->shown.now);
  guint position, n_removed, n_added;

  while (dial_shown_peek (&fixture->shown, &position, &n_removed, &n_added)) {
    if (late) {
      late = FALSE;     /* once for all steps, as long as nobody looks elsewhere again */
      dial_shown_spare (&fixture->shown, held);
      if (!dial_shown_peek (&fixture->shown, &position, &n_removed, &n_added))
        break;
    }
    dial_shown_step (&fixture->shown);
    fixture->n_steps++;
    if (n_removed > 0 && n_added > 0)
      fixture->longest = MAX (fixture->longest, n_removed + n_added);

    /* Whoever is looked at and stays is not touched. */
    for (guint i = 0; i < n_removed; i++) {
      gint64 place = g_array_index (fixture->mirror, gint64, position + i);

      g_assert_true (!fixture->shown.sorted || !has (held, place) || !stays (before, after, place));
    }
    if (n_removed > 0)
      g_array_remove_range (fixture->mirror, position, n_removed);
    for (guint i = 0; i < n_added; i++) {
      gint64 place = dial_shown_get (&fixture->shown, position + i);

      g_array_insert_val (fixture->mirror, position + i, place);
    }
    assert_believed (fixture);
  }
}

static void
fixture_init (Fixture *fixture)
{
  *fixture = (Fixture) { .mirror = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  dial_shown_init (&fixture->shown);
  fixture->shown.sorted = TRUE;
  fixture->shown.now->complete = TRUE;
  for (guint i = 0; i < N_CANDIDATES; i++)
    fixture->people[i] = (Person) { 0, -1 };
}

static void
fixture_clear (Fixture *fixture)
{
  dial_shown_clear (&fixture->shown);
  g_array_unref (fixture->mirror);
}

static void
test_moves (gconstpointer data)
{
  gboolean late = data != NULL;
  Fixture fixture;

  fixture_init (&fixture);
  for (guint round = 0; round < N_ROUNDS; round++) {
    g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (DialMatch));
    g_autoptr (GArray) held = hold_some (&fixture);
    g_autoptr (GArray) others = hold_some (&fixture);
    g_autoptr (DialFindings) before = dial_findings_ref (fixture.shown.now);
    g_autoptr (DialFindings) wanted = NULL;
    DialFindings *merged;

    move_some (&fixture, gone, matches);
    wanted = findings_of (&fixture);
    merged = dial_merge_matches (before, gone, matches);
    assert_same (merged->places, wanted->places);
    g_assert_cmpmem (merged->tier_ends, sizeof merged->tier_ends, wanted->tier_ends, sizeof wanted->tier_ends);
    g_assert_true (merged->complete);

    dial_shown_change (&fixture.shown, merged, dial_merge_compare (before, merged, late ? others : held, NULL));
    follow (&fixture, held, late);
    assert_mirrors (fixture.mirror, wanted->places);
    g_assert_null (fixture.shown.before);
    for (guint i = 0; i < fixture.mirror->len; i++)
      g_assert_cmpuint (dial_shown_find (&fixture.shown, g_array_index (fixture.mirror, gint64, i)), ==, i);
    g_assert_cmpuint (dial_shown_find (&fixture.shown, free_place (&fixture)), ==, G_MAXUINT);
  }
  g_assert_cmpuint (fixture.longest, <=, 32);
  fixture_clear (&fixture);
}

/* What a list knows already it may be told once more. */
static void
test_again (void)
{
  Fixture fixture;
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (DialMatch));
  g_autoptr (DialFindings) empty = dial_findings_new ();
  g_autoptr (DialFindings) once = NULL;
  g_autoptr (DialFindings) twice = NULL;

  fixture_init (&fixture);
  move_some (&fixture, gone, matches);
  once = dial_merge_matches (empty, gone, matches);
  twice = dial_merge_matches (once, gone, matches);
  assert_same (once->places, twice->places);
  g_assert_cmpmem (once->tier_ends, sizeof once->tier_ends, twice->tier_ends, sizeof twice->tier_ends);
  fixture_clear (&fixture);
}

static DialFindings *
make_findings (const gint64 *places,
               guint         n_places)
{
  DialFindings *findings = dial_findings_new ();

  for (guint i = 0; i < n_places; i++)
    dial_places_add (findings->places, places[i]);
  for (guint i = 0; i < DIAL_N_TIERS; i++)
    findings->tier_ends[i] = n_places;
  return findings;
}

static char *
describe (GArray *runs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++) {
    const DialMergeRun *run = &g_array_index (runs, DialMergeRun, i);

    g_string_append_printf (text, "%s%u-%u>%u+%u", i > 0 ? " " : "", run->old_position, run->n_removed,
                            run->new_position, run->n_added);
  }
  return g_string_free (text, FALSE);
}

static void
assert_runs (const gint64 *old,
             guint         n_old,
             const gint64 *new,
             guint         n_new,
             gint64        held,
             const char   *wanted)
{
  g_autoptr (DialFindings) before = make_findings (old, n_old);
  g_autoptr (DialFindings) after = make_findings (new, n_new);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) runs = NULL;
  g_autofree char *text = NULL;

  if (held != 0)
    g_array_append_val (places, held);
  runs = dial_merge_compare (before, after, places, NULL);
  text = describe (runs);
  g_assert_cmpstr (text, ==, wanted);
}

/* Rows where somebody looks, stretches where nobody does. */
static void
test_runs (void)
{
  const gint64 old[] = { 10, 9, 8, 7, 6, 5 };
  const gint64 two[] = { 11, 10, 9, 8, 7, 5 };
  const gint64 more[] = { 10, 9, 8, 7, 6, 5, 4, 3 };
  const gint64 other[] = { 3, 5, 9 };

  assert_runs (old, 6, old, 6, 0, "");
  assert_runs (old, 6, old, 0, 0, "0-6>0+0");
  assert_runs (old, 0, old, 6, 0, "0-0>0+6");
  assert_runs (old, 6, more, 8, 0, "6-0>6+2");
  assert_runs (old, 6, two, 6, 0, "0-5>0+5");
  assert_runs (old, 6, two, 6, 8, "0-0>0+1 4-1>5+0");
  assert_runs (old, 6, two, 6, 6, "0-5>0+5");
  /* In an order that is none of the places' own. */
  assert_runs (old, 6, other, 3, 5, "0-5>0+1 6-0>2+1");
}

/* Random orders, with whatever is held of both. */
static void
test_orders (void)
{
  for (guint round = 0; round < N_ROUNDS; round++) {
    g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (gint64));
    Fixture fixture;
    gint64 orders[2][60];
    guint n[2];
    DialFindings *after;

    for (guint k = 0; k < 2; k++) {
      n[k] = g_test_rand_int_range (0, 60);
      for (guint i = 0; i < n[k]; i++) {
        guint j = g_test_rand_int_range (0, i + 1);

        orders[k][i] = orders[k][j];
        orders[k][j] = i + 1;
      }
    }
    for (gint64 place = 1; place < 60; place++) {
      if (g_test_rand_bit ())
        g_array_append_val (held, place);
    }

    fixture_init (&fixture);
    g_array_append_vals (fixture.mirror, orders[0], n[0]);
    dial_shown_show (&fixture.shown, make_findings (orders[0], n[0]), FALSE);
    after = make_findings (orders[1], n[1]);
    dial_shown_change (&fixture.shown, after, dial_merge_compare (fixture.shown.now, after, held, NULL));
    follow (&fixture, held, FALSE);
    assert_mirrors (fixture.mirror, fixture.shown.now->places);
    fixture_clear (&fixture);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/shown/moves", NULL, test_moves);
  g_test_add_data_func ("/shown/moves/late", "late", test_moves);
  g_test_add_func ("/shown/again", test_again);
  g_test_add_func ("/shown/runs", test_runs);
  g_test_add_func ("/shown/orders", test_orders);
  return g_test_run ();
}
