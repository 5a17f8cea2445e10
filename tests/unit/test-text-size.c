/* Into how many text messages a text is cut. */
#include "dial-text-size.h"

#include <string.h>

static char *
repeat (const char *text,
        guint       n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

typedef struct {
  const char *text;
  guint       times;
  const char *then;
  guint       n_characters;
  guint       n_parts;
  guint       n_left;
  gboolean    is_unicode;
} Case;

static const Case cases[] = {
  { "", 1, "", 0, 0, 160, FALSE },
  { "a", 1, "", 1, 1, 159, FALSE },
  { "a", 160, "", 160, 1, 0, FALSE },
  { "a", 161, "", 161, 2, 145, FALSE },
  { "a", 306, "", 306, 2, 0, FALSE },
  { "a", 307, "", 307, 3, 152, FALSE },
  { "a", 1530, "", 1530, 10, 0, FALSE },

  /* The whole alphabet, and what looks like it. */
  { "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", 1, "", 31, 1, 129, FALSE },
  { "¤¡ÄÖÑÜ§¿äöñüà", 1, "", 13, 1, 147, FALSE },
  { "ç", 1, "", 1, 1, 69, TRUE },
  { "`", 1, "", 1, 1, 69, TRUE },
  { "\t", 1, "", 1, 1, 69, TRUE },
  { "’", 1, "", 1, 1, 69, TRUE },
  { "е", 1, "", 1, 1, 69, TRUE },
  { "e\u0301", 1, "", 2, 1, 68, TRUE },

  /* The extension table costs double, and is not cut in two. */
  { "€", 80, "", 80, 1, 0, FALSE },
  { "€", 80, "a", 81, 2, 144, FALSE },
  { "\f^{}\\[~]|€", 1, "", 10, 1, 140, FALSE },
  { "a", 152, "€aaaaaaa", 160, 2, 144, FALSE },
  { "€", 153, "", 153, 3, 151, FALSE },

  /* Half as much of anything else; a surrogate pair is not cut either. */
  { "ж", 70, "", 70, 1, 0, TRUE },
  { "ж", 71, "", 71, 2, 63, TRUE },
  { "ж", 134, "", 134, 2, 0, TRUE },
  { "ж", 135, "", 135, 3, 66, TRUE },
  { "😀", 35, "", 35, 1, 0, TRUE },
  { "ж", 66, "😀жжжж", 71, 2, 61, TRUE },
  { "a", 69, "’", 70, 1, 0, TRUE },
  { "a", 70, "’", 71, 2, 63, TRUE },
};

static void
test_parts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *this = &cases[i];
    g_autofree char *begin = repeat (this->text, this->times);
    g_autofree char *text = g_strconcat (begin, this->then, NULL);
    DialTextSize size;

    g_test_message ("%u × %s, then %s", this->times, this->text, this->then);
    dial_text_size_measure (text, &size);
    g_assert_cmpuint (size.n_characters, ==, this->n_characters);
    g_assert_cmpuint (size.n_parts, ==, this->n_parts);
    g_assert_cmpuint (size.n_left, ==, this->n_left);
    g_assert_true (size.is_unicode == this->is_unicode);
  }
}

/* Both alphabets have 128 places, one of which is the escape. */
static void
test_alphabet (void)
{
  guint n_single = 0, n_double = 0;

  for (gunichar c = 1; c < 0x3000; c++) {
    char text[8] = "";
    DialTextSize size;

    text[g_unichar_to_utf8 (c, text)] = '\0';
    dial_text_size_measure (text, &size);
    n_single += !size.is_unicode && size.n_left == 159;
    n_double += !size.is_unicode && size.n_left == 158;
  }

  g_assert_cmpuint (n_single, ==, 127);
  g_assert_cmpuint (n_double, ==, 10);
}

static void
test_costly (void)
{
  g_autofree char *costly = dial_text_size_dup_costly ("It’s “fine” – Zoë’s ’ 😀\u200b ж", 5);
  g_autofree char *none = dial_text_size_dup_costly ("Plain: {}€", 5);

  g_assert_cmpstr (costly, ==, "’ “ ” – ë");
  g_assert_cmpstr (none, ==, "");
}

static void
test_plain (void)
{
  g_autofree char *plain = dial_text_size_dup_plain ("It’s “fine” – at\u00a09…\u200b Ne\u0301e, Zoë, €5");
  g_autofree char *same = dial_text_size_dup_plain ("Ça va, Łukasz? Größe §5");

  g_assert_cmpstr (plain, ==, "It's \"fine\" - at 9... Née, Zoë, €5");
  g_assert_cmpstr (same, ==, "Ça va, Łukasz? Größe §5");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-size/parts", test_parts);
  g_test_add_func ("/text-size/alphabet", test_alphabet);
  g_test_add_func ("/text-size/costly", test_costly);
  g_test_add_func ("/text-size/plain", test_plain);
  return g_test_run ();
}
