/*
 * What tests can ask of the sandbox besides faults, where the options allow it:
 *
 * - `GET /sandbox/log`: the requests so far, `[{"at", "method", "path", "query", "status"}]`, the
 *   oldest first; `status` is 0 while there is no answer and where the connection was cut.
 *   `DELETE /sandbox/log` forgets them.
 * - `POST /sandbox/scopes` `{"scope": "harvest:notes:list", "granted": false}`: takes a scope away
 *   from the credential or gives it back; `{"granted": true}` gives all back.
 * - `POST /sandbox/allowance` `{"allowance": 3}`: requests a window, 0 for no limit. The window
 *   begins anew.
 * - `POST /sandbox/candidates`: changes the world, one of
 *     `{"action": "add", "fields": {…}}` answers `{"id": N}`,
 *     `{"action": "update", "id": N, "fields": {"first_name": "…"}}`,
 *     `{"action": "delete", "id": N}`,
 *     `{"action": "merge", "id": N, "into": M}`: N goes, M keeps both's applications and notes,
 *     `{"action": "anonymise", "id": N}`.
 *   Whoever is changed, `updated_at` is now.
 */

#include "dial-sandbox-server.h"

#include <string.h>

#define LOG_LENGTH 20000

static void
visit_clear (gpointer data)
{
  DialSandboxVisit *visit = data;

  g_free (visit->method);
  g_free (visit->path);
  g_free (visit->query);
}

void
dial_sandbox_visit_unref (gpointer visit)
{
  g_rc_box_release_full (visit, visit_clear);
}

/**
 * dial_sandbox_log_visit:
 * @request: a request
 *
 * Notes that somebody came. What was sent, and as whom, is not noted.
 */
void
dial_sandbox_log_visit (DialSandboxRequest *request)
{
  GQueue *log = &request->server->log;
  DialSandboxVisit *visit = g_rc_box_new0 (DialSandboxVisit);

  visit->at = g_get_real_time ();
  visit->method = g_strdup (soup_server_message_get_method (request->message));
  visit->path = g_strdup (request->path);
  visit->query = g_strdup (request->query);
  g_queue_push_tail (log, visit);
  if (log->length > LOG_LENGTH)
    dial_sandbox_visit_unref (g_queue_pop_head (log));
  request->visit = visit;
}

void
dial_sandbox_log_clear (DialSandboxServer *server)
{
  g_queue_clear_full (&server->log, dial_sandbox_visit_unref);
}

static void
show_log (DialSandboxRequest *request)
{
  GString *body = g_string_new ("[");

  for (GList *link = request->server->log.head; link != NULL; link = link->next) {
    const DialSandboxVisit *visit = link->data;
    DialSandboxRecord record;

    if (body->len > 1)
      g_string_append_c (body, ',');
    dial_sandbox_record_begin (&record, body, NULL, NULL);
    dial_sandbox_record_time (&record, "at", visit->at);
    dial_sandbox_record_string (&record, "method", visit->method);
    dial_sandbox_record_string (&record, "path", visit->path);
    dial_sandbox_record_string (&record, "query", visit->query);
    dial_sandbox_record_integer (&record, "status", visit->status);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (body, ']');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

static gboolean
change_scopes (DialSandboxServer *server,
               JsonObject        *wish)
{
  const char *scope = json_object_get_string_member_with_default (wish, "scope", NULL);
  gboolean granted = json_object_get_boolean_member_with_default (wish, "granted", FALSE);

  if (scope == NULL && !granted)
    return FALSE;

  if (scope == NULL)
    dial_sandbox_server_give_scopes (server);
  else if (granted)
    g_hash_table_add (server->scopes, (gpointer) g_intern_string (scope));
  else
    g_hash_table_remove (server->scopes, scope);
  return TRUE;
}

static gboolean
change_allowance (DialSandboxServer *server,
                  JsonObject        *wish)
{
  server->allowance = (guint) json_object_get_int_member_with_default (wish, "allowance", 0);
  server->window.n_used = 0;
  return TRUE;
}

/* Returns whether it was done; @added is the id of a candidate who was added. */
static gboolean
change_candidates (DialSandboxServer *server,
                   JsonObject        *wish,
                   gint64            *added)
{
  const char *action = json_object_get_string_member_with_default (wish, "action", "");
  gint64 id = json_object_get_int_member_with_default (wish, "id", 0);
  gint64 into = json_object_get_int_member_with_default (wish, "into", 0);
  g_autoptr (JsonObject) fields = json_object_new ();

  if (json_object_has_member (wish, "fields") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (wish, "fields"))) {
    json_object_unref (fields);
    fields = json_object_ref (json_object_get_object_member (wish, "fields"));
  }

  if (strcmp (action, "add") == 0) {
    *added = dial_sandbox_world_add_candidate (server->world, fields);
    return TRUE;
  }
  if (strcmp (action, "update") == 0)
    return dial_sandbox_world_change_candidate (server->world, id, fields);
  if (strcmp (action, "delete") == 0)
    return dial_sandbox_world_delete_candidate (server->world, id);
  if (strcmp (action, "merge") == 0)
    return dial_sandbox_world_merge_candidate (server->world, into, id);
  if (strcmp (action, "anonymise") == 0)
    return dial_sandbox_world_anonymise_candidate (server->world, id);

  return FALSE;
}

static JsonNode *
parse_wish (DialSandboxRequest *request)
{
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/**
 * dial_sandbox_control:
 * @request: a request to `/sandbox/…`
 *
 * Does what a test asks for.
 */
void
dial_sandbox_control (DialSandboxRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *what = request->path + strlen ("/sandbox/");
  DialSandboxServer *server = request->server;
  g_autoptr (JsonNode) wish = NULL;
  g_autofree char *json = NULL;
  gboolean done = FALSE;
  gint64 added = 0;

  if (strcmp (method, "GET") == 0 && strcmp (what, "log") == 0) {
    show_log (request);
    return;
  }

  if (strcmp (method, "POST") == 0)
    wish = parse_wish (request);

  if (strcmp (method, "DELETE") == 0 && strcmp (what, "faults") == 0) {
    dial_sandbox_faults_clear (server);
    done = TRUE;
  } else if (strcmp (method, "DELETE") == 0 && strcmp (what, "log") == 0) {
    dial_sandbox_log_clear (server);
    done = TRUE;
  } else if (wish != NULL && strcmp (what, "faults") == 0) {
    done = dial_sandbox_faults_add (server, json_node_get_object (wish));
  } else if (wish != NULL && strcmp (what, "scopes") == 0) {
    done = change_scopes (server, json_node_get_object (wish));
  } else if (wish != NULL && strcmp (what, "allowance") == 0) {
    done = change_allowance (server, json_node_get_object (wish));
  } else if (wish != NULL && strcmp (what, "candidates") == 0) {
    done = change_candidates (server, json_node_get_object (wish), &added);
  }

  json = g_strdup_printf ("{\"ok\":%s,\"id\":%" G_GINT64_FORMAT "}", done ? "true" : "false",
                          added);
  dial_sandbox_answer_json (request->message, done ? 200 : 400, json);
}
