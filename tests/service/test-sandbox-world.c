/* A world that changes: what a test does to it, what it does by itself, and how late lists learn. */
#include "sandbox-client.h"

#define ID G_GINT64_FORMAT

/* Does what @format says, and returns the id of what was added. */
static gint64
G_GNUC_PRINTF (3, 4)
change (Fixture    *fixture,
        const char *what,
        const char *format,
        ...)
{
  g_autofree char *target = g_strconcat ("/sandbox/", what, NULL);
  g_autofree char *wish = NULL;
  g_autoptr (Reply) reply = NULL;
  va_list arguments;

  va_start (arguments, format);
  wish = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reply = post (fixture, target, wish);
  if (reply->status != 200)
    g_error ("%s: %s", what, wish);
  return json_object_get_int_member (object (reply), "id");
}

static guint
count (Fixture    *fixture,
       const char *target,
       gint64      id)
{
  g_autofree char *whole = g_strdup_printf ("%s%" ID, target, id);

  return n_rows (fixture, whole);
}

static gint64
first_id (Fixture    *fixture,
          const char *target)
{
  g_autoptr (Reply) reply = get (fixture, target);

  return json_object_get_int_member (row (reply, 0), "id");
}

/* The one record with this id. */
static JsonObject *
find (Fixture    *fixture,
      const char *list,
      gint64      id)
{
  g_autofree char *target = g_strdup_printf ("/v3/%s?ids=%" ID, list, id);
  g_autoptr (Reply) reply = get (fixture, target);

  g_assert_cmpuint (json_array_get_length (rows (reply)), ==, 1);
  return json_object_ref (row (reply, 0));
}

static const char *
text (JsonObject *record,
      const char *name)
{
  return json_object_get_string_member (record, name);
}

static char *
since_now (Fixture    *fixture,
           const char *list)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *second = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("/v3/%s?per_page=500&updated_at=gte%%7C%s.%03dZ", list, second,
                          g_date_time_get_microsecond (now) / 1000);
}

static void
test_applications (Fixture       *fixture,
                   gconstpointer  data)
{
  gint64 job = first_id (fixture, "/v3/jobs?status=open");
  g_autofree char *stages = g_strdup_printf ("/v3/job_interview_stages?job_ids=%" ID, job);
  gint64 last_stage = first_id (fixture, stages);
  g_autofree char *since = since_now (fixture, "applications");
  g_autofree char *candidates = since_now (fixture, "candidates");
  gint64 highest = first_id (fixture, "/v3/applications?per_page=1");
  g_autoptr (JsonObject) begun = NULL;
  g_autoptr (JsonObject) moved = NULL;
  g_autoptr (JsonObject) ended = NULL;
  gint64 id;

  id = change (fixture, "applications",
               "{'action':'add','candidate_id':" MIRA ",'job_id':%" ID "}", job);
  begun = find (fixture, "applications", id);
  g_assert_cmpint (id, >, highest);
  g_assert_cmpint (json_object_get_int_member (begun, "job_id"), ==, job);
  g_assert_cmpstr (text (begun, "status"), ==, "in_process");
  g_assert_cmpstr (text (begun, "stage_name"), ==, "Application Review");
  g_assert_cmpuint (n_rows (fixture, "/v3/applications?candidate_ids=" MIRA), ==, 2);
  g_assert_cmpuint (n_rows (fixture, since), ==, 1);

  change (fixture, "applications", "{'action':'move','id':%" ID ",'stage_id':%" ID "}", id,
          last_stage);
  change (fixture, "applications", "{'action':'assign','id':%" ID ",'recruiter_id':0}", id);
  moved = find (fixture, "applications", id);
  g_assert_cmpstr (text (moved, "stage_name"), ==, "Offer");
  g_assert_true (json_object_get_null_member (moved, "recruiter_id"));
  g_assert_cmpstr (text (moved, "created_at"), ==, text (begun, "created_at"));
  g_assert_cmpuint (count (fixture, "/v3/applications?candidate_ids=" MIRA "&stage_ids=",
                           last_stage), ==, 1);

  change (fixture, "applications", "{'action':'reject','id':%" ID "}", id);
  ended = find (fixture, "applications", id);
  g_assert_cmpstr (text (ended, "status"), ==, "rejected");
  g_assert_cmpstr (text (ended, "rejected_at"), ==, text (ended, "updated_at"));
  g_assert_cmpstr (text (ended, "updated_at"), >=, text (moved, "updated_at"));

  change (fixture, "applications", "{'action':'delete','id':%" ID "}", id);
  g_assert_cmpuint (count (fixture, "/v3/applications?ids=", id), ==, 0);
  g_assert_cmpuint (n_rows (fixture, since), ==, 0);
  /* Through all of this the candidate stayed what she was. */
  g_assert_cmpuint (n_rows (fixture, candidates), ==, 0);
}

/* An invented application can be changed as well, and says what it had been before. */
static void
test_invented (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 id = first_id (fixture, "/v3/applications?status=active&prospect=false");
  g_autoptr (JsonObject) before = find (fixture, "applications", id);
  g_autoptr (JsonObject) after = NULL;
  g_autofree char *since = since_now (fixture, "applications");

  change (fixture, "applications", "{'action':'hire','id':%" ID "}", id);
  after = find (fixture, "applications", id);
  g_assert_cmpstr (text (after, "status"), ==, "hired");
  g_assert_cmpstr (text (after, "created_at"), ==, text (before, "created_at"));
  g_assert_cmpint (json_object_get_int_member (after, "stage_id"), ==,
                   json_object_get_int_member (before, "stage_id"));
  g_assert_cmpuint (n_rows (fixture, since), ==, 1);
}

/* A candidate's own change leaves the applications alone; a merge hands them on. */
static void
test_candidate_and_applications (Fixture       *fixture,
                                 gconstpointer  data)
{
  gint64 other = first_id (fixture, "/v3/candidates?per_page=1");
  g_autofree char *since = since_now (fixture, "applications");
  guint n_mine = n_rows (fixture, "/v3/applications?candidate_ids=" MIRA);

  change (fixture, "candidates",
          "{'action':'update','id':" MIRA ",'fields':{'title':'Captain'}}");
  g_assert_cmpuint (n_rows (fixture, since), ==, 0);

  change (fixture, "candidates", "{'action':'merge','id':" MIRA ",'into':%" ID "}", other);
  g_assert_cmpuint (n_rows (fixture, since), ==, n_mine);
  g_assert_cmpuint (n_rows (fixture, "/v3/applications?candidate_ids=" MIRA), ==, 0);
}

static void
test_jobs_and_stages (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (JsonObject) before = find (fixture, "applications",
                                        first_id (fixture,
                                                  "/v3/applications?stage_name=Phone%20Screen"));
  gint64 stage = json_object_get_int_member (before, "stage_id");
  gint64 job = json_object_get_int_member (before, "job_id");
  guint n_stages = count (fixture, "/v3/job_interview_stages?job_ids=", job);
  g_autofree char *jobs = since_now (fixture, "jobs");
  g_autofree char *stages = since_now (fixture, "job_interview_stages");
  g_autoptr (JsonObject) renamed = NULL;
  g_autoptr (JsonObject) after = NULL;
  gint64 added;

  change (fixture, "stages", "{'action':'rename','id':%" ID ",'name':'Telefonat'}", stage);
  after = find (fixture, "applications", json_object_get_int_member (before, "id"));
  g_assert_cmpstr (text (after, "stage_name"), ==, "Telefonat");
  g_assert_cmpstr (text (after, "updated_at"), ==, text (before, "updated_at"));
  g_assert_cmpuint (n_rows (fixture, stages), ==, 1);

  added = change (fixture, "stages", "{'action':'add','job_id':%" ID ",'name':'Trial Day'}", job);
  g_assert_cmpuint (count (fixture, "/v3/job_interview_stages?job_ids=", job), ==, n_stages + 1);
  change (fixture, "stages", "{'action':'deactivate','id':%" ID "}", added);
  g_assert_cmpuint (count (fixture, "/v3/job_interview_stages?active=true&ids=", added), ==, 0);

  change (fixture, "jobs", "{'action':'rename','id':%" ID ",'name':'Harbour Pilot'}", job);
  change (fixture, "jobs", "{'action':'close','id':%" ID "}", job);
  renamed = find (fixture, "jobs", job);
  g_assert_cmpstr (text (renamed, "name"), ==, "Harbour Pilot");
  g_assert_cmpstr (text (renamed, "status"), ==, "closed");
  g_assert_cmpuint (n_rows (fixture, jobs), ==, 1);

  added = change (fixture, "jobs", "{'action':'add','name':'Beekeeper'}");
  g_assert_cmpint (added, ==, first_id (fixture, "/v3/jobs?per_page=1"));
  g_assert_cmpuint (count (fixture, "/v3/job_interview_stages?job_ids=", added), ==, 6);
}

static void
test_wrong_wishes (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    const char *target;
    const char *wish;
  } cases[] = {
    { "/sandbox/applications", "{'action':'add','candidate_id':1,'job_id':4200000077}" },
    { "/sandbox/applications", "{'action':'add','candidate_id':" MIRA ",'job_id':1}" },
    { "/sandbox/applications", "{'action':'move','id':1,'stage_id':9300000005}" },
    { "/sandbox/applications", "{'action':'promote','id':1}" },
    { "/sandbox/jobs", "{'action':'add'}" }, { "/sandbox/jobs", "{'action':'close','id':1}" },
    { "/sandbox/stages", "{'action':'add','job_id':1,'name':'Trial Day'}" },
    { "/sandbox/stages", "{'action':'rename','id':9300000005}" },
    { "/sandbox/lag", "{'requests':-1}" }, { "/sandbox/lag", "{}" },
    { "/sandbox/churn", "{'seed':1}" }, { "/sandbox/weather", "{'percent':101}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = post (fixture, cases[i].target, cases[i].wish);

    g_assert_cmpuint (reply->status, ==, 400);
  }
}

static JsonArray *
walk_all (Fixture    *fixture,
          const char *target)
{
  JsonArray *all = json_array_new ();
  g_autofree char *next = g_strdup (target);

  while (next != NULL) {
    g_autoptr (Reply) reply = get (fixture, next);
    const char *link = header (reply, "Link");

    for (guint i = 0; i < json_array_get_length (rows (reply)); i++)
      json_array_add_element (all, json_node_copy (json_array_get_element (rows (reply), i)));

    g_clear_pointer (&next, g_free);
    if (link != NULL && link[0] == '<')
      next = g_strndup (link + 1 + strlen (fixture->url),
                        strcspn (link, ">") - 1 - strlen (fixture->url));
  }
  return all;
}

static char *
to_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

/* What the world shows at once is what the lists give bit by bit. */
static void
assert_world_is_listed (Fixture *fixture)
{
  static const char * const lists[][2] = {
    { "candidates", "/v3/candidates?per_page=500" },
    { "applications", "/v3/applications?per_page=500" },
    { "jobs", "/v3/jobs?per_page=500" },
    { "stages", "/v3/job_interview_stages?per_page=500" },
    { "users", "/v3/users?per_page=500" },
  };
  g_autoptr (Reply) world = get (fixture, "/sandbox/world");

  g_assert_cmpuint (world->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (JsonArray) walked = walk_all (fixture, lists[i][1]);
    g_autofree char *listed = to_text (walked);
    g_autofree char *shown = to_text (json_object_get_array_member (object (world), lists[i][0]));

    g_assert_cmpuint (json_array_get_length (walked), >, 0);
    g_assert_cmpstr (listed, ==, shown);
  }
}

static void
churn_through (Fixture    *fixture,
               const char *wish,
               guint       n_lists)
{
  do_control (fixture, "/sandbox/churn", wish);
  for (guint i = 0; i < n_lists; i++)
    n_rows (fixture, "/v3/users?per_page=1");
  do_control (fixture, "/sandbox/churn", "{'every':0}");
}

static void
test_churn (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (Reply) first = NULL;
  g_autoptr (Reply) second = NULL;
  g_autoptr (Reply) third = NULL;
  Fixture one, two, other;

  options.allowance = 0;
  options.n_candidates = 60;
  options.may_inject_faults = TRUE;
  set_up_with (&one, &options);
  set_up_with (&two, &options);
  set_up_with (&other, &options);

  churn_through (&one, "{'seed':7,'every':2}", 300);
  churn_through (&two, "{'seed':7,'every':2}", 300);
  churn_through (&other, "{'seed':8,'every':3}", 300);
  first = get (&one, "/sandbox/churn");
  second = get (&two, "/sandbox/churn");
  third = get (&other, "/sandbox/churn");
  g_assert_cmpuint (json_array_get_length (rows (first)), ==, 150);
  g_assert_cmpuint (json_array_get_length (rows (third)), ==, 100);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpstr (first->text, !=, third->text);

  for (guint i = 0; i < 9; i++) {
    static const char * const kinds[] = {
      "add candidate", "change ", "delete candidate", "merge candidate", "anonymise candidate",
      "add application", "move application", "rename stage", "change user"
    };

    assert_contains (first->text, kinds[i]);
  }
  assert_world_is_listed (&one);

  tear_down (&one, NULL);
  tear_down (&two, NULL);
  tear_down (&other, NULL);
}

/* Deleted, merged, anonymised: what is asked for by time still finds all who changed. */
static void
test_nobody_is_missed (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *since = since_now (fixture, "candidates");
  g_autoptr (JsonArray) found = NULL;
  g_autoptr (Reply) world = NULL;
  JsonArray *candidates;
  guint n_changed = 0;

  churn_through (fixture, "{'seed':3,'every':1}", 200);
  world = get (fixture, "/sandbox/world");
  candidates = json_object_get_array_member (object (world), "candidates");
  for (guint i = 0; i < json_array_get_length (candidates); i++) {
    JsonObject *candidate = json_array_get_object_element (candidates, i);

    n_changed += strcmp (text (candidate, "updated_at"), strstr (since, "%7C") + 3) >= 0;
  }
  found = walk_all (fixture, since);
  g_assert_cmpuint (n_changed, >, 50);
  g_assert_cmpuint (json_array_get_length (found), ==, n_changed);
}

static void
test_lag (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *since = since_now (fixture, "candidates");
  g_autofree char *jobs = since_now (fixture, "jobs");
  g_autoptr (JsonObject) mira = find (fixture, "candidates", G_GINT64_CONSTANT (6409000001));
  g_autofree char *as_before = g_strdup_printf ("/v3/candidates?updated_at=gte%%7C%s|lte|%s",
                                                text (mira, "updated_at"),
                                                text (mira, "updated_at"));
  gint64 added;

  do_control (fixture, "/sandbox/lag", "{'requests':3}");
  change (fixture, "candidates",
          "{'action':'update','id':" MIRA ",'fields':{'title':'Captain'}}");
  added = change (fixture, "candidates", "{'action':'add','fields':{}}");
  change (fixture, "jobs", "{'action':'rename','id':4200000077,'name':'Harbour Pilot'}");

  /* The record itself is never late, only where it is looked for by its time. */
  g_assert_cmpuint (n_rows (fixture, as_before), ==, 1);
  g_assert_cmpuint (n_rows (fixture, since), ==, 0);
  g_assert_cmpuint (n_rows (fixture, jobs), ==, 0);

  g_assert_cmpuint (n_rows (fixture, since), ==, 2);
  g_assert_cmpuint (n_rows (fixture, jobs), ==, 1);
  g_assert_cmpuint (n_rows (fixture, as_before), ==, 0);

  /* What is changed all the time shows up for all that. */
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpuint (n_rows (fixture, since), <=, 2);
    change (fixture, "candidates", "{'action':'update','id':%" ID ",'fields':{}}", added);
  }
  g_assert_cmpuint (n_rows (fixture, since), ==, 2);

  /* And nobody shows up sooner for being changed twice. */
  change (fixture, "candidates", "{'action':'delete','id':%" ID "}", added);
  added = change (fixture, "candidates", "{'action':'add','fields':{}}");
  change (fixture, "candidates", "{'action':'update','id':%" ID ",'fields':{}}", added);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (n_rows (fixture, since), ==, 1);
  g_assert_cmpuint (n_rows (fixture, since), ==, 2);

  do_control (fixture, "/sandbox/lag", "{'requests':0}");
  change (fixture, "candidates", "{'action':'delete','id':%" ID "}", added);
  g_assert_cmpuint (n_rows (fixture, since), ==, 1);
}

/* In a crowd names are many, of many scripts; those who were there first stay who they are. */
static void
test_crowd (void)
{
  static const char oldest[] =
    "/v3/candidates?per_page=500&fields=id,first_name,last_name,phone_numbers,title&ids=6409000001,"
    "6409000064,6409000077,6409000137,6409000177,6409000189,6409000244,6409000263";
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) scripts = g_hash_table_new (NULL, NULL);
  g_autoptr (Reply) few = NULL;
  g_autoptr (Reply) many = NULL;
  g_autoptr (Reply) newest = NULL;
  Fixture small, large;

  options.allowance = 0;
  set_up_with (&small, &options);
  options.n_candidates = 20000;
  set_up_with (&large, &options);

  few = get (&small, oldest);
  many = get (&large, oldest);
  g_assert_cmpuint (json_array_get_length (rows (few)), ==, 8);
  g_assert_cmpstr (few->text, ==, many->text);
  g_assert_cmpstr (json_object_get_string_member (row (few, 0), "last_name"), ==, "Dunmore, PhD");

  newest = get (&large, "/v3/candidates?per_page=500");
  for (guint i = 0; i < 500; i++) {
    const char *last = json_object_get_string_member_with_default (row (newest, i), "last_name", "");

    g_hash_table_add (names, g_strdup (last));
    g_hash_table_add (scripts,
                      GINT_TO_POINTER (g_unichar_get_script (g_utf8_get_char (last)) + 1));
  }
  g_assert_cmpuint (g_hash_table_size (names), >, 330);
  g_assert_cmpuint (g_hash_table_size (scripts), >=, 12);
  g_assert_cmpuint (n_rows (&large, "/v3/jobs?per_page=500"), >, 300);
  g_assert_cmpuint (n_rows (&small, "/v3/jobs?per_page=500"), <, 30);

  tear_down (&small, NULL);
  tear_down (&large, NULL);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/world/applications", test_applications },
    { "/sandbox/world/invented", test_invented },
    { "/sandbox/world/candidate-and-applications", test_candidate_and_applications },
    { "/sandbox/world/jobs-and-stages", test_jobs_and_stages },
    { "/sandbox/world/wrong-wishes", test_wrong_wishes },
    { "/sandbox/world/nobody-is-missed", test_nobody_is_missed },
    { "/sandbox/world/lag", test_lag },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/world/churn", test_churn);
  g_test_add_func ("/sandbox/world/crowd", test_crowd);

  return g_test_run ();
}
