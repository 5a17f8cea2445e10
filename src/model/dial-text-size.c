#include "dial-text-size.h"

#include <string.h>

/* How text messages are cut: by the GSM 7-bit default alphabet with its extension table (3GPP TS 23.038), or, as soon
 * as one character is in neither, by UTF-16. Of a text in several parts each gives up room for its place among them
 * (TS 23.040), and nothing that takes two units is cut in two. */

#define SINGLE_SEPTETS 160
#define PART_SEPTETS   153
#define SINGLE_UNITS   70
#define PART_UNITS     67

/* One septet each. */
static const char basic[] =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/* Two septets each: an escape before them. */
static const char extended[] = "\f^{}\\[~]|€";

/* What a word processor makes of plain signs, and the signs again. */
static const struct {
  gunichar    costly;
  const char *plain;
} plain_signs[] = {
  { 0x00a0, " " }, { 0x2002, " " }, { 0x2003, " " }, { 0x2009, " " }, { 0x202f, " " },
  { 0x00ad, "" }, { 0x200b, "" }, { 0x200c, "" }, { 0x200d, "" }, { 0x2060, "" }, { 0xfeff, "" },
  { 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2212, "-" },
  { 0x2018, "'" }, { 0x2019, "'" }, { 0x201a, "'" }, { 0x2032, "'" }, { 0x0060, "'" }, { 0x00b4, "'" },
  { 0x201c, "\"" }, { 0x201d, "\"" }, { 0x201e, "\"" }, { 0x2033, "\"" }, { 0x00ab, "\"" }, { 0x00bb, "\"" },
  { 0x2022, "-" }, { 0x00b7, "-" }, { 0x2026, "..." }, { 0x00d7, "x" }, { '\t', " " },
};

/* Returns: how many septets it takes; 0 if the alphabet does not have it */
static guint
count_septets (gunichar c)
{
  if (g_utf8_strchr (basic, -1, c) != NULL)
    return 1;

  return g_utf8_strchr (extended, -1, c) != NULL ? 2 : 0;
}

static guint
count_utf16 (gunichar c)
{
  return c > 0xffff ? 2 : 1;
}

static gboolean
needs_unicode (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (count_septets (g_utf8_get_char (at)) == 0)
      return TRUE;

  return FALSE;
}

/* Fills part after part. */
static void
cut (const char   *text,
     guint         part_size,
     DialTextSize *size)
{
  guint used = 0;

  size->part_size = part_size;
  size->n_parts = *text != '\0' ? 1 : 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    guint n = size->is_unicode ? count_utf16 (c) : count_septets (c);

    if (used + n > part_size) {
      size->n_parts++;
      used = 0;
    }
    used += n;
  }
  size->n_left = part_size - used;
}

/**
 * dial_text_size_measure:
 * @text: a text, valid UTF-8
 * @size: (out caller-allocates): how it is cut
 */
void
dial_text_size_measure (const char   *text,
                        DialTextSize *size)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (size != NULL);

  memset (size, 0, sizeof *size);
  size->n_characters = (guint) g_utf8_strlen (text, -1);
  size->is_unicode = needs_unicode (text);
  cut (text, size->is_unicode ? SINGLE_UNITS : SINGLE_SEPTETS, size);
  if (size->n_parts > 1)
    cut (text, size->is_unicode ? PART_UNITS : PART_SEPTETS, size);
}

/**
 * dial_text_size_dup_costly:
 * @text: a text, valid UTF-8
 * @max: how many at most
 *
 * Returns: (transfer full): the characters outside the GSM alphabet, each once, with spaces between; those that
 *   nobody sees are left out
 */
char *
dial_text_size_dup_costly (const char *text,
                           guint       max)
{
  GString *costly = g_string_new (NULL);
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0' && n < max; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (count_septets (c) != 0 || !g_unichar_isgraph (c) || g_unichar_iszerowidth (c) ||
        g_utf8_strchr (costly->str, -1, c) != NULL)
      continue;

    if (n++ > 0)
      g_string_append_c (costly, ' ');
    g_string_append_unichar (costly, c);
  }
  return g_string_free (costly, FALSE);
}

static const char *
find_plain (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_signs); i++)
    if (plain_signs[i].costly == c)
      return plain_signs[i].plain;

  return NULL;
}

/**
 * dial_text_size_dup_plain:
 * @text: a text, valid UTF-8
 *
 * Writes typographic signs, such as curly quotes and long dashes, as the plain ones that cost less. Letters are left
 * alone: a name is not written otherwise to save money.
 *
 * Returns: (transfer full): the text
 */
char *
dial_text_size_dup_plain (const char *text)
{
  GString *plain = g_string_new (NULL);
  g_autofree char *composed = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* A letter with its accent beside it looks like the one that is in the alphabet, and is not. */
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    const char *sign = count_septets (c) == 0 ? find_plain (c) : NULL;

    if (sign != NULL)
      g_string_append (plain, sign);
    else
      g_string_append_unichar (plain, c);
  }
  return g_string_free (plain, FALSE);
}
