#include "dial-form.h"

#include <string.h>

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
  { "https://app2.eu.greenhouse.io/people/1/applications/2", "app2.eu" },
  { "alderworks.greenhouse.io/people/1", "alderworks" },
  { "alderworks/", "alderworks" },
  { "greenhouse.io", NULL },
  { "https://greenhouse.io/", NULL },
  { "https://alderworks.example/people/1", NULL },
  { "mail.example.org/people", NULL },
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

static void
test_user_ids (void)
{
  static const struct {
    const char *typed;
    const char *kept;
  } ids[] = {
    { " 5400012002\n", "5400012002" },
    { "https://app.greenhouse.io/account/users/5400012002?tab=1", "5400012002" },
    { "", "" },
    { "0", NULL },
    { "-1", NULL },
    { "12x", NULL },
    { "99999999999999999999", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *kept = dial_form_clean_user_id (ids[i].typed,
                                                     DIAL_DESK_ERROR_FIELD_ACTING_USER, &error);

    g_assert_cmpstr (kept, ==, ids[i].kept);
    if (kept == NULL)
      g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_ACTING_USER);
  }
}

#define SECRET "6pTcXQn2Kf0wLbVgYhJd8sRmZaEu4iNo1yCkWxPv9Bq"
#define V1_KEY "a7183e1b7e9ab09b8a5cfa87d1934c3c-1"

/* What is clearly in the wrong field is noticed; what might be right never is. */
static void
test_swapped_keys (void)
{
  static const struct {
    DialApi     api;
    const char *client_id;
    const char *secret;
    int         code;     /* -1 where they may be right */
  } keys[] = {
    { DIAL_API_V3, "alder.harvest", SECRET, -1 },
    { DIAL_API_V3, "id", "secret", -1 },
    { DIAL_API_V3, "alder-works_01.xyz", "abc.def", -1 },
    { DIAL_API_V3, "a1b2c3d4-e5f6-47a8-b9c0-d1e2f3a4b5c6", SECRET, -1 },
    { DIAL_API_V3, "client", "se.cret.with.dots", -1 },
    { DIAL_API_V3, "client", V1_KEY, -1 },
    { DIAL_API_V3, "", SECRET, DIAL_DESK_ERROR_FIELD_CLIENT_ID },
    { DIAL_API_V3, "alder.harvest", "", DIAL_DESK_ERROR_FIELD_SECRET },
    { DIAL_API_V3, "alder.harvest", "alder.harvest", DIAL_DESK_ERROR_FIELD_SECRET },
    { DIAL_API_V3, SECRET, "alder.harvest", DIAL_DESK_ERROR_FIELD_CLIENT_ID },
    { DIAL_API_V3, SECRET, "", DIAL_DESK_ERROR_FIELD_CLIENT_ID },
    { DIAL_API_V3, V1_KEY, SECRET, DIAL_DESK_ERROR_FIELD_CLIENT_ID },
    { DIAL_API_V3, "5c-ret", "alder.harvest", DIAL_DESK_ERROR_FIELD_SECRET },
    { DIAL_API_V1, NULL, V1_KEY, -1 },
    { DIAL_API_V1, NULL, SECRET, -1 },
    { DIAL_API_V1, NULL, "", DIAL_DESK_ERROR_FIELD_SECRET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;
    gboolean may_be_right = dial_form_check_keys (keys[i].api, keys[i].client_id, keys[i].secret,
                                                  &error);

    g_assert_cmpint (may_be_right, ==, keys[i].code < 0);
    if (!may_be_right) {
      g_assert_error (error, DIAL_DESK_ERROR, keys[i].code);
      g_assert_null (strstr (error->message, SECRET));
      g_assert_null (strstr (error->message, V1_KEY));
    }
  }
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
  g_test_add_func ("/form/user-ids", test_user_ids);
  g_test_add_func ("/form/swapped-keys", test_swapped_keys);

  return g_test_run ();
}
