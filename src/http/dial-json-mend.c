#include "dial-json.h"

#include <string.h>

static int
read_hex4 (const char *at,
           gsize       left)
{
  int value = 0;

  if (left < 4)
    return -1;

  for (int i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (at[i]))
      return -1;
    value = value * 16 + g_ascii_xdigit_value (at[i]);
  }

  return value;
}

/* Surrogates come in pairs. The escape at @at is made harmless without changing its length. Returns
 * how many bytes to skip. */
static gsize
mend_escape (char  *at,
             gsize  left)
{
  int high, low;

  if (left < 2 || at[1] != 'u')
    return MIN (left, 2);

  high = read_hex4 (at + 2, left - 2);
  if (high < 0)
    return 2;

  if (high < 0xd800 || high > 0xdfff)
    return 6;

  low = left >= 12 && at[6] == '\\' && at[7] == 'u' ? read_hex4 (at + 8, left - 8) : -1;
  if (high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff)
    return 12;

  memcpy (at + 2, "fffd", 4);
  return 6;
}

/* Whether no 64 bits hold it. The longest number that fits has 20 characters; fractions may have
 * more, none of which matters. */
static gboolean
is_too_large (const char *at,
              gsize       length)
{
  char number[64];
  guint64 whole;
  gint64 negative;

  if (length >= sizeof number)
    return TRUE;

  memcpy (number, at, length);
  number[length] = '\0';
  if (strpbrk (number, ".eE") != NULL) {
    double value = g_ascii_strtod (number, NULL);

    return value - value != 0.0;
  }

  return !g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT64, &whole, NULL) &&
         !g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &negative, NULL);
}

/* A number that would have the whole page refused becomes null. */
static gsize
mend_number (char  *at,
             gsize  left)
{
  gsize length = 0;

  while (length < left && at[length] != '\0' &&
         (g_ascii_isalnum (at[length]) || strchr ("+-.", at[length]) != NULL))
    length++;

  if (length > 4 && is_too_large (at, length)) {
    memset (at, ' ', length);
    memcpy (at, "null", 4);
  }

  return length;
}

static void
mend_text (char  *text,
           gsize  length)
{
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length;) {
    char c = text[i];

    if (in_string && c == '\\')
      i += mend_escape (text + i, length - i);
    else if (in_string) {
      in_string = c != '"';
      /* Not allowed, and nothing else than a blank can have been meant. */
      if ((guchar) c < 0x20)
        text[i] = ' ';
      i++;
    } else if (c == '-' || g_ascii_isdigit (c))
      i += MAX (mend_number (text + i, length - i), 1);
    else {
      in_string = c == '"';
      i++;
    }
  }
}

/**
 * dial_json_mend:
 * @data: an answer's body that could not be read
 * @size: its length
 * @padding: how many zeros to put behind the copy
 * @length: (out): the copy's length
 *
 * Puts right what need not cost the whole page: broken UTF-8, control characters in texts, lonely
 * surrogates, numbers beyond 64 bits.
 *
 * Returns: (transfer full): a copy
 */
char *
dial_json_mend (const char *data,
                gsize       size,
                gsize       padding,
                gsize      *length)
{
  g_autofree char *valid = g_utf8_make_valid (data, size);
  char *text;

  *length = strlen (valid);
  text = g_realloc (g_steal_pointer (&valid), *length + padding);
  memset (text + *length, 0, padding);
  mend_text (text, *length);
  return text;
}
