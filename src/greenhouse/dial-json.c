#include "dial-json-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-greenhouse.h"

/* json-glib parses by recursion and makes a node of everything: both are bounded before it is let
 * in. */
#define MAX_DEPTH   64
#define MAX_VALUES  2000000

/* A small answer is read at once; nothing larger is an error text or a token. */
#define MAX_SMALL   (64 * 1024)

/* Longer texts than these are no use to anybody; a body may be a whole correspondence. */
#define MAX_TEXT    (64 * 1024)
#define MAX_BODY    (1024 * 1024)

static int
read_hex4 (const char *at,
           gsize       left)
{
  int value = 0;

  if (left < 4)
    return -1;

  for (int i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (at[i]))
      return -1;
    value = value * 16 + g_ascii_xdigit_value (at[i]);
  }

  return value;
}

/* json-glib asserts that surrogates come in pairs, and ends a string at an escaped NUL. The escape
 * at @at is made harmless without changing its length. Returns how many bytes to skip. */
static gsize
tame_escape (char  *at,
             gsize  left)
{
  int high, low;

  if (left < 2 || at[1] != 'u')
    return MIN (left, 2);

  high = read_hex4 (at + 2, left - 2);
  if (high < 0)
    return 2;

  if (high == 0)
    memcpy (at + 2, "0020", 4);

  if (high < 0xd800 || high > 0xdfff)
    return 6;

  low = left >= 12 && at[6] == '\\' && at[7] == 'u' ? read_hex4 (at + 8, left - 8) : -1;
  if (high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff)
    return 12;

  memcpy (at + 2, "fffd", 4);
  return 6;
}

/* A number json-glib would refuse, and the whole page with it, becomes null. */
static gsize
tame_number (char  *at,
             gsize  left)
{
  gsize length = 0;

  while (length < left && (g_ascii_isalnum (at[length]) || strchr ("+-.", at[length]) != NULL) &&
         at[length] != '\0')
    length++;

  if (length > 18) {
    memset (at, ' ', length);
    memcpy (at, "null", 4);
  }

  return length;
}

static gboolean
tame (char  *text,
      gsize  length)
{
  gsize values = 0;
  int depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length;) {
    char c = text[i];

    if (in_string) {
      if (c == '\\') {
        i += tame_escape (text + i, length - i);
        continue;
      }
      in_string = c != '"';
    } else if (c == '-' || g_ascii_isdigit (c)) {
      i += MAX (tame_number (text + i, length - i), 1);
      continue;
    } else if (c == '"')
      in_string = TRUE;
    else if (c == '[' || c == '{') {
      if (++depth > MAX_DEPTH)
        return FALSE;
      values++;
    } else if (c == ']' || c == '}')
      depth--;
    else if (c == ',')
      values++;

    if (values > MAX_VALUES)
      return FALSE;
    i++;
  }

  return TRUE;
}

/* A copy in valid UTF-8, without a byte order mark, which nothing in can hurt the parser. */
static char *
prepare (GBytes *bytes,
         gsize  *length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = NULL;

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    size -= 3;
  }

  if (size == 0)
    return NULL;

  if (g_utf8_validate_len (data, size, NULL)) {
    text = g_malloc (size + 1);
    memcpy (text, data, size);
    text[size] = '\0';
  } else {
    text = g_utf8_make_valid (data, size);
    size = strlen (text);
  }

  if (!tame (text, size))
    return NULL;

  *length = size;
  return g_steal_pointer (&text);
}

/**
 * dial_json_load:
 * @bytes: an answer's body, whatever it is
 * @error: return location for an error
 *
 * Reads JSON that nobody vouches for: hostile depth and size are refused, broken UTF-8, lonely
 * surrogates and numbers beyond 64 bits are put right or dropped.
 *
 * Returns: (transfer full): the root, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
JsonNode *
dial_json_load (GBytes  *bytes,
                GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  gsize length = 0;

  /* json-glib's own message may quote the answer, which may hold people's data. */
  text = prepare (bytes, &length);
  if (text == NULL || length > G_MAXSSIZE ||
      !json_parser_load_from_data (parser, text, length, NULL) ||
      json_parser_get_root (parser) == NULL) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse's answer could not be read: try again later"));
    return NULL;
  }

  return json_parser_steal_root (parser);
}

/**
 * dial_json_load_object:
 * @bytes: (nullable): a small answer's body
 *
 * Returns: (transfer full) (nullable): the object it holds, %NULL if it is none or large
 */
JsonObject *
dial_json_load_object (GBytes *bytes)
{
  g_autoptr (JsonNode) root = NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) > MAX_SMALL)
    return NULL;

  root = dial_json_load (bytes, NULL);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/**
 * dial_json_get_id:
 * @node: (nullable): a node of any kind
 *
 * Returns: the id it holds as an integer or as digits, 0 if it holds none
 */
gint64
dial_json_get_id (JsonNode *node)
{
  gint64 id = 0;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    id = json_node_get_int (node);
  else if (json_node_get_value_type (node) == G_TYPE_STRING &&
           !g_ascii_string_to_signed (json_node_get_string (node), 10, 1, G_MAXINT64, &id, NULL))
    id = 0;

  return MAX (id, 0);
}

static char *
dup_text (JsonNode *node,
          gsize     longest)
{
  const char *text;
  gsize length;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  text = json_node_get_string (node);
  if (text == NULL || *text == '\0')
    return NULL;

  length = strlen (text);
  if (length > longest) {
    length = longest;
    while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
      length--;
  }

  return g_strndup (text, length);
}

/**
 * dial_json_dup_text:
 * @node: (nullable): a node of any kind
 *
 * Returns: (transfer full) (nullable): the text it holds, of sensible length; a number as text;
 *   %NULL if it holds neither or an empty one
 */
char *
dial_json_dup_text (JsonNode *node)
{
  return dup_text (node, MAX_TEXT);
}

/**
 * dial_json_get:
 * @object: an object
 * @member: a name
 *
 * Returns: (transfer none) (nullable): that member, %NULL if it is missing or null
 */
JsonNode *
dial_json_get (JsonObject *object,
               const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/* The same of an object's member. */
gint64
dial_json_object_get_id (JsonObject *object,
                         const char *member)
{
  return dial_json_get_id (dial_json_get (object, member));
}

char *
dial_json_object_dup_text (JsonObject *object,
                           const char *member)
{
  return dial_json_dup_text (dial_json_get (object, member));
}

char *
dial_json_object_dup_body (JsonObject *object,
                           const char *member)
{
  return dup_text (dial_json_get (object, member), MAX_BODY);
}

/* A member that holds a time in ISO 8601; unknown otherwise. */
gint64
dial_json_object_get_instant (JsonObject *object,
                              const char *member)
{
  JsonNode *node = dial_json_get (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return 0;

  return dial_instant_parse (json_node_get_string (node));
}

/* A member that holds a truth, also as a word or a number; %FALSE otherwise. */
gboolean
dial_json_object_get_flag (JsonObject *object,
                           const char *member)
{
  JsonNode *node = dial_json_get (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strcasecmp (json_node_get_string (node), "true") == 0;

  return json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) == 1;
}

/* A member that holds an array; %NULL otherwise. */
JsonArray *
dial_json_object_get_array (JsonObject *object,
                            const char *member)
{
  JsonNode *node = dial_json_get (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
