/* A C face on libphonenumber.
 *
 * No exception crosses into C: everything that calls the library is a noexcept function which
 * catches all, and a number the library chokes on is a number that cannot be called. */
#include "dial-phone-number.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

/* What a person types into a phone field is shorter; beyond this only time is lost. */
#define MAX_TEXT_BYTES 1000
#define MAX_MATCHES    20

/* No country's numbers are shorter than the one; nobody leaves out the area code of shorter ones than
 * half the other. */
#define FEWEST_DIGITS 4
#define TWO_NUMBERS   14

/* libphonenumber's own word for "no region" */
#define UNKNOWN_REGION "ZZ"

#define FULL_WIDTH_PLUS 0xff0b

struct _DialPhoneNumber
{
  GObject  parent_instance;

  char    *typed;
  char    *kind;
  char    *e164;
  char    *extension;
  char    *region;
};

G_DEFINE_FINAL_TYPE (DialPhoneNumber, dial_phone_number, G_TYPE_OBJECT)

static const PhoneNumberUtil &
get_util (void)
{
  static PhoneNumberUtil *util = [] {
    PhoneNumberUtil *instance = PhoneNumberUtil::GetInstance ();

    /* The library would print what it cannot parse, and that is somebody's phone number. */
    instance->SetLogger (new NullLogger ());
    return instance;
  } ();

  return *util;
}

/* Of a text that is nothing but a number, all that counts; empty if it is anything else. */
static std::string
pick_digits (const std::string &text)
{
  std::string digits;

  for (char c : text) {
    if (g_ascii_isdigit (c) || (c == '+' && digits.empty ()))
      digits += c;
    else if (strchr (" ().-", c) == NULL)
      return std::string ();
  }

  return digits;
}

/* Text copied from web pages is full of invisible marks: direction, joiners, soft hyphens. */
static std::string
strip_invisible (const char *typed)
{
  size_t plain = strspn (typed, "+0123456789 ().-/");

  if (typed[plain] == '\0' && plain <= MAX_TEXT_BYTES)
    return std::string (typed, plain);

  g_autofree char *valid = g_utf8_make_valid (typed, strnlen (typed, MAX_TEXT_BYTES));
  std::string text;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_type (c) == G_UNICODE_FORMAT)
      continue;
    if (g_unichar_iscntrl (c))
      text += ' ';
    else
      text.append (p, g_utf8_next_char (p) - p);
  }

  return text;
}

static bool
is_skype (const char        *kind,
          const std::string &text)
{
  return (kind != NULL && g_ascii_strcasecmp (kind, "skype") == 0) ||
         strcasestr (text.c_str (), "skype") != NULL ||
         strcasestr (text.c_str (), "live:") != NULL;
}

/* Whether the characters around digits say that they belong to a name or an address:
 * `anna_2025550143`, `2025550143@example.com`. */
static bool
belongs_to_name (const std::string &text,
                 size_t             start,
                 size_t             end)
{
  if (start > 0) {
    gunichar before = g_utf8_get_char (g_utf8_prev_char (text.c_str () + start));

    if (g_unichar_isalnum (before) || before == '_' || before == '@' || before == '=')
      return true;
  }

  return text[end] == '@' || text[end] == '_';
}

static bool
whole_belongs_to_name (const std::string &text)
{
  const char *p = text.c_str ();

  while (*p != '\0' && *p != '+' && !g_unichar_isdigit (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return belongs_to_name (text, p - text.c_str (), text.size ());
}

/* 1-800-flowers and 212-MUSEUMS are numbers, 212johndoe is a name: letters count where they are
 * capitals, or where the number is of the kind that is advertised with letters. */
static bool
has_name_letters (const PhoneNumberUtil &util,
                  const std::string     &text,
                  const PhoneNumber     &number)
{
  if (std::none_of (text.begin (), text.end (), [] (char c) { return g_ascii_isalpha (c); }) ||
      !util.IsAlphaNumber (text) || util.GetNumberType (number) == PhoneNumberUtil::TOLL_FREE)
    return false;

  for (char c : text) {
    if (g_ascii_islower (c))
      return true;
  }

  return false;
}

/* A valid number, and where it is at home. */
struct Found
{
  PhoneNumber number;
  std::string region;
};

static bool
parse_valid (const PhoneNumberUtil &util,
             const std::string     &text,
             const std::string     &region,
             Found                 *found)
{
  if (util.Parse (text, region, &found->number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util.IsPossibleNumber (found->number))
    return false;

  util.GetRegionCodeForNumber (found->number, &found->region);
  return util.IsValidNumberForRegion (found->number, found->region);
}

static bool
parse_whole (const PhoneNumberUtil &util,
             const std::string     &text,
             const std::string     &region,
             Found                 *found)
{
  return !whole_belongs_to_name (text) &&
         parse_valid (util, text, region, found) &&
         !has_name_letters (util, text, found->number);
}

/* Several numbers in one field, or a number amid words: the first valid one. */
static bool
find_first (const PhoneNumberUtil &util,
            const std::string     &text,
            const std::string     &region,
            Found                 *found)
{
  PhoneNumberMatcher matcher (util, text, region, PhoneNumberMatcher::VALID, MAX_MATCHES);
  size_t from = 0;

  while (matcher.HasNext ()) {
    PhoneNumberMatch match;
    size_t start;

    /* Not match.start(): it counts characters in some versions and bytes in others. */
    matcher.Next (&match);
    start = text.find (match.raw_string (), from);
    if (start == std::string::npos)
      return false;

    from = start + match.raw_string ().size ();
    if (!belongs_to_name (text, start, from)) {
      found->number.CopyFrom (match.number ());
      util.GetRegionCodeForNumber (found->number, &found->region);
      return true;
    }
  }

  return false;
}

/* Looking for a number amid words is dear, and in vain where there are hardly any digits, or where
 * nobody knows from which country it is dialled. */
static bool
may_hold_number (const std::string &text,
                 const std::string &region)
{
  bool has_plus = false;
  int digits = 0;

  for (const char *p = text.c_str (); *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    digits += g_unichar_isdigit (c) ? 1 : 0;
    has_plus |= c == '+' || c == FULL_WIDTH_PLUS;
  }

  return digits >= FEWEST_DIGITS && (has_plus || region != UNKNOWN_REGION);
}

/* What is nothing but a number, and not twice as long as the shortest, has no other one in it. */
static bool
find (const PhoneNumberUtil &util,
      const std::string     &text,
      const std::string     &region,
      Found                 *found)
{
  std::string digits = pick_digits (text);

  if (digits.empty () ? parse_whole (util, text, region, found)
                      : parse_valid (util, digits, region, found))
    return true;

  return (digits.empty () || digits.size () >= TWO_NUMBERS) &&
         may_hold_number (text, region) && find_first (util, text, region, found);
}

/* Many countries dial 00 where others write +; where it is not dialled it is still what was meant. */
static bool
replace_double_zero (std::string *text)
{
  size_t start = text->find_first_not_of (" (");

  if (start == std::string::npos || text->compare (start, 2, "00") != 0)
    return false;

  text->replace (start, 2, "+");
  return true;
}

static bool
find_number (const PhoneNumberUtil &util,
             const char            *typed,
             const char            *kind,
             const char            *region_code,
             Found                 *found)
{
  g_autofree char *upper = g_ascii_strup (region_code != NULL ? region_code : UNKNOWN_REGION, -1);
  std::string region (upper);
  std::string text = strip_invisible (typed);

  if (is_skype (kind, text))
    return false;

  return find (util, text, region, found) ||
         (replace_double_zero (&text) && find (util, text, region, found));
}

static void
dial_phone_number_parse (DialPhoneNumber *self,
                         const char      *region) noexcept
{
  try {
    const PhoneNumberUtil &util = get_util ();
    Found found;
    std::string e164;

    if (!find_number (util, self->typed, self->kind, region, &found))
      return;

    util.Format (found.number, PhoneNumberUtil::E164, &e164);
    /* ZZ: none; 001: a number of no country, such as +800. */
    if (found.region.size () == 2 && found.region != UNKNOWN_REGION)
      self->region = g_strdup (found.region.c_str ());
    if (!found.number.extension ().empty ())
      self->extension = g_strdup (found.number.extension ().c_str ());
    self->e164 = g_strdup (e164.c_str ());
  } catch (...) {
    /* The number cannot be called, which is what the empty fields say. */
  }
}

static int
count_digits (const std::string &text)
{
  int digits = 0;

  for (const char *p = text.c_str (); *p != '\0'; p = g_utf8_next_char (p))
    digits += g_unichar_isdigit (g_utf8_get_char (p)) ? 1 : 0;

  return digits;
}

static DialNumberFlaw
find_flaw (const char *typed,
           const char *kind) noexcept
{
  try {
    const PhoneNumberUtil &util = get_util ();
    std::string text = strip_invisible (typed);
    PhoneNumber number;

    if (is_skype (kind, text))
      return DIAL_NUMBER_FLAW_SKYPE;
    if (count_digits (text) < FEWEST_DIGITS)
      return DIAL_NUMBER_FLAW_NO_NUMBER;

    replace_double_zero (&text);
    switch (util.Parse (text, UNKNOWN_REGION, &number)) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return text.find ('+') != std::string::npos ? DIAL_NUMBER_FLAW_WRONG_COUNTRY
                                                  : DIAL_NUMBER_FLAW_NO_COUNTRY;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return DIAL_NUMBER_FLAW_LONG;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return DIAL_NUMBER_FLAW_SHORT;
    default:
      return DIAL_NUMBER_FLAW_NO_NUMBER;
    }

    switch (util.IsPossibleNumberWithReason (number)) {
    case PhoneNumberUtil::TOO_SHORT:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return DIAL_NUMBER_FLAW_SHORT;
    case PhoneNumberUtil::TOO_LONG:
      return DIAL_NUMBER_FLAW_LONG;
    default:
      return DIAL_NUMBER_FLAW_NOT_IN_USE;
    }
  } catch (...) {
    return DIAL_NUMBER_FLAW_NO_NUMBER;
  }
}

static void
add_regions (GStrvBuilder *regions,
             const char   *typed,
             const char   *kind) noexcept
{
  try {
    const PhoneNumberUtil &util = get_util ();
    std::set<std::string> all;

    util.GetSupportedRegions (&all);
    for (const std::string &region : all) {
      Found found;

      if (find_number (util, typed, kind, region.c_str (), &found) && found.region == region)
        g_strv_builder_add (regions, region.c_str ());
    }
  } catch (...) {
    /* Whatever was found counts. */
  }
}

static int
find_region_code (const char *region) noexcept
{
  try {
    return get_util ().GetCountryCodeForRegion (region);
  } catch (...) {
    return 0;
  }
}

static char *
format_international (const char *uri) noexcept
{
  try {
    const PhoneNumberUtil &util = get_util ();
    PhoneNumber number;
    std::string formatted;

    if (util.Parse (uri, UNKNOWN_REGION, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
      return NULL;

    util.Format (number, PhoneNumberUtil::INTERNATIONAL, &formatted);
    return g_strdup (formatted.c_str ());
  } catch (...) {
    return NULL;
  }
}

static void
dial_phone_number_finalize (GObject *object)
{
  DialPhoneNumber *self = DIAL_PHONE_NUMBER (object);

  g_free (self->typed);
  g_free (self->kind);
  g_free (self->e164);
  g_free (self->extension);
  g_free (self->region);

  G_OBJECT_CLASS (dial_phone_number_parent_class)->finalize (object);
}

static void
dial_phone_number_class_init (DialPhoneNumberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_phone_number_finalize;
}

static void
dial_phone_number_init (DialPhoneNumber *self)
{
}

static DialPhoneNumber *
dial_phone_number_new_unparsed (const char *typed,
                                const char *kind)
{
  DialPhoneNumber *self = DIAL_PHONE_NUMBER (g_object_new (DIAL_TYPE_PHONE_NUMBER, NULL));

  self->typed = g_strdup (typed != NULL ? typed : "");
  self->kind = g_strdup (kind);
  return self;
}

/**
 * dial_phone_number_new:
 * @typed: the text a human typed
 * @kind: (nullable): `mobile`, `home`, `work`, `skype`, `other`, or any other word
 * @region: (nullable): the ISO country it is dialled from; without it a number needs its `+`
 *
 * Keeps @typed and asks libphonenumber what it makes of it. Of several numbers in one text the
 * first valid one counts. Skype names are never numbers. Any text is allowed, however long or strange.
 *
 * Parsing takes about 15 µs; the first call of a process loads tables for some milliseconds.
 *
 * Returns: (transfer full): an immutable number, which may be used from any thread
 */
DialPhoneNumber *
dial_phone_number_new (const char *typed,
                       const char *kind,
                       const char *region)
{
  DialPhoneNumber *self = dial_phone_number_new_unparsed (typed, kind);

  dial_phone_number_parse (self, region);
  return self;
}

/**
 * dial_phone_number_new_stored:
 * @typed: the text a human typed
 * @kind: (nullable): the kind
 * @e164: (nullable): what [method@PhoneNumber.get_e164] said when the number was stored
 * @extension: (nullable): likewise
 * @region: (nullable): likewise
 *
 * Makes a number from stored columns, without parsing it again.
 *
 * Returns: (transfer full): an immutable number, which may be used from any thread
 */
DialPhoneNumber *
dial_phone_number_new_stored (const char *typed,
                              const char *kind,
                              const char *e164,
                              const char *extension,
                              const char *region)
{
  DialPhoneNumber *self = dial_phone_number_new_unparsed (typed, kind);

  self->e164 = g_strdup (e164);
  self->extension = g_strdup (extension);
  self->region = g_strdup (region);
  return self;
}

/**
 * dial_phone_number_get_typed:
 *
 * Returns: the text as it was typed
 */
const char *
dial_phone_number_get_typed (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  return self->typed;
}

/**
 * dial_phone_number_get_kind:
 *
 * Returns: (nullable): Greenhouse's word for the kind of number
 */
const char *
dial_phone_number_get_kind (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  return self->kind;
}

/**
 * dial_phone_number_get_e164:
 *
 * Returns: (nullable): the number as `+12025550143`, without extension; %NULL if it is not valid
 */
const char *
dial_phone_number_get_e164 (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  return self->e164;
}

/**
 * dial_phone_number_get_extension:
 *
 * Returns: (nullable): the extension's digits
 */
const char *
dial_phone_number_get_extension (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  return self->extension;
}

/**
 * dial_phone_number_get_region:
 *
 * Returns: (nullable): the number's ISO country, such as `US`; %NULL if it has none
 */
const char *
dial_phone_number_get_region (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  return self->region;
}

/**
 * dial_phone_number_can_call:
 *
 * Returns: whether it is a valid number
 */
gboolean
dial_phone_number_can_call (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), FALSE);

  return self->e164 != NULL;
}

/**
 * dial_phone_number_get_flaw:
 *
 * Returns: why it cannot be called, as far as libphonenumber tells
 */
DialNumberFlaw
dial_phone_number_get_flaw (DialPhoneNumber *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), DIAL_NUMBER_FLAW_NO_NUMBER);

  return self->e164 != NULL ? DIAL_NUMBER_FLAW_NONE : find_flaw (self->typed, self->kind);
}

/**
 * dial_phone_number_list_regions:
 *
 * Looks for the countries in which the text, as it was typed, would be a valid number. Takes some
 * milliseconds.
 *
 * Returns: (transfer full) (array zero-terminated=1): ISO countries; none for a number that names its own
 */
GStrv
dial_phone_number_list_regions (DialPhoneNumber *self)
{
  g_autoptr (GStrvBuilder) regions = g_strv_builder_new ();

  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  if (dial_phone_number_get_flaw (self) == DIAL_NUMBER_FLAW_NO_COUNTRY)
    add_regions (regions, self->typed, self->kind);
  return g_strv_builder_end (regions);
}

/**
 * dial_phone_number_get_region_code:
 * @region: an ISO country, such as `GB`
 *
 * Returns: what is dialled after the + for it, such as 44; 0 if that is not known
 */
int
dial_phone_number_get_region_code (const char *region)
{
  g_return_val_if_fail (region != NULL, 0);

  return find_region_code (region);
}

/**
 * dial_phone_number_format:
 *
 * Writes the number for people: in international form, with its extension. A text that is no valid
 * number stays as typed.
 *
 * Returns: (transfer full): the text to show
 */
char *
dial_phone_number_format (DialPhoneNumber *self)
{
  g_autofree char *uri = NULL;
  char *formatted;

  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);

  uri = dial_phone_number_to_uri (self, "tel");
  if (uri == NULL)
    return g_strdup (self->typed);

  formatted = format_international (uri);
  return formatted != NULL ? formatted : g_strdup (self->e164);
}

/**
 * dial_phone_number_to_uri:
 * @scheme: `tel`, `callto`, `sip`, or any scheme that takes a bare number
 *
 * Writes the number as a link: `tel` after RFC 3966, with the extension as a parameter. Other
 * schemes have no place for an extension that programs agree on; they get the number alone, and a
 * `sip` handler fills in its account's host.
 *
 * Returns: (transfer full) (nullable): the link, or %NULL if it is no valid number
 */
char *
dial_phone_number_to_uri (DialPhoneNumber *self,
                          const char      *scheme)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (self), NULL);
  g_return_val_if_fail (scheme != NULL, NULL);

  if (self->e164 == NULL)
    return NULL;
  if (self->extension != NULL && g_str_equal (scheme, "tel"))
    return g_strdup_printf ("tel:%s;ext=%s", self->e164, self->extension);

  return g_strdup_printf ("%s:%s", scheme, self->e164);
}
