/* How any script becomes plain small letters. */
#include "dial-fold.h"
#include "dial-store.h"

#include <string.h>

static void
test_text (void)
{
  static const struct {
    const char *text;
    const char *folded;
  } table[] = {
    { NULL, "" },
    { "", "" },
    { " \t\n", "" },
    { "🙂 — …", "" },
    { "Ada LOVELACE", "ada lovelace" },
    { "Müller", "muller mueller" },
    { "Mu\u0308ller", "muller mueller" },
    { "Strauß", "strauss" },
    { "Łukasz Wiśniewski", "lukasz wisniewski" },
    { "Ægir Þór", "aegir thor" },
    { "İpek Işık", "ipek isik" },
    { "Nguyễn Đức", "nguyen duc" },
    { "ﬁsh", "fish" },
    { "O’Brien", "o brien obrien" },
    { "Jean-Luc", "jean luc jeanluc" },
    { "anna.lee@example.com", "anna lee example com" },
    { "Иванов", "ivanov" },
    { "Юрий Щукин", "urij yuriy sukin shchukin" },
    { "Γιώργος", "giorgos" },
    { "مُحَمَّد", "mhmd" },
    { "محمد", "mhmd" },
    { "דָּוִד", "dwd" },
    { "דוד", "dwd" },
    { "राजेश", "rajesa rajesh" },
    { "สมชาย", "smchay" },
    { "გიორგი", "giorgi" },
    { "Արամ", "aram" },
    { "さくら", "sakura" },
    { "サクラ", "sakura" },
    { "张伟", "张 zhang 伟 wei zhangwei" },
    { "張偉明", "张 zhang 伟 wei 明 ming zhangweiming weiming" },
    { "김민수", "김 gim 민 min 수 su gimminsu minsu" },
    { "張さくら", "张 zhang sakura" },
    { "a\xff" "b", "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *folded = dial_fold_text (table[i].text);
    g_autofree char *again = dial_fold_text (table[i].text);

    g_assert_cmpstr (folded, ==, table[i].folded);
    g_assert_cmpstr (again, ==, folded);
  }
}

static void
test_first_word (void)
{
  static const struct {
    const char *text;
    const char *folded;
  } table[] = {
    { NULL, "" },
    { "Ada Augusta", "ada" },
    { "Jürgen Otto", "jurgen juergen" },
    { "Jean-Luc Picard", "jean luc jeanluc" },
    { "张伟 明", "张 zhang 伟 wei zhangwei" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *folded = dial_fold_first_word (table[i].text);

    g_assert_cmpstr (folded, ==, table[i].folded);
  }
}

/* "one|form two": words by space, their forms by bar. */
static void
test_query (void)
{
  static const struct {
    const char *text;
    const char *words;
  } table[] = {
    { "", "" },
    { "\"*()", "" },
    { "Ada  lov", "ada lov" },
    { "Müller", "muller|mueller" },
    { "o'brien", "obrien" },
    { "o'", "o" },
    { "jean-luc", "jean luc" },
    { "Щукин", "sukin|shchukin" },
    { "張伟 wei", "张 伟 wei" },
    { "AND OR", "and or" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) words = dial_fold_query (table[i].text);
    g_autoptr (GString) described = g_string_new (NULL);

    for (guint j = 0; j < words->len; j++) {
      g_autofree char *forms = g_strjoinv ("|", g_ptr_array_index (words, j));

      g_string_append_printf (described, "%s%s", j > 0 ? " " : "", forms);
    }
    g_assert_cmpstr (described->str, ==, table[i].words);
  }
}

/* Nothing but letters, digits and single spaces comes out, or a word could be an operator. */
static void
test_plain (void)
{
  for (gunichar c = 1; c < 0x30000; c += c < 0x3000 ? 1 : 37) {
    g_autofree char *folded = NULL;
    char text[16] = "a";
    int length = 1;

    if (c >= 0xD800 && c < 0xE000)
      continue;
    length += g_unichar_to_utf8 (c, text + length);
    text[length] = 'b';

    folded = dial_fold_text (text);
    g_assert_true (g_utf8_validate (folded, -1, NULL));
    for (const char *p = folded; *p != '\0'; p++)
      g_assert_true ((guchar) *p >= 0x80 || g_ascii_islower (*p) || g_ascii_isdigit (*p) || *p == ' ');
    g_assert_null (strstr (folded, "  "));
  }
}

static gpointer
fold_in_thread (gpointer data)
{
  for (guint i = 0; i < 200; i++) {
    g_autofree char *folded = dial_fold_text ("Иванов Müller 张伟");

    g_assert_cmpstr (folded, ==, "ivanov muller mueller 张 zhang 伟 wei zhangwei");
  }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("fold", fold_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* [What] a search has brought up. */
static void
test_mark (void)
{
  static const struct {
    const char *text, *needle, *marked;
  } table[] = {
    { "Jürgen Müller", "mul", "Jürgen [Mül]ler" },
    { "Jürgen Müller", "mue jur", "[Jür]gen [Mü]ller" },
    { "Jürgen Müller", "uller", "Jürgen Müller" },
    { "Jürgen Müller", "", "Jürgen Müller" },
    { "张伟明", "zhang", "[张]伟明" },
    { "张伟明", "weim", "张[伟明]" },
    { "张伟明", "伟", "张[伟]明" },
    { "Seán O’Brien", "obr", "Seán [O’Br]ien" },
    { "Seán O’Brien", "brien", "Seán O’[Brien]" },
    { "Ana-María Núñez", "anam nun", "[Ana-M]aría [Núñ]ez" },
    { "Иван Иванов", "ivan", "[Иван] [Иван]ов" },
    { "Baker · Baker & Sons", "baker", "[Baker] · [Baker] & Sons" },
    { "+49 30 12345678", "1234", "+49 30 [1234]5678" },
    { "محمد علي", "mhmd", "[محمد] علي" },
    { "broken \xff text", "text", "broken \xff text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GArray) ranges = dial_fold_mark (table[i].text, table[i].needle);
    g_autoptr (GString) marked = g_string_new (table[i].text);

    g_assert_cmpuint (g_array_get_element_size (ranges), ==, 2 * sizeof (guint));
    for (guint j = ranges->len; j-- > 0;) {
      const guint *range = &g_array_index (ranges, guint, 2 * j);

      g_string_insert_c (marked, range[1], ']');
      g_string_insert_c (marked, range[0], '[');
    }
    g_assert_cmpstr (marked->str, ==, table[i].marked);
  }
}

/* What names are sorted by. */
static void
test_key (void)
{
  static const char * const names[] = {
    "Ann Zeta", "Anna Alder", "Łukasz", "O’Brien", "张 伟",
  };
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    char *key = dial_fold_key (names[i]);

    g_assert_cmpstr (last, <, key);
    g_free (last);
    last = key;
  }
  g_assert_cmpstr (last, ==, "zhang0wei");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fold/text", test_text);
  g_test_add_func ("/fold/first-word", test_first_word);
  g_test_add_func ("/fold/query", test_query);
  g_test_add_func ("/fold/plain", test_plain);
  g_test_add_func ("/fold/threads", test_threads);
  g_test_add_func ("/fold/mark", test_mark);
  g_test_add_func ("/fold/key", test_key);
  return g_test_run ();
}
