/* Times of day and lengths, as people type them. */
#include "dial-typed-time.h"

static const struct {
  const char *typed;
  int         hour;     /* -1: no time of day */
  int         minute;
} times[] = {
  { "14:05", 14, 5 },
  { " 14.05 ", 14, 5 },
  { "9", 9, 0 },
  { "0:00", 0, 0 },
  { "2:05 pm", 14, 5 },
  { "12:30 AM", 0, 30 },
  { "12 p.m.", 12, 0 },
  { "٩:٤١", 9, 41 },
  { "24:00", -1, 0 },
  { "14:60", -1, 0 },
  { "14:5", -1, 0 },
  { "13:00 pm", -1, 0 },
  { "14:05:06", -1, 0 },
  { "14:", -1, 0 },
  { "noon", -1, 0 },
  { "", -1, 0 },
  { "-1", -1, 0 },
  { "99999999999999", -1, 0 },
};

static const struct {
  const char *typed;
  int         seconds;   /* -2: no length */
} lengths[] = {
  { "", -1 },
  { "  ", -1 },
  { "12", 720 },
  { "12:30", 750 },
  { "1:02:03", 3723 },
  { "0:05", 5 },
  { "90", 5400 },
  { "12:5", -2 },
  { "12:60", -2 },
  { "1:60:00", -2 },
  { "1:2:3:4", -2 },
  { "long", -2 },
  { "-3", -2 },
  { "9999", -2 },
};

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    int hour = -1, minute = 0;

    g_test_message ("“%s”", times[i].typed);
    g_assert_true (dial_typed_time_parse (times[i].typed, &hour, &minute) == (times[i].hour >= 0));
    if (times[i].hour < 0)
      continue;
    g_assert_cmpint (hour, ==, times[i].hour);
    g_assert_cmpint (minute, ==, times[i].minute);
  }
}

static void
test_lengths (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    int seconds = -2;

    g_test_message ("“%s”", lengths[i].typed);
    g_assert_true (dial_typed_time_parse_length (lengths[i].typed, &seconds) == (lengths[i].seconds > -2));
    if (lengths[i].seconds > -2)
      g_assert_cmpint (seconds, ==, lengths[i].seconds);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typed-time/times", test_times);
  g_test_add_func ("/typed-time/lengths", test_lengths);

  return g_test_run ();
}
