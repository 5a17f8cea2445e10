#include "dial-phone-number.h"

#define N_THREADS 4

typedef struct {
  const char *typed;
  const char *region;
  const char *e164;
  const char *extension;
  const char *country;
} Reading;

static const Reading readings[] = {
  /* As people write at home and abroad, in a dozen countries. */
  { "+1 (202) 555-0143", NULL, "+12025550143", NULL, "US" },
  { "202.555.0143", "US", "+12025550143", NULL, "US" },
  { "202-555-0143", "us", "+12025550143", NULL, "US" },
  { "1 202 555 0143", "US", "+12025550143", NULL, "US" },
  { "(416) 555-0123", "CA", "+14165550123", NULL, "CA" },
  { "020 7946 0958", "GB", "+442079460958", NULL, "GB" },
  { "+44 (0)20 7946 0958", NULL, "+442079460958", NULL, "GB" },
  { "030 901820", "DE", "+4930901820", NULL, "DE" },
  { "0151/12345678", "DE", "+4915112345678", NULL, "DE" },
  { "+49 (0)30 / 90 18 20", NULL, "+4930901820", NULL, "DE" },
  { "06 12 34 56 78", "FR", "+33612345678", NULL, "FR" },
  { "06 698 12345", "IT", "+390669812345", NULL, "VA" },
  { "02 1234 5678", "IT", "+390212345678", NULL, "IT" },
  { "612 34 56 78", "ES", "+34612345678", NULL, "ES" },
  { "044 668 18 00", "CH", "+41446681800", NULL, "CH" },
  { "03-1234-5678", "JP", "+81312345678", NULL, "JP" },
  { "098765 43210", "IN", "+919876543210", NULL, "IN" },
  { "(11) 96123-4567", "BR", "+5511961234567", NULL, "BR" },
  { "012 345 6789", "ZA", "+27123456789", NULL, "ZA" },
  { "0412 345 678", "AU", "+61412345678", NULL, "AU" },
  { "8 (912) 345-67-89", "RU", "+79123456789", NULL, "RU" },
  { "138 0013 8000", "CN", "+8613800138000", NULL, "CN" },
  { "+800 1234 5678", NULL, "+80012345678", NULL, NULL },

  /* From abroad: the prefix of where one is, or of where one comes from. */
  { "011 44 20 7946 0958", "US", "+442079460958", NULL, "GB" },
  { "0044 20 7946 0958", "GB", "+442079460958", NULL, "GB" },
  { "0044 20 7946 0958", "US", "+442079460958", NULL, "GB" },
  { "0044 20 7946 0958", NULL, "+442079460958", NULL, "GB" },
  { "(0049) 30 901820", "US", "+4930901820", NULL, "DE" },
  { "00 1 202 555 0143 / 00 1 202 555 0199", NULL, "+12025550143", NULL, "US" },

  /* Extensions. */
  { "(202) 555-0143 ext 4", "US", "+12025550143", "4", "US" },
  { "(202) 555-0143 x4", "US", "+12025550143", "4", "US" },
  { "+1 202 555 0143 extension 0042", NULL, "+12025550143", "0042", "US" },
  { "020 7946 0958 #123", "GB", "+442079460958", "123", "GB" },
  { "tel:+1-202-555-0143;ext=7", NULL, "+12025550143", "7", "US" },

  /* Letters that are digits. */
  { "1-800-FLOWERS", "US", "+18003569377", NULL, "US" },
  { "1-800-flowers", "US", "+18003569377", NULL, "US" },

  /* Several numbers, and numbers amid words. */
  { "202-555-0143 / 202-555-0199", "US", "+12025550143", NULL, "US" },
  { "202-555-0143 or 202-555-0199", "US", "+12025550143", NULL, "US" },
  { "+1 202 555 0143 (old) +1 202 555 0199 (new)", NULL, "+12025550143", NULL, "US" },
  { "12 or 202-555-0199", "US", "+12025550199", NULL, "US" },
  { "zoe@example.com, +1 202 555 0143", NULL, "+12025550143", NULL, "US" },
  { "Tel: +1 202 555 0143", NULL, "+12025550143", NULL, "US" },
  { "202-555-0143 home", "US", "+12025550143", NULL, "US" },
  { "  \t+1 202\n555 0143 ", NULL, "+12025550143", NULL, "US" },

  /* Other scripts' digits, and invisible marks. */
  { "２０２－５５５－０１４３", "US", "+12025550143", NULL, "US" },
  { "＋１２０２５５５０１４３", NULL, "+12025550143", NULL, "US" },
  { "+١٢٠٢٥٥٥٠١٤٣", NULL, "+12025550143", NULL, "US" },
  { "+۱۲۰۲۵۵۵۰۱۴۳", NULL, "+12025550143", NULL, "US" },
  { "\u200e+1 202\u202a 555 0143\u202c", NULL, "+12025550143", NULL, "US" },
  { "\u2067+1\u00ad202\u200b555\u20610143\u2069", NULL, "+12025550143", NULL, "US" },

  /* Nothing to call. */
  { "", "US", NULL, NULL, NULL },
  { "garbage", "US", NULL, NULL, NULL },
  { "call me at 5", "US", NULL, NULL, NULL },
  { "12025550143", NULL, NULL, NULL, NULL },
  { "202-555-0143", NULL, NULL, NULL, NULL },
  { "202-555-0143", "not a region", NULL, NULL, NULL },
  { "555-0132", "US", NULL, NULL, NULL },
  { "020 7946 0958", "US", NULL, NULL, NULL },
  { "112", "DE", NULL, NULL, NULL },
  { "00", "DE", NULL, NULL, NULL },
  { "+", NULL, NULL, NULL, NULL },
  { "999999999999999999999", "US", NULL, NULL, NULL },
  { "2026-11-23", "US", NULL, NULL, NULL },
  { "john.smith1", "US", NULL, NULL, NULL },
  { "anna_2025550143", "US", NULL, NULL, NULL },
  { "zoe2025550143", "US", NULL, NULL, NULL },
  { "202johndoe", "US", NULL, NULL, NULL },
  { "2025550143@example.com", "US", NULL, NULL, NULL },
  { "live:.cid.2025550143", "US", NULL, NULL, NULL },
  { "Skype: zoe +1 202 555 0143", "US", NULL, NULL, NULL },
};

static void
test_readings (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (readings); i++) {
    const Reading *reading = &readings[i];
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (reading->typed, "mobile",
                                                                reading->region);

    g_test_message ("“%s” in %s", reading->typed, reading->region);
    g_assert_cmpstr (dial_phone_number_get_typed (number), ==, reading->typed);
    g_assert_cmpstr (dial_phone_number_get_kind (number), ==, "mobile");
    g_assert_cmpstr (dial_phone_number_get_e164 (number), ==, reading->e164);
    g_assert_cmpstr (dial_phone_number_get_extension (number), ==, reading->extension);
    g_assert_cmpstr (dial_phone_number_get_region (number), ==, reading->country);
    g_assert_cmpint (dial_phone_number_can_call (number), ==, reading->e164 != NULL);
  }
}

static void
test_skype (void)
{
  g_autoptr (DialPhoneNumber) name = dial_phone_number_new ("+1 202 555 0143", "skype", "US");
  g_autoptr (DialPhoneNumber) capital = dial_phone_number_new ("+1 202 555 0143", "Skype", "US");
  g_autoptr (DialPhoneNumber) unknown = dial_phone_number_new ("+1 202 555 0143", NULL, "US");

  g_assert_false (dial_phone_number_can_call (name));
  g_assert_false (dial_phone_number_can_call (capital));
  g_assert_true (dial_phone_number_can_call (unknown));
  g_assert_null (dial_phone_number_get_kind (unknown));
}

static void
test_format (void)
{
  g_autoptr (DialPhoneNumber) plain = dial_phone_number_new ("2025550143", NULL, "US");
  g_autoptr (DialPhoneNumber) extended = dial_phone_number_new ("2025550143x4", NULL, "US");
  g_autoptr (DialPhoneNumber) none = dial_phone_number_new (" ask Zoë ", NULL, "US");
  g_autofree char *plain_text = dial_phone_number_format (plain);
  g_autofree char *extended_text = dial_phone_number_format (extended);
  g_autofree char *none_text = dial_phone_number_format (none);

  g_assert_cmpstr (plain_text, ==, "+1 202-555-0143");
  g_assert_cmpstr (extended_text, ==, "+1 202-555-0143 ext. 4");
  g_assert_cmpstr (none_text, ==, " ask Zoë ");
}

static void
assert_uri (DialPhoneNumber *number,
            const char      *scheme,
            const char      *expected)
{
  g_autofree char *uri = dial_phone_number_to_uri (number, scheme);

  g_assert_cmpstr (uri, ==, expected);
}

static void
test_uri (void)
{
  g_autoptr (DialPhoneNumber) plain = dial_phone_number_new ("2025550143", NULL, "US");
  g_autoptr (DialPhoneNumber) extended = dial_phone_number_new ("2025550143 ext 4", NULL, "US");
  g_autoptr (DialPhoneNumber) none = dial_phone_number_new ("zoe", NULL, "US");

  assert_uri (plain, "tel", "tel:+12025550143");
  assert_uri (plain, "callto", "callto:+12025550143");
  assert_uri (plain, "sip", "sip:+12025550143");
  assert_uri (extended, "tel", "tel:+12025550143;ext=4");
  assert_uri (extended, "sip", "sip:+12025550143");
  assert_uri (none, "tel", NULL);
}

static void
test_stored (void)
{
  g_autoptr (DialPhoneNumber) stored = dial_phone_number_new_stored ("as typed", "work",
                                                                     "+12025550143", "4", "US");
  g_autoptr (DialPhoneNumber) none = dial_phone_number_new_stored ("+1 202 555 0143", NULL, NULL,
                                                                   NULL, NULL);
  g_autoptr (DialPhoneNumber) odd = dial_phone_number_new_stored ("odd", NULL, "not E.164", NULL,
                                                                  NULL);
  g_autofree char *text = dial_phone_number_format (stored);
  g_autofree char *odd_text = dial_phone_number_format (odd);

  g_assert_cmpstr (dial_phone_number_get_typed (stored), ==, "as typed");
  g_assert_cmpstr (dial_phone_number_get_kind (stored), ==, "work");
  g_assert_cmpstr (dial_phone_number_get_e164 (stored), ==, "+12025550143");
  g_assert_cmpstr (dial_phone_number_get_extension (stored), ==, "4");
  g_assert_cmpstr (dial_phone_number_get_region (stored), ==, "US");
  g_assert_cmpstr (text, ==, "+1 202-555-0143 ext. 4");
  assert_uri (stored, "tel", "tel:+12025550143;ext=4");

  /* What was stored counts: it is not parsed again. */
  g_assert_false (dial_phone_number_can_call (none));
  g_assert_cmpstr (odd_text, ==, "not E.164");
}

static void
test_hostile (void)
{
  static const char * const pieces[] = {
    "+1 202 555 0143 ", "9", "+", "(", "ext", "٣", "😀", "\u200f", "x1", "/", "a", "\n", "\xff",
    "+800",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DialPhoneNumber) number = NULL;
    g_autofree char *formatted = NULL;
    g_autofree char *uri = NULL;

    while (text->len < 10000)
      g_string_append (text, pieces[i]);

    number = dial_phone_number_new (text->str, pieces[i], "US");
    formatted = dial_phone_number_format (number);
    uri = dial_phone_number_to_uri (number, "tel");
    g_assert_cmpstr (dial_phone_number_get_typed (number), ==, text->str);
    g_assert_cmpint (uri != NULL, ==, dial_phone_number_can_call (number));
  }
}

/* Pages are parsed on workers while the window shows numbers. */
static gpointer
read_everything (gpointer data)
{
  for (int round = 0; round < 2; round++) {
    for (size_t i = 0; i < G_N_ELEMENTS (readings); i++) {
      g_autoptr (DialPhoneNumber) number = dial_phone_number_new (readings[i].typed, NULL,
                                                                  readings[i].region);
      g_autofree char *formatted = dial_phone_number_format (number);

      g_assert_cmpstr (dial_phone_number_get_e164 (number), ==, readings[i].e164);
    }
  }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("numbers", read_everything, NULL);
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

/* Why a text is no number, and of which countries it might be one. */
static const struct {
  const char     *typed;
  const char     *kind;
  DialNumberFlaw  flaw;
  const char     *region;   /* one that must be offered */
} flawed[] = {
  { "+44 20 7946 0958", NULL, DIAL_NUMBER_FLAW_NONE, NULL },
  { "503-555-0180", NULL, DIAL_NUMBER_FLAW_NO_COUNTRY, "US" },
  { "020 7946 0958", NULL, DIAL_NUMBER_FLAW_NO_COUNTRY, "GB" },
  { "030 901820", NULL, DIAL_NUMBER_FLAW_NO_COUNTRY, "DE" },
  { "+999 12345", NULL, DIAL_NUMBER_FLAW_WRONG_COUNTRY, NULL },
  { "+44 20", NULL, DIAL_NUMBER_FLAW_SHORT, NULL },
  { "0044 20", NULL, DIAL_NUMBER_FLAW_SHORT, NULL },
  { "+1 202 55", NULL, DIAL_NUMBER_FLAW_SHORT, NULL },
  { "+44 20 7946 0958 1234 5678", NULL, DIAL_NUMBER_FLAW_LONG, NULL },
  { "+44 10 1111 1111", NULL, DIAL_NUMBER_FLAW_NOT_IN_USE, NULL },
  { "ask her sister", NULL, DIAL_NUMBER_FLAW_NO_NUMBER, NULL },
  { "12", NULL, DIAL_NUMBER_FLAW_NO_NUMBER, NULL },
  { "", NULL, DIAL_NUMBER_FLAW_NO_NUMBER, NULL },
  { "niamh.c", "skype", DIAL_NUMBER_FLAW_SKYPE, NULL },
};

static void
test_flaws (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (flawed); i++) {
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (flawed[i].typed, flawed[i].kind, NULL);
    g_auto (GStrv) regions = dial_phone_number_list_regions (number);

    g_test_message ("“%s”", flawed[i].typed);
    g_assert_cmpint (dial_phone_number_get_flaw (number), ==, flawed[i].flaw);
    if (flawed[i].region == NULL) {
      g_assert_cmpint (g_strv_length (regions), ==, 0);
    } else {
      g_autoptr (DialPhoneNumber) there = dial_phone_number_new (flawed[i].typed, NULL, flawed[i].region);

      g_assert_true (g_strv_contains ((const char * const *) regions, flawed[i].region));
      g_assert_cmpstr (dial_phone_number_get_region (there), ==, flawed[i].region);
    }
  }

  g_assert_cmpint (dial_phone_number_get_region_code ("GB"), ==, 44);
  g_assert_cmpint (dial_phone_number_get_region_code ("XX"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* First, so that the threads race for the library's tables. */
  g_test_add_func ("/phone-number/threads", test_threads);
  g_test_add_func ("/phone-number/readings", test_readings);
  g_test_add_func ("/phone-number/flaws", test_flaws);
  g_test_add_func ("/phone-number/skype", test_skype);
  g_test_add_func ("/phone-number/format", test_format);
  g_test_add_func ("/phone-number/uri", test_uri);
  g_test_add_func ("/phone-number/stored", test_stored);
  g_test_add_func ("/phone-number/hostile", test_hostile);

  return g_test_run ();
}
