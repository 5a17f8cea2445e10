/* Addresses and the links between pages. */
#include "dial-greenhouse-private.h"
#include "dial-link-private.h"
#include "dial-url.h"

#define ASKED "https://harvest.greenhouse.io/v3/candidates?per_page=500"
#define NEXT  "https://harvest.greenhouse.io/v3/candidates?cursor=abc%3D%3D"

static void
test_next (void)
{
  static const struct {
    const char *header;
    const char *next;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "  ", NULL },
    { "<" NEXT ">; rel=\"next\"", NEXT },
    { "<" NEXT ">; rel=next", NEXT },
    { "<" NEXT ">;rel=\"NEXT\"", NEXT },
    { "  <" NEXT "> ; foo=\"a,b;c\\\"\" ; rel = \"prev next\"", NEXT },
    { "<https://harvest.greenhouse.io/v3/x>; rel=\"prev\", <" NEXT ">; rel=\"next\"", NEXT },
    { "<" NEXT ">; rel=\"next\", <https://harvest.greenhouse.io/v3/x>; rel=\"last\"", NEXT },
    { ",, <" NEXT ">; rel=\"next\",", NEXT },
    { "<https://harvest.greenhouse.io/v3/x>; rel=\"prev\"", NULL },
    { "<https://harvest.greenhouse.io/v3/x>", NULL },
    { "</v3/candidates?cursor=abc%3D%3D>; rel=\"next\"", NEXT },
    { "<?cursor=abc%3D%3D>; rel=\"next\"", NEXT },
    { "<HTTPS://Harvest.Greenhouse.io:443/v3/candidates?cursor=abc%3D%3D>; rel=\"next\"",
      "https://Harvest.Greenhouse.io/v3/candidates?cursor=abc%3D%3D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *next = NULL;

    g_assert_true (dial_link_get_next (cases[i].header, ASKED, &next, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (next, ==, cases[i].next);
  }
}

static void
test_last (void)
{
  static const struct {
    const char *header;
    guint       last;
  } cases[] = {
    { NULL, 0 },
    { "<" NEXT ">; rel=\"next\"", 0 },
    { "<https://harvest.greenhouse.io/v1/x?page=2&per_page=500>; rel=\"next\", "
      "<https://harvest.greenhouse.io/v1/x?page=40&per_page=500>; rel=\"last\"", 40 },
    { "<?per_page=500&page=7>; rel=last", 7 },
    { "<?page=0>; rel=last", 0 },
    { "<?page=-1>; rel=last", 0 },
    { "<?page=4294967297>; rel=last", 0 },
    { "<?page=1e3>; rel=last", 0 },
    { "<?mypage=3>; rel=last", 0 },
    { "<?page=3", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (dial_link_get_last (cases[i].header, ASKED), ==, cases[i].last);
}

static void
test_not_next (void)
{
  static const struct {
    const char *header;
    int         code;
  } cases[] = {
    { "<https://evil.example.com/v3/candidates?cursor=1>; rel=\"next\"",
      DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<//evil.example.com/v3/candidates>; rel=\"next\"", DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<http://harvest.greenhouse.io/v3/candidates?cursor=1>; rel=\"next\"",
      DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<https://harvest.greenhouse.io:444/v3/x>; rel=\"next\"",
      DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<https://harvest.greenhouse.io@evil.example.com/v3/x>; rel=\"next\"",
      DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<https://me@harvest.greenhouse.io/v3/x>; rel=\"next\"", DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<https://harvest.greenhouse.io.evil.example.com/x>; rel=\"next\"",
      DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<javascript:alert(1)>; rel=\"next\"", DIAL_GREENHOUSE_ERROR_FOREIGN_HOST },
    { "<" ASKED ">; rel=\"next\"", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { "<" NEXT, DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { "<" NEXT ">; rel=\"next", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { "<" NEXT "> nonsense", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { NEXT, DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *next = NULL;

    g_assert_false (dial_link_get_next (cases[i].header, ASKED, &next, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, cases[i].code);
    g_assert_null (next);
  }
}

static void
test_normalise (void)
{
  static const struct {
    const char *typed;
    const char *base;
  } cases[] = {
    { "https://harvest.greenhouse.io", "https://harvest.greenhouse.io" },
    { "https://harvest.greenhouse.io/", "https://harvest.greenhouse.io" },
    { " https://harvest.greenhouse.io/v3\n", "https://harvest.greenhouse.io" },
    { "https://harvest.greenhouse.io/v3///", "https://harvest.greenhouse.io" },
    { "https://auth.greenhouse.io/token", "https://auth.greenhouse.io" },
    { "https://auth.greenhouse.io:443/token/", "https://auth.greenhouse.io" },
    { "HTTPS://gateway.example.com:8443/greenhouse/v3/", "https://gateway.example.com:8443/greenhouse" },
    { "http://127.0.0.1:8080/v3", "http://127.0.0.1:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://localhost:80/", "http://localhost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *base = dial_greenhouse_normalise_url (cases[i].typed, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (base, ==, cases[i].base);
    g_assert_true (dial_greenhouse_check_url (cases[i].typed, NULL));
  }
}

static void
test_refused (void)
{
  static const char *const typed[] = {
    "", "harvest.greenhouse.io", "ftp://harvest.greenhouse.io", "http://harvest.greenhouse.io",
    "http://127.0.0.1.example.com", "http://localhost.example.com", "https://", "https:///v3",
    "https://me:secret@harvest.greenhouse.io", "https://me@harvest.greenhouse.io",
    "https://harvest.greenhouse.io?x=1", "https://harvest.greenhouse.io/#v3", "https://a b",
    "http://10.0.0.1", "file:///etc/passwd",
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", typed[i]);
    g_assert_false (dial_greenhouse_check_url (typed[i], &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID);
    g_assert_null (g_strstr_len (error->message, -1, "secret"));
  }
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  DialGreenhouse *greenhouse;

  g_assert_null (dial_greenhouse_new (DIAL_API_V1, NULL, NULL, NULL, " \n", &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_clear_error (&error);

  g_assert_null (dial_greenhouse_new (DIAL_API_V3, NULL, NULL, "id", " \n", &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_clear_error (&error);

  greenhouse = dial_greenhouse_new (DIAL_API_V3, NULL, NULL, "id", "secret", &error);
  g_assert_no_error (error);
  g_assert_finalize_object (greenhouse);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/greenhouse/links/next", test_next);
  g_test_add_func ("/greenhouse/links/last", test_last);
  g_test_add_func ("/greenhouse/links/not-next", test_not_next);
  g_test_add_func ("/greenhouse/links/normalise", test_normalise);
  g_test_add_func ("/greenhouse/links/refused", test_refused);
  g_test_add_func ("/greenhouse/links/new", test_new);

  return g_test_run ();
}
