#include "dial-sandbox-server.h"

#include "dial-sandbox-cloudtalk.h"
#include "dial-sandbox-v1.h"

#include <string.h>

typedef struct {
  const char         *method;
  const char         *path;
  const char         *scope;
  gboolean            needs_admin;
  DialSandboxHandler  handler;
} Route;

/* Lists want a Site Admin as acting user, whoever it is may write a note. */
static const Route routes[] = {
  { "GET", "/v3/candidates", "harvest:candidates:list", TRUE, dial_sandbox_list_candidates },
  { "GET", "/v3/applications", "harvest:applications:list", TRUE, dial_sandbox_list_applications },
  { "GET", "/v3/jobs", "harvest:jobs:list", TRUE, dial_sandbox_list_jobs },
  { "GET", "/v3/job_interview_stages", "harvest:job_interview_stages:list", TRUE,
    dial_sandbox_list_stages },
  { "GET", "/v3/users", "harvest:users:list", TRUE, dial_sandbox_list_users },
  { "GET", "/v3/user_emails", "harvest:user_emails:list", TRUE, dial_sandbox_list_user_emails },
  { "GET", "/v3/candidate_tags", "harvest:candidate_tags:list", TRUE, dial_sandbox_list_tags },
  { "GET", "/v3/applied_candidate_tags", "harvest:applied_candidate_tags:list", TRUE,
    dial_sandbox_list_applied_tags },
  { "GET", "/v3/notes", "harvest:notes:list", TRUE, dial_sandbox_list_notes },
  { "POST", "/v3/notes", "harvest:notes:create", FALSE, dial_sandbox_create_note },
};

/**
 * dial_sandbox_dup_body:
 * @message: an exchange
 *
 * Returns: (transfer full): what was sent, "" for nothing; not necessarily UTF-8
 */
char *
dial_sandbox_dup_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return data != NULL ? g_strndup (data, length) : g_strdup ("");
}

/**
 * dial_sandbox_answer:
 * @message: an exchange
 * @status: a status
 * @type: the body's type
 * @body: (transfer full): the body
 */
void
dial_sandbox_answer (SoupServerMessage *message,
                     guint              status,
                     const char        *type,
                     GString           *body)
{
  gsize length = body->len;

  /* A fault may replace an answer that stands already, and libsoup would append to it. */
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, g_string_free (body, FALSE),
                                    length);
}

void
dial_sandbox_answer_json (SoupServerMessage *message,
                          guint              status,
                          const char        *json)
{
  dial_sandbox_answer (message, status, "application/json;charset=utf-8", g_string_new (json));
}

/**
 * dial_sandbox_refuse:
 * @message: an exchange
 * @status: a status
 * @sentence: what Greenhouse says in "message"
 * @errors: (nullable): what it says in "errors": JSON of one of several shapes
 */
void
dial_sandbox_refuse (SoupServerMessage *message,
                     guint              status,
                     const char        *sentence,
                     const char        *errors)
{
  g_autoptr (GString) json = g_string_new ("{\"message\":");

  dial_sandbox_append_string (json, sentence);
  if (errors != NULL)
    g_string_append_printf (json, ",\"errors\":%s", errors);
  g_string_append_c (json, '}');
  dial_sandbox_answer_json (message, status, json->str);
}

static gboolean
has_scope (DialSandboxServer *self,
           const char        *scope)
{
  return g_hash_table_contains (self->scopes, scope);
}

/**
 * dial_sandbox_server_give_scopes:
 * @self: a server
 *
 * Ticks every scope the sandbox knows.
 */
void
dial_sandbox_server_give_scopes (DialSandboxServer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    g_hash_table_add (self->scopes, (gpointer) g_intern_string (routes[i].scope));
}

static const Route *
find_route (const char *method,
            const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    if (strcmp (routes[i].path, path) == 0 && strcmp (routes[i].method, method) == 0)
      return &routes[i];
  }

  return NULL;
}

/* In Greenhouse's order: the allowance, the route, the token, the scope, the person. */
static void
dispatch_harvest (DialSandboxRequest *request)
{
  const Route *route = find_route (soup_server_message_get_method (request->message),
                                   request->path);

  if (!dial_sandbox_spend (request, &request->server->allowance))
    return;

  if (route == NULL) {
    dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
    return;
  }

  request->actor = dial_sandbox_token_get_actor (request);
  if (request->actor == NULL)
    return;

  if (!has_scope (request->server, route->scope) ||
      (route->needs_admin && !dial_sandbox_token_is_admin (request))) {
    dial_sandbox_refuse (request->message, 403, "Forbidden",
                         "[\"You do not have permission to access this resource.\"]");
    return;
  }

  route->handler (request);
}

/**
 * dial_sandbox_server_dispatch:
 * @request: a request
 *
 * Carries a request out.
 */
void
dial_sandbox_server_dispatch (DialSandboxRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);

  if (g_str_has_prefix (request->path, "/v3/"))
    dispatch_harvest (request);
  else if (g_str_has_prefix (request->path, "/v1/"))
    dial_sandbox_v1_dispatch (request);
  else if (g_str_has_prefix (request->path, DIAL_SANDBOX_CT_PATH "/"))
    dial_sandbox_ct_dispatch (request);
  else if (strcmp (request->path, "/token") == 0 && strcmp (method, "POST") == 0)
    dial_sandbox_token_mint (request);
  else if (strcmp (request->path, "/introspect") == 0 && strcmp (method, "POST") == 0)
    dial_sandbox_token_introspect (request);
  else if (strcmp (method, "GET") == 0)
    dial_sandbox_show_page (request);
  else
    dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
}

/* libsoup has put its own there, which knows nothing of a clock a test has shifted. */
static void
set_date (DialSandboxRequest *request)
{
  gint64 now = dial_sandbox_world_get_now (request->server->world) / G_USEC_PER_SEC;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now);
  g_autofree char *text = soup_date_time_to_string (date, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Date",
                                text);
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *form,
            gpointer           user_data)
{
  DialSandboxServer *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *request_id = g_uuid_string_random ();
  DialSandboxRequest request = { self, message, NULL, g_uri_get_path (uri), g_uri_get_query (uri),
                                 NULL };

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "X-Request-Id",
                                request_id);
  set_date (&request);

  if (self->may_inject_faults && g_str_has_prefix (request.path, "/sandbox/")) {
    dial_sandbox_control (&request);
    return;
  }

  dial_sandbox_log_visit (&request);
  dial_sandbox_faults_handle (&request);
}

static gboolean
listen_locally (DialSandboxServer  *self,
                guint16             port,
                GError            **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSList *uris;

  if (!soup_server_listen (self->soup, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/**
 * dial_sandbox_server_new:
 * @options: what to serve
 * @error: why it cannot serve
 *
 * Begins to serve in the thread-default main context, to which everything in it is bound.
 *
 * Returns: (transfer full) (nullable): the server
 */
DialSandboxServer *
dial_sandbox_server_new (const DialSandboxOptions  *options,
                         GError                   **error)
{
  DialSandboxServer *self;
  DialSandboxNotes *notes = dial_sandbox_notes_new (options->notes_path, error);

  if (notes == NULL)
    return NULL;

  self = g_new0 (DialSandboxServer, 1);
  self->notes = notes;
  self->context = g_main_context_ref_thread_default ();
  self->world = dial_sandbox_world_new (options->n_candidates, options->seed);
  self->staff = dial_sandbox_staff_new (self->world);
  self->jobs = dial_sandbox_jobs_new (self->world);
  self->applications = dial_sandbox_applications_new (self->world, self->jobs);
  self->scopes = g_hash_table_new (g_str_hash, g_str_equal);
  self->permissions = g_hash_table_new (g_str_hash, g_str_equal);
  self->may_inject_faults = options->may_inject_faults;
  self->delay_ms = options->delay_ms;
  dial_sandbox_allowance_init (self, options);
  dial_sandbox_server_give_scopes (self);
  dial_sandbox_v1_give_permissions (self);
  dial_sandbox_token_init (self);
  dial_sandbox_faults_init (self);
  dial_sandbox_ct_init (self, options);
  if (options->prepare)
    dial_sandbox_prepare (self);

  self->soup = soup_server_new ("server-header", "Dialhouse-sandbox", NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!listen_locally (self, options->port, error)) {
    dial_sandbox_server_free (self);
    return NULL;
  }

  return self;
}

void
dial_sandbox_server_free (DialSandboxServer *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  dial_sandbox_faults_free (self);
  dial_sandbox_log_clear (self);
  dial_sandbox_unprepare (self);
  dial_sandbox_churn_end (self);
  dial_sandbox_weather_end (self);
  dial_sandbox_ct_free (self);
  dial_sandbox_applications_free (self->applications);
  dial_sandbox_jobs_free (self->jobs);
  dial_sandbox_staff_free (self->staff);
  dial_sandbox_world_free (self->world);
  dial_sandbox_notes_free (self->notes);
  g_hash_table_unref (self->scopes);
  g_hash_table_unref (self->permissions);
  g_hash_table_unref (self->tokens);
  g_main_context_unref (self->context);
  g_free (self->origin);
  g_free (self->client_id);
  g_free (self->secret);
  g_free (self->api_key);
  g_free (self);
}
