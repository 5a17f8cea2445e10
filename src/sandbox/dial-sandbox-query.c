#include "dial-sandbox-query.h"

#include "dial-sandbox-record.h"

#include <string.h>

#define MAX_LIST     50
#define MAX_PER_PAGE 500

typedef struct {
  const DialSandboxParameter *parameter;
  char                       *text;
  char                      **texts;
  GArray                     *ids;
  gint64                      integer;
  gint64                      from; /* inclusive */
  gint64                      until;
} Value;

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->text);
  g_strfreev (value->texts);
  g_clear_pointer (&value->ids, g_array_unref);
  g_free (value);
}

static void
pair_free (gpointer data)
{
  DialSandboxPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

/* What is no UTF-8 cannot be a value; the replacement character stands in for it. */
static char *
unescape (char *text)
{
  g_autofree char *plain = NULL;

  g_strdelimit (text, "+", ' ');
  plain = g_uri_unescape_string (text, NULL);
  return g_utf8_make_valid (plain != NULL ? plain : "\357\277\275", -1);
}

/**
 * dial_sandbox_query_split:
 * @text: (nullable): a URL's query, as sent
 *
 * Unescapes a query. `+` is a space in it, and a name may repeat: not what g_uri_parse_params()
 * keeps.
 *
 * Returns: (transfer full) (element-type DialSandboxPair): names and values, in their order
 */
GPtrArray *
dial_sandbox_query_split (const char *text)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (pair_free);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char *equals = strchr (parts[i], '=');
    DialSandboxPair *pair;

    if (parts[i][0] == '\0')
      continue;
    if (equals != NULL)
      *equals = '\0';

    pair = g_new0 (DialSandboxPair, 1);
    pair->name = unescape (parts[i]);
    pair->value = equals != NULL ? unescape (equals + 1) : g_strdup ("");
    g_ptr_array_add (pairs, pair);
  }

  return g_steal_pointer (&pairs);
}

/* The shape `errors:[{"per_page":"`600` number is greater than: 500"}]`. */
static char *
complain (const char *name,
          const char *value,
          const char *what)
{
  g_autofree char *sentence = g_strdup_printf ("`%s` %s", value, what);
  g_autoptr (GString) out = g_string_new ("[{");

  dial_sandbox_append_string (out, name);
  g_string_append_c (out, ':');
  dial_sandbox_append_string (out, sentence);
  g_string_append (out, "}]");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
complain_plainly (const char *sentence)
{
  g_autoptr (GString) out = g_string_new ("[");

  dial_sandbox_append_string (out, sentence);
  g_string_append_c (out, ']');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
parse_integer (const char *text,
               gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL);
}

static gboolean
parse_bound (const char *operation,
             const char *time,
             Value      *value)
{
  g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (time, NULL);
  gint64 instant;

  if (parsed == NULL)
    return FALSE;

  instant = g_date_time_to_unix (parsed) * G_USEC_PER_SEC + g_date_time_get_microsecond (parsed);
  if (strcmp (operation, "gte") == 0)
    value->from = MAX (value->from, instant);
  else if (strcmp (operation, "gt") == 0)
    value->from = MAX (value->from, instant + 1);
  else if (strcmp (operation, "lte") == 0)
    value->until = MIN (value->until, instant);
  else if (strcmp (operation, "lt") == 0)
    value->until = MIN (value->until, instant - 1);
  else
    return FALSE;

  return TRUE;
}

/* gte|2026-01-01T00:00:00Z|lte|2026-02-01T00:00:00Z */
static gboolean
parse_bounds (const char *text,
              Value      *value)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts != 2 && n_parts != 4)
    return FALSE;

  for (guint i = 0; i < n_parts; i += 2) {
    if (!parse_bound (parts[i], parts[i + 1], value))
      return FALSE;
  }
  return TRUE;
}

static char *
parse_list (Value *value)
{
  const char *name = value->parameter->name;

  value->texts = g_strsplit (value->text, ",", -1);
  if (g_strv_length (value->texts) > MAX_LIST)
    return complain (name, value->text, "array size is greater than: 50");

  if (value->parameter->kind != DIAL_SANDBOX_IDS)
    return NULL;

  value->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; value->texts[i] != NULL; i++) {
    gint64 id;

    if (!parse_integer (g_strstrip (value->texts[i]), &id))
      return complain (name, value->texts[i], "is not an integer");
    g_array_append_val (value->ids, id);
  }
  return NULL;
}

/* Returns: (nullable): the complaint, as JSON. */
static char *
parse_value (Value      *value,
             const char *operation)
{
  const DialSandboxParameter *parameter = value->parameter;
  gboolean good = TRUE;

  switch (parameter->kind) {
  case DIAL_SANDBOX_IDS:
  case DIAL_SANDBOX_STRINGS:
    return parse_list (value);
  case DIAL_SANDBOX_INTEGER:
    good = parse_integer (value->text, &value->integer);
    return good ? NULL : complain (parameter->name, value->text, "is not an integer");
  case DIAL_SANDBOX_BOOLEAN:
    good = strcmp (value->text, "true") == 0 || strcmp (value->text, "false") == 0;
    value->integer = strcmp (value->text, "true") == 0;
    return good ? NULL : complain (parameter->name, value->text, "is not a boolean");
  case DIAL_SANDBOX_TIME:
    good = operation != NULL ? parse_bound (operation, value->text,
                                            value) : parse_bounds (value->text, value);
    return good ? NULL : complain (parameter->name, value->text,
                                   "is not of the form operator|date-time");
  case DIAL_SANDBOX_STRING:
  default:
    break;
  }

  if (parameter->choices != NULL) {
    g_auto (GStrv) choices = g_strsplit (parameter->choices, "|", -1);

    if (!g_strv_contains ((const char * const *) choices, value->text)) {
      g_autofree char *known = g_strjoinv (", ", choices);
      g_autofree char *what = g_strdup_printf ("is not one of: %s", known);

      return complain (parameter->name, value->text, what);
    }
  }
  return NULL;
}

static Value *
find_value (DialSandboxQuery *self,
            const char       *name)
{
  for (guint i = 0; i < self->values->len; i++) {
    Value *value = self->values->pdata[i];

    if (strcmp (value->parameter->name, name) == 0)
      return value;
  }
  return NULL;
}

/* Every list takes these besides its own. */
static const DialSandboxParameter common[] = {
  { "ids", DIAL_SANDBOX_IDS, NULL },
  { "created_at", DIAL_SANDBOX_TIME, NULL },
  { "updated_at", DIAL_SANDBOX_TIME, NULL },
  { NULL }
};

static const DialSandboxParameter *
find_parameter (const DialSandboxParameter *parameters,
                const char                 *name)
{
  for (guint i = 0; common[i].name != NULL; i++) {
    if (strcmp (common[i].name, name) == 0)
      return &common[i];
  }
  for (guint i = 0; parameters[i].name != NULL; i++) {
    if (strcmp (parameters[i].name, name) == 0)
      return &parameters[i];
  }
  return NULL;
}

/* Splits updated_at[gte] into its two words. */
static char *
split_brackets (const char  *name,
                char       **operation)
{
  const char *open = strchr (name, '[');

  *operation = NULL;
  if (open == NULL || open == name || name[strlen (name) - 1] != ']')
    return g_strdup (name);

  *operation = g_strndup (open + 1, strlen (open) - 2);
  return g_strndup (name, (gsize) (open - name));
}

static char *
parse_per_page (DialSandboxQuery *self,
                const char       *text)
{
  gint64 number;

  if (!parse_integer (text, &number))
    return complain ("per_page", text, "is not an integer");
  if (number < 1)
    return complain ("per_page", text, "number is less than: 1");
  if (number > MAX_PER_PAGE)
    return complain ("per_page", text, "number is greater than: 500");

  self->per_page = (guint) number;
  return NULL;
}

static char *
parse_fields (DialSandboxQuery   *self,
              const char         *text,
              const char * const *known)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  if (g_strv_length (names) > MAX_LIST)
    return complain ("fields", text, "array size is greater than: 50");

  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; names[i] != NULL; i++) {
    if (!g_strv_contains (known, g_strstrip (names[i])))
      return complain ("fields", names[i], "is not a field");
    g_hash_table_add (self->fields, g_strdup (names[i]));
  }
  return NULL;
}

static char *
parse_pair (DialSandboxQuery           *self,
            const DialSandboxPair      *pair,
            const DialSandboxParameter *parameters,
            const char * const         *fields,
            GPtrArray                  *unknown)
{
  const DialSandboxParameter *parameter;
  g_autofree char *operation = NULL;
  g_autofree char *name = NULL;
  Value *value;

  if (strcmp (pair->name, "per_page") == 0)
    return parse_per_page (self, pair->value);
  if (strcmp (pair->name, "fields") == 0)
    return self->fields == NULL ? parse_fields (self, pair->value, fields) : NULL;

  name = split_brackets (pair->name, &operation);
  parameter = find_parameter (parameters, name);
  if (parameter == NULL || (operation != NULL && parameter->kind != DIAL_SANDBOX_TIME)) {
    g_ptr_array_add (unknown, pair->name);
    return NULL;
  }

  value = find_value (self, name);
  if (value != NULL && operation == NULL) {
    g_ptr_array_remove (self->values, value);
    value = NULL;
  }
  if (value == NULL) {
    value = g_new0 (Value, 1);
    value->parameter = parameter;
    value->from = G_MININT64;
    value->until = G_MAXINT64;
    g_ptr_array_add (self->values, value);
  }

  g_free (value->text);
  value->text = g_strdup (pair->value);
  return parse_value (value, operation);
}

/* The cursor: Base64 of JSON with the query it goes on with, the page size and the last id. */
static char *
open_cursor (const char *cursor,
             guint       epoch,
             gint64     *before)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree guchar *decoded = NULL;
  JsonNode *root;
  JsonObject *object;
  gsize length;

  decoded = g_base64_decode (cursor, &length);
  if (decoded == NULL || !json_parser_load_from_data (parser, (const char *) decoded,
                                                      (gssize) length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  *before = json_object_get_int_member_with_default (object, "last_id", 0);
  if (*before <= 0 || json_object_get_int_member_with_default (object, "epoch", 0) != epoch)
    return NULL;

  return g_strdup (json_object_get_string_member_with_default (object, "query", NULL));
}

/**
 * dial_sandbox_query_make_cursor:
 * @self: the query of this page
 * @last_id: the id of its last row
 *
 * Returns: (transfer full): what asks for the next page
 */
char *
dial_sandbox_query_make_cursor (DialSandboxQuery *self,
                                gint64            last_id)
{
  g_autoptr (GString) json = g_string_new ("{\"query\":");

  dial_sandbox_append_string (json, self->text);
  g_string_append_printf (json, ",\"per_page\":%u,\"last_id\":%" G_GINT64_FORMAT ",\"epoch\":%u}",
                          self->per_page, last_id, self->epoch);
  return g_base64_encode ((const guchar *) json->str, json->len);
}

static char *
check_unknown (GPtrArray *unknown)
{
  g_autoptr (GString) sentence = g_string_new ("Invalid query params: ");

  if (unknown->len == 0)
    return NULL;

  for (guint i = 0; i < unknown->len; i++)
    g_string_append_printf (sentence, "%s%s", i > 0 ? ", " : "", (const char *) unknown->pdata[i]);
  return complain_plainly (sentence->str);
}

/**
 * dial_sandbox_query_parse:
 * @text: (nullable): a URL's query, as sent
 * @parameters: what this list takes besides what every list takes; ends with a %NULL name
 * @fields: the members its records have
 * @epoch: the generation of cursors that is good
 * @errors: (out): the complaint in Greenhouse's words, a JSON array
 *
 * Understands the query of a list, as strictly as Greenhouse does.
 *
 * Returns: (transfer full) (nullable): the query, or %NULL with @errors set
 */
DialSandboxQuery *
dial_sandbox_query_parse (const char                  *text,
                          const DialSandboxParameter  *parameters,
                          const char * const          *fields,
                          guint                        epoch,
                          char                       **errors)
{
  g_autoptr (DialSandboxQuery) self = g_new0 (DialSandboxQuery, 1);
  g_autoptr (GPtrArray) pairs = dial_sandbox_query_split (text);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  self->per_page = 100;
  self->epoch = epoch;
  self->values = g_ptr_array_new_with_free_func (value_free);
  self->text = g_strdup (text != NULL ? text : "");

  for (guint i = 0; i < pairs->len; i++) {
    const DialSandboxPair *pair = pairs->pdata[i];

    if (strcmp (pair->name, "cursor") != 0)
      continue;
    if (pairs->len > 1) {
      *errors = complain_plainly ("When passing a cursor, do not include other query params.");
      return NULL;
    }

    g_free (self->text);
    self->text = open_cursor (pair->value, epoch, &self->before);
    if (self->text == NULL) {
      *errors = complain_plainly ("Invalid cursor");
      return NULL;
    }
    g_ptr_array_unref (pairs);
    pairs = dial_sandbox_query_split (self->text);
    break;
  }

  for (guint i = 0; i < pairs->len; i++) {
    *errors = parse_pair (self, pairs->pdata[i], parameters, fields, unknown);
    if (*errors != NULL)
      return NULL;
  }

  *errors = check_unknown (unknown);
  if (*errors == NULL && dial_sandbox_query_has (self, "created_at") &&
      dial_sandbox_query_has (self, "updated_at"))
    *errors = complain_plainly ("created_at and updated_at cannot be combined.");

  return *errors == NULL ? g_steal_pointer (&self) : NULL;
}

void
dial_sandbox_query_free (DialSandboxQuery *self)
{
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

/**
 * dial_sandbox_query_get_n_filters:
 * @self: a query
 *
 * Returns: how many parameters were sent that leave rows out
 */
guint
dial_sandbox_query_get_n_filters (DialSandboxQuery *self)
{
  return self->values->len;
}

/**
 * dial_sandbox_query_get_bounds:
 * @self: a query
 * @name: a parameter of time
 * @from: (out): the first instant that passes
 * @until: (out): the last one
 *
 * Returns: whether the parameter was sent
 */
gboolean
dial_sandbox_query_get_bounds (DialSandboxQuery *self,
                               const char       *name,
                               gint64           *from,
                               gint64           *until)
{
  Value *value = find_value (self, name);

  if (value == NULL)
    return FALSE;

  *from = value->from;
  *until = value->until;
  return TRUE;
}

gboolean
dial_sandbox_query_has (DialSandboxQuery *self,
                        const char       *name)
{
  return find_value (self, name) != NULL;
}

/**
 * dial_sandbox_query_get_ids:
 * @self: a query
 * @name: a parameter of ids
 *
 * Returns: (nullable) (transfer none) (element-type gint64): the ids, %NULL if the parameter was
 *   not sent
 */
GArray *
dial_sandbox_query_get_ids (DialSandboxQuery *self,
                            const char       *name)
{
  Value *value = find_value (self, name);

  return value != NULL ? value->ids : NULL;
}

const char *
dial_sandbox_query_get_string (DialSandboxQuery *self,
                               const char       *name)
{
  Value *value = find_value (self, name);

  return value != NULL ? value->text : NULL;
}

gboolean
dial_sandbox_query_get_boolean (DialSandboxQuery *self,
                                const char       *name,
                                gboolean          fallback)
{
  Value *value = find_value (self, name);

  return value != NULL ? value->integer != 0 : fallback;
}

/**
 * dial_sandbox_query_takes_id:
 * @self: a query
 * @name: a parameter of ids, or of one integer
 * @id: a row's id, 0 for `null`
 *
 * Returns: whether the row passes; it does if the parameter was not sent
 */
gboolean
dial_sandbox_query_takes_id (DialSandboxQuery *self,
                             const char       *name,
                             gint64            id)
{
  Value *value = find_value (self, name);

  if (value == NULL)
    return TRUE;
  if (value->ids == NULL)
    return value->integer == id;

  for (guint i = 0; i < value->ids->len; i++) {
    if (g_array_index (value->ids, gint64, i) == id)
      return TRUE;
  }
  return FALSE;
}

gboolean
dial_sandbox_query_takes_text (DialSandboxQuery *self,
                               const char       *name,
                               const char       *text)
{
  Value *value = find_value (self, name);

  if (value == NULL)
    return TRUE;
  if (text == NULL)
    return FALSE;
  if (value->texts != NULL)
    return g_strv_contains ((const char * const *) value->texts, text);

  return strcmp (value->text, text) == 0;
}

gboolean
dial_sandbox_query_takes_flag (DialSandboxQuery *self,
                               const char       *name,
                               gboolean          flag)
{
  Value *value = find_value (self, name);

  return value == NULL || (value->integer != 0) == !!flag;
}

gboolean
dial_sandbox_query_takes_time (DialSandboxQuery *self,
                               const char       *name,
                               gint64            instant)
{
  Value *value = find_value (self, name);

  return value == NULL || (instant != 0 && value->from <= instant && instant <= value->until);
}
