#include "dial-fold.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* More than this of one text, or of one word, tells nobody apart. */
#define MAX_WORDS 500
#define MAX_WORD_CHARS 48

/* So many words of a name are sorted by. */
#define MAX_KEY_WORDS 6

/* Names repeat, and ICU takes ten times longer than remembering. */
#define MAX_REMEMBERED 20000

/* Vowel points and other marks of Arabic and Hebrew, which are rarely written, go first. */
#define PLAIN_ID \
  "NFD; " \
  "[\\u0640\\u064B-\\u065F\\u0670\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7] Remove; " \
  "NFC; Any-Latin; Latin-ASCII; Lower"

/* How Russians and their passports write it: Щукин is Shchukin, Юрий is Yuriy. */
#define RUSSIAN_ID "Russian-Latin/BGN; Latin-ASCII; Lower"

/* How Indians write it: Rajesh rather than Rajesa, Chandra rather than Candra. */
#define INDIC_ID "Any-Latin; Lower"

#define SIMPLIFIED_ID "Traditional-Simplified"

typedef enum {
  SCRIPT_ASCII,
  SCRIPT_IDEOGRAPHS,   /* Han and Hangul: a sign is a syllable, and names have no spaces */
  SCRIPT_OTHER,
} Script;

/* Latin letters with something to them: U+00C0 to U+024F, and U+1E00 to U+1EFF. Each is written by itself,
 * whatever stands beside it, so that its writing is found once. */
#define N_LATIN (0x0250 - 0x00C0 + 0x0100)

/* One thread's tools; ICU's cannot be shared. */
typedef struct {
  UTransliterator *plain;
  UTransliterator *russian;
  UTransliterator *indic;
  UTransliterator *simplified;
  GHashTable      *remembered;   /* word → GStrv of its forms */
  char            *letters[N_LATIN];   /* by get_latin_index(): what stands for it; NULL until it is known */
} Tools;

static void
tools_free (gpointer data)
{
  Tools *tools = data;

  utrans_close (tools->plain);
  utrans_close (tools->russian);
  utrans_close (tools->indic);
  utrans_close (tools->simplified);
  g_hash_table_unref (tools->remembered);
  for (guint i = 0; i < N_LATIN; i++)
    g_free (tools->letters[i]);
  g_free (tools);
}

static GPrivate thread_tools = G_PRIVATE_INIT (tools_free);

static UTransliterator *
open_transliterator (const char *id)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar buffer[256];
  UTransliterator *opened;

  u_unescape (id, buffer, G_N_ELEMENTS (buffer));
  opened = utrans_openU (buffer, -1, UTRANS_FORWARD, NULL, -1, NULL, &status);
  if (U_FAILURE (status))
    g_warning ("ICU has no transliterator “%s”: %s", id, u_errorName (status));
  return opened;
}

static Tools *
get_tools (void)
{
  Tools *tools = g_private_get (&thread_tools);

  if (tools != NULL)
    return tools;

  tools = g_new0 (Tools, 1);
  tools->plain = open_transliterator (PLAIN_ID);
  tools->russian = open_transliterator (RUSSIAN_ID);
  tools->indic = open_transliterator (INDIC_ID);
  tools->simplified = open_transliterator (SIMPLIFIED_ID);
  tools->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_strfreev);
  g_private_set (&thread_tools, tools);
  return tools;
}

/* What @transliterator makes of @text; a copy of @text if it can make nothing. */
static char *
transliterate (UTransliterator *transliterator,
               const char      *text)
{
  UChar buffer[1024];
  char out[4096];
  int32_t length = 0, limit, out_length = 0;
  UErrorCode status = U_ZERO_ERROR;

  if (transliterator == NULL)
    return g_strdup (text);

  u_strFromUTF8 (buffer, G_N_ELEMENTS (buffer) / 4, &length, text, -1, &status);
  limit = length;
  utrans_transUChars (transliterator, buffer, &length, G_N_ELEMENTS (buffer), 0, &limit, &status);
  u_strToUTF8 (out, sizeof out, &out_length, buffer, length, &status);
  if (U_FAILURE (status))
    return g_strdup (text);
  return g_strndup (out, out_length);
}

/* Keeps letters and digits, in small. */
static char *
strip (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x80 ? g_ascii_isalnum (c)
                 : g_unichar_isalnum (c) && g_unichar_type (c) != G_UNICODE_MODIFIER_LETTER)
      g_string_append_unichar (kept, c < 0x80 ? (gunichar) g_ascii_tolower (c)
                                              : g_unichar_tolower (c));
  }
  return g_string_free (kept, FALSE);
}

static gboolean
has_form (GPtrArray  *forms,
          const char *form)
{
  for (guint i = 0; i < forms->len; i++) {
    if (strcmp (g_ptr_array_index (forms, i), form) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Takes @form. */
static void
add_form (GPtrArray *forms,
          char      *form)
{
  if (form[0] == '\0' || has_form (forms, form))
    g_free (form);
  else
    g_ptr_array_add (forms, form);
}

static void
add_transliterated (GPtrArray       *forms,
                    UTransliterator *transliterator,
                    const char      *word)
{
  g_autofree char *written = transliterate (transliterator, word);

  add_form (forms, strip (written));
}

static int
get_latin_index (gunichar c)
{
  if (c >= 0x00C0 && c < 0x0250 && c != 0x00D7 && c != 0x00F7)
    return c - 0x00C0;
  if (c >= 0x1E00 && c < 0x1F00)
    return c - 0x1E00 + 0x0250 - 0x00C0;
  return -1;
}

/* @word in plain letters if all of it are Latin ones, else %NULL. */
static char *
write_latin (Tools      *tools,
             const char *word)
{
  g_autoptr (GString) written = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int i = get_latin_index (c);

    if (c < 0x80) {
      g_string_append_c (written, g_ascii_tolower (c));
      continue;
    }
    if (i < 0)
      return NULL;

    if (tools->letters[i] == NULL) {
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p);
      g_autofree char *plain = transliterate (tools->plain, letter);

      tools->letters[i] = strip (plain);
    }
    g_string_append (written, tools->letters[i]);
  }
  return g_strdup (written->str);
}

static void
add_plain (GPtrArray  *forms,
           Tools      *tools,
           const char *word)
{
  char *latin = write_latin (tools, word);

  if (latin != NULL)
    add_form (forms, latin);
  else
    add_transliterated (forms, tools->plain, word);
}

/* Müller is written Mueller, and Ångström Aangstroem, where there are no dots or rings. */
static char *
spell_out (const char *word)
{
  static const struct {
    gunichar    letter;
    const char *spelled;
  } table[] = {
    { 0x00E4, "ae" }, { 0x00F6, "oe" }, { 0x00FC, "ue" }, { 0x00F8, "oe" }, { 0x00E5, "aa" },
  };
  g_autofree char *composed = g_utf8_normalize (word, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *spelled = g_string_new (NULL);
  gboolean changed = FALSE;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_unichar_tolower (g_utf8_get_char (p));
    const char *replacement = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
      if (table[i].letter == c)
        replacement = table[i].spelled;
    }
    if (replacement != NULL)
      g_string_append (spelled, replacement);
    else
      g_string_append_unichar (spelled, c);
    changed |= replacement != NULL;
  }

  return g_string_free (spelled, !changed);
}

static gboolean
contains_between (const char *word,
                  gunichar    first,
                  gunichar    last)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c >= first && c <= last)
      return TRUE;
  }
  return FALSE;
}

/* राजेश reads rajesa, but its last vowel is not spoken, and ś is written sh. */
static void
add_indic (GPtrArray  *forms,
           Tools      *tools,
           const char *word)
{
  g_autofree char *written = transliterate (tools->indic, word);
  g_autofree char *composed = g_utf8_normalize (written, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) spoken = g_string_new (NULL);
  g_autofree char *ascii = NULL;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == 0x015B || c == 0x1E63)
      g_string_append (spoken, "sh");
    else if (c == 'c')
      g_string_append (spoken, "ch");
    else if (c == 'a' && p[1] == '\0' && spoken->len > 1)
      break;
    else
      g_string_append_unichar (spoken, c);
  }

  ascii = transliterate (tools->plain, spoken->str);
  add_form (forms, strip (ascii));
}

/* The ways to write one word of an alphabet, the plainest first. */
static GStrv
make_forms (Tools      *tools,
            const char *word)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new ();
  g_autofree char *spelled = NULL;

  add_plain (forms, tools, word);

  spelled = spell_out (word);
  if (spelled != NULL)
    add_plain (forms, tools, spelled);
  if (contains_between (word, 0x0400, 0x04FF))
    add_transliterated (forms, tools->russian, word);
  if (contains_between (word, 0x0900, 0x0DFF))
    add_indic (forms, tools, word);

  g_ptr_array_add (forms, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&forms), FALSE);
}

static Script
get_script (gunichar c)
{
  if (c < 0x80)
    return SCRIPT_ASCII;

  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HANGUL:
    return SCRIPT_IDEOGRAPHS;
  default:
    return SCRIPT_OTHER;
  }
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || (c >= 0x80 && g_unichar_ismark (c));
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == '`';
}

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || c == 0x2010 || c == 0x2011;
}

/* One run of letters of one script, and what stands between it and the next. */
typedef struct {
  char     *word;
  Script    script;
  gboolean  apostrophe;
  gboolean  hyphen;
} Run;

/* Reads the next run from *@text and moves on; FALSE at the end. */
static gboolean
next_run (const char **text,
          Run         *run)
{
  const char *p = *text, *start;
  gunichar c = 0;
  guint n_chars = 0;

  while (*p != '\0' && !is_letter (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return FALSE;

  start = p;
  *run = (Run) { .script = get_script (g_utf8_get_char (p)) };
  for (; *p != '\0' && is_letter (c = g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
    Script script = get_script (c);

    if ((script == SCRIPT_IDEOGRAPHS) != (run->script == SCRIPT_IDEOGRAPHS))
      break;
    run->script = MAX (run->script, script);
    if (n_chars++ == 0 || n_chars <= MAX_WORD_CHARS)
      *text = g_utf8_next_char (p);
  }

  run->word = g_strndup (start, *text - start);
  if (*p != '\0') {
    const char *after = g_utf8_next_char (p);

    run->apostrophe = is_apostrophe (c) && is_letter (g_utf8_get_char (after));
    run->hyphen = is_hyphen (c) && is_letter (g_utf8_get_char (after));
  }
  *text = p;
  return TRUE;
}

static void
append_word (GString    *out,
             const char *word)
{
  if (word[0] == '\0')
    return;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static const char * const *get_forms (Tools      *tools,
                                      const char *word,
                                      Script      script);

/* The syllable that @sign stands for, which is known from other words, unless it is a word of its own. */
static char *
spell_sign (Tools      *tools,
            const char *sign,
            const char *word)
{
  const char *spelled;
  g_autofree char *written = NULL;

  if (!g_str_equal (sign, word)) {
    spelled = strchr (get_forms (tools, sign, SCRIPT_IDEOGRAPHS)[0], ' ');
    return g_strdup (spelled != NULL ? spelled + 1 : "");
  }

  written = transliterate (tools->plain, sign);
  return strip (written);
}

/* 张伟明 as its signs, its syllables, and what follows each syllable in one: zhang wei ming
 * zhangweiming weiming. */
static char *
spell_ideographs (Tools      *tools,
                  const char *word)
{
  g_autofree char *simplified = transliterate (tools->simplified, word);
  g_autoptr (GPtrArray) syllables = g_ptr_array_new_with_free_func (g_free);
  GString *out = g_string_new (NULL);

  for (const char *p = simplified; *p != '\0'; p = g_utf8_next_char (p)) {
    g_autofree char *sign = g_strndup (p, g_utf8_next_char (p) - p);

    append_word (out, sign);
    g_ptr_array_add (syllables, spell_sign (tools, sign, simplified));
    append_word (out, g_ptr_array_index (syllables, syllables->len - 1));
  }

  for (guint i = 0; i + 1 < syllables->len && syllables->len <= 8; i++) {
    g_autoptr (GString) rest = g_string_new (NULL);

    for (guint j = i; j < syllables->len; j++)
      g_string_append (rest, g_ptr_array_index (syllables, j));
    append_word (out, rest->str);
  }
  return g_string_free (out, FALSE);
}

/* All forms of a word of an alphabet; of ideographs one text with all that is looked for. */
static const char * const *
get_forms (Tools      *tools,
           const char *word,
           Script      script)
{
  GStrv forms = g_hash_table_lookup (tools->remembered, word);

  if (forms != NULL)
    return (const char * const *) forms;

  if (g_hash_table_size (tools->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (tools->remembered);
  if (script == SCRIPT_IDEOGRAPHS) {
    forms = g_new0 (char *, 2);
    forms[0] = spell_ideographs (tools, word);
  } else {
    forms = make_forms (tools, word);
  }
  g_hash_table_insert (tools->remembered, g_strdup (word), forms);
  return (const char * const *) forms;
}

/* The plainest form of @run, and all forms appended to @out. */
static char *
append_run (GString   *out,
            const Run *run)
{
  const char * const *forms;

  if (run->script == SCRIPT_ASCII) {
    char *lower = g_ascii_strdown (run->word, -1);

    append_word (out, lower);
    return lower;
  }

  forms = get_forms (get_tools (), run->word, run->script);
  if (run->script == SCRIPT_IDEOGRAPHS) {
    append_word (out, forms[0]);
    return g_strdup ("");
  }

  for (guint i = 0; forms[i] != NULL; i++)
    append_word (out, forms[i]);
  return g_strdup (forms[0] != NULL ? forms[0] : "");
}

/* Appends up to @max_words words, and O'Brien and Jean-Luc in one word besides. */
static void
fold_into (GString    *out,
           const char *text,
           guint       max_words)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  gboolean was_joined = FALSE;
  Run run;

  for (guint i = 0; i < max_words && next_run (&text, &run); i++) {
    g_autofree char *word = run.word;
    g_autofree char *plain = append_run (out, &run);

    if (run.apostrophe || run.hyphen || was_joined)
      g_string_append (joined, plain);
    was_joined = run.apostrophe || run.hyphen;
    if (was_joined)
      max_words += max_words < MAX_WORDS;
    else if (joined->len > 0) {
      append_word (out, joined->str);
      g_string_truncate (joined, 0);
    }
  }
}

/* The same for plain letters, which most texts are: no script to tell, nothing to be written otherwise. */
static void
fold_ascii_into (GString    *out,
                 const char *text,
                 guint       max_words)
{
  g_autoptr (GString) joined = NULL;
  gboolean was_joined = FALSE;
  const char *p = text;

  for (guint i = 0; i < max_words; i++) {
    const char *start;
    gsize word_start, length;
    gboolean joins;

    while (*p != '\0' && !g_ascii_isalnum (*p))
      p++;
    if (*p == '\0')
      break;

    for (start = p; g_ascii_isalnum (*p); p++)
      continue;
    length = MIN (p - start, MAX_WORD_CHARS);
    if (out->len > 0)
      g_string_append_c (out, ' ');
    word_start = out->len;
    for (gsize j = 0; j < length; j++)
      g_string_append_c (out, g_ascii_tolower (start[j]));

    joins = *p != '\0' && (is_apostrophe (*p) || is_hyphen (*p)) && g_ascii_isalnum (p[1]);
    if (joins || was_joined) {
      if (joined == NULL)
        joined = g_string_new (NULL);
      g_string_append_len (joined, out->str + word_start, length);
    }
    was_joined = joins;
    if (was_joined)
      max_words += max_words < MAX_WORDS;
    else if (joined != NULL && joined->len > 0) {
      append_word (out, joined->str);
      g_string_truncate (joined, 0);
    }
  }
}

static char *
fold (const char *text,
      guint       max_words)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = NULL;

  if (text == NULL)
    return g_string_free (out, FALSE);

  if (g_str_is_ascii (text)) {
    fold_ascii_into (out, text, max_words);
    return g_string_free (out, FALSE);
  }

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  fold_into (out, text, max_words);
  return g_string_free (out, FALSE);
}

/*
 * Every word of @text in every form it may be looked for, plain small letters, one space between
 * two. The signs of Han and Hangul stay, beside their Latin spelling.
 */
char *
dial_fold_text (const char *text)
{
  return fold (text, MAX_WORDS);
}

/* The same of the first word alone. */
char *
dial_fold_first_word (const char *text)
{
  return fold (text, 1);
}

/* 张伟 as zhangwei. */
static char *
spell_plainly (Tools      *tools,
               const char *word)
{
  GString *spelled = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p)) {
    g_autofree char *sign = g_strndup (p, g_utf8_next_char (p) - p);
    const char * const *forms = get_forms (tools, sign, SCRIPT_IDEOGRAPHS);
    const char *syllable = strchr (forms[0], ' ');

    g_string_append (spelled, syllable != NULL ? syllable + 1 : "");
  }
  return g_string_free (spelled, FALSE);
}

/* The key of plain letters, which most names are. */
static char *
make_ascii_key (const char *text)
{
  GString *key = g_string_new (NULL);
  const char *p = text;

  for (guint i = 0; i < MAX_KEY_WORDS; i++) {
    const char *start;

    while (*p != '\0' && !g_ascii_isalnum (*p))
      p++;
    if (*p == '\0')
      break;

    if (key->len > 0)
      g_string_append_c (key, '0');
    for (start = p; g_ascii_isalnum (*p); p++) {
      if (p - start < MAX_WORD_CHARS)
        g_string_append_c (key, g_ascii_tolower (*p));
    }
  }
  return g_string_free (key, FALSE);
}

/*
 * The plainest form of each word of @text, to sort by: letters and digits alone, with a 0 where a space
 * was, which comes before all of them but itself. "" if there is no word.
 */
char *
dial_fold_key (const char *text)
{
  GString *key;
  g_autofree char *valid = NULL;
  const char *p;
  Run run;

  if (g_str_is_ascii (text))
    return make_ascii_key (text);

  key = g_string_new (NULL);
  p = valid = g_utf8_make_valid (text, -1);
  for (guint i = 0; i < MAX_KEY_WORDS && next_run (&p, &run); i++) {
    g_autofree char *word = run.word;
    g_autofree char *plain = NULL;

    if (run.script == SCRIPT_IDEOGRAPHS) {
      plain = spell_plainly (get_tools (), word);
    } else {
      g_autoptr (GString) unused = g_string_new (NULL);

      plain = append_run (unused, &run);
    }
    if (key->len > 0)
      g_string_append_c (key, '0');
    g_string_append (key, plain);
  }
  return g_string_free (key, FALSE);
}

static void
add_query_signs (GPtrArray  *words,
                 const char *word)
{
  g_autofree char *simplified = transliterate (get_tools ()->simplified, word);

  for (const char *p = simplified; *p != '\0'; p = g_utf8_next_char (p)) {
    GStrv forms = g_new0 (char *, 2);

    forms[0] = g_strndup (p, g_utf8_next_char (p) - p);
    g_ptr_array_add (words, forms);
  }
}

/*
 * The words somebody looks for: an array of GStrv, each the forms of one word of which any will do.
 * Signs of Han and Hangul are looked for as they are, since many names share one spelling.
 */
GPtrArray *
dial_fold_query (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *p = valid;
  g_autoptr (GString) head = g_string_new (NULL);
  Run run;

  while (words->len < MAX_WORDS && next_run (&p, &run)) {
    g_autofree char *word = g_steal_pointer (&run.word);

    /* O'Brien may be stored as OBrien, so it is looked for in one word, which the index has. */
    if (run.apostrophe && run.script != SCRIPT_IDEOGRAPHS) {
      g_string_append (head, word);
    } else if (run.script == SCRIPT_IDEOGRAPHS) {
      add_query_signs (words, word);
    } else {
      g_string_append (head, word);
      if (run.script == SCRIPT_ASCII && g_str_is_ascii (head->str)) {
        GStrv forms = g_new0 (char *, 2);

        forms[0] = g_ascii_strdown (head->str, -1);
        g_ptr_array_add (words, forms);
      } else {
        GStrv forms = g_strdupv ((GStrv) get_forms (get_tools (), head->str, SCRIPT_OTHER));

        if (forms[0] != NULL)
          g_ptr_array_add (words, forms);
        else
          g_strfreev (forms);
      }
      g_string_truncate (head, 0);
    }
  }
  return words;
}

/* Appends the digits of @text to @digits, whatever script they are written in. */
void
dial_fold_digits (const char *text,
                  GString    *digits)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    int value = g_unichar_digit_value (g_utf8_get_char (p));

    if (value >= 0)
      g_string_append_c (digits, '0' + value);
  }
}
