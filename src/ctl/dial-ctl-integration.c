#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

static char *opt_name;
static char *opt_caption;
static char *opt_api;
static char *opt_subdomain;
static char *opt_client_id;
static char *opt_recruiter;
static char *opt_confirm;
static gboolean opt_json;

static const GOptionEntry add_options[] = {
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &opt_name, N_("What the integration is called"),
    N_("NAME") },
  { "subdomain", 0, 0, G_OPTION_ARG_FILENAME, &opt_subdomain,
    N_("The part before .greenhouse.io in your Greenhouse address"), N_("SUB") },
  { "api", 0, 0, G_OPTION_ARG_FILENAME, &opt_api, N_("Harvest’s version: v3 (the default) or v1"),
    "v3|v1" },
  { "client-id", 0, 0, G_OPTION_ARG_FILENAME, &opt_client_id,
    N_("The credential’s client ID (v3)"), N_("ID") },
  { "caption", 0, 0, G_OPTION_ARG_FILENAME, &opt_caption, N_("A remark, for yourself"),
    N_("TEXT") },
  { "as", 0, 0, G_OPTION_ARG_FILENAME, &opt_recruiter,
    N_("The recruiter, by the e-mail address known to Greenhouse: the author of the notes"),
    N_("EMAIL") },
  { NULL },
};

static const GOptionEntry remove_options[] = {
  { "confirm", 0, 0, G_OPTION_ARG_FILENAME, &opt_confirm,
    N_("Say that you mean it, by the word DELETE"), "DELETE" },
  { NULL },
};

static const GOptionEntry check_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &opt_json, N_("Answer with one JSON object"), NULL },
  { NULL },
};

static gboolean
wants_option (const char  *value,
              const char  *option,
              GError     **error)
{
  if (value != NULL)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("“integration add” wants %s; “dialhousectl integration add --help” says more."),
               option);
  return FALSE;
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
  int api = DIAL_API_V3;

  if (opt_api != NULL && !dial_enum_from_nick (DIAL_TYPE_API, opt_api, &api)) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("“%s” is no version of Harvest; --api takes v3 or v1."), opt_api);
    return FALSE;
  }
  if (!wants_option (opt_name, "--name", error) ||
      !wants_option (opt_subdomain, "--subdomain", error) ||
      (api == DIAL_API_V3 && !wants_option (opt_client_id, "--client-id", error)))
    return FALSE;

  secret = dial_ctl_read_secret (ctl, api == DIAL_API_V3 ? _("Client secret") : _("API key"),
                                 error);
  if (secret == NULL)
    return FALSE;

  form.name = opt_name;
  form.caption = opt_caption;
  form.api = (DialApi) api;
  form.subdomain = opt_subdomain;
  form.client_id = opt_client_id;
  form.secret = secret;
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

static JsonBuilder *
begin_integration (DialIntegration *integration)
{
  JsonBuilder *json = dial_ctl_json_begin ();
  const char *health = dial_integration_get_problem (integration);

  if (health == NULL)
    health = dial_integration_get_last_sync (integration) != DIAL_INSTANT_UNKNOWN ? "ok" : "new";

  dial_ctl_json_string (json, "id", dial_integration_get_id (integration));
  dial_ctl_json_string (json, "name", dial_integration_get_name (integration));
  dial_ctl_json_string (json, "caption", dial_integration_get_caption (integration));
  dial_ctl_json_string (json, "api",
                        dial_enum_to_nick (DIAL_TYPE_API, dial_integration_get_api (integration)));
  dial_ctl_json_string (json, "subdomain", dial_integration_get_subdomain (integration));
  dial_ctl_json_string (json, "status",
                        dial_integration_is_active (integration) ? "active" : "inactive");
  dial_ctl_json_string (json, "health", health);
  return json;
}

static gboolean
run_list (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  GListModel *integrations = dial_desk_get_integrations (ctl->desk);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    g_autoptr (JsonBuilder) json = begin_integration (integration);

    dial_ctl_json_print (json);
  }

  return TRUE;
}

/* Asked anew: the integration's own counts follow the store, and arrive when they arrive. */
static gboolean
count (DialCtl          *ctl,
       DialIntegration  *integration,
       gint64           *n_candidates,
       guint            *n_unsent,
       GError          **error)
{
  DialStore *store = dial_integration_get_store (integration);
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) items = NULL;

  dial_store_count_candidates_async (store, ctl->cancellable, dial_ctl_got, &counted);
  *n_candidates = dial_store_count_candidates_finish (store, dial_ctl_wait (&counted), error);
  if (*n_candidates < 0)
    return FALSE;

  dial_store_list_outbox_async (store, 0, ctl->cancellable, dial_ctl_got, &listed);
  items = dial_store_list_outbox_finish (store, dial_ctl_wait (&listed), error);
  if (items == NULL)
    return FALSE;

  *n_unsent = 0;
  for (guint i = 0; i < items->len; i++)
    *n_unsent += ((DialOutboxItem *) items->pdata[i])->state != DIAL_OUTBOX_STATE_SENT;
  return TRUE;
}

static gboolean
run_show (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  static const char * const told[] = { "name", "caption", "api", "subdomain", "status", NULL };
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, arguments[0], error);
  g_autoptr (JsonBuilder) json = NULL;
  DialUser *recruiter;
  gint64 n_candidates;
  guint n_unsent;

  if (integration == NULL ||
      !count (ctl, integration, &n_candidates, &n_unsent, error))
    return FALSE;

  json = begin_integration (integration);
  for (const char **key = dial_integration_list_keys (); *key != NULL; key++) {
    g_autofree char *value = NULL;

    if (g_strv_contains (told, *key))
      continue;
    value = dial_integration_dup_setting (integration, *key);
    dial_ctl_json_string (json, *key, value);
  }

  recruiter = dial_integration_get_recruiter (integration);
  dial_ctl_json_id (json, "recruiter_id", recruiter != NULL ? recruiter->id : 0);
  dial_ctl_json_string (json, "recruiter_name", recruiter != NULL ? recruiter->name : NULL);
  dial_ctl_json_int (json, "candidates", n_candidates);
  dial_ctl_json_int (json, "unsent", n_unsent);
  dial_ctl_json_instant (json, "last_sync", dial_integration_get_last_sync (integration));
  dial_ctl_json_print (json);
  return TRUE;
}

static gboolean
set (DialCtl     *ctl,
     const char  *id,
     const char  *key,
     const char  *value,
     GError     **error)
{
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, id, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (integration == NULL)
    return FALSE;

  dial_integration_set_async (integration, key, value, ctl->cancellable, dial_ctl_got, &result);
  return dial_integration_set_finish (integration, dial_ctl_wait (&result), error);
}

static gboolean
run_set (DialCtl  *ctl,
         char    **arguments,
         GError  **error)
{
  return set (ctl, arguments[0], arguments[1], arguments[2], error);
}

static gboolean
run_activate (DialCtl  *ctl,
              char    **arguments,
              GError  **error)
{
  return set (ctl, arguments[0], "status", "active", error);
}

static gboolean
run_pause (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  return set (ctl, arguments[0], "status", "inactive", error);
}

static gboolean
run_remove (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (g_strcmp0 (opt_confirm, "DELETE") != 0) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                         _("Removing an integration deletes its candidates, calls and unsent notes "
                           "on this computer; if you mean it, add --confirm DELETE."));
    return FALSE;
  }

  integration = dial_ctl_pick_integration (ctl, arguments[0], error);
  if (integration == NULL)
    return FALSE;

  dial_desk_remove_integration_async (ctl->desk, integration, ctl->cancellable, dial_ctl_got,
                                      &result);
  return dial_desk_remove_integration_finish (ctl->desk, dial_ctl_wait (&result), error);
}

static gboolean
run_check (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, arguments[0], error);

  return integration != NULL && dial_ctl_check (ctl, integration, opt_json, error);
}

const DialCtlCommand dial_ctl_integration_commands[] = {
  { "integration add",
    "--name NAME --subdomain SUB [--api v3|v1] [--client-id ID] [--caption TEXT] [--as EMAIL]",
    N_("Add a Greenhouse connection, secret or key on standard input; prints its new ID"),
    add_options, 0, 0, TRUE, run_add },
  { "integration list", "", N_("List the integrations, a JSON object a line"),
    NULL, 0, 0, TRUE, run_list },
  { "integration show", "ID", N_("Show one integration and its settings"),
    NULL, 1, 1, TRUE, run_show },
  { "integration set", "ID KEY VALUE", N_("Change one setting"), NULL, 3, 3, TRUE, run_set },
  { "integration activate", "ID", N_("Switch an integration on"), NULL, 1, 1, TRUE, run_activate },
  { "integration pause", "ID", N_("Switch an integration off, keeping all it has"),
    NULL, 1, 1, TRUE, run_pause },
  { "integration remove", "ID --confirm DELETE",
    N_("Delete an integration, its credentials and its candidates from this computer"),
    remove_options, 1, 1, TRUE, run_remove },
  { "integration check", "ID [--json]", N_("Ask Greenhouse which permissions are there"),
    check_options, 1, 1, TRUE, run_check },
  { NULL },
};
