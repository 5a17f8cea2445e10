#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* A phone asks the desktop who opens its links, and does not say when it has heard: half a blink is
 * enough for the answer. */
#define PATIENCE_MILLISECONDS 300

static gboolean
on_patience_over (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_phones_look (void)
{
  gboolean over = FALSE;

  g_timeout_add (PATIENCE_MILLISECONDS, on_patience_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* One word where all is well, otherwise a sentence that says what to do. */
static const char *
get_health (DialCloudtalkAccount *account)
{
  const char *problem = dial_cloudtalk_account_get_problem (account);
  DialAccountCheck *check = dial_cloudtalk_account_get_check (account);
  const DialAccountFinding *advice;

  if (problem != NULL)
    return problem;

  switch (dial_cloudtalk_account_get_health (account)) {
  case DIAL_HEALTH_UNKNOWN:
    return "new";
  case DIAL_HEALTH_LIMITED:
    advice = check != NULL ? dial_account_check_find (check, DIAL_STEP_ADVICE) : NULL;
    return advice != NULL ? advice->text : "ok";
  case DIAL_HEALTH_GOOD:
  case DIAL_HEALTH_BROKEN:
  default:
    return "ok";
  }
}

static void
print_account (DialCloudtalkAccount *account)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();
  g_autofree char *title = dial_cloudtalk_account_dup_title (account);

  dial_ctl_json_string (json, "id", dial_cloudtalk_account_get_id (account));
  dial_ctl_json_string (json, "kind", "cloudtalk");
  dial_ctl_json_string (json, "title", title);
  dial_ctl_json_string (json, "health", get_health (account));
  dial_ctl_json_string (json, "key_id", dial_cloudtalk_account_get_key_id (account));
  for (const char **key = dial_cloudtalk_account_list_keys (); *key != NULL; key++) {
    g_autofree char *value = dial_cloudtalk_account_dup_setting (account, *key);

    dial_ctl_json_string (json, *key, value);
  }
  dial_ctl_json_print (json);
}

static void
print_phone (DialPhone *phone)
{
  g_autofree char *title = dial_phone_dup_title (phone);
  g_autofree char *problem = dial_phone_dup_problem (phone);
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_string (json, "id", dial_phone_get_id (phone));
  dial_ctl_json_string (json, "kind", dial_phone_get_id (phone));
  dial_ctl_json_string (json, "title", title);
  dial_ctl_json_string (json, "health", problem != NULL ? problem : "ok");
  dial_ctl_json_print (json);
}

/* What the file of accounts could not say is told after what is known. */
static gboolean
check_accounts (DialCtl  *ctl,
                GError  **error)
{
  const char *problem = dial_desk_get_accounts_problem (ctl->desk);

  if (problem != NULL)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED, problem);
  return problem == NULL;
}

static gboolean
run_list (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  GListModel *phones = dial_desk_get_phones (ctl->desk);
  GListModel *accounts = dial_desk_get_accounts (ctl->desk);

  let_phones_look ();
  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (phones, i);

    if (dial_desk_find_account (ctl->desk, dial_phone_get_id (phone)) == NULL)
      print_phone (phone);
  }
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++) {
    g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (accounts, i);

    print_account (account);
  }

  return check_accounts (ctl, error);
}

/* Accounts */

static char *opt_key_id;
static char *opt_caption;
static char *opt_email;
static char *opt_confirm;
static gboolean opt_json;

static const GOptionEntry add_options[] = {
  { "key-id", 0, 0, G_OPTION_ARG_FILENAME, &opt_key_id,
    N_("CloudTalk’s Access Key ID, from its dashboard under Account > Settings > API keys"), N_("ID") },
  { "caption", 0, 0, G_OPTION_ARG_FILENAME, &opt_caption, N_("A remark, for yourself"), N_("TEXT") },
  { "as", 0, 0, G_OPTION_ARG_FILENAME, &opt_email,
    N_("The recruiter, by the e-mail address known to CloudTalk; the one in Greenhouse if left out"),
    N_("EMAIL") },
  { NULL },
};

static const GOptionEntry renew_options[] = {
  { "key-id", 0, 0, G_OPTION_ARG_FILENAME, &opt_key_id,
    N_("CloudTalk’s Access Key ID, from its dashboard under Account > Settings > API keys"), N_("ID") },
  { NULL },
};

static const GOptionEntry check_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &opt_json, N_("Answer with one JSON object"), NULL },
  { NULL },
};

static const GOptionEntry remove_options[] = {
  { "confirm", 0, 0, G_OPTION_ARG_FILENAME, &opt_confirm,
    N_("Say that you mean it, by the word DELETE"), "DELETE" },
  { NULL },
};

static DialCloudtalkAccount *
pick_account (DialCtl     *ctl,
              const char  *id,
              GError     **error)
{
  DialCloudtalkAccount *account = dial_desk_find_account (ctl->desk, id);

  if (account != NULL)
    return g_object_ref (account);
  if (!check_accounts (ctl, error))
    return NULL;

  if (dial_desk_find_phone (ctl->desk, id) != NULL)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("The phone “%s” is this desktop’s own: there is nothing to set, to check or to remove here."),
                 id);
  else
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("There is no phone “%s”; “dialhousectl phone list” shows them."), id);
  return NULL;
}

static char *
read_keys (DialCtl     *ctl,
           const char  *command,
           GError     **error)
{
  if (opt_key_id != NULL)
    return dial_ctl_read_secret (ctl, _("Access Key Secret"), error);

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("“%s” wants %s; “dialhousectl %s --help” says more."), command, "--key-id", command);
  return NULL;
}

static gboolean
run_add (DialCtl  *ctl,
         char    **arguments,
         GError  **error)
{
  DialNewAccount form = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialCloudtalkAccount) account = NULL;
  char *secret;

  if (!g_str_equal (arguments[0], "cloudtalk")) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("“%s” is no kind of phone that can be added; “phone add” takes cloudtalk."), arguments[0]);
    return FALSE;
  }

  secret = read_keys (ctl, "phone add", error);
  if (secret == NULL)
    return FALSE;

  form.key_id = opt_key_id;
  form.secret = secret;
  form.caption = opt_caption;
  form.email = opt_email;

  /* CloudTalk is not asked yet: a gateway's address can only be set afterwards. */
  dial_desk_add_account_async (ctl->desk, &form, FALSE, ctl->cancellable, dial_ctl_got, &result);
  dial_ctl_free_secret (secret);
  account = dial_desk_add_account_finish (ctl->desk, dial_ctl_wait (&result), error);
  if (account == NULL)
    return FALSE;

  puts (dial_cloudtalk_account_get_id (account));
  return TRUE;
}

static gboolean
run_renew (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  DialNewAccount form = { NULL };
  char *secret;

  account = pick_account (ctl, arguments[0], error);
  secret = account != NULL ? read_keys (ctl, "phone renew", error) : NULL;
  if (secret == NULL)
    return FALSE;

  form.key_id = opt_key_id;
  form.secret = secret;
  dial_desk_renew_account_async (ctl->desk, account, &form, ctl->cancellable, dial_ctl_got, &result);
  dial_ctl_free_secret (secret);
  return dial_desk_renew_account_finish (ctl->desk, dial_ctl_wait (&result), error);
}

static gboolean
run_set (DialCtl  *ctl,
         char    **arguments,
         GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = pick_account (ctl, arguments[0], error);
  g_autoptr (GAsyncResult) result = NULL;

  if (account == NULL)
    return FALSE;

  dial_cloudtalk_account_set_async (account, arguments[1], arguments[2], ctl->cancellable, dial_ctl_got, &result);
  return dial_cloudtalk_account_set_finish (account, dial_ctl_wait (&result), error);
}

static gboolean
run_remove (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = pick_account (ctl, arguments[0], error);
  g_autoptr (GAsyncResult) result = NULL;

  if (account == NULL)
    return FALSE;

  if (g_strcmp0 (opt_confirm, "DELETE") != 0) {
    g_autofree char *title = dial_cloudtalk_account_dup_title (account);

    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 /* Translators: a phone's name */
                 _("This would delete “%s”: its keys from the keyring, and the account from this computer; CloudTalk "
                   "keeps all it has. If you mean it, add --confirm DELETE."), title);
    return FALSE;
  }

  dial_desk_remove_account_async (ctl->desk, account, ctl->cancellable, dial_ctl_got, &result);
  return dial_desk_remove_account_finish (ctl->desk, dial_ctl_wait (&result), error);
}

static gboolean
run_check (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = pick_account (ctl, arguments[0], error);

  return account != NULL && dial_ctl_check_account (ctl, account, opt_json, error);
}

static gboolean
run_agents (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = pick_account (ctl, arguments[0], error);

  return account != NULL && dial_ctl_list_agents (ctl, account, error);
}

static gboolean
run_numbers (DialCtl  *ctl,
             char    **arguments,
             GError  **error)
{
  g_autoptr (DialCloudtalkAccount) account = pick_account (ctl, arguments[0], error);

  return account != NULL && dial_ctl_list_numbers (ctl, account, error);
}

const DialCtlCommand dial_ctl_phone_commands[] = {
  { "phone list", "", N_("List the ways to place a call, a JSON object a line"),
    NULL, 0, 0, TRUE, run_list },
  { "phone add", "cloudtalk --key-id ID [--caption TEXT] [--as EMAIL]",
    N_("Add a CloudTalk account, its Access Key Secret on standard input; prints its new ID"),
    add_options, 1, 1, TRUE, run_add },
  { "phone renew", "ID --key-id ID",
    N_("Give an account new keys, the Access Key Secret on standard input"),
    renew_options, 1, 1, TRUE, run_renew },
  { "phone check", "ID [--json]", N_("Ask CloudTalk whether calls can be placed"),
    check_options, 1, 1, TRUE, run_check },
  { "phone agents", "ID", N_("List whom an account can call as, a JSON object a line"),
    NULL, 1, 1, TRUE, run_agents },
  { "phone numbers", "ID", N_("List an account’s numbers, a JSON object a line"),
    NULL, 1, 1, TRUE, run_numbers },
  { "phone set", "ID KEY VALUE", N_("Change one setting of an account: caption, as, agent-id"),
    NULL, 3, 3, TRUE, run_set },
  { "phone remove", "ID --confirm DELETE", N_("Delete an account and its keys from this computer"),
    remove_options, 1, 1, TRUE, run_remove },
  { NULL },
};
