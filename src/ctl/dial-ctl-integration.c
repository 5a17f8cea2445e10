#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MAX_USERS 1000

static char *opt_confirm;
static gboolean opt_json;

static const GOptionEntry remove_options[] = {
  { "confirm", 0, 0, G_OPTION_ARG_FILENAME, &opt_confirm,
    N_("Say that you mean it, by the word DELETE"), "DELETE" },
  { NULL },
};

static const GOptionEntry check_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &opt_json, N_("Answer with one JSON object"), NULL },
  { NULL },
};

/* What a good check still found: the worst first. */
static const char *
find_advice (DialGreenhouseCheck *check)
{
  const char *advice = NULL;

  if (check == NULL)
    return NULL;

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];

    if (permission->granted != DIAL_GRANT_MISSING)
      continue;
    if (permission->required)
      return permission->advice;
    if (advice == NULL)
      advice = permission->advice;
  }

  return advice != NULL ? advice : check->remarks[0];
}

/* One word where all is well, otherwise a sentence that says what to do. */
static const char *
get_health (DialIntegration *integration)
{
  const char *sentence = dial_integration_get_problem (integration);

  switch (dial_integration_get_health (integration)) {
  case DIAL_HEALTH_GOOD:
    return "ok";
  case DIAL_HEALTH_UNKNOWN:
    return "new";
  case DIAL_HEALTH_LIMITED:
  case DIAL_HEALTH_BROKEN:
  default:
    if (sentence == NULL)
      sentence = dial_integration_get_author_problem (integration);
    if (sentence == NULL)
      sentence = find_advice (dial_integration_get_check (integration));
    return sentence != NULL ? sentence : _("It does not work as it should; check it.");
  }
}

static JsonBuilder *
begin_integration (DialIntegration *integration)
{
  JsonBuilder *json = dial_ctl_json_begin ();

  dial_ctl_json_string (json, "id", dial_integration_get_id (integration));
  dial_ctl_json_string (json, "name", dial_integration_get_name (integration));
  dial_ctl_json_string (json, "caption", dial_integration_get_caption (integration));
  dial_ctl_json_string (json, "api",
                        dial_enum_to_nick (DIAL_TYPE_API, dial_integration_get_api (integration)));
  dial_ctl_json_string (json, "subdomain", dial_integration_get_subdomain (integration));
  dial_ctl_json_string (json, "status",
                        dial_integration_is_active (integration) ? "active" : "inactive");
  dial_ctl_json_string (json, "health", get_health (integration));
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
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonBuilder) json = NULL;
  DialUser *recruiter;
  gint64 n_candidates;
  guint n_unsent;

  if (integration == NULL)
    return FALSE;
  if (!count (ctl, integration, &n_candidates, &n_unsent, &problem)) {
    const char *sentence = dial_integration_get_problem (integration);

    /* A store that could not even be opened says no more than that it is closed. */
    if (sentence != NULL)
      g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED, sentence);
    else
      g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

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
  dial_ctl_json_string (json, "recruiter_problem",
                        dial_integration_get_author_problem (integration));
  dial_ctl_json_string (json, "doubles_problem", dial_integration_get_doubles_problem (integration));
  dial_ctl_json_int (json, "candidates", n_candidates);
  dial_ctl_json_int (json, "unsent", n_unsent);
  dial_ctl_json_instant (json, "last_sync", dial_integration_get_last_sync (integration));
  dial_ctl_json_print (json);
  return TRUE;
}

/* Whom one can be: leavers and programs are not among them. */
static gboolean
run_users (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, arguments[0], error);
  g_autofree char *text = g_strjoinv (" ", arguments + 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) users = NULL;

  if (integration == NULL)
    return FALSE;

  dial_integration_find_users_async (integration, text, MAX_USERS, ctl->cancellable, dial_ctl_got,
                                     &result);
  users = dial_integration_find_users_finish (integration, dial_ctl_wait (&result), error);
  if (users == NULL)
    return FALSE;

  for (guint i = 0; i < users->len; i++) {
    DialUser *user = users->pdata[i];
    g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

    dial_ctl_json_int (json, "id", user->id);
    dial_ctl_json_string (json, "name", user->name);
    dial_ctl_json_string (json, "email", user->primary_email);
    dial_ctl_json_print (json);
  }

  return TRUE;
}

/* Which accounts there are the desk knows, not the integration. */
static gboolean
check_phone (DialCtl     *ctl,
             const char  *key,
             const char  *value,
             GError     **error)
{
  if (!g_str_equal (key, "phone") || *value == '\0' || dial_desk_find_account (ctl->desk, value) != NULL)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
               _("There is no CloudTalk account “%s”; “dialhousectl phone list” shows them."), value);
  return FALSE;
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

  if (integration == NULL || !check_phone (ctl, key, value, error))
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

/* What would go, for whoever has not yet said that they mean it. */
static void
set_unconfirmed_error (DialIntegration  *integration,
                       gint64            n_candidates,
                       guint             n_unsent,
                       GError          **error)
{
  g_autofree char *candidates =
    g_strdup_printf (ngettext ("%u candidate", "%u candidates", (gulong) n_candidates),
                     (guint) n_candidates);
  g_autofree char *notes = NULL;

  if (n_unsent > 0)
    notes = g_strdup_printf (ngettext ("%u note that is not in Greenhouse yet would be lost "
                                       "(“dialhousectl outbox flush” sends it)",
                                       "%u notes that are not in Greenhouse yet would be lost "
                                       "(“dialhousectl outbox flush” sends them)", n_unsent),
                             n_unsent);

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               /* Translators: an integration's name; “7 candidates”; which notes would be lost. */
               _("This would delete “%s”: its credentials from the keyring, and %s with their "
                 "calls and notes from this computer; %s. If you mean it, add --confirm DELETE."),
               dial_integration_get_name (integration), candidates,
               notes != NULL ? notes : _("no note would be lost"));
}

static gboolean
run_remove (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  gboolean confirmed = g_strcmp0 (opt_confirm, "DELETE") == 0;
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 n_candidates;
  guint n_unsent;

  integration = dial_ctl_pick_integration (ctl, arguments[0], &problem);
  if (integration == NULL) {
    /* The confirmation is missing in any case. */
    if (!confirmed)
      problem->code = DIAL_CTL_ERROR_USAGE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  if (!confirmed) {
    if (count (ctl, integration, &n_candidates, &n_unsent, error))
      set_unconfirmed_error (integration, n_candidates, n_unsent, error);
    return FALSE;
  }

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
  { "integration list", "", N_("List the integrations, a JSON object a line"),
    NULL, 0, 0, TRUE, run_list },
  { "integration show", "ID", N_("Show one integration and its settings"),
    NULL, 1, 1, TRUE, run_show },
  { "integration users", "ID [TEXT]",
    N_("List the people in Greenhouse whose name notes can bear, a JSON object a line"),
    NULL, 1, G_MAXUINT, TRUE, run_users },
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
