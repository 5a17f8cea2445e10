#include "dial-util.h"

#include <langinfo.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#define LARGE_BLOCK (128 * 1024)

/* Of memory: one for the main loop, and one for each thread that a sync keeps busy. */
#define N_ARENAS 6

/* How nice a thread is that stands back. */
#define NICE 10

/**
 * dial_set_str:
 * @target: (inout): where a string is kept
 * @value: (nullable): the new string
 *
 * Replaces the string at @target by a copy of @value.
 *
 * Returns: whether the string changed
 */
gboolean
dial_set_str (char       **target,
              const char  *value)
{
  char *copy;

  g_return_val_if_fail (target != NULL, FALSE);

  if (g_strcmp0 (*target, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*target);
  *target = copy;
  return TRUE;
}

/**
 * dial_home_region:
 *
 * Which country people here mean who write a phone number without its country's code: the one of the
 * recruiter's locale.
 *
 * Returns: (nullable): an ISO 3166 code of two letters, %NULL if the locale names no country
 */
const char *
dial_home_region (void)
{
  const char *region = nl_langinfo (_NL_ADDRESS_COUNTRY_AB2);

  return region != NULL && *region != '\0' ? region : NULL;
}

/* Digits, as many as @length. */
static int
read_digits (const char *text,
             int         length)
{
  int number = 0;

  for (int i = 0; i < length; i++)
    number = number * 10 + (text[i] - '0');

  return number;
}

/* The days from 1970 to a day of the Gregorian calendar, counted in years that begin in March. */
static gint64
count_days (int year,
            int month,
            int day)
{
  gint64 years = year - (month <= 2);
  gint64 days = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return years * 365 + years / 4 - years / 100 + years / 400 + days - 719468;
}

/* The very form Greenhouse uses, `2026-11-12T16:40:55.020Z`: a page has thousands. Whatever else is
 * allowed, or is no time at all, is left to GLib. */
static gboolean
parse_usual (const char *text,
             gint64     *instant)
{
  static const char form[] = "0000-00-00T00:00:00.000Z";
  int year, month, day, hour, minute, second, fraction;

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;

  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day = read_digits (text + 8, 2);
  hour = read_digits (text + 11, 2);
  minute = read_digits (text + 14, 2);
  second = read_digits (text + 17, 2);
  fraction = read_digits (text + 20, 3);
  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month (month, (GDateYear) year) || hour > 23 || minute > 59 || second > 59)
    return FALSE;

  *instant = (count_days (year, month, day) * 86400 + hour * 3600 + minute * 60 + second) *
             G_USEC_PER_SEC + fraction * 1000;
  return TRUE;
}

/**
 * dial_instant_parse:
 * @text: (nullable): an ISO 8601 time with its zone, as Greenhouse writes it
 *
 * Returns: microseconds since 1970, or %DIAL_INSTANT_UNKNOWN if @text is no time
 */
gint64
dial_instant_parse (const char *text)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 instant;

  if (text == NULL)
    return DIAL_INSTANT_UNKNOWN;

  if (parse_usual (text, &instant))
    return instant;

  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    return DIAL_INSTANT_UNKNOWN;

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/**
 * dial_instant_format:
 * @instant: microseconds since 1970
 *
 * Writes @instant as ISO 8601 in UTC with milliseconds, the form Harvest v3 uses.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if the instant is not known
 */
char *
dial_instant_format (gint64 instant)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *seconds = NULL;

  if (instant == DIAL_INSTANT_UNKNOWN)
    return NULL;

  time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  if (time == NULL)
    return NULL;

  seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", seconds, (int) (instant % G_USEC_PER_SEC / 1000));
}

/**
 * dial_dup_local_zone:
 * @instant: an instant
 *
 * Returns: (transfer full): a name that means the same zone wherever the computer goes next; its offset at
 *   @instant where it has none
 */
char *
dial_dup_local_zone (gint64 instant)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (name);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) here = NULL;

  if (known != NULL)
    return g_strdup (name);

  utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  here = g_date_time_to_timezone (utc, local);
  return g_date_time_format (here, "%:z");
}

/**
 * dial_enum_to_nick:
 * @type: an enumeration type
 * @value: one of its values
 *
 * Returns: the value's nick, which is how Dialhouse writes enumerations into the store and JSON;
 *   the nick of the first value if @value is none of them
 */
const char *
dial_enum_to_nick (GType type,
                   int   value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (enum_class, value);

  return found != NULL ? found->value_nick : enum_class->values[0].value_nick;
}

/**
 * dial_enum_from_nick:
 * @type: an enumeration type
 * @nick: (nullable): a nick
 * @value: (out): the value
 *
 * Returns: whether @nick names a value of @type; @value is left alone otherwise
 */
gboolean
dial_enum_from_nick (GType       type,
                     const char *nick,
                     int        *value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  GEnumValue *found;

  g_return_val_if_fail (value != NULL, FALSE);

  found = nick != NULL ? g_enum_get_value_by_nick (enum_class, nick) : NULL;
  if (found == NULL)
    return FALSE;

  *value = found->value;
  return TRUE;
}

/**
 * dial_save_memory:
 *
 * Large blocks, such as answers, always stand alone and are given back at once: they would leave holes that what
 * is small and stays would settle in, which costs 10 MB. Threads have memory of their own, though not as many as
 * come and go: with two shares for all of them the main loop waited for a lock 14,000 times in a first sync of
 * 100,000, now 500 times. Call it before there are any threads.
 */
void
dial_save_memory (void)
{
#ifdef M_ARENA_MAX
  mallopt (M_ARENA_MAX, N_ARENAS);
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt (M_TRIM_THRESHOLD, 4 * LARGE_BLOCK);
#endif
}

/**
 * dial_stand_back:
 *
 * Lets the calling thread run only when those that somebody waits for have nothing to do: the main loop, and
 * the display that paints what it drew. Call it in a thread that works on behalf of a sync, ahead of time, or
 * on what may take its time.
 */
void
dial_stand_back (void)
{
  (void) setpriority (PRIO_PROCESS, (id_t) gettid (), NICE);
}
