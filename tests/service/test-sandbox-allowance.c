/* How often one may ask the sandbox, and how long it takes to answer. Time passes on its own clock. */
#include "sandbox-client.h"

static guint
status_of (Fixture    *fixture,
           const char *target)
{
  g_autoptr (Reply) reply = get (fixture, target);

  return reply->status;
}

static gint64
number (Reply      *reply,
        const char *name)
{
  const char *text = header (reply, name);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

static gint64
seconds (Reply *reply)
{
  g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (header (reply, "Date"));

  g_assert_nonnull (date);
  return g_date_time_to_unix (date);
}

/* Returns: when the next window of the clock begins, as the sandbox counts. */
static gint64
next_window (gint64 length)
{
  return (g_get_real_time () / G_USEC_PER_SEC / length + 1) * length;
}

static void
go_to (Fixture *fixture,
       gint64   instant)
{
  gint64 ahead = instant - g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *wish = g_strdup_printf ("{'seconds':%" G_GINT64_FORMAT "}", ahead);

  do_control (fixture, "/sandbox/clock", wish);
}

static void
test_aligned (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 border = next_window (600);
  g_autoptr (Reply) last = NULL;
  g_autoptr (Reply) refused = NULL;

  go_to (fixture, border - 300);
  do_control (fixture, "/sandbox/allowance", "{'allowance':2,'seconds':600,'aligned':true}");
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);
  last = get (fixture, "/v3/jobs");
  g_assert_cmpuint (last->status, ==, 200);
  g_assert_cmpint (number (last, "X-RateLimit-Limit"), ==, 2);
  g_assert_cmpint (number (last, "X-RateLimit-Remaining"), ==, 0);
  g_assert_cmpint (number (last, "X-RateLimit-Reset"), ==, seconds (last) + 600);

  refused = get (fixture, "/v3/jobs");
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_cmpint (number (refused, "X-RateLimit-Reset"), ==, seconds (refused) + 600);
  g_assert_cmpint (number (refused, "Retry-After"), ==, 600 - seconds (refused) % 600);

  go_to (fixture, border + 2);
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);
}

static void
test_unaligned (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 border = next_window (600);
  g_autoptr (Reply) refused = NULL;

  go_to (fixture, border - 10);
  do_control (fixture, "/sandbox/allowance", "{'allowance':1,'seconds':600,'aligned':false}");
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);

  /* The clock's window is over, this one is not. */
  go_to (fixture, border + 290);
  refused = get (fixture, "/v3/jobs");
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_cmpint (number (refused, "Retry-After"), <=, 300);
  g_assert_cmpint (number (refused, "Retry-After"), >, 200);

  go_to (fixture, border + 592);
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 429);
}

static void
test_wrong (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const wishes[] = {
    "{'allowance':-1}", "{'allowance':5,'api':'v2'}", "{'allowance':5,'seconds':0}", "{'allowance':5,'seconds':-30}"
  };
  g_autoptr (Reply) delay = post (fixture, "/sandbox/delay", "{'ms':-1}");

  g_assert_cmpuint (delay->status, ==, 400);
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++) {
    g_autoptr (Reply) reply = post (fixture, "/sandbox/allowance", wishes[i]);

    g_assert_cmpuint (reply->status, ==, 400);
  }
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);
}

/* v1 and the token service count for themselves. */
static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *key = basic (dial_sandbox_get_api_key (fixture->sandbox), "");

  do_control (fixture, "/sandbox/allowance",
              "{'api':'v1','allowance':1,'seconds':86400,'aligned':false}");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Reply) reply = ask (fixture->url, "GET", "/v1/users", key, NULL, NULL);

    g_assert_cmpuint (reply->status, ==, i == 0 ? 200 : 429);
    g_assert_cmpint (number (reply, "X-RateLimit-Limit"), ==, 1);
  }

  do_control (fixture, "/sandbox/allowance", "{'api':'token','allowance':0}");
  for (guint i = 0; i < 70; i++) {
    g_autoptr (Reply) reply = ask_token (fixture, "/token", "grant_type=client_credentials");

    g_assert_cmpuint (reply->status, ==, 200);
  }
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 200);
}

static void
test_options (void)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  Fixture fixture;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (Reply) refused = NULL;

  options.allowance = 1;
  options.window = 900;
  options.unaligned = TRUE;
  options.may_inject_faults = TRUE;
  set_up_with (&fixture, &options);

  reply = get (&fixture, "/v3/jobs");
  refused = get (&fixture, "/v3/jobs");
  g_assert_cmpint (number (reply, "X-RateLimit-Reset"), ==, seconds (reply) + 900);
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_cmpint (number (refused, "Retry-After"), >, 800);
  tear_down (&fixture, NULL);
}

/* Every answer is late, but what it answers was done, and counted, when it was asked. */
static void
test_delay (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 begun;
  g_autoptr (Reply) cut = NULL;
  g_autoptr (Reply) late = NULL;

  do_control (fixture, "/sandbox/delay", "{'ms':60}");
  begun = g_get_monotonic_time ();
  late = get (fixture, "/v3/candidates?per_page=2");
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 60 * 1000);
  g_assert_cmpuint (json_array_get_length (rows (late)), ==, 2);

  /* Faults come late too. */
  do_control (fixture, "/sandbox/faults", "{'fault':'status','status':503,'path':'/v3/jobs'}");
  begun = g_get_monotonic_time ();
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 503);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 60 * 1000);

  /* A note whose answer never came is there all the same, and counted. */
  do_control (fixture, "/sandbox/allowance", "{'allowance':2,'seconds':86400,'aligned':false}");
  do_control (fixture, "/sandbox/faults", "{'fault':'cut','after_store':true,'path':'/v3/notes'}");
  cut = post (fixture, "/v3/notes",
              "{'candidate_id':" MIRA ",'body':'Late','note_type':'NOTE','visibility':'public'}");
  g_assert_cmpuint (cut->status, ==, 0);
  do_control (fixture, "/sandbox/delay", "{'ms':0}");
  g_assert_cmpuint (n_rows (fixture, "/v3/notes?candidate_ids=" MIRA), >=, 1);
  g_assert_cmpuint (status_of (fixture, "/v3/jobs"), ==, 429);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/allowance/aligned", test_aligned },
    { "/sandbox/allowance/unaligned", test_unaligned },
    { "/sandbox/allowance/wrong", test_wrong },
    { "/sandbox/allowance/others", test_others },
    { "/sandbox/delay", test_delay },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/allowance/options", test_options);

  return g_test_run ();
}
