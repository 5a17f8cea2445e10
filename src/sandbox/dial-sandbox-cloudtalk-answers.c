#include "dial-sandbox-cloudtalk.h"
#include "dial-sandbox-query.h"

#include <string.h>

/* CloudTalk's envelopes, and what it makes of queries and bodies. */

#define INVALID       "Invalid input data."
#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000

/**
 * dial_sandbox_ct_answer:
 * @request: a request
 * @status: the status
 * @body: (transfer full): what goes into the envelope
 *
 * Answers in CloudTalk's envelope.
 */
void
dial_sandbox_ct_answer (DialSandboxRequest *request,
                        guint               status,
                        GString            *body)
{
  gboolean hide = request->server->cloudtalk->status_in_body && status != 429;

  g_string_prepend (body, "{\"responseData\":");
  g_string_append_c (body, '}');
  dial_sandbox_answer (request->message, hide ? 200 : status, "application/json; charset=UTF-8",
                       body);
}

/**
 * dial_sandbox_ct_refuse:
 * @request: a request
 * @status: the status
 * @sentence: what CloudTalk says
 * @errors: (nullable): what is wrong with which field, an object of arrays
 */
void
dial_sandbox_ct_refuse (DialSandboxRequest *request,
                        guint               status,
                        const char         *sentence,
                        GString            *errors)
{
  GString *body = g_string_new (NULL);
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, body, NULL, NULL);
  dial_sandbox_record_integer (&record, "status", status);
  dial_sandbox_record_string (&record, "message", sentence);
  if (errors != NULL)
    dial_sandbox_record_json (&record, "data", errors->str);
  dial_sandbox_record_end (&record);
  dial_sandbox_ct_answer (request, status, body);
}

/**
 * dial_sandbox_ct_confirm:
 * @request: a request
 * @status: the status
 * @id: of what was made, 0 for nothing
 *
 * Says that it is done.
 */
void
dial_sandbox_ct_confirm (DialSandboxRequest *request,
                         guint               status,
                         gint64              id)
{
  GString *body = g_string_new (NULL);

  g_string_printf (body, "{\"status\":%u", status);
  if (id != 0)
    g_string_append_printf (body, ",\"data\":{\"id\":\"%" G_GINT64_FORMAT "\"}", id);
  g_string_append_c (body, '}');
  dial_sandbox_ct_answer (request, status, body);
}

/**
 * dial_sandbox_ct_list:
 * @request: a request for a list
 * @query: what it asks
 * @rows: (transfer full): all rows
 * @write: writes one
 *
 * Answers with a page. A list that fits in one does not always say that it is the only one.
 */
void
dial_sandbox_ct_list (DialSandboxRequest *request,
                      DialSandboxCtQuery *query,
                      GPtrArray          *rows,
                      DialSandboxCtWriter write)
{
  guint n_pages = (rows->len + query->limit - 1) / query->limit;
  guint64 first = (guint64) (query->page - 1) * query->limit;
  GString *body = g_string_new ("{");

  g_string_append_printf (body, "\"itemsCount\":%u,", rows->len);
  if (n_pages > 1 || rows->len % 2 == 0)
    g_string_append_printf (body, "\"pageCount\":%u,", n_pages);
  g_string_append_printf (body, "\"pageNumber\":%u,\"limit\":%u,\"data\":[", query->page,
                          query->limit);
  for (guint64 i = first; i < rows->len && i < first + query->limit; i++) {
    DialSandboxRecord record;

    if (i > first)
      g_string_append_c (body, ',');
    dial_sandbox_record_begin (&record, body, NULL, NULL);
    write (request->server, rows->pdata[i], &record);
    dial_sandbox_record_end (&record);
  }
  g_string_append (body, "]}");
  g_ptr_array_unref (rows);
  dial_sandbox_ct_answer (request, 200, body);
}

/**
 * dial_sandbox_ct_complain:
 * @errors: (inout): what is wrong so far; "" is nothing
 * @field: what is wrong
 * @sentence: what is wrong with it
 */
void
dial_sandbox_ct_complain (GString    *errors,
                          const char *field,
                          const char *sentence)
{
  if (errors->len > 0)
    errors->str[errors->len - 1] = ',';
  else
    g_string_append_c (errors, '{');
  dial_sandbox_append_string (errors, field);
  g_string_append (errors, ":[");
  dial_sandbox_append_string (errors, sentence);
  g_string_append (errors, "]}");
}

/* Queries */

void
dial_sandbox_ct_query_free (DialSandboxCtQuery *self)
{
  g_ptr_array_unref (self->pairs);
  g_free (self);
}

const char *
dial_sandbox_ct_query_get (DialSandboxCtQuery *self,
                           const char         *name)
{
  for (guint i = 0; i < self->pairs->len; i++) {
    const DialSandboxPair *pair = self->pairs->pdata[i];

    if (strcmp (pair->name, name) == 0 && pair->value[0] != '\0')
      return pair->value;
  }

  return NULL;
}

/**
 * dial_sandbox_ct_query_takes:
 * @self: a query
 * @name: a parameter
 * @value: what a row has
 *
 * Returns: whether the row passes
 */
gboolean
dial_sandbox_ct_query_takes (DialSandboxCtQuery *self,
                             const char         *name,
                             gint64              value)
{
  const char *text = dial_sandbox_ct_query_get (self, name);

  return text == NULL || g_ascii_strtoll (text, NULL, 10) == value;
}

/* The description's words have `2017-12-24 12:22:00`, which is in UTC; its schema wants RFC 3339, which names the
 * zone and may have a space too. */
static gboolean
parse_time (const char *text,
            gint64     *instant)
{
  gboolean is_plain = g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$", text, 0, 0);
  gboolean has_zone = g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$",
                                            text, 0, 0);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *written = g_strdup (text);
  g_autoptr (GDateTime) time = NULL;

  if (!is_plain && !has_zone)
    return FALSE;

  written[strlen ("2017-12-24")] = 'T';
  time = g_date_time_new_from_iso8601 (written, utc);
  if (time != NULL)
    *instant = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return time != NULL;
}

gint64
dial_sandbox_ct_query_get_time (DialSandboxCtQuery *self,
                                const char         *name,
                                gint64              fallback)
{
  const char *text = dial_sandbox_ct_query_get (self, name);
  gint64 instant;

  return text != NULL && parse_time (text, &instant) ? instant : fallback;
}

static gboolean
is_of_kind (const char *text,
            const char *kind)
{
  g_auto (GStrv) choices = NULL;
  gint64 instant;

  if (strcmp (kind, "t") == 0)
    return TRUE;
  if (strcmp (kind, "i") == 0)
    return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, NULL, NULL);
  if (strcmp (kind, "d") == 0)
    return parse_time (text, &instant);

  choices = g_strsplit (kind, "|", -1);
  return g_strv_contains ((const char * const *) choices, text);
}

static guint
take_whole (DialSandboxCtQuery *self,
            const char         *name,
            guint               fallback,
            guint               max,
            GString            *errors)
{
  const char *text = dial_sandbox_ct_query_get (self, name);
  guint64 number = fallback;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, max, &number, NULL))
    dial_sandbox_ct_complain (errors, name, "Out of range.");
  return (guint) number;
}

/**
 * dial_sandbox_ct_query_parse:
 * @request: a request for a list
 * @parameters: what it may be asked, %NULL-terminated; all else is ignored
 *
 * Returns: (transfer full) (nullable): what is asked; if it cannot be, the request is answered
 */
DialSandboxCtQuery *
dial_sandbox_ct_query_parse (DialSandboxRequest           *request,
                             const DialSandboxCtParameter *parameters)
{
  g_autoptr (DialSandboxCtQuery) self = g_new0 (DialSandboxCtQuery, 1);
  g_autoptr (GString) errors = g_string_new (NULL);

  self->pairs = dial_sandbox_query_split (request->query);
  self->limit = take_whole (self, "limit", DEFAULT_LIMIT, MAX_LIMIT, errors);
  self->page = take_whole (self, "page", 1, G_MAXINT, errors);
  for (guint i = 0; parameters[i].name != NULL; i++) {
    const char *text = dial_sandbox_ct_query_get (self, parameters[i].name);

    if (text != NULL && !is_of_kind (text, parameters[i].kind))
      dial_sandbox_ct_complain (errors, parameters[i].name, "Invalid value.");
  }

  if (errors->len == 0)
    return g_steal_pointer (&self);

  dial_sandbox_ct_refuse (request, 406, INVALID, errors);
  return NULL;
}

/* Bodies */

/**
 * dial_sandbox_ct_read_body:
 * @request: a request that has to have a body
 *
 * Returns: (transfer full) (nullable): the object or the array that was sent; if there is none, the
 *   request is answered
 */
JsonNode *
dial_sandbox_ct_read_body (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (JsonNode) node = NULL;

  if (g_strcmp0 (type, "application/json") == 0 && g_utf8_validate (text, -1, NULL))
    node = json_from_string (text, NULL);
  if (node != NULL && !JSON_NODE_HOLDS_VALUE (node) && !JSON_NODE_HOLDS_NULL (node))
    return g_steal_pointer (&node);

  dial_sandbox_ct_refuse (request, 406, INVALID, NULL);
  return NULL;
}

/**
 * dial_sandbox_ct_take_string:
 * @body: what was sent
 * @name: a field
 * @required: it must be there, and not be empty
 * @max: how many characters it may have, 0 for any
 * @errors: (inout): what is wrong
 *
 * Returns: (nullable): what it says; %NULL if it was not sent, or is wrong
 */
const char *
dial_sandbox_ct_take_string (JsonObject *body,
                             const char *name,
                             gboolean    required,
                             guint       max,
                             GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);
  const char *text = NULL;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);

  if (text == NULL ? node != NULL || required : required && text[0] == '\0')
    dial_sandbox_ct_complain (errors, name,
                              node == NULL || text != NULL ? "This field is required."
                                                           : "Not a string.");
  else if (text != NULL && max > 0 && g_utf8_strlen (text, -1) > max)
    dial_sandbox_ct_complain (errors, name, "Too long.");
  else
    return text;

  return NULL;
}

/**
 * dial_sandbox_ct_take_integer:
 * @body: what was sent
 * @name: a field
 * @required: it must be there
 * @errors: (inout): what is wrong
 *
 * What CloudTalk sends as text it does not take as text.
 *
 * Returns: the number; 0 if it was not sent, or is wrong
 */
gint64
dial_sandbox_ct_take_integer (JsonObject *body,
                              const char *name,
                              gboolean    required,
                              GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);

  if (node != NULL || required)
    dial_sandbox_ct_complain (errors, name,
                              node == NULL ? "This field is required." : "Not an integer.");
  return 0;
}

/* Plus, seven to fifteen digits, no 0 first. */
gboolean
dial_sandbox_ct_is_e164 (const char *text)
{
  gsize length = strlen (text);

  return length >= 8 && length <= 16 && text[0] == '+' && text[1] != '0' &&
         strspn (text + 1, "0123456789") == length - 1;
}
