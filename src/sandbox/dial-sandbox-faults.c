/*
 * Faults on request, for tests. They are served only where the options say so.
 *
 * `POST /sandbox/faults` takes one object:
 *
 *   {"fault": "status", "path": "/v3/notes", "method": "POST", "status": 500, "after_store": true,
 *    "times": 1, "delay_ms": 0}
 *
 * - `path`, `method`: which requests; without them any. `/people/1` and `/token` can be named too.
 * - `times`: how many such requests it meets, 1 unless said otherwise, 0 for all to come.
 * - `after_store`: whether the request is carried out before things go wrong. Default false.
 * - `delay_ms`: holds the answer back, with every kind.
 * - `skip`: how many such requests are let through first. Default 0.
 *
 * `fault` is one of:
 *
 * - `status`: answers with `status` (default 500), as Greenhouse or CloudTalk would. `"body": ""` gives an empty one, other text goes
 *   out as it is; without it there is JSON. `"retry_after": N` adds that header.
 * - `html`: a 502 (or `status`) with a page of HTML, as a proxy sends it; with `"status": 200` the
 *   page by which a hotel's network asks people to sign in, whatever was asked for.
 * - `delay`: nothing but `delay_ms`; with `after_store` the request is carried out at once and only
 *   the answer waits, otherwise all of it.
 * - `cut`: the connection ends without an answer.
 * - `half`: the request is carried out, its answer breaks off in the middle of the body.
 * - `garbage`: the request is carried out, the answer's body is not JSON (or is `body`).
 * - `redirect`: 302 to `location` (default: the same path at another host).
 * - `foreign_link`: the request is carried out, the answer's Link leads to another host.
 * - `lag`: the next note posted stays out of the next `lists` lists (default 1) of notes. At once.
 * - `expire_tokens`: all tokens handed out so far are worth nothing. At once.
 * - `stale_cursors`: all cursors handed out so far lead nowhere, and are refused with 422. At once.
 *
 * - `lag` also takes `"ms": N`: the next note posted stays out of all lists for that long.
 *
 * `DELETE /sandbox/faults` takes back what has not happened yet. `GET /sandbox/faults` tells how many requests
 * met which fault so far, by chance or on request: `{"cut": 3, "status 500, after_store": 1}`. The other things tests can ask for
 * are told in dial-sandbox-control.c.
 */

#include "dial-sandbox-cloudtalk.h"

#include <string.h>

#define OTHER_HOST "https://harvest.example.net"
#define OTHER_LINK "<" OTHER_HOST "/v3/candidates?cursor=eyJsYXN0X2lkIjoxfQ%3D%3D>; rel=\"next\""
#define OTHER_V1_LINK "<" OTHER_HOST "/v1/candidates?page=2&per_page=100>; rel=\"next\""

typedef enum {
  FAULT_STATUS,
  FAULT_HTML,
  FAULT_DELAY,
  FAULT_CUT,
  FAULT_HALF,
  FAULT_GARBAGE,
  FAULT_REDIRECT,
  FAULT_FOREIGN_LINK,
} Kind;

static const char * const kinds[] = {
  "status", "html", "delay", "cut", "half", "garbage", "redirect", "foreign_link", NULL
};

typedef struct {
  Kind      kind;
  char     *method;
  char     *path;
  char     *body;
  char     *location;
  gint64    status;
  gint64    retry_after;
  gint64    delay_ms;
  gint64    times; /* left; negative for ever */
  gint64    skip;
  gboolean  after_store;
} DialSandboxFault;

/* A request whose answer is held back. */
typedef struct {
  DialSandboxFault   *fault; /* NULL where it is but late */
  DialSandboxRequest  request;
} Delay;

static DialSandboxFault *
fault_ref (DialSandboxFault *fault)
{
  return g_rc_box_acquire (fault);
}

static void
fault_clear (gpointer data)
{
  DialSandboxFault *fault = data;

  g_free (fault->method);
  g_free (fault->path);
  g_free (fault->body);
  g_free (fault->location);
}

static void
fault_unref (gpointer data)
{
  g_rc_box_release_full (data, fault_clear);
}

static void
delay_free (gpointer data)
{
  Delay *delay = data;

  g_clear_pointer (&delay->fault, fault_unref);
  dial_sandbox_visit_unref (delay->request.visit);
  g_object_unref (delay->request.message);
  g_free (delay);
}

static void
source_destroy (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

void
dial_sandbox_faults_init (DialSandboxServer *server)
{
  server->faults = g_ptr_array_new_with_free_func (fault_unref);
  server->faults_met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->delays = g_ptr_array_new_with_free_func (source_destroy);
}

void
dial_sandbox_faults_free (DialSandboxServer *server)
{
  g_hash_table_unref (server->faults_met);
  g_ptr_array_unref (server->delays);
  g_ptr_array_unref (server->faults);
}

void
dial_sandbox_faults_clear (DialSandboxServer *server)
{
  g_ptr_array_set_size (server->faults, 0);
}

static char *
dup_member (JsonObject *object,
            const char *name,
            const char *fallback)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, fallback));
}

static void
count (DialSandboxServer *server,
       const char        *name)
{
  gpointer n = g_hash_table_lookup (server->faults_met, name);

  g_hash_table_replace (server->faults_met, g_strdup (name), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static void
count_met (DialSandboxServer      *server,
           const DialSandboxFault *fault)
{
  g_autoptr (GString) name = g_string_new (kinds[fault->kind]);

  if (fault->kind == FAULT_STATUS)
    g_string_append_printf (name, " %" G_GINT64_FORMAT, fault->status);
  if (fault->after_store)
    g_string_append (name, ", after_store");
  count (server, name->str);
}

/**
 * dial_sandbox_faults_show:
 * @request: a request that wants to know what was met so far
 */
void
dial_sandbox_faults_show (DialSandboxRequest *request)
{
  GString *body = g_string_new (NULL);
  DialSandboxRecord record;
  GHashTableIter iter;
  gpointer name, n;

  dial_sandbox_record_begin (&record, body, NULL, NULL);
  g_hash_table_iter_init (&iter, request->server->faults_met);
  while (g_hash_table_iter_next (&iter, &name, &n))
    dial_sandbox_record_integer (&record, name, GPOINTER_TO_UINT (n));
  dial_sandbox_record_end (&record);
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

/* Returns: whether it is one of the faults that no request has to meet. */
static gboolean
happens_at_once (DialSandboxServer *server,
                 JsonObject        *object)
{
  const char *name = json_object_get_string_member_with_default (object, "fault", "");

  if (strcmp (name, "expire_tokens") == 0) {
    dial_sandbox_token_expire_all (server);
    count (server, name);
    return TRUE;
  }
  if (strcmp (name, "stale_cursors") == 0) {
    server->cursor_epoch++;
    count (server, name);
    return TRUE;
  }
  if (strcmp (name, "lag") == 0) {
    gint64 milliseconds = json_object_get_int_member_with_default (object, "ms", 0);
    gint64 lists = json_object_get_int_member_with_default (object, "lists", milliseconds > 0 ? 0 : 1);

    dial_sandbox_notes_hide_next (server->notes, (guint) lists, (guint) milliseconds);
    count (server, name);
    return TRUE;
  }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the fault, if there is one of that name. */
static DialSandboxFault *
make_fault (JsonObject *object)
{
  const char *name = json_object_get_string_member_with_default (object, "fault", "");
  DialSandboxFault *fault;
  guint kind = 0;

  while (kinds[kind] != NULL && strcmp (kinds[kind], name) != 0)
    kind++;
  if (kinds[kind] == NULL)
    return NULL;

  fault = g_rc_box_new0 (DialSandboxFault);
  fault->kind = kind;
  fault->method = dup_member (object, "method", NULL);
  fault->path = dup_member (object, "path", NULL);
  fault->body = dup_member (object, "body", NULL);
  fault->location = dup_member (object, "location", NULL);
  fault->status = json_object_get_int_member_with_default (object, "status",
                                                           kind == FAULT_HTML ? 502 : 500);
  fault->retry_after = json_object_get_int_member_with_default (object, "retry_after", 0);
  fault->delay_ms = json_object_get_int_member_with_default (object, "delay_ms", 0);
  fault->times = json_object_get_int_member_with_default (object, "times", 1);
  fault->skip = json_object_get_int_member_with_default (object, "skip", 0);
  fault->after_store = json_object_get_boolean_member_with_default (object, "after_store", FALSE);
  if (fault->times == 0)
    fault->times = -1;

  return fault;
}

/**
 * dial_sandbox_faults_add:
 * @server: a server
 * @object: what shall go wrong, as told at the top of this file
 *
 * Returns: whether there is such a fault
 */
gboolean
dial_sandbox_faults_add (DialSandboxServer *server,
                         JsonObject        *object)
{
  DialSandboxFault *fault;

  if (happens_at_once (server, object))
    return TRUE;

  fault = make_fault (object);
  if (fault == NULL)
    return FALSE;

  g_ptr_array_add (server->faults, fault);
  return TRUE;
}

/* Returns: (transfer full) (nullable): the fault this request meets. */
static DialSandboxFault *
take_fault (DialSandboxRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  GPtrArray *faults = request->server->faults;

  for (guint i = 0; i < faults->len; i++) {
    DialSandboxFault *fault = faults->pdata[i];

    if ((fault->path != NULL && strcmp (fault->path, request->path) != 0) ||
        (fault->method != NULL && strcmp (fault->method, method) != 0))
      continue;
    if (fault->skip > 0) {
      fault->skip--;
      continue;
    }

    fault_ref (fault);
    if (fault->times > 0 && --fault->times == 0)
      g_ptr_array_remove_index (faults, i);
    return fault;
  }

  return NULL;
}

/* Returns: (transfer full) (nullable): what the weather does to this request. */
static DialSandboxFault *
take_weather (DialSandboxRequest *request)
{
  g_autoptr (JsonObject) object = dial_sandbox_weather_take (request);

  if (object == NULL || happens_at_once (request->server, object))
    return NULL;

  return make_fault (object);
}

static void
cut (DialSandboxRequest *request)
{
  GSocket *socket = soup_server_message_get_socket (request->message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* libsoup would send all or nothing, so what the client gets is written past it. */
static void
send_half (DialSandboxRequest *request)
{
  SoupServerMessage *message = request->message;
  SoupMessageBody *response = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) body = soup_message_body_flatten (response);
  gsize length = g_bytes_get_size (body);
  g_autoptr (GString) text = g_string_new (NULL);
  GSocket *socket = soup_server_message_get_socket (message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_string_printf (text, "HTTP/1.1 %u %s\r\n", soup_server_message_get_status (message),
                   soup_status_get_phrase (soup_server_message_get_status (message)));
  soup_message_headers_iter_init (&iter, soup_server_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value)) {
    if (g_ascii_strcasecmp (name, "Content-Length") != 0)
      g_string_append_printf (text, "%s: %s\r\n", name, value);
  }
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize) MIN (length / 2, 32 * 1024));

  if (socket != NULL)
    g_socket_send (socket, text->str, text->len, NULL, NULL);
  cut (request);
}

static void
answer_status (DialSandboxRequest     *request,
               const DialSandboxFault *fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *wait = g_strdup_printf ("%" G_GINT64_FORMAT, fault->retry_after);
  guint status = (guint) fault->status;

  if (fault->retry_after > 0)
    soup_message_headers_replace (headers, "Retry-After", wait);

  if (fault->body != NULL)
    dial_sandbox_answer (request->message, status, "text/plain", g_string_new (fault->body));
  else if (g_str_has_prefix (request->path, DIAL_SANDBOX_CT_PATH))
    dial_sandbox_ct_refuse (request, status, status == 500 ? "Something went wrong." : soup_status_get_phrase (status),
                            NULL);
  else
    dial_sandbox_refuse (request->message, status, soup_status_get_phrase (status), NULL);
}

static const char bad_gateway[] =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
  "<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

static const char sign_in[] =
  "<!DOCTYPE html>\n<html><head><title>Welcome to Hotel Larch</title></head>\n"
  "<body><h1>Welcome</h1><p>Sign in to use the network.</p>"
  "<form method=\"post\" action=\"/login\"><input name=\"room\"></form></body></html>\n";

static void
answer_html (DialSandboxRequest     *request,
             const DialSandboxFault *fault)
{
  dial_sandbox_answer (request->message, (guint) fault->status, "text/html",
                       g_string_new (fault->status == 200 ? sign_in : bad_gateway));
}

static void
replace_link (DialSandboxRequest *request)
{
  gboolean is_v1 = g_str_has_prefix (request->path, "/v1/");

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Link",
                                is_v1 ? OTHER_V1_LINK : OTHER_LINK);
}

static void
redirect (DialSandboxRequest     *request,
          const DialSandboxFault *fault)
{
  g_autofree char *elsewhere = g_strconcat (OTHER_HOST, request->path, NULL);

  soup_server_message_set_redirect (request->message, 302,
                                    fault->location != NULL ? fault->location : elsewhere);
}

/* What the fault does to the answer, once the request was carried out or was not. */
static void
spoil_answer (DialSandboxRequest     *request,
              const DialSandboxFault *fault)
{
  SoupServerMessage *message = request->message;

  switch (fault->kind) {
  case FAULT_STATUS:
    answer_status (request, fault);
    break;
  case FAULT_HTML:
    answer_html (request, fault);
    break;
  case FAULT_CUT:
    cut (request);
    break;
  case FAULT_HALF:
    send_half (request);
    break;
  case FAULT_GARBAGE:
    dial_sandbox_answer_json (message, soup_server_message_get_status (message),
                              fault->body != NULL ? fault->body : "[{\"id\": 12, \"first_na");
    break;
  case FAULT_REDIRECT:
    redirect (request, fault);
    break;
  case FAULT_FOREIGN_LINK:
    replace_link (request);
    break;
  case FAULT_DELAY:
  default:
    break;
  }

  request->visit->status = fault->kind == FAULT_CUT ? 0 : soup_server_message_get_status (message);
}

static gboolean
carries_out (const DialSandboxFault *fault)
{
  return fault->after_store || fault->kind == FAULT_HALF || fault->kind == FAULT_GARBAGE ||
         fault->kind == FAULT_FOREIGN_LINK;
}

static gboolean
on_delay_over (gpointer user_data)
{
  Delay *delay = user_data;
  DialSandboxRequest *request = &delay->request;

  /* Carried out now even if the client has gone: a real server does not notice that either. */
  if (delay->fault != NULL) {
    if (delay->fault->kind == FAULT_DELAY && !delay->fault->after_store)
      dial_sandbox_server_dispatch (request);
    spoil_answer (request, delay->fault);
  }
  soup_server_message_unpause (request->message);

  g_ptr_array_remove (request->server->delays, g_main_current_source ());
  return G_SOURCE_REMOVE;
}

static void
hold_back (DialSandboxRequest *request,
           DialSandboxFault   *fault,
           guint               delay_ms)
{
  GSource *source = g_timeout_source_new (delay_ms);
  Delay *delay = g_new0 (Delay, 1);

  delay->fault = fault != NULL ? fault_ref (fault) : NULL;
  delay->request = *request;
  g_object_ref (request->message);
  g_rc_box_acquire (request->visit);

  soup_server_message_pause (request->message);
  g_source_set_callback (source, on_delay_over, delay, delay_free);
  g_source_attach (source, request->server->context);
  g_ptr_array_add (request->server->delays, source);
}

/**
 * dial_sandbox_faults_handle:
 * @request: a request
 *
 * Carries a request out, or does with it what a test asked for.
 */
void
dial_sandbox_faults_handle (DialSandboxRequest *request)
{
  DialSandboxFault *fault = take_fault (request);
  guint delay_ms = request->server->delay_ms;

  if (fault == NULL)
    fault = take_weather (request);
  if (fault != NULL) {
    delay_ms += (guint) fault->delay_ms;
    count_met (request->server, fault);
  }

  if (fault == NULL || carries_out (fault))
    dial_sandbox_server_dispatch (request);
  if (fault == NULL)
    request->visit->status = soup_server_message_get_status (request->message);

  if (delay_ms > 0)
    hold_back (request, fault, delay_ms);
  else if (fault != NULL)
    spoil_answer (request, fault);
  g_clear_pointer (&fault, fault_unref);
}
