/* What the store keeps: candidates, calls, drafts, the outbox, notes, settings. */
#include "store-fixture.h"

#define BEYOND_DOUBLE G_GINT64_CONSTANT (9007199254740993)

static void
test_candidate (StoreFixture  *fixture,
                gconstpointer  data)
{
  const gint64 ids[] = { 1, -7, BEYOND_DOUBLE, G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    DialCandidate *saved = make_candidate (ids[i], "Zoë", "Quinn");
    g_autoptr (DialCandidate) loaded = NULL;

    saved->preferred_name = g_strdup ("Zo");
    saved->title = g_strdup ("");
    saved->is_private = TRUE;
    saved->created_at = -5;
    saved->updated_at = 6;
    saved->last_activity_at = 7;
    g_strfreev (saved->tags);
    saved->tags = g_strsplit ("rust,remote", ",", -1);
    g_ptr_array_add (saved->phones, dial_phone_number_new ("(202) 555-0143", "mobile", "US"));
    g_ptr_array_add (saved->phones, dial_phone_number_new ("(202) 555-0143", "mobile", "US"));
    g_ptr_array_add (saved->emails, dial_email_address_new ("zoe@example.com", "work"));

    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, saved);
    loaded = load (fixture->store, ids[i]);
    g_assert_true (loaded->id == ids[i]);
    g_assert_cmpstr (loaded->first_name, ==, "Zoë");
    g_assert_cmpstr (loaded->preferred_name, ==, "Zo");
    g_assert_cmpstr (loaded->title, ==, "");
    g_assert_null (loaded->company);
    g_assert_true (loaded->is_private);
    g_assert_cmpint (loaded->created_at, ==, -5);
    g_assert_cmpint (loaded->updated_at, ==, 6);
    g_assert_cmpint (loaded->last_activity_at, ==, 7);
    g_assert_cmpuint (g_strv_length (loaded->tags), ==, 2);
    g_assert_cmpstr (loaded->tags[1], ==, "remote");
    g_assert_cmpuint (loaded->phones->len, ==, 2);
    g_assert_cmpstr (dial_phone_number_get_e164 (g_ptr_array_index (loaded->phones, 1)), ==,
                     "+12025550143");
    g_assert_cmpstr (dial_phone_number_get_typed (g_ptr_array_index (loaded->phones, 1)), ==,
                     "(202) 555-0143");
    g_assert_cmpuint (loaded->emails->len, ==, 1);
    g_assert_nonnull (loaded->applications);
    g_assert_cmpuint (loaded->applications->len, ==, 0);
  }
}

static void
test_candidates (StoreFixture  *fixture,
                 gconstpointer  data)
{
  const gint64 wanted[] = { 3, 404, 1 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) matches = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 id = 1; id <= 3; id++)
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (id, NULL, NULL));

  g_array_append_vals (ids, wanted, G_N_ELEMENTS (wanted));
  WAIT (result, dial_store_find_places_async (fixture->store, ids, NULL, keep, &result));
  matches = dial_store_find_places_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < matches->len; i++)
    g_array_append_val (places, g_array_index (matches, DialMatch, i).place);
  WAIT (result, dial_store_load_candidates_async (fixture->store, places, NULL, keep, &result));
  candidates = dial_store_load_candidates_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (candidates->len, ==, 2);
  g_assert_cmpint (((DialCandidate *) g_ptr_array_index (candidates, 0))->id, ==, 3);
  g_assert_cmpint (((DialCandidate *) g_ptr_array_index (candidates, 1))->id, ==, 1);

  WAIT (result, dial_store_load_candidate_async (fixture->store, 404, NULL, keep, &result));
  g_assert_null (dial_store_load_candidate_finish (fixture->store, result, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND);
}

static void
save_call (DialStore      *store,
           DialCallRecord *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_save_call_async (store, call, NULL, keep, &result));
  dial_store_save_call_finish (store, result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_calls (DialStore *store,
            gint64     candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *calls;
  GError *error = NULL;

  WAIT (result, dial_store_list_calls_async (store, candidate_id, NULL, keep, &result));
  calls = dial_store_list_calls_finish (store, result, &error);
  g_assert_no_error (error);
  return calls;
}

static GPtrArray *
list_open_calls (DialStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *calls;
  GError *error = NULL;

  WAIT (result, dial_store_list_open_calls_async (store, NULL, keep, &result));
  calls = dial_store_list_open_calls_finish (store, result, &error);
  g_assert_no_error (error);
  return calls;
}

static void
on_id_told (DialStore *store,
            gint64     id,
            gpointer   user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT " ", id);
}

static void
test_calls (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (DialCallRecord) early = make_call ("early", 1, 100);
  g_autoptr (DialCallRecord) late = make_call ("late", 1, 200);
  g_autoptr (DialCallRecord) stranger = make_call ("stranger", 0, 150);
  g_autoptr (DialCallRecord) ended = make_call ("early", 1, 100);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  DialCallRecord *loaded;

  g_signal_connect (fixture->store, "calls-changed", G_CALLBACK (on_id_told), told);
  save_call (fixture->store, early);
  save_call (fixture->store, late);
  save_call (fixture->store, stranger);
  g_assert_cmpstr (told->str, ==, "1 1 0 ");

  ended->state = DIAL_CALL_STATE_ENDED;
  ended->outcome = DIAL_OUTCOME_VOICEMAIL;
  ended->direction = DIAL_DIRECTION_INCOMING;
  ended->answered_at = 110;
  ended->ended_at = 120;
  ended->duration = 10;
  ended->wrapped_up = TRUE;
  dial_set_str (&ended->e164, "+442079460958");
  dial_set_str (&ended->own_number, "+15550100");
  dial_set_str (&ended->phone_id, "system");
  dial_set_str (&ended->time_zone, "Europe/London");
  dial_set_str (&ended->text, "said\nhello");
  g_strfreev (ended->tags);
  ended->tags = g_strsplit ("good fit|call, again", "|", -1);
  save_call (fixture->store, ended);

  /* A late word of the phone neither opens it again nor takes away what the recruiter said. */
  ended->wrapped_up = FALSE;
  ended->outcome = DIAL_OUTCOME_ANSWERED;
  dial_set_str (&ended->text, NULL);
  g_clear_pointer (&ended->tags, g_strfreev);
  save_call (fixture->store, ended);

  all = list_calls (fixture->store, 0);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((DialCallRecord *) g_ptr_array_index (all, 0))->uid, ==, "late");
  g_assert_cmpstr (((DialCallRecord *) g_ptr_array_index (all, 1))->uid, ==, "stranger");

  mine = list_calls (fixture->store, 1);
  g_assert_cmpuint (mine->len, ==, 2);
  loaded = g_ptr_array_index (mine, 1);
  g_assert_cmpint (loaded->state, ==, DIAL_CALL_STATE_ENDED);
  g_assert_cmpint (loaded->outcome, ==, DIAL_OUTCOME_VOICEMAIL);
  g_assert_cmpint (loaded->direction, ==, DIAL_DIRECTION_INCOMING);
  g_assert_cmpint (loaded->started_at, ==, 100);
  g_assert_cmpint (loaded->answered_at, ==, 110);
  g_assert_cmpint (loaded->ended_at, ==, 120);
  g_assert_cmpint (loaded->duration, ==, 10);
  g_assert_true (loaded->wrapped_up);
  g_assert_cmpstr (loaded->number, ==, "020 7946 0958");
  g_assert_cmpstr (loaded->e164, ==, "+442079460958");
  g_assert_cmpstr (loaded->own_number, ==, "+15550100");
  g_assert_cmpstr (loaded->phone_id, ==, "system");
  g_assert_cmpstr (loaded->time_zone, ==, "Europe/London");
  g_assert_cmpstr (loaded->text, ==, "said\nhello");
  g_assert_cmpuint (g_strv_length (loaded->tags), ==, 2);
  g_assert_cmpstr (loaded->tags[1], ==, "call, again");

  open = list_open_calls (fixture->store);
  g_assert_cmpuint (open->len, ==, 2);
}

static char *
load_draft (DialStore *store,
            gint64     candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *text;
  GError *error = NULL;

  WAIT (result, dial_store_load_draft_async (store, candidate_id, NULL, keep, &result));
  text = dial_store_load_draft_finish (store, result, &error);
  g_assert_no_error (error);
  return text;
}

static void
save_draft (DialStore  *store,
            gint64      candidate_id,
            const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_save_draft_async (store, candidate_id, text, NULL, keep, &result));
  dial_store_save_draft_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
assert_draft (DialStore  *store,
              gint64      candidate_id,
              const char *expected)
{
  g_autofree char *text = load_draft (store, candidate_id);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_drafts (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *rows = NULL;

  assert_draft (fixture->store, 1, "");
  save_draft (fixture->store, 1, "spoke of Łódź");
  save_draft (fixture->store, 2, "two");
  save_draft (fixture->store, 1, "spoke of Łódź,\nand more");
  store_fixture_reopen (fixture);
  assert_draft (fixture->store, 1, "spoke of Łódź,\nand more");
  save_draft (fixture->store, 1, "");
  assert_draft (fixture->store, 1, "");
  assert_draft (fixture->store, 2, "two");
  rows = store_fixture_sql (fixture, "SELECT count(*) FROM drafts");
  g_assert_cmpstr (rows, ==, "1");
}

static gint64
queue (DialStore      *store,
       DialOutboxItem *item,
       DialCallRecord *call,
       gboolean        clear_draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gint64 id;

  WAIT (result, dial_store_queue_note_async (store, item, call, clear_draft, NULL, keep, &result));
  id = dial_store_queue_note_finish (store, result, &error);
  g_assert_no_error (error);
  return id;
}

static GPtrArray *
list_outbox (DialStore *store,
             gint64     candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *items;
  GError *error = NULL;

  WAIT (result, dial_store_list_outbox_async (store, candidate_id, NULL, keep, &result));
  items = dial_store_list_outbox_finish (store, result, &error);
  g_assert_no_error (error);
  return items;
}

static gboolean
save_item (DialStore       *store,
           DialOutboxItem  *item,
           GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_save_outbox_item_async (store, item, NULL, keep, &result));
  return dial_store_save_outbox_item_finish (store, result, error);
}

static gboolean
discard (DialStore  *store,
         gint64      id,
         GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_discard_note_async (store, id, NULL, keep, &result));
  return dial_store_discard_note_finish (store, result, error);
}

static void
test_queue_note (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = make_note (1, "called, nobody there");
  g_autoptr (DialOutboxItem) other = make_note (2, "plain note");
  g_autoptr (DialCallRecord) call = make_call ("call-1", 1, 100);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  DialOutboxItem *loaded;
  gint64 id;

  g_signal_connect (fixture->store, "outbox-changed", G_CALLBACK (on_id_told), told);
  save_draft (fixture->store, 1, "called");
  save_draft (fixture->store, 2, "kept");
  call->state = DIAL_CALL_STATE_ENDED;
  dial_set_str (&item->call_uid, "call-1");

  id = queue (fixture->store, item, call, TRUE);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (queue (fixture->store, other, NULL, FALSE), >, id);
  g_assert_cmpstr (told->str, ==, "1 2 ");
  assert_draft (fixture->store, 1, "");
  assert_draft (fixture->store, 2, "kept");
  open = list_open_calls (fixture->store);
  g_assert_cmpuint (open->len, ==, 0);

  all = list_outbox (fixture->store, 0);
  g_assert_cmpuint (all->len, ==, 2);
  items = list_outbox (fixture->store, 1);
  g_assert_cmpuint (items->len, ==, 1);
  loaded = g_ptr_array_index (items, 0);
  g_assert_cmpint (loaded->id, ==, id);
  g_assert_cmpint (loaded->candidate_id, ==, 1);
  g_assert_cmpint (loaded->state, ==, DIAL_OUTBOX_STATE_WAITING);
  g_assert_cmpint (loaded->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  g_assert_cmpstr (loaded->body, ==, "called, nobody there");
  g_assert_cmpstr (loaded->reference, ==, "ref-1");
  g_assert_cmpstr (loaded->call_uid, ==, "call-1");
  g_assert_cmpint (loaded->created_at, ==, 1700000000000000);
}

static void
test_outbox (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = make_note (1, "called");
  g_autoptr (DialOutboxItem) second = make_note (1, "called again");
  g_autoptr (DialOutboxItem) sent = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  DialOutboxItem *loaded;
  gint64 id = queue (fixture->store, item, NULL, FALSE);
  gint64 second_id = queue (fixture->store, second, NULL, FALSE);

  sent = dial_outbox_item_new (id);
  sent->revision = 1;
  sent->candidate_id = 1;
  dial_set_str (&sent->body, "called");
  dial_set_str (&sent->reference, "ref-1");
  dial_set_str (&sent->error, "The network is away.");
  sent->state = DIAL_OUTBOX_STATE_SENDING;
  sent->author_id = 4;
  sent->attempts = 3;
  sent->first_sent_at = 5;
  sent->next_try_at = 6;
  sent->note_id = BEYOND_DOUBLE;
  g_assert_true (save_item (fixture->store, sent, &error));
  g_assert_no_error (error);

  items = list_outbox (fixture->store, 0);
  loaded = g_ptr_array_index (items, 0);
  g_assert_cmpint (loaded->state, ==, DIAL_OUTBOX_STATE_SENDING);
  g_assert_cmpint (loaded->author_id, ==, 4);
  g_assert_cmpint (loaded->attempts, ==, 3);
  g_assert_cmpint (loaded->first_sent_at, ==, 5);
  g_assert_cmpint (loaded->next_try_at, ==, 6);
  g_assert_true (loaded->note_id == BEYOND_DOUBLE);
  g_assert_cmpstr (loaded->error, ==, "The network is away.");

  /* Somebody who still has it as it was notices that it has moved on. */
  sent->state = DIAL_OUTBOX_STATE_WAITING;
  g_assert_false (save_item (fixture->store, sent, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED);
  g_clear_error (&error);

  /* What may have gone out stays. */
  g_assert_false (discard (fixture->store, id, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED);
  g_clear_error (&error);
  sent->state = DIAL_OUTBOX_STATE_SENT;
  sent->revision++;
  g_assert_true (save_item (fixture->store, sent, &error));
  g_assert_false (discard (fixture->store, id, &error));
  g_clear_error (&error);
  sent->state = DIAL_OUTBOX_STATE_REFUSED;
  sent->revision++;
  g_assert_true (save_item (fixture->store, sent, &error));
  g_assert_true (discard (fixture->store, id, &error));
  g_assert_true (discard (fixture->store, second_id, &error));

  g_assert_false (discard (fixture->store, id, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (save_item (fixture->store, sent, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND);

  /* Ids are not used again. */
  none = list_outbox (fixture->store, 0);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (queue (fixture->store, item, NULL, FALSE), >, second_id);
}

static void
save_notes (DialStore *store,
            gint64     candidate_id,
            GPtrArray *notes)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_save_notes_async (store, candidate_id, notes, NULL, keep, &result));
  dial_store_save_notes_finish (store, result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_notes (DialStore *store,
            gint64     candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *notes;
  GError *error = NULL;

  WAIT (result, dial_store_list_notes_async (store, candidate_id, NULL, keep, &result));
  notes = dial_store_list_notes_finish (store, result, &error);
  g_assert_no_error (error);
  return notes;
}

static void
test_notes (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GPtrArray) fewer = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  DialUser *user = dial_user_new (8);

  g_signal_connect (fixture->store, "notes-changed", G_CALLBACK (on_id_told), told);
  user->name = g_strdup ("Grace Hopper");
  save_record (fixture->store, DIAL_RESOURCE_USERS, user);

  for (gint64 id = 1; id <= 3; id++) {
    DialNote *note = dial_note_new (id);

    note->candidate_id = 1;
    note->user_id = 7 + id;
    note->created_at = id * 10;
    note->visibility = DIAL_VISIBILITY_ADMIN_ONLY;
    dial_set_str (&note->body, "body");
    dial_set_str (&note->subject, "subject");
    dial_set_str (&note->type, "NOTE");
    g_ptr_array_add (notes, note);
  }
  save_notes (fixture->store, 1, notes);
  g_assert_cmpstr (told->str, ==, "1 ");

  loaded = list_notes (fixture->store, 1);
  g_assert_cmpuint (loaded->len, ==, 3);
  g_assert_cmpint (((DialNote *) g_ptr_array_index (loaded, 0))->id, ==, 3);
  g_assert_null (((DialNote *) g_ptr_array_index (loaded, 0))->user_name);
  g_assert_cmpstr (((DialNote *) g_ptr_array_index (loaded, 2))->user_name, ==, "Grace Hopper");
  g_assert_cmpint (((DialNote *) g_ptr_array_index (loaded, 2))->visibility, ==,
                   DIAL_VISIBILITY_ADMIN_ONLY);
  others = list_notes (fixture->store, 2);
  g_assert_cmpuint (others->len, ==, 0);

  g_ptr_array_remove_index (notes, 1);
  save_notes (fixture->store, 1, notes);
  fewer = list_notes (fixture->store, 1);
  g_assert_cmpuint (fewer->len, ==, 2);
}

static void
save_settings (DialStore  *store,
               const char *key,
               const char *value)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_hash_table_insert (settings, (gpointer) key, (gpointer) value);
  WAIT (result, dial_store_save_settings_async (store, settings, NULL, keep, &result));
  dial_store_save_settings_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
test_settings (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GHashTable) settings = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save_settings (fixture->store, "name", "Alder");
  save_settings (fixture->store, "caption", "");
  save_settings (fixture->store, "as", "ada@example.com");
  save_settings (fixture->store, "name", "Alder Works");
  save_settings (fixture->store, "as", NULL);
  store_fixture_reopen (fixture);

  WAIT (result, dial_store_load_settings_async (fixture->store, NULL, keep, &result));
  settings = dial_store_load_settings_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (settings), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (settings, "name"), ==, "Alder Works");
  g_assert_cmpstr (g_hash_table_lookup (settings, "caption"), ==, "");
}

/* A write that was given up before its turn is not done, and says so. */
static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  WAIT (result, dial_store_save_draft_async (fixture->store, 1, "no", cancellable, keep, &result));
  g_assert_false (dial_store_save_draft_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_draft (fixture->store, 1, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store/candidate", test_candidate);
  STORE_TEST ("/store/candidates", test_candidates);
  STORE_TEST ("/store/calls", test_calls);
  STORE_TEST ("/store/drafts", test_drafts);
  STORE_TEST ("/store/queue-note", test_queue_note);
  STORE_TEST ("/store/outbox", test_outbox);
  STORE_TEST ("/store/notes", test_notes);
  STORE_TEST ("/store/settings", test_settings);
  STORE_TEST ("/store/cancelled", test_cancelled);
  return g_test_run ();
}
