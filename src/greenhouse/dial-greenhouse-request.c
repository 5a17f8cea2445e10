#include "dial-greenhouse-private.h"

#include "dial-wait.h"

/* Five refusals in a row are two minutes at least. */
#define MAX_REFUSALS 5

/* Nobody waits longer than this for a turn. */
#define LONGEST_WAIT (5 * 60 * G_USEC_PER_SEC)

typedef struct {
  DialErrand   errand;
  char        *url;
  GBytes      *body;      /* NULL for a read */
  char        *secret;    /* what errors must not repeat */
  gint64       on_behalf_of;
  DialUrgency  urgency;
  DialTurn    *turn;
  guint        serial;    /* of the pass it went out with */
  guint        status;    /* of the last answer */
  guint        n_failed;
  guint        n_refused;
  guint        n_cut;
  guint        n_late;
  gboolean     renewed;   /* the pass was, once */
} Request;

static void take_turn (GTask *task);

static void
request_free (Request *request)
{
  g_free (request->url);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->secret);
  g_free (request->turn);
  g_free (request);
}

static gboolean
is_write (Request *request)
{
  return request->body != NULL;
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

static void
try_again (GTask *task,
           guint  n_failed)
{
  dial_wait_async (dial_wait_before_retry (n_failed), g_task_get_cancellable (task),
                   waited_cb, task);
}

/* Takes the task and the error. No answer came, or only a part of one. */
static void
handle_silence (GTask    *owned,
                GError   *reason,
                gboolean  began)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (GError) error = reason;
  Request *request = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (is_write (request) && began) {
    g_task_return_error (task, dial_errand_unclear (NULL));
    return;
  }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)) {
    if (request->n_cut++ == 0)
      try_again (g_steal_pointer (&task), 1);
    else
      g_task_return_error (task, dial_errand_half (NULL));
    return;
  }

  /* Who waits in front of the screen is told after the second half minute of silence. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) &&
      ++request->n_late > 1 && request->urgency == DIAL_URGENCY_NOW)
    request->n_failed = DIAL_MAX_RETRIES;

  if (error->domain != G_TLS_ERROR && ++request->n_failed <= DIAL_MAX_RETRIES) {
    try_again (g_steal_pointer (&task), request->n_failed);
    return;
  }

  g_task_return_error (task, dial_errand_unreachable (error, request->url));
}

/* Takes the task. */
static void
handle_failure (GTask     *owned,
                DialReply *reply)
{
  g_autoptr (GTask) task = owned;
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  gboolean trouble = reply->status >= 500 || reply->status == 408;

  if (reply->status == 401 && !request->renewed &&
      dial_pass_reject (self->pass, request->serial)) {
    request->renewed = TRUE;
    take_turn (g_steal_pointer (&task));
  } else if (reply->status == 429 && ++request->n_refused <= MAX_REFUSALS &&
             reply->retry_after <= LONGEST_WAIT)
    take_turn (g_steal_pointer (&task));
  else if (is_write (request) && (trouble || reply->status < 400))
    g_task_return_error (task, dial_errand_unclear (reply));
  else if (trouble && ++request->n_failed <= DIAL_MAX_RETRIES)
    try_again (g_steal_pointer (&task), request->n_failed);
  else
    g_task_return_error (task, self->dialect->refuse (request->errand, reply, request->secret));
}

/* The turn goes back before anything else happens, so that the next one can go. */
static void
give_back (DialGreenhouse *self,
           const DialTurn *turn,
           DialReply      *reply)
{
  DialBudgetNews news;

  if (reply == NULL) {
    dial_greenhouse_queue_lost (self->queue);
    return;
  }

  news = dial_greenhouse_queue_read_news (reply);
  /* What a proxy says of its own trouble does not tell that there is no limit. */
  if (reply->status >= 500 && news.limit < 1)
    dial_greenhouse_queue_lost (self->queue);
  else if (reply->status == 429) {
    self->n_refused++;
    dial_greenhouse_queue_refused (self->queue, turn, &news, MIN (reply->retry_after, LONGEST_WAIT));
  } else
    dial_greenhouse_queue_answered (self->queue, turn, &news);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;
  guint n_begun = 0;

  reply = dial_http_send_finish (DIAL_HTTP (object), result, &n_begun, &error);
  self->n_requests += n_begun;
  request->status = reply != NULL ? reply->status : 0;
  give_back (self, request->turn, reply);
  if (reply != NULL && reply->retry_after > 0)
    self->held_until = g_get_real_time () + reply->retry_after;

  if (reply == NULL)
    handle_silence (g_steal_pointer (&task), error, n_begun > 0);
  else if (reply->status >= 200 && reply->status < 300)
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) dial_reply_free);
  else
    handle_failure (g_steal_pointer (&task), reply);
}

/* Takes the task; takes @authorization and wipes it. */
static void
send (GTask *task,
      char  *authorization)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  g_autofree char *user = g_strdup_printf ("%" G_GINT64_FORMAT, request->on_behalf_of);
  const char *headers[] = { "On-Behalf-Of", user, NULL };
  DialHttpRequest http = {
    .method = is_write (request) ? "POST" : "GET",
    .url = request->url,
    .authorization = authorization,
    .headers = request->on_behalf_of != 0 ? headers : NULL,
    .content_type = is_write (request) ? "application/json" : NULL,
    .body = request->body,
  };

  request->serial = dial_pass_get_serial (self->pass);
  dial_http_send_async (self->http, &http, g_task_get_cancellable (task), sent_cb, task);
  dial_secret_clear (&authorization);
}

static void
turn_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  char *authorization;

  g_free (request->turn);
  request->turn = dial_queue_wait_finish (DIAL_QUEUE (self->queue), result, &error);
  if (request->turn == NULL) {
    g_task_return_error (task, error);
    return;
  }

  authorization = dial_pass_dup_authorization (self->pass);
  if (authorization != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    send (g_steal_pointer (&task), authorization);
    return;
  }

  dial_secret_clear (&authorization);
  dial_greenhouse_queue_unused (self->queue, request->turn);
  /* Or somebody else's request had the pass rejected just now. */
  if (!g_task_return_error_if_cancelled (task))
    take_turn (g_steal_pointer (&task));
}

static void
pass_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  if (dial_pass_ensure_finish (self->pass, result, &error))
    dial_queue_wait_async (DIAL_QUEUE (self->queue), request->urgency, 1, DIAL_QUEUE_PATIENT,
                           g_task_get_cancellable (task), turn_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* Takes the task. The pass comes first: a turn that waits for one would be no turn, and it tells when
 * the request went out. */
static void
take_turn (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));

  dial_pass_ensure_async (self->pass, g_task_get_cancellable (task), pass_cb, task);
}

/**
 * dial_greenhouse_request_async:
 * @self: a Greenhouse
 * @ask: what to ask
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * One request with all that belongs to it: a turn within the allowance, a pass, patience. A read
 * is repeated after trouble. A write is repeated only where it was certainly not carried out:
 * before it began, after a 401 and after a 429; any other failure without a clear answer is
 * %DIAL_GREENHOUSE_ERROR_UNCLEAR.
 */
void
dial_greenhouse_request_async (DialGreenhouse      *self,
                               const DialAsk       *ask,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->errand = ask->errand;
  request->url = g_strdup (ask->url);
  request->body = ask->body != NULL ? g_bytes_ref (ask->body) : NULL;
  request->secret = g_strdup (ask->secret);
  request->on_behalf_of = ask->on_behalf_of;
  request->urgency = ask->urgency;

  g_task_set_source_tag (task, dial_greenhouse_request_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  take_turn (task);
}

/**
 * dial_greenhouse_request_finish:
 * @self: a Greenhouse
 * @result: the result
 * @status: (out) (optional): the last answer's status, 0 if none came
 * @error: return location for an error
 *
 * Returns: (transfer full): a successful answer
 */
DialReply *
dial_greenhouse_request_finish (DialGreenhouse  *self,
                                GAsyncResult    *result,
                                guint           *status,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (status != NULL)
    *status = ((Request *) g_task_get_task_data (G_TASK (result)))->status;

  return g_task_propagate_pointer (G_TASK (result), error);
}
