#include "dial-sandbox-v1.h"

#include <string.h>

/* Harvest v1: who is let in, and to what. */

typedef struct {
  const char *method;
  const char *path;       /* # is an id */
  const char *permission; /* as Greenhouse words it beside the box to tick */
  void      (*handler) (DialSandboxRequest *request,
                        gint64              id);
} Route;

static const Route routes[] = {
  { "GET", "/v1/candidates", "GET: List Candidates", dial_sandbox_v1_list_candidates },
  { "GET", "/v1/candidates/#", "GET: Retrieve Candidate", dial_sandbox_v1_retrieve_candidate },
  { "GET", "/v1/candidates/#/activity_feed", "GET: Retrieve Activity Feed",
    dial_sandbox_v1_show_feed },
  { "POST", "/v1/candidates/#/activity_feed/notes", "POST: Add Note",
    dial_sandbox_v1_create_note },
  { "GET", "/v1/users", "GET: List Users", dial_sandbox_v1_list_users },
  { "GET", "/v1/users/#", "GET: Retrieve User", dial_sandbox_v1_retrieve_user },
};

/**
 * dial_sandbox_v1_give_permissions:
 * @server: a server
 *
 * Ticks every permission of v1 the sandbox knows.
 */
void
dial_sandbox_v1_give_permissions (DialSandboxServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    g_hash_table_add (server->permissions, (gpointer) routes[i].permission);
}

/**
 * dial_sandbox_v1_set_permission:
 * @server: a server
 * @permission: in Greenhouse's words
 * @granted: whether it is ticked
 *
 * Returns: whether there is such a permission
 */
gboolean
dial_sandbox_v1_set_permission (DialSandboxServer *server,
                                const char        *permission,
                                gboolean           granted)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    if (strcmp (routes[i].permission, permission) != 0)
      continue;

    if (granted)
      g_hash_table_add (server->permissions, (gpointer) routes[i].permission);
    else
      g_hash_table_remove (server->permissions, permission);
    return TRUE;
  }

  return FALSE;
}

static gboolean
path_matches (const char *path,
              const char *pattern,
              gint64     *id)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);

  if (g_strv_length (parts) != g_strv_length (wanted))
    return FALSE;

  for (guint i = 0; parts[i] != NULL; i++) {
    if (strcmp (wanted[i], "#") == 0) {
      if (!g_ascii_string_to_signed (parts[i], 10, 0, G_MAXINT64, id, NULL))
        return FALSE;
    } else if (strcmp (wanted[i], parts[i]) != 0) {
      return FALSE;
    }
  }
  return TRUE;
}

static const Route *
find_route (DialSandboxRequest *request,
            gint64             *id)
{
  const char *method = soup_server_message_get_method (request->message);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    if (strcmp (routes[i].method, method) == 0 && path_matches (request->path, routes[i].path, id))
      return &routes[i];
  }

  return NULL;
}

/* The key is the user, and there is no password. */
static gboolean
has_key (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  g_autofree char *expected = g_strconcat (request->server->api_key, ":", NULL);
  g_autofree guchar *sent = NULL;
  gsize length;

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Basic ", 6) != 0)
    return FALSE;

  sent = g_base64_decode (authorization + 6, &length);
  return length == strlen (expected) && memcmp (sent, expected, length) == 0;
}

static void
answer_retired (DialSandboxRequest *request)
{
  guint status = request->server->v1_retired;

  switch (status) {
  case 401:
    dial_sandbox_refuse (request->message, status, "Invalid Basic Auth credentials", NULL);
    break;
  case 404:
    dial_sandbox_refuse (request->message, status, "Resource not found", NULL);
    break;
  default:
    dial_sandbox_refuse (request->message, status, soup_status_get_phrase (status), NULL);
    break;
  }
}

static gboolean
has_needless_body (DialSandboxRequest *request)
{
  g_autofree char *body = dial_sandbox_dup_body (request->message);

  return strcmp (soup_server_message_get_method (request->message), "GET") == 0 && body[0] != '\0';
}

/**
 * dial_sandbox_v1_dispatch:
 * @request: a request to `/v1/…`
 *
 * Carries a request of v1 out. The permission comes before all else that could be wrong with it, so
 * that a client can try a permission to write without writing.
 */
void
dial_sandbox_v1_dispatch (DialSandboxRequest *request)
{
  DialSandboxServer *server = request->server;
  const Route *route;
  gint64 id = 0;

  if (server->v1_retired != 0) {
    answer_retired (request);
    return;
  }
  if (has_needless_body (request)) {
    dial_sandbox_refuse (request->message, 403, "Forbidden", NULL);
    return;
  }
  if (!dial_sandbox_spend (request, &server->v1_allowance))
    return;

  route = find_route (request, &id);
  if (route == NULL)
    dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
  else if (!has_key (request))
    dial_sandbox_refuse (request->message, 401, "Invalid Basic Auth credentials", NULL);
  else if (!g_hash_table_contains (server->permissions, route->permission))
    dial_sandbox_refuse (request->message, 403,
                         "This API Key does not have permission for this endpoint", NULL);
  else
    route->handler (request, id);
}
