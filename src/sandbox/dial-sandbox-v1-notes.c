#include "dial-sandbox-v1.h"

#include <string.h>

/* The activity feed of v1: POST …/activity_feed/notes, and the feed itself. */

static void
refuse_unknown (DialSandboxRequest *request)
{
  dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
}

/* On whose behalf: somebody who works here. Answers the request if there is nobody. */
static const DialSandboxUser *
find_actor (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *text = soup_message_headers_get_one (headers, "On-Behalf-Of");
  const DialSandboxUser *user = NULL;
  gint64 id;

  if (text == NULL || text[0] == '\0') {
    dial_sandbox_refuse (request->message, 403, "On-Behalf-Of header is required", NULL);
    return NULL;
  }

  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    user = dial_sandbox_staff_find (request->server->staff, id);
  if (user != NULL && !user->deactivated && !user->service)
    return user;

  refuse_unknown (request);
  return NULL;
}

/* Whether the candidate is there, and the actor may see it; answers the request if not. */
static gboolean
check_candidate (DialSandboxRequest *request,
                 gint64              id)
{
  DialSandboxWorld *world = request->server->world;
  guint64 row;

  if (!dial_sandbox_world_find_candidate (world, id, &row) ||
      !dial_sandbox_world_has_candidate (world, row)) {
    refuse_unknown (request);
    return FALSE;
  }
  if (request->actor != NULL && !request->actor->sees_private &&
      dial_sandbox_world_is_private (world, row)) {
    dial_sandbox_refuse (request->message, 403, "Forbidden", NULL);
    return FALSE;
  }
  return TRUE;
}

/* Nothing at all is an object that lacks everything. */
static JsonNode *
parse_body (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (JsonNode) node = NULL;

  if (text[0] == '\0')
    node = json_from_string ("{}", NULL);
  else if (g_strcmp0 (type, "application/json") == 0 && g_utf8_validate (text, -1, NULL))
    node = json_from_string (text, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);

  dial_sandbox_refuse (request->message, 400, "Your request included invalid JSON.",
                       "[{\"message\":\"The body is not a JSON object.\",\"field\":\"body\"}]");
  return NULL;
}

/* Returns: (nullable): the member, if it is there; complains if not. */
static JsonNode *
take_member (JsonObject *body,
             const char *name,
             GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);
  g_autofree char *sentence = g_strdup_printf ("Missing required field: %s", name);

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node) &&
      (json_node_get_value_type (node) != G_TYPE_STRING || json_node_get_string (node)[0] != '\0'))
    return node;

  dial_sandbox_v1_complain (errors, name, sentence);
  return NULL;
}

static const char *
take_string (JsonObject *body,
             const char *name,
             GString    *errors)
{
  JsonNode *node = take_member (body, name, errors);

  if (node == NULL || json_node_get_value_type (node) == G_TYPE_STRING)
    return node != NULL ? json_node_get_string (node) : NULL;

  dial_sandbox_v1_complain (errors, name, "Must be a string");
  return NULL;
}

/* An integer, or a string that holds one. */
static gint64
take_id (JsonObject *body,
         const char *name,
         GString    *errors)
{
  JsonNode *node = take_member (body, name, errors);
  gint64 id;

  if (node == NULL)
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_STRING &&
      g_ascii_string_to_signed (json_node_get_string (node), 10, 1, G_MAXINT64, &id, NULL))
    return id;

  dial_sandbox_v1_complain (errors, name, "Must be an integer");
  return 0;
}

static const char *
take_visibility (JsonObject *body,
                 GString    *errors)
{
  const char *written = take_string (body, "visibility", errors);
  const char *visibility = written != NULL ? dial_sandbox_visibility_as_read (written) : NULL;

  if (written != NULL && visibility == NULL)
    dial_sandbox_v1_complain (errors, "visibility", "Must be one of: admin_only, private, public");
  return visibility;
}

/* Returns: (transfer full) (nullable): what was sent; if it will not do the request is answered. */
static DialSandboxNote *
read_note (DialSandboxRequest *request,
           JsonObject         *body)
{
  g_autoptr (GString) errors = g_string_new ("[");
  DialSandboxNote *note = g_new0 (DialSandboxNote, 1);

  note->type = "NOTE";
  note->user_id = take_id (body, "user_id", errors);
  note->body = g_strdup (take_string (body, "body", errors));
  note->visibility = take_visibility (body, errors);
  note->created_at = dial_sandbox_world_get_now (request->server->world);

  if (errors->len > 1) {
    g_string_append_c (errors, ']');
    dial_sandbox_refuse (request->message, 422, "Validation error", errors->str);
  } else if (dial_sandbox_staff_find (request->server->staff, note->user_id) == NULL) {
    refuse_unknown (request);
  } else {
    return note;
  }

  dial_sandbox_note_free (note);
  return NULL;
}

/* The misspelt member is Greenhouse's own. */
static void
append_note (DialSandboxServer     *server,
             const DialSandboxNote *note,
             GString               *out)
{
  const char *visibility = dial_sandbox_visibility_as_written (note->visibility);
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", note->id);
  dial_sandbox_record_time (&record, "created_at", note->created_at);
  dial_sandbox_record_string (&record, "body", note->body);
  if (dial_sandbox_record_member (&record, "user"))
    dial_sandbox_v1_append_user (server, note->user_id, out);
  dial_sandbox_record_boolean (&record, "private", g_strcmp0 (visibility, "private") == 0);
  dial_sandbox_record_string (&record, "visiblity", visibility);
  dial_sandbox_record_string (&record, "visibility", visibility);
  dial_sandbox_record_end (&record);
}

/**
 * dial_sandbox_v1_create_note:
 * @request: a `POST …/activity_feed/notes`, already let in
 * @candidate_id: whose feed
 *
 * Keeps a note and answers with it, or says what is wrong: with the person asking, the candidate,
 * the note, in this order.
 */
void
dial_sandbox_v1_create_note (DialSandboxRequest *request,
                             gint64              candidate_id)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  DialSandboxNote *note;
  GString *body;

  request->actor = find_actor (request);
  if (request->actor == NULL || !check_candidate (request, candidate_id))
    return;

  node = parse_body (request);
  note = node != NULL ? read_note (request, json_node_get_object (node)) : NULL;
  if (note == NULL)
    return;

  note->candidate_id = candidate_id;
  if (!dial_sandbox_notes_add (request->server->notes, note, &error)) {
    g_warning ("%s", error->message);
    dial_sandbox_refuse (request->message, 500, "Internal Server Error", NULL);
    return;
  }

  body = g_string_new (NULL);
  append_note (request->server, note, body);
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

/* The feed */

static void
append_email (DialSandboxServer     *server,
              const DialSandboxNote *note,
              GString               *out)
{
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", note->id);
  dial_sandbox_record_time (&record, "created_at", note->created_at);
  dial_sandbox_record_string (&record, "subject", note->subject);
  dial_sandbox_record_string (&record, "body", note->body);
  dial_sandbox_record_string (&record, "to", note->email_to);
  dial_sandbox_record_string (&record, "from", note->email_from);
  dial_sandbox_record_json (&record, "cc", note->email_cc != NULL ? note->email_cc : "[]");
  if (dial_sandbox_record_member (&record, "user"))
    dial_sandbox_v1_append_user (server, note->user_id, out);
  dial_sandbox_record_end (&record);
}

static void
append_activity (DialSandboxServer     *server,
                 const DialSandboxNote *note,
                 GString               *out)
{
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", note->id);
  dial_sandbox_record_time (&record, "created_at", note->created_at);
  dial_sandbox_record_string (&record, "subject", note->subject);
  dial_sandbox_record_string (&record, "body", note->body);
  if (dial_sandbox_record_member (&record, "user"))
    dial_sandbox_v1_append_user (server, note->user_id, out);
  dial_sandbox_record_end (&record);
}

/**
 * dial_sandbox_v1_show_feed:
 * @request: a `GET …/activity_feed`, already let in
 * @candidate_id: whose feed
 *
 * Answers with the feed in its three parts, each the newest first.
 */
void
dial_sandbox_v1_show_feed (DialSandboxRequest *request,
                           gint64              candidate_id)
{
  static const struct {
    const char *type; /* NULL for every other */
    const char *member;
    void      (*append) (DialSandboxServer     *server,
                         const DialSandboxNote *note,
                         GString               *out);
  } parts[] = {
    { "NOTE", "notes", append_note },
    { "EMAIL", "emails", append_email },
    { NULL, "activities", append_activity },
  };
  DialSandboxServer *server = request->server;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) feed = NULL;
  DialSandboxRecord record;
  GString *body;

  if (!check_candidate (request, candidate_id))
    return;

  dial_sandbox_world_get_family (server->world, candidate_id, rows);
  feed = dial_sandbox_gather_feed (server, candidate_id, rows);
  body = g_string_new (NULL);
  dial_sandbox_record_begin (&record, body, NULL, NULL);
  for (guint part = 0; part < G_N_ELEMENTS (parts); part++) {
    dial_sandbox_record_member (&record, parts[part].member);
    g_string_append_c (body, '[');
    for (guint i = 0; i < feed->len; i++) {
      const DialSandboxNote *note = &g_array_index (feed, DialSandboxNote, i);
      gboolean is_plain = strcmp (note->type, "NOTE") != 0 && strcmp (note->type, "EMAIL") != 0;

      if (dial_sandbox_note_is_hidden (note) ||
          (parts[part].type != NULL ? strcmp (parts[part].type, note->type) != 0 : !is_plain))
        continue;
      if (body->str[body->len - 1] != '[')
        g_string_append_c (body, ',');
      parts[part].append (server, note, body);
    }
    g_string_append_c (body, ']');
  }
  dial_sandbox_record_end (&record);
  dial_sandbox_notes_were_listed (server->notes);
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}
