#include "dial-check-text.h"

#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static const char * const grants[] = {
  [DIAL_GRANT_UNKNOWN] = "unknown",
  [DIAL_GRANT_GRANTED] = "granted",
  [DIAL_GRANT_MISSING] = "missing",
};

/* Writing */

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonNode *
permissions_to_json (GPtrArray *permissions)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < permissions->len; i++) {
    DialPermission *permission = g_ptr_array_index (permissions, i);
    JsonObject *object = json_object_new ();

    set_text (object, "name", permission->name);
    set_text (object, "scope", permission->scope);
    set_text (object, "granted", grants[permission->granted]);
    json_object_set_boolean_member (object, "required", permission->required);
    set_text (object, "advice", permission->advice);
    json_array_add_object_element (array, object);
  }

  return json_node_init_array (json_node_alloc (), array);
}

static void
write_check (JsonObject          *object,
             DialGreenhouseCheck *check)
{
  JsonArray *remarks = json_array_new ();

  json_object_set_boolean_member (object, "ok", check->ok);
  set_text (object, "api", dial_enum_to_nick (DIAL_TYPE_API, check->api));
  json_object_set_member (object, "permissions", permissions_to_json (check->permissions));
  for (guint i = 0; check->remarks != NULL && check->remarks[i] != NULL; i++)
    json_array_add_string_element (remarks, check->remarks[i]);
  json_object_set_array_member (object, "remarks", remarks);
  set_text (object, "acting_as", check->acting_as);
  set_text (object, "organization", check->organization);
  set_text (object, "role", check->role);
  set_text (object, "site_admin", grants[check->site_admin]);
  json_object_set_int_member (object, "clock_skew", check->clock_skew);
  json_object_set_int_member (object, "allowance", check->allowance);
  json_object_set_int_member (object, "window", check->window);
  json_object_set_int_member (object, "checked_at", check->checked_at);
}

/**
 * dial_check_to_text:
 * @check: (nullable): what was found
 * @problem: (nullable): why nothing could be found the last time
 *
 * Returns: (transfer full): both as JSON
 */
char *
dial_check_to_text (DialGreenhouseCheck *check,
                    const char          *problem)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  if (check != NULL)
    write_check (object, check);
  set_text (object, "problem", problem);
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

/* Reading */

static DialGrant
grant_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (grants); i++)
    if (g_strcmp0 (text, grants[i]) == 0)
      return (DialGrant) i;

  return DIAL_GRANT_UNKNOWN;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static int
get_int (JsonObject *object,
         const char *name)
{
  return (int) json_object_get_int_member_with_default (object, name, 0);
}

static void
permission_free (DialPermission *permission)
{
  g_free (permission->name);
  g_free (permission->scope);
  g_free (permission->advice);
  g_free (permission);
}

static void
read_permission (JsonArray *array,
                 guint      index,
                 JsonNode  *node,
                 gpointer   user_data)
{
  GPtrArray *permissions = user_data;
  JsonObject *object = json_node_get_object (node);
  DialPermission *permission = g_new0 (DialPermission, 1);

  permission->name = g_strdup (get_text (object, "name"));
  permission->scope = g_strdup (get_text (object, "scope"));
  permission->granted = grant_from_text (get_text (object, "granted"));
  permission->required = json_object_get_boolean_member_with_default (object, "required", FALSE);
  permission->advice = g_strdup (get_text (object, "advice"));
  g_ptr_array_add (permissions, permission);
}

static void
read_remark (JsonArray *array,
             guint      index,
             JsonNode  *node,
             gpointer   user_data)
{
  g_strv_builder_add (user_data, json_node_get_string (node));
}

static DialGreenhouseCheck *
read_check (JsonObject *object)
{
  DialGreenhouseCheck *check = g_new0 (DialGreenhouseCheck, 1);
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  int api = DIAL_API_V3;

  check->ok = json_object_get_boolean_member_with_default (object, "ok", FALSE);
  dial_enum_from_nick (DIAL_TYPE_API, get_text (object, "api"), &api);
  check->api = api;
  check->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify) permission_free);
  json_array_foreach_element (json_object_get_array_member (object, "permissions"),
                              read_permission, check->permissions);
  if (json_object_has_member (object, "remarks"))
    json_array_foreach_element (json_object_get_array_member (object, "remarks"), read_remark,
                                remarks);
  check->remarks = g_strv_builder_end (remarks);
  check->acting_as = g_strdup (get_text (object, "acting_as"));
  check->organization = g_strdup (get_text (object, "organization"));
  check->role = g_strdup (get_text (object, "role"));
  check->site_admin = grant_from_text (get_text (object, "site_admin"));
  check->clock_skew = get_int (object, "clock_skew");
  check->allowance = get_int (object, "allowance");
  check->window = get_int (object, "window");
  check->checked_at = json_object_get_int_member_with_default (object, "checked_at", 0);
  return check;
}

/**
 * dial_check_from_text:
 * @text: what dial_check_to_text() wrote, or ""
 * @problem: (out) (nullable) (transfer full): why nothing could be found the last time
 *
 * Returns: (transfer full) (nullable): what was found
 */
DialGreenhouseCheck *
dial_check_from_text (const char  *text,
                      char       **problem)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object;

  *problem = NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  *problem = g_strdup (get_text (object, "problem"));
  return json_object_has_member (object, "permissions") ? read_check (object) : NULL;
}

/* The report */

static void
append (GString    *report,
        const char *label,
        const char *text)
{
  g_string_append_printf (report, "%s: %s\n", label, text);
}

static void
append_permission (GString        *report,
                   DialPermission *permission)
{
  const char *state;

  if (permission->granted == DIAL_GRANT_GRANTED)
    state = _("granted");
  else if (permission->granted == DIAL_GRANT_UNKNOWN)
    state = _("not known");
  else
    state = permission->required ? _("missing, required") : _("missing, useful");

  g_string_append_printf (report, "  %s", permission->name);
  if (permission->scope != NULL)
    g_string_append_printf (report, " (%s)", permission->scope);
  g_string_append_printf (report, ": %s\n", state);
  if (permission->granted != DIAL_GRANT_GRANTED && permission->advice != NULL)
    g_string_append_printf (report, "    %s\n", permission->advice);
}

static const char *
describe_acting_user (DialGreenhouseCheck *check)
{
  switch (check->site_admin) {
  case DIAL_GRANT_GRANTED:
    return _("a user who is a Site Admin");
  case DIAL_GRANT_MISSING:
    return _("a user who is no Site Admin");
  case DIAL_GRANT_UNKNOWN:
  default:
    return _("a user");
  }
}

static void
append_check (GString             *report,
              DialGreenhouseCheck *check,
              gboolean             as_user)
{
  g_autofree char *skew = NULL;
  g_autofree char *allowance = NULL;

  append (report, _("Organization"), check->organization != NULL ? check->organization
                                                                 : _("not known"));
  append (report, _("Acts as"), as_user ? describe_acting_user (check)
                                        : _("the integration's service user"));

  /* Translators: the first is a number of seconds */
  skew = g_strdup_printf (ngettext ("%d second", "%d seconds", (unsigned long) ABS (check->clock_skew)),
                          check->clock_skew);
  append (report, _("Greenhouse's clock minus this one"), skew);
  allowance = check->allowance > 0
              /* Translators: how many requests Greenhouse answers in so many seconds */
                ? g_strdup_printf (_("%d requests in %d seconds"), check->allowance, check->window)
                : g_strdup (_("not known"));
  append (report, _("Allowance"), allowance);

  g_string_append_printf (report, "%s:\n", _("Permissions"));
  for (guint i = 0; i < check->permissions->len; i++)
    append_permission (report, g_ptr_array_index (check->permissions, i));
  for (guint i = 0; check->remarks != NULL && check->remarks[i] != NULL; i++)
    append (report, _("Remark"), check->remarks[i]);
}

/**
 * dial_check_report:
 * @check: (nullable): what was found
 * @api: the dialect that is spoken
 * @as_user: whether the credential acts as a user who was chosen
 * @active: whether the integration is switched on
 * @problem: (nullable): why it does not work now, a sentence
 *
 * Returns: (transfer full): all of it as lines of text, which name nobody
 */
char *
dial_check_report (DialGreenhouseCheck *check,
                   DialApi              api,
                   gboolean             as_user,
                   gboolean             active,
                   const char          *problem)
{
  GString *report = g_string_new (NULL);

  if (check != NULL && check->checked_at != DIAL_INSTANT_UNKNOWN) {
    g_autofree char *date = dial_instant_format (check->checked_at);

    append (report, _("Checked"), date);
  } else if (check == NULL) {
    append (report, _("Checked"), _("never"));
  }
  append (report, "Dialhouse", DIAL_VERSION);
  append (report, _("Interface"), api == DIAL_API_V3 ? "Harvest v3 (OAuth)" : "Harvest v1 (API key)");
  append (report, _("Status"), active ? _("active") : _("inactive"));
  if (check != NULL)
    append_check (report, check, as_user);
  append (report, _("Last error"), problem != NULL ? problem : _("none"));

  return g_string_free (report, FALSE);
}
