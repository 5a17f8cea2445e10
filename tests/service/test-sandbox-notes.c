/* The sandbox from outside: notes, faults on request, and a world that changes. */
#include <glib/gstdio.h>

#include "sandbox-client.h"

/* Notes */

#define GOOD "'candidate_id':" MIRA ",'note_type':'NOTE','visibility':'private','body':'Spoke.'"

static void
test_note_refusals (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct {
    const char *body;
    guint       status;
    const char *says;
  } cases[] = {
    { "", 400, "Your request included invalid JSON." },
    { "{'candidate_id':", 400, "Your request included invalid JSON." },
    { "[]", 400, "Your request included invalid JSON." },
    { "{}", 422,
      "[{\"candidate_id\":\"is missing\"},{\"body\":\"is missing\"},{\"note_type\":\"is missing\"},"
      "{\"visibility\":\"is missing\"}]" },
    { "{'candidate_id':'" MIRA "','note_type':'NOTE','visibility':'private','body':'x'}", 422,
      "candidate_id" },
    { "{'candidate_id':" MIRA ",'note_type':'NOTE','visibility':'private','body':''}",
      422, "body" },
    { "{'candidate_id':" MIRA ",'note_type':'note','visibility':'private','body':'x'}", 422,
      "{\"note_type\":\"is not one of: note, activity, email\"}" },
    { "{'candidate_id':" MIRA ",'note_type':'INTERVIEW','visibility':'private','body':'x'}", 422,
      "note_type" },
    { "{'candidate_id':" MIRA ",'note_type':'NOTE','visibility':'privately_visible',"
      "'body':'x'}", 422,
      "\"errors\":[{\"visibility\":" },
    { "{" GOOD ",'colour':'red'}", 422, "[\"Invalid body params: colour\"]" },
    { "{" GOOD ",'type':'NOTE'}", 422, "Invalid body params: type" },
    { "{" GOOD ",'user_id':1}", 404,
      "{\"message\":\"Resource not found\",\"errors\":\"User not found\"}" },
    { "{" GOOD ",'application_id':1}", 404, "\"errors\":\"Application not found\"" },
    { "{" GOOD ",'email_to':[]}", 422, "email_to" },
    { "{'candidate_id':" MIRA ",'note_type':'EMAIL','visibility':'public','body':'x'}", 422,
      "[{\"subject\":\"is missing\"},{\"email_from\":\"is missing\"},{\"email_to\":\"is missing\"},"
      "{\"email_cc\":\"is missing\"}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = post (fixture, "/v3/notes", cases[i].body);

    g_assert_cmpuint (reply->status, ==, cases[i].status);
    assert_contains (reply->text, cases[i].says);
  }
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?user_ids=5400011990"), ==, 0);
}

static void
test_note_other_application (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (Reply) own = get (fixture, "/v3/applications?candidate_ids=" MIRA);
  g_autoptr (Reply) others = get (fixture, "/v3/applications?per_page=1");
  g_autofree char *good = g_strdup_printf ("{" GOOD ",\"application_id\":%" G_GINT64_FORMAT "}",
                                           json_object_get_int_member (row (own, 0), "id"));
  g_autofree char *bad = g_strdup_printf ("{" GOOD ",\"application_id\":%" G_GINT64_FORMAT "}",
                                          json_object_get_int_member (row (others, 0), "id"));
  g_autoptr (Reply) taken = post (fixture, "/v3/notes", good);
  g_autoptr (Reply) refused = post (fixture, "/v3/notes", bad);

  g_assert_cmpuint (taken->status, ==, 201);
  g_assert_cmpuint (refused->status, ==, 404);
}

static void
test_note_stands (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (Reply) created = post (fixture, "/v3/notes",
                                    "{'candidate_id':" MIRA ",'note_type':'NOTE',"
                                    "'visibility':'admin_only',"
                                    "'user_id':" RECRUITER ",'body':'Tab\\tand <b>\\nline “two” "
                                    "\\u0001\\n'}");
  g_autoptr (Reply) listed = NULL;
  g_autoptr (Reply) page = ask (fixture->url, "GET", "/people/" MIRA, NULL, NULL, NULL);

  g_assert_cmpuint (created->status, ==, 201);
  g_assert_cmpstr (json_object_get_string_member (object (created), "visibility"), ==,
                   "admin_only_visible");
  g_assert_cmpstr (json_object_get_string_member (object (created), "type"), ==, "NOTE");

  listed = get (fixture, "/v3/notes?candidate_ids=" MIRA "&user_ids=" RECRUITER
                "&type=NOTE&created_at=gte%7C2026-01-01T00:00:00Z&per_page=500");
  g_assert_true (json_object_equal (object (created), row (listed, 0)));
  g_assert_cmpstr (json_object_get_string_member (row (listed, 0), "body"), ==,
                   "Tab\tand <b>\nline “two” \001\n");

  g_assert_cmpuint (page->status, ==, 200);
  assert_contains (page->text, "Tab\tand &lt;b&gt;\nline “two”");
  assert_contains (page->text, "Oskar Venn");
  assert_contains (page->text, "Admins only");
  assert_contains (page->text, "<html lang=\"en\">");
}

static void
test_note_authors (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *plain = mint (fixture, NON_ADMIN);
  g_autoptr (Reply) service = post (fixture, "/v3/notes", "{" GOOD "}");
  g_autoptr (Reply) acting = ask (fixture->url, "POST", "/v3/notes", plain, "application/json",
                                  "{" GOOD "}");
  g_autoptr (Reply) typed = ask (fixture->url, "POST", "/v3/notes", fixture->bearer, "text/plain",
                                 "{" GOOD "}");
  g_autoptr (Reply) email = post (fixture, "/v3/notes",
                                  "{'candidate_id':" MIRA ",'note_type':'EMAIL',"
                                  "'visibility':'public','body':'x',"
                                  "'subject':'s','email_from':['a@example.org'],"
                                  "'email_to':['b@example.org','c@example.org'],'email_cc':[]}");

  g_assert_cmpint (json_object_get_int_member (object (service), "user_id"), ==,
                   G_GINT64_CONSTANT (5400011990));
  g_assert_cmpint (json_object_get_int_member (object (acting), "user_id"), ==,
                   g_ascii_strtoll (NON_ADMIN, NULL, 10));
  g_assert_cmpuint (typed->status, ==, 400);
  g_assert_cmpuint (email->status, ==, 201);
  g_assert_cmpstr (json_object_get_string_member (object (email), "email_to"), ==,
                   "b@example.org, c@example.org");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object (email),
                                                                         "email_cc")), ==, 0);

  do_control (fixture, "/sandbox/scopes", "{'scope':'harvest:notes:create','granted':false}");
  {
    g_autoptr (Reply) refused = post (fixture, "/v3/notes", "{" GOOD "}");

    g_assert_cmpuint (refused->status, ==, 403);
  }
}

static void
test_note_orphan (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (Reply) created = post (fixture, "/v3/notes",
                                    "{'candidate_id':77,'note_type':'NOTE',"
                                    "'visibility':'public','body':'For nobody'}");
  g_autoptr (Reply) page = ask (fixture->url, "GET", "/people/77", NULL, NULL, NULL);

  g_assert_cmpuint (created->status, ==, 201);
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=77"), ==, 1);
  g_assert_cmpuint (page->status, ==, 404);
  assert_contains (page->text, "For nobody");
}

static void
test_notes_last (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dial-sandbox-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.jsonl", NULL);
  g_autofree char *missing = g_build_filename (folder, "no", "where", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  gint64 first_id = 0;
  GStatBuf status;

  options.n_candidates = 10;
  options.notes_path = path;
  for (guint run = 0; run < 4; run++) {
    Fixture fixture;
    g_autoptr (Reply) created = NULL;
    g_autoptr (GError) busy = NULL;

    set_up_with (&fixture, &options);
    g_assert_null (start (&options, NULL, &busy));
    g_assert_error (busy, G_IO_ERROR, G_IO_ERROR_BUSY);
    g_assert_cmpuint (n_rows (&fixture, "/v3/notes?candidate_ids=77"), ==, run);
    created = post (&fixture, "/v3/notes",
                    "{'candidate_id':77,'note_type':'NOTE','visibility':'public',"
                    "'body':'One\\nTwo'}");
    g_assert_cmpuint (created->status, ==, 201);
    g_assert_cmpint (json_object_get_int_member (object (created), "id"), >, first_id);
    first_id = json_object_get_int_member (object (created), "id");
    tear_down (&fixture, NULL);

    /* What a crash in the middle of a line leaves behind. */
    if (run == 1) {
      g_autofree char *before = NULL;
      g_autofree char *torn = NULL;

      g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
      torn = g_strconcat (before, "{\"id\":9900009999,\"bo", NULL);
      g_assert_true (g_file_set_contents (path, torn, -1, NULL));
    }
  }

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  options.notes_path = missing;
  g_assert_null (start (&options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_unlink (path);
  g_rmdir (folder);
}

/* Faults */

static void
test_faults_answers (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct {
    const char *fault;
    const char *method;
    guint       status;
    gboolean    stored;
    const char *says; /* NULL: an empty body or none */
  } cases[] = {
    { "{'fault':'status','path':'/v3/notes','method':'POST','status':500}", "POST",
      500, FALSE, "{\"message\"" },
    { "{'fault':'status','path':'/v3/notes','method':'POST','status':503,'body':'',"
      "'after_store':true}",
      "POST", 503, TRUE, NULL },
    { "{'fault':'html','path':'/v3/notes'}", "POST", 502, FALSE, "<html>" },
    { "{'fault':'cut','path':'/v3/notes','method':'POST'}", "POST", 0, FALSE, NULL },
    { "{'fault':'cut','path':'/v3/notes','method':'POST','after_store':true}", "POST",
      0, TRUE, NULL },
    { "{'fault':'half','path':'/v3/notes','method':'POST'}", "POST", 0, TRUE, NULL },
    { "{'fault':'half','path':'/v3/notes'}", "GET", 0, FALSE, NULL },
    { "{'fault':'garbage','path':'/v3/notes'}", "GET", 200, FALSE,
      "[{\"id\": 12, \"first_na" },
    { "{'fault':'redirect','path':'/v3/notes'}", "GET", 302, FALSE, NULL },
    { "{'fault':'delay','path':'/v3/notes','delay_ms':30}", "POST", 201, TRUE,
      "{\"id\":" },
    { "{'fault':'cut','path':'/v3/notes','delay_ms':30,'after_store':true}", "POST", 0,
      TRUE, NULL },
    { "{'fault':'status','status':429,'retry_after':4,'body':'Retry later'}", "GET",
      429, FALSE, "Retry later" },
  };
  guint n_stored = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = NULL;
    g_autoptr (Reply) after = NULL;

    do_control (fixture, "/sandbox/faults", cases[i].fault);
    reply = ask (fixture->url, cases[i].method, "/v3/notes", fixture->bearer, "application/json",
                 strcmp (cases[i].method,
                         "POST") == 0 ? "{'candidate_id':77,'note_type':'NOTE',"
                 "'visibility':'public','body':'x'}" : NULL);
    g_assert_cmpuint (reply->status, ==, cases[i].status);
    if (cases[i].says != NULL)
      g_assert_true (g_str_has_prefix (reply->text, cases[i].says));
    else
      g_assert_true (reply->text == NULL || reply->text[0] == '\0' || reply->status == 302);
    if (cases[i].status == 302)
      g_assert_cmpstr (header (reply, "Location"), ==, "https://harvest.example.net/v3/notes");
    if (cases[i].status == 429)
      g_assert_cmpstr (header (reply, "Retry-After"), ==, "4");

    /* Once was asked for, so the next is well. */
    n_stored += cases[i].stored;
    g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=77"), ==, n_stored);
  }
}

static void
test_faults_control (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (Reply) link = NULL;
  g_autoptr (Reply) cleared = NULL;
  g_autoptr (Reply) unknown = post (fixture, "/sandbox/faults", "{'fault':'earthquake'}");
  g_autoptr (Reply) log = NULL;
  static const guint statuses[] = { 200, 500, 500, 200 };

  g_assert_cmpuint (unknown->status, ==, 400);

  do_control (fixture, "/sandbox/faults",
              "{'fault':'foreign_link','path':'/v3/candidates'}");
  link = get (fixture, "/v3/candidates?per_page=1");
  g_assert_true (g_str_has_prefix (header (link, "Link"), "<https://harvest.example.net/"));

  do_control (fixture, "/sandbox/faults",
              "{'fault':'status','path':'/v3/jobs','times':2,'skip':1}");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (Reply) reply = get (fixture, "/v3/jobs");
    g_autoptr (Reply) other = get (fixture, "/v3/users");

    g_assert_cmpuint (reply->status, ==, statuses[i]);
    g_assert_cmpuint (other->status, ==, 200);
  }

  do_control (fixture, "/sandbox/faults", "{'fault':'status','times':0}");
  cleared = ask (fixture->url, "DELETE", "/sandbox/faults", NULL, NULL, NULL);
  g_assert_cmpuint (cleared->status, ==, 200);
  g_assert_cmpuint (n_rows (fixture, "/v3/jobs"), ==, 25);

  log = get (fixture, "/sandbox/log");
  g_assert_cmpstr (json_object_get_string_member (row (log, 0), "path"), ==, "/token");
  g_assert_cmpint (json_object_get_int_member (row (log, 0), "status"), ==, 200);
  g_assert_null (strstr (log->text, fixture->bearer + strlen ("Bearer ")));
}

static void
test_list_lag (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (Reply) created = NULL;

  do_control (fixture, "/sandbox/faults", "{'fault':'lag','lists':2}");
  created = post (fixture, "/v3/notes",
                  "{'candidate_id':77,'note_type':'NOTE','visibility':'public','body':'x'}");
  g_assert_cmpuint (created->status, ==, 201);
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=77"), ==, 0);
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=77"), ==, 0);
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=77"), ==, 1);
}

static void
test_stop_while_delayed (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (fixture->url, "/people/" MIRA, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (Reply) log = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  do_control (fixture, "/sandbox/faults",
              "{'fault':'delay','path':'/people/" MIRA "','delay_ms':600000}");
  soup_session_send_async (session, message, 0, cancellable, NULL, NULL);
  do {
    g_clear_pointer (&log, reply_free);
    g_main_context_iteration (NULL, FALSE);
    log = get (fixture, "/sandbox/log");
  } while (strstr (log->text, "/people/") == NULL);

  /* Must not wait ten minutes, nor touch the answer afterwards. */
  dial_sandbox_stop (fixture->sandbox);
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The world changes */

/* Puts one or two ids in place of %s. */
static char *
print (const char *pattern,
       gint64      first,
       gint64      second)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", -1);
  g_autofree char *one = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  g_autofree char *two = g_strdup_printf ("%" G_GINT64_FORMAT, second);

  return g_strconcat (parts[0], one, parts[1], parts[2] != NULL ? two : NULL, parts[2], NULL);
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (Reply) before = get (fixture, "/v3/candidates?per_page=3");
  gint64 primary = json_object_get_int_member (row (before, 0), "id");
  gint64 secondary = json_object_get_int_member (row (before, 1), "id");
  gint64 third = json_object_get_int_member (row (before, 2), "id");
  g_autofree char *of_both = print ("/v3/applications?candidate_ids=%s,%s", primary, secondary);
  g_autofree char *of_primary = print ("/v3/applications?candidate_ids=%s", primary, 0);
  g_autofree char *merge = print ("{'action':'merge','id':%s,'into':%s}", secondary, primary);
  g_autofree char *anonymise = print ("{'action':'anonymise','id':%s}", third, 0);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *second = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *since = g_strconcat ("/v3/candidates?updated_at=gte%7C", second, NULL);
  g_autoptr (Reply) added = NULL;
  g_autoptr (Reply) changed = NULL;
  g_autoptr (Reply) mira = NULL;
  guint n_applications = n_rows (fixture, of_both);

  g_assert_cmpuint (n_rows (fixture, since), ==, 0);
  do_control (fixture, "/sandbox/candidates", merge);
  do_control (fixture, "/sandbox/candidates", anonymise);
  do_control (fixture, "/sandbox/candidates",
              "{'action':'update','id':" MIRA ",'fields':{'last_name':'Tolland-Reyes'}}");
  added = post (fixture, "/sandbox/candidates",
                "{'action':'add','fields':{'first_name':'Newly',"
                "'email_addresses':[{'value':'newly@example.org','type':'work'}]}}");

  g_assert_cmpuint (n_rows (fixture, of_primary), ==, n_applications);
  mira = get (fixture, "/v3/candidates?ids=" MIRA);
  g_assert_cmpstr (json_object_get_string_member (row (mira, 0), "last_name"), ==, "Tolland-Reyes");
  changed = get (fixture, since);
  g_assert_cmpuint (json_array_get_length (rows (changed)), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (row (changed, 0), "first_name"), ==, "Newly");
  g_assert_cmpint (json_object_get_int_member (row (changed, 0), "id"), ==,
                   json_object_get_int_member (object (added), "id"));
  assert_contains (changed->text, "\"Anonymized\"");
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?email=newly@example.org"), ==, 1);

  do_control (fixture, "/sandbox/candidates", "{'action':'delete','id':" MIRA "}");
  g_assert_cmpuint (n_rows (fixture, "/v3/candidates?ids=" MIRA), ==, 0);
  g_assert_cmpuint (n_rows (fixture, "/v3/applications?candidate_ids=" MIRA), ==, 0);
  g_assert_cmpuint (walk (fixture, "/v3/candidates?per_page=500&fields=id", 500, TRUE), ==, 1999);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/changes", test_changes },
    { "/sandbox/notes/refusals", test_note_refusals },
    { "/sandbox/notes/application", test_note_other_application },
    { "/sandbox/notes/stand", test_note_stands },
    { "/sandbox/notes/authors", test_note_authors },
    { "/sandbox/notes/orphan", test_note_orphan },
    { "/sandbox/notes/lag", test_list_lag },
    { "/sandbox/faults/answers", test_faults_answers },
    { "/sandbox/faults/control", test_faults_control },
    { "/sandbox/faults/stop-while-delayed", test_stop_while_delayed },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/notes/last", test_notes_last);

  return g_test_run ();
}
