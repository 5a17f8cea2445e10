/* Narrowing a search down: filters, the counts beside them, orders, and searches that have a name. */
#include "store-fixture.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* The lower the id, the later the activity. */
static void
save_person (StoreFixture *fixture,
             gint64        id,
             const char   *first_name,
             const char   *tags,
             const char   *phone,
             gboolean      is_private)
{
  DialCandidate *candidate = make_candidate (id, first_name, "Fir");

  candidate->last_activity_at = (1000 - id) * G_USEC_PER_SEC;
  candidate->is_private = is_private;
  if (phone != NULL)
    g_ptr_array_add (candidate->phones, dial_phone_number_new (phone, NULL, NULL));
  g_strfreev (candidate->tags);
  candidate->tags = g_strsplit (tags, ",", -1);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, candidate);
}

static void
save_application (StoreFixture *fixture,
                  gint64        id,
                  gint64        candidate_id,
                  gint64        job_id,
                  const char   *stage,
                  const char   *status,
                  gint64        recruiter_id,
                  gint64        coordinator_id)
{
  DialApplication *application = make_application (id, candidate_id, job_id, status, stage);

  application->recruiter_id = recruiter_id;
  application->coordinator_id = coordinator_id;
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, application);
}

/* Two jobs are called the same. Ada is at two jobs, and only together would she be at the screen for Baker. */
static void
save_everybody (StoreFixture *fixture)
{
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (61, "Baker"));
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (62, "Baker"));
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (63, "Cook"));
  save_person (fixture, 1, "Ada", "night,remote", "+44 20 7946 0958", FALSE);
  save_person (fixture, 2, "Bea", "night", NULL, TRUE);
  save_person (fixture, 3, "Cleo", "", "+44 20 7946 0959", FALSE);
  save_person (fixture, 4, "Dora", "remote", "12", FALSE);
  save_application (fixture, 51, 1, 61, "Offer", "in_process", 7, 8);
  save_application (fixture, 52, 1, 63, "Screen", "rejected", 7, 0);
  save_application (fixture, 53, 2, 62, "Screen", "in_process", 8, 0);
  save_application (fixture, 54, 3, 63, "Screen", "in_process", 0, 7);
}

/* Takes @query. */
static void
assert_found (StoreFixture *fixture,
              DialQuery    *query,
              const char   *ids)
{
  g_autofree char *found = find_ids (fixture->store, query);

  g_assert_cmpstr (found, ==, ids);
  dial_query_free (query);
}

static void
choose (GStrv      *list,
        const char *values)
{
  g_strfreev (*list);
  *list = g_strsplit (values, ",", -1);
}

static DialQuery *
query_new (const char *text,
           const char *jobs,
           const char *stages,
           const char *statuses,
           const char *tags)
{
  DialQuery *query = dial_query_new (text);

  choose (&query->jobs, jobs);
  choose (&query->stages, stages);
  choose (&query->statuses, statuses);
  choose (&query->tags, tags);
  return query;
}

static void
test_filters (StoreFixture  *fixture,
              gconstpointer  data)
{
  DialQuery *query;

  save_everybody (fixture);
  assert_found (fixture, query_new ("", "", "", "", ""), "1 2 3 4");
  assert_found (fixture, query_new ("", "Baker", "", "", ""), "1 2");
  assert_found (fixture, query_new ("", "Baker,Cook", "", "", ""), "1 2 3");
  assert_found (fixture, query_new ("", "", "Screen", "", ""), "1 2 3");
  assert_found (fixture, query_new ("", "", "", "in_process", ""), "1 2 3");
  assert_found (fixture, query_new ("", "Nobody's", "", "", ""), "");

  /* Of one and the same application. */
  assert_found (fixture, query_new ("", "Baker", "Screen", "", ""), "2");
  assert_found (fixture, query_new ("", "Cook", "", "in_process", ""), "3");
  assert_found (fixture, query_new ("", "Cook", "Screen", "in_process,rejected", ""), "1 3");
  assert_found (fixture, query_new ("", "", "Screen,Offer", "in_process", ""), "1 2 3");

  /* All tags, and text beside it. */
  assert_found (fixture, query_new ("", "", "", "", "night"), "1 2");
  assert_found (fixture, query_new ("", "", "", "", "night,remote"), "1");
  assert_found (fixture, query_new ("be", "", "", "", "night"), "2");
  assert_found (fixture, query_new ("cleo", "Baker", "", "", ""), "");

  query = dial_query_new ("");
  query->has_phone = TRUE;
  assert_found (fixture, query, "1 3");
  query = dial_query_new ("");
  query->is_private = TRUE;
  assert_found (fixture, query, "2");
  query = dial_query_new ("fir");
  query->user_id = 7;
  assert_found (fixture, query, "1 3");
  query = dial_query_new ("");
  query->user_id = 999;
  assert_found (fixture, query, "");
}

/* What is chosen stays true while applications and names of jobs change. */
static void
test_changes (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *n_filters = NULL;

  save_everybody (fixture);
  save_application (fixture, 54, 3, 61, "Offer", "hired", 0, 0);
  assert_found (fixture, query_new ("", "Cook", "", "", ""), "1");
  assert_found (fixture, query_new ("", "Baker", "Offer", "hired", ""), "3");

  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (61, "Confectioner"));
  assert_found (fixture, query_new ("", "Baker", "", "", ""), "2");
  assert_found (fixture, query_new ("confectioner", "Confectioner", "", "", ""), "1 3");

  save_person (fixture, 1, "Ada", "day", NULL, FALSE);
  assert_found (fixture, query_new ("", "", "", "", "night"), "2");
  assert_found (fixture, query_new ("", "", "", "", "day"), "1");
  assert_found (fixture, query_new ("", "Confectioner", "Offer", "", "day"), "1");

  /* A tag that nobody has is not kept. */
  save_person (fixture, 1, "Ada", "", NULL, FALSE);
  n_filters = store_fixture_sql (fixture, "SELECT count(*) FROM filters WHERE value = 'day'");
  g_assert_cmpstr (n_filters, ==, "0");
}

static char *
count (StoreFixture *fixture,
       DialQuery    *query,
       DialFacet     facet)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  GString *text = g_string_new (NULL);
  GError *error = NULL;

  WAIT (result, dial_store_count_choices_async (fixture->store, query, facet, NULL, keep, &result));
  choices = dial_store_count_choices_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = g_ptr_array_index (choices, i);

    g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "", choice->value, choice->count);
  }
  return g_string_free (text, FALSE);
}

/* Takes @query. */
static void
assert_choices (StoreFixture *fixture,
                DialQuery    *query,
                DialFacet     facet,
                const char   *expected)
{
  g_autofree char *counted = count (fixture, query, facet);

  g_assert_cmpstr (counted, ==, expected);
  dial_query_free (query);
}

static void
test_choices (StoreFixture  *fixture,
              gconstpointer  data)
{
  DialQuery *query;

  save_everybody (fixture);
  assert_choices (fixture, dial_query_new (""), DIAL_FACET_JOB, "Baker 2, Cook 2");
  assert_choices (fixture, dial_query_new (""), DIAL_FACET_STAGE, "Screen 3, Offer 1");
  assert_choices (fixture, dial_query_new (""), DIAL_FACET_STATUS, "in_process 3, rejected 1");
  assert_choices (fixture, dial_query_new (""), DIAL_FACET_TAG, "night 2, remote 2");

  /* Beside a text, and beside what else is chosen of the same application. */
  assert_choices (fixture, dial_query_new ("ada"), DIAL_FACET_JOB, "Baker 1, Cook 1");
  assert_choices (fixture, query_new ("", "Baker", "", "", ""), DIAL_FACET_STAGE, "Offer 1, Screen 1");
  assert_choices (fixture, query_new ("", "Baker,Cook", "", "", ""), DIAL_FACET_STAGE,
                  "Screen 3, Offer 1");
  assert_choices (fixture, query_new ("", "", "Screen", "in_process", ""), DIAL_FACET_JOB,
                  "Baker 1, Cook 1");
  assert_choices (fixture, query_new ("bea", "", "Screen", "in_process", ""), DIAL_FACET_JOB, "Baker 1");

  /* What is chosen of the facet itself does not count, but of tags all are asked for. */
  assert_choices (fixture, query_new ("", "Baker", "", "", ""), DIAL_FACET_JOB, "Baker 2, Cook 2");
  assert_choices (fixture, query_new ("", "", "", "", "night"), DIAL_FACET_TAG, "night 2, remote 1");
  assert_choices (fixture, query_new ("", "Baker", "", "", ""), DIAL_FACET_TAG, "night 2, remote 1");

  assert_choices (fixture, dial_query_new (""), DIAL_FACET_OTHER,
                  "has-phone 2, private 1, quiet-7 4, quiet-30 4, quiet-90 4");
  query = query_new ("", "Baker", "", "", "");
  query->user_id = 8;
  assert_choices (fixture, query, DIAL_FACET_OTHER,
                  "has-phone 1, private 1, mine 2, quiet-7 2, quiet-30 2, quiet-90 2");
}

/* A recruiter's own are counted as they are found, whatever is asked for beside that. */
static void
test_count_mine (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const char * const texts[] = { "", "b", "a", "zzz" };

  save_everybody (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (texts) * 8; i++) {
    g_autoptr (DialQuery) query = query_new (texts[i / 8], (i & 1) != 0 ? "Baker" : "", "", "", "");
    g_autofree char *found = NULL;
    g_autofree char *expected = NULL;
    g_auto (GStrv) ids = NULL;

    query->user_id = (i & 2) != 0 ? 7 : 8;
    query->has_phone = (i & 4) != 0;
    found = find_ids (fixture->store, query);
    ids = g_strsplit (found, " ", -1);
    expected = g_strdup_printf ("mine %u", g_strv_length (ids));
    assert_choices (fixture, g_steal_pointer (&query), DIAL_FACET_MINE, expected);
  }
}

static void
save_contact (StoreFixture *fixture,
              const char   *uid,
              gint64        candidate_id,
              gint64        days_ago,
              DialOutcome   outcome)
{
  DialCallRecord *call = make_call (uid, candidate_id, g_get_real_time () - days_ago * DAY);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = outcome;
  WAIT (result, dial_store_save_call_async (fixture->store, call, NULL, keep, &result));
  g_assert_true (dial_store_save_call_finish (fixture->store, result, &error));
  g_object_unref (call);
}

static void
save_note (StoreFixture *fixture,
           gint64        candidate_id,
           const char   *type,
           gint64        days_ago)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  DialNote *note = dial_note_new (900 + candidate_id);
  GError *error = NULL;

  note->candidate_id = candidate_id;
  note->type = g_strdup (type);
  note->created_at = g_get_real_time () - days_ago * DAY;
  g_ptr_array_add (notes, note);
  WAIT (result, dial_store_save_notes_async (fixture->store, candidate_id, notes, NULL, keep, &result));
  g_assert_true (dial_store_save_notes_finish (fixture->store, result, &error));
}

static void
test_contact (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCandidate) loaded = NULL;
  DialQuery *query;

  save_everybody (fixture);
  save_contact (fixture, "a", 3, 20, DIAL_OUTCOME_NO_ANSWER);
  save_contact (fixture, "b", 4, 1, DIAL_OUTCOME_CANCELLED);
  save_contact (fixture, "c", 99, 5, DIAL_OUTCOME_ANSWERED);
  save_note (fixture, 2, "NOTE", 2);
  save_note (fixture, 1, "ACTIVITY", 1);

  query = dial_query_new ("");
  query->order = DIAL_ORDER_CONTACT;
  assert_found (fixture, query, "2 3 1 4");
  query = dial_query_new ("cl");
  query->order = DIAL_ORDER_CONTACT;
  assert_found (fixture, query, "3");

  query = dial_query_new ("");
  query->quiet_days = 7;
  assert_found (fixture, query, "1 3 4");
  query = dial_query_new ("");
  query->quiet_days = 30;
  query->order = DIAL_ORDER_CONTACT;
  assert_found (fixture, query, "1 4");
  assert_choices (fixture, dial_query_new (""), DIAL_FACET_OTHER,
                  "has-phone 2, private 1, quiet-7 3, quiet-30 2, quiet-90 2");

  /* Who called before anybody knew them. */
  save_person (fixture, 99, "Zoe", "", NULL, FALSE);
  loaded = load (fixture->store, 99);
  g_assert_cmpint (loaded->last_contact_at, >, g_get_real_time () - 6 * DAY);
  query = dial_query_new ("");
  query->order = DIAL_ORDER_CONTACT;
  assert_found (fixture, query, "2 99 3 1 4");
}

static void
test_name_order (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const struct {
    const char *first_name, *last_name;
  } names[] = {
    { "Łukasz", "Öz" }, { "张", "伟" }, { "ann", "Zeta" }, { "Ann", "Alder" }, { NULL, NULL }, { "Anna", "B" },
    { "Иван", NULL },
  };
  DialQuery *query;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES,
                 make_candidate (i + 1, names[i].first_name, names[i].last_name));

  query = dial_query_new ("");
  query->order = DIAL_ORDER_NAME;
  assert_found (fixture, query, "4 3 6 7 1 2 5");
  query = dial_query_new ("a");
  query->order = DIAL_ORDER_NAME;
  assert_found (fixture, query, "4 3 6");
}

/* Whatever is asked for, single matches say the same as the whole answer. */
static void
test_match (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char * const texts[] = {
    "", "a", "ad", "ada", "fir", "f a", "bea fir", "baker", "screen cook", "0958", "7946 0958",
    "+44 20 7946", "night", "remote fir", "zz", "020 7946 0959", "12", "c", "cleo cook", "王",
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  save_everybody (fixture);
  for (gint64 id = 1; id <= 5; id++)
    g_array_append_val (ids, id);

  for (guint i = 0; i < 400; i++) {
    g_autoptr (DialQuery) query = dial_query_new (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (DialFindings) findings = NULL;
    g_autoptr (GArray) matches = NULL;
    GError *error = NULL;

    query->order = g_test_rand_int_range (0, 4);
    query->has_phone = g_test_rand_int_range (0, 4) == 0;
    choose (&query->jobs, g_test_rand_bit () ? "" : g_test_rand_bit () ? "Baker" : "Baker,Cook");
    choose (&query->stages, g_test_rand_bit () ? "" : "Screen");

    WAIT (result, dial_store_search_async (fixture->store, query, 0, NULL, keep, &result));
    findings = dial_store_search_finish (fixture->store, result, &error);
    g_assert_no_error (error);
    g_assert_true (findings->complete);
    WAIT (result, dial_store_match_async (fixture->store, query, ids, NULL, keep, &result));
    matches = dial_store_match_finish (fixture->store, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (matches->len, ==, ids->len);

    for (guint j = 0; j < matches->len; j++) {
      DialMatch *match = &g_array_index (matches, DialMatch, j);
      int tier = -1;

      for (guint k = 0; k < findings->places->len; k++) {
        if (dial_places_get (findings->places, k) == match->place)
          tier = k < findings->tier_ends[0] ? 1 : k < findings->tier_ends[1] ? 2 : 3;
      }
      if (match->tier != tier)
        g_test_message ("“%s”: %" G_GINT64_FORMAT, query->text, match->id);
      g_assert_cmpint (match->tier, ==, tier);
      g_assert_true ((match->place == 0) == (match->id == 5));
    }
  }
}

static void
note_searches (DialStore *store,
               guint     *n_told)
{
  ++*n_told;
}

static void
save_search (StoreFixture    *fixture,
             const char      *name,
             const DialQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_save_search_async (fixture->store, name, query, NULL, keep, &result));
  g_assert_cmpint (dial_store_save_search_finish (fixture->store, result, &error), >, 0);
  g_assert_no_error (error);
}

static GPtrArray *
list_searches (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  GPtrArray *searches;

  WAIT (result, dial_store_list_searches_async (fixture->store, NULL, keep, &result));
  searches = dial_store_list_searches_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return searches;
}

static void
test_saved_searches (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (DialQuery) query = query_new ("Müller; “x”\n#1", "Back\\end,Cook;ing", " ", "hired", "a=b");
  g_autoptr (DialQuery) plain = dial_query_new ("");
  g_autoptr (GPtrArray) searches = NULL;
  g_autoptr (GPtrArray) fewer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  guint n_told = 0;

  query->order = DIAL_ORDER_CONTACT;
  query->quiet_days = 7;
  query->user_id = G_MAXINT64;
  query->has_phone = TRUE;
  g_signal_connect (fixture->store, "searches-changed", G_CALLBACK (note_searches), &n_told);
  save_search (fixture, "To call", plain);
  save_search (fixture, "All", plain);
  save_search (fixture, "To call", query);

  searches = list_searches (fixture);
  g_assert_cmpuint (searches->len, ==, 2);
  g_assert_cmpstr (((DialSavedSearch *) searches->pdata[0])->name, ==, "To call");
  g_assert_true (dial_query_equal (((DialSavedSearch *) searches->pdata[0])->query, query));
  g_assert_true (dial_query_equal (((DialSavedSearch *) searches->pdata[1])->query, plain));

  WAIT (result, dial_store_delete_search_async (fixture->store,
                                                ((DialSavedSearch *) searches->pdata[0])->id, NULL,
                                                keep, &result));
  g_assert_true (dial_store_delete_search_finish (fixture->store, result, &error));
  fewer = list_searches (fixture);
  g_assert_cmpuint (fewer->len, ==, 1);
  g_assert_cmpuint (n_told, >=, 2);
}

/* What another version wrote, or nobody, is read as far as it goes. */
static void
test_query_text (void)
{
  g_autoptr (DialQuery) odd =
    dial_query_new_from_text ("[Query]\ntext=ada\norder=by moon\ncolour=red\nquiet-days=-5\njobs=\n");
  g_autoptr (DialQuery) garbage = dial_query_new_from_text ("\x01 no key file");
  g_autoptr (DialQuery) plain = dial_query_new (NULL);
  g_autoptr (DialQuery) copy = dial_query_copy (odd);

  g_assert_cmpstr (odd->text, ==, "ada");
  g_assert_cmpint (odd->order, ==, DIAL_ORDER_RELEVANCE);
  g_assert_false (dial_query_has_filters (odd));
  g_assert_true (dial_query_equal (odd, copy));
  g_assert_true (dial_query_equal (garbage, plain));
  copy->is_private = TRUE;
  g_assert_false (dial_query_equal (odd, copy));
  g_assert_true (dial_query_has_filters (copy));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-filters/count-mine", test_count_mine);
  STORE_TEST ("/store-filters/filters", test_filters);
  STORE_TEST ("/store-filters/changes", test_changes);
  STORE_TEST ("/store-filters/choices", test_choices);
  STORE_TEST ("/store-filters/contact", test_contact);
  STORE_TEST ("/store-filters/name-order", test_name_order);
  STORE_TEST ("/store-filters/match", test_match);
  STORE_TEST ("/store-filters/saved-searches", test_saved_searches);
  g_test_add_func ("/store-filters/query-text", test_query_text);
  return g_test_run ();
}
