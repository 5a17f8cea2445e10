#include "dial-greenhouse-queue-private.h"

/* Whose turn it is when there are fewer requests than wishes. */

#define LIMIT 3

typedef struct {
  DialGreenhouseQueue *queue;
  GString             *order; /* a letter a turn */
  DialTurn            *turn;  /* the last one */
} Fixture;

typedef struct {
  Fixture *fixture;
  char     letter;
} Wish;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->queue = dial_greenhouse_queue_new (1);
  fixture->order = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_string_free (fixture->order, TRUE);
  g_clear_object (&fixture->queue);
  g_free (fixture->turn);
}

static void
on_turn (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Wish *wish = user_data;

  g_free (wish->fixture->turn);
  wish->fixture->turn = dial_queue_wait_finish (DIAL_QUEUE (source), result, NULL);
  g_assert_nonnull (wish->fixture->turn);
  g_string_append_c (wish->fixture->order, wish->letter);
}

static void
wait_for_turn (Fixture     *fixture,
               DialUrgency  urgency,
               char         letter)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->fixture = fixture;
  wish->letter = letter;
  dial_queue_wait_async (DIAL_QUEUE (fixture->queue), urgency, 1, DIAL_QUEUE_PATIENT, NULL, on_turn, wish);
}

static void
give_turns (Fixture *fixture,
            gsize    n)
{
  while (fixture->order->len < n)
    g_main_context_iteration (NULL, TRUE);
}

/* A window is spent; what is wished for meanwhile is served in the order of how urgent it is, whoever came first. */
static void
test_urgent_first (Fixture       *fixture,
                   gconstpointer  data)
{
  DialBudgetNews spent = { .limit = LIMIT, .remaining = 0, .until_reset = -1 };
  DialBudgetNews fresh = { .limit = LIMIT, .remaining = LIMIT - 1, .until_reset = -1 };

  wait_for_turn (fixture, DIAL_URGENCY_SYNC, 's');
  give_turns (fixture, 1);
  dial_greenhouse_queue_answered (fixture->queue, fixture->turn, &spent);

  wait_for_turn (fixture, DIAL_URGENCY_SYNC, 's');
  wait_for_turn (fixture, DIAL_URGENCY_SYNC, 's');
  wait_for_turn (fixture, DIAL_URGENCY_NOTE, 'n');
  wait_for_turn (fixture, DIAL_URGENCY_NOW, 'w');

  for (gsize n = 2; n <= 5; n++) {
    give_turns (fixture, n);
    dial_greenhouse_queue_answered (fixture->queue, fixture->turn, &fresh);
    fresh.remaining = MAX (fresh.remaining - 1, 0);
  }
  g_assert_cmpstr (fixture->order->str, ==, "swnss");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/queue/urgent-first", Fixture, NULL, set_up, test_urgent_first, tear_down);

  return g_test_run ();
}
