/* Faults by chance, and cursors that lead nowhere any more. */
#include "sandbox-client.h"

static char *
next_of (Fixture *fixture,
         Reply   *reply)
{
  const char *link = header (reply, "Link");

  g_assert_nonnull (link);
  return g_strndup (link + 1 + strlen (fixture->url),
                    strcspn (link, ">") - 1 - strlen (fixture->url));
}

static void
test_stale_cursors (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (Reply) first = get (fixture, "/v3/candidates?per_page=10");
  g_autofree char *next = next_of (fixture, first);
  g_autofree char *fresh = NULL;
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) again = NULL;
  g_autoptr (Reply) followed = NULL;

  do_control (fixture, "/sandbox/faults", "{'fault':'stale_cursors'}");
  refused = get (fixture, next);
  g_assert_cmpuint (refused->status, ==, 422);
  assert_contains (refused->text, "Unprocessable Content");

  again = get (fixture, "/v3/candidates?per_page=10");
  fresh = next_of (fixture, again);
  followed = get (fixture, fresh);
  g_assert_cmpuint (json_array_get_length (rows (followed)), ==, 10);
}

/* Returns: (transfer full): what came of a number of requests, as text. */
static char *
live_through (Fixture    *fixture,
              const char *wish,
              guint       n_requests)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  do_control (fixture, "/sandbox/weather", wish);
  for (guint i = 0; i < n_requests; i++) {
    g_autoptr (Reply) reply = get (fixture, "/v3/jobs?per_page=5");

    if (reply->status == 401) {
      g_free (fixture->bearer);
      fixture->bearer = mint (fixture, NULL);
    }
    if (reply->status == 429)
      g_assert_cmpstr (header (reply, "Retry-After"), ==, "1");
    g_string_append_printf (seen, "%u%s ", reply->status,
                            reply->status == 200 && reply->json == NULL ? "?" : "");
  }
  do_control (fixture, "/sandbox/weather", "{'percent':0}");
  return g_string_free (g_steal_pointer (&seen), FALSE);
}

static void
test_weather (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const kinds[] = { "200 ", "200? ", "401 ", "429 ", "500 ", "502 ", "503 ", "0 " };
  g_autofree char *first = live_through (fixture, "{'seed':5,'percent':50,'path':'/v3/'}", 120);
  g_autofree char *second = live_through (fixture, "{'seed':5,'percent':50,'path':'/v3/'}", 120);
  g_autofree char *other = live_through (fixture, "{'seed':6,'percent':50,'path':'/v3/'}", 120);
  g_autofree char *fine = NULL;

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    assert_contains (first, kinds[i]);

  fine = live_through (fixture, "{'seed':5,'percent':0}", 30);
  g_assert_null (strchr (fine, '?'));
  g_assert_null (strstr (fine, "5"));
}

/* The token service has no better weather, unless it is left out. */
static void
test_everywhere (Fixture       *fixture,
                 gconstpointer  data)
{
  guint n_bad = 0;

  do_control (fixture, "/sandbox/weather", "{'seed':1,'percent':100}");
  for (guint i = 0; i < 10; i++) {
    g_autoptr (Reply) reply = ask_token (fixture, "/token", "grant_type=client_credentials");

    n_bad += reply->status != 200 || reply->json == NULL;
  }
  g_assert_cmpuint (n_bad, >, 4);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/stale-cursors", test_stale_cursors },
    { "/sandbox/weather/by-chance", test_weather },
    { "/sandbox/weather/everywhere", test_everywhere },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
