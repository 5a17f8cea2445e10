#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* A clock that is a few seconds off troubles nobody; what does is among the remarks. */
#define MAX_SKEW 5

static void
add_grant (JsonBuilder *json,
           const char  *name,
           DialGrant    grant)
{
  if (grant != DIAL_GRANT_UNKNOWN)
    dial_ctl_json_bool (json, name, grant == DIAL_GRANT_GRANTED);
  else
    dial_ctl_json_string (json, name, NULL);
}

static void
add_permissions (JsonBuilder *json,
                 GPtrArray   *permissions)
{
  json_builder_set_member_name (json, "permissions");
  json_builder_begin_array (json);
  for (guint i = 0; permissions != NULL && i < permissions->len; i++) {
    DialPermission *permission = permissions->pdata[i];

    json_builder_begin_object (json);
    dial_ctl_json_string (json, "name", permission->name);
    dial_ctl_json_string (json, "scope", permission->scope);
    add_grant (json, "granted", permission->granted);
    dial_ctl_json_bool (json, "required", permission->required);
    dial_ctl_json_string (json, "advice", permission->advice);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
print_json (DialIntegration     *integration,
            DialGreenhouseCheck *check,
            const char          *problem)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();
  DialApi api = check != NULL ? check->api : dial_integration_get_api (integration);

  dial_ctl_json_bool (json, "ok", check != NULL && check->ok);
  add_permissions (json, check != NULL ? check->permissions : NULL);
  dial_ctl_json_string (json, "acting_as", check != NULL ? check->acting_as : NULL);
  dial_ctl_json_string (json, "organization", check != NULL ? check->organization : NULL);
  dial_ctl_json_string (json, "api", dial_enum_to_nick (DIAL_TYPE_API, (int) api));
  if (check != NULL) {
    dial_ctl_json_strv (json, "remarks", (const char * const *) check->remarks);
    add_grant (json, "site_admin", check->site_admin);
    dial_ctl_json_int (json, "clock_skew", check->clock_skew);
    dial_ctl_json_id (json, "allowance", check->allowance);
    dial_ctl_json_id (json, "window", check->window);
  }
  if (problem != NULL)
    dial_ctl_json_string (json, "error", problem);
  dial_ctl_json_print (json);
}

static const char *
grant_to_word (DialPermission *permission)
{
  switch (permission->granted) {
  case DIAL_GRANT_GRANTED:
    return _("granted");
  case DIAL_GRANT_MISSING:
    return permission->required ? _("MISSING") : _("missing");
  case DIAL_GRANT_UNKNOWN:
  default:
    return _("not known");
  }
}

static int
measure (const char *text)
{
  return (int) g_utf8_strlen (text, -1);
}

/* What there is to know besides permissions: a name, and what it is. */
typedef struct {
  const char *name;
  char       *text;
} Fact;

#define N_FACTS 5

static char *
describe_clock (int skew)
{
  if (skew > -MAX_SKEW && skew < MAX_SKEW)
    return g_strdup (_("right"));

  if (skew > 0)
    return g_strdup_printf (ngettext ("%d second behind Greenhouse’s",
                                      "%d seconds behind Greenhouse’s", (gulong) skew), skew);
  return g_strdup_printf (ngettext ("%d second ahead of Greenhouse’s",
                                    "%d seconds ahead of Greenhouse’s", (gulong) -skew), -skew);
}

static void
gather_facts (DialGreenhouseCheck *check,
              Fact                *facts)
{
  facts[0] = (Fact) { _("Organization"), g_strdup (check->organization) };
  facts[1] = (Fact) { _("Acting as"), g_strdup (check->acting_as) };
  facts[2].name = _("Site Admin");
  if (check->site_admin != DIAL_GRANT_UNKNOWN)
    facts[2].text = g_strdup (check->site_admin == DIAL_GRANT_GRANTED ? _("yes") : _("no"));
  facts[3] = (Fact) { _("Clock"), describe_clock (check->clock_skew) };
  facts[4].name = _("Allowance");
  if (check->allowance > 0 && check->window > 0)
    facts[4].text = g_strdup_printf (_("%d requests in %d seconds"), check->allowance,
                                     check->window);
}

static void
print_facts (DialGreenhouseCheck *check)
{
  Fact facts[N_FACTS] = { { NULL } };
  int width = 0;

  gather_facts (check, facts);
  for (guint i = 0; i < N_FACTS; i++)
    width = MAX (width, facts[i].text != NULL ? measure (facts[i].name) : 0);

  for (guint i = 0; i < N_FACTS; i++) {
    if (facts[i].text != NULL) {
      g_autofree char *text = dial_ctl_make_printable (facts[i].text);

      printf ("%s:%*s %s\n", facts[i].name, width - measure (facts[i].name), "", text);
    }
    g_free (facts[i].text);
  }
}

static void
print_permissions (GPtrArray *permissions)
{
  int name_width = 0;
  int grant_width = 0;

  for (guint i = 0; i < permissions->len; i++) {
    DialPermission *permission = permissions->pdata[i];

    name_width = MAX (name_width, measure (permission->name));
    grant_width = MAX (grant_width, measure (grant_to_word (permission)));
  }
  for (guint i = 0; i < permissions->len; i++) {
    DialPermission *permission = permissions->pdata[i];
    const char *word = grant_to_word (permission);

    printf ("%s%*s  %s", permission->name, name_width - measure (permission->name), "", word);
    if (permission->scope != NULL)
      printf ("%*s  %s", grant_width - measure (word), "", permission->scope);
    putchar ('\n');
    if (permission->granted != DIAL_GRANT_GRANTED && permission->advice != NULL)
      printf ("  %s\n", permission->advice);
  }
}

static void
print_words (DialGreenhouseCheck *check)
{
  print_facts (check);
  putchar ('\n');
  print_permissions (check->permissions);
  if (check->remarks[0] != NULL)
    putchar ('\n');
  for (char **remark = check->remarks; *remark != NULL; remark++) {
    g_autofree char *line = dial_ctl_make_printable (*remark);

    puts (line);
  }
}

/* What is missing, and the advice on the first of it: a box to tick, or another to act as. */
static void
set_missing_error (DialGreenhouseCheck  *check,
                   GError              **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  const char *advice = NULL;

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];

    if (!permission->required || permission->granted != DIAL_GRANT_MISSING)
      continue;
    g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", permission->name);
    if (permission->scope != NULL)
      g_string_append_printf (missing, " (%s)", permission->scope);
    if (advice == NULL)
      advice = permission->advice;
  }

  if (missing->len > 0)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 /* Translators: permissions in Greenhouse's words, then sentences on what to do. */
                 _("Greenhouse does not grant what is needed: %s. %s"), missing->str,
                 advice != NULL ? advice : "");
  else
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("Greenhouse does not grant all that is needed."));
}

/**
 * dial_ctl_check:
 * @ctl: what the command works with
 * @integration: what to check
 * @as_json: whether the answer is for a program
 * @error: what is missing, or why nothing could be found out
 *
 * Asks Greenhouse which permissions are there and prints the answer.
 *
 * Returns: whether nothing required is missing
 */
gboolean
dial_ctl_check (DialCtl          *ctl,
                DialIntegration  *integration,
                gboolean          as_json,
                GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialGreenhouseCheck) check = NULL;
  g_autoptr (GError) problem = NULL;

  dial_integration_check_async (integration, ctl->cancellable, dial_ctl_got, &result);
  check = dial_integration_check_finish (integration, dial_ctl_wait (&result), &problem);
  if (check == NULL) {
    if (as_json && ctl->signal == 0)
      print_json (integration, NULL, problem->message);
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  if (as_json)
    print_json (integration, check, NULL);
  else
    print_words (check);

  if (check->ok)
    return TRUE;

  set_missing_error (check, error);
  return FALSE;
}
