#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>

#include "dial-link-private.h"
#include "dial-parser-private.h"
#include "dial-url.h"

/* One candidate's notes or applications never fill so many pages. */
#define MAX_PAGES 200

typedef struct {
  DialErrand   errand;
  char        *path;
  char        *query;
  DialDates    dates;
  gboolean     ids_only;
  char        *url;
  DialUrgency  urgency;
  DialReply   *reply;     /* while it is parsed, but for its body */
  gboolean     is_portal;
  guint        date_form;    /* in the address */
  guint        n_date_forms; /* tried */
  guint        n_unreadable;
} Read;

static void read_send (GTask *task);

static void
read_free (Read *read)
{
  g_free (read->path);
  g_free (read->query);
  g_free (read->url);
  g_clear_pointer (&read->reply, dial_reply_free);
  g_free (read);
}

static char *
make_url (DialGreenhouse *self,
          Read           *read)
{
  g_autofree char *root = dial_greenhouse_dup_url (self, read->path);
  GString *url = g_string_new (root);

  if (read->query != NULL) {
    g_string_append_printf (url, "?%s", read->query);
    read->date_form = self->date_form;
    self->dialect->write_dates (url, &read->dates, read->date_form);
  }

  return g_string_free (url, FALSE);
}

static gboolean
has_dates (const DialDates *dates)
{
  return dates->created_from != DIAL_INSTANT_UNKNOWN ||
         dates->created_until != DIAL_INSTANT_UNKNOWN ||
         dates->updated_since != DIAL_INSTANT_UNKNOWN;
}

/* The next form of a date, the first again after the last; FALSE if all were tried. */
static gboolean
switch_dates (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  guint n_forms = self->dialect->n_date_forms;
  Read *read = g_task_get_task_data (task);

  if (!has_dates (&read->dates))
    return FALSE;

  /* Another read may have found out already. */
  if (self->date_form == read->date_form)
    self->date_form = (self->date_form + 1) % n_forms;
  if (++read->n_date_forms >= n_forms) {
    /* No form pleased it: it was not the date. */
    self->date_form = 0;
    return FALSE;
  }

  g_free (read->url);
  read->url = make_url (self, read);
  return TRUE;
}

/* Another version of the API on the same host would give other records. */
static gboolean
check_next (DialGreenhouse  *self,
            const char      *next,
            GError         **error)
{
  if (next == NULL || dial_greenhouse_is_ours (self, next))
    return TRUE;

  g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
                       _("The link to the next page leads away from this version of Greenhouse's "
                         "interface and was not followed: a proxy or gateway may rewrite answers"));
  return FALSE;
}

/* Pages are large: they are read on a worker thread. It is several times as fast as whatever is done
 * with them next; more of them would only hold more pages in memory. */
#define N_WORKERS 1

typedef struct {
  const DialDialect *dialect;
  DialErrand         errand;
  DialUrgency        urgency;
  gboolean           ids_only;
  GBytes            *bytes;     /* gone once it is read */
} Parse;

static void
parse_free (Parse *parse)
{
  g_clear_pointer (&parse->bytes, g_bytes_unref);
  g_free (parse);
}

static void
parse_in_thread (gpointer data,
                 gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (data);
  Parse *parse = g_task_get_task_data (task);
  DialGreenhousePage *page;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  dial_stand_back ();
  page = parse->ids_only ? dial_parse_ids (parse->bytes, &error)
                         : parse->dialect->parse (parse->errand, parse->bytes, &error);
  g_clear_pointer (&parse->bytes, g_bytes_unref);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) dial_greenhouse_page_free);
  else
    g_task_return_error (task, error);
}

static int
compare_parses (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Parse *one = g_task_get_task_data ((GTask *) a);
  const Parse *other = g_task_get_task_data ((GTask *) b);

  return (int) one->urgency - (int) other->urgency;
}

static GThreadPool *
get_worker (void)
{
  static GThreadPool *worker;

  if (g_once_init_enter (&worker)) {
    GThreadPool *pool = g_thread_pool_new (parse_in_thread, NULL, N_WORKERS, FALSE, NULL);

    g_thread_pool_set_sort_function (pool, compare_parses, NULL);
    g_once_init_leave (&worker, pool);
  }

  return worker;
}

static void
parse_async (DialGreenhouse      *self,
             Read                *read,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  /* Without a source: the worker lets go of the task a little later, and nobody waits for that. */
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Parse *parse = g_new0 (Parse, 1);

  parse->dialect = self->dialect;
  parse->errand = read->errand;
  parse->urgency = read->urgency;
  parse->ids_only = read->ids_only;
  parse->bytes = g_steal_pointer (&read->reply->body);
  g_task_set_source_tag (task, parse_async);
  g_task_set_task_data (task, parse, (GDestroyNotify) parse_free);
  g_thread_pool_push (get_worker (), task, NULL);
}

static DialGreenhousePage *
parse_finish (GAsyncResult  *result,
              GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, parse_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Where no other page is named this one is the last, unless it lies behind the end. */
static guint
count_pages (DialGreenhousePage *page,
             const char         *link,
             const char         *url)
{
  guint last = dial_link_get_last (link, url);

  if (last != 0 || page->next != NULL)
    return last;

  return page->records->len > 0 || (page->ids != NULL && page->ids->len > 0)
         ? MAX (dial_link_get_page (url), 1) : 0;
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Read *read = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = g_steal_pointer (&read->reply);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;
  const char *link;

  link = dial_reply_get_header (reply, "Link");
  page = parse_finish (result, &error);
  if (page != NULL && dial_link_get_next (link, read->url, &page->next, &error) &&
      check_next (self, page->next, &error)) {
    page->answered_at = reply->date;
    page->n_pages = self->dialect->numbered ? count_pages (page, link, read->url) : 0;
    g_task_return_pointer (task, g_steal_pointer (&page),
                           (GDestroyNotify) dial_greenhouse_page_free);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER) &&
             read->n_unreadable++ == 0)
    read_send (g_steal_pointer (&task));
  else if (read->is_portal)
    g_task_return_error (task, dial_errand_portal (reply));
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
  if (read->reply != NULL) {
    read->is_portal = dial_reply_is_portal (read->reply);
    parse_async (self, read, g_task_get_cancellable (task), parsed_cb, g_object_ref (task));
  } else if (status == 422 && switch_dates (task)) {
    g_error_free (error);
    read_send (g_steal_pointer (&task));
  } else
    g_task_return_error (task, error);
}

static void
read_send (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Read *read = g_task_get_task_data (task);
  DialAsk ask = { .errand = read->errand, .url = read->url, .urgency = read->urgency };

  dial_greenhouse_request_async (self, &ask, g_task_get_cancellable (task), answered_cb, task);
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
  read->ids_only = listing->ids_only;
  read->urgency = urgency;
  if (next == NULL) {
    read->path = g_strdup (listing->path != NULL ? listing->path
                                                 : self->dialect->errands[listing->errand].path);
    read->query = g_strdup (listing->query);
    read->dates = listing->dates;
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

/**
 * dial_greenhouse_is_ours:
 * @self: a Greenhouse
 * @url: an address somebody named
 *
 * Returns: whether the credential may be shown there: the same place, below the root of the dialect
 */
gboolean
dial_greenhouse_is_ours (DialGreenhouse *self,
                         const char     *url)
{
  g_autofree char *root = dial_greenhouse_dup_url (self, "");
  g_autoptr (GUri) there = dial_url_parse (url, root, NULL);
  g_autoptr (GUri) here = dial_url_parse (root, root, NULL);

  return there != NULL && here != NULL && dial_url_same_place (there, here) &&
         g_str_has_prefix (g_uri_get_path (there), g_uri_get_path (here));
}
