#include "dial-terms.h"

#include "dial-fold.h"

#include <string.h>

/* E.164 has 15 digits; what people type around them is no more than this. */
#define MAX_PHONE_DIGITS 24

/* With its +; shorter ones are none. */
#define MIN_E164 4

/* How many digits an area has, where numbers are dialled without it. */
#define MIN_AREA 2

/* Who has no name comes after all who have one. */
#define NAMELESS "\xef\xbf\xbf"

static void
append_length (GString    *words,
               char        kind,
               const char *word,
               gsize       length)
{
  if (length == 0)
    return;

  g_string_append_c (words, ' ');
  g_string_append_c (words, kind);
  g_string_append_len (words, word, length);
}

static void
append (GString    *words,
        char        kind,
        const char *word)
{
  append_length (words, kind, word, strlen (word));
}

static gboolean
has_digit (const char *word,
           const char *end)
{
  while (word < end && !g_ascii_isdigit (*word))
    word++;
  return word < end;
}

/* Whether the word is one of @words, between which stand spaces. */
static gboolean
is_among (const char *words,
          const char *word,
          gsize       length)
{
  for (const char *p = words; *p != '\0';) {
    gsize n = strcspn (p, " ");

    if (n == length && memcmp (p, word, n) == 0)
      return TRUE;
    p += n + (p[n] == ' ');
  }
  return FALSE;
}

/* The words of @folded; those that @starts or @more_starts has stand at a name's start. */
static void
append_name (GString    *words,
             const char *folded,
             const char *starts,
             const char *more_starts)
{
  for (const char *p = folded; *p != '\0';) {
    gsize length = strcspn (p, " ");
    gboolean at_start = is_among (starts, p, length) || is_among (more_starts, p, length);

    append_length (words, at_start ? DIAL_TERM_NAME_START : DIAL_TERM_NAME, p, length);
    p += length + (p[length] == ' ');
  }
}

/* All that the first word of @name is found by; @folded is the whole name. */
static char *
fold_start (const char *name,
            const char *folded)
{
  return strchr (folded, ' ') != NULL ? dial_fold_first_word (name) : g_strdup (folded);
}

static void
append_names (GString       *words,
              DialCandidate *candidate)
{
  g_autofree char *first = dial_fold_text (candidate->first_name);
  g_autofree char *last = dial_fold_text (candidate->last_name);
  g_autofree char *preferred = dial_fold_text (candidate->preferred_name);
  g_autofree char *start = first[0] != '\0' ? fold_start (candidate->first_name, first)
                                            : fold_start (candidate->last_name, last);
  g_autofree char *preferred_start = fold_start (candidate->preferred_name, preferred);
  g_autofree char *name = g_strjoin (" ",
                                     candidate->first_name != NULL ? candidate->first_name : "",
                                     candidate->last_name != NULL ? candidate->last_name : "", NULL);
  g_autofree char *key = dial_fold_key (name);

  append_name (words, first, start, preferred_start);
  append_name (words, last, start, preferred_start);
  append_name (words, preferred, start, preferred_start);
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

    append_length (words, has_digit (p, end) ? DIAL_TERM_NUMBER : DIAL_TERM_WORD, p, end - p);
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

guint
dial_terms_count_country_digits (const char *digits)
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

static const char *
skip_zeros (const char *digits)
{
  return digits + strspn (digits, "0");
}

/* Whether what stands before the number at home is but a country's code, and zeros that nobody need type. */
static gboolean
is_way_in (const char *before,
           const char *country)
{
  before = skip_zeros (before);
  if (g_str_has_prefix (before, country))
    before = skip_zeros (before + strlen (country));
  return before[0] == '\0';
}

/* What is left of a number without its first group of digits, its area: that is how it is dialled there. And its last
 * group, where that is shorter than what it is found by from behind. */
static void
append_groups (GString    *words,
               const char *typed,
               const char *national)
{
  gsize length = strlen (national), n = 0, n_local = 0, n_last = 0;

  for (const char *p = typed + strlen (typed); p > typed && n < length; p--) {
    if (g_ascii_isdigit (p[-1]))
      n++;
    else
      n_local = n;
    if (n_last == 0)
      n_last = n_local;
  }
  if (n_local >= DIAL_TERMS_PHONE_END && n_local + MIN_AREA <= length)
    append (words, DIAL_TERM_PHONE, national + length - n_local);
  if (n_last > 0 && n_last < DIAL_TERMS_PHONE_END)
    append (words, DIAL_TERM_PHONE, national + length - n_last);
}

/* A number at home, from behind, and its country's code; and as it was typed where that is not the same
 * in other groups. */
static void
append_valid_phone (GString    *words,
                    const char *typed,
                    const char *digits,
                    const char *e164)
{
  g_autofree char *country = g_strndup (e164, dial_terms_count_country_digits (e164));
  g_autofree char *end = g_strreverse (g_strdup (e164));
  const char *national = e164 + strlen (country);

  append (words, DIAL_TERM_PHONE, national);
  append (words, DIAL_TERM_COUNTRY, country);
  append (words, DIAL_TERM_PHONE_END, end);
  if (g_str_has_suffix (digits, national)) {
    g_autofree char *before = g_strndup (digits, strlen (digits) - strlen (national));

    append_groups (words, typed, national);
    if (!is_way_in (before, country))
      append (words, DIAL_TERM_PHONE, digits);
  } else {
    dial_terms_append_text (words, typed);
    append (words, DIAL_TERM_NUMBER, digits);
  }
}

/* Of what nobody can call there is but what was typed: in groups, in one, and from behind. */
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

  if (e164 != NULL && e164[0] == '+' && strlen (e164) > MIN_E164) {
    append_valid_phone (words, valid, digits->str, e164 + 1);
    return;
  }

  dial_terms_append_text (words, valid);
  append (words, DIAL_TERM_NUMBER, digits->str);
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

#define HASH_START   2166136261u
#define HASH(hash, byte) (((hash) ^ (guchar) (byte)) * 16777619u)

/* What a beginning of this hash, behind the letter for its kind, is found at. */
static guint
finish_hash (guint hash,
             char  kind)
{
  hash = HASH (hash, kind);
  return hash ^ (hash >> 15);
}

/* Where the term is, or the free slot where it would be. */
static guint32 *
term_set_find (TermSet    *set,
               char        kind,
               const char *word,
               gsize       length,
               guint       hash)
{
  for (guint i = finish_hash (hash, kind);; i++) {
    guint32 *slot = &set->slots[i & set->mask];
    const char *there = set->text->str + *slot - 1;

    if (*slot == 0 || (there[0] == kind && *slot + length < set->text->len && there[1 + length] == ' ' &&
                       memcmp (there + 1, word, length) == 0))
      return slot;
  }
}

static guint
hash_word (const char *word,
           gsize       length)
{
  guint hash = HASH_START;

  for (gsize i = 0; i < length; i++)
    hash = HASH (hash, word[i]);
  return hash;
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

    *term_set_find (set, *p, p + 1, end - p - 1, hash_word (p + 1, end - p - 1)) = p - set->text->str + 1;
    p = end + 1;
  }
}

/* Appends the term, whose word has @hash, unless it is there. */
static void
term_set_add_hashed (TermSet    *set,
                     char        kind,
                     const char *word,
                     gsize       length,
                     guint       hash)
{
  guint32 *slot = term_set_find (set, kind, word, length, hash);

  if (*slot != 0)
    return;

  *slot = set->text->len + 1;
  g_string_append_c (set->text, kind);
  g_string_append_len (set->text, word, length);
  g_string_append_c (set->text, ' ');
  if (++set->n_terms > set->mask / 2)
    term_set_grow (set);
}

static void
term_set_add (TermSet    *set,
              char        kind,
              const char *word,
              gsize       length)
{
  term_set_add_hashed (set, kind, word, length, hash_word (word, length));
}

/* All beginnings of @word up to @max_chars characters, as terms of each of the kinds. */
static void
add_beginnings (TermSet    *set,
                const char *kinds,
                const char *word,
                const char *end,
                guint       max_chars)
{
  const char *p = word;
  guint hash = HASH_START;

  for (guint i = 0; i < max_chars && p < end; i++) {
    const char *next = g_utf8_next_char (p);

    for (; p < next; p++)
      hash = HASH (hash, *p);
    for (const char *kind = kinds; *kind != '\0'; kind++)
      term_set_add_hashed (set, *kind, word, p - word, hash);
  }
}

static void
add_word (TermSet    *set,
          char        kind,
          const char *word,
          const char *end)
{
  static const char starts[] = { DIAL_TERM_NAME_START, DIAL_TERM_NAME, DIAL_TERM_WORD, '\0' };
  static const char names[] = { DIAL_TERM_NAME, DIAL_TERM_WORD, '\0' };
  static const char words[] = { DIAL_TERM_WORD, '\0' };
  static const char phones[] = { DIAL_TERM_PHONE, '\0' };
  static const char countries[] = { DIAL_TERM_COUNTRY, '\0' };

  switch (kind) {
  case DIAL_TERM_NAME_START:
    add_beginnings (set, starts, word, end, DIAL_TERMS_MAX_CHARS);
    break;
  case DIAL_TERM_NAME:
    add_beginnings (set, names, word, end, DIAL_TERMS_MAX_CHARS);
    break;
  case DIAL_TERM_WORD:
    add_beginnings (set, words, word, end, DIAL_TERMS_MAX_CHARS);
    break;
  case DIAL_TERM_NUMBER:
    add_beginnings (set, words, word, end, DIAL_TERMS_MAX_NUMBER);
    if (end - word > DIAL_TERMS_MAX_NUMBER)
      term_set_add (set, kind, word, end - word);
    break;
  case DIAL_TERM_PHONE:
    add_beginnings (set, phones, word, end, DIAL_TERMS_MAX_PHONE);
    term_set_add (set, kind, word, end - word);
    break;
  case DIAL_TERM_COUNTRY:
    add_beginnings (set, countries, word, end, DIAL_TERMS_MAX_PHONE);
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

static void
term_set_copy (TermSet *set,
               TermSet *from)
{
  set->text = g_string_sized_new (from->text->allocated_len);
  g_string_append_len (set->text, from->text->str, from->text->len);
  set->slots = g_memdup2 (from->slots, (from->mask + 1) * sizeof *from->slots);
  set->mask = from->mask;
  set->n_terms = from->n_terms;
}

/* The terms of @set from the offset @start on that @others has not. */
static char *
list_missing (TermSet *set,
              gsize    start,
              TermSet *others)
{
  GString *missing = g_string_new (NULL);

  for (const char *p = set->text->str + start; *p != '\0';) {
    const char *end = strchr (p, ' ');

    if (*term_set_find (others, *p, p + 1, end - p - 1, hash_word (p + 1, end - p - 1)) == 0)
      g_string_append_len (missing, p, end - p + 1);
    p = end + 1;
  }
  return g_string_free (missing, FALSE);
}

void
dial_terms_compare (const char  *old_own,
                    const char  *old_work,
                    const char  *own,
                    const char  *work,
                    char       **removed,
                    char       **added)
{
  gsize common = 0;     /* so long a part is the same: mostly only an application is new */
  TermSet old, new;

  term_set_init (&old);
  add_words (&old, old_own);
  if (g_str_equal (own, old_own)) {
    common = old.text->len;
    term_set_copy (&new, &old);
  } else {
    term_set_init (&new);
    add_words (&new, own);
  }
  add_words (&old, old_work);
  add_words (&new, work);

  *removed = list_missing (&old, common, &new);
  *added = list_missing (&new, common, &old);
  term_set_clear (&old);
  term_set_clear (&new);
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
