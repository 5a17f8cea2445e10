#include "dial-windows.h"

#include <stdio.h>

/*
 * A list is walked by several walkers at once while it changes, and the walk is interrupted now and then.
 * Whoever was there from the beginning to the end must have been seen. Each seed is another list.
 */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define NOW (G_GINT64_CONSTANT (20000) * DAY)

typedef struct {
  gint64   id;
  gint64   created_at;  /* DIAL_INSTANT_UNKNOWN matches no filter */
  gboolean deleted;
  gboolean seen;
} Row;

/* A page somebody asked for and has not got yet. */
typedef struct {
  DialSyncWindow *window;
  gint64          from;
  gint64          until;
  gint64          below;      /* id, or page number */
  gboolean        first;      /* page of its window */
  guint           due;        /* at which moment it comes */
} Asked;

typedef struct {
  GRand            *rand;
  GArray           *rows;     /* of Row, by id */
  GArray           *asked;    /* of Asked */
  DialSyncPosition *position;
  DialWindows      *windows;
  guint             per_page;
  guint             n_requests;
  guint             moment;
  gboolean          descending; /* the list by pages */
} World;

static gint64
invent_date (World *world,
             guint  style,
             guint  i,
             guint  n)
{
  double share = (double) i / n;

  switch (style) {
  case 0: /* evenly */
    return NOW - 2000 * DAY + (gint64) (share * 2000 * DAY);
  case 1: /* the company grows */
    return NOW - (gint64) ((1 - share) * (1 - share) * 4000 * DAY);
  case 2: /* bulk imports: many at one instant */
    return NOW - 900 * DAY + (gint64) (share * 6) * 150 * DAY;
  case 3: /* an import of old dates in the middle of the ids */
    if (share > 0.4 && share < 0.7)
      return NOW - 9000 * DAY + g_rand_int_range (world->rand, 0, 5000) * DAY;
    return NOW - 1000 * DAY + (gint64) (share * 1000 * DAY);
  default: /* no order at all */
    return NOW - (gint64) (g_rand_double (world->rand) * 3000 * DAY);
  }
}

static void
world_init (World   *world,
            guint    seed,
            gboolean by_pages)
{
  guint style, n;

  *world = (World) { .rand = g_rand_new_with_seed (seed) };
  world->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  world->asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  world->per_page = (guint) g_rand_int_range (world->rand, 1, 30);
  world->descending = g_rand_boolean (world->rand);
  style = seed % 5;
  n = (guint) g_rand_int_range (world->rand, 0, 1500);
  for (guint i = 0; i < n; i++) {
    Row row = { 100 + i * 3, invent_date (world, style, i, n) / 1000 * 1000, FALSE, FALSE };

    g_array_append_val (world->rows, row);
  }

  world->position = dial_sync_position_new ();
  world->position->started_at = NOW;
  world->position->by_pages = by_pages;
}

static void
world_clear (World *world)
{
  g_clear_pointer (&world->windows, dial_windows_free);
  dial_sync_position_free (world->position);
  g_array_unref (world->asked);
  g_array_unref (world->rows);
  g_rand_free (world->rand);
}

static gboolean
has (Row   *row,
     Asked *asked)
{
  if (row->deleted || (row->created_at == DIAL_INSTANT_UNKNOWN && (asked->from | asked->until) != 0))
    return FALSE;

  return (asked->from == DIAL_INSTANT_UNKNOWN || row->created_at >= asked->from) &&
         (asked->until == DIAL_INSTANT_UNKNOWN || row->created_at < asked->until);
}

static int
compare_dates (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* What v3 answers: descending ids below a cursor. */
static void
answer_cursor (World *world,
               Asked *asked)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *next = NULL;
  DialWindowPage page = { 0 };
  gint64 last = 0;

  for (guint i = world->rows->len; i > 0 && next == NULL; i--) {
    Row *row = &g_array_index (world->rows, Row, i - 1);

    if (row->id >= asked->below || !has (row, asked))
      continue;
    if (page.n_rows == world->per_page) {
      next = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, last,
                              asked->from, asked->until);
      break;
    }
    row->seen = TRUE;
    last = row->id;
    page.n_rows++;
    if (row->created_at != DIAL_INSTANT_UNKNOWN)
      g_array_append_val (dates, row->created_at);
  }

  g_array_sort (dates, compare_dates);
  if (dates->len > 0) {
    page.created_at = g_array_index (dates, gint64, dates->len / 2);
    page.oldest = g_array_index (dates, gint64, 0);
  }
  page.next = next;
  dial_windows_advance (world->windows, asked->window, &page);
}

/* What v1 answers: the page of that number, of those who are there now. Pages are counted down, since rows
 * move up when others are deleted; the first tells how many there are. */
static void
answer_number (World *world,
               Asked *asked)
{
  g_autofree char *next = NULL;
  DialWindowPage page = { 0 };
  guint position = 0;
  gint64 n_pages;

  for (guint i = 0; i < world->rows->len; i++) {
    guint index = world->descending ? world->rows->len - 1 - i : i;
    Row *row = &g_array_index (world->rows, Row, index);

    if (!has (row, asked))
      continue;
    if (position++ / world->per_page + 1 != asked->below)
      continue;
    row->seen = TRUE;
    page.n_rows++;
    page.created_at = row->created_at;
    page.oldest = page.oldest == 0 ? row->created_at : MIN (page.oldest, row->created_at);
  }

  n_pages = (position + world->per_page - 1) / world->per_page;
  if (asked->first && n_pages > 1)
    next = g_strdup_printf ("%" G_GINT64_FORMAT, n_pages);
  else if (!asked->first && asked->below > 1)
    next = g_strdup_printf ("%" G_GINT64_FORMAT, asked->below - 1);
  page.next = next;
  dial_windows_advance (world->windows, asked->window, &page);
}

static void
ask (World          *world,
     DialSyncWindow *window)
{
  Asked asked = { window, window->from, window->until, G_MAXINT64, window->next == NULL, 0 };

  if (world->position->by_pages)
    asked.below = window->next != NULL ? g_ascii_strtoll (window->next, NULL, 10) : 1;
  else if (window->next != NULL)
    sscanf (window->next, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
            &asked.below, &asked.from, &asked.until);
  asked.due = world->moment + (guint) g_rand_int_range (world->rand, 1, 8);
  g_array_append_val (world->asked, asked);
  world->n_requests++;
}

/* The program ends; what was asked for is lost, what came is not. */
static void
interrupt (World *world)
{
  DialSyncPosition *kept = dial_sync_position_copy (world->position);

  dial_windows_free (world->windows);
  dial_sync_position_free (world->position);
  world->position = kept;
  world->windows = dial_windows_new (world->position);
  g_array_set_size (world->asked, 0);
}

static void
change (World *world)
{
  if (world->rows->len > 0 && g_rand_int_range (world->rand, 0, 3) == 0) {
    guint index = (guint) g_rand_int_range (world->rand, 0, (int) world->rows->len);

    g_array_index (world->rows, Row, index).deleted = TRUE;
  }
}

static void
begin (World *world)
{
  g_ptr_array_add (world->position->windows, dial_sync_window_new (DIAL_INSTANT_UNKNOWN,
                                                                   DIAL_INSTANT_UNKNOWN));
  world->windows = dial_windows_new (world->position);
}

static DialSyncWindow *
take (DialWindows *windows,
      guint        n_walkers)
{
  DialWindowShare share = DIAL_WINDOW_SHARE_ALL;
  double left;

  (void) dial_windows_estimate_left (windows, &left);
  if (n_walkers > 1)
    share = (DialWindowShare) { left / n_walkers, left / n_walkers, TRUE };
  return dial_windows_take (windows, &share);
}

static void
walk (World *world)
{
  guint n_rows = world->rows->len;

  begin (world);
  while (!dial_windows_is_done (world->windows) || world->asked->len > 0) {
    guint n_walkers = (guint) g_rand_int_range (world->rand, 1, 9);
    DialSyncWindow *window;

    while (world->asked->len < n_walkers &&
           (window = take (world->windows, n_walkers)) != NULL)
      ask (world, window);

    world->moment++;
    for (guint i = world->asked->len; i > 0; i--) {
      Asked asked = g_array_index (world->asked, Asked, i - 1);

      if (asked.due > world->moment)
        continue;
      g_array_remove_index_fast (world->asked, i - 1);
      if (g_rand_int_range (world->rand, 0, 60) == 0 &&
          dial_windows_restart (world->windows, asked.window))
        continue;
      if (world->position->by_pages)
        answer_number (world, &asked);
      else
        answer_cursor (world, &asked);
    }
    change (world);
    if (g_rand_int_range (world->rand, 0, 40) == 0)
      interrupt (world);
    g_assert_cmpuint (world->moment, <, 200 * (n_rows + 100));
  }
}

static void
walk_and_look (guint    seed,
               gboolean by_pages)
{
  World world;

  world_init (&world, seed, by_pages);
  walk (&world);
  for (guint i = 0; i < world.rows->len; i++) {
    Row *row = &g_array_index (world.rows, Row, i);

    if (!row->deleted && !row->seen)
      g_error ("Seed %u: row %u of %u was missed", seed, i, world.rows->len);
  }
  world_clear (&world);
}

static void
test_dates (void)
{
  for (guint seed = 0; seed < 300; seed++)
    walk_and_look (seed, FALSE);
}

static void
test_pages (void)
{
  for (guint seed = 0; seed < 300; seed++)
    walk_and_look (seed, TRUE);
}

/* A list of which no row tells when it came is not cut, and needs no filter. */
static void
test_no_dates (void)
{
  World world;

  world_init (&world, 3, FALSE);
  world.per_page = 50;
  for (guint i = 0; i < world.rows->len; i++)
    g_array_index (world.rows, Row, i).created_at = DIAL_INSTANT_UNKNOWN;
  walk (&world);
  for (guint i = 0; i < world.rows->len; i++)
    g_assert_true (g_array_index (world.rows, Row, i).seen || g_array_index (world.rows, Row, i).deleted);
  world_clear (&world);
}

/* Walks an even list with replies that all take as long; returns how long it took, in replies. */
static guint
race (guint  n_rows,
      guint  n_walkers,
      guint *n_requests)
{
  World world;
  guint n_rounds = 0;

  world_init (&world, 0, FALSE);
  g_array_set_size (world.rows, 0);
  world.per_page = 500;
  for (guint i = 0; i < n_rows; i++) {
    Row row = { 100 + i * 3, invent_date (&world, 0, i, n_rows), FALSE, FALSE };

    g_array_append_val (world.rows, row);
  }

  begin (&world);
  dial_windows_hint_birth (world.windows, NOW - 2100 * DAY);
  while (!dial_windows_is_done (world.windows)) {
    g_autoptr (GArray) asked = NULL;
    DialSyncWindow *window;

    while (world.asked->len < n_walkers &&
           (window = take (world.windows, n_walkers)) != NULL)
      ask (&world, window);

    asked = g_steal_pointer (&world.asked);
    world.asked = g_array_new (FALSE, FALSE, sizeof (Asked));
    for (guint i = 0; i < asked->len; i++)
      answer_cursor (&world, &g_array_index (asked, Asked, i));
    n_rounds++;
  }
  *n_requests = world.n_requests;
  world_clear (&world);
  return n_rounds;
}

/* Sharing a list out costs few requests more than walking it in one go, and all walkers have work. */
static void
test_share (void)
{
  for (guint n_walkers = 1; n_walkers <= 12; n_walkers++) {
    guint n_requests;
    guint n_rounds = race (100000, n_walkers, &n_requests);

    g_test_message ("%u walkers: %u requests in %u replies' time", n_walkers, n_requests, n_rounds);
    g_assert_cmpuint (n_requests, <=, n_walkers == 1 ? 200 : 240);
    g_assert_cmpuint (n_rounds, <=, (200 + n_walkers - 1) / n_walkers + 15);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/windows/dates", test_dates);
  g_test_add_func ("/windows/pages", test_pages);
  g_test_add_func ("/windows/no-dates", test_no_dates);
  g_test_add_func ("/windows/share", test_share);
  return g_test_run ();
}
