#include "store-fixture.h"

#include <string.h>

typedef struct {
  const char *first_name;
  const char *last_name;
  const char *preferred_name;
  const char *phone;
  const char *region;
  const char *email;
  const char *company;
  const char *title;
  const char *tag;
} Person;

/* Their ids are their places, from 1. */
static const Person people[] = {
  { "Jürgen", "Müller", NULL, "030 12345678", "DE", "jm@example.de", "Alder Works", "Engineer", "rust" },
  { "Łukasz", "Wiśniewski", NULL, "+48 512 345 678", NULL, NULL, NULL, NULL, NULL },
  { "Иван", "Иванов", NULL, "8 (495) 123-45-67", "RU", NULL, NULL, NULL, NULL },
  { "张", "伟", NULL, "+86 138 0013 8000", NULL, NULL, NULL, NULL, NULL },
  { "Zhāng", "Wěimíng", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Seán", "O’Brien", "Johnny", "(202) 555-0143 ext. 12", "US", "sean.obrien@example.com", "Birch & Co", "Sales", NULL },
  { "مُحَمَّد", "علي", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "דָּוִד", "כהן", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "राजेश", "कुमार", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Γιώργος", "Παπαδόπουλος", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "김", "민수", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "さくら", "田中", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "გიორგი", "ბერიძე", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Արամ", "Սարգսյան", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "สมชาย", "ใจดี", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Ana-María", "Núñez", NULL, "020 7946 0958", "GB", NULL, NULL, NULL, NULL },
  { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Wei", "Smith", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Mullerian", "Duct", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
  { "Юрий", "Щукин", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};

/* What is typed, and who is found in which order (all were active at the same time, so among equals
 * the higher id comes first). */
static const struct {
  const char *needle;
  const char *found;
} needles[] = {
  { "muller", "19 1" },         { "mueller", "1" },           { "Müller", "19 1" },
  { "MÜLLER jürgen", "1" },     { "jur mul", "1" },           { "lukasz", "2" },
  { "łukasz", "2" },            { "wisniewski", "2" },        { "ivanov", "3" },
  { "Иванов", "3" },            { "иван", "3" },              { "zhang wei", "5 4" },
  { "wei zhang", "5 4" },       { "zhangwei", NULL },         { "伟", "4" },
  { "张伟", "4" },              { "張偉", "4" },              { "weiming", "5" },
  { "o'brien", "6" },           { "obrien", "6" },            { "O’Brien", "6" },
  { "brien", "6" },             { "johnny", "6" },            { "محمد", "7" },
  { "مُحَمَّد", "7" },              { "mhmd", "7" },              { "דוד", "8" },
  { "דָּוִד", "8" },              { "rajesh kumar", "9" },      { "राजेश", "9" },
  { "giorgos", "10" },          { "Γιώργος", "10" },          { "papadopoulos", "10" },
  { "김민수", "11" },           { "민수", "11" },             { "minsu", "11" },
  { "sakura", "12" },           { "田中", "12" },             { "さくら", "12" },
  { "giorgi", "13" },           { "გიორგი", "13" },           { "aram", "14" },
  { "Սարգսյան", "14" },         { "สมชาย", "15" },            { "anamaria", "16" },
  { "ana-maria", "16" },        { "maria nunez", "16" },      { "ana maria", "16" },
  { "shchukin", "20" },         { "yuri", "20" },             { "щукин", "20" },
  { "alder", "1" },             { "engineer muller", "1" },   { "rust", "1" },
  { "jm@example.de", "1" },     { "sean.obrien@ex", "6" },    { "birch & co", "6" },
  /* Numbers, as people write them */
  { "5678", "2 1" },            { "678", "2" },               { "030 12345678", "1" },
  { "+49 30 12345678", "1" },   { "004930 12345678", "1" },   { "+49 (0)30 12345678", "1" },
  { "030/1234", "1" },          { "+48512345678", "2" },      { "512-345-678", "2" },
  { "+7 495 1234567", "3" },    { "8 495 123 45 67", "3" },   { "4951234567", "3" },
  { "13800138000", "4" },       { "(202) 555-0143", "6" },    { "2025550143", "6" },
  { "0143", "6" },              { "555 01", "6" },            { "020 7946", "16" },
  { "+442079460958", "16" },    { "0958", "16" },             { "nunez 0958", "16" },
  { "muller 0958", "" },
  /* What must not be found, and what is no query */
  { "nobody", "" },             { "ller", "" },               { "伟大", "" },
  { "AND", "" },                { "NOT muller", "" },         { "name:muller", "" },
  { "\"muller", "19 1" },       { "muller*", "19 1" },        { "muller)", "19 1" },
  { "^muller", "19 1" },        { "{muller}", "19 1" },       { "-muller", "19 1" },
};

static void
save_people (DialStore *store)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    const Person *person = &people[i];
    DialCandidate *candidate = make_candidate (i + 1, person->first_name, person->last_name);

    candidate->preferred_name = g_strdup (person->preferred_name);
    candidate->company = g_strdup (person->company);
    candidate->title = g_strdup (person->title);
    if (person->phone != NULL)
      g_ptr_array_add (candidate->phones,
                       dial_phone_number_new (person->phone, NULL, person->region));
    if (person->email != NULL)
      g_ptr_array_add (candidate->emails, dial_email_address_new (person->email, NULL));
    if (person->tag != NULL) {
      g_strfreev (candidate->tags);
      candidate->tags = g_strsplit (person->tag, ",", -1);
    }
    g_ptr_array_add (records, candidate);
  }
  save_page (store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
}

static void
test_needles (StoreFixture  *fixture,
              gconstpointer  data)
{
  save_people (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (needles); i++) {
    g_autofree char *found = search_ids (fixture->store, needles[i].needle);

    g_test_message ("“%s” finds %s", needles[i].needle, found);
    if (needles[i].found != NULL && g_strcmp0 (found, needles[i].found) != 0) {
      g_test_message ("“%s” should find %s", needles[i].needle, needles[i].found);
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
  g_assert_true (g_str_has_prefix (everyone, "20 19 18"));
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
