#include "desk-fixture.h"

#include <string.h>

#include "dial-secrets.h"

/* Accounts that two processes know of: what one does the other follows, without losing what it holds; and what one
 * left behind half-way the next one sweeps up. The other process is a second desk, one that is worked by hand. */

#define RECRUITER "oskar.venn@example.com"

typedef struct {
  DeskFixture  base;
  DeskFixture  tool;         /* only its desk, in the same profile */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  desk_fixture_set_up (&fixture->base, data);
  close_desk (&fixture->base);
  open_desk (&fixture->base, DIAL_DESK_DEFAULT);
  fixture->tool.profile = fixture->base.profile;
  open_desk (&fixture->tool, DIAL_DESK_BY_HAND);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->tool.desk != NULL)
    close_desk (&fixture->tool);
  desk_fixture_tear_down (&fixture->base, data);
}

/* A tool knows what stood in the file when it was started. */
static void
start_tool_anew (Fixture *fixture)
{
  close_desk (&fixture->tool);
  open_desk (&fixture->tool, DIAL_DESK_BY_HAND);
}

static guint
count_accounts (DialDesk *desk)
{
  return g_list_model_get_n_items (dial_desk_get_accounts (desk));
}

static char *
read_phones (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->base.profile, "phones.ini", NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text != NULL ? text : g_strdup ("");
}

static void
write_phones (Fixture    *fixture,
              const char *text)
{
  g_autofree char *path = g_build_filename (fixture->base.profile, "phones.ini", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
says (DialCloudtalkAccount *account,
      const char           *caption)
{
  return g_str_equal (dial_cloudtalk_account_get_caption (account), caption);
}

static DialNewAccount
make_form (Fixture *fixture)
{
  DialSandbox *sandbox = fixture->base.sandbox;
  DialNewAccount form = {
    .key_id = dial_sandbox_get_cloudtalk_key_id (sandbox),
    .secret = dial_sandbox_get_cloudtalk_secret (sandbox),
    .caption = "Alder",
    .email = RECRUITER,
    .url = dial_sandbox_get_cloudtalk_url (sandbox),
  };

  return form;
}

static DialCloudtalkAccount *
add (Fixture  *fixture,
     DialDesk *desk)
{
  DialNewAccount form = make_form (fixture);
  g_autoptr (DialCloudtalkAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_add_account_async (desk, &form, FALSE, NULL, on_answer, &result));
  account = dial_desk_add_account_finish (desk, result, &error);
  g_assert_no_error (error);
  return account;
}

static void
renew (Fixture              *fixture,
       DialDesk             *desk,
       DialCloudtalkAccount *account)
{
  DialNewAccount form = make_form (fixture);
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_renew_account_async (desk, account, &form, NULL, on_answer, &result));
  dial_desk_renew_account_finish (desk, result, &error);
  g_assert_no_error (error);
}

static gboolean
change (DialCloudtalkAccount  *account,
        const char            *key,
        const char            *value,
        GError               **error)
{
  AWAIT (dial_cloudtalk_account_set_async (account, key, value, NULL, on_answer, &result));
  return dial_cloudtalk_account_set_finish (account, result, error);
}

static void
remove_account (DialDesk             *desk,
                DialCloudtalkAccount *account)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_remove_account_async (desk, account, NULL, on_answer, &result));
  dial_desk_remove_account_finish (desk, result, &error);
  g_assert_no_error (error);
}

static void
connect_now (DialCloudtalkAccount *account)
{
  g_autoptr (DialCloudtalk) cloudtalk = NULL;
  g_autoptr (GError) error = NULL;

  AWAIT (dial_cloudtalk_account_connect_async (account, NULL, on_answer, &result));
  cloudtalk = dial_cloudtalk_account_connect_finish (account, result, &error);
  g_assert_no_error (error);
}

#define UNTIL(condition) \
  while (!(condition)) \
    g_main_context_iteration (NULL, TRUE)

/* What the tool does */

static void
test_followed (Fixture       *fixture,
               gconstpointer  data)
{
  DialDesk *window = fixture->base.desk;
  DialDesk *tool = fixture->tool.desk;
  DialCloudtalkAccount *theirs = add (fixture, tool);
  g_autofree char *id = g_strdup (dial_cloudtalk_account_get_id (theirs));
  g_autoptr (DialCloudtalkAccount) ours = NULL;
  g_autoptr (GError) error = NULL;

  UNTIL (count_accounts (window) == 1);
  ours = g_list_model_get_item (dial_desk_get_accounts (window), 0);
  g_assert_cmpstr (dial_cloudtalk_account_get_id (ours), ==, id);
  g_assert_true (says (ours, "Alder"));
  g_assert_nonnull (dial_desk_find_phone (window, id));

  /* It stays the same object, whatever changes about it. */
  change (theirs, "caption", "Second floor", &error);
  g_assert_no_error (error);
  UNTIL (says (ours, "Second floor"));
  g_assert_true (dial_desk_find_account (window, id) == ours);

  /* What it opened with the former keys is shut. */
  connect_now (ours);
  renew (fixture, tool, theirs);
  UNTIL (dial_cloudtalk_account_get_cloudtalk (ours) == NULL);
  connect_now (ours);

  remove_account (tool, theirs);
  UNTIL (count_accounts (window) == 0);
  g_assert_null (dial_desk_find_phone (window, id));
  g_assert_null (dial_cloudtalk_account_get_cloudtalk (ours));
}

/* What the window does */

static void
test_both_write (Fixture       *fixture,
                 gconstpointer  data)
{
  DialDesk *window = fixture->base.desk;
  DialCloudtalkAccount *ours = add (fixture, window);
  DialCloudtalkAccount *theirs;
  g_autoptr (DialCloudtalkAccount) reread = NULL;
  g_autoptr (GAsyncResult) changed = NULL;

  start_tool_anew (fixture);
  theirs = dial_desk_find_account (fixture->tool.desk, dial_cloudtalk_account_get_id (ours));
  g_assert_nonnull (theirs);

  /* At once: neither undoes what the other one writes. */
  dial_cloudtalk_account_set_async (ours, "caption", "Window", NULL, on_answer, &changed);
  dial_cloudtalk_account_learn_text (theirs, "+441134960123", FALSE);
  dial_cloudtalk_account_learn_text (ours, "+442079460100", TRUE);
  change (theirs, "as", "ines.aldaba@example.com", NULL);
  wait_for (&changed);
  g_assert_true (dial_cloudtalk_account_set_finish (ours, changed, NULL));

  UNTIL (g_str_equal (dial_cloudtalk_account_get_email (ours), "ines.aldaba@example.com") &&
         !dial_cloudtalk_account_can_text (ours, "+441134960123"));
  g_assert_true (says (ours, "Window"));
  start_tool_anew (fixture);
  reread = g_list_model_get_item (dial_desk_get_accounts (fixture->tool.desk), 0);
  g_assert_true (says (reread, "Window"));
  g_assert_cmpstr (dial_cloudtalk_account_get_email (reread), ==, "ines.aldaba@example.com");
  g_assert_false (dial_cloudtalk_account_can_text (reread, "+441134960123"));
}

/* What is gone is not brought back by somebody who did not know. */
static void
test_removed_elsewhere (Fixture       *fixture,
                        gconstpointer  data)
{
  DialDesk *window = fixture->base.desk;
  DialCloudtalkAccount *ours = add (fixture, window);
  DialNewAccount form = make_form (fixture);
  g_autoptr (DialCloudtalkAccount) theirs = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) renew_error = NULL;

  start_tool_anew (fixture);
  theirs = g_list_model_get_item (dial_desk_get_accounts (fixture->tool.desk), 0);
  remove_account (window, ours);

  g_assert_false (change (theirs, "caption", "Still here", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND);
  {
    AWAIT (dial_desk_renew_account_async (fixture->tool.desk, theirs, &form, NULL, on_answer, &result));
    g_assert_false (dial_desk_renew_account_finish (fixture->tool.desk, result, &renew_error));
    g_assert_error (renew_error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND);
  }
  {
    g_autoptr (GError) secret_error = NULL;

    AWAIT (dial_cloudtalk_account_connect_async (theirs, NULL, on_answer, &result));
    g_assert_null (dial_cloudtalk_account_connect_finish (theirs, result, &secret_error));
    g_assert_error (secret_error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_SECRET);
  }
  text = read_phones (fixture);
  g_assert_null (strstr (text, dial_cloudtalk_account_get_id (theirs)));
}

/* A file that somebody spoilt takes nothing away, and is read again once it is mended. */
static void
test_spoilt (Fixture       *fixture,
             gconstpointer  data)
{
  DialDesk *window = fixture->base.desk;
  DialCloudtalkAccount *ours = add (fixture, window);
  g_autofree char *good = read_phones (fixture);
  g_autofree char *bad = g_strconcat (good, "what is this\n", NULL);
  g_autofree char *other = g_strconcat (good, "caption=Mended\n", NULL);

  write_phones (fixture, bad);
  UNTIL (dial_desk_get_accounts_problem (window) != NULL);
  g_assert_cmpuint (count_accounts (window), ==, 1);
  write_phones (fixture, other);
  UNTIL (says (ours, "Mended"));
  g_assert_null (dial_desk_get_accounts_problem (window));
}

/* Left behind */

static void
store_secret (const char *id)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_NO_PROMPT);
  g_autoptr (GError) error = NULL;

  AWAIT (dial_secrets_store_async (secrets, id, "CloudTalk", "key", "secret", NULL, on_answer, &result));
  dial_secrets_store_finish (secrets, result, &error);
  g_assert_no_error (error);
}

static gboolean
has_secret (const char *id)
{
  g_autoptr (DialSecrets) secrets = dial_secrets_new (DIAL_SECRETS_NO_PROMPT);
  g_autofree char *client_id = NULL;
  g_autofree char *secret = NULL;

  AWAIT (dial_secrets_lookup_async (secrets, id, NULL, on_answer, &result));
  return dial_secrets_lookup_finish (secrets, result, &client_id, &secret, NULL);
}

static gboolean
is_in_file (Fixture    *fixture,
            const char *id)
{
  g_autofree char *text = read_phones (fixture);

  return strstr (text, id) != NULL;
}

static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text =
    g_strdup_printf ("[00old]\nkind=cloudtalk\nadding=1700000000\n"
                     "[00young]\nkind=cloudtalk\nadding=%" G_GINT64_FORMAT "\n",
                     g_get_real_time () / G_USEC_PER_SEC - 60);

  store_secret ("00old");
  store_secret ("00young");
  close_desk (&fixture->base);
  write_phones (fixture, text);
  open_desk (&fixture->base, DIAL_DESK_DEFAULT);
  UNTIL (!is_in_file (fixture, "00old"));
  g_assert_false (has_secret ("00old"));
  g_assert_cmpuint (count_accounts (fixture->base.desk), ==, 0);

  /* Another process may be at it just now. */
  g_assert_true (is_in_file (fixture, "00young"));
  g_assert_true (has_secret ("00young"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TEST(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  TEST ("/desk-accounts/followed", test_followed);
  TEST ("/desk-accounts/both-write", test_both_write);
  TEST ("/desk-accounts/removed-elsewhere", test_removed_elsewhere);
  TEST ("/desk-accounts/spoilt", test_spoilt);
  TEST ("/desk-accounts/leftovers", test_leftovers);

  return g_test_run ();
}
