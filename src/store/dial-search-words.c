#include "dial-search-words.h"

#include "dial-fold.h"
#include "dial-terms.h"

#include <string.h>

/* E.164 has 15 digits; what people type around them is no more than this. */
#define MAX_PHONE_DIGITS 24

#define MAX_COUNTRY_DIGITS 3

/* More words than anybody types. */
#define MAX_QUERY_WORDS 24

/* The digits of @text if it is written as a telephone number is, else %NULL. */
static char *
read_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *trunk;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_digit_value (c) < 0 && g_unichar_type (c) != G_UNICODE_FORMAT &&
        !g_unichar_isspace (c) && strchr ("+-()./", c < 0x80 ? (int) c : '?') == NULL)
      return NULL;
  }

  /* +44 (0)20 …: the zero in brackets is never dialled together with the country. */
  trunk = strstr (valid, "(0)");
  if (trunk != NULL && trunk != valid) {
    g_autofree char *country = g_strndup (valid, trunk - valid);

    dial_fold_digits (country, digits);
    dial_fold_digits (trunk + 3, digits);
  } else {
    dial_fold_digits (valid, digits);
  }

  if (digits->len < DIAL_TERMS_PHONE_END || digits->len > MAX_PHONE_DIGITS)
    return NULL;
  return g_strdup (digits->str);
}

static gboolean
is_number (const char *form)
{
  return strspn (form, "0123456789") == strlen (form);
}

static gboolean
is_ending (const char *form)
{
  return is_number (form) && strlen (form) >= DIAL_TERMS_PHONE_END;
}

/* Whether whoever has @word has a word that begins with @beginning: what a number ends with is another
 * matter. */
static gboolean
implies (const char * const *word,
         const char * const *beginning)
{
  if (beginning[1] != NULL || is_ending (word[0]))
    return FALSE;

  for (guint i = 0; word[i] != NULL; i++) {
    if (!g_str_has_prefix (word[i], beginning[0]))
      return FALSE;
  }
  return TRUE;
}

/* Leaves out what the others say already: an “e” beside an “erik”. */
static void
drop_implied (DialSearchWords *self)
{
  GPtrArray *words = self->words;

  for (guint i = 0; i < words->len;) {
    gboolean implied = FALSE;

    for (guint j = 0; j < words->len && !implied; j++)
      implied = i != j && self->joined->pdata[i] == NULL &&
                implies (g_ptr_array_index (words, j), g_ptr_array_index (words, i));
    if (implied) {
      g_ptr_array_remove_index (words, i);
      g_ptr_array_remove_index (self->joined, i);
    } else {
      i++;
    }
  }
}

static const char *
get_digits (GPtrArray *words,
            guint      i)
{
  GStrv forms = i < words->len ? g_ptr_array_index (words, i) : NULL;

  return forms != NULL && forms[1] == NULL && is_number (forms[0]) ? forms[0] : NULL;
}

/* Groups of digits side by side may be parts of one number, which is stored in other groups or in one. */
static GPtrArray *
join_digits (GPtrArray *words)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func (g_free);

  while (joined->len < words->len) {
    g_autoptr (GString) digits = g_string_new (NULL);
    guint start = joined->len, end = start;

    while (get_digits (words, end) != NULL)
      g_string_append (digits, get_digits (words, end++));
    if (end - start < 2 || digits->len < DIAL_TERMS_PHONE_END || digits->len > MAX_PHONE_DIGITS)
      g_string_truncate (digits, 0);
    for (end = MAX (end, start + 1); joined->len < end;)
      g_ptr_array_add (joined, digits->len > 0 ? g_strdup (digits->str) : NULL);
  }
  return joined;
}

DialSearchWords *
dial_search_words_new (const char *text)
{
  DialSearchWords *self = g_new0 (DialSearchWords, 1);

  self->words = dial_fold_query (text);
  if (self->words->len > MAX_QUERY_WORDS)
    g_ptr_array_set_size (self->words, MAX_QUERY_WORDS);
  for (guint i = 0; i < self->words->len; i++) {
    GStrv forms = g_ptr_array_index (self->words, i);

    for (guint j = 0; forms[j] != NULL; j++) {
      char *cut = dial_terms_cut (forms[j]);

      g_free (forms[j]);
      forms[j] = cut;
    }
  }
  self->joined = join_digits (self->words);
  drop_implied (self);
  self->number = read_number (text);
  return self;
}

void
dial_search_words_free (DialSearchWords *self)
{
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->joined);
  g_free (self->number);
  g_free (self);
}

/* 0 and 00 come before a number at home and abroad, and are in no E.164. */
static const char *
skip_zeros (const char *digits)
{
  while (digits[0] == '0' && strlen (digits) > DIAL_TERMS_PHONE_END)
    digits++;
  return digits;
}

/* What a number ends with, from behind; Russians say 8 where others say +7. */
static GStrv
get_endings (const char *digits)
{
  const char *bare = skip_zeros (digits);
  GStrv endings = g_new0 (char *, 3);

  endings[0] = g_strreverse (g_strdup (bare));
  if (bare[0] == '8' && strlen (bare) == 11)
    endings[1] = g_strndup (endings[0], 10);
  return endings;
}

/* One term after others, any of which will do. Words hold letters and digits alone, so nothing in them is
 * an operator. */
static void
append_term (GString    *expression,
             char        kind,
             const char *word,
             gboolean    beginning)
{
  char before = expression->str[expression->len - 1];

  g_string_append_printf (expression, "%s\"%c%s\"%s", before == '(' ? "" : " OR ", kind, word,
                          beginning ? " *" : "");
}

/* Long numbers are not indexed by all their beginnings, but then few begin so. */
static void
append_phone (GString    *expression,
              const char *digits)
{
  append_term (expression, DIAL_TERM_PHONE, digits, strlen (digits) > DIAL_TERMS_MAX_PHONE);
}

/* What a number within a country begins with, with the country's code and without; and the code alone. */
static void
append_phone_start (GString    *expression,
                    const char *digits)
{
  guint n = dial_terms_count_country_digits (digits);

  append_phone (expression, digits);
  if (strlen (digits) <= MAX_COUNTRY_DIGITS)
    append_term (expression, DIAL_TERM_COUNTRY, digits, FALSE);
  if (n == 0 || digits[n] == '\0')
    return;

  g_string_append_printf (expression, " OR (\"%c%.*s\" AND (", DIAL_TERM_COUNTRY, (int) n, digits);
  append_phone (expression, digits + n);
  g_string_append (expression, "))");
}

static void
append_word (GString    *expression,
             const char *form)
{
  append_term (expression, DIAL_TERM_WORD, form, FALSE);
  if (g_utf8_strlen (form, -1) > DIAL_TERMS_MAX_NUMBER)
    append_term (expression, DIAL_TERM_NUMBER, form, TRUE);
  if (is_number (form))
    append_phone_start (expression, form);
}

static void
append_number (GString    *expression,
               const char *digits)
{
  g_auto (GStrv) endings = get_endings (digits);
  const char *bare = skip_zeros (digits);

  append_word (expression, digits);
  if (bare != digits)
    append_word (expression, bare);
  for (guint i = 0; endings[i] != NULL; i++)
    append_term (expression, DIAL_TERM_PHONE_END, endings[i],
                 strlen (endings[i]) > DIAL_TERMS_PHONE_END);
}

static void
append_anywhere (GString         *expression,
                 DialSearchWords *self,
                 guint            i)
{
  const char * const *forms = g_ptr_array_index (self->words, i);
  const char *joined = g_ptr_array_index (self->joined, i);

  for (guint j = 0; forms[j] != NULL; j++)
    append_word (expression, forms[j]);
  if (is_ending (forms[0]))
    append_number (expression, forms[0]);
  if (joined != NULL)
    append_number (expression, joined);
}

static void
append_name (GString         *expression,
             DialSearchWords *self,
             guint            i)
{
  const char * const *forms = g_ptr_array_index (self->words, i);

  for (guint j = 0; forms[j] != NULL; j++)
    append_term (expression, DIAL_TERM_NAME, forms[j], FALSE);
}

/* Each word in its place: (…) AND (…) */
static void
append_each (GString         *expression,
             DialSearchWords *self,
             void           (*append) (GString         *expression,
                                       DialSearchWords *self,
                                       guint            i))
{
  for (guint i = 0; i < self->words->len; i++) {
    g_string_append (expression, i > 0 ? " AND (" : "(");
    append (expression, self, i);
    g_string_append_c (expression, ')');
  }
}

/* Any of the words where a name starts. */
static void
append_starts (GString         *expression,
               DialSearchWords *self)
{
  for (guint i = 0; i < self->words->len; i++) {
    const char * const *forms = g_ptr_array_index (self->words, i);

    for (guint j = 0; forms[j] != NULL; j++)
      append_term (expression, DIAL_TERM_NAME_START, forms[j], FALSE);
  }
}

static void
append_all (GString         *expression,
            DialSearchWords *self)
{
  append_each (expression, self, append_anywhere);
  if (self->number == NULL)
    return;

  g_string_append (expression, " OR (");
  append_number (expression, self->number);
  g_string_append_c (expression, ')');
}

char *
dial_search_words_express (DialSearchWords *self,
                           int              tier)
{
  GString *expression = g_string_new ("(");

  switch (tier) {
  case 1:
    append_starts (expression, self);
    if (self->words->len > 1) {
      g_string_append (expression, ") AND ");
      append_each (expression, self, append_name);
      return g_string_free (expression, FALSE);
    }
    break;
  case 2:
    append_each (expression, self, append_name);
    break;
  default:
    append_all (expression, self);
    break;
  }
  g_string_append_c (expression, ')');
  return g_string_free (expression, FALSE);
}

static gboolean
has_any (const char         *words,
         char                kind,
         const char * const *forms)
{
  for (guint i = 0; forms[i] != NULL; i++) {
    if (dial_terms_have (words, kind, forms[i]))
      return TRUE;
  }
  return FALSE;
}

/* As append_phone_start() has it. */
static gboolean
has_phone_start (const char *own,
                 const char *digits)
{
  guint n = dial_terms_count_country_digits (digits);
  g_autofree char *country = g_strndup (digits, n);

  return dial_terms_have (own, DIAL_TERM_PHONE, digits) ||
         (strlen (digits) <= MAX_COUNTRY_DIGITS && dial_terms_have (own, DIAL_TERM_COUNTRY, digits)) ||
         (n > 0 && digits[n] != '\0' && dial_terms_have (own, DIAL_TERM_COUNTRY, country) &&
          dial_terms_have (own, DIAL_TERM_PHONE, digits + n));
}

static gboolean
has_word (const char *words,
          const char *form)
{
  return dial_terms_have (words, DIAL_TERM_WORD, form) ||
         dial_terms_have (words, DIAL_TERM_NUMBER, form) ||
         (is_number (form) && has_phone_start (words, form));
}

static gboolean
has_number (const char *own,
            const char *digits)
{
  g_auto (GStrv) endings = get_endings (digits);

  return has_word (own, digits) || has_word (own, skip_zeros (digits)) ||
         has_any (own, DIAL_TERM_PHONE_END, (const char * const *) endings);
}

static gboolean
has_anywhere (DialSearchWords *self,
              guint            i,
              const char      *own,
              const char      *work)
{
  const char * const *forms = g_ptr_array_index (self->words, i);
  const char *joined = g_ptr_array_index (self->joined, i);

  for (guint j = 0; forms[j] != NULL; j++) {
    if (has_word (own, forms[j]) || has_word (work, forms[j]))
      return TRUE;
  }
  return (is_ending (forms[0]) && has_number (own, forms[0])) || (joined != NULL && has_number (own, joined));
}

int
dial_search_words_match (DialSearchWords *self,
                         const char      *own,
                         const char      *work)
{
  gboolean at_start = FALSE, in_name = TRUE, anywhere = TRUE;

  for (guint i = 0; i < self->words->len; i++) {
    const char * const *forms = g_ptr_array_index (self->words, i);
    gboolean starts = has_any (own, DIAL_TERM_NAME_START, forms);
    gboolean named = starts || has_any (own, DIAL_TERM_NAME, forms);

    at_start |= starts;
    in_name &= named;
    anywhere &= named || has_anywhere (self, i, own, work);
  }

  if (in_name)
    return at_start || self->words->len == 0 ? 1 : 2;
  return anywhere || (self->number != NULL && has_number (own, self->number)) ? 3 : -1;
}
