/* The sandbox from outside: who is let in, what the lists take and give. */
#include "sandbox-client.h"

/* The token service */

static void
test_token_refusals (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *id = dial_sandbox_get_client_id (fixture->sandbox);
  const char *secret = dial_sandbox_get_secret (fixture->sandbox);
  const char *grant = "grant_type=client_credentials";
  struct {
    const char *id;
    const char *secret;
    const char *form;
    guint       status;
    const char *says;
  } cases[] = {
    { NULL, NULL, grant, 401, "{\"message\":\"Unauthorized\",\"errorId\":\"err-" },
    { NULL, NULL, "", 400, "grant_type is required" },
    { "nonsense", secret, grant, 400,
      "client_id=nonsense does not contain a valid client ID suffix" },
    { "0123456789abcdef01234567.harvest", secret, grant, 401, "{\"error\":\"invalid_client\"}" },
    { id, "wrong", grant, 401, "{\"error\":\"invalid_client\"}" },
    { id, secret, "", 400, "grant_type is required" },
    { id, secret, "grant_type=password", 400,
      "authorization_code, refresh_token, client_credentials, "
      "urn:ietf:params:oauth:grant-type:token-exchange" },
    { id, secret, "grant_type=refresh_token&refresh_token=x", 400,
      "{\"error\":\"invalid_grant\"}" },
    { id, secret, "grant_type=client_credentials&sub=1", 400, "sub" },
    { id, secret, "grant_type=client_credentials&sub=oskar", 400, "sub" },
    { id, secret, "grant_type=client_credentials&sub=" LEAVER, 400, "sub" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *authorization = cases[i].id != NULL ? basic (cases[i].id,
                                                                  cases[i].secret) : NULL;
    g_autoptr (Reply) reply = ask (fixture->url, "POST", "/token", authorization,
                                   "application/x-www-form-urlencoded", cases[i].form);

    g_assert_cmpuint (reply->status, ==, cases[i].status);
    assert_contains (reply->text, cases[i].says);
    g_assert_null (strstr (reply->text, secret));
  }
}

static void
test_token_answer (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (Reply) reply = ask_token (fixture, "/token",
                                       "grant_type=client_credentials&sub=" RECRUITER);
  g_autoptr (GDateTime) expires = NULL;
  g_autofree char *second = NULL;
  gint64 life;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (json_object_get_string_member (object (reply), "token_type"), ==, "Bearer");
  g_assert_false (json_object_has_member (object (reply), "expires_in"));
  expires = g_date_time_new_from_iso8601 (json_object_get_string_member (object (reply),
                                                                         "expires_at"), NULL);
  life = g_date_time_to_unix (expires) - g_get_real_time () / G_USEC_PER_SEC;
  g_assert_cmpint (life, >, 3590);
  g_assert_cmpint (life, <=, 3600);
  g_assert_cmpstr (header (reply, "X-Ratelimit-Limit"), ==, "60");

  /* A second token leaves the first one alone. */
  second = mint (fixture, NULL);
  g_assert_cmpstr (second, !=, fixture->bearer);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);
}

static void
test_token_limit (Fixture       *fixture,
                  gconstpointer  data)
{
  guint n_refused = 0;

  /* Twice the limit cannot all fall into windows that have room, whenever a window ends. */
  for (guint i = 0; i < 125 && n_refused == 0; i++) {
    g_autoptr (Reply) reply = ask_token (fixture, "/token", "grant_type=client_credentials");

    if (reply->status == 429) {
      n_refused++;
      g_assert_nonnull (header (reply, "Retry-After"));
      g_assert_null (reply->json);
    }
  }
  g_assert_cmpuint (n_refused, ==, 1);
}

static void
test_token_introspect (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *form = g_strconcat ("token=", fixture->bearer + strlen ("Bearer "), NULL);
  g_autoptr (Reply) reply = ask_token (fixture, "/introspect", form);
  g_autoptr (Reply) stranger = ask_token (fixture, "/introspect", "token=eyJ");
  g_autoptr (Reply) nobody = ask (fixture->url, "POST", "/introspect", NULL,
                                  "application/x-www-form-urlencoded", form);
  JsonObject *claims;

  g_assert_true (json_object_get_boolean_member (object (reply), "active"));
  g_assert_cmpstr (json_object_get_string_member (object (reply), "sub"), ==, "5400011990");
  assert_contains (json_object_get_string_member (object (reply), "scope"), "harvest:notes:create");
  claims = json_object_get_object_member (object (reply), "https://auth.greenhouse.io/claims");
  g_assert_cmpstr (json_object_get_string_member (claims, "user_role"), ==, "site_admin");
  g_assert_cmpstr (stranger->text, ==, "{\"active\":false}");
  g_assert_cmpuint (nobody->status, ==, 401);
}

static void
test_token_expiry (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (Reply) before = get (fixture, "/v3/users?per_page=1");
  g_autoptr (Reply) after = NULL;
  g_autoptr (Reply) bad = ask (fixture->url, "GET", "/v3/users", "Bearer nonsense", NULL, NULL);

  do_control (fixture, "/sandbox/faults", "{'fault':'expire_tokens'}");
  after = get (fixture, "/v3/users?per_page=1");

  g_assert_cmpuint (before->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 401);
  g_assert_cmpuint (bad->status, ==, 401);
  g_assert_cmpstr (bad->text, ==,
                   "{\"message\":\"Unauthorized\",\"errors\":[\"Token could not be decoded. "
                   "Please ensure your token is from a trusted source.\"]}");
}

/* Who may what */

static void
test_routes (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *method;
    const char *target;
    gboolean    with_token;
    guint       status;
  } cases[] = {
    { "GET", "/v3/candidates", FALSE, 401 },
    { "POST", "/v3/notes", FALSE, 401 },
    { "GET", "/v3/candidate", FALSE, 404 },
    { "GET", "/v3/users/me", FALSE, 404 },
    { "GET", "/v3/candidates/" MIRA, TRUE, 404 },
    { "PATCH", "/v3/notes/9900000007", TRUE, 404 },
    { "DELETE", "/v3/notes/9900000007", TRUE, 404 },
    { "PATCH", "/v3/notes", TRUE, 404 },
    { "GET", "/v1/candidates", TRUE, 401 },
    { "GET", "/nowhere", FALSE, 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = ask (fixture->url, cases[i].method, cases[i].target,
                                   cases[i].with_token ? fixture->bearer : NULL, NULL, NULL);

    g_assert_cmpuint (reply->status, ==, cases[i].status);
    g_assert_nonnull (header (reply, "X-Request-Id"));
    if (g_str_has_prefix (cases[i].target, "/v3/"))
      g_assert_nonnull (header (reply, "X-RateLimit-Remaining"));
    if (cases[i].status == 404 && g_str_has_prefix (cases[i].target, "/v3/"))
      g_assert_cmpstr (reply->text, ==, "{\"message\":\"Resource not found\"}");
  }
}

static void
test_scopes (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const lists[][2] = {
    { "harvest:candidates:list", "/v3/candidates" },
    { "harvest:applications:list", "/v3/applications" },
    { "harvest:jobs:list", "/v3/jobs" },
    { "harvest:job_interview_stages:list", "/v3/job_interview_stages" },
    { "harvest:users:list", "/v3/users" },
    { "harvest:user_emails:list", "/v3/user_emails" },
    { "harvest:candidate_tags:list", "/v3/candidate_tags" },
    { "harvest:applied_candidate_tags:list", "/v3/applied_candidate_tags" },
    { "harvest:notes:list", "/v3/notes" },
  };
  g_autofree char *recruiter = fixture->bearer;
  g_autofree char *plain = mint (fixture, NON_ADMIN);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autofree char *take = g_strdup_printf ("{'scope':'%s','granted':false}", lists[i][0]);
    g_autofree char *give = g_strdup_printf ("{'scope':'%s','granted':true}", lists[i][0]);
    g_autoptr (Reply) without = NULL;
    g_autoptr (Reply) with = NULL;
    g_autoptr (Reply) as_plain = NULL;

    do_control (fixture, "/sandbox/scopes", take);
    without = get (fixture, lists[i][1]);
    do_control (fixture, "/sandbox/scopes", give);
    with = get (fixture, lists[i][1]);
    as_plain = ask (fixture->url, "GET", lists[i][1], plain, NULL, NULL);

    g_assert_cmpuint (without->status, ==, 403);
    g_assert_cmpuint (with->status, ==, 200);
    g_assert_cmpuint (as_plain->status, ==, 403);
  }

  fixture->bearer = g_steal_pointer (&recruiter);
}

static void
test_private (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *half = mint (fixture, HALF_SEEN);
  g_autoptr (Reply) seen = get (fixture, "/v3/candidates?per_page=500");
  g_autoptr (Reply) less = ask (fixture->url, "GET", "/v3/candidates?per_page=500", half, NULL,
                                NULL);
  guint n_private = 0;

  for (guint i = 0; i < 500; i++)
    n_private += json_object_get_boolean_member_with_default (row (seen, i), "private", FALSE);
  g_assert_cmpuint (n_private, >, 3);
  for (guint i = 0; i < 500; i++)
    g_assert_false (json_object_get_boolean_member_with_default (row (less, i), "private", FALSE));
}

/* Lists */

static void
test_strictness (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct {
    const char *target;
    const char *errors;
  } cases[] = {
    { "/v3/candidates?per_page=501", "[{\"per_page\":\"`501` number is greater than: 500\"}]" },
    { "/v3/candidates?per_page=0", "[{\"per_page\":\"`0` number is less than: 1\"}]" },
    { "/v3/candidates?per_page=ten", "[{\"per_page\":\"`ten` is not an integer\"}]" },
    { "/v3/candidates?page=2", "[\"Invalid query params: page\"]" },
    { "/v3/candidates?skip_count=true&created_after=x",
      "[\"Invalid query params: skip_count, created_after\"]" },
    { "/v3/candidates?candidate_id=1", "Invalid query params: candidate_id" },
    { "/v3/candidates?name=x", "Invalid query params: name" },
    { "/v3/notes?candidate_id=" MIRA, "Invalid query params: candidate_id" },
    { "/v3/applications?candidate_id=" MIRA, "Invalid query params: candidate_id" },
    { "/v3/applications?job_id=1", "Invalid query params: job_id" },
    { "/v3/applications?status=in_process", "status" },
    { "/v3/jobs?status=active", "status" },
    { "/v3/notes?type=note", "type" },
    { "/v3/notes?visibility=private", "visibility" },
    { "/v3/candidates?ids=1,x", "ids" },
    { "/v3/candidates?ids=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,"
      "25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51",
      "array size is greater than: 50" },
    { "/v3/candidates?updated_at=2026-01-01T00:00:00Z", "updated_at" },
    { "/v3/candidates?updated_at=gte%7C2026-01-01", "updated_at" },
    { "/v3/candidates?updated_at=since%7C2026-01-01T00:00:00Z", "updated_at" },
    { "/v3/candidates?updated_at=gte%7C2026-01-01T00:00:00Z%7Clte", "updated_at" },
    { "/v3/candidates?updated_at[after]=2026-01-01T00:00:00Z", "updated_at" },
    { "/v3/candidates?created_at=gte%7C2026-01-01T00:00:00Z&updated_at=gte%7C2026-01-01T00:00:00Z",
      "created_at" },
    { "/v3/candidates?fields=id,phone", "fields" },
    { "/v3/candidates?private=yes", "private" },
    { "/v3/candidates?cursor=nonsense", "cursor" },
    { "/v3/candidates?cursor=eyJsYXN0X2lkIjoxfQ%3D%3D&per_page=500",
      "[\"When passing a cursor, do not include other query params.\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = get (fixture, cases[i].target);

    g_assert_cmpuint (reply->status, ==, 422);
    g_assert_cmpstr (json_object_get_string_member (object (reply), "message"), ==,
                     "Unprocessable Content");
    assert_contains (reply->text, cases[i].errors);
    g_assert_cmpstr (header (reply, "X-Ratelimit-Limit"), !=, NULL);
  }
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_applications = walk (fixture, "/v3/applications?per_page=500&fields=id", 500, FALSE);

  g_assert_cmpuint (walk (fixture, "/v3/candidates?per_page=300", 300, TRUE), ==, 2000);
  g_assert_cmpuint (walk (fixture, "/v3/candidates?per_page=500&fields=id", 500, TRUE), ==, 2000);
  g_assert_cmpuint (n_applications, >, 2000);
  g_assert_cmpuint (n_applications, <, 4000);
  g_assert_cmpuint (walk (fixture, "/v3/users?per_page=7", 7, FALSE), ==, 42);
  g_assert_cmpuint (walk (fixture, "/v3/jobs?per_page=25", 25, TRUE), ==, 25);
  g_assert_cmpuint (walk (fixture, "/v3/job_interview_stages", 100, FALSE), ==, 150);
  g_assert_cmpuint (walk (fixture, "/v3/notes?per_page=500&fields=id", 500, TRUE), >, 2000);
  g_assert_cmpuint (walk (fixture, "/v3/applied_candidate_tags?per_page=500&fields=id", 500, FALSE),
                    >, 1000);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates"), ==, 100);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) ago = g_date_time_add_days (now, -7);
  g_autofree char *since = g_date_time_format (ago, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *pipe = g_strdup_printf ("/v3/candidates?per_page=500&updated_at=gte%%7C%s",
                                           since);
  g_autofree char *bracket = g_strdup_printf ("/v3/candidates?per_page=500&updated_at[gte]=%s",
                                              since);
  g_autofree char *both = g_strdup_printf ("/v3/candidates?per_page=500&updated_at=gte|%s|lt|%s",
                                           since, since);
  g_autofree char *before = g_strdup_printf ("/v3/candidates?per_page=300&updated_at=lt%%7C%s",
                                             since);
  guint n_recent = n_rows (fixture, pipe);

  g_assert_cmpuint (n_recent, >, 100);
  g_assert_cmpuint (n_recent, <, 500);
  g_assert_cmpuint (n_rows (fixture, bracket), ==, n_recent);
  g_assert_cmpuint (n_rows (fixture, both), ==, 0);
  g_assert_cmpuint (walk (fixture, before, 300, TRUE), ==, 2000 - n_recent);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?updated_at=gte%7C2099-01-01T00:00:00Z"), ==,
                    0);

  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?ids=" MIRA "%2C1%2C" MIRA), ==, 1);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?ids=6409000002"), ==, 0);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?email=MIRA.tolland%40example.org"), ==, 1);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?email=nobody%40example.org"), ==, 0);
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?tag=Logistics&per_page=500"), >, 50);
  g_assert_cmpuint (n_rows (fixture, "/v3/applications?candidate_ids=" MIRA), ==, 1);
  g_assert_cmpuint (n_rows (fixture, "/v3/applications?status=active&per_page=500"), ==, 500);
  g_assert_cmpuint (n_rows (fixture, "/v3/job_interview_stages?job_ids=4200000077"), ==, 6);
  g_assert_cmpuint (n_rows (fixture, "/v3/user_emails?user_ids=" RECRUITER), ==, 2);
  g_assert_cmpuint (n_rows (fixture, "/v3/user_emails?email=oskar@alderworks.example"), ==, 1);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?primary_email=oskar.venn%40example.com"), ==, 1);
}

/* Bounds are what they say, to the millisecond. */
static void
test_bounds (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *operation;
    guint       n_rows;
  } cases[] = { { "gte", 1 }, { "gt", 0 }, { "lte", 1 }, { "lt", 0 } };
  g_autoptr (Reply) reply = get (fixture, "/v3/candidates?ids=" MIRA);
  const char *time = json_object_get_string_member (row (reply, 0), "updated_at");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *target = g_strdup_printf ("/v3/candidates?ids=" MIRA "&updated_at=%s%%7C%s",
                                               cases[i].operation, time);

    g_assert_cmpuint (n_rows (fixture, target), ==, cases[i].n_rows);
  }
}

static void
test_users (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_all = n_rows (fixture, "/v3/users");
  guint n_with_service = n_rows (fixture, "/v3/users?show_service_accounts=true");
  guint n_left = n_rows (fixture, "/v3/users?deactivated=true");
  g_autofree char *target = g_strconcat ("/v3/users?primary_email=",
                                         dial_sandbox_get_recruiter (fixture->sandbox), NULL);
  g_autoptr (Reply) recruiter = get (fixture, target);

  g_assert_cmpuint (n_with_service, ==, n_all + 4);
  g_assert_cmpuint (n_left, >, 2);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?deactivated=false"), ==, n_all - n_left);
  g_assert_true (json_object_get_boolean_member (row (recruiter, 0), "site_admin"));
  g_assert_cmpint (json_object_get_int_member (row (recruiter, 0), "id"), ==,
                   G_GINT64_CONSTANT (5400012002));
}

static void
test_fields (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *target;
    const char *fields;
  } lists[] = {
    { "/v3/candidates",
      "addresses can_email company created_at custom_fields email_addresses first_name id "
      "last_activity_at last_name linked_user_ids phone_numbers preferred_name private "
      "social_media_addresses tags time_zone title updated_at website_addresses" },
    { "/v3/applications",
      "agency_note_id answers candidate_id coordinator_id created_at custom_fields id job_id "
      "job_post_id last_activity_at location_address needs_decision prospect prospective_job_ids "
      "recruiter_id referrer_id rejected_at source_id stage_id stage_name status updated_at" },
    { "/v3/users",
      "agency_id created_at custom_fields deactivated department_ids emails employee_id "
      "first_name id interviewer_tags job_title last_name linked_candidate_ids name office_ids "
      "primary_email site_admin updated_at" },
    { "/v3/user_emails",
      "created_at email id updated_at user_id verification_token_sent_at verified" },
    { "/v3/jobs",
      "closed_at confidential copied_from_id created_at custom_fields department_id id "
      "is_template name notes office_ids opened_at requisition_id status updated_at" },
    { "/v3/job_interview_stages", "active created_at id job_id name sort_order updated_at" },
    { "/v3/notes",
      "application_id body body_with_tags candidate_id created_at email_attachment_file_names "
      "email_cc email_from email_to id import_hash subject type updated_at user_id visibility" },
    { "/v3/candidate_tags", "created_at id name updated_at" },
    { "/v3/applied_candidate_tags", "candidate_id candidate_tag_id created_at id updated_at" },
  };
  g_autoptr (Reply) some = get (fixture, "/v3/candidates?per_page=1&fields=id,updated_at");

  g_assert_cmpuint (json_object_get_size (row (some, 0)), ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (Reply) reply = get (fixture, lists[i].target);
    g_autoptr (GList) names = g_list_sort (json_object_get_members (row (reply, 0)),
                                           (GCompareFunc) strcmp);
    g_autoptr (GString) joined = g_string_new (NULL);

    for (GList *link = names; link != NULL; link = link->next)
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "",
                              (const char *) link->data);
    g_assert_cmpstr (joined->str, ==, lists[i].fields);
    g_assert_cmpstr (header (reply, "Content-Type"), ==, "application/json;charset=utf-8");
  }
}

/* The people: what a recruiter's list is really like. */
static void
test_world (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *next = NULL;
  static const char * const found[] = {
    "Łukasz", "İbrahim", "Nguyễn", "Þórhallur", "Παπαδόπουλος", "Шевчук", "الحسيني", "כהן", "शर्मा",
    "ใจดี", "张", "佐々木", "김", "ბერიძე", "Հակոբյան", "ext", "\"skype\"", "live:",
    "\"phone_numbers\":[]", "\"email_addresses\":[]", " / ", "n/a", "\"first_name\":null",
    "\"last_name\":null", "\"company\":null", "\"custom_fields\":null", "\"private\":true",
    "\"private\":null", "\"time_zone\":null", "\"time_zone\":\"Eastern Time (US & Canada)\"", "٠٢٠",
    "0044", "\"last_activity_at\":null", "\"can_email\":false", "-555-O1", "Kestrel <Labs>",
  };
  guint n_prospects = n_rows (fixture, "/v3/applications?prospect=true&per_page=500");

  for (next = g_strdup ("/v3/candidates?per_page=500"); next != NULL;) {
    g_autoptr (Reply) reply = get (fixture, next);
    const char *link = header (reply, "Link");

    g_string_append (all, reply->text);
    g_free (next);
    next = link != NULL && *link != '\0'
           ? g_strndup (link + 1 + strlen (fixture->url),
                        strcspn (link + 1 + strlen (fixture->url), ">")) : NULL;
  }

  g_assert_true (g_utf8_validate (all->str, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    assert_contains (all->str, found[i]);
  g_assert_cmpuint (n_prospects, >, 20);
}

static void
test_same_seed (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  Fixture one, two, other;
  g_autoptr (Reply) first = NULL;
  g_autoptr (Reply) second = NULL;
  g_autoptr (Reply) third = NULL;

  options.n_candidates = 50;
  set_up_with (&one, &options);
  set_up_with (&two, &options);
  options.seed++;
  set_up_with (&other, &options);

  first = get (&one, "/v3/candidates?fields=id,first_name,phone_numbers");
  second = get (&two, "/v3/candidates?fields=id,first_name,phone_numbers");
  third = get (&other, "/v3/candidates?fields=id,first_name,phone_numbers");
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpstr (first->text, !=, third->text);
  g_assert_cmpstr (dial_sandbox_get_secret (one.sandbox), !=,
                   dial_sandbox_get_secret (two.sandbox));

  tear_down (&one, NULL);
  tear_down (&two, NULL);
  tear_down (&other, NULL);
}

static void
test_large (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  Fixture fixture;
  gint64 begun = g_get_monotonic_time ();

  options.n_candidates = 100000;
  options.allowance = 0;
  set_up_with (&fixture, &options);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_rows (&fixture, "/v3/candidates?per_page=500"), ==, 500);
  tear_down (&fixture, NULL);
}

/* The allowance */

static void
test_allowance (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_refused = 0;
  gint64 last_remaining = 3;

  do_control (fixture, "/sandbox/allowance", "{'allowance':3}");

  /* Seven requests do not fit two windows of three, wherever the border falls. */
  for (guint i = 0; i < 7; i++) {
    g_autoptr (Reply) reply = get (fixture,
                                   i % 2 == 0 ? "/v3/users?per_page=1" : "/v3/users?page=1");
    gint64 reset = g_ascii_strtoll (header (reply, "X-RateLimit-Reset"), NULL, 10);
    gint64 now = g_get_real_time () / G_USEC_PER_SEC;

    g_assert_cmpstr (header (reply, "X-RateLimit-Limit"), ==, "3");
    g_assert_cmpint (ABS (reset - now - 30), <=, 2);
    if (reply->status == 429) {
      gint64 wait = g_ascii_strtoll (header (reply, "Retry-After"), NULL, 10);

      n_refused++;
      g_assert_cmpint (wait, >=, 1);
      g_assert_cmpint (wait, <=, 30);
      g_assert_cmpint (ABS ((now + wait) % 30 - 15), >=,
                       13); /* on :00 or :30, give or take the second we took */
      g_assert_cmpstr (reply->text, ==, "Retry later\n");
      g_assert_cmpstr (header (reply, "Content-Type"), ==, "text/plain");
      g_assert_cmpstr (header (reply, "X-RateLimit-Remaining"), ==, "0");
    } else {
      last_remaining = g_ascii_strtoll (header (reply, "X-RateLimit-Remaining"), NULL, 10);
      g_assert_cmpint (last_remaining, <, 3);
    }
  }
  g_assert_cmpuint (n_refused, >=, 1);
}

/* The pages */

static void
test_pages_are_escaped (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (Reply) front = ask (fixture->url, "GET", "/", NULL, NULL, NULL);
  g_autoptr (Reply) list = get (fixture, "/v3/candidates?email=bobby.tables%40example.net");
  g_autofree char *target = g_strdup_printf ("/people/%" G_GINT64_FORMAT "?application_id=1",
                                             json_object_get_int_member (row (list, 0), "id"));
  g_autoptr (Reply) page = ask (fixture->url, "GET", target, NULL, NULL, NULL);

  g_assert_cmpuint (front->status, ==, 200);
  assert_contains (front->text, "<a href=\"/people/6409");
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpstr (header (page, "Content-Type"), ==, "text/html;charset=utf-8");
  assert_contains (header (page, "Content-Security-Policy"), "default-src 'none'");
  assert_contains (page->text, "Bobby &lt;b&gt;Tables&lt;/b&gt; &amp; Sons");
  g_assert_null (strstr (page->text, "<b>"));
}

/* Starting */

static void
test_port_taken (Fixture       *fixture,
                 gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cancelled = NULL;

  options.port = (guint16) g_ascii_strtoull (strrchr (fixture->url, ':') + 1, NULL, 10);
  g_assert_null (start (&options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);

  options.port = 0;
  g_cancellable_cancel (cancellable);
  g_assert_null (start (&options, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_faults_are_optional (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  Fixture fixture;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (Reply) log = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *text = NULL;

  options.n_candidates = 1;
  set_up_with (&fixture, &options);
  reply = post (&fixture, "/sandbox/faults", "{'fault':'expire_tokens'}");
  log = get (&fixture, "/sandbox/log");
  g_assert_cmpuint (reply->status, ==, 404);
  g_assert_cmpuint (log->status, ==, 404);

  text = dial_sandbox_to_json (fixture.sandbox);
  json = json_from_string (text, NULL);
  g_assert_null (strchr (text, '\n'));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "harvest_url"), ==,
                   fixture.url);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "client_secret"), ==,
                   dial_sandbox_get_secret (fixture.sandbox));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "recruiter"), ==,
                   "oskar.venn@example.com");
  tear_down (&fixture, NULL);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/token/refusals", test_token_refusals },
    { "/sandbox/token/answer", test_token_answer },
    { "/sandbox/token/limit", test_token_limit },
    { "/sandbox/token/introspect", test_token_introspect },
    { "/sandbox/token/expiry", test_token_expiry },
    { "/sandbox/routes", test_routes },
    { "/sandbox/scopes", test_scopes },
    { "/sandbox/private", test_private },
    { "/sandbox/lists/strictness", test_strictness },
    { "/sandbox/lists/pages", test_pages },
    { "/sandbox/lists/filters", test_filters },
    { "/sandbox/lists/bounds", test_bounds },
    { "/sandbox/lists/users", test_users },
    { "/sandbox/lists/fields", test_fields },
    { "/sandbox/world", test_world },
    { "/sandbox/allowance", test_allowance },
    { "/sandbox/people/escaped", test_pages_are_escaped },
    { "/sandbox/start/port-taken", test_port_taken },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/world/same-seed", test_same_seed);
  g_test_add_func ("/sandbox/world/large", test_large);
  g_test_add_func ("/sandbox/start/faults-are-optional", test_faults_are_optional);

  return g_test_run ();
}
