#include "dial-ctl.h"

#include <math.h>
#include <stdio.h>

/**
 * dial_ctl_json_begin:
 *
 * Returns: (transfer full): a builder inside an object, which [func@dial_ctl_json_print] closes
 */
JsonBuilder *
dial_ctl_json_begin (void)
{
  JsonBuilder *json = json_builder_new_immutable ();

  json_builder_begin_object (json);
  return json;
}

/* A member that holds text, or null. */
void
dial_ctl_json_string (JsonBuilder *json,
                      const char  *name,
                      const char  *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

void
dial_ctl_json_int (JsonBuilder *json,
                   const char  *name,
                   gint64       value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

/* A member that holds an id, or null for 0. */
void
dial_ctl_json_id (JsonBuilder *json,
                  const char  *name,
                  gint64       id)
{
  json_builder_set_member_name (json, name);
  if (id != 0)
    json_builder_add_int_value (json, id);
  else
    json_builder_add_null_value (json);
}

void
dial_ctl_json_bool (JsonBuilder *json,
                    const char  *name,
                    gboolean     value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

/* A member that holds seconds, to the millisecond. */
void
dial_ctl_json_seconds (JsonBuilder *json,
                       const char  *name,
                       double       seconds)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, round (seconds * 1000) / 1000);
}

/* A member that holds an instant as Greenhouse writes it, or null. */
void
dial_ctl_json_instant (JsonBuilder *json,
                       const char  *name,
                       gint64       instant)
{
  g_autofree char *text = dial_instant_format (instant);

  dial_ctl_json_string (json, name, text);
}

void
dial_ctl_json_strv (JsonBuilder        *json,
                    const char         *name,
                    const char * const *strings)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (; strings != NULL && *strings != NULL; strings++)
    json_builder_add_string_value (json, *strings);
  json_builder_end_array (json);
}

/**
 * dial_ctl_json_print:
 * @json: a builder from [func@dial_ctl_json_begin]
 *
 * Closes the object and writes it as one line on standard output, at once: who reads along sees it.
 */
void
dial_ctl_json_print (JsonBuilder *json)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (json);
  root = json_builder_get_root (json);
  line = json_to_string (root, FALSE);
  puts (line);
  fflush (stdout);
}
