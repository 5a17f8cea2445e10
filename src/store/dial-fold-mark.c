#include "dial-fold.h"
#include "dial-store.h"

#include <string.h>

/* A stretch of the text, in bytes. */
typedef struct {
  guint start;
  guint end;
} Range;

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || (c >= 0x80 && g_unichar_ismark (c));
}

static gboolean
is_sign (gunichar c)
{
  GUnicodeScript script = c < 0x80 ? G_UNICODE_SCRIPT_LATIN : g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HANGUL;
}

/* Whether one of the words of @folded begins with @form. */
static gboolean
has_beginning (const char *folded,
               const char *form)
{
  for (const char *p = folded; p != NULL; p = strchr (p, ' ')) {
    p += *p == ' ';
    if (g_str_has_prefix (p, form))
      return TRUE;
  }
  return FALSE;
}

/* What @from to @to reads without the marks within a word, folded: O’Brien is OBrien. */
static char *
fold_stretch (const char *from,
              const char *to)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = from; p < to; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_letter (c))
      g_string_append_unichar (bare, c);
  }
  return dial_fold_text (bare->str);
}

/* Where the word at @p ends; with @joined an apostrophe or hyphen does not end it. */
static const char *
find_word_end (const char *p,
               gboolean    joined)
{
  for (; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gunichar next = g_utf8_get_char (g_utf8_next_char (p));

    if (is_sign (c) ||
        (!is_letter (c) && !(joined && strchr ("'-`", c < 0x80 ? (int) c : '\'') != NULL &&
                             !g_unichar_isspace (c) && is_letter (next))))
      break;
  }
  return p;
}

/* As little of the word from @start to @end as reads like @form; NULL if it does not begin so. */
static const char *
match_letters (const char *start,
               const char *end,
               const char *form)
{
  g_autofree char *whole = fold_stretch (start, end);

  if (!has_beginning (whole, form))
    return NULL;

  for (const char *p = start; p < end;) {
    g_autofree char *folded = NULL;

    do
      p = g_utf8_next_char (p);
    while (p < end && g_unichar_ismark (g_utf8_get_char (p)));
    folded = fold_stretch (start, p);
    if (has_beginning (folded, form))
      return p;
  }
  return end;
}

/* The same of signs, each of which is a syllable: as many as it takes to read @form. */
static const char *
match_signs (const char *start,
             const char *form)
{
  g_autoptr (GString) spelled = g_string_new (NULL);

  for (const char *p = start; is_sign (g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
    g_autofree char *sign = g_strndup (p, g_utf8_next_char (p) - p);
    g_autofree char *folded = dial_fold_text (sign);
    const char *syllable = strchr (folded, ' ');

    if (p == start && has_beginning (folded, form))
      return g_utf8_next_char (p);
    if (syllable == NULL)
      return NULL;

    g_string_append (spelled, syllable + 1);
    if (g_str_has_prefix (spelled->str, form))
      return g_utf8_next_char (p);
    if (!g_str_has_prefix (form, spelled->str))
      return NULL;
  }
  return NULL;
}

static const char *
match_at (const char *start,
          const char *form)
{
  const char *end = NULL;

  if (is_sign (g_utf8_get_char (start)))
    return match_signs (start, form);

  end = match_letters (start, find_word_end (start, FALSE), form);
  return end != NULL ? end : match_letters (start, find_word_end (start, TRUE), form);
}

/* The longest stretch at @start that one of the words has brought up. */
static const char *
find_match (const char *start,
            GPtrArray  *words)
{
  const char *longest = NULL;

  for (guint i = 0; i < words->len; i++) {
    GStrv forms = g_ptr_array_index (words, i);

    for (guint j = 0; forms[j] != NULL; j++) {
      const char *end = match_at (start, forms[j]);

      if (end != NULL && (longest == NULL || end > longest))
        longest = end;
    }
  }
  return longest;
}

/**
 * dial_fold_mark:
 * @text: a text that is shown
 * @needle: what was searched for
 *
 * Finds the parts of @text that the words of @needle stand for: `mue` is the “Mü” of “Müller”, `zhang`
 * the first sign of “张伟”.
 *
 * Returns: (transfer full) (element-type guint): for each part where it starts and where it ends, in
 *   bytes, in their order
 */
GArray *
dial_fold_mark (const char *text,
                const char *needle)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  g_autoptr (GPtrArray) words = NULL;
  gboolean in_word = FALSE;

  g_return_val_if_fail (text != NULL && needle != NULL, ranges);

  if (!g_utf8_validate (text, -1, NULL))
    return ranges;

  words = dial_fold_query (needle);
  for (const char *p = text; words->len > 0 && *p != '\0';) {
    gunichar c = g_utf8_get_char (p);
    gboolean at_start = is_letter (c) && (!in_word || is_sign (c));
    const char *end = at_start ? find_match (p, words) : NULL;

    in_word = is_letter (c) && !is_sign (c);
    if (end != NULL) {
      Range range = { p - text, end - text };

      g_array_append_val (ranges, range);
      p = end;
      in_word = !is_sign (c);
    } else {
      p = g_utf8_next_char (p);
    }
  }
  return ranges;
}
