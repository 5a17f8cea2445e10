#include "config.h"

#include "dial-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "dial-reply-private.h"
#include "dial-wait.h"

/* Seconds without a byte, and for one exchange as a whole. */
#define IDLE_LIMIT  30
#define TOTAL_LIMIT 180

/* Seconds for which connections are kept after the last exchange. */
#define KEEP_LIMIT 30

/* 500 candidates are half a megabyte; 500 long notes may be fifty times that. */
#define MAX_BODY    (64 * 1024 * 1024)

/* As many as the allowance ever lets go at once: what waited for a connection would have had its turn
 * in vain. */
#define MAX_SIDE_BY_SIDE 24
#define CHUNK       (64 * 1024)

/* libsoup 3.6 lets go twice of what is cancelled after the head of the answer is in and before it has said so, and
 * crashes: whatever it has to say is heard first. */
#define STOP_PRIORITY (G_PRIORITY_DEFAULT + 1)

struct _DialHttp
{
  GObject      parent_instance;

  SoupSession *session;
  guint        n_under_way;
  guint        keep;        /* seconds */
  GSource     *letting_go;  /* runs while nothing is under way */
};

typedef struct {
  DialHttp     *http;
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  guint         n_read; /* bytes of it; behind them the next are written */
  GCancellable *cancellable; /* the caller's, or the time is up */
  GSource      *cancelled;
  GSource      *deadline;
  gint64        started_at;
  gboolean      late;
  gboolean      answering; /* its head is in */
  guint         n_begun;
} Exchange;

G_DEFINE_FINAL_TYPE (DialHttp, dial_http, G_TYPE_OBJECT)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Once an answer has begun nothing is sent again: libsoup's copy of the credential can go. */
static void
wipe_authorization (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Authorization");

  if (text != NULL)
    explicit_bzero ((char *) text, strlen (text));
}

static gboolean
let_go_cb (gpointer user_data)
{
  DialHttp *self = user_data;

  clear_source (&self->letting_go);
  soup_session_abort (self->session);
  return G_SOURCE_REMOVE;
}

/* libsoup 3.2 can let an unused connection go by itself, but that strikes one that was taken for a request in the very
 * turn in which its time is up: the request then never ends, or is read from freed memory if its answer is in.
 * Letting go only while nothing is under way cannot meet a request. */
static void
begin_exchange (DialHttp *self)
{
  self->n_under_way++;
  clear_source (&self->letting_go);
}

static void
end_exchange (DialHttp *self)
{
  if (--self->n_under_way > 0 || self->session == NULL)
    return;

  self->letting_go = g_timeout_source_new_seconds (self->keep);
  g_source_set_callback (self->letting_go, let_go_cb, self, NULL);
  g_source_attach (self->letting_go, g_main_context_get_thread_default ());
}

static void
exchange_free (Exchange *exchange)
{
  clear_source (&exchange->cancelled);
  clear_source (&exchange->deadline);
  if (exchange->message != NULL) {
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
    wipe_authorization (exchange->message);
  }
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->cancellable);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  end_exchange (exchange->http);
  g_object_unref (exchange->http);
  g_free (exchange);
}

static gboolean
late_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Exchange *exchange = user_data;

  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

/* From here on the request may have reached the other end. A read that met the end of an old
 * connection starts again by itself. */
static void
starting_cb (SoupMessage *message,
             Exchange    *exchange)
{
  exchange->n_begun++;
}

/* The connection had come to its end before it was asked again. When that is found out at once, libsoup 3.2
 * tells itself only later, by when the next attempt may be under way on another old connection: it is taken
 * for the one that failed, and a crash is next if its answer is in. A new connection takes its time. */
static void
restarted_cb (SoupMessage *message,
              Exchange    *exchange)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

static void
got_headers_cb (SoupMessage *message,
                Exchange    *exchange)
{
  exchange->answering = TRUE;
  wipe_authorization (message);
}

/* Never headers, bodies or queries: they hold credentials and people. */
static void
tell (Exchange  *exchange,
      DialReply *reply)
{
  g_debug ("%s %s: %u, request %s, %d ms",
           soup_message_get_method (exchange->message),
           g_uri_get_path (soup_message_get_uri (exchange->message)),
           reply->status,
           reply->request_id != NULL ? reply->request_id : "-",
           (int) ((g_get_monotonic_time () - exchange->started_at) / 1000));
}

static void
fail (GTask  *task,
      GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->late && !g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    g_error_free (error);
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The exchange took too long");
  }

  /* libsoup calls no answer half an answer. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !exchange->answering)
    error->code = G_IO_ERROR_CONNECTION_CLOSED;

  g_debug ("%s %s: %s %d, %s",
           soup_message_get_method (exchange->message),
           g_uri_get_path (soup_message_get_uri (exchange->message)),
           g_quark_to_string (error->domain), error->code,
           exchange->n_begun > 0 ? "after it began" : "before it began");
  g_task_return_error (task, error);
}

static void read_on (GTask *task);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  DialReply *reply;
  gssize n_read;

  n_read = g_input_stream_read_finish (exchange->stream, result, &error);
  if (n_read < 0) {
    fail (task, error);
    return;
  }

  exchange->n_read += (guint) n_read;
  if (n_read > 0) {
    if (exchange->n_read > MAX_BODY)
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                       "The body is too long"));
    else
      read_on (g_steal_pointer (&task));
    return;
  }

  g_byte_array_set_size (exchange->body, exchange->n_read);
  reply = dial_reply_new (exchange->message, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)));
  tell (exchange, reply);
  g_task_return_pointer (task, reply, (GDestroyNotify) dial_reply_free);
}

/* Takes the task. */
static void
read_on (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_byte_array_set_size (exchange->body, exchange->n_read + CHUNK);
  g_input_stream_read_async (exchange->stream, exchange->body->data + exchange->n_read, CHUNK, G_PRIORITY_DEFAULT,
                             exchange->cancellable, read_cb, task);
}

/* What comes over https without a certificate comes from a proxy that would not open the way: nobody
 * behind it was asked. 407 is kept, there is something to do about it. */
static gboolean
is_from_proxy (Exchange *exchange)
{
  return strcmp (g_uri_get_scheme (soup_message_get_uri (exchange->message)), "https") == 0 &&
         soup_message_get_tls_peer_certificate (exchange->message) == NULL &&
         soup_message_get_status (exchange->message) != SOUP_STATUS_PROXY_UNAUTHORIZED;
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->stream == NULL) {
    fail (task, error);
    return;
  }

  if (is_from_proxy (exchange)) {
    exchange->n_begun = 0;
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "The proxy refused"));
    return;
  }

  exchange->body = g_byte_array_new ();
  read_on (g_steal_pointer (&task));
}

static void
dial_http_dispose (GObject *object)
{
  DialHttp *self = DIAL_HTTP (object);

  clear_source (&self->letting_go);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (dial_http_parent_class)->dispose (object);
}

static void
dial_http_class_init (DialHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_http_dispose;
}

static void
dial_http_init (DialHttp *self)
{
  self->keep = KEEP_LIMIT;
  self->session = soup_session_new_with_options ("user-agent", "Dialhouse/" DIAL_VERSION,
                                                 "timeout", IDLE_LIMIT,
                                                 "idle-timeout", 0,
                                                 "max-conns", MAX_SIDE_BY_SIDE,
                                                 "max-conns-per-host", MAX_SIDE_BY_SIDE,
                                                 NULL);

  /* Credentials go only where they are put by hand. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_SNIFFER);
}

/**
 * dial_http_new:
 *
 * Carries requests, one session for all of them, in the thread-default main context.
 *
 * Returns: (transfer full): a carrier
 */
DialHttp *
dial_http_new (void)
{
  return g_object_new (DIAL_TYPE_HTTP, NULL);
}

/**
 * dial_http_set_keep:
 * @self: a carrier
 * @seconds: how long connections are kept once nothing is under way
 */
void
dial_http_set_keep (DialHttp *self,
                    guint     seconds)
{
  g_return_if_fail (DIAL_IS_HTTP (self));

  self->keep = seconds;
}

static SoupMessage *
make_message (const DialHttpRequest *request)
{
  g_autoptr (GUri) uri = g_uri_parse (request->url, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;

  message = soup_message_new_from_uri (request->method, uri);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept", "application/json");
  soup_message_headers_append (headers, "Authorization", request->authorization);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_append (headers, request->headers[i], request->headers[i + 1]);

  /* On a connection that was used before, a reset may come from its end of life and not from the
   * request: a connection of its own leaves no doubt, and nothing to be sent again unasked. */
  if (strcmp (request->method, "GET") != 0)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);

  return message;
}

/**
 * dial_http_send_async:
 * @self: a carrier
 * @request: what to send
 * @cancellable: (nullable): a cancellable
 * @callback: called when the whole answer is in
 * @user_data: for @callback
 *
 * Sends a request once and reads the answer. Redirects are not followed.
 */
void
dial_http_send_async (DialHttp              *self,
                      const DialHttpRequest *request,
                      GCancellable          *cancellable,
                      GAsyncReadyCallback    callback,
                      gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  Exchange *exchange;

  g_return_if_fail (DIAL_IS_HTTP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_http_send_async);

  exchange = g_new0 (Exchange, 1);
  exchange->http = g_object_ref (self);
  begin_exchange (self);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  exchange->started_at = g_get_monotonic_time ();
  exchange->cancellable = g_cancellable_new ();
  exchange->message = make_message (request);
  if (exchange->message == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No address");
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;

  g_signal_connect (exchange->message, "starting", G_CALLBACK (starting_cb), exchange);
  g_signal_connect (exchange->message, "restarted", G_CALLBACK (restarted_cb), exchange);
  g_signal_connect (exchange->message, "got-headers", G_CALLBACK (got_headers_cb), exchange);
  exchange->cancelled = dial_watch_cancelled (cancellable, cancelled_cb, exchange);
  if (exchange->cancelled != NULL)
    g_source_set_priority (exchange->cancelled, STOP_PRIORITY);
  exchange->deadline = g_timeout_source_new_seconds (TOTAL_LIMIT);
  g_source_set_callback (exchange->deadline, late_cb, exchange, NULL);
  g_source_set_priority (exchange->deadline, STOP_PRIORITY);
  g_source_attach (exchange->deadline, g_main_context_get_thread_default ());

  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->cancellable, send_cb, g_steal_pointer (&task));
}

/**
 * dial_http_send_finish:
 * @self: a carrier
 * @result: the result
 * @n_begun: (out) (optional): how often the request may have reached the other end; at most once
 *   unless it is a read
 * @error: return location for an error
 *
 * Returns: (transfer full): the answer, or %NULL with an error of GIO's that is not meant for
 * people
 */
DialReply *
dial_http_send_finish (DialHttp      *self,
                       GAsyncResult  *result,
                       guint         *n_begun,
                       GError       **error)
{
  Exchange *exchange;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  exchange = g_task_get_task_data (G_TASK (result));
  if (n_begun != NULL)
    *n_begun = exchange->n_begun;

  return g_task_propagate_pointer (G_TASK (result), error);
}
