#include "store-fixture.h"

#include <string.h>

/* The lines of a table in tests/fixtures/search, each split at its tabs. Those that begin with # tell of it. */
static GPtrArray *
read_table (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "search", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      g_ptr_array_add (rows, g_strsplit (lines[i], "\t", -1));
  }
  return rows;
}

static const char *
nullable (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

/* The people of people.tsv; all were active at the same time, so among equals the higher id comes first. */
static void
save_people (DialStore *store)
{
  g_autoptr (GPtrArray) rows = read_table ("people.tsv");
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++) {
    GStrv row = g_ptr_array_index (rows, i);
    DialCandidate *candidate;

    g_assert_cmpuint (g_strv_length (row), ==, 10);
    candidate = make_candidate (g_ascii_strtoll (row[0], NULL, 10), nullable (row[1]),
                                nullable (row[2]));
    candidate->preferred_name = g_strdup (nullable (row[3]));
    if (row[4][0] != '\0')
      g_ptr_array_add (candidate->phones, dial_phone_number_new (row[4], NULL, nullable (row[5])));
    if (row[6][0] != '\0')
      g_ptr_array_add (candidate->emails, dial_email_address_new (row[6], NULL));
    candidate->company = g_strdup (nullable (row[7]));
    candidate->title = g_strdup (nullable (row[8]));
    g_strfreev (candidate->tags);
    candidate->tags = g_strsplit (row[9], ",", -1);
    g_ptr_array_add (records, candidate);
  }
  save_page (store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
}

/* Whom the list takes up when they change: the same, sorted as a search sorts them. */
static char *
match_ids (DialStore  *store,
           const char *text)
{
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) matches = NULL;
  g_autoptr (GPtrArray) rows = read_table ("people.tsv");
  GString *list = g_string_new (NULL);
  GError *error = NULL;

  for (gint64 id = rows->len; id > 0; id--)
    g_array_append_val (ids, id);
  WAIT (result, dial_store_match_async (store, query, ids, NULL, keep, &result));
  matches = dial_store_match_finish (store, result, &error);
  g_assert_no_error (error);
  for (int tier = 1; tier <= 3; tier++) {
    for (guint i = 0; i < matches->len; i++) {
      DialMatch *match = &g_array_index (matches, DialMatch, i);

      if (match->tier == tier)
        g_string_append_printf (list, "%s%" G_GINT64_FORMAT, list->len > 0 ? " " : "", match->id);
    }
  }
  return g_string_free (list, FALSE);
}

/* Each needle of needles.tsv finds whom it should, in that order, and nobody else. */
static void
test_needles (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) needles = read_table ("needles.tsv");

  save_people (fixture->store);
  for (guint i = 0; i < needles->len; i++) {
    GStrv needle = g_ptr_array_index (needles, i);
    g_autofree char *found = search_ids (fixture->store, needle[0]);
    g_autofree char *matched = match_ids (fixture->store, needle[0]);

    g_assert_cmpuint (g_strv_length (needle), ==, 2);
    g_assert_cmpstr (matched, ==, found);
    if (!g_str_equal (found, needle[1])) {
      g_test_message ("“%s” should find “%s”, not “%s”", needle[0], needle[1], found);
      g_test_fail ();
    }
  }
}

/* Whatever is typed, there is an answer and no error. */
static void
test_hostile (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *texts[] = {
    "\"", "'", "''", "\"\"\"", "*", "(", ")", "a OR", "OR", "NEAR(a b)", "a NEAR/3 b", "NOT", "a:b",
    "name_start:", "^", "{", "}", "+", "-", "\\", "%", "_", ";", "--", "/*", "\xff\xfe", "a\xff" "b",
    "\xe5\xbc", "\u200b", "\u0301", "🙂", "0", "+0000", "(0)", "++++1234", "1234567890123456789012345678901234567890",
    "'; DROP TABLE candidates; --",
  };
  g_autofree char *word = g_strnfill (10000, 'a');
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) signs = g_string_new (NULL);
  g_autofree char *everyone = NULL;

  for (guint i = 0; i < 3000; i++) {
    g_string_append_printf (words, "w%u ", i);
    g_string_append (signs, "张\"伟'");
  }

  save_people (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_array_unref (search (fixture->store, texts[i], 0));
  g_array_unref (search (fixture->store, word, 0));
  g_array_unref (search (fixture->store, words->str, 0));
  g_array_unref (search (fixture->store, signs->str, 0));

  everyone = search_ids (fixture->store, " \t ");
  g_assert_true (g_str_has_prefix (everyone, "36 35 34"));
}

/* People may be stored who are as hostile as what is typed. */
static void
test_hostile_people (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *huge = g_strnfill (100000, 'x');
  g_autofree char *found = NULL;
  g_autoptr (DialCandidate) loaded = NULL;
  DialCandidate *candidate = make_candidate (1, "\"'*(){}:^--\\%_", huge);

  g_ptr_array_add (candidate->phones, dial_phone_number_new_stored (huge, NULL, NULL, NULL, NULL));
  g_ptr_array_add (candidate->phones, dial_phone_number_new_stored ("", NULL, "", NULL, NULL));
  g_ptr_array_add (candidate->phones, dial_phone_number_new_stored ("12", NULL, "+", NULL, NULL));
  g_ptr_array_add (candidate->phones, dial_phone_number_new_stored ("12", NULL, "+1", NULL, NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new ("", ""));
  candidate->company = g_strdup ("broken \xff\xfe text");
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, candidate);

  found = search_ids (fixture->store, "broken xxxxxxxx");
  g_assert_cmpstr (found, ==, "1");
  loaded = load (fixture->store, 1);
  g_assert_cmpuint (strlen (loaded->last_name), ==, 100000);
}

static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct {
    const char *first_name, *last_name, *company;
    gint64      last_activity_at;
  } table[] = {
    { "Ann", "Birch", NULL, 100 },
    { "Carl", "Ann", NULL, 900 },
    { "Dora", "Elm", "Ann Ltd", 2000 },
    { "Anna", "Fir", NULL, 500 },
    { "Greg", "Hazel", NULL, 3000 },
    { "Anna", "Ivy", NULL, 500 },
  };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) limited = NULL;
  g_autofree char *found = NULL;
  g_autofree char *everyone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    DialCandidate *candidate = make_candidate (i + 1, table[i].first_name, table[i].last_name);

    candidate->company = g_strdup (table[i].company);
    candidate->last_activity_at = table[i].last_activity_at * 1000000;
    g_ptr_array_add (records, candidate);
  }
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);

  /* The name's beginning, the name, the rest; each with the most recent first. */
  found = search_ids (fixture->store, "ann");
  g_assert_cmpstr (found, ==, "6 4 1 2 3");
  everyone = search_ids (fixture->store, "");
  g_assert_cmpstr (everyone, ==, "5 3 2 6 4 1");

  limited = search (fixture->store, "ann", 4);
  g_assert_cmpuint (limited->len, ==, 4);
  g_assert_cmpint (g_array_index (limited, gint64, 3), ==, 2);
}

static void
assert_found (StoreFixture *fixture,
              const char   *text,
              const char   *ids)
{
  g_autofree char *found = search_ids (fixture->store, text);

  g_assert_cmpstr (found, ==, ids);
}

/* Job and stage follow whatever changes, and in whatever order it comes. */
static void
test_work (StoreFixture  *fixture,
           gconstpointer  data)
{
  DialStage *stage = dial_stage_new (70);
  DialApplication *application;
  g_autoptr (DialCandidate) loaded = NULL;

  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS,
               make_application (50, 1, 60, "rejected", "Offer"));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", "Lovelace"));
  assert_found (fixture, "offer", "1");

  /* In process beats rejected, though its job and its stage's name come later. */
  application = make_application (51, 1, 61, "in_process", NULL);
  application->stage_id = 70;
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, application);
  assert_found (fixture, "offer", "");
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (61, "Gardener"));
  stage->name = g_strdup ("Phone screen");
  save_record (fixture->store, DIAL_RESOURCE_STAGES, stage);
  assert_found (fixture, "gardener screen ada", "1");

  loaded = load (fixture->store, 1);
  g_assert_cmpstr (loaded->job, ==, "Gardener");
  g_assert_cmpstr (loaded->stage, ==, "Phone screen");
  g_assert_cmpuint (loaded->applications->len, ==, 2);
  g_assert_cmpint (((DialApplication *) g_ptr_array_index (loaded->applications, 0))->id, ==, 51);
  g_assert_cmpstr (((DialApplication *) g_ptr_array_index (loaded->applications, 0))->job_name, ==,
                   "Gardener");

  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (61, "Botanist"));
  assert_found (fixture, "gardener", "");
  assert_found (fixture, "botanist", "1");

  /* A change of the candidate keeps them, a merge moves them. */
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", "King"));
  assert_found (fixture, "king botanist", "1");
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (2, "Grace", "Hopper"));
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS,
               make_application (51, 2, 61, "in_process", "Face to face"));
  assert_found (fixture, "botanist", "2");
  assert_found (fixture, "ada offer", "1");
}

/* A search that is given up stops; the store goes on. */
static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialQuery) query = dial_query_new ("a");
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GError) error = NULL;

  save_people (fixture->store);
  dial_store_search_async (fixture->store, query, 0, cancellable, keep, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  findings = dial_store_search_finish (fixture->store, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (findings);
  assert_found (fixture, "lukasz", "2");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-search/needles", test_needles);
  STORE_TEST ("/store-search/hostile", test_hostile);
  STORE_TEST ("/store-search/hostile-people", test_hostile_people);
  STORE_TEST ("/store-search/order", test_order);
  STORE_TEST ("/store-search/work", test_work);
  STORE_TEST ("/store-search/cancelled", test_cancelled);
  return g_test_run ();
}
