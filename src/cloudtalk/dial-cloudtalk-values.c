#include "dial-cloudtalk-parser-private.h"

#include <string.h>

/* E.164 has no longer ones; shorter ones are extensions. */
#define MAX_DIGITS 15
#define MIN_DIGITS 7

/* Nobody sends a longer address. */
#define MAX_LINK   2000

/* More of them in one record make no sense. */
#define MAX_TEXTS  500

/**
 * dial_cloudtalk_read_number:
 * @value: a place
 *
 * Numbers come as `"+44…"`, as `"44…"` and as a bare number (CloudTalk's API description).
 *
 * Returns: (transfer full) (nullable): the telephone number there in E.164; an extension as it is;
 *   %NULL if there is none, or a word such as “anonymous”
 */
char *
dial_cloudtalk_read_number (DialJsonValue value)
{
  g_autofree char *text = dial_json_dup_text (value);
  char digits[MAX_DIGITS + 1];
  gboolean is_whole;
  guint length = 0;
  const char *at;

  if (text == NULL)
    return NULL;

  g_strstrip (text);
  is_whole = *text == '+';
  at = is_whole ? text + 1 : text;
  if (!is_whole && g_str_has_prefix (at, "00"))
    at += 2;

  for (; *at != '\0'; at++) {
    if (strchr (" -().", *at) != NULL)
      continue;
    if (!g_ascii_isdigit (*at) || length == MAX_DIGITS)
      return NULL;
    digits[length++] = *at;
  }

  digits[length] = '\0';
  if (length == 0 || strspn (digits, "0") == length)
    return NULL;

  return is_whole || length >= MIN_DIGITS ? g_strconcat ("+", digits, NULL) : g_strdup (digits);
}

/**
 * dial_cloudtalk_read_instant:
 * @value: a place
 *
 * Times are ISO 8601 in UTC, with `T` and `Z` or with a blank and without a zone (CloudTalk's API
 * description), or with an offset (seen in use, not documented).
 *
 * Returns: an instant, %DIAL_INSTANT_UNKNOWN if there is none
 */
gint64
dial_cloudtalk_read_instant (DialJsonValue value)
{
  g_autofree char *text = dial_json_dup_text (value);
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL)
    return DIAL_INSTANT_UNKNOWN;

  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (g_strstrip (text), utc);
  if (time == NULL || g_date_time_to_unix (time) <= 0)
    return DIAL_INSTANT_UNKNOWN;

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/**
 * dial_cloudtalk_read_flag:
 * @value: a place
 * @otherwise: what to believe where there is nothing, or something else
 *
 * Returns: the truth there, as a word or a number too
 */
gboolean
dial_cloudtalk_read_flag (DialJsonValue value,
                          gboolean      otherwise)
{
  g_autofree char *text = NULL;

  if (dial_json_get_flag (value))
    return TRUE;

  text = dial_json_dup_text (value);
  if (text == NULL)
    return dial_json_is_false (value) ? FALSE : otherwise;

  g_strstrip (text);
  if (strcmp (text, "1") == 0 || g_ascii_strcasecmp (text, "true") == 0)
    return TRUE;
  if (strcmp (text, "0") == 0 || g_ascii_strcasecmp (text, "false") == 0)
    return FALSE;

  return otherwise;
}

/**
 * dial_cloudtalk_read_count:
 * @value: a place
 *
 * Returns: the whole number there, digits too; -1 if there is none, or one below zero
 */
int
dial_cloudtalk_read_count (DialJsonValue value)
{
  g_autofree char *text = dial_json_dup_text (value);
  gint64 count;
  char *end;

  if (text == NULL)
    return -1;

  g_strstrip (text);
  end = strchr (text, '.');
  if (end != NULL && strspn (end + 1, "0123456789") == strlen (end + 1))
    *end = '\0';

  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &count, NULL) ? (int) count : -1;
}

/**
 * dial_cloudtalk_read_link:
 * @value: a place
 *
 * Returns: (transfer full) (nullable): the web address there, %NULL if there is none
 */
char *
dial_cloudtalk_read_link (DialJsonValue value)
{
  g_autofree char *text = dial_json_dup_text (value);

  if (text == NULL || strlen (g_strstrip (text)) > MAX_LINK || strpbrk (text, " \t\r\n\"<>") != NULL ||
      (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://")))
    return NULL;

  return g_steal_pointer (&text);
}

static void
add_text (GPtrArray         *texts,
          DialJsonValue      value,
          const char *const *members,
          char            *(*read) (DialJsonValue value))
{
  g_autofree char *text = read (value);

  for (guint i = 0; text == NULL && members[i] != NULL; i++)
    text = read (dial_json_get (value, members[i]));

  if (text == NULL || *g_strstrip (text) == '\0' || texts->len >= MAX_TEXTS)
    return;

  for (guint i = 0; i < texts->len; i++)
    if (strcmp (g_ptr_array_index (texts, i), text) == 0)
      return;

  g_ptr_array_add (texts, g_steal_pointer (&text));
}

/**
 * dial_cloudtalk_read_texts:
 * @texts: (element-type utf8): those that were found so far
 * @list: a place with one or a list of them
 * @members: (array zero-terminated=1): where in an object they may be, the best first
 * @read: reads one
 *
 * Adds those that are not there yet.
 */
void
dial_cloudtalk_read_texts (GPtrArray          *texts,
                           DialJsonValue       list,
                           const char *const  *members,
                           char             *(*read) (DialJsonValue value))
{
  DialJsonIter iter;
  DialJsonValue value;

  if (!dial_json_is_array (list)) {
    add_text (texts, list, members, read);
    return;
  }

  dial_json_iter_init (&iter, list);
  while (dial_json_iter_next (&iter, &value))
    add_text (texts, value, members, read);
}

/**
 * dial_cloudtalk_take_texts:
 * @texts: (transfer full) (element-type utf8): texts
 *
 * Returns: (transfer full): the same
 */
GStrv
dial_cloudtalk_take_texts (GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_free (texts, FALSE);
}
