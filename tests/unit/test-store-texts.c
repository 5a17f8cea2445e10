/* Text messages: each goes out once at most, and what was handed over has one note. */
#include "store-fixture.h"

#define THEIRS "+447700900142"
#define OURS   "+442079460100"

static DialTextMessage *
write_text (const char *body)
{
  return dial_text_message_new (7, THEIRS, OURS, body);
}

static DialTextMessage *
keep_text (StoreFixture    *fixture,
           DialTextMessage *message,
           GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_keep_text_async (fixture->store, message, NULL, keep, &result));
  return dial_store_keep_text_finish (fixture->store, result, error);
}

static DialTextMessage *
begin (StoreFixture    *fixture,
       DialTextMessage *message,
       GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_begin_text_async (fixture->store, message, NULL, keep, &result));
  return dial_store_begin_text_finish (fixture->store, result, error);
}

static DialTextMessage *
end (StoreFixture    *fixture,
     DialTextMessage *message,
     DialTextState    state,
     const char      *problem,
     GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialTextMessage) ended = dial_text_message_copy (message);
  g_autoptr (DialOutboxItem) item = state == DIAL_TEXT_STATE_HANDED ? make_note (7, message->body) : NULL;

  ended->state = state;
  dial_set_str (&ended->error, problem);
  WAIT (result, dial_store_end_text_async (fixture->store, ended, item, NULL, keep, &result));
  return dial_store_end_text_finish (fixture->store, result, error);
}

static void
claim (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_claim_texts_async (fixture->store, NULL, keep, &result));
  g_assert_true (dial_store_claim_texts_finish (fixture->store, result, NULL));
}

static gboolean
discard (StoreFixture *fixture,
         gint64        id,
         GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_discard_text_async (fixture->store, id, NULL, keep, &result));
  return dial_store_discard_text_finish (fixture->store, result, error);
}

static void
opt_out (StoreFixture *fixture,
         gboolean      opted_out)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_set_opt_out_async (fixture->store, THEIRS, opted_out, NULL, keep, &result));
  g_assert_true (dial_store_set_opt_out_finish (fixture->store, result, NULL));
}

static void
assert_sql (StoreFixture *fixture,
            const char   *sql,
            const char   *expected)
{
  g_autofree char *answer = store_fixture_sql (fixture, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
count (DialStore *store,
       gint64     candidate_id,
       guint     *n_told)
{
  g_assert_cmpint (candidate_id, ==, 7);
  ++*n_told;
}

static void
test_draft (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (DialTextMessage) empty = write_text ("");
  g_autoptr (DialTextMessage) typed = write_text ("Hi");
  g_autoptr (DialTextMessage) nothing = keep_text (fixture, empty, NULL);
  g_autoptr (DialTextMessage) kept = keep_text (fixture, typed, NULL);
  g_autoptr (DialTextMessage) more = dial_text_message_copy (kept);
  g_autoptr (DialTextMessage) kept_again = NULL;
  g_autoptr (DialTextMessage) let_go = NULL;
  g_autoptr (DialTextMessage) late = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (nothing->id, ==, 0);
  g_assert_cmpint (kept->id, >, 0);
  dial_set_str (&more->body, "Hi Ada");
  kept_again = keep_text (fixture, more, NULL);
  g_assert_cmpint (kept_again->id, ==, kept->id);
  assert_sql (fixture, "SELECT body || ' ' || state FROM texts", "Hi Ada draft");

  /* Whoever knows less does not write over it. */
  late = keep_text (fixture, kept, &error);
  g_assert_null (late);
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);

  dial_set_str (&kept_again->body, "");
  let_go = keep_text (fixture, kept_again, NULL);
  g_assert_cmpint (let_go->id, ==, 0);
  assert_sql (fixture, "SELECT count(*) FROM texts", "0");
}

static void
test_on_its_way (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) draft = keep_text (fixture, typed, NULL);
  g_autoptr (DialTextMessage) sending = begin (fixture, draft, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sending->state, ==, DIAL_TEXT_STATE_SENDING);
  g_assert_cmpint (sending->id, ==, draft->id);

  /* Nobody else sends, changes or discards it. */
  g_assert_null (begin (fixture, draft, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
  g_clear_error (&error);
  g_assert_null (keep_text (fixture, draft, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
  g_clear_error (&error);
  g_assert_false (discard (fixture, draft->id, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
}

static void
test_once (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) sending = begin (fixture, typed, NULL);
  g_autoptr (DialTextMessage) handed = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (7, "Ada", "Fir"));
  g_signal_connect (fixture->store, "texts-changed", G_CALLBACK (count), &n_told);
  handed = end (fixture, sending, DIAL_TEXT_STATE_HANDED, NULL, NULL);
  g_assert_cmpint (handed->state, ==, DIAL_TEXT_STATE_HANDED);
  assert_sql (fixture, "SELECT state FROM texts", "handed");
  assert_sql (fixture, "SELECT count(*) FROM outbox", "1");
  assert_sql (fixture, "SELECT last_contact_at > 0 FROM candidates WHERE id = 7", "1");

  /* Nothing moves it on, and no second note comes of it. */
  g_assert_null (end (fixture, handed, DIAL_TEXT_STATE_HANDED, NULL, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
  g_clear_error (&error);
  g_assert_null (end (fixture, sending, DIAL_TEXT_STATE_REFUSED, "No.", &error));
  g_clear_error (&error);
  g_assert_null (begin (fixture, handed, &error));
  g_clear_error (&error);
  g_assert_false (discard (fixture, handed->id, &error));
  assert_sql (fixture, "SELECT count(*) || ' ' || (SELECT count(*) FROM outbox) FROM texts", "1 1");
  g_assert_cmpuint (n_told, >=, 1);
}

static void
test_private (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) sending = begin (fixture, typed, NULL);
  g_autoptr (DialTextMessage) handed = NULL;
  DialCandidate *hidden = make_candidate (7, "Ada", "Fir");

  hidden->is_private = TRUE;
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, hidden);
  handed = end (fixture, sending, DIAL_TEXT_STATE_HANDED, NULL, NULL);
  assert_sql (fixture, "SELECT visibility FROM outbox", "private");
}

/* Killed on the way, it asks. */
static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) sending = begin (fixture, typed, NULL);
  g_autoptr (DialTextMessage) unknown = NULL;
  g_autoptr (DialTextMessage) refused = NULL;
  g_autoptr (DialTextMessage) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_reopen (fixture);
  claim (fixture);
  assert_sql (fixture, "SELECT state || ' ' || (error <> '') FROM texts", "unknown 1");

  WAIT (result, dial_store_load_text_async (fixture->store, sending->id, NULL, keep, &result));
  unknown = dial_store_load_text_finish (fixture->store, result, NULL);
  g_assert_null (begin (fixture, unknown, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
  g_clear_error (&error);
  g_assert_null (keep_text (fixture, unknown, &error));
  g_clear_error (&error);

  /* Once a person has said that it did not go out, it may. */
  refused = end (fixture, unknown, DIAL_TEXT_STATE_REFUSED, "It did not go out.", NULL);
  again = begin (fixture, refused, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->state, ==, DIAL_TEXT_STATE_SENDING);
  g_assert_null (again->error);
}

static void
test_told (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) sending = begin (fixture, typed, NULL);
  g_autoptr (DialTextMessage) unknown = end (fixture, sending, DIAL_TEXT_STATE_UNKNOWN, "Cut.", NULL);
  g_autoptr (DialTextMessage) handed = NULL;

  assert_sql (fixture, "SELECT count(*) FROM outbox", "0");
  handed = end (fixture, unknown, DIAL_TEXT_STATE_HANDED, NULL, NULL);
  g_assert_nonnull (handed);
  assert_sql (fixture, "SELECT count(*) FROM outbox", "1");
}

static void
test_opt_out (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialTextMessage) typed = write_text ("Thursday?");
  g_autoptr (DialTextMessage) sending = NULL;
  g_autoptr (GHashTable) opt_outs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  opt_out (fixture, TRUE);
  g_assert_null (begin (fixture, typed, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OPTED_OUT);
  assert_sql (fixture, "SELECT count(*) FROM texts", "0");
  WAIT (result, dial_store_list_opt_outs_async (fixture->store, NULL, keep, &result));
  opt_outs = dial_store_list_opt_outs_finish (fixture->store, result, NULL);
  g_assert_true (g_hash_table_contains (opt_outs, THEIRS));

  opt_out (fixture, FALSE);
  sending = begin (fixture, typed, NULL);
  g_assert_nonnull (sending);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-texts/draft", test_draft);
  STORE_TEST ("/store-texts/on-its-way", test_on_its_way);
  STORE_TEST ("/store-texts/once", test_once);
  STORE_TEST ("/store-texts/private", test_private);
  STORE_TEST ("/store-texts/killed", test_killed);
  STORE_TEST ("/store-texts/told", test_told);
  STORE_TEST ("/store-texts/opt-out", test_opt_out);
  return g_test_run ();
}
