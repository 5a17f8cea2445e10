/* Pages that were prepared, and lists by time: quick ways, which must give what the slow ones give. */
#include "sandbox-client.h"

#define N_CANDIDATES 1500

/* Appends all pages of a list to @out. */
static guint
read_all (Fixture    *fixture,
          const char *target,
          GString    *out)
{
  g_autofree char *next = g_strdup (target);
  guint n_read = 0;

  while (next != NULL) {
    g_autoptr (Reply) reply = get (fixture, next);
    const char *link = header (reply, "Link");
    gsize origin = 1 + strlen (fixture->url);

    n_read += json_array_get_length (rows (reply));
    g_string_append (out, reply->text);
    g_clear_pointer (&next, g_free);
    if (link != NULL && link[0] == '<')
      next = g_strndup (link + origin, strcspn (link, ">") - origin);
  }
  return n_read;
}

static void
set_up_pair (Fixture *plain,
             Fixture *prepared)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;

  options.allowance = 0;
  options.n_candidates = N_CANDIDATES;
  options.may_inject_faults = TRUE;
  set_up_with (plain, &options);
  options.prepare = TRUE;
  set_up_with (prepared, &options);
}

static void
assert_same (Fixture    *one,
             Fixture    *other,
             const char *target)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  read_all (one, target, first);
  read_all (other, target, second);
  g_assert_cmpuint (first->len, >, 2);
  if (!g_string_equal (first, second))
    g_error ("%s: %.200s… and %.200s…", target, first->str, second->str);
}

static const char * const targets[] = {
  "/v3/candidates?per_page=500", "/v3/candidates?per_page=7&created_at=gte%7C2021-01-01T00:00:00Z"
  "%7Clt%7C2021-01-05T00:00:00Z", "/v3/candidates?per_page=500&fields=id",
  "/v3/candidates?per_page=499&fields=id,updated_at", "/v3/candidates?per_page=500&tag=Alumni",
  "/v3/candidates?ids=6409000001,6409000042&per_page=1", "/v3/applications?per_page=500",
  "/v3/applications?per_page=500&fields=id", "/v3/applications?per_page=500&status=hired",
  "/v3/applications?created_at=lt%7C2022-01-01T00:00:00Z&per_page=500",
  "/v3/applications?candidate_ids=6409000001", "/v3/candidates?updated_at=lt%7C2022-01-01T00:00:00Z"
};

static void
test_prepared (void)
{
  Fixture plain, prepared;

  set_up_pair (&plain, &prepared);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    assert_same (&plain, &prepared, targets[i]);

  /* And to one who does not see what is private. */
  g_free (plain.bearer);
  g_free (prepared.bearer);
  plain.bearer = mint (&plain, HALF_SEEN);
  prepared.bearer = mint (&prepared, HALF_SEEN);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    assert_same (&plain, &prepared, targets[i]);

  tear_down (&plain, NULL);
  tear_down (&prepared, NULL);
}

/* The changed ones are told as they are now, wherever they stand among the prepared ones. */
static void
test_prepared_and_changed (void)
{
  Fixture plain, prepared;
  Fixture *both[] = { &plain, &prepared };

  set_up_pair (&plain, &prepared);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    do_control (both[i], "/sandbox/churn", "{'seed':11,'every':1}");
    for (guint j = 0; j < 250; j++)
      n_rows (both[i], "/v3/users?per_page=1");
    do_control (both[i], "/sandbox/churn", "{'every':0}");
  }

  /* Their times differ by what passed between the two, so times are left out. */
  assert_same (&plain, &prepared,
               "/v3/candidates?per_page=500&fields=id,first_name,last_name,phone_numbers,tags");
  assert_same (&plain, &prepared, "/v3/candidates?per_page=500&fields=id");
  assert_same (&plain, &prepared, "/v3/applications?per_page=500&fields=id");
  assert_same (&plain, &prepared,
               "/v3/applications?per_page=500&fields=id,stage_name,candidate_id,status,job_id");
  tear_down (&plain, NULL);

  /* Whole records, by another way. */
  {
    g_autoptr (Reply) world = get (&prepared, "/sandbox/world");
    g_autoptr (GString) listed = g_string_new (NULL);

    do_control (&prepared, "/sandbox/stages",
                "{'action':'rename','id':9300000005,'name':'Application Review'}");
    read_all (&prepared, "/v3/candidates?per_page=500", listed);
    g_string_replace (listed, "][", ",", 0);
    assert_contains (world->text, listed->str);
    g_string_truncate (listed, 0);
    read_all (&prepared, "/v3/applications?per_page=500", listed);
    g_string_replace (listed, "][", ",", 0);
    assert_contains (world->text, listed->str);
  }
  tear_down (&prepared, NULL);
}

/* A stage's new name is in every application at once, prepared or not. */
static void
test_renamed_stage (void)
{
  Fixture plain, prepared;
  g_autoptr (GString) text = g_string_new (NULL);

  set_up_pair (&plain, &prepared);
  n_rows (&prepared, "/v3/applications?per_page=500");
  do_control (&prepared, "/sandbox/stages",
              "{'action':'rename','id':9300000005,'name':'Telefonat'}");
  read_all (&prepared, "/v3/applications?per_page=500", text);
  assert_contains (text->str, "\"stage_name\":\"Telefonat\"");
  tear_down (&plain, NULL);
  tear_down (&prepared, NULL);
}

static gint64
in_ms (const char *time)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (time, NULL);

  return g_date_time_to_unix (instant) * 1000 + g_date_time_get_microsecond (instant) / 1000;
}

static char *
from_ms (gint64 ms)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *text = g_date_time_format (instant, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", text, (int) (ms % 1000));
}

/* The ids of all records of @all whose time lies within, as the list itself writes them. */
static char *
filter (JsonArray  *all,
        const char *member,
        gint64      from,
        gint64      until)
{
  GString *ids = g_string_new ("[");

  for (guint i = 0; i < json_array_get_length (all); i++) {
    JsonObject *record = json_array_get_object_element (all, i);
    gint64 time = in_ms (json_object_get_string_member (record, member));

    if (time >= from && time <= until)
      g_string_append_printf (ids, "%s{\"id\":%" G_GINT64_FORMAT "}", ids->len > 1 ? "," : "",
                              json_object_get_int_member (record, "id"));
  }
  g_string_append_c (ids, ']');
  return g_string_free (ids, FALSE);
}

/* Any two bounds, in both forms, find exactly whom a look at everybody finds. */
static void
test_bounds (void)
{
  static const char * const lists[][2] = {
    { "candidates", "created_at" }, { "candidates", "updated_at" },
    { "applications", "created_at" }, { "applications", "updated_at" },
  };
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261123);
  g_autoptr (Reply) world = NULL;
  Fixture plain, prepared;

  set_up_pair (&plain, &prepared);
  do_control (&prepared, "/sandbox/churn", "{'seed':4,'every':1}");
  for (guint i = 0; i < 150; i++)
    n_rows (&prepared, "/v3/users?per_page=1");
  do_control (&prepared, "/sandbox/churn", "{'every':0}");
  world = get (&prepared, "/sandbox/world");

  for (guint i = 0; i < 48; i++) {
    const char *list = lists[i % 4][0];
    const char *member = lists[i % 4][1];
    JsonArray *all = json_object_get_array_member (object (world), list);
    guint n_all = json_array_get_length (all);
    gint64 bounds[2];
    g_autofree char *from = NULL;
    g_autofree char *until = NULL;
    g_autofree char *target = NULL;
    g_autofree char *expected = NULL;
    g_autoptr (GString) found = g_string_new (NULL);

    /* Times of records, so that it matters whether a bound is part of it. */
    for (guint j = 0; j < 2; j++) {
      guint which = (guint) g_rand_int_range (chance, 0, (gint32) (j == 0 || i % 3 > 0 ? n_all : 20));

      bounds[j] = in_ms (json_object_get_string_member (json_array_get_object_element (all, which),
                                                        member));
    }
    from = from_ms (MIN (bounds[0], bounds[1]));
    until = from_ms (MAX (bounds[0], bounds[1]));
    target = i % 2 == 0
           ? g_strdup_printf ("/v3/%s?fields=id&per_page=500&%s=gte%%7C%s%%7Clte%%7C%s", list, member,
                              from, until)
           : g_strdup_printf ("/v3/%s?fields=id&per_page=500&%s[gte]=%s&%s[lte]=%s", list, member,
                              from, member, until);

    read_all (&prepared, target, found);
    g_string_replace (found, "][", ",", 0);
    expected = filter (all, member, MIN (bounds[0], bounds[1]), MAX (bounds[0], bounds[1]));
    if (strcmp (found->str, expected) != 0)
      g_error ("%s: %.200s… and not %.200s…", target, found->str, expected);
  }
  tear_down (&plain, NULL);
  tear_down (&prepared, NULL);
}

/* Asked for a time, v1 finds whom a look at everybody finds. */
static void
assert_numbered_by_time (Fixture    *fixture,
                         const char *key)
{
  static const char * const members[] = { "updated", "created" };
  g_autoptr (JsonArray) all = json_array_new ();
  guint n_all;

  for (guint page = 1; page <= N_CANDIDATES / 500 + 1; page++) {
    g_autofree char *target = g_strdup_printf ("/v1/candidates?per_page=500&page=%u", page);
    g_autoptr (Reply) reply = ask (fixture->url, "GET", target, key, NULL, NULL);

    for (guint i = 0; i < json_array_get_length (rows (reply)); i++)
      json_array_add_element (all, json_node_copy (json_array_get_element (rows (reply), i)));
  }
  n_all = json_array_get_length (all);

  /* The latest are those somebody changed, the last ones those who were added. */
  for (guint i = 0; i < 20; i++) {
    const char *member = members[i % 2];
    g_autofree char *name = g_strconcat (member, "_at", NULL);
    JsonObject *somebody = json_array_get_object_element (all, n_all - 1 - (i < 10 ? i : i * 40));
    const char *from = json_object_get_string_member (somebody, name);
    g_autofree char *target = g_strdup_printf ("/v1/candidates?per_page=500&%s_after=%s", member,
                                               from);
    g_autofree char *expected = filter (all, name, in_ms (from), G_MAXINT64);
    g_autoptr (Reply) reply = ask (fixture->url, "GET", target, key, NULL, NULL);
    g_autofree char *found = NULL;

    if (json_array_get_length (rows (reply)) == 500)
      continue;
    found = filter (rows (reply), name, 0, G_MAXINT64);
    g_assert_cmpstr (found, ==, expected);
  }
}

/* v1 numbers its pages: whoever is gone leaves no gap, and the last page is known. */
static void
test_numbered (void)
{
  Fixture plain, prepared;
  g_autoptr (Reply) world = NULL;
  g_autofree char *key = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GString) found = g_string_new ("[");
  JsonArray *all;
  guint n_all, n_pages;

  set_up_pair (&plain, &prepared);
  do_control (&plain, "/sandbox/churn", "{'seed':12,'every':1}");
  for (guint i = 0; i < 300; i++)
    n_rows (&plain, "/v3/users?per_page=1");
  do_control (&plain, "/sandbox/churn", "{'every':0}");
  key = basic (dial_sandbox_get_api_key (plain.sandbox), "");
  world = get (&plain, "/sandbox/world");
  all = json_object_get_array_member (object (world), "candidates");
  n_all = json_array_get_length (all);
  n_pages = (n_all + 99) / 100;

  for (guint page = n_pages; page > 0; page--) {
    g_autofree char *target = g_strdup_printf ("/v1/candidates?per_page=100&page=%u", page);
    g_autofree char *last = g_strdup_printf ("page=%u&per_page=100>; rel=\"last\"", n_pages);
    g_autoptr (Reply) reply = ask (plain.url, "GET", target, key, NULL, NULL);

    assert_contains (header (reply, "Link"), last);
    for (guint i = json_array_get_length (rows (reply)); i > 0; i--)
      g_string_append_printf (found, "%s{\"id\":%" G_GINT64_FORMAT "}", found->len > 1 ? "," : "",
                              json_object_get_int_member (row (reply, i - 1), "id"));
  }
  g_string_append_c (found, ']');
  expected = filter (all, "created_at", 0, G_MAXINT64);
  g_assert_cmpstr (found->str, ==, expected);
  assert_numbered_by_time (&plain, key);

  tear_down (&plain, NULL);
  tear_down (&prepared, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/pages/prepared", test_prepared);
  g_test_add_func ("/sandbox/pages/prepared-and-changed", test_prepared_and_changed);
  g_test_add_func ("/sandbox/pages/renamed-stage", test_renamed_stage);
  g_test_add_func ("/sandbox/pages/bounds", test_bounds);
  g_test_add_func ("/sandbox/pages/numbered", test_numbered);

  return g_test_run ();
}
