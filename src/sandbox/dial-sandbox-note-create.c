#include "dial-sandbox-history.h"
#include "dial-sandbox-server.h"

#include <string.h>

/* POST /v3/notes, with every rule Greenhouse has for it. */

static const char * const known_keys[] = {
  "candidate_id", "body", "note_type", "visibility", "user_id", "application_id", "subject",
  "email_from", "email_to", "email_cc", NULL
};
static const char * const note_types[] = { "NOTE", "ACTIVITY", "EMAIL", NULL };

static void
complain (GString    *errors,
          const char *name,
          const char *what)
{
  g_string_append (errors, errors->len > 1 ? ",{" : "{");
  dial_sandbox_append_string (errors, name);
  g_string_append_c (errors, ':');
  dial_sandbox_append_string (errors, what);
  g_string_append_c (errors, '}');
}

static gboolean
has_value (JsonObject *body,
           const char *name)
{
  return json_object_has_member (body, name) && !json_object_get_null_member (body, name);
}

static const char *
take_string (JsonObject *body,
             const char *name,
             gboolean    required,
             GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);

  if (!has_value (body, name)) {
    if (required)
      complain (errors, name, "is missing");
    return NULL;
  }
  if (json_node_get_value_type (node) != G_TYPE_STRING) {
    complain (errors, name, "is not a string");
    return NULL;
  }
  if (required && json_node_get_string (node)[0] == '\0') {
    complain (errors, name, "is empty");
    return NULL;
  }

  return json_node_get_string (node);
}

static gint64
take_id (JsonObject *body,
         const char *name,
         gboolean    required,
         GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);

  if (!has_value (body, name)) {
    if (required)
      complain (errors, name, "is missing");
    return 0;
  }
  if (json_node_get_value_type (node) != G_TYPE_INT64) {
    complain (errors, name, "is not an integer");
    return 0;
  }

  return json_node_get_int (node);
}

static const char *
take_type (JsonObject *body,
           GString    *errors)
{
  const char *type = take_string (body, "note_type", TRUE, errors);

  if (type == NULL)
    return NULL;

  for (guint i = 0; note_types[i] != NULL; i++) {
    if (strcmp (note_types[i], type) == 0)
      return note_types[i];
  }

  /* Greenhouse names them in lower case here, and refuses them so. */
  complain (errors, "note_type", "is not one of: note, activity, email");
  return NULL;
}

static const char *
take_visibility (JsonObject *body,
                 GString    *errors)
{
  const char *written = take_string (body, "visibility", TRUE, errors);
  const char *visibility = written != NULL ? dial_sandbox_visibility_as_read (written) : NULL;

  if (written != NULL && visibility == NULL)
    complain (errors, "visibility", "is not one of: admin_only, private, public");
  return visibility;
}

static JsonArray *
take_addresses (JsonObject *body,
                const char *name,
                gboolean    may_be_empty,
                GString    *errors)
{
  JsonNode *node = json_object_get_member (body, name);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
    complain (errors, name, node == NULL ? "is missing" : "is not an array of strings");
    return NULL;
  }

  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0 && !may_be_empty)
    complain (errors, name, "is empty");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING) {
      complain (errors, name, "is not an array of strings");
      return NULL;
    }
  }
  return array;
}

static char *
join_addresses (JsonArray *array)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  if (array == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (array, i));
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
take_email (DialSandboxNote *note,
            JsonObject      *body,
            GString         *errors)
{
  static const char * const email_only[] = { "email_from", "email_to", "email_cc", NULL };
  JsonArray *cc;

  note->subject = g_strdup (take_string (body, "subject", g_strcmp0 (note->type, "EMAIL") == 0,
                                         errors));

  if (g_strcmp0 (note->type, "EMAIL") != 0) {
    for (guint i = 0; email_only[i] != NULL; i++) {
      if (json_object_has_member (body, email_only[i]))
        complain (errors, email_only[i], "is only for notes of type EMAIL");
    }
    return;
  }

  note->email_from = join_addresses (take_addresses (body, "email_from", FALSE, errors));
  note->email_to = join_addresses (take_addresses (body, "email_to", FALSE, errors));
  cc = take_addresses (body, "email_cc", TRUE, errors);
  if (cc != NULL)
    note->email_cc = json_to_string (json_object_get_member (body, "email_cc"), FALSE);
}

/* Returns: (nullable): the names of unknown keys, in a JSON array. */
static char *
find_unknown (JsonObject *body)
{
  g_autoptr (GList) names = json_object_get_members (body);
  g_autoptr (GString) sentence = g_string_new ("Invalid body params: ");
  g_autoptr (GString) errors = g_string_new ("[");
  gboolean found = FALSE;

  for (GList *link = names; link != NULL; link = link->next) {
    if (g_strv_contains (known_keys, link->data))
      continue;
    g_string_append_printf (sentence, "%s%s", found ? ", " : "", (const char *) link->data);
    found = TRUE;
  }
  if (!found)
    return NULL;

  dial_sandbox_append_string (errors, sentence->str);
  g_string_append_c (errors, ']');
  return g_string_free (g_steal_pointer (&errors), FALSE);
}

static JsonNode *
parse_body (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  g_autoptr (JsonNode) node = NULL;

  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") == 0 &&
      g_utf8_validate (text, -1, NULL))
    node = json_from_string (text, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);

  dial_sandbox_refuse (request->message, 400, "Your request included invalid JSON.",
                       "[{\"message\":\"The body is not a JSON object.\",\"field\":\"body\"}]");
  return NULL;
}

/* Whoever is named must be there; the candidate need not be. Returns whether all is well. */
static gboolean
check_references (DialSandboxRequest    *request,
                  const DialSandboxNote *note)
{
  DialSandboxApplication application;
  guint64 row;

  if (dial_sandbox_staff_find (request->server->staff, note->user_id) == NULL) {
    dial_sandbox_refuse (request->message, 404, "Resource not found", "\"User not found\"");
    return FALSE;
  }
  if (note->application_id != 0 &&
      (!dial_sandbox_applications_find (request->server->applications, note->application_id, &row) ||
       !dial_sandbox_applications_get (request->server->applications, row, &application) ||
       application.candidate_id != note->candidate_id)) {
    dial_sandbox_refuse (request->message, 404, "Resource not found", "\"Application not found\"");
    return FALSE;
  }
  return TRUE;
}

static void
answer_created (DialSandboxRequest    *request,
                const DialSandboxNote *note)
{
  GString *body = g_string_new (NULL);
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, body, NULL, NULL);
  dial_sandbox_note_write (note, &record);
  dial_sandbox_record_end (&record);
  dial_sandbox_answer (request->message, 201, "application/json;charset=utf-8", body);
}

/**
 * dial_sandbox_create_note:
 * @request: a `POST /v3/notes`, already let in
 *
 * Keeps a note and answers with it, or says everything that is wrong with it.
 */
void
dial_sandbox_create_note (DialSandboxRequest *request)
{
  g_autoptr (JsonNode) node = parse_body (request);
  g_autoptr (GString) errors = g_string_new ("[");
  g_autofree char *unknown = NULL;
  g_autoptr (GError) error = NULL;
  DialSandboxNote *note;
  JsonObject *body;

  if (node == NULL)
    return;

  body = json_node_get_object (node);
  unknown = find_unknown (body);
  if (unknown != NULL || request->query != NULL) {
    dial_sandbox_refuse (request->message, 422, "Unprocessable Content",
                         unknown != NULL ? unknown : "[\"Invalid query params\"]");
    return;
  }

  note = g_new0 (DialSandboxNote, 1);
  note->candidate_id = take_id (body, "candidate_id", TRUE, errors);
  note->body = g_strdup (take_string (body, "body", TRUE, errors));
  note->type = take_type (body, errors);
  note->visibility = take_visibility (body, errors);
  note->user_id = take_id (body, "user_id", FALSE, errors);
  note->application_id = take_id (body, "application_id", FALSE, errors);
  take_email (note, body, errors);
  note->created_at = dial_sandbox_world_get_now (request->server->world);
  if (!has_value (body, "user_id"))
    note->user_id = request->actor->id;

  if (errors->len > 1) {
    g_string_append_c (errors, ']');
    dial_sandbox_refuse (request->message, 422, "Unprocessable Content", errors->str);
    dial_sandbox_note_free (note);
    return;
  }
  if (!check_references (request, note)) {
    dial_sandbox_note_free (note);
    return;
  }

  if (dial_sandbox_notes_add (request->server->notes, note, &error)) {
    answer_created (request, note);
  } else {
    g_warning ("%s", error->message);
    dial_sandbox_refuse (request->message, 500, "Internal Server Error", NULL);
  }
}
