/* Harvest v1 from outside: who is let in, what lists take and give, notes on somebody's behalf. */
#include "sandbox-client.h"

#define NOTES "/v1/candidates/" MIRA "/activity_feed/notes"
#define FEED  "/v1/candidates/" MIRA "/activity_feed"

static Reply *
ask_v1 (Fixture    *fixture,
        const char *method,
        const char *target,
        const char *behalf,
        const char *body)
{
  g_autofree char *key = basic (dial_sandbox_get_api_key (fixture->sandbox), "");

  return ask_for (fixture->url, method, target, key, behalf, "application/json", body);
}

static Reply *
get_v1 (Fixture    *fixture,
        const char *target)
{
  return ask_v1 (fixture, "GET", target, NULL, NULL);
}

static guint
n_rows_v1 (Fixture    *fixture,
           const char *target)
{
  g_autoptr (Reply) reply = get_v1 (fixture, target);

  return json_array_get_length (rows (reply));
}

static JsonArray *
part (Reply      *reply,
      const char *name)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (object (reply), name);
}

/* Who is let in */

static void
test_key (Fixture       *fixture,
          gconstpointer  data)
{
  const char *key = dial_sandbox_get_api_key (fixture->sandbox);
  g_autofree char *with_password = basic (key, "x");
  g_autofree char *wrong = basic ("wrong", "");
  g_autofree char *right = basic (key, "");
  g_autofree char *about = dial_sandbox_to_json (fixture->sandbox);
  const char * const refused[] = {
    NULL, with_password, wrong, fixture->bearer, "Basic ", "Basic !"
  };
  g_autoptr (Reply) let_in = ask (fixture->url, "GET", "/v1/users", right, NULL, NULL);
  g_autoptr (Reply) v3 = ask (fixture->url, "GET", "/v3/users", right, NULL, NULL);
  g_autoptr (Reply) nowhere = get_v1 (fixture, "/v1/user");
  g_autoptr (Reply) no_id = get_v1 (fixture, "/v1/users/me");
  g_autoptr (Reply) with_body = ask_v1 (fixture, "GET", "/v1/users", NULL, "{}");

  assert_contains (about, key);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (Reply) reply = ask (fixture->url, "GET", "/v1/users", refused[i], NULL, NULL);

    g_assert_cmpuint (reply->status, ==, 401);
    g_assert_cmpstr (reply->text, ==, "{\"message\":\"Invalid Basic Auth credentials\"}");
  }
  g_assert_cmpuint (let_in->status, ==, 200);
  g_assert_cmpuint (v3->status, ==, 401);
  g_assert_cmpuint (nowhere->status, ==, 404);
  g_assert_cmpuint (no_id->status, ==, 404);
  g_assert_cmpuint (with_body->status, ==, 403);
}

/* Each permission stands for its own endpoint, and is asked for before all else. */
static void
test_permissions (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct {
    const char *permission;
    const char *method;
    const char *target;
    const char *body;
    guint       status;
  } cases[] = {
    { "GET: List Candidates", "GET", "/v1/candidates?per_page=1", NULL, 200 },
    { "GET: List Candidates", "GET", "/v1/candidates?per_page=501", NULL, 422 },
    { "GET: Retrieve Candidate", "GET", "/v1/candidates/" MIRA, NULL, 200 },
    { "GET: Retrieve Candidate", "GET", "/v1/candidates/1", NULL, 404 },
    { "POST: Add Note", "POST", "/v1/candidates/0/activity_feed/notes", "", 404 },
    { "POST: Add Note", "POST", NOTES, "", 422 },
    { "POST: Add Note", "POST", NOTES, "{}", 422 },
    { "GET: Retrieve Activity Feed", "GET", FEED, NULL, 200 },
    { "GET: List Users", "GET", "/v1/users", NULL, 200 },
    { "GET: Retrieve User", "GET", "/v1/users/" RECRUITER, NULL, 200 },
  };
  g_autoptr (Reply) unknown = NULL;

  for (guint taken = 0; taken < G_N_ELEMENTS (cases); taken++) {
    g_autofree char *take = g_strdup_printf ("{'permission':'%s','granted':false}",
                                             cases[taken].permission);

    do_control (fixture, "/sandbox/permissions", take);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      gboolean missing = strcmp (cases[i].permission, cases[taken].permission) == 0;
      g_autoptr (Reply) reply = ask_v1 (fixture, cases[i].method, cases[i].target, RECRUITER,
                                        cases[i].body);

      g_assert_cmpuint (reply->status, ==, missing ? 403 : cases[i].status);
      if (missing)
        g_assert_nonnull (json_object_get_string_member (object (reply), "message"));
    }
    do_control (fixture, "/sandbox/permissions", "{'granted':true}");
  }

  unknown = post (fixture, "/sandbox/permissions", "{'permission':'GET: All','granted':false}");
  g_assert_cmpuint (unknown->status, ==, 400);
}

static void
test_retired (Fixture       *fixture,
              gconstpointer  data)
{
  static const guint statuses[] = { 401, 403, 404, 410 };
  g_autoptr (Reply) unknown = post (fixture, "/sandbox/v1", "{'retired':500}");

  g_assert_cmpuint (unknown->status, ==, 400);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char *wish = g_strdup_printf ("{'retired':%u}", statuses[i]);
    g_autoptr (Reply) list = NULL;
    g_autoptr (Reply) note = NULL;

    do_control (fixture, "/sandbox/v1", wish);
    list = get_v1 (fixture, "/v1/candidates");
    note = ask_v1 (fixture, "POST", NOTES, RECRUITER,
                   "{'user_id':" RECRUITER ",'body':'x','visibility':'public'}");
    g_assert_cmpuint (list->status, ==, statuses[i]);
    g_assert_cmpuint (note->status, ==, statuses[i]);
    g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);
  }

  do_control (fixture, "/sandbox/v1", "{'retired':0}");
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/users?per_page=1"), ==, 1);
}

/* v1 counts for itself, in windows of ten seconds. */
static void
test_allowance (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_refused = 0;

  do_control (fixture, "/sandbox/allowance", "{'api':'v1','allowance':3}");
  for (guint i = 0; i < 7; i++) {
    g_autoptr (Reply) reply = get_v1 (fixture, "/v1/users?per_page=1");

    g_assert_cmpstr (header (reply, "X-RateLimit-Limit"), ==, "3");
    g_assert_nonnull (header (reply, "X-RateLimit-Remaining"));
    if (reply->status == 429) {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;
      gint64 wait = g_ascii_strtoll (header (reply, "Retry-After"), NULL, 10);
      gint64 reset = g_ascii_strtoll (header (reply, "X-RateLimit-Reset"), NULL, 10);

      n_refused++;
      g_assert_cmpint (wait, >=, 1);
      g_assert_cmpint (wait, <=, 10);
      g_assert_cmpint (reset % 10, ==, 0);
      g_assert_cmpint (ABS (reset - now - wait), <=, 1);
    } else {
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_null (header (reply, "X-RateLimit-Reset"));
      g_assert_null (header (reply, "Retry-After"));
    }
  }
  g_assert_cmpuint (n_refused, >=, 1);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);
}

static void
test_default_allowance (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  Fixture fixture;
  g_autoptr (Reply) reply = NULL;

  options.n_candidates = 1;
  set_up_with (&fixture, &options);
  reply = get_v1 (&fixture, "/v1/users");
  g_assert_cmpstr (header (reply, "X-RateLimit-Limit"), ==, "50");
  g_assert_cmpstr (header (reply, "X-RateLimit-Remaining"), ==, "49");
  tear_down (&fixture, NULL);
}

/* Lists */

/* Returns: (nullable): the target of a relation in Link. */
static char *
find_link (Fixture    *fixture,
           Reply      *reply,
           const char *relation)
{
  const char *link = header (reply, "Link");
  g_autofree char *suffix = g_strdup_printf (">; rel=\"%s\"", relation);
  g_auto (GStrv) parts = g_strsplit (link != NULL ? link : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    if (!g_str_has_suffix (parts[i], suffix))
      continue;
    g_assert_cmpint (parts[i][0], ==, '<');
    g_assert_true (g_str_has_prefix (parts[i] + 1, fixture->url));
    parts[i][strlen (parts[i]) - strlen (suffix)] = '\0';
    return g_strdup (parts[i] + 1 + strlen (fixture->url));
  }
  return NULL;
}

/* Walks a list by Link alone, ids going up. Returns how many rows there were. */
static guint
walk_v1 (Fixture    *fixture,
         const char *target)
{
  g_autofree char *next = g_strdup (target);
  gint64 last = 0;
  guint n_walked = 0;

  while (next != NULL) {
    g_autoptr (Reply) reply = get_v1 (fixture, next);
    guint length = json_array_get_length (rows (reply));

    for (guint i = 0; i < length; i++) {
      gint64 id = json_object_get_int_member (row (reply, i), "id");

      g_assert_cmpint (id, >, last);
      last = id;
    }
    n_walked += length;
    g_free (next);
    next = find_link (fixture, reply, "next");
  }
  return n_walked;
}

static void
assert_link (Fixture    *fixture,
             const char *target,
             const char *next,
             const char *prev,
             const char *last)
{
  const char *relations[] = { "next", "prev", "last" };
  const char *pages[] = { next, prev, last };
  g_autoptr (Reply) reply = get_v1 (fixture, target);

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    g_autofree char *link = find_link (fixture, reply, relations[i]);

    g_assert_cmpstr (link, ==, pages[i]);
  }
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (Reply) single = get_v1 (fixture, "/v1/users?per_page=500");

  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates"), ==, 100);
  g_assert_cmpuint (walk_v1 (fixture, "/v1/candidates?per_page=499"), ==, 2000);
  g_assert_cmpuint (walk_v1 (fixture, "/v1/candidates?per_page=500&skip_count=true"), ==, 2000);
  g_assert_cmpuint (walk_v1 (fixture, "/v1/users?per_page=5"), ==, 42);
  g_assert_null (header (single, "Link"));

  assert_link (fixture, "/v1/candidates?per_page=500", "/v1/candidates?page=2&per_page=500", NULL,
               "/v1/candidates?page=4&per_page=500");
  assert_link (fixture, "/v1/candidates?page=4&per_page=500", NULL,
               "/v1/candidates?page=3&per_page=500", "/v1/candidates?page=4&per_page=500");
  assert_link (fixture, "/v1/candidates?per_page=500&page=3&skip_count=true",
               "/v1/candidates?skip_count=true&page=4&per_page=500",
               "/v1/candidates?skip_count=true&page=2&per_page=500", NULL);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?page=99"), ==, 0);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *target;
    const char *field;
  } cases[] = {
    { "/v1/candidates?per_page=501", "per_page" },
    { "/v1/candidates?per_page=0", "per_page" },
    { "/v1/users?per_page=ten", "per_page" },
    { "/v1/candidates?page=0", "page" },
    { "/v1/candidates?job_id=x", "job_id" },
    { "/v1/candidates?candidate_ids=1,x", "candidate_ids" },
    { "/v1/candidates?candidate_ids=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,"
      "25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51",
      "candidate_ids" },
    { "/v1/candidates?updated_after=yesterday", "updated_after" },
    { "/v1/users?created_before=2026-01-01", "created_before" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = get_v1 (fixture, cases[i].target);
    JsonArray *errors;

    g_assert_cmpuint (reply->status, ==, 422);
    g_assert_cmpstr (json_object_get_string_member (object (reply), "message"), ==,
                     "Validation error");
    errors = json_object_get_array_member (object (reply), "errors");
    g_assert_cmpuint (json_array_get_length (errors), ==, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (errors, 0),
                                                    "field"), ==, cases[i].field);
  }

  /* What nobody knows is ignored, v3's words too. */
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?cursor=x&fields=id&per_page=3"), ==, 3);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (Reply) mira = get_v1 (fixture, "/v1/candidates/" MIRA);
  const char *updated = json_object_get_string_member (object (mira), "updated_at");
  g_autofree char *from = g_strdup_printf ("/v1/candidates?candidate_ids=" MIRA "&updated_after=%s",
                                           updated);
  g_autofree char *until = g_strdup_printf ("/v1/candidates?candidate_ids=" MIRA
                                            "&updated_before=%s", updated);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) ago = g_date_time_add_days (now, -7);
  g_autofree char *since = g_date_time_format (ago, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *v1 = g_strdup_printf ("/v1/candidates?per_page=400&updated_after=%s", since);
  g_autofree char *v3 = g_strdup_printf ("/v3/candidates?per_page=500&updated_at=gte%%7C%s", since);
  const char *job = "4200000077";
  g_autoptr (Reply) on_job = NULL;

  /* At or after, and before. */
  g_assert_cmpuint (n_rows_v1 (fixture, from), ==, 1);
  g_assert_cmpuint (n_rows_v1 (fixture, until), ==, 0);
  g_assert_cmpuint (n_rows_v1 (fixture, v1), ==, n_rows (fixture, v3));

  /* An address wins over ids. */
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?email=RUAIRI.castellan%40example.com"
                               "&candidate_ids=" MIRA), ==, 1);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?email=nobody%40example.com"
                               "&candidate_ids=" MIRA), ==, 0);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?candidate_ids=" MIRA ",1," MIRA), ==, 1);

  on_job = get_v1 (fixture, "/v1/candidates?per_page=500&job_id=4200000077");
  g_assert_cmpuint (json_array_get_length (rows (on_job)), >, 20);
  for (guint i = 0; i < json_array_get_length (rows (on_job)); i++) {
    g_autofree char *text = json_to_string (json_object_get_member (row (on_job, i),
                                                                    "applications"), FALSE);

    assert_contains (text, job);
  }

  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/users?email=OSKAR%40alderworks.example"), ==, 1);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/users?email=oskar.venn%40example.com"), ==, 1);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/users?email=calendar-sync%40example.com"), ==, 0);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/users?employee_id=E-204"), ==, 1);
}

static void
assert_members (JsonObject *record,
                const char *expected)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (record), (GCompareFunc) strcmp);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (GList *link = names; link != NULL; link = link->next)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (const char *) link->data);
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_records (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const found[] = {
    "\"is_private\":true", "\"status\":\"active\"", "\"status\":\"rejected\"",
    "\"status\":\"hired\"",
    "\"current_stage\":{\"id\":93", "\"current_stage\":null", "\"jobs\":[{\"id\":42",
    "\"prospect\":true", "\"applications\":[]", "\"referred_by\":null", "\"recruiter\":null",
    "\"custom_fields\":null", "\"notice_period\":{\"name\":", "\"last_activity\":null",
  };
  g_autoptr (Reply) list = get_v1 (fixture, "/v1/candidates?per_page=500");
  g_autoptr (Reply) mira = get_v1 (fixture, "/v1/candidates/" MIRA);
  g_autoptr (Reply) user = get_v1 (fixture, "/v1/users/" RECRUITER);
  g_autoptr (Reply) nobody = get_v1 (fixture, "/v1/candidates/6409000002");
  JsonArray *applications = json_object_get_array_member (object (mira), "applications");

  assert_members (object (mira),
                  "addresses application_ids applications attachments can_email company "
                  "coordinator created_at custom_fields educations email_addresses employments "
                  "first_name id is_private keyed_custom_fields last_activity last_name "
                  "linked_user_ids phone_numbers photo_url recruiter social_media_addresses tags "
                  "title updated_at website_addresses");
  assert_members (json_array_get_object_element (applications, 0),
                  "answers applied_at attachments candidate_id coordinator credited_to "
                  "current_stage id job_post_id jobs last_activity_at location prospect "
                  "prospect_detail prospective_department prospective_office recruiter rejected_at "
                  "rejection_details rejection_reason source status");
  assert_members (object (user),
                  "created_at departments disabled emails employee_id first_name id last_name "
                  "linked_candidate_ids name offices primary_email_address site_admin updated_at");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object (user), "emails")),
                    ==, 2);
  g_assert_cmpstr (nobody->text, ==, "{\"message\":\"Resource not found\"}");
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    assert_contains (list->text, found[i]);
}

/* What a test changes in v3's words shows here in v1's. */
static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (Reply) before = get_v1 (fixture, "/v1/candidates/" MIRA);
  g_autoptr (Reply) after = NULL;
  g_autoptr (Reply) gone = NULL;
  JsonObject *fields;

  do_control (fixture, "/sandbox/candidates",
              "{'action':'update','id':" MIRA ",'fields':{'private':true,'first_name':'Myra',"
              "'custom_fields':{'team':{'name':'Team','type':'short_text','value':'Red'}}}}");
  after = get_v1 (fixture, "/v1/candidates/" MIRA);
  g_assert_true (json_object_get_boolean_member (object (after), "is_private"));
  g_assert_false (json_object_has_member (object (after), "private"));
  g_assert_cmpstr (json_object_get_string_member (object (after), "first_name"), ==, "Myra");
  fields = json_object_get_object_member (object (after), "custom_fields");
  g_assert_cmpstr (json_object_get_string_member (fields, "team"), ==, "Red");
  fields = json_object_get_object_member (object (after), "keyed_custom_fields");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (fields, "team"),
                                                  "value"), ==, "Red");
  g_assert_cmpstr (json_object_get_string_member (object (before), "updated_at"), <,
                   json_object_get_string_member (object (after), "updated_at"));

  do_control (fixture, "/sandbox/candidates", "{'action':'delete','id':" MIRA "}");
  gone = get_v1 (fixture, "/v1/candidates/" MIRA);
  g_assert_cmpuint (gone->status, ==, 404);
  g_assert_cmpuint (n_rows_v1 (fixture, "/v1/candidates?candidate_ids=" MIRA), ==, 0);
}

/* Notes */

static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (Reply) posted = ask_v1 (fixture, "POST", NOTES, RECRUITER,
                                     "{'user_id':'" RECRUITER "','body':'By v1.\\nTwo lines.',"
                                     "'visibility':'private'}");
  g_autoptr (Reply) v3 = get (fixture, "/v3/notes?candidate_ids=" MIRA "&visibility="
                              "privately_visible&user_ids=" RECRUITER);
  g_autoptr (Reply) page = ask (fixture->url, "GET", "/people/" MIRA, NULL, NULL, NULL);
  g_autoptr (Reply) by_v3 = NULL;
  g_autoptr (Reply) feed = NULL;
  JsonObject *note;

  g_assert_cmpuint (posted->status, ==, 200);
  assert_members (object (posted), "body created_at id private user visibility visiblity");
  g_assert_cmpstr (json_object_get_string_member (object (posted), "visiblity"), ==, "private");
  g_assert_cmpstr (json_object_get_string_member (object (posted), "visibility"), ==, "private");
  g_assert_true (json_object_get_boolean_member (object (posted), "private"));
  g_assert_cmpstr (json_object_get_string_member (row (v3, 0), "body"), ==, "By v1.\nTwo lines.");
  g_assert_cmpstr (json_object_get_string_member (row (v3, 0), "type"), ==, "NOTE");
  g_assert_cmpint (json_object_get_int_member (row (v3, 0), "id"), ==,
                   json_object_get_int_member (object (posted), "id"));
  assert_contains (page->text, "By v1.");

  by_v3 = post (fixture, "/v3/notes",
                "{'candidate_id':" MIRA ",'body':'By v3.','note_type':'NOTE','visibility':"
                "'admin_only','user_id':" RECRUITER "}");
  feed = get_v1 (fixture, FEED);
  g_assert_cmpuint (by_v3->status, ==, 201);
  note = json_array_get_object_element (part (feed, "notes"), 0);
  g_assert_cmpstr (json_object_get_string_member (note, "body"), ==, "By v3.");
  g_assert_cmpstr (json_object_get_string_member (note, "visibility"), ==, "admin_only");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (note, "user"), "id"),
                   ==, G_GINT64_CONSTANT (5400012002));
  g_assert_nonnull (part (feed, "emails"));
  g_assert_nonnull (part (feed, "activities"));
}

static void
test_note_refusals (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char good[] = "{'user_id':" RECRUITER ",'body':'x','visibility':'public'}";
  static const struct {
    const char *target;
    const char *behalf;
    const char *body;
    guint       status;
    const char *says;
  } cases[] = {
    { NOTES, NULL, good, 403, "On-Behalf-Of" },
    { NOTES, "1", good, 404, "Resource not found" },
    { NOTES, "oskar", good, 404, "Resource not found" },
    { NOTES, LEAVER, good, 404, "Resource not found" },
    { "/v1/candidates/6409000002/activity_feed/notes", RECRUITER, good, 404, "Resource not found" },
    { NOTES, RECRUITER, "{'body':'x','visibility':'public'}", 422,
      "{\"message\":\"Validation error\",\"errors\":[{\"message\":\"Missing required field: "
      "user_id\",\"field\":\"user_id\"}]}" },
    { NOTES, RECRUITER, "{'user_id':" RECRUITER ",'body':'','visibility':'public'}", 422,
      "Missing required field: body" },
    { NOTES, RECRUITER, "{'user_id':" RECRUITER ",'body':7,'visibility':'public'}", 422, "body" },
    { NOTES, RECRUITER, "{'user_id':" RECRUITER ",'body':'x'}", 422,
      "Missing required field: visibility" },
    { NOTES, RECRUITER, "{'user_id':" RECRUITER ",'body':'x','visibility':'publicly_visible'}", 422,
      "visibility" },
    { NOTES, RECRUITER, "{'user_id':'oskar','body':'x','visibility':'public'}", 422, "user_id" },
    { NOTES, RECRUITER, "{'user_id':1,'body':'x','visibility':'public'}", 404,
      "Resource not found" },
    { NOTES, RECRUITER, "{'user_id':", 400, "invalid JSON" },
    { NOTES, RECRUITER, "[]", 400, "invalid JSON" },
  };
  g_autoptr (Reply) before = get_v1 (fixture, FEED);
  g_autoptr (Reply) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = ask_v1 (fixture, "POST", cases[i].target, cases[i].behalf,
                                      cases[i].body);

    g_assert_cmpuint (reply->status, ==, cases[i].status);
    assert_contains (reply->text, cases[i].says);
  }

  after = get_v1 (fixture, FEED);
  g_assert_cmpstr (before->text, ==, after->text);
}

/* Only who may see a private candidate can have a note written there. */
static void
test_note_private (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char body[] = "{'user_id':" HALF_SEEN ",'body':'x','visibility':'public'}";
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) posted = NULL;

  do_control (fixture, "/sandbox/candidates",
              "{'action':'update','id':" MIRA ",'fields':{'private':true}}");
  refused = ask_v1 (fixture, "POST", NOTES, HALF_SEEN, body);
  posted = ask_v1 (fixture, "POST", NOTES, RECRUITER, body);
  g_assert_cmpuint (refused->status, ==, 403);
  g_assert_cmpuint (posted->status, ==, 200);
}

/* What goes wrong on request */

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (Reply) redirected = NULL;
  g_autoptr (Reply) foreign = NULL;
  g_autoptr (Reply) html = NULL;
  g_autoptr (Reply) hidden = NULL;
  g_autoptr (Reply) shown = NULL;
  g_autoptr (Reply) posted = NULL;

  do_control (fixture, "/sandbox/faults", "{'fault':'redirect','path':'/v1/users'}");
  redirected = get_v1 (fixture, "/v1/users");
  g_assert_cmpuint (redirected->status, ==, 302);
  g_assert_cmpstr (header (redirected, "Location"), ==, "https://harvest.example.net/v1/users");

  do_control (fixture, "/sandbox/faults", "{'fault':'foreign_link','path':'/v1/candidates'}");
  foreign = get_v1 (fixture, "/v1/candidates");
  g_assert_true (g_str_has_prefix (header (foreign, "Link"),
                                   "<https://harvest.example.net/v1/candidates?page=2"));
  g_assert_cmpuint (json_array_get_length (rows (foreign)), ==, 100);

  do_control (fixture, "/sandbox/faults", "{'fault':'html','status':200}");
  html = get_v1 (fixture, "/v1/users");
  g_assert_cmpuint (html->status, ==, 200);
  g_assert_null (html->json);

  do_control (fixture, "/sandbox/faults", "{'fault':'lag'}");
  posted = ask_v1 (fixture, "POST", NOTES, RECRUITER,
                   "{'user_id':" RECRUITER ",'body':'Late.','visibility':'public'}");
  hidden = get_v1 (fixture, FEED);
  shown = get_v1 (fixture, FEED);
  g_assert_cmpuint (posted->status, ==, 200);
  g_assert_null (strstr (hidden->text, "Late."));
  assert_contains (shown->text, "Late.");
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/v1/key", test_key },
    { "/sandbox/v1/permissions", test_permissions },
    { "/sandbox/v1/retired", test_retired },
    { "/sandbox/v1/allowance", test_allowance },
    { "/sandbox/v1/pages", test_pages },
    { "/sandbox/v1/refusals", test_refusals },
    { "/sandbox/v1/filters", test_filters },
    { "/sandbox/v1/records", test_records },
    { "/sandbox/v1/changes", test_changes },
    { "/sandbox/v1/notes/posted", test_note },
    { "/sandbox/v1/notes/refusals", test_note_refusals },
    { "/sandbox/v1/notes/private", test_note_private },
    { "/sandbox/v1/faults", test_faults },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/v1/default-allowance", test_default_allowance);

  return g_test_run ();
}
