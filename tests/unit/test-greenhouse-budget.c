/* The allowance against a Greenhouse of arithmetic: windows of every kind, an injected clock. */
#include "allowance-model.h"

#define START ((gint64) 1000000 * SECOND)

static void
begin (Desk   *desk,
       guint   seconds,
       guint   n_sync,
       guint32 seed)
{
  *desk = (Desk) { .n_sync = n_sync, .n_most = 24 };
  dial_budget_init (&desk->budget, seconds, seed);
}

/* A sync alone, begun anywhere in a window of any kind, is never refused and always done. */
static void
test_never_refused (void)
{
  static const gint64 limits[] = { 1, 2, 5, 50, 75, 150 };
  static const gint64 delays[] = { 0, SECOND / 5, SECOND };

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    for (guint d = 0; d < G_N_ELEMENTS (delays); d++)
      for (guint kind = 0; kind < 16; kind++)
        for (guint n = 0; n < 8; n++) {
          gint64 from = START + g_test_rand_int_range (0, 60 * G_USEC_PER_SEC);
          Server server = {
            .limit = limits[l],
            .length = (kind & 4 ? 10 : 30) * SECOND,
            .phase = SECOND / 3,
            .floating = kind & 1,
            .vague_reset = kind & 2,
            .no_reset = kind & 8,
            .delay = delays[d],
            .way = n % 3 * 20000,
          };
          /* Where nothing is told, the dialect knows. */
          guint seconds = server.no_reset ? (guint) (server.length / SECOND) : 30;
          guint n_requests = (guint) (limits[l] * 10 - limits[l] / 5);
          Desk desk;

          begin (&desk, seconds, n_requests, n);
          model_run (&server, &desk, 1, from, from + 2000 * SECOND);
          if (server.n_refused > 0 || desk.n_done < n_requests)
            g_error ("limit %d in %d s, delay %d ms, kind %u, begun %d ms into a window: %u refused, "
                     "%u of %u done", (int) server.limit, (int) (server.length / SECOND),
                     (int) (delays[d] / 1000), kind,
                     (int) ((from - server.phase) % server.length / 1000), server.n_refused,
                     desk.n_done, n_requests);
        }
}

/* Forty windows are filled as by somebody who knows everything, the first of them too. */
static void
test_fills (void)
{
  static const struct {
    gint64 limit;
    gint64 seconds;
  } allowances[] = { { 50, 10 }, { 50, 30 }, { 75, 30 }, { 150, 30 } };
  static const gint64 delays[] = { 0, SECOND / 5, SECOND };

  for (guint a = 0; a < G_N_ELEMENTS (allowances); a++)
    for (guint d = 0; d < G_N_ELEMENTS (delays); d++)
      for (guint floating = 0; floating < 2; floating++) {
        double worst = 0, sum = 0;

        for (guint n = 0; n < 10; n++) {
          gint64 from = START + g_test_rand_int_range (0, 60 * G_USEC_PER_SEC);
          guint n_requests = (guint) (allowances[a].limit * 393 / 10);
          Server server = {
            .limit = allowances[a].limit,
            .length = allowances[a].seconds * SECOND,
            .phase = SECOND / 3,
            .floating = floating,
            .vague_reset = TRUE,
            .delay = delays[d],
            .way = 10000,
          };
          double ratio;
          Desk desk;

          begin (&desk, 30, n_requests, n);
          model_run (&server, &desk, 1, from, from + 4000 * SECOND);
          ratio = (double) (desk.finished - from) / (double) (model_best (&server, n_requests, from) - from);
          worst = MAX (worst, ratio);
          sum += ratio / 10;
          g_assert_cmpuint (server.n_refused, ==, 0);
        }

        g_test_message ("%d in %d s, %s, replies of %d ms: %.3f of the best time, %.3f at worst",
                        (int) allowances[a].limit, (int) allowances[a].seconds,
                        floating ? "from the first request" : "by the clock", (int) (delays[d] / 1000),
                        sum, worst);
        g_assert_cmpfloat (sum, <, 1.03);
        g_assert_cmpfloat (worst, <, 1.08);
      }
}

/* Desks that begin a sync at once and write notes all the while: each comes to its end, hardly anybody is
 * refused, no note waits longer than two windows. */
static void
test_fleet (void)
{
  static const struct {
    guint n_desks;
    guint n_requests;
    guint seconds;  /* between the notes of one */
  } fleets[] = { { 20, 50, 60 }, { 100, 10, 120 } };

  for (guint f = 0; f < G_N_ELEMENTS (fleets); f++)
    for (guint kind = 0; kind < 4; kind++) {
      g_autofree Desk *desks = g_new0 (Desk, fleets[f].n_desks);
      guint every = fleets[f].seconds;
      gint64 longest = 0, finished = 0;
      Server server = {
        .limit = 150,
        .length = 30 * SECOND,
        .floating = kind & 1,
        .vague_reset = TRUE,
        .delay = kind & 2 ? SECOND : SECOND / 5,
        .way = 20000,
      };

      for (guint i = 0; i < fleets[f].n_desks; i++) {
        begin (&desks[i], 30, fleets[f].n_requests, i);
        desks[i].every = every * SECOND;
        desks[i].next_note = START + g_test_rand_int_range (0, every * 1000) * 1000;
      }
      model_run (&server, desks, fleets[f].n_desks, START, START + 1200 * SECOND);

      for (guint i = 0; i < fleets[f].n_desks; i++) {
        g_assert_cmpuint (desks[i].n_done, ==, fleets[f].n_requests);
        g_assert_cmpuint (desks[i].n_noted, >=, 1200 / every - 2);
        longest = MAX (longest, desks[i].longest);
        finished = MAX (finished, desks[i].finished - START);
      }
      g_test_message ("%u desks, kind %u: done after %.0f s, the longest wait of a note %.1f s, %u of %u refused",
                      fleets[f].n_desks, kind, (double) finished / G_USEC_PER_SEC,
                      (double) longest / G_USEC_PER_SEC, server.n_refused,
                      server.n_served + server.n_refused);
      g_assert_cmpint (longest, <=, 2 * server.length);
      g_assert_cmpuint (server.n_refused, <, server.n_served / 6);
      g_assert_cmpint (finished, <, 600 * SECOND);
    }
}

/* Another program takes its part at the beginning of each window, whatever is left: what it leaves is
 * shared with nobody, and what it takes is not taken from it. */
static void
test_others (void)
{
  static const gint64 foreign[] = { 20, 75, 100, 140 };

  for (guint f = 0; f < G_N_ELEMENTS (foreign); f++) {
    Server server = {
      .limit = 150,
      .length = 30 * SECOND,
      .vague_reset = TRUE,
      .delay = SECOND / 5,
      .way = 20000,
      .n_foreign = foreign[f],
    };
    Desk desk;
    DialAllowance allowance;

    begin (&desk, 30, G_MAXUINT / 2, f);
    model_run (&server, &desk, 1, START, START + 1200 * SECOND);
    dial_budget_describe (&desk.budget, &allowance, START + 1200 * SECOND);
    g_test_message ("%d taken: %u in 40 windows, %u refused", (int) foreign[f], desk.n_done,
                    server.n_refused);
    g_assert_cmpuint (server.n_refused, ==, 0);
    g_assert_cmpuint (desk.n_done, >=, (150 - foreign[f]) * 40 / 20);
    g_assert_cmpuint (desk.n_done, <=, (150 - foreign[f]) * 40);
    g_assert_cmpuint (allowance.limit, ==, 150);
    g_assert_cmpuint (allowance.seconds, ==, 30);
  }
}

static void
test_first (void)
{
  DialBudget budget;

  dial_budget_init (&budget, 30, 1);
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 1));
  dial_budget_sent (&budget, DIAL_URGENCY_SYNC, 1);
  /* The first one brings the count; the recruiter does not wait for it. */
  g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 1));
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 1));
}

/* A reply that comes when the next window has begun tells that the last one was not over when it was asked for. */
static void
test_late (void)
{
  DialBudget budget;
  DialBudgetNews news = { 50, 49, -1 };
  DialTurn turn, late;
  gint64 over = START + 10 * SECOND;
  DialSpan end;

  dial_budget_init (&budget, 10, 1);
  turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, START);
  dial_budget_answered (&budget, &turn, &news, START + SECOND);
  late = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, over - SECOND / 10);

  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, over + SECOND / 10));
  turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, over + SECOND / 10);
  dial_budget_answered (&budget, &late, &(DialBudgetNews) { 50, 40, -1 }, over + 9 * SECOND / 10);
  dial_budget_answered (&budget, &turn, &news, over + 11 * SECOND / 10);

  end = dial_phase_get_end (&budget.phase);
  g_assert_cmpint (end.from, >=, over + 10 * SECOND - SECOND / 5);
  g_assert_cmpint (end.to, <=, over + 10 * SECOND + SECOND / 5);
}

/* More walks than keep pace are of use where an allowance is the wall; where this computer is, they only cost
 * pages that are not full. */
static void
test_walks (void)
{
  static const gint64 limits[] = { 150, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    DialBudget budget;
    DialBudgetNews news = { limits[i], limits[i] - 1, -1 };
    DialTurn turn;

    dial_budget_init (&budget, 30, 1);
    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, START);
    dial_budget_answered (&budget, &turn, &news, START + SECOND / 5);
    if (limits[i] == 150)
      g_assert_cmpuint (dial_budget_get_n_useful (&budget), >, dial_budget_get_n_needed (&budget));
    else
      g_assert_cmpuint (dial_budget_get_n_useful (&budget), ==, dial_budget_get_n_needed (&budget));
  }
}

/* Until shortly before the window's end some are kept for who waits. */
static void
test_reserve (void)
{
  DialBudget budget;
  DialBudgetNews news = { 150, 149, 31 * SECOND };
  gint64 now = START;

  dial_budget_init (&budget, 30, 1);
  for (guint i = 0; i < 200; i++) {
    DialTurn turn;

    if (!dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, now))
      break;

    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, now);
    dial_budget_answered (&budget, &turn, &news, now);
    news.remaining--;
  }

  g_assert_cmpint (news.remaining, >=, 4);
  g_assert_cmpint (news.remaining, <=, 10);
  for (guint i = 0; i < 3; i++) {
    DialTurn turn;

    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOTE, now));
    turn = dial_budget_sent (&budget, DIAL_URGENCY_NOTE, now);
    dial_budget_answered (&budget, &turn, &news, now);
    news.remaining--;
  }
  g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, now + 29 * SECOND));
}

static void
test_no_headers (void)
{
  DialBudget budget;
  DialTurn turn;
  DialBudgetNews news = { -1, -1, -1 };

  dial_budget_init (&budget, 30, 1);
  for (int i = 0; i < 1000; i++) {
    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, i));
    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, i);
    dial_budget_answered (&budget, &turn, &news, i);
  }
}

/* After an hour of silence it feels the way again. */
static void
test_silence (void)
{
  DialBudget budget;
  DialBudgetNews news = { 150, 149, -1 };
  gint64 now = START;
  guint n = 0;

  dial_budget_init (&budget, 30, 1);
  for (guint i = 0; i < 30; i++) {
    DialTurn turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, now);

    dial_budget_answered (&budget, &turn, &news, now + SECOND);
    news.remaining--;
  }

  now += 3600 * SECOND;
  for (; dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, now); n++)
    dial_budget_sent (&budget, DIAL_URGENCY_SYNC, now);
  g_assert_cmpuint (n, ==, 1);
}

/* However many were lost on the way, some day they get through. */
static void
test_lost (void)
{
  DialBudget budget;
  DialTurn turn;
  DialBudgetNews news = { 50, 49, -1 };
  gint64 now = SECOND;

  dial_budget_init (&budget, 30, 1);
  for (guint i = 0; i < 2000; i++) {
    while (!dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, now)) {
      gint64 next = dial_budget_next_try (&budget, now);

      g_assert_cmpint (next, >, now);
      now = next;
    }
    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, now);
    if (i % 1000 == 500)
      dial_budget_answered (&budget, &turn, &news, now);
    else
      dial_budget_lost (&budget);
  }
  g_assert_cmpint (now, <, 500 * SECOND);
}

/* As long as it says, and a little longer: a sync later than the recruiter. */
static void
test_refused (void)
{
  DialBudgetNews news = { 150, 149, 30 * SECOND };
  DialBudgetNews full = { 150, 0, -1 };

  for (guint32 seed = 1; seed < 100; seed++) {
    DialBudget budget;
    DialTurn turn;
    gint64 next;

    dial_budget_init (&budget, 30, seed);
    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, SECOND);
    dial_budget_answered (&budget, &turn, &news, SECOND);
    turn = dial_budget_sent (&budget, DIAL_URGENCY_SYNC, 2 * SECOND);
    dial_budget_refused (&budget, &turn, &full, 12 * SECOND, 2 * SECOND);
    g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 14 * SECOND - 1));
    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 15 * SECOND));
    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_SYNC, 31 * SECOND));
    next = dial_budget_next_try (&budget, 2 * SECOND);
    g_assert_cmpint (next, >=, 14 * SECOND);
    g_assert_cmpint (next, <, 15 * SECOND);

    /* Nobody says how long: until the window ends. */
    turn = dial_budget_sent (&budget, DIAL_URGENCY_NOW, 15 * SECOND);
    dial_budget_answered (&budget, &turn, &news, 15 * SECOND);
    turn = dial_budget_sent (&budget, DIAL_URGENCY_NOW, 16 * SECOND);
    dial_budget_refused (&budget, &turn, &full, -1, 16 * SECOND);
    g_assert_false (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 30 * SECOND));
    g_assert_true (dial_budget_may_send (&budget, DIAL_URGENCY_NOW, 48 * SECOND));
  }
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

  dial_budget_init (&budget, 30, 1);
  for (int i = 0; i < 10000; i++) {
    while (!dial_budget_may_send (&budget, DIAL_URGENCY_NOW, now)) {
      gint64 next = dial_budget_next_try (&budget, now);

      g_assert_cmpint (next, >, now);
      g_assert_cmpint (next, <=, now + 600 * SECOND);
      now = next;
    }
    turn = dial_budget_sent (&budget, DIAL_URGENCY_NOW, now);
    dial_budget_answered (&budget, &turn, &news[g_test_rand_int_range (0, G_N_ELEMENTS (news))], now);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/greenhouse/budget/never-refused", test_never_refused);
  g_test_add_func ("/greenhouse/budget/fills", test_fills);
  g_test_add_func ("/greenhouse/budget/fleet", test_fleet);
  g_test_add_func ("/greenhouse/budget/others", test_others);
  g_test_add_func ("/greenhouse/budget/first", test_first);
  g_test_add_func ("/greenhouse/budget/late", test_late);
  g_test_add_func ("/greenhouse/budget/walks", test_walks);
  g_test_add_func ("/greenhouse/budget/reserve", test_reserve);
  g_test_add_func ("/greenhouse/budget/no-headers", test_no_headers);
  g_test_add_func ("/greenhouse/budget/silence", test_silence);
  g_test_add_func ("/greenhouse/budget/lost", test_lost);
  g_test_add_func ("/greenhouse/budget/refused", test_refused);
  g_test_add_func ("/greenhouse/budget/nonsense", test_nonsense);

  return g_test_run ();
}
