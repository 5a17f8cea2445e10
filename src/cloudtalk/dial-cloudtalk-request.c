#include "dial-cloudtalk-private.h"

#include "dial-cloudtalk-parser-private.h"
#include "dial-secret.h"
#include "dial-wait.h"

/* Who calls or texts now does not want it to happen later; who looks waits a minute at most. */
#define PATIENCE_WRITE (3 * G_USEC_PER_SEC)
#define PATIENCE_READ  (75 * G_USEC_PER_SEC)

/* So many refusals in a row are minutes. */
#define MAX_REFUSALS 5

typedef struct {
  DialCloudtalkTask     task;
  char                 *method;
  char                 *url;
  GBytes               *body;
  int                   n_changes;
  DialCloudtalkUrgency  urgency;
  GStrv                 private;
  DialGaugeTurn        *turn;
  guint                 n_failed;
  guint                 n_refused;
} Request;

static void take_turn (GTask *task);

static void
request_free (Request *request)
{
  g_free (request->method);
  g_free (request->url);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_strfreev (request->private);
  g_free (request->turn);
  g_free (request);
}

static gboolean
is_read (Request *request)
{
  return dial_cloudtalk_is_read (request->task);
}

/* Nobody wants a call or a text to go out of itself a minute later. */
static gboolean
is_now_or_never (Request *request)
{
  return request->task == DIAL_CLOUDTALK_TASK_CALL || request->task == DIAL_CLOUDTALK_TASK_TEXT;
}

static const char *const *
get_private (Request *request)
{
  return (const char *const *) request->private;
}

static guint
get_max_retries (Request *request)
{
  return request->urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS ? DIAL_MAX_RETRIES : 1;
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (dial_wait_finish (result, &error))
    take_turn (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* Takes the task. Only reads come here. */
static void
try_again (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  dial_wait_async (dial_wait_before_retry (request->n_failed), g_task_get_cancellable (task),
                   waited_cb, task);
}

static GError *
explain_silence (Request      *request,
                 const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return dial_cloudtalk_garbled ();

  sentence = dial_http_describe_error (error, request->url);
  return g_error_new_literal (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNREACHABLE, sentence);
}

/* Takes the task and the error. No answer came, or only a part of one. What was written may have been
 * carried out as soon as it began, and nothing is written twice. */
static void
handle_silence (GTask    *owned,
                GError   *reason,
                gboolean  began)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (GError) error = reason;
  Request *request = g_task_get_task_data (task);

  if (!is_read (request) && began)
    g_task_return_error (task, dial_cloudtalk_unclear (request->task));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (is_read (request) && error->domain != G_TLS_ERROR &&
           ++request->n_failed <= get_max_retries (request))
    try_again (g_steal_pointer (&task));
  else
    g_task_return_error (task, explain_silence (request, error));
}

/* Takes the task. */
static void
handle_failure (GTask     *owned,
                DialReply *reply)
{
  g_autoptr (GTask) task = owned;
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  gboolean trouble = reply->status >= 500 || reply->status == 408;

  if (reply->status == 429) {
    /* It certainly was not done: it may be asked again once the minute is over. */
    if (!is_now_or_never (request) && ++request->n_refused <= MAX_REFUSALS)
      take_turn (g_steal_pointer (&task));
    else
      g_task_return_error (task, dial_cloudtalk_queue_explain (self->queue));
  } else if (is_read (request) && trouble && ++request->n_failed <= get_max_retries (request)) {
    try_again (g_steal_pointer (&task));
  } else {
    g_task_return_error (task, dial_cloudtalk_refuse (request->task, reply->status, reply,
                                                      get_private (request)));
  }
}

/* A success of HTTP may hold a failure of its own, which counts (seen in use, not documented). A write
 * whose answer makes no sense may have been carried out. */
static void
handle_success (GTask     *task,
                DialReply *reply)
{
  Request *request = g_task_get_task_data (task);
  guint status = dial_cloudtalk_parse_status (reply->body);

  if (status >= 300) {
    g_task_return_error (task, dial_cloudtalk_refuse (request->task, status, reply, get_private (request)));
  } else if (dial_reply_is_html (reply)) {
    g_task_return_error (task, dial_cloudtalk_refuse (request->task, 511, reply, NULL));
  } else {
    g_task_return_pointer (task, reply, (GDestroyNotify) dial_reply_free);
    return;
  }

  dial_reply_free (reply);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;
  guint n_begun = 0;

  reply = dial_http_send_finish (DIAL_HTTP (object), result, &n_begun, &error);
  self->n_requests += n_begun;
  if (reply != NULL && reply->status == 429)
    self->n_refused++;
  dial_cloudtalk_queue_done (self->queue, request->turn, reply, n_begun);

  if (reply == NULL)
    handle_silence (g_steal_pointer (&task), error, n_begun > 0);
  else if (reply->status >= 200 && reply->status < 300)
    handle_success (task, g_steal_pointer (&reply));
  else
    handle_failure (g_steal_pointer (&task), reply);
}

/* Takes the task. */
static void
send (GTask *task)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  char *authorization = dial_secret_dup_basic (self->key_id, self->secret);
  DialHttpRequest http = {
    .method = request->method,
    .url = request->url,
    .authorization = authorization,
    .content_type = "application/json",
    .body = request->body,
  };

  dial_http_send_async (self->http, &http, g_task_get_cancellable (task), sent_cb, task);
  dial_secret_clear (&authorization);
}

static void
turn_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  g_free (request->turn);
  request->turn = dial_queue_wait_finish (DIAL_QUEUE (self->queue), result, &error);
  if (request->turn == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (g_task_return_error_if_cancelled (task))
    dial_cloudtalk_queue_done (self->queue, request->turn, NULL, 0);
  else
    send (g_steal_pointer (&task));
}

static gint64
get_patience (Request *request)
{
  if (is_now_or_never (request))
    return PATIENCE_WRITE;

  return request->urgency == DIAL_CLOUDTALK_URGENCY_NOW ? PATIENCE_READ : DIAL_QUEUE_PATIENT;
}

/* Takes the task. */
static void
take_turn (GTask *task)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);

  dial_queue_wait_async (DIAL_QUEUE (self->queue), request->urgency, request->n_changes, get_patience (request),
                         g_task_get_cancellable (task), turn_cb, task);
}

/**
 * dial_cloudtalk_request_async:
 * @self: a CloudTalk
 * @ask: what to ask
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * One request with all that belongs to it: a turn within the allowance, the keys, patience. A read
 * is repeated after trouble. A write goes out once; it is repeated only after a 429, when it certainly
 * was not carried out, and calls and texts not even then. Whatever ends without a clear answer is
 * %DIAL_CLOUDTALK_ERROR_UNCLEAR, a cancellation too once it began.
 */
void
dial_cloudtalk_request_async (DialCloudtalk          *self,
                              const DialCloudtalkAsk *ask,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->task = ask->task;
  request->method = g_strdup (ask->method);
  request->url = g_strconcat (self->base, ask->path, NULL);
  request->body = ask->body != NULL ? g_bytes_ref (ask->body) : NULL;
  request->n_changes = MAX (ask->n_changes, 1);
  request->urgency = ask->urgency;
  request->private = g_strdupv ((GStrv) ask->private);

  g_task_set_source_tag (task, dial_cloudtalk_request_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  /* What was written and is not known to be done must not pass for cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  take_turn (task);
}

/**
 * dial_cloudtalk_request_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): a successful answer
 */
DialReply *
dial_cloudtalk_request_finish (DialCloudtalk  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
