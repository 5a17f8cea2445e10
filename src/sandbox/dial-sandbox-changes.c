/*
 * How tests change the world. Members are named as v3 names them. Whatever is changed, its
 * `updated_at` is now; what is deleted is nowhere any more.
 *
 * - `POST /sandbox/candidates`, one of
 *     `{"action": "add", "fields": {…}}` answers `{"id": N}`,
 *     `{"action": "update", "id": N, "fields": {"first_name": "…"}}`,
 *     `{"action": "delete", "id": N}`,
 *     `{"action": "merge", "id": N, "into": M}`: N goes, M keeps both's applications and notes,
 *     `{"action": "anonymise", "id": N}`.
 *   Neither moves the times of applications, but those that come to another candidate by a merge are
 *   changed.
 * - `POST /sandbox/applications`, one of
 *     `{"action": "add", "candidate_id": N, "job_id": M}` answers `{"id": N}`,
 *     `{"action": "move", "id": N, "stage_id": M}`: to a stage of the same job or of another,
 *     `{"action": "reject", "id": N}`, `"hire"`, or `"reopen"`,
 *     `{"action": "assign", "id": N, "recruiter_id": M, "coordinator_id": M}`: either or both, 0 for
 *       nobody,
 *     `{"action": "delete", "id": N}`.
 *   The candidate's own times stay as they are, but for v1, where applications are part of it.
 * - `POST /sandbox/jobs`, one of
 *     `{"action": "add", "name": "…"}`: with the usual stages; answers `{"id": N}`,
 *     `{"action": "rename", "id": N, "name": "…"}`,
 *     `{"action": "open", "id": N}`, or `"close"`.
 * - `POST /sandbox/stages`, one of
 *     `{"action": "add", "job_id": N, "name": "…"}` answers `{"id": N}`,
 *     `{"action": "rename", "id": N, "name": "…"}`: applications bear the new `stage_name` at once,
 *       without being changed themselves,
 *     `{"action": "deactivate", "id": N}`, or `"activate"`.
 * - `POST /sandbox/users`, one of
 *     `{"action": "deactivate", "id": N}`, `{"action": "activate", "id": N}`,
 *     `{"action": "update", "id": N, "fields": {"first_name": "…"}}`, with `first_name`,
 *       `last_name`, `primary_email`, `emails` (the primary one and at most one more), `job_title`,
 *       `employee_id`, `site_admin` and `deactivated`.
 */

#include "dial-sandbox-collection.h"

#include <string.h>

static gint64
get_id (JsonObject *wish,
        const char *name)
{
  return json_object_get_int_member_with_default (wish, name, 0);
}

static const char *
get_text (JsonObject *wish,
          const char *name)
{
  return json_object_get_string_member_with_default (wish, name, "");
}

/* Returns: (transfer full): what "fields" holds, nothing if it is not there. */
static JsonObject *
get_fields (JsonObject *wish)
{
  JsonNode *node = json_object_get_member (wish, "fields");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

/**
 * dial_sandbox_merge:
 * @server: a server
 * @primary: who stays
 * @secondary: who goes, leaving applications and notes to @primary
 *
 * Returns: whether there are such candidates
 */
gboolean
dial_sandbox_merge (DialSandboxServer *server,
                    gint64             primary,
                    gint64             secondary)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  dial_sandbox_world_get_family (server->world, secondary, rows);
  if (!dial_sandbox_world_merge_candidate (server->world, primary, secondary))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    dial_sandbox_applications_go_with (server->applications, g_array_index (rows, guint64, i));
  return TRUE;
}

/**
 * dial_sandbox_rename_stage:
 * @server: a server
 * @id: a stage's id
 * @name: its new name
 *
 * Returns: whether there is such a stage
 */
gboolean
dial_sandbox_rename_stage (DialSandboxServer *server,
                           gint64             id,
                           const char        *name)
{
  if (!dial_sandbox_jobs_rename_stage (server->jobs, id, name))
    return FALSE;

  dial_sandbox_prepare_anew (server);
  return TRUE;
}

/**
 * dial_sandbox_change_candidates:
 * @server: a server
 * @wish: what to do, as told at the top of this file
 * @added: (out): the id of a candidate who was added
 *
 * Returns: whether it was done; and so with all others here
 */
gboolean
dial_sandbox_change_candidates (DialSandboxServer *server,
                                JsonObject        *wish,
                                gint64            *added)
{
  const char *action = get_text (wish, "action");
  gint64 id = get_id (wish, "id");
  g_autoptr (JsonObject) fields = get_fields (wish);

  if (strcmp (action, "add") == 0) {
    *added = dial_sandbox_world_add_candidate (server->world, fields);
    return TRUE;
  }
  if (strcmp (action, "update") == 0)
    return dial_sandbox_world_change_candidate (server->world, id, fields);
  if (strcmp (action, "delete") == 0)
    return dial_sandbox_world_delete_candidate (server->world, id);
  if (strcmp (action, "merge") == 0)
    return dial_sandbox_merge (server, get_id (wish, "into"), id);
  if (strcmp (action, "anonymise") == 0)
    return dial_sandbox_world_anonymise_candidate (server->world, id);

  return FALSE;
}

gboolean
dial_sandbox_change_applications (DialSandboxServer *server,
                                  JsonObject        *wish,
                                  gint64            *added)
{
  DialSandboxApplications *applications = server->applications;
  const char *action = get_text (wish, "action");
  gint64 id = get_id (wish, "id");

  if (strcmp (action, "add") == 0) {
    *added = dial_sandbox_applications_add (applications, get_id (wish, "candidate_id"),
                                            get_id (wish, "job_id"));
    return *added != 0;
  }
  if (strcmp (action, "move") == 0)
    return dial_sandbox_applications_move (applications, id, get_id (wish, "stage_id"));
  if (strcmp (action, "reject") == 0)
    return dial_sandbox_applications_decide (applications, id, "rejected");
  if (strcmp (action, "hire") == 0)
    return dial_sandbox_applications_decide (applications, id, "hired");
  if (strcmp (action, "reopen") == 0)
    return dial_sandbox_applications_decide (applications, id, "in_process");
  if (strcmp (action, "assign") == 0)
    return dial_sandbox_applications_assign (
      applications, id,
      json_object_get_int_member_with_default (wish, "recruiter_id", -1),
      json_object_get_int_member_with_default (wish, "coordinator_id", -1));
  if (strcmp (action, "delete") == 0)
    return dial_sandbox_applications_delete (applications, id);

  return FALSE;
}

gboolean
dial_sandbox_change_jobs (DialSandboxServer *server,
                          JsonObject        *wish,
                          gint64            *added)
{
  const char *action = get_text (wish, "action");
  const char *name = get_text (wish, "name");
  gint64 id = get_id (wish, "id");

  if (strcmp (action, "add") == 0) {
    *added = name[0] != '\0' ? dial_sandbox_jobs_add (server->jobs, name) : 0;
    return *added != 0;
  }
  if (strcmp (action, "rename") == 0)
    return name[0] != '\0' && dial_sandbox_jobs_rename (server->jobs, id, name);
  if (strcmp (action, "open") == 0)
    return dial_sandbox_jobs_set_status (server->jobs, id, "open");
  if (strcmp (action, "close") == 0)
    return dial_sandbox_jobs_set_status (server->jobs, id, "closed");

  return FALSE;
}

gboolean
dial_sandbox_change_stages (DialSandboxServer *server,
                            JsonObject        *wish,
                            gint64            *added)
{
  const char *action = get_text (wish, "action");
  const char *name = get_text (wish, "name");
  gint64 id = get_id (wish, "id");

  if (strcmp (action, "add") == 0) {
    if (name[0] != '\0')
      *added = dial_sandbox_jobs_add_stage (server->jobs, get_id (wish, "job_id"), name);
    return *added != 0;
  }
  if (strcmp (action, "rename") == 0)
    return name[0] != '\0' && dial_sandbox_rename_stage (server, id, name);
  if (strcmp (action, "deactivate") == 0 || strcmp (action, "activate") == 0)
    return dial_sandbox_jobs_set_active (server->jobs, id, action[0] == 'a');

  return FALSE;
}

gboolean
dial_sandbox_change_users (DialSandboxServer *server,
                           JsonObject        *wish,
                           gint64            *added)
{
  const char *action = get_text (wish, "action");
  g_autoptr (JsonObject) fields = NULL;

  if (strcmp (action, "update") == 0) {
    fields = get_fields (wish);
  } else if (strcmp (action, "deactivate") == 0 || strcmp (action, "activate") == 0) {
    fields = json_object_new ();
    json_object_set_boolean_member (fields, "deactivated", action[0] == 'd');
  }

  return fields != NULL && dial_sandbox_staff_change (server->staff, get_id (wish, "id"), fields);
}

/**
 * dial_sandbox_show_world:
 * @request: a request
 *
 * Answers with everything the lists would give to the service user, whom nothing is hidden from.
 */
void
dial_sandbox_show_world (DialSandboxRequest *request)
{
  static const struct {
    const char                  *name;
    const DialSandboxCollection *list;
  } lists[] = {
    { "candidates", &dial_sandbox_candidate_list },
    { "applications", &dial_sandbox_application_list },
    { "jobs", &dial_sandbox_job_list },
    { "stages", &dial_sandbox_stage_list },
    { "users", &dial_sandbox_user_list },
  };
  GString *body = g_string_new ("{");

  request->actor = dial_sandbox_staff_find (request->server->staff, DIAL_SANDBOX_SERVICE_USER);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_string_append_printf (body, "%s\"%s\":", i > 0 ? "," : "", lists[i].name);
    dial_sandbox_collection_append (lists[i].list, request, body);
  }
  g_string_append_c (body, '}');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}
