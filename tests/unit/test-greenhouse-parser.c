#include <string.h>

#include "dial-parser-private.h"
#include "dial-v3-parser-private.h"

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "greenhouse", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static DialGreenhousePage *
parse (DialErrand  kind,
       GBytes     *bytes)
{
  g_autoptr (GError) error = NULL;
  DialGreenhousePage *page = dial_v3_parse_list (kind, bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

static void
test_candidates (void)
{
  g_autoptr (GBytes) bytes = load ("candidates.json");
  g_autoptr (DialGreenhousePage) page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
  DialCandidate *candidate;
  DialPhoneNumber *phone;
  DialEmailAddress *email;

  g_assert_cmpuint (page->records->len, ==, 2);
  g_assert_cmpuint (page->skipped, ==, 0);

  candidate = g_ptr_array_index (page->records, 0);
  g_assert_cmpint (candidate->id, ==, 6409000001);
  g_assert_cmpstr (candidate->first_name, ==, "Mira");
  g_assert_null (candidate->preferred_name);
  g_assert_cmpstr (candidate->time_zone, ==, "Eastern Time (US & Canada)");
  g_assert_cmpint (candidate->updated_at, ==, dial_instant_parse ("2026-11-12T16:40:55.020Z"));
  g_assert_true (candidate->is_private);
  g_assert_cmpstr (candidate->tags[1], ==, "Relocates");
  g_assert_null (candidate->tags[2]);
  g_assert_cmpuint (candidate->phones->len, ==, 2);
  phone = g_ptr_array_index (candidate->phones, 1);
  g_assert_cmpstr (dial_phone_number_get_typed (phone), ==, "202.555.0117 ext 4");
  g_assert_cmpstr (dial_phone_number_get_kind (phone), ==, "work");
  email = g_ptr_array_index (candidate->emails, 0);
  g_assert_cmpstr (email->address, ==, "mira.tolland@example.org");

  candidate = g_ptr_array_index (page->records, 1);
  g_assert_cmpstr (candidate->last_name, ==, "محمد 😀 😀");
}

static void
test_odd_candidates (void)
{
  g_autoptr (GBytes) bytes = load ("candidates-odd.json");
  g_autoptr (DialGreenhousePage) page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
  DialCandidate *candidate;

  g_assert_cmpuint (page->records->len, ==, 3);
  g_assert_cmpuint (page->skipped, ==, 15);

  candidate = g_ptr_array_index (page->records, 0);
  g_assert_cmpint (candidate->id, ==, 6409000001);
  g_assert_cmpstr (candidate->first_name, ==, "42");
  g_assert_null (candidate->last_name);
  g_assert_null (candidate->company);
  g_assert_null (candidate->title);
  g_assert_null (candidate->time_zone);
  g_assert_cmpint (candidate->updated_at, ==, DIAL_INSTANT_UNKNOWN);
  g_assert_null (candidate->tags[0]);
  g_assert_cmpuint (candidate->phones->len, ==, 0);
  g_assert_cmpuint (candidate->emails->len, ==, 0);

  candidate = g_ptr_array_index (page->records, 1);
  g_assert_cmpstr (candidate->first_name, ==, "nul inside");
  g_assert_cmpstr (candidate->last_name, ==, "\uFFFD lonely \uFFFD\uFFFD");
  g_assert_null (candidate->preferred_name);
  g_assert_cmpuint (g_strv_length (candidate->tags), ==, 2);
  g_assert_cmpuint (candidate->phones->len, ==, 3);
  g_assert_cmpuint (candidate->emails->len, ==, 1);
}

static void
test_other_lists (void)
{
  g_autoptr (GBytes) note_bytes = load ("notes.json");
  g_autoptr (GBytes) user_bytes = load ("users.json");
  g_autoptr (GBytes) application_bytes = load ("applications.json");
  g_autoptr (DialGreenhousePage) notes = parse (DIAL_RESOURCE_NOTES, note_bytes);
  g_autoptr (DialGreenhousePage) users = parse (DIAL_RESOURCE_USERS, user_bytes);
  g_autoptr (DialGreenhousePage) applications = parse (DIAL_RESOURCE_APPLICATIONS, application_bytes);
  DialNote *note = g_ptr_array_index (notes->records, 0);
  DialUser *user = g_ptr_array_index (users->records, 0);
  DialApplication *application = g_ptr_array_index (applications->records, 0);

  g_assert_cmpuint (notes->records->len, ==, 4);
  g_assert_cmpint (note->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  g_assert_cmpstr (note->body, ==, "Spoke by phone.\nFree from 5 January.");
  note = g_ptr_array_index (notes->records, 1);
  g_assert_cmpint (note->visibility, ==, DIAL_VISIBILITY_PUBLIC);
  g_assert_cmpstr (note->body, ==, "");
  note = g_ptr_array_index (notes->records, 2);
  g_assert_cmpint (note->visibility, ==, DIAL_VISIBILITY_UNKNOWN);

  g_assert_cmpuint (users->records->len, ==, 3);
  g_assert_cmpstr (user->emails[1], ==, "ov@example.com");
  g_assert_true (user->site_admin);
  user = g_ptr_array_index (users->records, 1);
  g_assert_cmpstr (user->name, ==, "Lin");
  g_assert_cmpstr (user->emails[0], ==, "lin@example.com");
  g_assert_true (user->deactivated);
  user = g_ptr_array_index (users->records, 2);
  g_assert_null (user->emails[0]);

  g_assert_cmpuint (applications->records->len, ==, 2);
  g_assert_cmpuint (applications->skipped, ==, 1);
  g_assert_cmpint (application->job_id, ==, 4200000077);
  g_assert_cmpstr (application->stage_name, ==, "Phone Screen");
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (dial_v3_parse_list (DIAL_RESOURCE_CANDIDATES, bytes, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER);
}

static void
test_no_list (void)
{
  static const char *const texts[] = {
    "", " ", "null", "{}", "\"[]\"", "7", "[", "[1,", "[{]", "]", "[]]", "<html></html>", "{\"message\":\"x\"}",
    "[\"\\", "[\"\\u", "[\"\\u12", "[-", "[1e", "[\"open",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
}

/* Cut anywhere, a page is refused: never a crash, never a part taken for the whole. */
static void
test_truncated (void)
{
  static const char *const names[] = { "candidates.json", "candidates-odd.json" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autoptr (GBytes) bytes = load (names[n]);
    gsize size = g_bytes_get_size (bytes);

    for (gsize length = 0; length + 2 < size; length++)
      assert_refused (g_bytes_get_data (bytes, NULL), length);
  }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("[{\"id\":1,\"x\":");

  for (int i = 0; i < 1000000; i++)
    g_string_append_c (text, '[');
  assert_refused (text->str, text->len);

  g_string_assign (text, "[{\"id\":1,\"x\":");
  for (int i = 0; i < 200000; i++)
    g_string_append (text, "{\"a\":");
  assert_refused (text->str, text->len);
}

static void
test_broken_utf8 (void)
{
  static const char text[] = "\xef\xbb\xbf[{\"id\":1,\"first_name\":\"a\xff\xfe" "b\0c\",\"last_name\":\"\xc3\"}]";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (DialGreenhousePage) page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
  DialCandidate *candidate = g_ptr_array_index (page->records, 0);

  g_assert_true (g_utf8_validate (candidate->first_name, -1, NULL));
  g_assert_true (g_str_has_prefix (candidate->first_name, "a"));
  g_assert_true (g_utf8_validate (candidate->last_name, -1, NULL));
}

/* Any byte turned into any other: whatever comes out, nothing crashes. */
static void
test_noise (void)
{
  g_autoptr (GBytes) bytes = load ("candidates-odd.json");
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  for (int i = 0; i < 3000; i++) {
    static const char likely[] = "\"\\{}[]:,u0d8fe-+. \xff\x01";
    char *copy = g_memdup2 (text, size);
    g_autoptr (GBytes) noise = g_bytes_new_take (copy, size);
    g_autoptr (DialGreenhousePage) page = NULL;

    for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
      copy[g_test_rand_int_range (0, size)] = likely[g_test_rand_int_range (0, sizeof likely)];
    page = dial_v3_parse_list (DIAL_RESOURCE_CANDIDATES, noise, NULL);
  }
}

static void
test_huge (void)
{
  g_autoptr (GString) text = g_string_new ("[{\"id\":1,\"first_name\":\"");
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GBytes) bytes = NULL;
  DialCandidate *candidate;

  for (int i = 0; i < 500000; i++)
    g_string_append (text, "ü");
  g_string_append (text, "\",\"tags\":[");
  for (int i = 0; i < 5000; i++)
    g_string_append (text, "\"x\",");
  g_string_append (text, "1]}]");
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
  candidate = g_ptr_array_index (page->records, 0);
  g_assert_cmpuint (strlen (candidate->first_name), ==, 64 * 1024);
  g_assert_true (g_utf8_validate (candidate->first_name, -1, NULL));
  g_assert_cmpuint (g_strv_length (candidate->tags), ==, 1000);
}

static void
test_ids (void)
{
  static const struct {
    const char *element;
    gint64      id;
  } cases[] = {
    { "{\"id\":6409000001}", 6409000001 },
    { "{\"first_name\":\"x\",\"id\":\"6409000001\"}", 6409000001 },
    { "{\"id\":9223372036854775807}", G_MAXINT64 },
    { "6409000001", 6409000001 },
    { "\"6409000001\"", 6409000001 },
    { "{\"id\":9223372036854775808}", 0 },
    { "{\"id\":\"9223372036854775808\"}", 0 },
    { "{\"id\":18446744073709551616}", 0 },
    { "{\"id\":-9223372036854775809}", 0 },
    { "{\"id\":-1e999}", 0 },
    { "{\"id\":1.5}", 0 },
    { "{\"id\":6409000001.0}", 0 },
    { "{\"id\":6e9}", 0 },
    { "{\"id\":\"7\\u0000\"}", 0 },
    { "{\"id\":\"\"}", 0 },
    { "{\"id\":[7]}", 0 },
    { "{\"ID\":7}", 0 },
    { "[7]", 0 },
    { "true", 0 },
    { "null", 0 },
    { "{\"id\":7,\"id\":8}", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("[{\"id\":1}, %s,\n{\"id\":2}]", cases[i].element);
    g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
    g_autoptr (GError) error = NULL;
    g_autoptr (DialGreenhousePage) page = dial_parse_ids (bytes, &error);

    g_test_message ("%s", cases[i].element);
    g_assert_no_error (error);
    g_assert_cmpuint (page->records->len, ==, 0);
    g_assert_cmpuint (page->skipped, ==, cases[i].id == 0);
    g_assert_cmpuint (page->ids->len, ==, cases[i].id == 0 ? 2 : 3);
    if (cases[i].id != 0)
      g_assert_cmpint (g_array_index (page->ids, gint64, 1), ==, cases[i].id);
    g_assert_cmpint (page->created_at, ==, DIAL_INSTANT_UNKNOWN);
  }
}

/* What costs a whole page elsewhere costs one field here. */
static void
test_mended (void)
{
  static const struct {
    const char *typed;
    const char *read;
  } cases[] = {
    { "\"plain\"", "plain" },
    { "\"two\nlines\tand more\"", "two lines and more" },
    { "\"\xc3\"", "\uFFFD" },
    { "\"a\\ud83db\"", "a\uFFFDb" },
    { "\"\\ud83d\\ude00\"", "😀" },
    { "\"a\\u0000b\"", "a b" },
    { "184467440737095516160", NULL },
    { "18446744073709551615", "18446744073709551615" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "1e400", NULL },
    { "0.1234567890123456789012345678901234567890", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint broken = 0; broken < 2; broken++) {
      g_autofree char *text = g_strdup_printf ("[{\"id\":1,\"first_name\":%s,\"last_name\":\"%s\"}]",
                                               cases[i].typed, broken ? "\xff" : "kept");
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (DialGreenhousePage) page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
      DialCandidate *candidate = g_ptr_array_index (page->records, 0);

      g_assert_cmpstr (candidate->first_name, ==, cases[i].read);
      g_assert_cmpstr (candidate->last_name, ==, broken ? "\uFFFD" : "kept");
    }
}

/* More of it than any memory should hold. */
static void
test_endless (void)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (int i = 0; i < 2000001; i++)
    g_string_append (text, "1,");
  g_string_append (text, "1]");
  assert_refused (text->str, text->len);
}

/* The short way and GLib agree on every day, and on what is no day. */
static void
test_instants (void)
{
  static const char *const none[] = {
    "", "2026-11-12", "2026-02-30T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
    "0000-01-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:00.000+",
    "2025-02-29T00:00:00.000Z", "1900-02-29T00:00:00.000Z", "2026-01-01T00:00:00.000Zx",
    "2026-01-01T00:00:00.00", "2026-1a-01T00:00:00.000Z",
  };

  for (gint64 day = -354285; day < 2932896; day += g_test_rand_int_range (1, 40)) {
    gint64 seconds = day * 86400 + g_test_rand_int_range (0, 86400);
    int milliseconds = g_test_rand_int_range (0, 1000);
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
    g_autofree char *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
    g_autofree char *text = g_strdup_printf ("%s.%03dZ", date, milliseconds);

    g_assert_cmpint (dial_instant_parse (text), ==, seconds * G_USEC_PER_SEC + milliseconds * 1000);
  }

  g_assert_cmpint (dial_instant_parse ("2000-02-29T23:59:59.999Z"), ==, 951868799999000);
  g_assert_cmpint (dial_instant_parse ("2026-11-12T17:40:55.02+01:00"), ==,
                   dial_instant_parse ("2026-11-12T16:40:55.020Z"));
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpint (dial_instant_parse (none[i]), ==, DIAL_INSTANT_UNKNOWN);
}

/* How long a full page takes, to read in the log. */
static void
test_time (void)
{
  g_autoptr (GBytes) one = load ("candidates.json");
  g_autofree char *text = g_strndup (g_bytes_get_data (one, NULL), g_bytes_get_size (one));
  g_autoptr (GString) page_text = g_string_new ("[");
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *first = strchr (text, '{');
  gint64 start;

  *g_strrstr (text, ",\n  {\"id\": 6409000000") = '\0';
  for (int i = 0; i < 500; i++)
    g_string_append_printf (page_text, "%s%s", i > 0 ? "," : "", first);
  g_string_append (page_text, "]");
  bytes = g_string_free_to_bytes (g_steal_pointer (&page_text));

  start = g_get_monotonic_time ();
  page = parse (DIAL_RESOURCE_CANDIDATES, bytes);
  g_test_message ("500 candidates, %" G_GSIZE_FORMAT " bytes: %.1f ms", g_bytes_get_size (bytes),
                  (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (page->records->len, ==, 500);
}

static void
test_note_to_write (void)
{
  g_autoptr (DialNote) note = dial_note_new (0);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  note->candidate_id = 6409000001;
  note->application_id = 7100000310;
  note->visibility = DIAL_VISIBILITY_ADMIN_ONLY;
  dial_set_str (&note->body, "“Quoted”\n\"\\\t😀");
  bytes = dial_v3_write_note (note);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==,
                   "{\"candidate_id\":6409000001,\"note_type\":\"NOTE\",\"visibility\":\"admin_only\","
                   "\"body\":\"“Quoted”\\n\\\"\\\\\\t😀\",\"application_id\":7100000310}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/greenhouse/parser/candidates", test_candidates);
  g_test_add_func ("/greenhouse/parser/odd-candidates", test_odd_candidates);
  g_test_add_func ("/greenhouse/parser/other-lists", test_other_lists);
  g_test_add_func ("/greenhouse/parser/no-list", test_no_list);
  g_test_add_func ("/greenhouse/parser/truncated", test_truncated);
  g_test_add_func ("/greenhouse/parser/deep", test_deep);
  g_test_add_func ("/greenhouse/parser/broken-utf8", test_broken_utf8);
  g_test_add_func ("/greenhouse/parser/noise", test_noise);
  g_test_add_func ("/greenhouse/parser/huge", test_huge);
  g_test_add_func ("/greenhouse/parser/ids", test_ids);
  g_test_add_func ("/greenhouse/parser/mended", test_mended);
  g_test_add_func ("/greenhouse/parser/endless", test_endless);
  g_test_add_func ("/greenhouse/parser/instants", test_instants);
  g_test_add_func ("/greenhouse/parser/time", test_time);
  g_test_add_func ("/greenhouse/parser/note-to-write", test_note_to_write);

  return g_test_run ();
}
