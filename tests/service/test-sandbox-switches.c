/* What tests can do to the sandbox's credential, clock and users; a network that asks to sign in. */
#include "sandbox-client.h"

static guint
mint_status (Fixture    *fixture,
             const char *form)
{
  g_autoptr (Reply) reply = ask_token (fixture, "/token", form);

  return reply->status;
}

static Reply *
introspect (Fixture *fixture)
{
  g_autofree char *form = g_strconcat ("token=", fixture->bearer + strlen ("Bearer "), NULL);

  return ask_token (fixture, "/introspect", form);
}

static const char *
role (Reply *reply)
{
  JsonObject *claims = json_object_get_object_member (object (reply),
                                                      "https://auth.greenhouse.io/claims");

  return json_object_get_string_member (claims, "user_role");
}

static void
test_secret (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) unknown = post (fixture, "/sandbox/credential", "{'secret':'lost'}");

  g_assert_cmpuint (unknown->status, ==, 400);
  do_control (fixture, "/sandbox/credential", "{'secret':'expired'}");
  refused = ask_token (fixture, "/token", "grant_type=client_credentials");
  g_assert_cmpuint (refused->status, ==, 401);
  g_assert_cmpstr (refused->text, ==, "{\"error\":\"invalid_client\"}");
  g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);

  do_control (fixture, "/sandbox/credential", "{'secret':'ok'}");
  g_assert_cmpuint (mint_status (fixture, "grant_type=client_credentials"), ==, 200);
}

static void
test_acts_as (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (Reply) list = NULL;
  g_autoptr (Reply) note = NULL;
  g_autoptr (Reply) claims = NULL;
  g_autoptr (Reply) left = NULL;
  g_autoptr (Reply) inactive = NULL;
  g_autoptr (Reply) back = NULL;

  do_control (fixture, "/sandbox/credential", "{'acts_as':'basic'}");
  list = get (fixture, "/v3/candidates");
  note = post (fixture, "/v3/notes",
               "{'candidate_id':" MIRA ",'body':'x','note_type':'NOTE','visibility':'public'}");
  claims = introspect (fixture);
  g_assert_cmpuint (list->status, ==, 403);
  g_assert_cmpuint (note->status, ==, 201);
  g_assert_cmpstr (role (claims), ==, "basic");

  do_control (fixture, "/sandbox/credential", "{'acts_as':'deactivated'}");
  left = get (fixture, "/v3/candidates");
  inactive = introspect (fixture);
  g_assert_cmpuint (left->status, ==, 401);
  g_assert_cmpstr (inactive->text, ==, "{\"active\":false}");
  g_assert_cmpuint (mint_status (fixture, "grant_type=client_credentials"), ==, 400);
  g_assert_cmpuint (mint_status (fixture, "grant_type=client_credentials&sub=" RECRUITER), ==, 400);

  do_control (fixture, "/sandbox/credential", "{'acts_as':'site_admin'}");
  back = introspect (fixture);
  g_assert_cmpstr (role (back), ==, "site_admin");
  g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  const char *forbidden = "{\"message\":\"Forbidden\",\"errors\":[\"IP address is not allowed\"]}";
  g_autoptr (Reply) minted = NULL;
  g_autoptr (Reply) list = NULL;

  do_control (fixture, "/sandbox/credential", "{'addresses':'other'}");
  minted = ask_token (fixture, "/token", "grant_type=client_credentials");
  list = get (fixture, "/v3/users");
  g_assert_cmpuint (minted->status, ==, 403);
  g_assert_cmpstr (minted->text, ==, forbidden);
  g_assert_cmpuint (list->status, ==, 403);
  g_assert_cmpstr (list->text, ==, forbidden);

  do_control (fixture, "/sandbox/credential", "{'addresses':'any'}");
  g_assert_cmpuint (n_rows (fixture, "/v3/users?per_page=1"), ==, 1);
}

/* How far a clock is ahead of this one, in seconds. */
static gint64
ahead (GDateTime *time)
{
  return g_date_time_to_unix (time) - g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_clock (Fixture       *fixture,
            gconstpointer  data)
{
  static const int shifts[] = { 3600, -3600, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++) {
    g_autofree char *wish = g_strdup_printf ("{'seconds':%d}", shifts[i]);
    g_autoptr (Reply) token = NULL;
    g_autoptr (Reply) note = NULL;
    g_autoptr (GDateTime) date = NULL;
    g_autoptr (GDateTime) expires = NULL;
    g_autoptr (GDateTime) created = NULL;

    do_control (fixture, "/sandbox/clock", wish);
    g_clear_pointer (&fixture->bearer, g_free);
    fixture->bearer = mint (fixture, NULL);
    token = ask_token (fixture, "/token", "grant_type=client_credentials");
    note = post (fixture, "/v3/notes", "{'candidate_id':" MIRA ",'body':'x','note_type':'NOTE',"
                 "'visibility':'public'}");
    g_assert_cmpuint (note->status, ==, 201);

    date = soup_date_time_new_from_http_string (header (token, "Date"));
    expires = g_date_time_new_from_iso8601 (json_object_get_string_member (object (token),
                                                                           "expires_at"), NULL);
    created = g_date_time_new_from_iso8601 (json_object_get_string_member (object (note),
                                                                           "created_at"), NULL);
    g_assert_cmpint (ABS (ahead (date) - shifts[i]), <=, 5);
    g_assert_cmpint (ABS (ahead (expires) - shifts[i] - 3600), <=, 5);
    g_assert_cmpint (ABS (ahead (created) - shifts[i]), <=, 5);
  }
}

static void
test_captive_portal (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const targets[][2] = {
    { "POST", "/token" }, { "POST", "/introspect" }, { "GET", "/v3/candidates" },
    { "GET", "/v1/users" }, { "GET", "/nowhere" },
  };

  do_control (fixture, "/sandbox/faults", "{'fault':'html','status':200,'times':0}");
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (Reply) reply = ask (fixture->url, targets[i][0], targets[i][1], NULL, NULL, NULL);

    g_assert_cmpuint (reply->status, ==, 200);
    g_assert_cmpstr (header (reply, "Content-Type"), ==, "text/html");
    assert_contains (reply->text, "Sign in to use the network");
  }
}

static void
test_users (Fixture       *fixture,
            gconstpointer  data)
{
  const char *leaver = "/v3/users?ids=" NON_ADMIN;
  g_autoptr (Reply) before = get (fixture, leaver);
  g_autoptr (Reply) after = NULL;
  g_autoptr (Reply) renamed = NULL;
  g_autoptr (Reply) wrong = NULL;
  g_autoptr (Reply) nobody = NULL;
  g_autoptr (Reply) page = NULL;

  do_control (fixture, "/sandbox/users", "{'action':'deactivate','id':" NON_ADMIN "}");
  after = get (fixture, leaver);
  g_assert_false (json_object_get_boolean_member (row (before, 0), "deactivated"));
  g_assert_true (json_object_get_boolean_member (row (after, 0), "deactivated"));
  g_assert_cmpstr (json_object_get_string_member (row (before, 0), "updated_at"), <,
                   json_object_get_string_member (row (after, 0), "updated_at"));
  g_assert_cmpuint (mint_status (fixture, "grant_type=client_credentials&sub=" NON_ADMIN), ==, 400);

  do_control (fixture, "/sandbox/users", "{'action':'activate','id':" NON_ADMIN "}");
  g_assert_cmpuint (mint_status (fixture, "grant_type=client_credentials&sub=" NON_ADMIN), ==, 200);

  do_control (fixture, "/sandbox/users",
              "{'action':'update','id':" NON_ADMIN ",'fields':{'first_name':'Toby',"
              "'emails':['toby@example.com','t@example.com'],'site_admin':true}}");
  renamed = get (fixture, "/v3/users?primary_email=toby%40example.com");
  g_assert_cmpstr (json_object_get_string_member (row (renamed, 0), "name"), ==,
                   "Toby Krähenbühl");
  g_assert_true (json_object_get_boolean_member (row (renamed, 0), "site_admin"));
  g_assert_cmpuint (n_rows (fixture, "/v3/user_emails?email=t%40example.com"), ==, 1);

  wrong = post (fixture, "/sandbox/users",
                "{'action':'update','id':" NON_ADMIN ",'fields':{'first_name':'X','age':3}}");
  nobody = post (fixture, "/sandbox/users", "{'action':'deactivate','id':1}");
  g_assert_cmpuint (wrong->status, ==, 400);
  g_assert_cmpuint (nobody->status, ==, 400);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?primary_email=toby%40example.com"), ==, 1);
  page = get (fixture, leaver);
  g_assert_null (strstr (page->text, "\"X\""));
}

/* Enough people that finding oneself among them needs a search, of every kind there is. */
static void
test_staff (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_all = n_rows (fixture, "/v3/users?per_page=500");
  guint n_more = n_rows (fixture, "/v3/users?per_page=500&show_service_accounts=true");
  guint n_emails = n_rows (fixture, "/v3/user_emails?per_page=500");

  g_assert_cmpuint (n_all, >=, 40);
  g_assert_cmpuint (n_more, >, n_all);
  g_assert_cmpuint (n_rows (fixture, "/v3/users?deactivated=true"), >, 3);
  g_assert_cmpuint (n_emails, >, n_all + 3);
}

/* The log tells clients apart, and what they bear it tells nobody. */
static void
test_log (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *first = g_strdup (fixture->bearer);
  g_autofree char *second = mint (fixture, NULL);
  const char *bearers[] = { first, second, "Bearer unknown", NULL };
  static const gint64 expected[] = { 1, 2, 0, 0 };
  g_autoptr (Reply) forgotten = ask (fixture->url, "DELETE", "/sandbox/log", NULL, NULL, NULL);
  g_autoptr (Reply) log = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bearers); i++) {
    g_autoptr (Reply) reply = ask (fixture->url, "GET", "/v3/jobs", bearers[i], NULL, NULL);

    g_assert_cmpuint (reply->status, ==, i < 2 ? 200 : 401);
  }

  log = ask (fixture->url, "GET", "/sandbox/log", NULL, NULL, NULL);
  g_assert_cmpuint (json_array_get_length (rows (log)), ==, G_N_ELEMENTS (bearers));
  for (guint i = 0; i < G_N_ELEMENTS (bearers); i++)
    g_assert_cmpint (json_object_get_int_member (row (log, i), "token"), ==, expected[i]);
  g_assert_null (strstr (log->text, first + strlen ("Bearer ")));
  g_assert_null (strstr (log->text, second + strlen ("Bearer ")));
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/credential/secret", test_secret },
    { "/sandbox/credential/acts-as", test_acts_as },
    { "/sandbox/credential/addresses", test_addresses },
    { "/sandbox/clock", test_clock },
    { "/sandbox/log", test_log },
    { "/sandbox/captive-portal", test_captive_portal },
    { "/sandbox/users/changed", test_users },
    { "/sandbox/users/enough", test_staff },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
