#include "dial-quote.h"

#include <string.h>

/* Nobody reads more than this. */
#define MAX_QUOTE 200

static void
append (GString       *words,
        DialJsonValue  value,
        int            depth)
{
  g_autofree char *text = dial_json_dup_text (value);
  DialJsonValue inner;
  DialJsonIter iter;
  const char *name;

  if (depth > 3 || words->len > MAX_QUOTE)
    return;

  if (text != NULL)
    g_string_append (words, text);

  dial_json_iter_init (&iter, value);
  for (guint i = 0; i < 5 && dial_json_iter_next (&iter, &inner); i++) {
    if (words->len > 0 && !g_str_has_suffix (words->str, ": "))
      g_string_append (words, ", ");
    append (words, inner, depth + 1);
  }

  dial_json_iter_init_object (&iter, value);
  while (dial_json_iter_next_member (&iter, &name, &inner)) {
    if (words->len > 0)
      g_string_append (words, ", ");
    if (strcmp (name, "message") != 0 && strcmp (name, "field") != 0)
      g_string_append_printf (words, "%s: ", name);
    append (words, inner, depth + 1);
  }
}

/**
 * dial_quote_append:
 * @words: what was quoted so far
 * @value: a text, a list of texts, of `{field: text}` or of `{message, field}`
 *
 * Makes one line of all of them.
 */
void
dial_quote_append (GString       *words,
                   DialJsonValue  value)
{
  append (words, value, 0);
}

/**
 * dial_quote_repeats:
 * @words: what was quoted
 * @secret: something that was sent
 *
 * Returns: whether a line of what was sent stands in what came back
 */
gboolean
dial_quote_repeats (const GString *words,
                    const char    *secret)
{
  g_auto (GStrv) lines = g_strsplit (secret, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (g_strstrip (lines[i])) >= 4 && strstr (words->str, lines[i]) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * dial_quote_finish:
 * @words: (transfer full): what was quoted
 *
 * Returns: (transfer full) (nullable): one line of sensible length, %NULL if there is nothing
 */
char *
dial_quote_finish (GString *words)
{
  for (gsize i = 0; i < words->len; i++)
    if (g_ascii_iscntrl (words->str[i]))
      words->str[i] = ' ';

  if (g_utf8_strlen (words->str, -1) > MAX_QUOTE) {
    g_string_truncate (words, g_utf8_offset_to_pointer (words->str, MAX_QUOTE) - words->str);
    g_string_append (words, "…");
  }

  return g_string_free (words, words->len == 0);
}
