#include "store-fixture.h"

#include <string.h>

static DialSyncPosition *
load_position (DialStore    *store,
               DialResource  resource)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) positions = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_load_positions_async (store, NULL, keep, &result));
  positions = dial_store_load_positions_finish (store, result, &error);
  g_assert_no_error (error);
  return dial_sync_position_copy (g_ptr_array_index (positions, DIAL_SYNC_POSITION_INDEX (
                                                       resource, DIAL_SYNC_AIM_RECORDS)));
}

static gint64
count (DialStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gint64 n_candidates;

  WAIT (result, dial_store_count_candidates_async (store, NULL, keep, &result));
  n_candidates = dial_store_count_candidates_finish (store, result, &error);
  g_assert_no_error (error);
  return n_candidates;
}

static GPtrArray *
make_page (gint64 first,
           gint64 last)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  /* As Greenhouse sends them: the highest id first. */
  for (gint64 id = last; id >= first; id--) {
    g_autofree char *name = g_strdup_printf ("Person %" G_GINT64_FORMAT, id);
    DialCandidate *candidate = make_candidate (id, name, "Doe");

    g_ptr_array_add (candidate->phones, dial_phone_number_new ("020 7946 0958", "home", "GB"));
    g_ptr_array_add (candidate->emails, dial_email_address_new ("doe@example.com", NULL));
    g_ptr_array_add (records, candidate);
  }
  return records;
}

static void
test_position (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 3);
  g_autoptr (DialSyncPosition) first = load_position (fixture->store, DIAL_RESOURCE_CANDIDATES);
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (DialSyncPosition) loaded = NULL;
  g_autoptr (DialSyncPosition) other = NULL;
  DialSyncWindow *window;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (first->windows->len, ==, 0);
  g_assert_cmpint (first->run, ==, 0);
  g_assert_false (first->walking);

  window = dial_sync_window_new (7, DIAL_INSTANT_UNKNOWN);
  window->next = g_strdup ("https://example.com/v3/candidates?cursor=abc");
  window->reached = 9;
  window->n_rows = 3;
  g_ptr_array_add (position->windows, window);
  g_ptr_array_add (position->windows, dial_sync_window_new (DIAL_INSTANT_UNKNOWN, 7));
  position->run = 4;
  position->started_at = 11;
  position->since = 12;
  position->completed_since = 13;
  position->walking = TRUE;
  WAIT (result, dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, records,
                                            position, NULL, keep, &result));
  dial_store_save_page_finish (fixture->store, result, NULL, NULL, &error);
  g_assert_no_error (error);

  /* One candidate read again, and the end of the program, leave it as it was. */
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (2, "Other", NULL));
  g_clear_object (&result);
  store_fixture_reopen (fixture);
  loaded = load_position (fixture->store, DIAL_RESOURCE_CANDIDATES);
  g_assert_cmpuint (loaded->windows->len, ==, 2);
  window = g_ptr_array_index (loaded->windows, 0);
  g_assert_cmpstr (window->next, ==, "https://example.com/v3/candidates?cursor=abc");
  g_assert_cmpint (window->from, ==, 7);
  g_assert_cmpint (window->until, ==, DIAL_INSTANT_UNKNOWN);
  g_assert_cmpint (window->reached, ==, 9);
  g_assert_cmpuint (window->n_rows, ==, 3);
  window = g_ptr_array_index (loaded->windows, 1);
  g_assert_null (window->next);
  g_assert_cmpint (window->until, ==, 7);
  g_assert_cmpint (loaded->run, ==, 4);
  g_assert_cmpint (loaded->started_at, ==, 11);
  g_assert_cmpint (loaded->since, ==, 12);
  g_assert_cmpint (loaded->completed_since, ==, 13);
  g_assert_true (loaded->walking);

  other = load_position (fixture->store, DIAL_RESOURCE_JOBS);
  g_assert_cmpint (other->run, ==, 0);
}

/* A position tells that all pages before were saved: where one of them was not, it is refused. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (DialSyncPosition) loaded = NULL;

  for (gint64 n_saves = 1; n_saves <= 4; n_saves++) {
    g_autoptr (GPtrArray) records = make_page (n_saves, n_saves);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    if (n_saves == 3)
      continue;
    position->n_saves = n_saves;
    WAIT (result, dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, records,
                                              position, NULL, keep, &result));
    g_assert_true (dial_store_save_page_finish (fixture->store, result, NULL, NULL, &error) ==
                   (n_saves < 3));
  }

  loaded = load_position (fixture->store, DIAL_RESOURCE_CANDIDATES);
  g_assert_cmpint (loaded->n_saves, ==, 2);
  g_assert_cmpint (count (fixture->store), ==, 2);
}

/* A walk that asks for ids alone: who is met stays, who is met and not stored is told. */
static void
test_ids (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 4);
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) unknown = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  guint n_stored, n_unseen;

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  for (gint64 id = 5; id >= 2; id--)
    g_array_append_val (ids, id);
  position->aim = DIAL_SYNC_AIM_PRESENCE;
  position->run = 2;
  WAIT (result, dial_store_save_ids_async (fixture->store, ids, position, NULL, keep, &result));
  unknown = dial_store_save_ids_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unknown->len, ==, 1);
  g_assert_cmpint (g_array_index (unknown, gint64, 0), ==, 5);

  WAIT (result, dial_store_count_unseen_async (fixture->store, DIAL_RESOURCE_CANDIDATES, 2, NULL,
                                               keep, &result));
  g_assert_true (dial_store_count_unseen_finish (fixture->store, result, &n_stored, &n_unseen,
                                                 &error));
  g_assert_cmpuint (n_stored, ==, 4);
  g_assert_cmpuint (n_unseen, ==, 1);
  g_assert_cmpuint (forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 2), ==, 1);
  g_assert_cmpint (count (fixture->store), ==, 3);
}

static void
test_counts (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 5);
  g_autoptr (GPtrArray) again = make_page (1, 6);
  DialCandidate *changed = g_ptr_array_index (again, 2);
  guint created, updated;

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, &created, &updated);
  g_assert_cmpuint (created, ==, 5);
  g_assert_cmpuint (updated, ==, 0);

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 2, &created, &updated);
  g_assert_cmpuint (created, ==, 0);
  g_assert_cmpuint (updated, ==, 0);

  g_ptr_array_add (changed->emails, dial_email_address_new ("second@example.com", NULL));
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, again, 3, &created, &updated);
  g_assert_cmpuint (created, ==, 1);
  g_assert_cmpuint (updated, ==, 1);
  g_assert_cmpint (count (fixture->store), ==, 6);
}

/* The other tables by the same rule: new, the same, changed. */
static void
test_other_resources (StoreFixture  *fixture,
                      gconstpointer  data)
{
  for (DialResource resource = DIAL_RESOURCE_APPLICATIONS; resource < DIAL_N_RESOURCES; resource++) {
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) none = g_ptr_array_new ();
    guint created, updated;

    for (guint i = 0; i < 3; i++) {
      const gint64 id = G_GINT64_CONSTANT (6409000001) - i;
      DialApplication *application = make_application (id, i, 0, NULL, NULL);
      DialJob *job = make_job (id, NULL);
      DialStage *stage = dial_stage_new (id);
      DialUser *user = dial_user_new (id);
      DialNote *note = dial_note_new (id);
      GObject *made[] = { NULL, G_OBJECT (application), G_OBJECT (job), G_OBJECT (stage),
                          G_OBJECT (user), G_OBJECT (note) };

      g_ptr_array_add (records, g_object_ref (made[resource]));
      for (guint j = 1; j < G_N_ELEMENTS (made); j++)
        g_object_unref (made[j]);
    }

    save_page (fixture->store, resource, records, 1, &created, &updated);
    g_assert_cmpuint (created, ==, 3);
    g_assert_cmpuint (updated, ==, 0);
    save_page (fixture->store, resource, records, 2, &created, &updated);
    g_assert_cmpuint (created + updated, ==, 0);
    g_assert_cmpuint (forget (fixture->store, resource, 2), ==, 0);
    g_assert_cmpuint (forget (fixture->store, resource, 3), ==, 3);
  }
}

static void
test_forget (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 4);
  g_autoptr (GPtrArray) second = make_page (2, 3);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (DialOutboxItem) item = make_note (1, "called");
  g_autoptr (DialCallRecord) call = make_call ("call-1", 1, 5);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *n_phones = NULL;
  g_autofree char *found = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  GError *error = NULL;

  g_ptr_array_add (records, make_candidate (9, "Zebulon", "Quagmire"));
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS,
               make_application (50, 1, 60, "in_process", NULL));
  WAIT (result,
        dial_store_queue_note_async (fixture->store, item, call, TRUE, NULL, keep, &result));
  g_assert_cmpint (dial_store_queue_note_finish (fixture->store, result, &error), >, 0);

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, second, 2, NULL, NULL);
  /* Read again by itself while walk 2 is under way: it is there, so it must not be forgotten. */
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (4, "Person 4", "Doe"));
  g_assert_cmpuint (forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 2), ==, 2);
  g_assert_cmpint (count (fixture->store), ==, 3);

  found = search_ids (fixture->store, "doe");
  g_assert_cmpstr (found, ==, "4 3 2");
  n_phones = store_fixture_sql (fixture, "SELECT count(*) FROM candidate_phones WHERE candidate_id "
                                "= 1");
  g_assert_cmpstr (n_phones, ==, "0");

  /* Nothing the recruiter did is lost. */
  WAIT (result, dial_store_list_calls_async (fixture->store, 1, NULL, keep, &result));
  calls = dial_store_list_calls_finish (fixture->store, result, &error);
  g_assert_cmpuint (calls->len, ==, 1);
  WAIT (result, dial_store_list_outbox_async (fixture->store, 1, NULL, keep, &result));
  items = dial_store_list_outbox_finish (fixture->store, result, &error);
  g_assert_cmpuint (items->len, ==, 1);

  /* And nothing of the forgotten is left, in free pages or in the index. */
  g_clear_object (&result);
  store_fixture_reopen (fixture);
  g_file_get_contents (fixture->path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (contents, length, "Zebulon", 7));
  g_assert_null (memmem (contents, length, "zebulon", 7));
  g_assert_null (memmem (contents, length, "quagmire", 8));
}

/* Whoever is anonymised in Greenhouse leaves no trace in the file either, but for what the recruiter did. */
static void
test_anonymised (StoreFixture  *fixture,
                 gconstpointer  data)
{
  DialCandidate *before = make_candidate (1, "Zebulon", "Quagmire");
  g_autoptr (DialOutboxItem) item = make_note (1, "called");
  g_autoptr (DialCallRecord) call = make_call ("call-1", 1, 5);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autofree char *chores = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  GError *error = NULL;

  g_ptr_array_add (before->phones, dial_phone_number_new ("020 7946 0958", "home", "GB"));
  g_ptr_array_add (before->emails, dial_email_address_new ("zeb@quag.example", NULL));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, before);
  WAIT (result,
        dial_store_queue_note_async (fixture->store, item, call, TRUE, NULL, keep, &result));
  g_assert_cmpint (dial_store_queue_note_finish (fixture->store, result, &error), >, 0);

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Anonymized", "1"));
  WAIT (result, dial_store_list_calls_async (fixture->store, 1, NULL, keep, &result));
  calls = dial_store_list_calls_finish (fixture->store, result, &error);
  g_assert_cmpuint (calls->len, ==, 1);

  /* The index is wiped step by step. */
  do {
    g_free (chores);
    chores = store_fixture_sql (fixture, "SELECT count(*) FROM chores WHERE name = 'wipe'");
  } while (!g_str_equal (chores, "0"));

  g_clear_object (&result);
  store_fixture_reopen (fixture);
  g_file_get_contents (fixture->path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (contents, length, "Zebulon", 7));
  g_assert_null (memmem (contents, length, "zebulon", 7));
  g_assert_null (memmem (contents, length, "quag", 4));
}

static void
on_changed (DialStore *store,
            GArray    *moves,
            gpointer   user_data)
{
  GString *told = user_data;

  for (guint i = 0; i < moves->len; i++)
    g_string_append_printf (told, "%" G_GINT64_FORMAT " ", g_array_index (moves, DialMove, i).id);
  if (moves->len == 0)
    g_string_append (told, "any ");
}

static void
test_signal (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 3);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (fixture->store, "candidates-changed", G_CALLBACK (on_changed), told);

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  g_assert_cmpstr (told->str, ==, "1 2 3 ");
  g_string_truncate (told, 0);

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 2, NULL, NULL);
  g_assert_cmpstr (told->str, ==, "");

  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS,
               make_application (50, 2, 60, NULL, NULL));
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (60, "Baker"));
  g_assert_cmpstr (told->str, ==, "2 2 ");
  g_string_truncate (told, 0);

  save_record (fixture->store, DIAL_RESOURCE_USERS, dial_user_new (8));
  g_assert_cmpstr (told->str, ==, "any ");
  g_string_truncate (told, 0);

  forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 3);
  g_assert_cmpstr (told->str, ==, "1 2 3 ");
}

static void
on_moved (DialStore *store,
          GArray    *moves,
          gpointer   user_data)
{
  for (guint i = 0; i < moves->len; i++) {
    DialMove *move = &g_array_index (moves, DialMove, i);

    g_string_append_printf (user_data, "%" G_GINT64_FORMAT ":%s ", move->id,
                            move->was == 0 ? "new" : move->is == 0 ? "gone" : move->is == move->was
                              ? "same" : move->is > move->was ? "up" : "down");
  }
}

/* What is told says where candidates stood and where they stand. */
static void
test_moves (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct {
    gint64      id;
    gint64      activity;
    const char *name;
    const char *told;
  } saves[] = {
    { 1, 1000, "Ada", "1:new " },
    { 2, 1000, "Bea", "2:new " },
    { 1, 1000, "Ada King", "1:same " },
    { 1, 1000, "Ada King", "" },
    { 1, 2000, "Ada King", "1:up " },
    { 2, 500, "Bea", "2:down " },
  };
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (fixture->store, "candidates-changed", G_CALLBACK (on_moved), told);
  for (guint i = 0; i < G_N_ELEMENTS (saves); i++) {
    DialCandidate *candidate = make_candidate (saves[i].id, saves[i].name, NULL);

    g_string_truncate (told, 0);
    candidate->last_activity_at = saves[i].activity * G_USEC_PER_SEC;
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, candidate);
    g_assert_cmpstr (told->str, ==, saves[i].told);
  }

  g_string_truncate (told, 0);
  forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 1);
  g_assert_cmpstr (told->str, ==, "1:gone 2:gone ");
}

/* While pages pour in, indexing waits for more; but not for long, and nobody is left out. */
static void
test_put_off (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *n_unindexed = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  position->run = 1;
  position->walking = TRUE;
  g_signal_connect (fixture->store, "candidates-changed", G_CALLBACK (on_changed), told);
  for (gint64 id = 1; id <= 30; id += 10) {
    g_autoptr (GPtrArray) page = make_page (id, id + 9);

    WAIT (result, dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, page, position,
                                              NULL, keep, &result));
    g_assert_true (dial_store_save_page_finish (fixture->store, result, NULL, NULL, NULL));
  }
  g_assert_cmpint (count (fixture->store), ==, 30);

  while (!g_str_has_suffix (told->str, "30 "))
    g_main_context_iteration (NULL, TRUE);
  n_unindexed = store_fixture_sql (fixture, "SELECT count(*) FROM unindexed");
  g_assert_cmpstr (n_unindexed, ==, "0");
}

/* After many came, the writer merges the parts of the index when nobody wants anything. */
static void
test_tidy (StoreFixture  *fixture,
           gconstpointer  data)
{
  const char *count_parts = "SELECT count(DISTINCT segid) FROM candidate_search_idx";
  g_autofree char *n_parts = NULL;
  g_autofree char *found = NULL;

  for (gint64 id = 1; id <= 2400; id += 300) {
    g_autoptr (GPtrArray) page = make_page (id, id + 299);

    save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, page, 1, NULL, NULL);
  }

  /* Each page was one. */
  n_parts = store_fixture_sql (fixture, count_parts);
  while (g_ascii_strtoll (n_parts, NULL, 10) > 2) {
    g_usleep (20000);
    g_free (n_parts);
    n_parts = store_fixture_sql (fixture, count_parts);
  }
  found = search_ids (fixture->store, "person 2399");
  g_assert_cmpstr (found, ==, "2399");
}

static void
test_find_by_phone (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) nobody = NULL;
  GError *error = NULL;

  ((DialCandidate *) g_ptr_array_index (records, 1))->last_activity_at = 5 * G_USEC_PER_SEC;
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (3, "Ada", NULL));

  WAIT (result,
        dial_store_find_by_phone_async (fixture->store, "+442079460958", NULL, keep, &result));
  found = dial_store_find_by_phone_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (g_array_index (found, gint64, 0), ==, 1);

  WAIT (result,
        dial_store_find_by_phone_async (fixture->store, "+442079460959", NULL, keep, &result));
  nobody = dial_store_find_by_phone_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nobody->len, ==, 0);
}

static char *
find_owners (StoreFixture *fixture,
             const char   *e164)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) owners = NULL;
  GString *ids = g_string_new (NULL);
  gboolean tied = FALSE;
  GError *error = NULL;

  WAIT (result, dial_store_find_owners_async (fixture->store, e164, NULL, keep, &result));
  owners = dial_store_find_owners_finish (fixture->store, result, &tied, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < owners->len; i++)
    g_string_append_printf (ids, "%" G_GINT64_FORMAT " ",
                            ((DialCandidate *) owners->pdata[i])->id);
  g_string_append (ids, tied ? "tied" : "");
  return g_string_free (ids, FALSE);
}

static void
tie (StoreFixture *fixture,
     const char   *e164,
     gint64        candidate_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_tie_number_async (fixture->store, e164, candidate_id, NULL, keep, &result));
  g_assert_true (dial_store_tie_number_finish (fixture->store, result, NULL));
}

#define assert_owners(fixture, e164, expected) G_STMT_START { \
    g_autofree char *found = find_owners (fixture, e164); \
    g_assert_cmpstr (found, ==, expected); \
  } G_STMT_END

/* Whose number it is: who was told, while that one is here; else all who have the whole number. */
static void
test_owners (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 2);
  const char *number = "+442079460958";

  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (3, "Ada", NULL));

  /* The same last nine digits, and the same line with another area's code, are other people's. */
  assert_owners (fixture, number, "2 1 ");
  assert_owners (fixture, "+12079460958", "");
  assert_owners (fixture, "+4979460958", "");
  assert_owners (fixture, "+44207946095", "");

  tie (fixture, number, 3);
  tie (fixture, "+12079460958", 1);
  store_fixture_reopen (fixture);
  assert_owners (fixture, number, "3 tied");
  assert_owners (fixture, "+12079460958", "1 tied");

  tie (fixture, number, 1);
  assert_owners (fixture, number, "1 tied");
  tie (fixture, number, 0);
  assert_owners (fixture, number, "2 1 ");

  /* A sweep finds that they are gone, and nothing stands for them any more. */
  tie (fixture, number, 3);
  forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 2);
  assert_owners (fixture, number, "");
  assert_owners (fixture, "+12079460958", "");
  {
    g_autofree char *n_ties = store_fixture_sql (fixture, "SELECT count(*) FROM number_ties");

    g_assert_cmpstr (n_ties, ==, "0");
  }
}

static void
save_user (DialStore  *store,
           gint64      id,
           const char *primary_email,
           const char *other_email,
           gboolean    deactivated)
{
  DialUser *user = dial_user_new (id);

  user->primary_email = g_strdup (primary_email);
  if (other_email != NULL) {
    g_strfreev (user->emails);
    user->emails = g_strsplit (other_email, ",", -1);
  }
  user->deactivated = deactivated;
  save_record (store, DIAL_RESOURCE_USERS, user);
}

static gint64
find_user (DialStore  *store,
           const char *email)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialUser) user = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_find_user_async (store, email, NULL, keep, &result));
  user = dial_store_find_user_finish (store, result, &error);
  g_assert_no_error (error);
  return user != NULL ? user->id : 0;
}

static void
test_find_user (StoreFixture  *fixture,
                gconstpointer  data)
{
  save_user (fixture->store, 1, "Ada@Example.com", NULL, TRUE);
  save_user (fixture->store, 2, "grace@example.com", "ada@example.com,g@example.com", FALSE);
  save_user (fixture->store, 3, NULL, NULL, FALSE);
  save_user (fixture->store, 4, "left@example.com", NULL, TRUE);

  g_assert_cmpint (find_user (fixture->store, " ADA@example.COM "), ==, 2);
  g_assert_cmpint (find_user (fixture->store, "g@example.com"), ==, 2);
  g_assert_cmpint (find_user (fixture->store, "left@example.com"), ==, 4);
  g_assert_cmpint (find_user (fixture->store, "nobody@example.com"), ==, 0);
  g_assert_cmpint (find_user (fixture->store, ""), ==, 0);

  save_user (fixture->store, 2, "grace@example.com", NULL, FALSE);
  g_assert_cmpint (find_user (fixture->store, "ada@example.com"), ==, 1);
}

/* The next walk begins again from scratch, and what was stored stays. */
static void
test_forget_positions (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 3);
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (DialSyncPosition) loaded = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  position->run = 7;
  position->walking = TRUE;
  position->started_at = 5;
  position->completed_since = 4;
  g_ptr_array_add (position->windows, dial_sync_window_new (3, 4));
  WAIT (result, dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, records,
                                            position, NULL, keep, &result));
  g_assert_true (dial_store_save_page_finish (fixture->store, result, NULL, NULL, &error));

  WAIT (result, dial_store_forget_positions_async (fixture->store, NULL, keep, &result));
  g_assert_true (dial_store_forget_positions_finish (fixture->store, result, &error));
  g_assert_no_error (error);

  loaded = load_position (fixture->store, DIAL_RESOURCE_CANDIDATES);
  g_assert_cmpuint (loaded->windows->len, ==, 0);
  g_assert_false (loaded->walking);
  g_assert_cmpint (loaded->completed_since, ==, DIAL_INSTANT_UNKNOWN);
  g_assert_cmpint (loaded->run, ==, 7);
  g_assert_cmpint (count (fixture->store), ==, 3);
}

/* What stands in for a file that cannot be opened answers everything with an error. */
static void
test_never_open (StoreFixture  *fixture,
                 gconstpointer  data)
{
  DialStore *store = dial_store_new_closed ("/nowhere/at-all.sqlite");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  WAIT (result, dial_store_count_candidates_async (store, NULL, keep, &result));
  g_assert_cmpint (dial_store_count_candidates_finish (store, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_object (&result);
  close_store (store);
}

static void
count_down (DialStore *store,
            guint     *n_written)
{
  g_assert_cmpuint (dial_store_get_n_pages (store), <=, 2 - ++*n_written);
}

/* Whoever fetches pages is told of each that needs no more memory, be it that nobody wants it any more. */
static void
test_pages_that_wait (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) records = make_page (1, 3);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  guint n_written = 0;
  gulong id = g_signal_connect (fixture->store, "page-written", G_CALLBACK (count_down), &n_written);

  g_cancellable_cancel (cancelled);
  dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, records, NULL, NULL, keep, &first);
  dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, records, NULL, cancelled, keep, &second);
  g_assert_cmpuint (dial_store_get_n_pages (fixture->store), >, 0);
  while (first == NULL || second == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&first);
  g_clear_object (&second);
  while (n_written < 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (dial_store_get_n_pages (fixture->store), ==, 0);
  g_signal_handler_disconnect (fixture->store, id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-sync/position", test_position);
  STORE_TEST ("/store-sync/order", test_order);
  STORE_TEST ("/store-sync/ids", test_ids);
  STORE_TEST ("/store-sync/counts", test_counts);
  STORE_TEST ("/store-sync/other-resources", test_other_resources);
  STORE_TEST ("/store-sync/forget", test_forget);
  STORE_TEST ("/store-sync/anonymised", test_anonymised);
  STORE_TEST ("/store-sync/signal", test_signal);
  STORE_TEST ("/store-sync/moves", test_moves);
  STORE_TEST ("/store-sync/put-off", test_put_off);
  STORE_TEST ("/store-sync/pages-that-wait", test_pages_that_wait);
  STORE_TEST ("/store-sync/tidy", test_tidy);
  STORE_TEST ("/store-sync/find-by-phone", test_find_by_phone);
  STORE_TEST ("/store-sync/owners", test_owners);
  STORE_TEST ("/store-sync/find-user", test_find_user);
  STORE_TEST ("/store-sync/forget-positions", test_forget_positions);
  STORE_TEST ("/store-sync/never-open", test_never_open);
  return g_test_run ();
}
