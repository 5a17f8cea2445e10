#include "dial-queue.h"

#include <string.h>

/* Whose turn it is, at a service that lets a number of operations through and says when there will be more. */

#define SOON (50 * 1000)

#define TEST_TYPE_QUEUE (test_queue_get_type ())
G_DECLARE_FINAL_TYPE (TestQueue, test_queue, TEST, QUEUE, DialQueue)

struct _TestQueue
{
  DialQueue parent_instance;

  int       n_free;
  gint64    opens_at; /* one more then */
};

G_DEFINE_FINAL_TYPE (TestQueue, test_queue, DIAL_TYPE_QUEUE)

static gint64
next_try (DialQueue *queue,
          guint      urgency,
          int        size,
          gint64     now)
{
  TestQueue *self = TEST_QUEUE (queue);

  if (self->opens_at <= now) {
    self->n_free++;
    self->opens_at = G_MAXINT64;
  }

  return self->n_free >= size ? now : self->opens_at;
}

static gboolean
has_share (DialQueue *queue,
           guint      urgency,
           int        size,
           gint64     now)
{
  return TRUE;
}

static gpointer
give_turn (DialQueue *queue,
           guint      urgency,
           int        size,
           gint64     now)
{
  TEST_QUEUE (queue)->n_free -= size;
  return g_memdup2 (&size, sizeof size);
}

static GError *
explain (DialQueue *queue,
         gint64     now)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY, "Not for now");
}

static void
test_queue_class_init (TestQueueClass *klass)
{
  DialQueueClass *queue_class = DIAL_QUEUE_CLASS (klass);

  queue_class->next_try = next_try;
  queue_class->has_share = has_share;
  queue_class->give_turn = give_turn;
  queue_class->explain = explain;
}

static void
test_queue_init (TestQueue *self)
{
  self->opens_at = G_MAXINT64;
}

typedef struct {
  TestQueue *queue;
  GString   *order;   /* a letter a turn, a capital where there was none */
} Fixture;

typedef struct {
  Fixture *fixture;
  char     letter;
  int      size;
} Wish;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->queue = g_object_new (TEST_TYPE_QUEUE, NULL);
  fixture->order = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_string_free (fixture->order, TRUE);
  g_assert_finalize_object (fixture->queue);
}

static void
on_turn (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Wish *wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree int *turn = dial_queue_wait_finish (DIAL_QUEUE (source), result, &error);

  if (turn != NULL) {
    g_assert_no_error (error);
    g_assert_cmpint (*turn, ==, wish->size);
    g_string_append_c (wish->fixture->order, wish->letter);
  } else {
    g_assert_nonnull (error);
    g_string_append_c (wish->fixture->order, g_ascii_toupper (wish->letter));
  }
}

static void
wish (Fixture      *fixture,
      char          letter,
      guint         urgency,
      int           size,
      gint64        patience,
      GCancellable *cancellable)
{
  Wish *made = g_new0 (Wish, 1);

  made->fixture = fixture;
  made->letter = letter;
  made->size = size;
  dial_queue_wait_async (DIAL_QUEUE (fixture->queue), urgency, size, patience, cancellable, on_turn, made);
}

static void
wish_patiently (Fixture *fixture,
                char     letter,
                guint    urgency,
                int      size)
{
  wish (fixture, letter, urgency, size, DIAL_QUEUE_PATIENT, NULL);
}

static void
let_through (Fixture *fixture,
             int      n)
{
  fixture->queue->n_free += n;
  dial_queue_serve (DIAL_QUEUE (fixture->queue));
}

static void
assert_order (Fixture    *fixture,
              const char *order)
{
  while (fixture->order->len < strlen (order))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->order->str, ==, order);
}

static void
test_urgent_first (Fixture       *fixture,
                   gconstpointer  data)
{
  wish_patiently (fixture, 'c', 2, 1);
  wish_patiently (fixture, 'd', 2, 1);
  wish_patiently (fixture, 'b', 1, 1);
  wish_patiently (fixture, 'a', 0, 1);
  g_assert_cmpuint (dial_queue_get_n_waiting (DIAL_QUEUE (fixture->queue)), ==, 4);

  let_through (fixture, 3);
  assert_order (fixture, "abc");
  g_assert_cmpuint (dial_queue_get_n_waiting (DIAL_QUEUE (fixture->queue)), ==, 1);
  let_through (fixture, 1);
  assert_order (fixture, "abcd");
}

static void
test_nobody_starves (Fixture       *fixture,
                     gconstpointer  data)
{
  wish_patiently (fixture, 'z', 2, 1);
  for (guint i = 0; i < 12; i++)
    wish_patiently (fixture, 'a', 0, 1);

  let_through (fixture, 13);
  assert_order (fixture, "aaaaaaaazaaaa");
}

/* Who was passed over for long enough and needs more than there is: others leave it to it, but for who cannot wait. */
static void
test_kept_for_who_starves (Fixture       *fixture,
                           gconstpointer  data)
{
  wish_patiently (fixture, 'z', 2, 5);
  for (guint i = 0; i < 10; i++)
    wish_patiently (fixture, 'a', 0, 1);

  let_through (fixture, 10);
  assert_order (fixture, "aaaaaaaa");
  wish (fixture, 'p', 0, 1, G_USEC_PER_SEC, NULL);
  assert_order (fixture, "aaaaaaaap");
  let_through (fixture, 4);
  assert_order (fixture, "aaaaaaaapz");
  let_through (fixture, 2);
  assert_order (fixture, "aaaaaaaapzaa");
}

static void
test_patience (Fixture       *fixture,
               gconstpointer  data)
{
  wish (fixture, 'p', 0, 1, G_USEC_PER_SEC, NULL);
  assert_order (fixture, "P");

  /* What it takes is known, and soon enough: nobody has to serve. */
  fixture->queue->opens_at = g_get_monotonic_time () + SOON;
  wish (fixture, 'q', 0, 1, G_USEC_PER_SEC, NULL);
  g_assert_cmpuint (dial_queue_get_n_waiting (DIAL_QUEUE (fixture->queue)), ==, 1);
  assert_order (fixture, "Pq");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  wish (fixture, 'a', 0, 1, DIAL_QUEUE_PATIENT, cancellable);
  wish_patiently (fixture, 'b', 0, 1);
  g_cancellable_cancel (cancellable);
  assert_order (fixture, "A");
  g_assert_cmpuint (dial_queue_get_n_waiting (DIAL_QUEUE (fixture->queue)), ==, 1);
  let_through (fixture, 1);
  assert_order (fixture, "Ab");
}

/* A turn that was given stands, whoever thought better of it at the same moment. */
static void
test_cancelled_too_late (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->queue->n_free = 1;
  wish (fixture, 'a', 0, 1, DIAL_QUEUE_PATIENT, cancellable);
  g_cancellable_cancel (cancellable);
  assert_order (fixture, "a");
}

static void
count (DialQueue *queue,
       guint     *n_told)
{
  (*n_told)++;
}

static void
test_told (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_told = 0;

  g_signal_connect (fixture->queue, "changed", G_CALLBACK (count), &n_told);
  for (guint i = 0; i < 5; i++)
    wish_patiently (fixture, 'a', 0, 1);
  let_through (fixture, 5);
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_told, ==, 1);
  assert_order (fixture, "aaaaa");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/queue/urgent-first", Fixture, NULL, set_up, test_urgent_first, tear_down);
  g_test_add ("/queue/nobody-starves", Fixture, NULL, set_up, test_nobody_starves, tear_down);
  g_test_add ("/queue/kept-for-who-starves", Fixture, NULL, set_up, test_kept_for_who_starves, tear_down);
  g_test_add ("/queue/patience", Fixture, NULL, set_up, test_patience, tear_down);
  g_test_add ("/queue/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/queue/cancelled-too-late", Fixture, NULL, set_up, test_cancelled_too_late, tear_down);
  g_test_add ("/queue/told", Fixture, NULL, set_up, test_told, tear_down);

  return g_test_run ();
}
