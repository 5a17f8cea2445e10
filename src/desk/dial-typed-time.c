#include "dial-typed-time.h"

#include <string.h>

/* Reads up to three numbers with colons (or a dot, as in 14.05) between them. Whatever digits a keyboard has. */
static guint
read_numbers (const char  *text,
              int         *numbers,
              const char **rest)
{
  guint n = 0;

  while (n < 3 && g_unichar_digit_value (g_utf8_get_char (text)) >= 0) {
    guint n_digits = 0;
    int digit;

    numbers[n] = 0;
    while ((digit = g_unichar_digit_value (g_utf8_get_char (text))) >= 0) {
      if (++n_digits > 4)
        return 0;
      numbers[n] = 10 * numbers[n] + digit;
      text = g_utf8_next_char (text);
    }
    /* 14:5 is a slip of the hand. */
    if (n > 0 && n_digits != 2)
      return 0;
    n++;
    if (*text != ':' && *text != '.')
      break;
    text++;
    if (g_unichar_digit_value (g_utf8_get_char (text)) < 0)
      return 0;
  }

  *rest = text;
  return n;
}

/**
 * dial_typed_time_parse:
 * @text: what was typed
 * @hour: (out): the hour
 * @minute: (out): the minute
 *
 * Reads `14:05`, `14.05`, `2:05 pm`, `9`.
 *
 * Returns: whether it is a time of day
 */
gboolean
dial_typed_time_parse (const char *text,
                       int        *hour,
                       int        *minute)
{
  g_autofree char *typed = g_strstrip (g_utf8_strdown (text, -1));
  int numbers[3] = { 0 };
  const char *rest;
  guint n = read_numbers (typed, numbers, &rest);

  if (n != 1 && n != 2)
    return FALSE;

  rest += strspn (rest, " ");
  if (*rest != '\0') {
    gboolean afternoon = g_str_equal (rest, "pm") || g_str_equal (rest, "p.m.");

    if ((!afternoon && !g_str_equal (rest, "am") && !g_str_equal (rest, "a.m.")) || numbers[0] < 1 || numbers[0] > 12)
      return FALSE;
    numbers[0] = numbers[0] % 12 + (afternoon ? 12 : 0);
  }
  if (numbers[0] > 23 || numbers[1] > 59)
    return FALSE;

  *hour = numbers[0];
  *minute = numbers[1];
  return TRUE;
}

/**
 * dial_typed_time_parse_length:
 * @text: what was typed
 * @seconds: (out): how long, -1 if nothing was typed
 *
 * Reads minutes `12`, minutes and seconds `12:30`, or hours too `1:02:03`.
 *
 * Returns: whether it is a length, or nothing
 */
gboolean
dial_typed_time_parse_length (const char *text,
                              int        *seconds)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  int numbers[3] = { 0 };
  const char *rest;
  guint n;

  *seconds = -1;
  if (*typed == '\0')
    return TRUE;

  n = read_numbers (typed, numbers, &rest);
  if (n == 0 || *rest != '\0' || (n > 1 && numbers[1] > 59) || (n > 2 && numbers[2] > 59))
    return FALSE;

  *seconds = n == 3 ? 3600 * numbers[0] + 60 * numbers[1] + numbers[2] : 60 * numbers[0] + numbers[1];
  /* Nobody is on the line for a day. */
  return *seconds < 24 * 3600;
}
