#include "dial-cloudtalk-private.h"

#include "dial-cloudtalk-parser-private.h"

/* From here on an answer is read on a worker thread. */
#define LARGE     (64 * 1024)

/* As many rows of a page as there may be (CloudTalk's API description). */
#define PAGE_SIZE "1000"

/* A company has no more agents, numbers or tags than that. */
#define MAX_WALK  50

typedef struct {
  const DialCloudtalkKind *kind;
  guint                    n_pages;
} Read;

typedef struct {
  const DialCloudtalkKind *kind;
  GBytes                  *body;
} Parse;

static void
parse_free (gpointer data)
{
  Parse *parse = data;

  g_bytes_unref (parse->body);
  g_free (parse);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Parse *parse = task_data;
  GError *error = NULL;
  DialCloudtalkPage *page = dial_cloudtalk_parse_page (parse->kind, parse->body, &error);

  if (page == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, page, (GDestroyNotify) dial_cloudtalk_page_free);
}

/* Takes both. */
static void
take_page (GTask             *task,
           DialCloudtalkPage *taken,
           GError            *error)
{
  g_autoptr (DialCloudtalkPage) page = taken;
  Read *read = g_task_get_task_data (task);

  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (page->skipped > 0)
    g_debug ("%u rows of %s made no sense", page->skipped, read->kind->wrapper);
  read->n_pages = page->n_pages;
  g_task_return_pointer (task, g_steal_pointer (&page->rows), (GDestroyNotify) g_ptr_array_unref);
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DialCloudtalkPage *page = g_task_propagate_pointer (G_TASK (result), &error);

  take_page (task, page, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Read *read = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  g_autoptr (GTask) parsing = NULL;
  GError *error = NULL;
  Parse *parse;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &error);
  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (g_bytes_get_size (reply->body) <= LARGE) {
    DialCloudtalkPage *page = dial_cloudtalk_parse_page (read->kind, reply->body, &error);

    take_page (task, page, error);
    return;
  }

  /* Without a source: the thread may be the last to let go of its task. */
  parsing = g_task_new (NULL, g_task_get_cancellable (task), parsed_cb, g_object_ref (task));
  parse = g_new0 (Parse, 1);
  parse->kind = read->kind;
  parse->body = g_bytes_ref (reply->body);
  g_task_set_source_tag (parsing, parse_in_thread);
  g_task_set_task_data (parsing, parse, parse_free);
  g_task_run_in_thread (parsing, parse_in_thread);
}

/**
 * dial_cloudtalk_read_async:
 * @self: a CloudTalk
 * @kind: what is listed
 * @path: where, with the query
 * @urgency: who waits for it
 * @private: (nullable) (array zero-terminated=1): what no error may repeat
 * @cancellable: (nullable): a cancellable
 * @callback: called with the page
 * @user_data: for @callback
 *
 * Reads one page of a list.
 */
void
dial_cloudtalk_read_async (DialCloudtalk           *self,
                           const DialCloudtalkKind *kind,
                           const char              *path,
                           DialCloudtalkUrgency     urgency,
                           const char *const       *private,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_LIST,
    .method = "GET",
    .path = path,
    .urgency = urgency,
    .private = private,
  };

  read->kind = kind;
  g_task_set_source_tag (task, dial_cloudtalk_read_async);
  g_task_set_task_data (task, read, g_free);
  dial_cloudtalk_request_async (self, &ask, cancellable, answered_cb, task);
}

/**
 * dial_cloudtalk_read_finish:
 * @self: a CloudTalk
 * @result: the result
 * @n_pages: (out) (optional): how many pages there are
 * @error: return location for an error
 *
 * Returns: (transfer full): the records of the page
 */
GPtrArray *
dial_cloudtalk_read_finish (DialCloudtalk  *self,
                            GAsyncResult   *result,
                            guint          *n_pages,
                            GError        **error)
{
  GPtrArray *rows;

  g_return_val_if_fail (g_async_result_is_tagged (result, dial_cloudtalk_read_async), NULL);

  rows = g_task_propagate_pointer (G_TASK (result), error);
  if (n_pages != NULL)
    *n_pages = rows != NULL ? ((Read *) g_task_get_task_data (G_TASK (result)))->n_pages : 0;

  return rows;
}

typedef struct {
  const DialCloudtalkKind *kind;
  char                    *path;
  DialCloudtalkUrgency     urgency;
  GPtrArray               *rows;
  guint                    page;
} Walk;

static void walk_on (GTask *task);

static void
walk_free (Walk *walk)
{
  g_free (walk->path);
  g_clear_pointer (&walk->rows, g_ptr_array_unref);
  g_free (walk);
}

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *rows;
  guint n_pages;
  gboolean is_empty;

  rows = dial_cloudtalk_read_finish (DIAL_CLOUDTALK (object), result, &n_pages, &error);
  if (rows == NULL) {
    g_task_return_error (task, error);
    return;
  }

  is_empty = rows->len == 0;
  g_ptr_array_extend_and_steal (walk->rows, rows);
  if (is_empty || walk->page >= MIN (n_pages, MAX_WALK))
    g_task_return_pointer (task, g_steal_pointer (&walk->rows), (GDestroyNotify) g_ptr_array_unref);
  else
    walk_on (g_steal_pointer (&task));
}

/* Takes the task. */
static void
walk_on (GTask *task)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (g_task_get_source_object (task));
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (GString) path = g_string_new (walk->path);

  walk->page++;
  dial_cloudtalk_path_add (path, "limit", PAGE_SIZE);
  dial_cloudtalk_path_add_id (path, "page", walk->page);
  dial_cloudtalk_read_async (self, walk->kind, path->str, walk->urgency, NULL,
                             g_task_get_cancellable (task), walked_cb, task);
}

/**
 * dial_cloudtalk_walk_async:
 * @self: a CloudTalk
 * @kind: what is listed
 * @path: where, with a query but for page and limit
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with all pages
 * @user_data: for @callback
 *
 * Reads a list whole.
 */
void
dial_cloudtalk_walk_async (DialCloudtalk           *self,
                           const DialCloudtalkKind *kind,
                           const char              *path,
                           DialCloudtalkUrgency     urgency,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);

  walk->kind = kind;
  walk->path = g_strdup (path);
  walk->urgency = urgency;
  walk->rows = g_ptr_array_new_with_free_func (kind->free);

  g_task_set_source_tag (task, dial_cloudtalk_walk_async);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  walk_on (task);
}

/**
 * dial_cloudtalk_walk_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): all records
 */
GPtrArray *
dial_cloudtalk_walk_finish (DialCloudtalk  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dial_cloudtalk_walk_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
