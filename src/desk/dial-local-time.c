#include "dial-local-time.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>

/* The zones Rails knows by name (ActiveSupport::TimeZone), which are the names Greenhouse uses.
 * Where the time zone database has renamed a zone, its present name stands here: not every system
 * still installs the old ones. */
static const struct {
  const char *name;
  const char *identifier;
} rails_zones[] = {
  { "Abu Dhabi", "Asia/Dubai" },
  { "Adelaide", "Australia/Adelaide" },
  { "Alaska", "America/Juneau" },
  { "Almaty", "Asia/Almaty" },
  { "American Samoa", "Pacific/Pago_Pago" },
  { "Amsterdam", "Europe/Amsterdam" },
  { "Arizona", "America/Phoenix" },
  { "Astana", "Asia/Almaty" },
  { "Athens", "Europe/Athens" },
  { "Atlantic Time (Canada)", "America/Halifax" },
  { "Auckland", "Pacific/Auckland" },
  { "Azores", "Atlantic/Azores" },
  { "Baghdad", "Asia/Baghdad" },
  { "Baku", "Asia/Baku" },
  { "Bangkok", "Asia/Bangkok" },
  { "Beijing", "Asia/Shanghai" },
  { "Belgrade", "Europe/Belgrade" },
  { "Berlin", "Europe/Berlin" },
  { "Bern", "Europe/Zurich" },
  { "Bogota", "America/Bogota" },
  { "Brasilia", "America/Sao_Paulo" },
  { "Bratislava", "Europe/Bratislava" },
  { "Brisbane", "Australia/Brisbane" },
  { "Brussels", "Europe/Brussels" },
  { "Bucharest", "Europe/Bucharest" },
  { "Budapest", "Europe/Budapest" },
  { "Buenos Aires", "America/Argentina/Buenos_Aires" },
  { "Cairo", "Africa/Cairo" },
  { "Canberra", "Australia/Sydney" },
  { "Cape Verde Is.", "Atlantic/Cape_Verde" },
  { "Caracas", "America/Caracas" },
  { "Casablanca", "Africa/Casablanca" },
  { "Central America", "America/Guatemala" },
  { "Central Time (US & Canada)", "America/Chicago" },
  { "Chatham Is.", "Pacific/Chatham" },
  { "Chennai", "Asia/Kolkata" },
  { "Chihuahua", "America/Chihuahua" },
  { "Chongqing", "Asia/Shanghai" },
  { "Copenhagen", "Europe/Copenhagen" },
  { "Darwin", "Australia/Darwin" },
  { "Dhaka", "Asia/Dhaka" },
  { "Dublin", "Europe/Dublin" },
  { "Eastern Time (US & Canada)", "America/New_York" },
  { "Edinburgh", "Europe/London" },
  { "Ekaterinburg", "Asia/Yekaterinburg" },
  { "Fiji", "Pacific/Fiji" },
  { "Georgetown", "America/Guyana" },
  { "Greenland", "America/Nuuk" },
  { "Guadalajara", "America/Mexico_City" },
  { "Guam", "Pacific/Guam" },
  { "Hanoi", "Asia/Bangkok" },
  { "Harare", "Africa/Harare" },
  { "Hawaii", "Pacific/Honolulu" },
  { "Helsinki", "Europe/Helsinki" },
  { "Hobart", "Australia/Hobart" },
  { "Hong Kong", "Asia/Hong_Kong" },
  { "Indiana (East)", "America/Indiana/Indianapolis" },
  { "International Date Line West", "Etc/GMT+12" },
  { "Irkutsk", "Asia/Irkutsk" },
  { "Islamabad", "Asia/Karachi" },
  { "Istanbul", "Europe/Istanbul" },
  { "Jakarta", "Asia/Jakarta" },
  { "Jerusalem", "Asia/Jerusalem" },
  { "Kabul", "Asia/Kabul" },
  { "Kaliningrad", "Europe/Kaliningrad" },
  { "Kamchatka", "Asia/Kamchatka" },
  { "Karachi", "Asia/Karachi" },
  { "Kathmandu", "Asia/Kathmandu" },
  { "Kolkata", "Asia/Kolkata" },
  { "Krasnoyarsk", "Asia/Krasnoyarsk" },
  { "Kuala Lumpur", "Asia/Kuala_Lumpur" },
  { "Kuwait", "Asia/Kuwait" },
  { "Kyiv", "Europe/Kyiv" },
  { "La Paz", "America/La_Paz" },
  { "Lima", "America/Lima" },
  { "Lisbon", "Europe/Lisbon" },
  { "Ljubljana", "Europe/Ljubljana" },
  { "London", "Europe/London" },
  { "Madrid", "Europe/Madrid" },
  { "Magadan", "Asia/Magadan" },
  { "Marshall Is.", "Pacific/Majuro" },
  { "Mazatlan", "America/Mazatlan" },
  { "Melbourne", "Australia/Melbourne" },
  { "Mexico City", "America/Mexico_City" },
  { "Mid-Atlantic", "Atlantic/South_Georgia" },
  { "Midway Island", "Pacific/Midway" },
  { "Minsk", "Europe/Minsk" },
  { "Monrovia", "Africa/Monrovia" },
  { "Monterrey", "America/Monterrey" },
  { "Montevideo", "America/Montevideo" },
  { "Moscow", "Europe/Moscow" },
  { "Mountain Time (US & Canada)", "America/Denver" },
  { "Mumbai", "Asia/Kolkata" },
  { "Muscat", "Asia/Muscat" },
  { "Nairobi", "Africa/Nairobi" },
  { "New Caledonia", "Pacific/Noumea" },
  { "New Delhi", "Asia/Kolkata" },
  { "Newfoundland", "America/St_Johns" },
  { "Novosibirsk", "Asia/Novosibirsk" },
  { "Nuku'alofa", "Pacific/Tongatapu" },
  { "Osaka", "Asia/Tokyo" },
  { "Pacific Time (US & Canada)", "America/Los_Angeles" },
  { "Paris", "Europe/Paris" },
  { "Perth", "Australia/Perth" },
  { "Port Moresby", "Pacific/Port_Moresby" },
  { "Prague", "Europe/Prague" },
  { "Pretoria", "Africa/Johannesburg" },
  { "Puerto Rico", "America/Puerto_Rico" },
  { "Quito", "America/Lima" },
  { "Rangoon", "Asia/Yangon" },
  { "Riga", "Europe/Riga" },
  { "Riyadh", "Asia/Riyadh" },
  { "Rome", "Europe/Rome" },
  { "Samara", "Europe/Samara" },
  { "Samoa", "Pacific/Apia" },
  { "Santiago", "America/Santiago" },
  { "Sapporo", "Asia/Tokyo" },
  { "Sarajevo", "Europe/Sarajevo" },
  { "Saskatchewan", "America/Regina" },
  { "Seoul", "Asia/Seoul" },
  { "Singapore", "Asia/Singapore" },
  { "Skopje", "Europe/Skopje" },
  { "Sofia", "Europe/Sofia" },
  { "Solomon Is.", "Pacific/Guadalcanal" },
  { "Srednekolymsk", "Asia/Srednekolymsk" },
  { "Sri Jayawardenepura", "Asia/Colombo" },
  { "St. Petersburg", "Europe/Moscow" },
  { "Stockholm", "Europe/Stockholm" },
  { "Sydney", "Australia/Sydney" },
  { "Taipei", "Asia/Taipei" },
  { "Tallinn", "Europe/Tallinn" },
  { "Tashkent", "Asia/Tashkent" },
  { "Tbilisi", "Asia/Tbilisi" },
  { "Tehran", "Asia/Tehran" },
  { "Tijuana", "America/Tijuana" },
  { "Tokelau Is.", "Pacific/Fakaofo" },
  { "Tokyo", "Asia/Tokyo" },
  { "UTC", "Etc/UTC" },
  { "Ulaanbaatar", "Asia/Ulaanbaatar" },
  { "Urumqi", "Asia/Urumqi" },
  { "Vienna", "Europe/Vienna" },
  { "Vilnius", "Europe/Vilnius" },
  { "Vladivostok", "Asia/Vladivostok" },
  { "Volgograd", "Europe/Volgograd" },
  { "Warsaw", "Europe/Warsaw" },
  { "Wellington", "Pacific/Auckland" },
  { "West Central Africa", "Africa/Algiers" },
  { "Yakutsk", "Asia/Yakutsk" },
  { "Yerevan", "Asia/Yerevan" },
  { "Zagreb", "Europe/Zagreb" },
  { "Zurich", "Europe/Zurich" },
};

/* GLib opens what it is given as a file's name, and this text came from afar: only what looks like
 * an IANA name gets there. */
static GTimeZone *
open_zone (const char *identifier)
{
  static const char allowed[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

  if (!g_ascii_isalpha (*identifier) || strchr (identifier, '/') == NULL ||
      strspn (identifier, allowed) != strlen (identifier))
    return NULL;

  return g_time_zone_new_identifier (identifier);
}

static int
get_offset (GTimeZone *zone,
            gint64     instant)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / G_USEC_PER_SEC);

  return g_time_zone_get_offset (zone, interval);
}

static GPtrArray *
read_country (const char *region)
{
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func ((GDestroyNotify) g_time_zone_unref);
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *identifiers;
  const char *identifier;

  /* Also the names that are not canonical: of Asia/Kolkata and Asia/Calcutta, ICU and the system
   * may each prefer another, and the system may know only one. */
  identifiers = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_ANY, region, NULL, &status);
  if (U_FAILURE (status))
    return g_steal_pointer (&zones);

  while ((identifier = uenum_next (identifiers, NULL, &status)) != NULL && U_SUCCESS (status)) {
    GTimeZone *zone = open_zone (identifier);

    if (zone != NULL)
      g_ptr_array_add (zones, zone);
  }

  uenum_close (identifiers);
  return g_steal_pointer (&zones);
}

/* The zones of a whole country, read once; on the main loop alone. Empty where the number is of none. */
static GPtrArray *
get_country (DialPhoneNumber *number)
{
  static GHashTable *countries;
  const char *region = number != NULL ? dial_phone_number_get_region (number) : NULL;
  GPtrArray *zones;

  if (countries == NULL)
    countries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (region == NULL)
    region = "";

  zones = g_hash_table_lookup (countries, region);
  if (zones == NULL) {
    zones = *region != '\0' ? read_country (region) : g_ptr_array_new ();
    g_hash_table_insert (countries, g_strdup (region), zones);
  }

  return zones;
}

/**
 * dial_local_time_zone_for_name:
 * @rails_name: (nullable): a name Rails knows, such as `Eastern Time (US & Canada)`, or one of IANA
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL if there is none of that name
 */
GTimeZone *
dial_local_time_zone_for_name (const char *rails_name)
{
  if (rails_name == NULL)
    return NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (rails_zones); i++) {
    if (g_ascii_strcasecmp (rails_zones[i].name, rails_name) == 0)
      return open_zone (rails_zones[i].identifier);
  }

  return open_zone (rails_name);
}

/**
 * dial_local_time_zone_for_number:
 * @number: (nullable): a phone number
 *
 * Asks ICU for the zones of the number's country. A mobile may be anywhere, but its owner mostly is
 * not; a country with several times of day tells nothing.
 *
 * Returns: (transfer full) (nullable): the country's zone, or %NULL if it has several now, or if
 *   @number has no country
 */
GTimeZone *
dial_local_time_zone_for_number (DialPhoneNumber *number)
{
  GPtrArray *zones = get_country (number);
  gint64 now = g_get_real_time ();
  GTimeZone *first = zones->len > 0 ? g_ptr_array_index (zones, 0) : NULL;

  for (guint i = 1; i < zones->len; i++)
    if (get_offset (g_ptr_array_index (zones, i), now) != get_offset (first, now))
      return NULL;

  return first != NULL ? g_time_zone_ref (first) : NULL;
}

/**
 * dial_local_time_zone:
 * @candidate: (nullable): who is called
 * @number: (nullable): the number they are called at
 *
 * Returns: (transfer full) (nullable): the candidate's own time zone, else that of the number's
 *   country, else %NULL
 */
GTimeZone *
dial_local_time_zone (DialCandidate   *candidate,
                      DialPhoneNumber *number)
{
  GTimeZone *zone = NULL;

  if (candidate != NULL)
    zone = dial_local_time_zone_for_name (candidate->time_zone);

  return zone != NULL ? zone : dial_local_time_zone_for_number (number);
}

static gboolean
is_awake (GDateTime *time)
{
  int hour = g_date_time_get_hour (time);

  return hour >= DIAL_LOCAL_TIME_MORNING && hour < DIAL_LOCAL_TIME_EVENING;
}

static void
widen (DialLocalTime *self,
       GTimeZone     *zone,
       gint64         instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
  GTimeSpan offset = g_date_time_get_utc_offset (there);

  self->awake |= is_awake (there);
  if (self->latest == NULL || offset > g_date_time_get_utc_offset (self->latest)) {
    g_clear_pointer (&self->latest, g_date_time_unref);
    self->latest = g_date_time_ref (there);
  }
  if (self->earliest == NULL || offset < g_date_time_get_utc_offset (self->earliest)) {
    g_clear_pointer (&self->earliest, g_date_time_unref);
    self->earliest = g_date_time_ref (there);
  }
}

/**
 * dial_local_time_at:
 * @candidate: (nullable): who is called
 * @number: (nullable): the number that is called
 * @instant: when
 *
 * The time on a candidate's clock. Where only the country is known and it has several zones, it is
 * somewhere between two times.
 *
 * Returns: (transfer full) (nullable): the time, %NULL if nothing is known
 */
DialLocalTime *
dial_local_time_at (DialCandidate   *candidate,
                    DialPhoneNumber *number,
                    gint64           instant)
{
  g_autoptr (DialLocalTime) self = g_new0 (DialLocalTime, 1);
  g_autoptr (GTimeZone) own = NULL;

  if (candidate != NULL)
    own = dial_local_time_zone_for_name (candidate->time_zone);

  if (own != NULL) {
    widen (self, own, instant);
  } else {
    GPtrArray *zones = get_country (number);

    for (guint i = 0; i < zones->len; i++)
      widen (self, g_ptr_array_index (zones, i), instant);
  }

  return self->earliest != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * dial_local_time_is_range:
 * @self: a time
 *
 * Returns: whether it is only known between which two times it lies
 */
gboolean
dial_local_time_is_range (const DialLocalTime *self)
{
  return g_date_time_get_utc_offset (self->earliest) != g_date_time_get_utc_offset (self->latest);
}

/**
 * dial_local_time_free:
 * @self: a time
 */
void
dial_local_time_free (DialLocalTime *self)
{
  g_clear_pointer (&self->earliest, g_date_time_unref);
  g_clear_pointer (&self->latest, g_date_time_unref);
  g_free (self);
}
