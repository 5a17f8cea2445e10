#include "dial-ctl.h"

#include <stdio.h>
#include <string.h>

static void append_node (GString  *line,
                         JsonNode *node);

static void
append_text (GString    *line,
             const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (line, quoted);
}

/* To the millisecond: all digits of a double would show what is nobody's business but the
 * machine's. */
static void
append_double (GString *line,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (text, sizeof text, "%.3f", number);
  length = strlen (text);
  while (text[length - 1] == '0' && text[length - 2] != '.')
    text[--length] = '\0';
  g_string_append (line, text);
}

static void
append_member (JsonObject *object,
               const char *name,
               JsonNode   *node,
               gpointer    user_data)
{
  GString *line = user_data;

  if (line->str[line->len - 1] != '{')
    g_string_append_c (line, ',');
  append_text (line, name);
  g_string_append_c (line, ':');
  append_node (line, node);
}

static void
append_element (JsonArray *array,
                guint      index,
                JsonNode  *node,
                gpointer   user_data)
{
  GString *line = user_data;

  if (index > 0)
    g_string_append_c (line, ',');
  append_node (line, node);
}

static void
append_node (GString  *line,
             JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_string_append_c (line, '{');
    json_object_foreach_member (json_node_get_object (node), append_member, line);
    g_string_append_c (line, '}');
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    g_string_append_c (line, '[');
    json_array_foreach_element (json_node_get_array (node), append_element, line);
    g_string_append_c (line, ']');
  } else if (json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    append_double (line, json_node_get_double (node));
  } else {
    g_autofree char *text = json_to_string (node, FALSE);

    g_string_append (line, text);
  }
}

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
  json_builder_add_double_value (json, seconds);
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
  g_autoptr (GString) line = g_string_new (NULL);

  json_builder_end_object (json);
  root = json_builder_get_root (json);
  append_node (line, root);
  puts (line->str);
  fflush (stdout);
}
