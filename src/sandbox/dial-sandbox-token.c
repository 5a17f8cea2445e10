#include "dial-sandbox-server.h"

#include <string.h>

/* The token service: POST /token and POST /introspect. */

#define TOKEN_LIFE (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define ID_SUFFIX  ".harvest"

typedef struct {
  guint  number;
  gint64 user_id;
  gint64 expires_at;
} DialSandboxToken;

static char *
random_text (guint length)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[g_random_int_range (0, sizeof letters - 1)];
  text[length] = '\0';
  return text;
}

/**
 * dial_sandbox_token_init:
 * @server: a server
 *
 * Draws client id and secret, and the key of v1.
 */
void
dial_sandbox_token_init (DialSandboxServer *server)
{
  g_autofree char *name = random_text (24);

  server->client_id = g_strconcat (name, ID_SUFFIX, NULL);
  server->secret = random_text (43);
  server->api_key = random_text (41);
  server->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
dial_sandbox_token_expire_all (DialSandboxServer *server)
{
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, server->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &token))
    ((DialSandboxToken *) token)->expires_at = 0;
}

static void
refuse_with_id (SoupServerMessage *message,
                guint              status,
                const char        *sentence)
{
  g_autoptr (GString) json = g_string_new ("{\"message\":");
  g_autofree char *error_id = random_text (12);

  dial_sandbox_append_string (json, sentence);
  g_string_append_printf (json, ",\"errorId\":\"err-%s\"}", error_id);
  dial_sandbox_answer_json (message, status, json->str);
}

/* Returns: whether the credential is good at the client's address; answers the request if not. */
static gboolean
check_address (DialSandboxRequest *request)
{
  if (request->server->elsewhere)
    dial_sandbox_refuse (request->message, 403, "Forbidden", "[\"IP address is not allowed\"]");

  return !request->server->elsewhere;
}

static gboolean
is_active (DialSandboxServer     *server,
           const DialSandboxUser *user)
{
  return !user->deactivated && server->role != DIAL_SANDBOX_ROLE_DEACTIVATED;
}

static gboolean
is_admin (DialSandboxServer     *server,
          const DialSandboxUser *user)
{
  return user->site_admin && server->role == DIAL_SANDBOX_ROLE_OWN;
}

/* Returns: whether the request bears the right client id and secret; answers it if not. */
static gboolean
check_client (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  g_autofree char *decoded = NULL;
  g_autofree char *sentence = NULL;
  char *colon;
  gsize length;

  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Basic ", 6) == 0) {
    g_autofree guchar *bytes = g_base64_decode (authorization + 6, &length);

    decoded = g_strndup ((const char *) bytes, length);
  }
  colon = decoded != NULL ? strchr (decoded, ':') : NULL;
  if (colon == NULL || colon == decoded || !g_utf8_validate (decoded, -1, NULL)) {
    refuse_with_id (request->message, 401, "Unauthorized");
    return FALSE;
  }

  *colon = '\0';
  if (!g_str_has_suffix (decoded, ID_SUFFIX)) {
    sentence = g_strdup_printf ("client_id=%s does not contain a valid client ID suffix", decoded);
    refuse_with_id (request->message, 400, sentence);
    return FALSE;
  }
  if (request->server->secret_expired ||
      strcmp (decoded, request->server->client_id) != 0 ||
      strcmp (colon + 1, request->server->secret) != 0) {
    dial_sandbox_answer_json (request->message, 401, "{\"error\":\"invalid_client\"}");
    return FALSE;
  }

  return check_address (request);
}

/* The token service counts for itself. */
static gboolean
spend (DialSandboxRequest *request)
{
  return dial_sandbox_spend (request, &request->server->token_allowance);
}

static GHashTable *
read_form (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *text = dial_sandbox_dup_body (request->message);

  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL),
                 "application/x-www-form-urlencoded") != 0)
    g_clear_pointer (&text, g_free);

  return soup_form_decode (text != NULL ? text : "");
}

static gboolean
check_grant (DialSandboxRequest *request,
             const char         *grant)
{
  static const char * const known[] = {
    "authorization_code", "refresh_token", "client_credentials",
    "urn:ietf:params:oauth:grant-type:token-exchange", NULL
  };
  g_autofree char *list = NULL;
  g_autofree char *sentence = NULL;

  if (grant == NULL || grant[0] == '\0') {
    refuse_with_id (request->message, 400, "The parameter grant_type is required");
    return FALSE;
  }
  if (g_strv_contains (known, grant))
    return TRUE;

  list = g_strjoinv (", ", (char **) known);
  sentence = g_strdup_printf ("grant_type must be one of: %s", list);
  refuse_with_id (request->message, 400, sentence);
  return FALSE;
}

/* As whom: the user named by @sub, the service user without one. If that will not do, answers and
 * returns 0. */
static gint64
find_subject (DialSandboxRequest *request,
              const char         *sub)
{
  const DialSandboxUser *user;
  gint64 id = DIAL_SANDBOX_SERVICE_USER;

  if (sub != NULL && sub[0] != '\0' &&
      !g_ascii_string_to_signed (sub, 10, 1, G_MAXINT64, &id, NULL)) {
    refuse_with_id (request->message, 400, "sub must be the numeric id of a user");
    return 0;
  }

  user = dial_sandbox_staff_find (request->server->staff, id);
  if (user == NULL || !is_active (request->server, user)) {
    refuse_with_id (request->message, 400, "sub does not name an active user");
    return 0;
  }
  return id;
}

static void
answer_token (DialSandboxRequest *request,
              gint64              user_id)
{
  g_autofree char *part = random_text (64);
  g_autofree char *signature = random_text (43);
  g_autofree char *text = g_strdup_printf ("eyJhbGciOiJSUzI1NiJ9.eyJ%s.%s", part, signature);
  g_autoptr (GDateTime) expires = NULL;
  g_autofree char *expires_at = NULL;
  g_autofree char *json = NULL;
  DialSandboxToken *token = g_new0 (DialSandboxToken, 1);

  token->number = g_hash_table_size (request->server->tokens) + 1;
  token->user_id = user_id;
  token->expires_at = dial_sandbox_world_get_now (request->server->world) + TOKEN_LIFE;
  expires = g_date_time_new_from_unix_utc (token->expires_at / G_USEC_PER_SEC);
  expires_at = g_date_time_format (expires, "%Y-%m-%dT%H:%M:%SZ");
  json = g_strdup_printf ("{\"token_type\":\"Bearer\",\"access_token\":\"%s\","
                          "\"expires_at\":\"%s\"}", text, expires_at);

  if (request->visit != NULL)
    request->visit->token = token->number;
  g_hash_table_insert (request->server->tokens, g_steal_pointer (&text), token);
  dial_sandbox_answer_json (request->message, 200, json);
}

/**
 * dial_sandbox_token_mint:
 * @request: a `POST /token`
 *
 * Hands out a token that lives an hour. Former ones stay valid.
 */
void
dial_sandbox_token_mint (DialSandboxRequest *request)
{
  g_autoptr (GHashTable) form = NULL;
  const char *grant;
  gint64 user_id;

  if (!spend (request))
    return;

  form = read_form (request);
  grant = g_hash_table_lookup (form, "grant_type");
  if (!check_grant (request, grant) || !check_client (request))
    return;

  if (strcmp (grant, "client_credentials") != 0) {
    dial_sandbox_answer_json (request->message, 400,
                              strcmp (grant, "refresh_token") == 0
                              ? "{\"error\":\"invalid_grant\"}"
                              : "{\"error\":\"unauthorized_client\"}");
    return;
  }

  user_id = find_subject (request, g_hash_table_lookup (form, "sub"));
  if (user_id != 0)
    answer_token (request, user_id);
}

static const DialSandboxToken *
find_valid (DialSandboxServer *server,
            const char        *text)
{
  const DialSandboxToken *token = text != NULL ? g_hash_table_lookup (server->tokens, text) : NULL;

  if (token == NULL || token->expires_at <= dial_sandbox_world_get_now (server->world) ||
      !is_active (server, dial_sandbox_staff_find (server->staff, token->user_id)))
    return NULL;

  return token;
}

/**
 * dial_sandbox_token_introspect:
 * @request: a `POST /introspect`
 *
 * Tells what a token may do, and as whom.
 */
void
dial_sandbox_token_introspect (DialSandboxRequest *request)
{
  g_autoptr (GHashTable) form = NULL;
  g_autoptr (GList) scopes = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *json = NULL;
  const DialSandboxToken *token;
  const DialSandboxUser *user;

  if (!spend (request) || !check_client (request))
    return;

  form = read_form (request);
  token = find_valid (request->server, g_hash_table_lookup (form, "token"));
  if (token == NULL) {
    dial_sandbox_answer_json (request->message, 200, "{\"active\":false}");
    return;
  }

  scopes = g_list_sort (g_hash_table_get_keys (request->server->scopes), (GCompareFunc) strcmp);
  for (GList *link = scopes; link != NULL; link = link->next)
    g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", (const char *) link->data);

  user = dial_sandbox_staff_find (request->server->staff, token->user_id);
  json = g_strdup_printf ("{\"active\":true,\"client_id\":\"%s\",\"sub\":\"%" G_GINT64_FORMAT "\","
                          "\"scope\":\"%s\",\"https://auth.greenhouse.io/claims\":{"
                          "\"organization\":{\"id\":4001,\"name\":\"Alder Works\"},"
                          "\"user_role\":\"%s\"}}", request->server->client_id, token->user_id,
                          list->str, is_admin (request->server, user) ? "site_admin" : "basic");
  dial_sandbox_answer_json (request->message, 200, json);
}

static const char *
get_bearer (DialSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return NULL;

  return authorization + 7;
}

/**
 * dial_sandbox_token_get_number:
 * @request: a request with or without a token
 *
 * Returns: the how manieth token it bears of those handed out, good or not; 0 for none of them
 */
guint
dial_sandbox_token_get_number (DialSandboxRequest *request)
{
  const char *text = get_bearer (request);
  const DialSandboxToken *token = NULL;

  if (text != NULL)
    token = g_hash_table_lookup (request->server->tokens, text);
  return token != NULL ? token->number : 0;
}

/**
 * dial_sandbox_token_get_actor:
 * @request: a request with or without a token
 *
 * Returns: (nullable): as whom the request's token acts; without a valid one %NULL, and the request
 *   is answered
 */
const DialSandboxUser *
dial_sandbox_token_get_actor (DialSandboxRequest *request)
{
  const char *text = get_bearer (request);
  const DialSandboxToken *token = find_valid (request->server, text);

  if (token != NULL)
    return check_address (request) ? dial_sandbox_staff_find (request->server->staff,
                                                              token->user_id) : NULL;

  if (text != NULL && g_hash_table_contains (request->server->tokens, text))
    dial_sandbox_refuse (request->message, 401, "Unauthorized", "[\"Token has expired.\"]");
  else
    dial_sandbox_refuse (request->message, 401, "Unauthorized",
                         "[\"Token could not be decoded. Please ensure your token is from a "
                         "trusted source.\"]");
  return NULL;
}

/**
 * dial_sandbox_token_is_admin:
 * @request: a request with an actor
 *
 * Returns: whether the actor is a Site Admin
 */
gboolean
dial_sandbox_token_is_admin (DialSandboxRequest *request)
{
  return is_admin (request->server, request->actor);
}
