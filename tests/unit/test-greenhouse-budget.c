/* The allowance against a Greenhouse of arithmetic: windows of every kind, an injected clock. */
#include "dial-budget-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* How the other end counts. */
typedef struct {
  gint64   limit;
  gint64   phase;       /* where its windows begin on our clock */
  gboolean floating;    /* a window begins with the first request after the last one */
  gboolean vague_reset; /* Reset is always 30 s from now */
  gint64   window;      /* when the present one began */
  gint64   used;
  guint    n_refused;
  guint    n_served;
} Server;

static void
server_roll (Server *server,
             gint64  now)
{
  gint64 begin = server->floating ? now : (now - server->phase) / (30 * SECOND) * (30 * SECOND) + server->phase;

  if (server->floating ? now >= server->window + 30 * SECOND : begin != server->window) {
    server->window = begin;
    server->used = 0;
  }
}

/* FALSE is a 429. The instants in the headers are whole seconds, as on the wire. */
static gboolean
server_ask (Server         *server,
            gint64          now,
            DialBudgetNews *news)
{
  gint64 date = now / SECOND;
  gint64 reset;

  server_roll (server, now);
  if (server->used >= server->limit) {
    server->n_refused++;
    return FALSE;
  }

  server->used++;
  server->n_served++;
  reset = server->vague_reset ? date + 30 : (server->window + 30 * SECOND) / SECOND;
  news->limit = server->limit;
  news->remaining = server->limit - server->used;
  news->until_reset = (reset - date) * SECOND + SECOND;
  return TRUE;
}

typedef struct {
  gint64         answered;
  DialTurn       turn;
  DialBudgetNews news;
} Flight;

/* A sync that always wants more, for five minutes; replies take @latency and may overtake one
 * another. */
static void
run (Server *server,
     gint64  start,
     gint64  latency)
{
  DialBudget budget;
  g_autoptr (GArray) flights = g_array_new (FALSE, FALSE, sizeof (Flight));
  gint64 now = start;
  gint64 served;

  dial_budget_init (&budget, 30);
  server->window = G_MININT64 / 2;

  while (now < start + 300 * SECOND) {
    gint64 next = dial_budget_next_try (&budget, now);

    for (guint i = flights->len; i > 0; i--) {
      Flight flight = g_array_index (flights, Flight, i - 1);

      if (flight.answered <= now) {
        dial_budget_answered (&budget, &flight.turn, &flight.news, now);
        g_array_remove_index (flights, i - 1);
      }
    }

    while (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, now)) {
      Flight flight = { now + latency + g_test_rand_int_range (0, 100) * latency / 100 };

      flight.turn = dial_budget_sent (&budget);
      g_assert_true (server_ask (server, now + latency / 2, &flight.news));
      g_array_append_val (flights, flight);
    }

    next = dial_budget_next_try (&budget, now);
    if (next == 0 || next <= now)
      next = G_MAXINT64;
    for (guint i = 0; i < flights->len; i++)
      next = MIN (next, g_array_index (flights, Flight, i).answered);
    g_assert_cmpint (next, <, G_MAXINT64);
    now = next;
  }

  /* Ten windows fit; the one it came into may be lost in part, and what the rounding of instants
   * takes. */
  g_assert_cmpuint (server->n_refused, ==, 0);
  served = MIN (server->limit * (server->limit < 50 ? 8 : 9), 300 * SECOND / latency * 2);
  g_assert_cmpint (server->n_served, >=, served);
}

static void
test_never_refused (void)
{
  static const gint64 limits[] = { 1, 2, 5, 50, 75, 150 };
  static const gint64 latencies[] = { SECOND / 100, SECOND / 5, SECOND };

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    for (guint n = 0; n < G_N_ELEMENTS (latencies); n++)
      for (guint kind = 0; kind < 4; kind++)
        for (gint64 start = 0; start < 30; start += 7) {
          Server server = {
            .limit = limits[l],
            .phase = SECOND / 3,
            .floating = kind & 1,
            .vague_reset = kind & 2,
          };

          g_test_message ("limit %d, latency %d ms, %s windows, %s reset, start %d", (int)
                          server.limit,
                          (int) (latencies[n] / 1000), server.floating ? "floating" : "aligned",
                          server.vague_reset ? "vague" : "exact", (int) start);
          run (&server, 1000000 * SECOND + start * SECOND, latencies[n]);
        }
}

static void
test_first (void)
{
  DialBudget budget;

  dial_budget_init (&budget, 30);
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 1));
  dial_budget_sent (&budget);
  /* The first one brings the count; the recruiter does not wait for it. */
  g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 1));
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 1));
}

static void
test_reserve (void)
{
  DialBudget budget;
  DialTurn turn;
  DialBudgetNews news = { 150, 6, 20 * SECOND };

  dial_budget_init (&budget, 30);
  turn = dial_budget_sent (&budget);
  dial_budget_answered (&budget, &turn, &news, SECOND);
  g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, SECOND));
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOTE, SECOND));
  g_assert_cmpint (dial_budget_next_try (&budget, SECOND), ==, 19 * SECOND);
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 19 * SECOND));
}

static void
test_no_headers (void)
{
  DialBudget budget;
  DialTurn turn;
  DialBudgetNews news = { -1, -1, -1 };

  dial_budget_init (&budget, 30);
  for (int i = 0; i < 1000; i++) {
    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, i));
    turn = dial_budget_sent (&budget);
    dial_budget_answered (&budget, &turn, &news, i);
  }
}

static void
test_refused (void)
{
  DialBudget budget;
  DialTurn turn;
  DialBudgetNews news = { 150, 149, 30 * SECOND };

  dial_budget_init (&budget, 30);
  turn = dial_budget_sent (&budget);
  dial_budget_answered (&budget, &turn, &news, SECOND);
  dial_budget_sent (&budget);
  dial_budget_refused (&budget, 12 * SECOND, 2 * SECOND);
  g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 13 * SECOND));
  g_assert_cmpint (dial_budget_next_try (&budget, 2 * SECOND), ==, 14 * SECOND);
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 14 * SECOND));

  /* Nobody says how long: until the window ends. */
  turn = dial_budget_sent (&budget);
  dial_budget_answered (&budget, &turn, &news, 14 * SECOND);
  dial_budget_sent (&budget);
  dial_budget_refused (&budget, -1, 15 * SECOND);
  g_assert_cmpint (dial_budget_next_try (&budget, 15 * SECOND), ==, 44 * SECOND);
}

/* Headers may be anything. */
static void
test_nonsense (void)
{
  static const DialBudgetNews news[] = {
    { 0, 0, 0 }, { 150, 100000, 0 }, { G_MAXINT64, G_MAXINT64, G_MAXINT64 }, { 150, -1, 5 },
    { 1, 0, -1 }, { 150, 149, G_MAXINT64 },
  };
  DialBudget budget;
  DialTurn turn;
  gint64 now = SECOND;

  dial_budget_init (&budget, 30);
  for (int i = 0; i < 10000; i++) {
    while (!dial_budget_may_send (&budget, DIAL_URGENCY_NOW, now)) {
      gint64 next = dial_budget_next_try (&budget, now);

      g_assert_cmpint (next, >, now);
      g_assert_cmpint (next, <=, now + 600 * SECOND);
      now = next;
    }
    turn = dial_budget_sent (&budget);
    dial_budget_answered (&budget, &turn, &news[g_test_rand_int_range (0, G_N_ELEMENTS (news))], now);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/greenhouse/budget/never-refused", test_never_refused);
  g_test_add_func ("/greenhouse/budget/first", test_first);
  g_test_add_func ("/greenhouse/budget/reserve", test_reserve);
  g_test_add_func ("/greenhouse/budget/no-headers", test_no_headers);
  g_test_add_func ("/greenhouse/budget/refused", test_refused);
  g_test_add_func ("/greenhouse/budget/nonsense", test_nonsense);

  return g_test_run ();
}
