/* What a phone system tells of calls: bound to those made here, added where they were made outside, told of once. */
#include "store-fixture.h"

#define SECOND G_USEC_PER_SEC
#define START  ((gint64) 1795680000 * SECOND)   /* 26 November 2026, 08:00 */
#define MIRA   "+12025550143"

static DialCallReport *
make_report (const char *remote_id,
             gint64      started_at)
{
  DialCallReport *report = dial_call_report_new (remote_id);

  report->has_ended = TRUE;
  report->outcome = DIAL_OUTCOME_ANSWERED;
  report->number = g_strdup (MIRA);
  report->own_number = g_strdup ("+442079460100");
  report->agent = g_strdup ("Imani Okafor");
  report->started_at = started_at;
  report->answered_at = started_at + 9 * SECOND;
  report->ended_at = started_at + 180 * SECOND;
  report->talking = 171;
  report->waiting = 9;
  report->wrap_up = 22;
  return report;
}

/* A call as the phone system would have it written, were it not known. Takes @report. */
static DialCallRecord *
make_outside (const char     *uid,
              DialCallReport *report)
{
  DialCallRecord *call = make_call (uid, 1, report->started_at);

  dial_set_str (&call->e164, report->number);
  call->direction = report->direction;
  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = report->outcome;
  call->duration = report->talking;
  call->wrapped_up = TRUE;
  call->outside = TRUE;
  call->report = report;
  return call;
}

static DialCallRecord *
take (StoreFixture *fixture,
      const char   *uid,
      const char   *remote_id,
      gint64        started_at,
      gboolean      add,
      gboolean     *is_new)
{
  g_autoptr (DialCallRecord) call = make_outside (uid, make_report (remote_id, started_at));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DialCallRecord *taken;

  WAIT (result, dial_store_take_report_async (fixture->store, call, add, NULL, keep, &result));
  dial_store_take_report_finish (fixture->store, result, &taken, is_new, &error);
  g_assert_no_error (error);
  return taken;
}

static void
save (StoreFixture   *fixture,
      DialCallRecord *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  WAIT (result, dial_store_save_call_async (fixture->store, call, NULL, keep, &result));
  dial_store_save_call_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static gint64
queue (StoreFixture    *fixture,
       DialCallRecord  *call,
       GError         **error)
{
  g_autoptr (DialOutboxItem) item = make_note (1, "About a call");
  g_autoptr (GAsyncResult) result = NULL;

  item->call_uid = g_strdup (call->uid);
  WAIT (result, dial_store_queue_note_async (fixture->store, item, call, FALSE, NULL, keep, &result));
  return dial_store_queue_note_finish (fixture->store, result, error);
}

static guint
count_unlogged (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  WAIT (result, dial_store_list_reported_calls_async (fixture->store, NULL, keep, &result));
  calls = dial_store_list_reported_calls_finish (fixture->store, result, NULL);
  return calls->len;
}

static void
assert_uids (StoreFixture *fixture,
             const char   *expected)
{
  g_autofree char *uids = store_fixture_sql (fixture, "SELECT group_concat (uid, ' ') FROM (SELECT uid FROM calls "
                                             "ORDER BY started_at, uid)");

  g_assert_cmpstr (uids, ==, expected);
}

/* As often as it is found, it stands there once; what was written about it there follows. */
static void
test_outside (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCallRecord) first = NULL;
  g_autoptr (DialCallRecord) again = NULL;
  g_autoptr (DialCallRecord) changed = NULL;
  g_autoptr (DialCallRecord) call = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean is_new;

  g_assert_null (take (fixture, "a", "70311456", START, FALSE, &is_new));
  g_assert_false (is_new);
  first = take (fixture, "a", "70311456", START, TRUE, &is_new);
  g_assert_true (is_new);
  g_assert_true (first->outside);
  again = take (fixture, "b", "70311456", START, TRUE, &is_new);
  g_assert_false (is_new);
  g_assert_cmpstr (again->uid, ==, "a");
  assert_uids (fixture, "a");
  g_assert_cmpuint (count_unlogged (fixture), ==, 1);

  changed = make_outside ("c", make_report ("70311456", START));
  g_strfreev (changed->report->tags);
  changed->report->tags = g_strsplit ("Screened,Hybrid", ",", -1);
  g_strfreev (changed->report->notes);
  changed->report->notes = g_strsplit ("Wants two days", ",", -1);
  changed->report->recording_url = g_strdup ("https://my.cloudtalk.io/r/play/70311456");
  WAIT (result, dial_store_take_report_async (fixture->store, changed, TRUE, NULL, keep, &result));
  dial_store_take_report_finish (fixture->store, result, &call, &is_new, NULL);
  g_assert_false (is_new);
  g_clear_object (&call);
  g_clear_object (&result);

  store_fixture_reopen (fixture);
  WAIT (result, dial_store_load_call_async (fixture->store, "a", NULL, keep, &result));
  call = dial_store_load_call_finish (fixture->store, result, NULL);
  g_assert_cmpstr (call->report->remote_id, ==, "70311456");
  g_assert_cmpstr (call->report->agent, ==, "Imani Okafor");
  g_assert_cmpstr (call->report->recording_url, ==, "https://my.cloudtalk.io/r/play/70311456");
  g_assert_cmpstr (call->report->tags[1], ==, "Hybrid");
  g_assert_cmpstr (call->report->notes[0], ==, "Wants two days");
  g_assert_cmpint (call->report->waiting, ==, 9);
  g_assert_cmpint (call->report->wrap_up, ==, 22);
  g_assert_cmpint (call->duration, ==, 171);
}

/* The call that was made here is the one that is found; which of two is told by the time. */
static void
test_own (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (DialCallRecord) first = make_call ("first", 1, START);
  g_autoptr (DialCallRecord) second = make_call ("second", 1, START + 60 * SECOND);
  g_autoptr (DialCallRecord) late = NULL;
  g_autoptr (DialCallRecord) early = NULL;
  g_autoptr (DialCallRecord) elsewhere = NULL;
  g_autoptr (DialCallRecord) incoming = NULL;
  g_autoptr (DialCallRecord) failed = NULL;
  g_autoptr (DialCallRecord) after_all = NULL;
  g_autoptr (DialCallRecord) call = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean is_new;

  dial_set_str (&first->e164, MIRA);
  dial_set_str (&second->e164, MIRA);
  save (fixture, first);
  save (fixture, second);

  late = take (fixture, "x", "2", START + 63 * SECOND, TRUE, &is_new);
  g_assert_false (is_new);
  g_assert_cmpstr (late->uid, ==, "second");
  g_assert_false (late->outside);
  g_assert_cmpint (late->state, ==, DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (late->outcome, ==, DIAL_OUTCOME_ANSWERED);
  early = take (fixture, "x", "1", START + 2 * SECOND, TRUE, &is_new);
  g_assert_cmpstr (early->uid, ==, "first");

  elsewhere = take (fixture, "x", "3", START + 600 * SECOND, TRUE, &is_new);
  g_assert_true (is_new);
  g_assert_cmpstr (elsewhere->uid, ==, "x");
  assert_uids (fixture, "first second x");

  /* A moment that was taken before the phone system told does not take that away. */
  save (fixture, first);
  WAIT (result, dial_store_load_call_async (fixture->store, "first", NULL, keep, &result));
  call = dial_store_load_call_finish (fixture->store, result, NULL);
  g_assert_cmpstr (call->report->remote_id, ==, "1");
  g_assert_cmpint (call->duration, ==, 171);

  /* It had seemed never to have come about: it is to be logged after all. */
  failed = make_call ("failed", 1, START + 1200 * SECOND);
  dial_set_str (&failed->e164, MIRA);
  failed->state = DIAL_CALL_STATE_ENDED;
  failed->outcome = DIAL_OUTCOME_FAILED;
  failed->wrapped_up = TRUE;
  save (fixture, failed);
  g_assert_cmpuint (count_unlogged (fixture), ==, 2);
  after_all = take (fixture, "z", "5", START + 1201 * SECOND, TRUE, &is_new);
  g_assert_cmpint (after_all->outcome, ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpuint (count_unlogged (fixture), ==, 3);

  /* Who calls back at once is not who was called. */
  incoming = make_outside ("y", make_report ("4", START + 5 * SECOND));
  incoming->direction = DIAL_DIRECTION_INCOMING;
  WAIT (result, dial_store_take_report_async (fixture->store, incoming, TRUE, NULL, keep, &result));
  g_clear_object (&call);
  dial_store_take_report_finish (fixture->store, result, &call, &is_new, NULL);
  g_assert_true (is_new);
}

/* The recruiter told of it by hand, without its number and by the clock on the wall. */
static void
test_by_hand (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCallRecord) told = make_call ("told", 1, START - 3 * 60 * SECOND);
  g_autoptr (DialCallRecord) other = make_call ("other", 2, START);
  g_autoptr (DialCallRecord) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new;

  told->state = DIAL_CALL_STATE_ENDED;
  told->outcome = DIAL_OUTCOME_ANSWERED;
  told->by_hand = TRUE;
  told->duration = 120;
  other->by_hand = TRUE;
  save (fixture, other);
  g_assert_cmpint (queue (fixture, told, &error), >, 0);
  g_assert_no_error (error);

  found = take (fixture, "x", "1", START, TRUE, &is_new);
  g_assert_false (is_new);
  g_assert_cmpstr (found->uid, ==, "told");
  g_assert_cmpint (found->duration, ==, 120);
  g_assert_cmpuint (count_unlogged (fixture), ==, 0);
  g_assert_cmpint (queue (fixture, found, &error), ==, 0);
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_TOLD);
}

/* Found first, and told of; then the call that was made here turns out to be the same: no second note. */
static void
test_told_once (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (DialCallRecord) outside = NULL;
  g_autoptr (DialCallRecord) own = make_call ("own", 1, START);
  g_autoptr (GError) error = NULL;
  g_autofree char *notes = NULL;
  gboolean is_new;

  outside = take (fixture, "outside", "1", START, TRUE, &is_new);
  g_assert_cmpint (queue (fixture, outside, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (queue (fixture, outside, &error), ==, 0);
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_TOLD);
  g_clear_error (&error);

  own->report = make_report ("1", START);
  g_assert_cmpint (queue (fixture, own, &error), ==, 0);
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_TOLD);
  save (fixture, own);
  assert_uids (fixture, "own");
  g_assert_cmpuint (count_unlogged (fixture), ==, 0);
  notes = store_fixture_sql (fixture, "SELECT group_concat (call_uid, ' ') FROM outbox");
  g_assert_cmpstr (notes, ==, "own");
}

/* Two that were made here, and mistaken for each other for a moment: both stay. */
static void
test_mistaken (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCallRecord) first = make_call ("first", 1, START);
  g_autoptr (DialCallRecord) second = make_call ("second", 1, START + 30 * SECOND);
  g_autofree char *names = NULL;

  first->report = make_report ("1", START);
  second->report = make_report ("1", START);
  save (fixture, first);
  save (fixture, second);
  assert_uids (fixture, "first second");
  names = store_fixture_sql (fixture, "SELECT group_concat (uid || coalesce (remote_id, '-'), ' ') FROM "
                             "(SELECT * FROM calls ORDER BY started_at)");
  g_assert_cmpstr (names, ==, "first- second1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-reports/outside", test_outside);
  STORE_TEST ("/store-reports/own", test_own);
  STORE_TEST ("/store-reports/by-hand", test_by_hand);
  STORE_TEST ("/store-reports/told-once", test_told_once);
  STORE_TEST ("/store-reports/mistaken", test_mistaken);

  return g_test_run ();
}
