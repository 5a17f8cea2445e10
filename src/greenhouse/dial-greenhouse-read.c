#include "dial-greenhouse-private.h"

#include "dial-link-private.h"

/* One candidate's notes or applications never fill so many pages. */
#define MAX_PAGES 200

typedef struct {
  DialErrand   errand;
  char        *query;
  char        *date;
  gint64       since;
  char        *url;
  DialUrgency  urgency;
  DialReply   *reply;     /* while it is parsed */
  gboolean     may_switch_dates;
  guint        n_unreadable;
} Read;

static void read_send (GTask *task);

static void
read_free (Read *read)
{
  g_free (read->query);
  g_free (read->date);
  g_free (read->url);
  g_clear_pointer (&read->reply, dial_reply_free);
  g_free (read);
}

/* The only place that knows how Greenhouse wants dates: `updated_at=gte|…` by its guides and its
 * description, `updated_at[gte]=…` in some clients. Which one will last nobody says. */
static char *
make_url (DialGreenhouse *self,
          Read           *read)
{
  g_autoptr (GString) url = g_string_new (self->base);
  g_autofree char *instant = NULL;

  g_string_append_printf (url, "/v3/%s?%s", dial_errand_get_path (read->errand), read->query);

  instant = read->date != NULL ? dial_instant_format (read->since) : NULL;
  if (instant != NULL)
    g_string_append_printf (url, self->bracket_dates ? "&%s%%5Bgte%%5D=%s" : "&%s=gte%%7C%s",
                            read->date, instant);

  return g_string_free (g_steal_pointer (&url), FALSE);
}

static gboolean
switch_dates (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Read *read = g_task_get_task_data (task);

  if (!read->may_switch_dates)
    return FALSE;

  read->may_switch_dates = FALSE;
  self->bracket_dates = !self->bracket_dates;
  g_free (read->url);
  read->url = make_url (self, read);
  return TRUE;
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Read *read = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = g_steal_pointer (&read->reply);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;

  page = dial_v3_parse_list_finish (result, &error);
  if (page != NULL && dial_link_get_next (reply->link, read->url, &page->next, &error)) {
    page->answered_at = reply->date;
    g_task_return_pointer (task, g_steal_pointer (&page),
                           (GDestroyNotify) dial_greenhouse_page_free);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER) &&
             read->n_unreadable++ == 0)
    read_send (g_steal_pointer (&task));
  else if (error->domain == DIAL_GREENHOUSE_ERROR)
    g_task_return_error (task, dial_error_with_id (error->code, reply->request_id, error->message));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  guint status = 0;

  read->reply = dial_greenhouse_request_finish (self, result, &status, &error);
  if (read->reply != NULL)
    dial_v3_parse_list_async (read->errand, read->reply->body, g_task_get_cancellable (task),
                              parsed_cb, g_object_ref (task));
  else if (status == 422 && switch_dates (task)) {
    g_error_free (error);
    read_send (g_steal_pointer (&task));
  } else {
    /* Neither way pleased it: it was not the date. */
    if (status == 422 && read->date != NULL)
      self->bracket_dates = FALSE;
    g_task_return_error (task, error);
  }
}

static void
read_send (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Read *read = g_task_get_task_data (task);

  dial_greenhouse_request_async (self, read->errand, read->url, NULL, NULL, read->urgency,
                                 g_task_get_cancellable (task), answered_cb, task);
}

/**
 * dial_greenhouse_read_async:
 * @self: a Greenhouse
 * @listing: what to list
 * @next: (nullable): the address of a page behind the first, already checked
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with a page
 * @user_data: for @callback
 *
 * Reads one page. An answer that cannot be read is asked for once more.
 */
void
dial_greenhouse_read_async (DialGreenhouse      *self,
                            const DialListing   *listing,
                            const char          *next,
                            DialUrgency          urgency,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);

  read->errand = listing->errand;
  read->urgency = urgency;
  if (next == NULL) {
    read->query = g_strdup (listing->query);
    read->since = listing->since;
    read->date = listing->since != DIAL_INSTANT_UNKNOWN ? g_strdup (listing->date) : NULL;
    read->may_switch_dates = read->date != NULL;
  }
  read->url = next != NULL ? g_strdup (next) : make_url (self, read);

  g_task_set_source_tag (task, dial_greenhouse_read_async);
  g_task_set_task_data (task, read, (GDestroyNotify) read_free);
  read_send (task);
}

/**
 * dial_greenhouse_read_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the page
 */
DialGreenhousePage *
dial_greenhouse_read_finish (DialGreenhouse  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  DialErrand   errand;
  DialUrgency  urgency;
  GPtrArray   *records;
  guint        n_pages;
} Walk;

static void
walk_free (Walk *walk)
{
  g_ptr_array_unref (walk->records);
  g_free (walk);
}

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (self, result, &error);
  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < page->records->len; i++)
    g_ptr_array_add (walk->records, g_object_ref (g_ptr_array_index (page->records, i)));

  if (page->next == NULL)
    g_task_return_pointer (task, g_ptr_array_ref (walk->records),
                           (GDestroyNotify) g_ptr_array_unref);
  else if (++walk->n_pages >= MAX_PAGES)
    g_task_return_error (task, dial_errand_half (NULL));
  else {
    DialListing listing = { .errand = walk->errand };

    dial_greenhouse_read_async (self, &listing, page->next, walk->urgency,
                                g_task_get_cancellable (task), walked_cb, g_object_ref (task));
  }
}

/**
 * dial_greenhouse_walk_async:
 * @self: a Greenhouse
 * @listing: what to list
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with all records
 * @user_data: for @callback
 *
 * Reads a short list to its end.
 */
void
dial_greenhouse_walk_async (DialGreenhouse      *self,
                            const DialListing   *listing,
                            DialUrgency          urgency,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);

  walk->errand = listing->errand;
  walk->urgency = urgency;
  walk->records = g_ptr_array_new_with_free_func (g_object_unref);

  g_task_set_source_tag (task, dial_greenhouse_walk_async);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  dial_greenhouse_read_async (self, listing, NULL, urgency, cancellable, walked_cb, task);
}

/**
 * dial_greenhouse_walk_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type GObject): the records
 */
GPtrArray *
dial_greenhouse_walk_finish (DialGreenhouse  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
