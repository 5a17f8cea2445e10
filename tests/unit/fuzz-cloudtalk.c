/* Whatever CloudTalk, or somebody in its place, answers: nothing that reads it may crash, hang or leak.
 *
 * By itself it tries what lies in fixtures/cloudtalk and fifteen hundred things made of it. With clang it is a target
 * of libFuzzer, which wants to be built with -DLIBFUZZER -fsanitize=fuzzer. */
#include <string.h>

#include "dial-cloudtalk-parser-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
try_page (const DialCloudtalkKind *kind,
          GBytes                  *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkPage) page = dial_cloudtalk_parse_page (kind, bytes, &error);

  g_assert_true ((page != NULL) == (error == NULL));
  if (page == NULL)
    return;

  g_assert_cmpuint (page->n_pages, >=, 1);
  for (guint i = 0; i < page->rows->len; i++) {
    g_assert_cmpint (*(gint64 *) g_ptr_array_index (page->rows, i), >, 0);
    if (kind == &dial_cloudtalk_calls)
      dial_cloudtalk_call_get_outcome (g_ptr_array_index (page->rows, i));
  }
}

static void
try_results (GBytes *bytes)
{
  char *numbers[] = { (char *) "+447700900142", NULL };
  DialContactChange add = { .command_id = (char *) "gh-9041177", .name = (char *) "Niamh", .numbers = numbers };
  DialContactChange edit = { DIAL_CONTACT_EDIT, (char *) "8830015", 55098 };
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;

  g_ptr_array_add (changes, &add);
  g_ptr_array_add (changes, &edit);
  results = dial_cloudtalk_parse_results (bytes, changes);
  g_assert_cmpuint (results->len, ==, 2);
}

static void
try_rest (GBytes *bytes)
{
  static const char *const private[] = { "+447700900142", "Niamh Corrigan", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *words = dial_cloudtalk_parse_words (bytes, private);
  g_autofree char *text_words = NULL;
  DialCloudtalkContact *contact;

  g_assert_true (words == NULL || (strstr (words, "Niamh Corrigan") == NULL && strstr (words, "900142") == NULL));
  dial_cloudtalk_parse_text (bytes, private, &text_words);
  dial_cloudtalk_parse_id (bytes);
  dial_cloudtalk_parse_status (bytes);

  contact = dial_cloudtalk_parse_contact (bytes, &error);
  g_assert_true ((contact != NULL) == (error == NULL));
  if (contact != NULL)
    dial_cloudtalk_contact_free (contact);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  try_page (&dial_cloudtalk_agents, bytes);
  try_page (&dial_cloudtalk_numbers, bytes);
  try_page (&dial_cloudtalk_tags, bytes);
  try_page (&dial_cloudtalk_calls, bytes);
  try_page (&dial_cloudtalk_contacts, bytes);
  try_results (bytes);
  try_rest (bytes);
  return 0;
}

#ifndef LIBFUZZER

/* What breaks readers of JSON. */
static const char *const tricks[] = {
  "null", "{}", "[]", "\"\"", "-1", "1e999", "99999999999999999999999", "\\ud800", "\xff", "\"0\"", "true", "{\"a\":",
  "[[[[[[[[", "\\u0000", "0000-00-00", "\"+\"", "12.5", "\"Agent\"", "\"id\"", "}", "]", ",", ":", "\n", "\"",
};

static GPtrArray *
load_corpus (void)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < 2; i++) {
    g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "cloudtalk", i == 0 ? NULL : "corpus",
                                                     NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    g_assert_nonnull (dir);
    while ((name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *text;
      gsize length;

      if (g_file_get_contents (path, &text, &length, NULL))
        g_ptr_array_add (corpus, g_bytes_new_take (text, length));
    }
  }

  return corpus;
}

/* Something is put in, taken out or written over, a few times. */
static void
spoil (GByteArray *bytes,
       GRand      *rand)
{
  for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--) {
    const char *trick = tricks[g_rand_int_range (rand, 0, G_N_ELEMENTS (tricks))];
    guint at = g_rand_int_range (rand, 0, (int) bytes->len + 1);
    guint length = g_rand_int_range (rand, 0, 30);

    if (at + length < bytes->len)
      g_byte_array_remove_range (bytes, at, length);
    if (g_rand_boolean (rand)) {
      g_autoptr (GByteArray) tail = g_byte_array_new ();

      g_byte_array_append (tail, bytes->data + at, bytes->len - at);
      g_byte_array_set_size (bytes, at);
      g_byte_array_append (bytes, (const guint8 *) trick, strlen (trick));
      g_byte_array_append (bytes, tail->data, tail->len);
    }
  }
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();

  g_assert_cmpuint (corpus->len, >=, 20);
  for (guint i = 0; i < corpus->len; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

    LLVMFuzzerTestOneInput (data, size);
  }
}

static void
test_spoiled (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 1500; i++) {
    GBytes *bytes = g_ptr_array_index (corpus, g_rand_int_range (rand, 0, (int) corpus->len));
    g_autoptr (GByteArray) spoiled = g_byte_array_new ();
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);

    g_byte_array_append (spoiled, data, (guint) size);
    spoil (spoiled, rand);
    LLVMFuzzerTestOneInput (spoiled->data, spoiled->len);
  }
}

/* Rows without end, each of its own id; and one text without end. */
static void
test_giants (void)
{
  g_autoptr (GString) rows = g_string_new ("{\"responseData\": {\"pageCount\": 1, \"data\": [");
  g_autoptr (GString) text = g_string_new ("{\"responseData\": {\"status\": 406, \"message\": \"");

  for (guint i = 1; i <= 8000; i++)
    g_string_append_printf (rows, "%s{\"Contact\": {\"id\": %u, \"name\": \"a\"}}", i > 1 ? "," : "", i);
  g_string_append (rows, "]}}");
  LLVMFuzzerTestOneInput ((const guint8 *) rows->str, rows->len);

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "0123456789");
  g_string_append (text, "\"}}");
  LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cloudtalk/fuzz/corpus", test_corpus);
  g_test_add_func ("/cloudtalk/fuzz/spoiled", test_spoiled);
  g_test_add_func ("/cloudtalk/fuzz/giants", test_giants);

  return g_test_run ();
}

#endif
