#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* What can be asked of the company's contacts: lists, one by one, and ten at a time. */

#define INVALID  "Invalid input data."
#define MAX_BULK 10

/* Reading */

static void
write_objects (DialSandboxRecord *outer,
               const char        *member,
               GPtrArray         *texts,
               const char        *key,
               gboolean           are_numbers,
               gint64             form)
{
  if (!dial_sandbox_record_member (outer, member))
    return;

  g_string_append_c (outer->out, '[');
  for (guint i = 0; i < texts->len; i++) {
    g_string_append_printf (outer->out, "%s{\"%s\":", i > 0 ? "," : "", key);
    if (are_numbers)
      dial_sandbox_ct_append_number (outer->out, texts->pdata[i], form + i);
    else
      dial_sandbox_append_string (outer->out, texts->pdata[i]);
    g_string_append_c (outer->out, '}');
  }
  g_string_append_c (outer->out, ']');
}

/* The description has but one of each in a list, as an object; nothing comes as an empty list, as PHP has it. */
static void
write_first (DialSandboxRecord *outer,
             const char        *member,
             GPtrArray         *texts,
             const char        *key,
             gboolean           are_numbers,
             gint64             form)
{
  if (texts->len == 0) {
    if (form % 2 == 0)
      dial_sandbox_record_json (outer, member, "[]");
    return;
  }
  if (!dial_sandbox_record_member (outer, member))
    return;

  g_string_append_printf (outer->out, "{\"%s\":", key);
  if (are_numbers)
    dial_sandbox_ct_append_number (outer->out, texts->pdata[0], form + 2);
  else
    dial_sandbox_append_string (outer->out, texts->pdata[0]);
  g_string_append_c (outer->out, '}');
}

static void
write_row (DialSandboxServer *server,
           gconstpointer      row,
           DialSandboxRecord *record)
{
  const DialSandboxCtContact *contact = row;
  gboolean all = server->cloudtalk->rows_show_all;
  DialSandboxRecord inner;

  if (dial_sandbox_record_member (record, "Contact")) {
    dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
    dial_sandbox_ct_record_id (&inner, "id", contact->id);
    dial_sandbox_record_string (&inner, "name", contact->fields[0]);
    dial_sandbox_record_string (&inner, "company", contact->fields[2]);
    dial_sandbox_record_end (&inner);
  }
  (all ? write_objects : write_first)(record, "ContactNumber", contact->lists[DIAL_SANDBOX_CT_NUMBERS],
                                      "public_number", TRUE, contact->id);
  (all ? write_objects : write_first)(record, "ContactEmail", contact->lists[DIAL_SANDBOX_CT_EMAILS], "email",
                                      FALSE, contact->id);
}

static gboolean
has_keyword (const DialSandboxCtContact *contact,
             const char                 *keyword)
{
  static const DialSandboxCtContactList lists[] = { DIAL_SANDBOX_CT_NUMBERS, DIAL_SANDBOX_CT_EMAILS };
  g_autofree char *wanted = g_utf8_casefold (keyword, -1);

  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++) {
    g_autofree char *text = contact->fields[i] != NULL ? g_utf8_casefold (contact->fields[i], -1) : NULL;

    if (text != NULL && strstr (text, wanted) != NULL)
      return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    const GPtrArray *texts = contact->lists[lists[i]];

    for (guint j = 0; j < texts->len; j++) {
      if (strstr (texts->pdata[j], wanted) != NULL)
        return TRUE;
    }
  }
  return FALSE;
}

static const char *
get_tag_name (DialSandboxServer *server,
              const char        *id)
{
  GPtrArray *tags = server->cloudtalk->tags;

  for (guint i = 0; i < tags->len; i++) {
    const DialSandboxCtTag *tag = tags->pdata[i];

    if (tag->id == g_ascii_strtoll (id, NULL, 10))
      return tag->text;
  }

  return "";
}

/**
 * dial_sandbox_ct_list_contacts:
 * @request: a `GET /contacts/index.json`
 * @id: nothing
 *
 * Answers with contacts, in the order of their ids.
 */
void
dial_sandbox_ct_list_contacts (DialSandboxRequest *request,
                               gint64              id)
{
  static const DialSandboxCtParameter parameters[] = {
    { "country_id", "i" }, { "tag_id", "i" }, { "industry", "t" }, { "keyword", "t" }, { NULL, NULL }
  };
  g_autoptr (DialSandboxCtQuery) query = dial_sandbox_ct_query_parse (request, parameters);
  GPtrArray *contacts = request->server->cloudtalk->contacts;
  const char *tag_id, *keyword, *industry, *tag;
  GPtrArray *rows;

  if (query == NULL)
    return;

  tag_id = dial_sandbox_ct_query_get (query, "tag_id");
  keyword = dial_sandbox_ct_query_get (query, "keyword");
  industry = dial_sandbox_ct_query_get (query, "industry");
  tag = tag_id != NULL ? get_tag_name (request->server, tag_id) : NULL;
  rows = g_ptr_array_new ();
  for (guint i = 0; i < contacts->len; i++) {
    const DialSandboxCtContact *contact = contacts->pdata[i];

    if ((tag == NULL || dial_sandbox_ct_contact_has (contact, DIAL_SANDBOX_CT_TAGS, tag)) &&
        (keyword == NULL || has_keyword (contact, keyword)) &&
        (industry == NULL || g_strcmp0 (contact->fields[3], industry) == 0) &&
        dial_sandbox_ct_query_takes (query, "country_id", 0))
      g_ptr_array_add (rows, contacts->pdata[i]);
  }
  dial_sandbox_ct_list (request, query, rows, write_row);
}

static void
write_details (const DialSandboxCtContact *contact,
               DialSandboxRecord          *outer)
{
  DialSandboxRecord record;

  if (!dial_sandbox_record_member (outer, "Contact"))
    return;

  dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
  dial_sandbox_ct_record_id (&record, "id", contact->id);
  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++)
    dial_sandbox_record_string (&record, dial_sandbox_ct_get_field_name (i), contact->fields[i]);
  dial_sandbox_record_json (&record, "country_id", "null");
  dial_sandbox_ct_record_id (&record, "favorite_agent", contact->favorite_agent);
  dial_sandbox_record_string (&record, "type", "contact");
  dial_sandbox_ct_record_time (&record, "created", contact->created_at, contact->id);
  dial_sandbox_ct_record_time (&record, "modified", contact->modified_at, contact->id + 1);
  dial_sandbox_record_end (&record);
}

static void
write_urls (const DialSandboxCtContact *contact,
            DialSandboxRecord          *outer,
            const char                 *member,
            const char                 *name_key,
            const char                 *url_key)
{
  const GPtrArray *names = contact->lists[DIAL_SANDBOX_CT_URL_NAMES];
  const GPtrArray *urls = contact->lists[DIAL_SANDBOX_CT_URLS];

  if (!dial_sandbox_record_member (outer, member))
    return;

  g_string_append_c (outer->out, '[');
  for (guint i = 0; i < urls->len; i++) {
    DialSandboxRecord record;

    if (i > 0)
      g_string_append_c (outer->out, ',');
    dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
    dial_sandbox_record_string (&record, name_key, names->pdata[i]);
    dial_sandbox_record_string (&record, url_key, urls->pdata[i]);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (outer->out, ']');
}

void
dial_sandbox_ct_show_contact (DialSandboxRequest *request,
                              gint64              id)
{
  const DialSandboxCtContact *contact = dial_sandbox_ct_find_contact (request->server, id);
  DialSandboxRecord record;
  GString *body;

  if (contact == NULL) {
    dial_sandbox_ct_refuse (request, 404, "Not found.", NULL);
    return;
  }

  body = g_string_new (NULL);
  dial_sandbox_record_begin (&record, body, NULL, NULL);
  write_details (contact, &record);
  write_urls (contact, &record, "ExternalUrl", "name", "url");
  write_objects (&record, "ContactNumber", contact->lists[DIAL_SANDBOX_CT_NUMBERS], "public_number", TRUE, id);
  write_objects (&record, "ContactEmail", contact->lists[DIAL_SANDBOX_CT_EMAILS], "email", FALSE, id);
  write_objects (&record, "ContactsTag", contact->lists[DIAL_SANDBOX_CT_TAGS], "name", FALSE, id);
  dial_sandbox_record_end (&record);
  dial_sandbox_ct_answer (request, 200, body);
}

static void
append_tags (DialSandboxServer          *server,
             const DialSandboxCtContact *contact,
             GString                    *out)
{
  GPtrArray *tags = contact->lists[DIAL_SANDBOX_CT_TAGS];

  g_string_append_c (out, '[');
  for (guint i = 0; i < tags->len; i++) {
    DialSandboxRecord record;

    if (i > 0)
      g_string_append_c (out, ',');
    dial_sandbox_record_begin (&record, out, NULL, NULL);
    dial_sandbox_ct_record_id (&record, "id", dial_sandbox_ct_ensure_tag (server, tags->pdata[i])->id);
    dial_sandbox_record_string (&record, "name", tags->pdata[i]);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (out, ']');
}

/**
 * dial_sandbox_ct_write_caller:
 * @server: a server
 * @contact: a contact
 * @record: a call's row
 *
 * Writes whom a call was with, which looks otherwise than the contact itself.
 */
void
dial_sandbox_ct_write_caller (DialSandboxServer          *server,
                              const DialSandboxCtContact *contact,
                              DialSandboxRecord          *record)
{
  DialSandboxRecord inner;

  if (!dial_sandbox_record_member (record, "Contact"))
    return;

  dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
  dial_sandbox_ct_record_id (&inner, "id", contact->id);
  dial_sandbox_record_string (&inner, "name", contact->fields[0]);
  dial_sandbox_record_string (&inner, "title", contact->fields[1]);
  dial_sandbox_record_string (&inner, "company", contact->fields[2]);
  dial_sandbox_record_string (&inner, "type", "contact");
  if (dial_sandbox_record_member (&inner, "contact_numbers")) {
    g_string_append_c (inner.out, '[');
    for (guint i = 0; i < contact->lists[DIAL_SANDBOX_CT_NUMBERS]->len; i++) {
      if (i > 0)
        g_string_append_c (inner.out, ',');
      dial_sandbox_ct_append_number (inner.out, contact->lists[DIAL_SANDBOX_CT_NUMBERS]->pdata[i], 2);
    }
    g_string_append_c (inner.out, ']');
  }
  if (dial_sandbox_record_member (&inner, "tags"))
    append_tags (server, contact, inner.out);
  write_urls (contact, &inner, "external_urls", "external_system", "external_url");
  dial_sandbox_record_json (&inner, "custom_fields", "[]");
  dial_sandbox_record_end (&inner);
}

/* Writing. Each says what is wrong, or does it. */

static guint
add (DialSandboxServer *server,
     JsonObject        *body,
     gint64            *id,
     GString           *errors)
{
  DialSandboxCtContact *sent = dial_sandbox_ct_read_contact (server, body, TRUE, errors);

  if (errors->len == 0)
    *id = dial_sandbox_ct_add_contact (server, sent);
  dial_sandbox_ct_contact_free (sent);
  return errors->len == 0 ? 201 : 406;
}

static guint
edit (DialSandboxServer *server,
      JsonObject        *body,
      gint64             id,
      GString           *errors)
{
  DialSandboxCtContact *contact = dial_sandbox_ct_find_contact (server, id);
  DialSandboxCtContact *sent;

  if (contact == NULL)
    return 404;

  sent = dial_sandbox_ct_read_contact (server, body, FALSE, errors);
  if (errors->len == 0)
    dial_sandbox_ct_edit_contact (server, contact, sent, FALSE);
  dial_sandbox_ct_contact_free (sent);
  return errors->len == 0 ? 200 : 406;
}

static guint
delete (DialSandboxServer *server,
        gint64             id)
{
  DialSandboxCtContact *contact = dial_sandbox_ct_find_contact (server, id);

  return contact != NULL && g_ptr_array_remove (server->cloudtalk->contacts, contact) ? 200 : 404;
}

/* One action. */

static void
answer (DialSandboxRequest *request,
        guint               status,
        gint64              id,
        GString            *errors)
{
  if (status < 300)
    dial_sandbox_ct_confirm (request, status, id);
  else if (status == 404)
    dial_sandbox_ct_refuse (request, status, "Not found.", NULL);
  else
    dial_sandbox_ct_refuse (request, status, INVALID, errors->len > 0 ? errors : NULL);
}

/* Returns: (transfer full) (nullable): the object that was sent; without one the request is answered. */
static JsonNode *
read_object (DialSandboxRequest *request)
{
  g_autoptr (JsonNode) node = dial_sandbox_ct_read_body (request);

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);

  dial_sandbox_ct_refuse (request, 406, INVALID, NULL);
  return NULL;
}

void
dial_sandbox_ct_put_contact (DialSandboxRequest *request,
                             gint64              id)
{
  g_autoptr (JsonNode) node = read_object (request);
  g_autoptr (GString) errors = g_string_new (NULL);

  if (node != NULL) {
    guint status = add (request->server, json_node_get_object (node), &id, errors);

    answer (request, status, id, errors);
  }
}

void
dial_sandbox_ct_post_contact (DialSandboxRequest *request,
                              gint64              id)
{
  g_autoptr (JsonNode) node = read_object (request);
  g_autoptr (GString) errors = g_string_new (NULL);

  if (node != NULL)
    answer (request, edit (request->server, json_node_get_object (node), id, errors), 0, errors);
}

void
dial_sandbox_ct_delete_contact (DialSandboxRequest *request,
                                gint64              id)
{
  answer (request, delete (request->server, id), 0, NULL);
}

/* Tags of a contact */

static JsonArray *
get_tags (JsonNode *node)
{
  JsonNode *tags = json_object_get_member (json_node_get_object (node), "tags");
  JsonArray *array = tags != NULL && JSON_NODE_HOLDS_ARRAY (tags) ? json_node_get_array (tags) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *tag = json_array_get_element (array, i);

    if (json_node_get_value_type (tag) != G_TYPE_STRING || json_node_get_string (tag)[0] == '\0')
      return NULL;
  }
  return array;
}

static void
change_tags (DialSandboxRequest *request,
             gint64              id,
             gboolean            take_away,
             const char         *sentence)
{
  DialSandboxServer *server = request->server;
  DialSandboxCtContact *contact = dial_sandbox_ct_find_contact (server, id);
  g_autoptr (JsonNode) node = read_object (request);
  JsonArray *tags = node != NULL ? get_tags (node) : NULL;
  GString *body;

  if (node == NULL)
    return;
  if (contact == NULL || tags == NULL) {
    dial_sandbox_ct_refuse (request, contact == NULL ? 404 : 406, contact == NULL ? "Not found." : INVALID, NULL);
    return;
  }

  for (guint i = 0; i < json_array_get_length (tags); i++) {
    const char *tag = json_array_get_string_element (tags, i);

    if (take_away) {
      dial_sandbox_ct_contact_remove (contact, DIAL_SANDBOX_CT_TAGS, tag);
    } else {
      dial_sandbox_ct_ensure_tag (server, tag);
      dial_sandbox_ct_contact_add (contact, DIAL_SANDBOX_CT_TAGS, tag);
    }
  }
  contact->n_edits++;

  body = g_string_new ("{\"status\":200,\"message\":");
  dial_sandbox_append_string (body, sentence);
  g_string_append (body, ",\"data\":{\"tags\":");
  append_tags (server, contact, body);
  g_string_append_printf (body, ",\"contact_id\":\"%" G_GINT64_FORMAT "\"}}", id);
  dial_sandbox_ct_answer (request, 200, body);
}

void
dial_sandbox_ct_add_tags (DialSandboxRequest *request,
                          gint64              id)
{
  change_tags (request, id, FALSE, "Tags were sucessfully added."); /* CloudTalk's spelling */
}

void
dial_sandbox_ct_remove_tags (DialSandboxRequest *request,
                             gint64              id)
{
  change_tags (request, id, TRUE, "Tags were successfully removed.");
}

/* Ten at a time */

static const char * const actions[] = { "add_contact", "edit_contact", "delete_contact", NULL };

/* Whether it is an action at all, whatever comes of it. */
static gboolean
is_action (JsonNode *node)
{
  g_autoptr (GString) errors = g_string_new (NULL);
  JsonNode *data;
  const char *action;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  data = json_object_get_member (json_node_get_object (node), "data");
  action = dial_sandbox_ct_take_string (json_node_get_object (node), "action", TRUE, 0, errors);
  dial_sandbox_ct_take_string (json_node_get_object (node), "command_id", TRUE, 0, errors);
  return errors->len == 0 && data != NULL && JSON_NODE_HOLDS_OBJECT (data) && g_strv_contains (actions, action);
}

static void
carry_out (DialSandboxServer *server,
           JsonObject        *command,
           GString           *out)
{
  const char *action = json_object_get_string_member (command, "action");
  JsonObject *data = json_object_get_object_member (command, "data");
  g_autoptr (GString) errors = g_string_new (NULL);
  DialSandboxRecord record;
  gint64 id = 0;
  guint status = 406;

  if (strcmp (action, "add_contact") == 0) {
    status = add (server, data, &id, errors);
  } else {
    gint64 whom = dial_sandbox_ct_take_integer (data, "id", TRUE, errors);

    if (errors->len == 0)
      status = strcmp (action, "edit_contact") == 0 ? edit (server, data, whom, errors) : delete (server, whom);
  }

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_string (&record, "command_id", json_object_get_string_member (command, "command_id"));
  dial_sandbox_record_integer (&record, "status", status);
  if (status == 404)
    dial_sandbox_record_string (&record, "message", "Not found.");
  if (status == 406) {
    dial_sandbox_record_string (&record, "message", INVALID);
    dial_sandbox_record_json (&record, "data", errors->str);
  }
  if (id != 0 && dial_sandbox_record_member (&record, "data"))
    g_string_append_printf (out, "{\"id\":\"%" G_GINT64_FORMAT "\"}", id);
  dial_sandbox_record_end (&record);
}

/**
 * dial_sandbox_ct_change_contacts:
 * @request: a `POST /bulk/contacts.json`
 * @id: nothing
 *
 * Carries out each action by itself, in their order. One that is none spoils them all. Activities
 * and notes are not kept here.
 */
void
dial_sandbox_ct_change_contacts (DialSandboxRequest *request,
                                 gint64              id)
{
  g_autoptr (JsonNode) node = dial_sandbox_ct_read_body (request);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n_actions = array != NULL ? json_array_get_length (array) : 0;
  gboolean sound = n_actions > 0 && n_actions <= MAX_BULK;
  GString *body;

  if (node == NULL)
    return;

  for (guint i = 0; sound && i < n_actions; i++)
    sound = is_action (json_array_get_element (array, i));
  if (!sound) {
    dial_sandbox_ct_refuse (request, 406, INVALID, NULL);
    return;
  }
  if (request->server->cloudtalk->bulk_counts_each && !dial_sandbox_ct_spend (request, n_actions - 1))
    return;

  body = g_string_new ("{\"status\":200,\"data\":[");
  for (guint i = 0; i < n_actions; i++) {
    if (i > 0)
      g_string_append_c (body, ',');
    carry_out (request->server, json_array_get_object_element (array, i), body);
  }
  g_string_append (body, "]}");
  dial_sandbox_ct_answer (request, 200, body);
}
