/* Placing calls, and the history of those there were. */
#include "dial-cloudtalk-private.h"

#include <glib/gi18n.h>

#include "dial-cloudtalk-parser-private.h"
#include "dial-json-writer.h"

/* So long after its end a call is still followed closely. */
#define JUST_ENDED (2 * G_TIME_SPAN_MINUTE)

typedef struct {
  GString              *path;  /* without dates */
  gint64                since;
  gint64                until;
  DialCloudtalkUrgency  urgency;
  GStrv                 private;
  gboolean              plain; /* dates do not name their zone */
  guint                 n_pages;
} List;

static void
list_free (List *list)
{
  g_string_free (list->path, TRUE);
  g_strfreev (list->private);
  g_free (list);
}

static char *
make_path (const DialCloudtalkCallQuery *query)
{
  GString *path = g_string_new ("/calls/index.json");

  if (query->call_id != 0)
    dial_cloudtalk_path_add_id (path, "call_id", query->call_id);
  if (query->agent_id != 0)
    dial_cloudtalk_path_add_id (path, "user_id", query->agent_id);
  if (query->external != NULL)
    dial_cloudtalk_path_add (path, "public_external", query->external);
  if (query->internal != NULL)
    dial_cloudtalk_path_add (path, "public_internal", query->internal);
  if (query->direction >= 0)
    dial_cloudtalk_path_add (path, "type",
                             query->direction == DIAL_DIRECTION_INCOMING ? "incoming" : "outgoing");
  if (query->limit != 0)
    dial_cloudtalk_path_add_id (path, "limit", MIN (query->limit, 1000));
  if (query->page > 1)
    dial_cloudtalk_path_add_id (path, "page", query->page);

  return g_string_free (path, FALSE);
}

/* The description's words show `2017-12-24 12:22:00`, its types ask for a zone: with it the time is the
 * same whoever reads it. */
static void
add_date (GString    *path,
          const char *name,
          gint64      instant,
          gboolean    plain)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (instant == DIAL_INSTANT_UNKNOWN)
    return;

  time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  if (time == NULL)
    return;

  text = g_date_time_format (time, plain ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M:%SZ");
  dial_cloudtalk_path_add (path, name, text);
}

static void list_send (GTask *task);

static gint64
get_started_at (gconstpointer call)
{
  return (*(DialCloudtalkCall *const *) call)->started_at;
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  gint64 first = get_started_at (a);
  gint64 second = get_started_at (b);

  return (first < second) - (first > second);
}

static gboolean
is_to_be_followed (const DialCloudtalkCall *call,
                   gint64                   now)
{
  if (call->started_at == DIAL_INSTANT_UNKNOWN || call->started_at < now - G_TIME_SPAN_DAY)
    return FALSE;

  return !dial_cloudtalk_call_has_ended (call) || call->ended_at > now - JUST_ENDED;
}

static void
look_for_running (DialCloudtalk *self,
                  GPtrArray     *calls)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < calls->len; i++) {
    if (is_to_be_followed (g_ptr_array_index (calls, i), now)) {
      dial_cloudtalk_queue_saw_call (self->queue);
      return;
    }
  }
}

static gboolean
may_dislike_dates (List         *list,
                   const GError *error)
{
  return !list->plain &&
         (list->since != DIAL_INSTANT_UNKNOWN || list->until != DIAL_INSTANT_UNKNOWN) &&
         (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED) ||
          g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_TROUBLE));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialCloudtalk *self = DIAL_CLOUDTALK (object);
  List *list = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *calls;

  calls = dial_cloudtalk_read_finish (self, result, &list->n_pages, &error);
  if (calls == NULL && may_dislike_dates (list, error)) {
    list->plain = TRUE;
    list_send (g_steal_pointer (&task));
    return;
  }
  if (calls == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (list->plain)
    self->plain_dates = TRUE;
  g_ptr_array_sort (calls, compare_calls);
  look_for_running (self, calls);
  g_task_return_pointer (task, calls, (GDestroyNotify) g_ptr_array_unref);
}

/* Takes the task. */
static void
list_send (GTask *task)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  List *list = g_task_get_task_data (task);
  g_autoptr (GString) path = g_string_new (list->path->str);

  add_date (path, "date_from", list->since, list->plain);
  add_date (path, "date_to", list->until, list->plain);
  dial_cloudtalk_read_async (self, &dial_cloudtalk_calls, path->str, list->urgency,
                             (const char *const *) list->private, g_task_get_cancellable (task),
                             listed_cb, task);
}

/**
 * dial_cloudtalk_list_calls_async:
 * @self: a CloudTalk
 * @query: which calls
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with a page of calls
 * @user_data: for @callback
 *
 * Lists calls. Whether those that run are among them is not documented.
 */
void
dial_cloudtalk_list_calls_async (DialCloudtalk                *self,
                                 const DialCloudtalkCallQuery *query,
                                 DialCloudtalkUrgency          urgency,
                                 GCancellable                 *cancellable,
                                 GAsyncReadyCallback           callback,
                                 gpointer                      user_data)
{
  g_autofree char *path = NULL;
  GTask *task;
  List *list;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (query != NULL);

  path = make_path (query);
  list = g_new0 (List, 1);
  list->path = g_string_new (path);
  list->since = query->since;
  list->until = query->until;
  list->urgency = urgency;
  list->plain = self->plain_dates;
  list->private = g_new0 (char *, 2);
  list->private[0] = g_strdup (query->external);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_list_calls_async);
  g_task_set_task_data (task, list, (GDestroyNotify) list_free);
  list_send (task);
}

/**
 * dial_cloudtalk_list_calls_finish:
 * @self: a CloudTalk
 * @result: the result
 * @n_pages: (out) (optional): how many pages there are
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCloudtalkCall): one page of calls, the newest first
 */
GPtrArray *
dial_cloudtalk_list_calls_finish (DialCloudtalk  *self,
                                  GAsyncResult   *result,
                                  guint          *n_pages,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (n_pages != NULL)
    *n_pages = ((List *) g_task_get_task_data (G_TASK (result)))->n_pages;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialCloudtalk *self = DIAL_CLOUDTALK (object);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;

  reply = dial_cloudtalk_request_finish (self, result, &error);
  if (reply != NULL || g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR))
    dial_cloudtalk_queue_saw_call (self->queue);

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (dial_cloudtalk_parse_status (reply->body) == 0)
    g_task_return_error (task, dial_cloudtalk_unclear (DIAL_CLOUDTALK_TASK_CALL));
  else
    g_task_return_boolean (task, TRUE);
}

static GBytes *
write_call (gint64      agent_id,
            const char *e164)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "agent_id");
  json_builder_add_int_value (builder, agent_id);
  json_builder_set_member_name (builder, "callee_number");
  json_builder_add_string_value (builder, e164);
  json_builder_end_object (builder);
  return dial_json_builder_to_bytes (builder);
}

/**
 * dial_cloudtalk_create_call_async:
 * @self: a CloudTalk
 * @agent_id: who calls
 * @e164: whom
 * @cancellable: (nullable): a cancellable; what began is not called back by it
 * @callback: called when CloudTalk rings the agent
 * @user_data: for @callback
 *
 * Places a call: CloudTalk rings the agent for 20 seconds at most, then the other side (CloudTalk's API
 * description). It goes out once, whatever happens.
 */
void
dial_cloudtalk_create_call_async (DialCloudtalk       *self,
                                  gint64               agent_id,
                                  const char          *e164,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  const char *private[] = { e164, NULL };
  GTask *task;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_CALL,
    .method = "POST",
    .path = "/calls/create.json",
    .urgency = DIAL_CLOUDTALK_URGENCY_NOW,
    .private = private,
  };

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_create_call_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!dial_cloudtalk_is_e164 (e164)) {
    g_task_return_new_error (task, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_INVALID, "%s",
                             _("CloudTalk calls numbers with their country alone: add the country code to "
                               "the number."));
    g_object_unref (task);
    return;
  }

  body = write_call (agent_id, e164);
  ask.body = body;
  dial_cloudtalk_request_async (self, &ask, cancellable, created_cb, task);
}

/**
 * dial_cloudtalk_create_call_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether CloudTalk rings the agent. After %DIAL_CLOUDTALK_ERROR_UNCLEAR look at the history
 *   before it is tried again.
 */
gboolean
dial_cloudtalk_create_call_finish (DialCloudtalk  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
