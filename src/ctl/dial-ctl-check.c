#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
print_json (DialGreenhouseCheck *check,
            const char          *problem)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_bool (json, "ok", check != NULL && check->ok);
  json_builder_set_member_name (json, "permissions");
  json_builder_begin_array (json);
  for (guint i = 0; check != NULL && i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];

    json_builder_begin_object (json);
    dial_ctl_json_string (json, "name", permission->name);
    dial_ctl_json_string (json, "scope", permission->scope);
    if (permission->granted != DIAL_GRANT_UNKNOWN)
      dial_ctl_json_bool (json, "granted", permission->granted == DIAL_GRANT_GRANTED);
    else
      dial_ctl_json_string (json, "granted", NULL);
    dial_ctl_json_bool (json, "required", permission->required);
    dial_ctl_json_string (json, "advice", permission->advice);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
  dial_ctl_json_string (json, "acting_as", check != NULL ? check->acting_as : NULL);
  dial_ctl_json_string (json, "organization", check != NULL ? check->organization : NULL);
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

static void
print_words (DialGreenhouseCheck *check)
{
  int name_width = 0;
  int grant_width = 0;

  if (check->organization != NULL) {
    g_autofree char *organization = dial_ctl_make_printable (check->organization);

    printf (_("Organization: %s\n"), organization);
  }
  if (check->acting_as != NULL) {
    g_autofree char *acting_as = dial_ctl_make_printable (check->acting_as);

    printf (_("Acting as: %s\n"), acting_as);
  }

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];

    name_width = MAX (name_width, measure (permission->name));
    grant_width = MAX (grant_width, measure (grant_to_word (permission)));
  }
  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];
    const char *word = grant_to_word (permission);

    printf ("%s%*s  %s%*s  %s\n",
            permission->name, name_width - measure (permission->name), "",
            word, grant_width - measure (word), "", permission->scope);
    if (permission->granted != DIAL_GRANT_GRANTED && permission->advice != NULL)
      printf ("  %s\n", permission->advice);
  }
}

static void
set_missing_error (DialGreenhouseCheck  *check,
                   GError              **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = check->permissions->pdata[i];

    if (permission->required && permission->granted == DIAL_GRANT_MISSING)
      g_string_append_printf (missing, "%s%s (%s)", missing->len > 0 ? ", " : "",
                              permission->name, permission->scope);
  }

  if (missing->len > 0)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 /* Translators: %s lists permissions in Greenhouse's words. */
                 _("Greenhouse does not grant all that is needed; tick these on the credential: "
                   "%s."), missing->str);
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
      print_json (NULL, problem->message);
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  if (as_json)
    print_json (check, NULL);
  else
    print_words (check);

  if (check->ok)
    return TRUE;

  set_missing_error (check, error);
  return FALSE;
}
