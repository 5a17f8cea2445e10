/* A first sync against a Greenhouse of arithmetic, on a clock of its own: how close it comes to what the
 * allowance permits. */
#include "dial-budget-private.h"
#include "dial-turns.h"

#include <math.h>
#include <stdio.h>

#define SECOND   ((gint64) G_USEC_PER_SEC)
#define DAY      (86400 * SECOND)
#define NOW      (20000 * DAY)      /* by the other end's clock */
#define START    (1000000 * SECOND) /* by ours */
#define PER_PAGE 500
#define WAY      1000               /* to Greenhouse, and back again */
#define A_ROW    80                 /* to save it */
#define UNSAVED  2                  /* pages at most */

/* How rows are spread over the years. */
typedef enum {
  EVENLY,
  GROWING,   /* the company hires more and more */
  IN_WAVES,
  N_SPREADS
} Spread;

/* A list of rows with descending ids: their creation dates. */
typedef struct {
  DialResource resource;
  guint        n_rows;
  gint64       began;
  gint64       ended;
  Spread       spread;
} List;

typedef struct {
  DialWalk       *walk;
  DialSyncWindow *window;
  DialTurn        turn;
  DialBudgetNews  news;
  gint64          sent_at;  /* 0 while it waits for its turn */
  gint64          due;
  guint           from;     /* rows */
  guint           until;
} Asked;

typedef struct {
  const List *lists;
  guint       n_lists;
  gint64      limit;
  gint64      length;
  gint64      delay;
  gint64      window;       /* when the present one began */
  gint64      used;
  gint64      now;
  GRand      *rand;
  DialBudget  budget;
  GPtrArray  *walks;
  GArray     *asked;
  GArray     *saving;       /* when each page will be saved */
  guint       n_requests;
  guint       n_refused;
} World;

static const List *
get_list (World    *world,
          DialWalk *walk)
{
  for (guint i = 0; i < world->n_lists; i++)
    if (world->lists[i].resource == walk->resource)
      return &world->lists[i];

  g_assert_not_reached ();
}

static gint64
get_date (const List *list,
          guint       row)
{
  double part = (double) row / list->n_rows;

  if (list->spread == GROWING)
    part = 1 - sqrt (1 - part);
  else if (list->spread == IN_WAVES)
    part += 0.02 * sin (part * 40);
  return list->ended - (gint64) ((double) (list->ended - list->began) * part) / 1000 * 1000;
}

/* How many rows are as new as @instant, or newer. */
static guint
count_newer (const List *list,
             gint64      instant)
{
  guint low = 0, high = list->n_rows;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (get_date (list, middle) >= instant)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
look_up (World *world,
         Asked *asked)
{
  const List *list = get_list (world, asked->walk);
  DialSyncWindow *window = asked->window;

  if (window->next != NULL) {
    sscanf (window->next, "%u %u", &asked->from, &asked->until);
    return;
  }
  asked->from = window->until != DIAL_INSTANT_UNKNOWN ? count_newer (list, window->until) : 0;
  asked->until = window->from != DIAL_INSTANT_UNKNOWN ? count_newer (list, window->from) : list->n_rows;
}

static void
count (World *world,
       Asked *asked)
{
  gint64 at = world->now + WAY;

  if (at >= world->window + world->length) {
    world->window = at;
    world->used = 0;
  }
  if (world->used >= world->limit)
    world->n_refused++;
  else
    world->used++;
  asked->sent_at = world->now;
  asked->news = (DialBudgetNews) { world->limit, world->limit - world->used, world->length + SECOND };
  asked->due = at + world->delay + (gint64) (world->delay * g_rand_double_range (world->rand, 0, 0.1)) + WAY;
  world->n_requests++;
}

static void
take_answer (World *world,
             Asked *asked)
{
  const List *list = get_list (world, asked->walk);
  guint n = MIN (asked->until - asked->from, PER_PAGE);
  g_autofree char *next = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialGreenhousePage page = { .ids = ids, .answered_at = NOW };
  gint64 saved = world->now;

  dial_budget_answered (&world->budget, &asked->turn, &asked->news, world->now);
  if (asked->from + n < asked->until)
    next = g_strdup_printf ("%u %u", asked->from + n, asked->until);
  g_array_set_size (ids, n);
  page.next = next;
  page.created_at = n > 0 ? get_date (list, asked->from + n / 2) : DIAL_INSTANT_UNKNOWN;
  page.oldest = n > 0 ? get_date (list, asked->from + n - 1) : DIAL_INSTANT_UNKNOWN;
  dial_walk_take_page (asked->walk, asked->window, &page);
  dial_turns_take_hint (world->walks, asked->walk, page.oldest);

  if (world->saving->len > 0)
    saved = g_array_index (world->saving, gint64, world->saving->len - 1);
  saved += n * A_ROW;
  g_array_append_val (world->saving, saved);
}

static void
serve (World *world)
{
  for (guint i = 0; i < world->asked->len; i++) {
    Asked *asked = &g_array_index (world->asked, Asked, i);

    if (asked->sent_at != 0)
      continue;
    if (!dial_budget_may_send (&world->budget, DIAL_URGENCY_SYNC, world->now))
      return;
    asked->turn = dial_budget_sent (&world->budget, DIAL_URGENCY_SYNC, world->now);
    count (world, asked);
  }
}

static void
feed (World *world)
{
  guint n_needed = dial_budget_get_n_needed (&world->budget);
  guint n_walkers = dial_budget_get_n_useful (&world->budget);

  while (world->saving->len < UNSAVED && world->asked->len < n_walkers) {
    Asked asked = { 0 };

    asked.walk = dial_turns_take (world->walks, world->asked->len, n_needed, n_walkers, &asked.window);
    if (asked.walk == NULL)
      break;
    look_up (world, &asked);
    g_array_append_val (world->asked, asked);
  }
  serve (world);
}

static void
take_earlier (gint64 *earliest,
              gint64  instant)
{
  if (*earliest == 0 || instant < *earliest)
    *earliest = instant;
}

/* Goes on to the next thing that happens. */
static void
go_on (World *world)
{
  gint64 next = dial_budget_next_try (&world->budget, world->now);

  for (guint i = 0; i < world->asked->len; i++)
    if (g_array_index (world->asked, Asked, i).sent_at != 0)
      take_earlier (&next, g_array_index (world->asked, Asked, i).due);
  if (world->saving->len > 0)
    take_earlier (&next, g_array_index (world->saving, gint64, 0));

  g_assert_cmpint (next, >=, world->now);
  world->now = next;
  for (guint i = 0; i < world->asked->len; i++) {
    Asked asked = g_array_index (world->asked, Asked, i);

    if (asked.sent_at == 0 || asked.due > world->now)
      continue;
    g_array_remove_index (world->asked, i);
    take_answer (world, &asked);
    break;
  }
  while (world->saving->len > 0 && g_array_index (world->saving, gint64, 0) <= world->now)
    g_array_remove_index (world->saving, 0);
  feed (world);
}

static void
begin (World *world)
{
  world->now = START;
  world->rand = g_rand_new_with_seed (1);
  world->window = G_MININT64 / 2;
  world->walks = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_walk_free);
  world->asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  world->saving = g_array_new (FALSE, FALSE, sizeof (gint64));
  dial_budget_init (&world->budget, 30, 1);
  for (guint i = 0; i < world->n_lists; i++) {
    g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
    DialWalk *walk = dial_walk_new (world->lists[i].resource, position);

    dial_walk_begin (walk, 1, DIAL_INSTANT_UNKNOWN, FALSE);
    g_ptr_array_add (world->walks, walk);
  }
}

static void
sync_all (World *world)
{
  begin (world);
  feed (world);
  while (world->asked->len > 0 || world->saving->len > 0)
    go_on (world);

  for (guint i = 0; i < world->walks->len; i++)
    g_assert_true (dial_walk_is_done (g_ptr_array_index (world->walks, i)));
  g_rand_free (world->rand);
  g_ptr_array_unref (world->walks);
  g_array_unref (world->asked);
  g_array_unref (world->saving);
}

/* Returns how much longer it took than permitted. */
static double
try (guint  n_people,
     Spread spread,
     gint64 hint,
     guint  limit,
     guint  seconds,
     guint  milliseconds)
{
  const List lists[] = {
    { DIAL_RESOURCE_USERS, 120, NOW - hint, NOW - 100 * DAY },
    { DIAL_RESOURCE_JOBS, 420, NOW - 720 * DAY, NOW - 20 * DAY },
    { DIAL_RESOURCE_STAGES, 1900, NOW - 720 * DAY, NOW - 20 * DAY },
    { DIAL_RESOURCE_APPLICATIONS, n_people * 23 / 16, NOW - 2190 * DAY, NOW, spread },
    { DIAL_RESOURCE_CANDIDATES, n_people, NOW - 2190 * DAY, NOW, spread },
  };
  World world = {
    .lists = lists,
    .n_lists = G_N_ELEMENTS (lists),
    .limit = limit,
    .length = seconds * SECOND,
    .delay = milliseconds * 1000,
  };
  guint n_needed = 0;
  double taken, permitted;

  for (guint i = 0; i < world.n_lists; i++)
    n_needed += (lists[i].n_rows + PER_PAGE - 1) / PER_PAGE;
  sync_all (&world);
  taken = (double) (world.now - START) / G_USEC_PER_SEC;
  permitted = (n_needed - 1) / limit * seconds + milliseconds / 1000.0;
  g_test_message ("%u people, spread %d, %u in %u s, replies after %u ms: %.1f s of %.1f, %.3f; %u requests of %u",
                  n_people, spread, limit, seconds, milliseconds, taken, permitted, taken / permitted,
                  world.n_requests, n_needed);
  g_assert_cmpuint (world.n_refused, ==, 0);
  g_assert_cmpuint (world.n_requests, <=, n_needed + n_needed / 10 + 12);
  return taken / permitted;
}

static const struct {
  guint limit;
  guint seconds;
  guint n_people;
} allowances[] = { { 50, 10, 40000 }, { 50, 30, 40000 }, { 150, 30, 122000 } };

static const guint delays[] = { 0, 200, 1000 };

/* What takes four windows and a little is done as the fifth begins. */
static void
test_allowance (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowances); i++)
    for (guint d = 0; d < G_N_ELEMENTS (delays); d++)
      g_assert_cmpfloat (try (allowances[i].n_people, EVENLY, 2000 * DAY, allowances[i].limit,
                              allowances[i].seconds, delays[d]), <=, 1.04);
}

/* Where in a window a company's last request falls is chance: by and by neither many pages that are not full nor
 * a long end cost more than a few in a hundred. */
static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowances); i++)
    for (guint d = 0; d < G_N_ELEMENTS (delays); d++) {
      double sum = 0;

      for (guint n = 0; n < 24; n++)
        sum += try (allowances[i].n_people * (96 + n) / 96, n % N_SPREADS, 2000 * DAY, allowances[i].limit,
                    allowances[i].seconds, delays[d]);
      g_test_message ("%u in %u s, replies after %u ms: %.3f", allowances[i].limit, allowances[i].seconds, delays[d],
                      sum / 24);
      g_assert_cmpfloat (sum / 24, <=, 1.16);
    }
}

/* Whatever the company's size, and whatever its users tell of its age, hardly more is asked for than there is. */
static void
test_companies (void)
{
  static const gint64 hints[] = { 1000 * DAY, 1800 * DAY, 2150 * DAY, 4000 * DAY };

  for (guint h = 0; h < G_N_ELEMENTS (hints); h++)
    for (guint n_people = 15000; n_people < 400000; n_people = n_people * 3 / 2)
      for (guint d = 0; d < G_N_ELEMENTS (delays); d++)
        try (n_people, EVENLY, hints[h], 50, 30, delays[d]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/first-sync/allowance", test_allowance);
  g_test_add_func ("/first-sync/sizes", test_sizes);
  g_test_add_func ("/first-sync/companies", test_companies);
  return g_test_run ();
}
