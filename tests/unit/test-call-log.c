/* The call log as a whole: which calls a filter finds, whom a text finds, and who is to be called again. */
#include "store-fixture.h"

#define HOUR  ((gint64) 3600 * G_USEC_PER_SEC)
#define START ((gint64) 1795680000 * G_USEC_PER_SEC)   /* 26 November 2026, 08:00 */

static void
save (StoreFixture   *fixture,
      DialCallRecord *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_save_call_async (fixture->store, call, NULL, keep, &result));
  dial_store_save_call_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static DialCallRecord *
make_ended (const char  *uid,
            gint64       candidate_id,
            int          hour,
            DialOutcome  outcome)
{
  DialCallRecord *call = make_call (uid, candidate_id, START + hour * HOUR);

  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = outcome;
  return call;
}

static void
add (StoreFixture *fixture,
     const char   *uid,
     gint64        candidate_id,
     int           hour,
     DialOutcome   outcome)
{
  g_autoptr (DialCallRecord) call = make_ended (uid, candidate_id, hour, outcome);

  save (fixture, call);
}

static void
add_to_repeat (StoreFixture *fixture,
               const char   *uid,
               gint64        candidate_id,
               int           hour,
               const char   *day)
{
  g_autoptr (DialCallRecord) call = make_ended (uid, candidate_id, hour, DIAL_OUTCOME_ANSWERED);

  call->call_again_on = g_strdup (day);
  save (fixture, call);
}

static void
queue (StoreFixture *fixture,
       const char   *call_uid,
       gint64        candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialOutboxItem) item = make_note (candidate_id, "About a call");
  GError *error = NULL;

  item->call_uid = g_strdup (call_uid);
  WAIT (result, dial_store_queue_note_async (fixture->store, item, NULL, FALSE, NULL, keep, &result));
  dial_store_queue_note_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

/* The uids, in their order; and an ellipsis where there are more. */
static char *
find_some (StoreFixture   *fixture,
           DialCallFilter  filter,
           const char     *text,
           guint           limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialCallQuery) query = dial_call_query_new (filter, text);
  g_autoptr (DialCallFindings) findings = NULL;
  GString *uids = g_string_new (NULL);
  GError *error = NULL;

  g_free (query->day);
  query->day = g_strdup ("2026-11-26");
  query->day_begins = START - 8 * HOUR;
  WAIT (result, dial_store_find_calls_async (fixture->store, query, limit, NULL, keep, &result));
  findings = dial_store_find_calls_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < findings->keys->len; i++) {
    const DialCallKey *key = &g_array_index (findings->keys, DialCallKey, i);

    g_string_append_printf (uids, "%s%s", i > 0 ? " " : "", key->uid);
    if (i > 0)
      g_assert_cmpint (dial_call_key_compare (key - 1, key), <, 0);
  }
  if (!findings->complete)
    g_string_append (uids, "…");
  return g_string_free (uids, FALSE);
}

static void
assert_found (StoreFixture   *fixture,
              DialCallFilter  filter,
              const char     *text,
              const char     *expected)
{
  g_autofree char *uids = find_some (fixture, filter, text, 0);

  g_assert_cmpstr (uids, ==, expected);
}

static void
test_filters (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCallRecord) open = make_call ("open", 1, START + 5 * HOUR);
  g_autoptr (DialCallRecord) missed = make_ended ("missed", 2, 4, DIAL_OUTCOME_MISSED);
  g_autoptr (DialCallRecord) dropped = make_ended ("dropped", 1, 3, DIAL_OUTCOME_ANSWERED);
  g_autofree char *few = NULL;

  save (fixture, open);
  missed->direction = DIAL_DIRECTION_INCOMING;
  save (fixture, missed);
  dropped->dropped = TRUE;
  save (fixture, dropped);
  add (fixture, "noted", 1, 2, DIAL_OUTCOME_ANSWERED);
  queue (fixture, "noted", 1);
  add (fixture, "talked", 1, 1, DIAL_OUTCOME_ANSWERED);
  add (fixture, "stranger", 0, 0, DIAL_OUTCOME_ANSWERED);
  add (fixture, "failed", 1, -1, DIAL_OUTCOME_FAILED);
  add (fixture, "cancelled", 1, -8, DIAL_OUTCOME_CANCELLED);
  add (fixture, "yesterday", 1, -9, DIAL_OUTCOME_NO_ANSWER);

  assert_found (fixture, DIAL_CALL_FILTER_ALL, "",
                "open missed dropped noted talked stranger failed cancelled yesterday");
  assert_found (fixture, DIAL_CALL_FILTER_TODAY, "", "open missed dropped noted talked stranger failed cancelled");
  assert_found (fixture, DIAL_CALL_FILTER_UNLOGGED, "", "missed talked stranger yesterday");
  assert_found (fixture, DIAL_CALL_FILTER_MISSED, "", "missed");
  few = find_some (fixture, DIAL_CALL_FILTER_ALL, "", 2);
  g_assert_cmpstr (few, ==, "open missed…");
}

static void
settle (StoreFixture *fixture,
        const char   *uid,
        gboolean      dropped,
        const char   *call_again_on)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_settle_call_async (fixture->store, uid, dropped, call_again_on, NULL, keep, &result));
  dial_store_settle_call_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static void
test_call_again (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialCallRecord) stranger = make_ended ("stranger", 0, 0, DIAL_OUTCOME_ANSWERED);
  g_autoptr (DialCallRecord) other = make_ended ("other", 0, 1, DIAL_OUTCOME_ANSWERED);

  add_to_repeat (fixture, "today", 1, -20, "2026-11-26");
  add_to_repeat (fixture, "overdue", 2, -30, "2026-11-20");
  add_to_repeat (fixture, "tomorrow", 3, -20, "2026-11-27");
  add_to_repeat (fixture, "over", 4, -20, "2026-11-25");
  add (fixture, "later", 4, -19, DIAL_OUTCOME_NO_ANSWER);
  add_to_repeat (fixture, "sooner", 5, -40, "2026-11-21");
  add_to_repeat (fixture, "put-off", 5, -10, "2026-12-24");
  add_to_repeat (fixture, "afternoon", 6, -18, "2026-11-26");

  /* Nobody is known of either, but one number is not the other. */
  stranger->call_again_on = g_strdup ("2026-11-24");
  dial_set_str (&stranger->e164, "+442079460958");
  dial_set_str (&other->e164, "+442079460959");
  save (fixture, stranger);
  save (fixture, other);

  assert_found (fixture, DIAL_CALL_FILTER_CALL_AGAIN, "", "overdue stranger afternoon today");

  settle (fixture, "overdue", FALSE, NULL);
  assert_found (fixture, DIAL_CALL_FILTER_CALL_AGAIN, "", "stranger afternoon today");
  settle (fixture, "overdue", FALSE, "2026-11-26");
  assert_found (fixture, DIAL_CALL_FILTER_CALL_AGAIN, "", "stranger afternoon today overdue");
}

static void
test_text (StoreFixture  *fixture,
           gconstpointer  data)
{
  DialCandidate *mira = make_candidate (1, "Mira", "Tolland");
  DialCandidate *zoe = make_candidate (2, "Zoë", "Großmann");
  g_autoptr (DialCallRecord) stranger = make_ended ("stranger", 0, 3, DIAL_OUTCOME_ANSWERED);

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, mira);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, zoe);
  dial_set_str (&stranger->e164, "+12025550143");
  save (fixture, stranger);
  add (fixture, "zoe", 2, 2, DIAL_OUTCOME_ANSWERED);
  add (fixture, "mira-2", 1, 1, DIAL_OUTCOME_ANSWERED);
  add (fixture, "mira-1", 1, 0, DIAL_OUTCOME_ANSWERED);
  add (fixture, "gone", 99, -1, DIAL_OUTCOME_ANSWERED);

  assert_found (fixture, DIAL_CALL_FILTER_ALL, "mira", "mira-2 mira-1");
  assert_found (fixture, DIAL_CALL_FILTER_ALL, "zoe gross", "zoe");
  assert_found (fixture, DIAL_CALL_FILTER_ALL, "202 555", "stranger");
  assert_found (fixture, DIAL_CALL_FILTER_MISSED, "mira", "");
  assert_found (fixture, DIAL_CALL_FILTER_ALL, "nobody", "");
}

/* A call that is put away stays in the log, and can be brought back. */
static void
test_settle (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "talked", 1, 1, DIAL_OUTCOME_ANSWERED);
  settle (fixture, "talked", TRUE, NULL);
  assert_found (fixture, DIAL_CALL_FILTER_UNLOGGED, "", "");
  assert_found (fixture, DIAL_CALL_FILTER_ALL, "", "talked");
  settle (fixture, "talked", FALSE, NULL);
  assert_found (fixture, DIAL_CALL_FILTER_UNLOGGED, "", "talked");

  WAIT (result, dial_store_settle_call_async (fixture->store, "never", TRUE, NULL, NULL, keep, &result));
  g_assert_false (dial_store_settle_call_finish (fixture->store, result, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND);
}

static void
test_load (StoreFixture  *fixture,
           gconstpointer  data)
{
  const char *uids[] = { "talked", "never", "noted", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  DialLoggedCall *talked, *noted;
  GError *error = NULL;

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Mira", "Tolland"));
  add (fixture, "noted", 1, 2, DIAL_OUTCOME_ANSWERED);
  queue (fixture, "noted", 1);
  queue (fixture, "noted", 1);
  add (fixture, "talked", 99, 1, DIAL_OUTCOME_ANSWERED);

  WAIT (result, dial_store_load_calls_async (fixture->store, uids, NULL, keep, &result));
  calls = dial_store_load_calls_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls->len, ==, 2);

  talked = g_ptr_array_index (calls, 0);
  g_assert_cmpstr (talked->call->uid, ==, "talked");
  g_assert_null (talked->candidate);
  g_assert_null (talked->item);
  g_assert_true (dial_logged_call_is_unlogged (talked));
  noted = g_ptr_array_index (calls, 1);
  g_assert_cmpstr (noted->candidate->first_name, ==, "Mira");
  g_assert_cmpint (noted->item->id, ==, 2);
  g_assert_false (dial_logged_call_is_unlogged (noted));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/call-log/filters", test_filters);
  STORE_TEST ("/call-log/call-again", test_call_again);
  STORE_TEST ("/call-log/text", test_text);
  STORE_TEST ("/call-log/settle", test_settle);
  STORE_TEST ("/call-log/load", test_load);

  return g_test_run ();
}
