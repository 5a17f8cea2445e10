/* A C face on libphonenumber.
 *
 * No exception crosses into C: everything that calls the library is a noexcept function which
 * catches all, and a number the library chokes on is a number that cannot be called. */
#include "dial-phone-number.h"

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

/* libphonenumber's own word for "no region" */
#define UNKNOWN_REGION "ZZ"

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

/* Text copied from web pages is full of invisible marks: direction, joiners, soft hyphens. */
static std::string
strip_invisible (const char *typed)
{
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
  g_autofree char *folded = g_utf8_casefold (text.c_str (), -1);

  return (kind != NULL && g_ascii_strcasecmp (kind, "skype") == 0) ||
         strstr (folded, "skype") != NULL ||
         strstr (folded, "live:") != NULL;
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
  if (!util.IsAlphaNumber (text) || util.GetNumberType (number) == PhoneNumberUtil::TOLL_FREE)
    return false;

  for (char c : text) {
    if (g_ascii_islower (c))
      return true;
  }

  return false;
}

static bool
parse_whole (const PhoneNumberUtil &util,
             const std::string     &text,
             const std::string     &region,
             PhoneNumber           *number)
{
  return !whole_belongs_to_name (text) &&
         util.Parse (text, region, number) == PhoneNumberUtil::NO_PARSING_ERROR &&
         util.IsValidNumber (*number) &&
         !has_name_letters (util, text, *number);
}

/* Several numbers in one field, or a number amid words: the first valid one. */
static bool
find_first (const PhoneNumberUtil &util,
            const std::string     &text,
            const std::string     &region,
            PhoneNumber           *number)
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
      number->CopyFrom (match.number ());
      return true;
    }
  }

  return false;
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
             PhoneNumber           *number)
{
  g_autofree char *upper = g_ascii_strup (region_code != NULL ? region_code : UNKNOWN_REGION, -1);
  std::string region (upper);
  std::string text = strip_invisible (typed);

  if (is_skype (kind, text))
    return false;
  if (parse_whole (util, text, region, number) || find_first (util, text, region, number))
    return true;

  return replace_double_zero (&text) &&
         (parse_whole (util, text, region, number) || find_first (util, text, region, number));
}

static char *
dup_region (const PhoneNumberUtil &util,
            const PhoneNumber     &number)
{
  std::string region;

  util.GetRegionCodeForNumber (number, &region);

  /* ZZ: none; 001: a number of no country, such as +800. */
  if (region.size () != 2 || region == UNKNOWN_REGION)
    return NULL;

  return g_strdup (region.c_str ());
}

static void
dial_phone_number_parse (DialPhoneNumber *self,
                         const char      *region) noexcept
{
  try {
    const PhoneNumberUtil &util = get_util ();
    PhoneNumber number;
    std::string e164;

    if (!find_number (util, self->typed, self->kind, region, &number))
      return;

    util.Format (number, PhoneNumberUtil::E164, &e164);
    self->region = dup_region (util, number);
    self->extension = number.extension ().empty () ? NULL : g_strdup (number.extension ().c_str ());
    self->e164 = g_strdup (e164.c_str ());
  } catch (...) {
    /* The number cannot be called, which is what the empty fields say. */
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
 * Parsing takes about 13 µs; the first call of a process loads tables for some milliseconds.
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
