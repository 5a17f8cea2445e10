#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Credentials in: a new integration, and new ones for an integration that stays. */

static char *opt_name;
static char *opt_caption;
static char *opt_api;
static char *opt_subdomain;
static char *opt_client_id;
static char *opt_acting_user;
static char *opt_recruiter;

#define CREDENTIAL_OPTIONS \
  { "client-id", 0, 0, G_OPTION_ARG_FILENAME, &opt_client_id, \
    N_("The credential’s client ID (v3)"), N_("ID") }, \
  { "acting-user", 0, 0, G_OPTION_ARG_FILENAME, &opt_acting_user, \
    N_("The Site Admin the credential acts as, by the number in the address of that person’s " \
       "page in Greenhouse (v3); the credential’s own service user if left out"), \
    N_("ID") }

static const GOptionEntry add_options[] = {
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &opt_name, N_("What the integration is called"),
    N_("NAME") },
  { "subdomain", 0, 0, G_OPTION_ARG_FILENAME, &opt_subdomain,
    N_("The part before .greenhouse.io in your Greenhouse address, or any such address"),
    N_("SUB") },
  { "api", 0, 0, G_OPTION_ARG_FILENAME, &opt_api, N_("Harvest’s version: v3 (the default) or v1"),
    "v3|v1" },
  CREDENTIAL_OPTIONS,
  { "caption", 0, 0, G_OPTION_ARG_FILENAME, &opt_caption, N_("A remark, for yourself"),
    N_("TEXT") },
  { "as", 0, 0, G_OPTION_ARG_FILENAME, &opt_recruiter,
    N_("The recruiter, by the e-mail address known to Greenhouse: the author of the notes"),
    N_("EMAIL") },
  { NULL },
};

static const GOptionEntry renew_options[] = {
  { "api", 0, 0, G_OPTION_ARG_FILENAME, &opt_api,
    N_("Harvest’s version from now on: v3 (the default) or v1"), "v3|v1" },
  CREDENTIAL_OPTIONS,
  { NULL },
};

static gboolean
wants_option (const char  *value,
              const char  *command,
              const char  *option,
              GError     **error)
{
  if (value != NULL)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("“%s” wants %s; “dialhousectl %s --help” says more."), command, option, command);
  return FALSE;
}

static gboolean
refuse_option (const char  *value,
               const char  *option,
               GError     **error)
{
  if (value == NULL)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               /* Translators: an option of the command line. */
               _("Harvest v1 has a key alone; leave %s out, or leave --api v1 out."), option);
  return FALSE;
}

static gboolean
read_api (const char  *command,
          DialApi     *api,
          GError     **error)
{
  int value = DIAL_API_V3;

  if (opt_api != NULL && !dial_enum_from_nick (DIAL_TYPE_API, opt_api, &value)) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("“%s” is no version of Harvest; --api takes v3 or v1."), opt_api);
    return FALSE;
  }

  *api = (DialApi) value;
  if (*api == DIAL_API_V1)
    return refuse_option (opt_client_id, "--client-id", error) &&
           refuse_option (opt_acting_user, "--acting-user", error);
  return wants_option (opt_client_id, command, "--client-id", error);
}

static char *
read_secret (DialCtl  *ctl,
             DialApi   api,
             GError  **error)
{
  return dial_ctl_read_secret (ctl, api == DIAL_API_V3 ? _("Client secret") : _("API key"), error);
}

static gboolean
run_add (DialCtl  *ctl,
         char    **arguments,
         GError  **error)
{
  DialNewIntegration form = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  char *secret;

  if (!wants_option (opt_name, "integration add", "--name", error) ||
      !wants_option (opt_subdomain, "integration add", "--subdomain", error) ||
      !read_api ("integration add", &form.api, error))
    return FALSE;

  secret = read_secret (ctl, form.api, error);
  if (secret == NULL)
    return FALSE;

  form.name = opt_name;
  form.caption = opt_caption;
  form.subdomain = opt_subdomain;
  form.client_id = opt_client_id;
  form.secret = secret;
  form.acting_user = opt_acting_user;
  form.recruiter_email = opt_recruiter;

  /* Greenhouse is not asked yet: a gateway's address can only be set afterwards. */
  dial_desk_add_integration_async (ctl->desk, &form, FALSE, ctl->cancellable, dial_ctl_got,
                                   &result);
  dial_ctl_free_secret (secret);
  integration = dial_desk_add_integration_finish (ctl->desk, dial_ctl_wait (&result), error);
  if (integration == NULL)
    return FALSE;

  puts (dial_integration_get_id (integration));
  return TRUE;
}

static gboolean
run_renew (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  DialNewIntegration form = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  char *secret;

  if (!read_api ("integration renew", &form.api, error))
    return FALSE;

  integration = dial_ctl_pick_integration (ctl, arguments[0], error);
  if (integration == NULL)
    return FALSE;

  secret = read_secret (ctl, form.api, error);
  if (secret == NULL)
    return FALSE;

  form.client_id = opt_client_id;
  form.secret = secret;
  form.acting_user = opt_acting_user;
  dial_desk_renew_integration_async (ctl->desk, integration, &form, ctl->cancellable, dial_ctl_got,
                                     &result);
  dial_ctl_free_secret (secret);
  return dial_desk_renew_integration_finish (ctl->desk, dial_ctl_wait (&result), error);
}

const DialCtlCommand dial_ctl_connect_commands[] = {
  { "integration add",
    "--name NAME --subdomain SUB [--api v3|v1] [--client-id ID] [--acting-user ID] "
    "[--caption TEXT] [--as EMAIL]",
    N_("Add a Greenhouse connection, secret or key on standard input; prints its new ID"),
    add_options, 0, 0, TRUE, run_add },
  { "integration renew", "ID [--api v3|v1] [--client-id ID] [--acting-user ID]",
    N_("Give an integration new credentials, secret or key on standard input, keeping all it has"),
    renew_options, 1, 1, TRUE, run_renew },
  { NULL },
};
