#include "dial-local-time.h"

#define WINTER 1767268800 /* 2026-01-01T12:00:00Z */
#define SUMMER 1782907200 /* 2026-07-01T12:00:00Z */

static int
get_offset (GTimeZone *zone,
            gint64     time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);

  return g_time_zone_get_offset (zone, interval);
}

/* Offsets in minutes, in January and in July. */
static const struct {
  const char *name;
  int         winter;
  int         summer;
} names[] = {
  { "Eastern Time (US & Canada)", -300, -240 },
  { "eastern time (us & canada)", -300, -240 },
  { "Pacific Time (US & Canada)", -480, -420 },
  { "Arizona", -420, -420 },
  { "Newfoundland", -210, -150 },
  { "London", 0, 60 },
  { "Berlin", 60, 120 },
  { "Pretoria", 120, 120 },
  { "Kyiv", 120, 180 },
  { "New Delhi", 330, 330 },
  { "Kathmandu", 345, 345 },
  { "Chatham Is.", 825, 765 },
  { "Nuku'alofa", 780, 780 },
  { "International Date Line West", -720, -720 },
  { "UTC", 0, 0 },
  { "Europe/Paris", 60, 120 },
  { "America/Argentina/Buenos_Aires", -180, -180 },
};

static const char * const all_names[] = {
  "International Date Line West", "Midway Island", "American Samoa", "Hawaii", "Alaska",
  "Pacific Time (US & Canada)", "Tijuana", "Mountain Time (US & Canada)", "Arizona", "Chihuahua",
  "Mazatlan", "Central Time (US & Canada)", "Saskatchewan", "Guadalajara", "Mexico City",
  "Monterrey", "Central America", "Eastern Time (US & Canada)", "Indiana (East)", "Bogota", "Lima",
  "Quito", "Atlantic Time (Canada)", "Caracas", "La Paz", "Santiago", "Newfoundland", "Brasilia",
  "Buenos Aires", "Montevideo", "Georgetown", "Puerto Rico", "Greenland", "Mid-Atlantic", "Azores",
  "Cape Verde Is.", "Dublin", "Edinburgh", "Lisbon", "London", "Casablanca", "Monrovia", "UTC",
  "Belgrade", "Bratislava", "Budapest", "Ljubljana", "Prague", "Sarajevo", "Skopje", "Warsaw",
  "Zagreb", "Brussels", "Copenhagen", "Madrid", "Paris", "Amsterdam", "Berlin", "Bern", "Zurich",
  "Rome", "Stockholm", "Vienna", "West Central Africa", "Bucharest", "Cairo", "Helsinki", "Kyiv",
  "Riga", "Sofia", "Tallinn", "Vilnius", "Athens", "Istanbul", "Minsk", "Jerusalem", "Harare",
  "Pretoria", "Kaliningrad", "Moscow", "St. Petersburg", "Volgograd", "Samara", "Kuwait", "Riyadh",
  "Nairobi", "Baghdad", "Tehran", "Abu Dhabi", "Muscat", "Baku", "Tbilisi", "Yerevan", "Kabul",
  "Ekaterinburg", "Islamabad", "Karachi", "Tashkent", "Chennai", "Kolkata", "Mumbai", "New Delhi",
  "Kathmandu", "Astana", "Dhaka", "Sri Jayawardenepura", "Almaty", "Novosibirsk", "Rangoon",
  "Bangkok", "Hanoi", "Jakarta", "Krasnoyarsk", "Beijing", "Chongqing", "Hong Kong", "Urumqi",
  "Kuala Lumpur", "Singapore", "Taipei", "Perth", "Irkutsk", "Ulaanbaatar", "Seoul", "Osaka",
  "Sapporo", "Tokyo", "Yakutsk", "Darwin", "Adelaide", "Canberra", "Melbourne", "Sydney",
  "Brisbane", "Hobart", "Vladivostok", "Guam", "Port Moresby", "Magadan", "Srednekolymsk", "Solomon Is.",
  "New Caledonia", "Fiji", "Kamchatka", "Marshall Is.", "Auckland", "Wellington", "Nuku'alofa",
  "Tokelau Is.", "Chatham Is.", "Samoa",
};

static void
test_names (void)
{
  static const char * const none[] = {
    "", "Nowhere", "Mars/Olympus", "../../../etc/passwd", "/etc/localtime",
    "Europe/../../../etc/passwd", "EST5EDT,M3.2.0/2", "+02:00", "Z", "Europe/", "Eastern Time (US & Canada) ",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (all_names); i++) {
    g_autoptr (GTimeZone) zone = dial_local_time_zone_for_name (all_names[i]);

    g_test_message ("%s", all_names[i]);
    g_assert_nonnull (zone);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GTimeZone) zone = dial_local_time_zone_for_name (names[i].name);

    g_test_message ("%s", names[i].name);
    g_assert_nonnull (zone);
    g_assert_cmpint (get_offset (zone, WINTER), ==, names[i].winter * 60);
    g_assert_cmpint (get_offset (zone, SUMMER), ==, names[i].summer * 60);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (none); i++) {
    g_test_message ("%s", none[i]);
    g_assert_null (dial_local_time_zone_for_name (none[i]));
  }
  g_assert_null (dial_local_time_zone_for_name (NULL));
}

static void
test_numbers (void)
{
  static const struct { const char *typed; int winter; } numbers[] = {
    { "+44 20 7946 0958", 0 },
    { "+49 30 901820", 60 },
    { "+81 3 1234 5678", 540 },
    { "+91 98765 43210", 330 },
    { "+27 12 345 6789", 120 },
    { "+977 1 4123456", 345 },
  };
  static const char * const none[] = {
    "+1 202 555 0143", "+1 416 555 0123", "+55 11 96123 4567", "+7 912 345 67 89",
    "+61 412 345 678", "+800 1234 5678", "zoe",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (numbers[i].typed, NULL, NULL);
    g_autoptr (GTimeZone) zone = dial_local_time_zone_for_number (number);

    g_test_message ("%s", numbers[i].typed);
    g_assert_nonnull (zone);
    g_assert_cmpint (get_offset (zone, WINTER), ==, numbers[i].winter * 60);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (none); i++) {
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (none[i], NULL, NULL);

    g_test_message ("%s", none[i]);
    g_assert_null (dial_local_time_zone_for_number (number));
  }
  g_assert_null (dial_local_time_zone_for_number (NULL));
}

static void
test_candidate (void)
{
  g_autoptr (DialCandidate) candidate = dial_candidate_new (1);
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new ("+49 30 901820", NULL, NULL);
  g_autoptr (GTimeZone) by_name = NULL;
  g_autoptr (GTimeZone) by_number = NULL;

  candidate->time_zone = g_strdup ("Tokyo");
  by_name = dial_local_time_zone (candidate, number);
  g_assert_cmpint (get_offset (by_name, WINTER), ==, 540 * 60);

  dial_set_str (&candidate->time_zone, "Nowhere");
  by_number = dial_local_time_zone (candidate, number);
  g_assert_cmpint (get_offset (by_number, WINTER), ==, 60 * 60);

  g_assert_null (dial_local_time_zone (candidate, NULL));
  g_assert_null (dial_local_time_zone (NULL, NULL));
}

/* Which time it is there, and whether one may call, at instants of a winter's day. */
static const struct {
  const char *typed;
  const char *zone;
  int         utc_hour;
  const char *earliest;
  const char *latest;
  gboolean    awake;
} clocks[] = {
  { "+49 30 901820", NULL, 7, "08:30", "08:30", TRUE },
  { "+49 30 901820", NULL, 6, "07:30", "07:30", FALSE },
  { "+49 30 901820", NULL, 18, "19:30", "19:30", TRUE },
  { "+49 30 901820", NULL, 19, "20:30", "20:30", FALSE },
  { "+49 30 901820", "Tokyo", 7, "16:30", "16:30", TRUE },
  { "+1 202 555 0143", "Hawaii", 7, "21:30", "21:30", FALSE },
  /* From Honolulu to New York: somebody may be up, and nobody can be. */
  { "+1 202 555 0143", NULL, 15, "05:30", "10:30", TRUE },
  { "+1 202 555 0143", NULL, 7, "21:30", "02:30", FALSE },
  /* Half hours count, too. */
  { "+91 22 2202 2202", NULL, 2, "08:00", "08:00", TRUE },
};

static void
test_clocks (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (clocks); i++) {
    g_autoptr (DialCandidate) candidate = dial_candidate_new (1);
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (clocks[i].typed, NULL, NULL);
    g_autoptr (GDateTime) utc = g_date_time_new_utc (2026, 1, 15, clocks[i].utc_hour, 30, 0);
    g_autoptr (DialLocalTime) time = NULL;
    g_autofree char *earliest = NULL;
    g_autofree char *latest = NULL;

    candidate->time_zone = g_strdup (clocks[i].zone);
    time = dial_local_time_at (candidate, number, g_date_time_to_unix (utc) * G_USEC_PER_SEC);
    g_assert_nonnull (time);
    earliest = g_date_time_format (time->earliest, "%H:%M");
    latest = g_date_time_format (time->latest, "%H:%M");

    g_test_message ("%s at %d:30", clocks[i].typed, clocks[i].utc_hour);
    g_assert_cmpstr (earliest, ==, clocks[i].earliest);
    g_assert_cmpstr (latest, ==, clocks[i].latest);
    g_assert_cmpint (time->awake, ==, clocks[i].awake);
    g_assert_cmpint (dial_local_time_is_range (time), ==, !g_str_equal (earliest, latest));
  }

  g_assert_null (dial_local_time_at (NULL, NULL, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-time/names", test_names);
  g_test_add_func ("/local-time/numbers", test_numbers);
  g_test_add_func ("/local-time/candidate", test_candidate);
  g_test_add_func ("/local-time/clocks", test_clocks);

  return g_test_run ();
}
