#include "dial-form.h"

static const struct {
  const char *typed;
  const char *kept;
} subdomains[] = {
  { "alderworks", "alderworks" },
  { "  AlderWorks \n", "alderworks" },
  { "alderworks.greenhouse.io", "alderworks" },
  { "https://alderworks.greenhouse.io/people/1?application_id=2", "alderworks" },
  { "http://alderworks.greenhouse.io:443", "alderworks" },
  { "app.eu.greenhouse.io", "app.eu" },
  { "app2", "app2" },
  { "", NULL },
  { "   ", NULL },
  { "alder works!", NULL },
  { "-alder", NULL },
  { "ålder", NULL },
  { "https://", NULL },
  { "a@b", NULL },
};

static void
test_subdomains (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (subdomains); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *kept = dial_form_clean_subdomain (subdomains[i].typed, &error);

    g_assert_cmpstr (kept, ==, subdomains[i].kept);
    if (kept == NULL)
      g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SUBDOMAIN);
  }
}

static void
test_keys (void)
{
  g_autofree char *key = dial_form_clean_key (" abc\r\n def\t\n");
  g_autofree char *none = dial_form_clean_key (NULL);

  g_assert_cmpstr (key, ==, "abcdef");
  g_assert_cmpstr (none, ==, "");
}

static void
test_text (void)
{
  g_autofree char *text = dial_form_clean_text ("  Head\noffice\x01 ");
  g_autofree char *broken = dial_form_clean_text ("caf\xe9");

  g_assert_cmpstr (text, ==, "Head office");
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

static void
test_emails (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *good = dial_form_clean_email (" oskar.venn@example.com ", &error);
  g_autofree char *none = dial_form_clean_email ("", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (good, ==, "oskar.venn@example.com");
  g_assert_cmpstr (none, ==, "");
  g_assert_null (dial_form_clean_email ("oskar", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_EMAIL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/form/subdomains", test_subdomains);
  g_test_add_func ("/form/keys", test_keys);
  g_test_add_func ("/form/text", test_text);
  g_test_add_func ("/form/emails", test_emails);

  return g_test_run ();
}
