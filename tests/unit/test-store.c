#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define BEYOND_DOUBLE G_GINT64_CONSTANT (9007199254740993)

static void
test_private (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *suffixes[] = { "", "-wal", "-shm", ".lock" };

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Ada", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  }
  g_assert_cmpstr (dial_store_get_path (fixture->store), ==, fixture->path);
}

static void
test_candidate (StoreFixture  *fixture,
                gconstpointer  data)
{
  const gint64 ids[] = { 1, -7, BEYOND_DOUBLE, G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    DialCandidate *saved = make_candidate (ids[i], "Zoë", "Quinn");
    g_autoptr (DialCandidate) loaded = NULL;

    saved->preferred_name = g_strdup ("Zo");
    saved->title = g_strdup ("");
    saved->is_private = TRUE;
    saved->created_at = -5;
    saved->updated_at = 6;
    saved->last_activity_at = 7;
    g_strfreev (saved->tags);
    saved->tags = g_strsplit ("rust,remote", ",", -1);
    g_ptr_array_add (saved->phones, dial_phone_number_new ("(202) 555-0143", "mobile", "US"));
    g_ptr_array_add (saved->phones, dial_phone_number_new ("(202) 555-0143", "mobile", "US"));
    g_ptr_array_add (saved->emails, dial_email_address_new ("zoe@example.com", "work"));

    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, saved);
    loaded = load (fixture->store, ids[i]);
    g_assert_true (loaded->id == ids[i]);
    g_assert_cmpstr (loaded->first_name, ==, "Zoë");
    g_assert_cmpstr (loaded->preferred_name, ==, "Zo");
    g_assert_cmpstr (loaded->title, ==, "");
    g_assert_null (loaded->company);
    g_assert_true (loaded->is_private);
    g_assert_cmpint (loaded->created_at, ==, -5);
    g_assert_cmpint (loaded->updated_at, ==, 6);
    g_assert_cmpint (loaded->last_activity_at, ==, 7);
    g_assert_cmpuint (g_strv_length (loaded->tags), ==, 2);
    g_assert_cmpstr (loaded->tags[1], ==, "remote");
    g_assert_cmpuint (loaded->phones->len, ==, 2);
    g_assert_cmpstr (dial_phone_number_get_e164 (g_ptr_array_index (loaded->phones, 1)), ==, "+12025550143");
    g_assert_cmpstr (dial_phone_number_get_typed (g_ptr_array_index (loaded->phones, 1)), ==, "(202) 555-0143");
    g_assert_cmpuint (loaded->emails->len, ==, 1);
    g_assert_nonnull (loaded->applications);
    g_assert_cmpuint (loaded->applications->len, ==, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store/private", test_private);
  STORE_TEST ("/store/candidate", test_candidate);
  return g_test_run ();
}
