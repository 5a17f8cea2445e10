#include "dial-terms.h"

#include "dial-fold.h"

#include <string.h>

/* E.164 has 15 digits; what people type around them is no more than this. */
#define MAX_PHONE_DIGITS 24

/* Who has no name comes after all who have one. */
#define NAMELESS "\xef\xbf\xbf"

static void
append (GString    *words,
        char        kind,
        const char *word)
{
  if (word[0] == '\0')
    return;

  g_string_append_c (words, ' ');
  g_string_append_c (words, kind);
  g_string_append (words, word);
}

static gboolean
has_digit (const char *word)
{
  return word[strcspn (word, "0123456789")] != '\0';
}

static gboolean
has_word (GStrv       words,
          const char *word)
{
  return g_strv_contains ((const char * const *) words, word);
}

/* The words of @folded; those that @starts has stand at a name's start. */
static void
append_name (GString    *words,
             const char *name,
             GStrv       starts)
{
  g_autofree char *folded = dial_fold_text (name);
  g_auto (GStrv) split = g_strsplit (folded, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    append (words, has_word (starts, split[i]) ? DIAL_TERM_NAME_START : DIAL_TERM_NAME, split[i]);
}

static void
append_names (GString       *words,
              DialCandidate *candidate)
{
  g_autofree char *first = dial_fold_first_word (candidate->first_name);
  g_autofree char *last = dial_fold_first_word (candidate->last_name);
  g_autofree char *preferred = dial_fold_first_word (candidate->preferred_name);
  g_autofree char *start = g_strjoin (" ", first[0] != '\0' ? first : last, preferred, NULL);
  g_auto (GStrv) starts = g_strsplit (start, " ", -1);
  g_autofree char *name = g_strjoin (" ",
                                     candidate->first_name != NULL ? candidate->first_name : "",
                                     candidate->last_name != NULL ? candidate->last_name : "", NULL);
  g_autofree char *key = dial_fold_key (name);

  append_name (words, candidate->first_name, starts);
  append_name (words, candidate->last_name, starts);
  append_name (words, candidate->preferred_name, starts);
  append (words, DIAL_TERM_NAME_KEY, key[0] != '\0' ? key : NAMELESS);
}

void
dial_terms_append_text (GString    *words,
                        const char *text)
{
  g_autofree char *folded = text != NULL ? dial_fold_text (text) : NULL;
  const char *p = folded;

  while (p != NULL && *p != '\0') {
    const char *end = strchrnul (p, ' ');
    g_autofree char *word = g_strndup (p, end - p);

    append (words, has_digit (word) ? DIAL_TERM_NUMBER : DIAL_TERM_WORD, word);
    p = *end == ' ' ? end + 1 : end;
  }
}

void
dial_terms_append_filter (GString *words,
                          gint64   number)
{
  char digits[17];
  char *p = digits + sizeof digits - 1;

  *p = '\0';
  do
    *--p = "0123456789abcdef"[number & 0xf];
  while ((number >>= 4) > 0);
  append (words, DIAL_TERM_FILTER, p);
}

/* How many digits after the + are the country's: the ITU's list of country codes is 1 and 7, these
 * of two digits, and else of three. */
static guint
count_country_digits (const char *digits)
{
  static const char two[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 "
                            "56 57 58 "
                            "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  char code[] = "00 ";

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  if (strlen (digits) < 3)
    return 0;

  memcpy (code, digits, 2);
  return strstr (two, code) != NULL ? 2 : 3;
}

/* As it was typed in groups, as it was typed in one, with and without its country, and from behind. */
static void
append_phone (GString         *words,
              DialPhoneNumber *phone)
{
  const char *typed = dial_phone_number_get_typed (phone);
  const char *e164 = dial_phone_number_get_e164 (phone);
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autoptr (GString) digits = g_string_new (NULL);

  dial_fold_digits (valid, digits);
  g_string_truncate (digits, MIN (digits->len, MAX_PHONE_DIGITS));

  dial_terms_append_text (words, valid);
  append (words, DIAL_TERM_NUMBER, digits->str);
  if (e164 != NULL && e164[0] == '+' && e164[1] != '\0') {
    g_string_assign (digits, e164 + 1);
    append (words, DIAL_TERM_NUMBER, digits->str);
    if (digits->len > 3)
      append (words, DIAL_TERM_NUMBER, digits->str + count_country_digits (digits->str));
  }
  g_strreverse (digits->str);
  append (words, DIAL_TERM_PHONE_END, digits->str);
}

void
dial_terms_append_candidate (GString       *words,
                             DialCandidate *candidate)
{
  g_string_append_c (words, DIAL_TERM_EVERYBODY);
  append_names (words, candidate);
  dial_terms_append_text (words, candidate->company);
  dial_terms_append_text (words, candidate->title);
  for (guint i = 0; candidate->tags != NULL && candidate->tags[i] != NULL; i++)
    dial_terms_append_text (words, candidate->tags[i]);
  for (guint i = 0; i < candidate->emails->len; i++)
    dial_terms_append_text (words,
                            ((DialEmailAddress *) g_ptr_array_index (candidate->emails, i))->address);
  for (guint i = 0; i < candidate->phones->len; i++)
    append_phone (words, g_ptr_array_index (candidate->phones, i));
}

/* A set of terms within one growing text; small and fast, since every candidate makes one. */
typedef struct {
  GString  *text;
  guint32  *slots;     /* offset + 1 into @text of a term, 0 for none */
  guint     mask;
  guint     n_terms;
} TermSet;

#define FIRST_SLOTS 512

static void
term_set_init (TermSet *set)
{
  set->text = g_string_sized_new (1024);
  set->slots = g_new0 (guint32, FIRST_SLOTS);
  set->mask = FIRST_SLOTS - 1;
  set->n_terms = 0;
}

static void
term_set_clear (TermSet *set)
{
  if (set->text != NULL)
    g_string_free (set->text, TRUE);
  g_free (set->slots);
}

static guint
hash_term (char        kind,
           const char *word,
           gsize       length)
{
  guint hash = 2166136261u ^ (guchar) kind;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * 16777619u;
  return hash ^ (hash >> 15);
}

/* Where the term is, or the free slot where it would be. */
static guint32 *
term_set_find (TermSet    *set,
               char        kind,
               const char *word,
               gsize       length)
{
  guint i = hash_term (kind, word, length);

  for (;; i++) {
    guint32 *slot = &set->slots[i & set->mask];
    const char *there = set->text->str + *slot - 1;

    if (*slot == 0 || (there[0] == kind && strncmp (there + 1, word, length) == 0 &&
                       there[1 + length] == ' '))
      return slot;
  }
}

static void
term_set_grow (TermSet *set)
{
  const char *p = set->text->str;

  g_free (set->slots);
  set->mask = set->mask * 2 + 1;
  set->slots = g_new0 (guint32, set->mask + 1);
  while (*p != '\0') {
    const char *end = strchr (p, ' ');

    *term_set_find (set, *p, p + 1, end - p - 1) = p - set->text->str + 1;
    p = end + 1;
  }
}

/* Appends the term unless it is there. */
static void
term_set_add (TermSet    *set,
              char        kind,
              const char *word,
              gsize       length)
{
  guint32 *slot = term_set_find (set, kind, word, length);

  if (*slot != 0)
    return;

  *slot = set->text->len + 1;
  g_string_append_c (set->text, kind);
  g_string_append_len (set->text, word, length);
  g_string_append_c (set->text, ' ');
  if (++set->n_terms > set->mask / 2)
    term_set_grow (set);
}

/* All beginnings of @word up to @max_chars characters. */
static void
add_beginnings (TermSet    *set,
                char        kind,
                const char *word,
                const char *end,
                guint       max_chars)
{
  const char *p = word;

  for (guint i = 0; i < max_chars && p < end; i++) {
    p = g_utf8_next_char (p);
    term_set_add (set, kind, word, p - word);
  }
}

static void
add_word (TermSet    *set,
          char        kind,
          const char *word,
          const char *end)
{
  switch (kind) {
  case DIAL_TERM_NAME_START:
    add_beginnings (set, DIAL_TERM_NAME_START, word, end, DIAL_TERMS_MAX_CHARS);
    G_GNUC_FALLTHROUGH;
  case DIAL_TERM_NAME:
    add_beginnings (set, DIAL_TERM_NAME, word, end, DIAL_TERMS_MAX_CHARS);
    G_GNUC_FALLTHROUGH;
  case DIAL_TERM_WORD:
    add_beginnings (set, DIAL_TERM_WORD, word, end, DIAL_TERMS_MAX_CHARS);
    break;
  case DIAL_TERM_NUMBER:
    add_beginnings (set, DIAL_TERM_WORD, word, end, DIAL_TERMS_MAX_NUMBER);
    if (end - word > DIAL_TERMS_MAX_NUMBER)
      term_set_add (set, kind, word, end - word);
    break;
  case DIAL_TERM_PHONE_END:
    if (end - word > DIAL_TERMS_PHONE_END)
      term_set_add (set, kind, word, DIAL_TERMS_PHONE_END);
    term_set_add (set, kind, word, end - word);
    break;
  default:
    term_set_add (set, kind, word, end - word);
  }
}

static void
add_words (TermSet    *set,
           const char *words)
{
  const char *p = words;

  while (*p != '\0') {
    const char *end = strchrnul (p, ' ');

    if (end > p)
      add_word (set, *p, p + 1, end);
    p = *end == ' ' ? end + 1 : end;
  }
}

char *
dial_terms_expand (const char *own,
                   const char *work)
{
  TermSet set;
  char *terms;

  term_set_init (&set);
  add_words (&set, own);
  add_words (&set, work);
  terms = g_string_free (g_steal_pointer (&set.text), FALSE);
  term_set_clear (&set);
  return terms;
}

char *
dial_terms_subtract (const char *terms,
                     const char *others)
{
  GString *left = g_string_new (NULL);
  TermSet set;

  term_set_init (&set);
  for (const char *p = others; *p != '\0';) {
    const char *end = strchr (p, ' ');

    term_set_add (&set, *p, p + 1, end - p - 1);
    p = end + 1;
  }
  for (const char *p = terms; *p != '\0';) {
    const char *end = strchr (p, ' ');

    if (*term_set_find (&set, *p, p + 1, end - p - 1) == 0)
      g_string_append_len (left, p, end - p + 1);
    p = end + 1;
  }
  term_set_clear (&set);
  return g_string_free (left, FALSE);
}

char *
dial_terms_cut (const char *word)
{
  return g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), DIAL_TERMS_MAX_CHARS));
}

char *
dial_terms_dup_name_key (const char *words)
{
  const char *p = words;

  while (*p != '\0' && *p != DIAL_TERM_NAME_KEY) {
    p = strchrnul (p, ' ');
    p += *p == ' ';
  }
  return *p != '\0' ? g_strndup (p + 1, strcspn (p + 1, " ")) : g_strdup (NAMELESS);
}

gboolean
dial_terms_have (const char *words,
                 char        kind,
                 const char *beginning)
{
  gsize length = strlen (beginning);
  const char *p = words;

  while (*p != '\0') {
    const char *end = strchrnul (p, ' ');

    if (*p == kind && (gsize) (end - p) > length && strncmp (p + 1, beginning, length) == 0)
      return TRUE;
    p = *end == ' ' ? end + 1 : end;
  }
  return FALSE;
}
