#include "dial-sandbox-collection.h"

#include "dial-sandbox-page.h"

/* How many rows have an id below @before; they are the first ones. */
static guint64
count_below (const DialSandboxCollection *self,
             DialSandboxServer           *server,
             gint64                       before)
{
  guint64 low = 0;
  guint64 high = self->count (server);

  while (before > 0 && low < high) {
    guint64 middle = low + (high - low) / 2;

    if (self->get_id (server, middle) < before)
      low = middle + 1;
    else
      high = middle;
  }
  return high;
}

static void
narrow (const DialSandboxCollection *self,
        DialSandboxServer           *server,
        DialSandboxQuery            *query,
        DialSandboxExtent           *extent)
{
  guint64 n_rows = self->count (server);

  *extent = (DialSandboxExtent) {
    .until = n_rows, .later = n_rows, .exact = dial_sandbox_query_get_n_filters (query) == 0
  };
  if (self->narrow != NULL)
    self->narrow (server, query, extent);
}

/* How many of the extent's own rows come before @row. */
static guint64
count_rows_before (const DialSandboxExtent *extent,
                   guint64                  row)
{
  guint low = 0;
  guint high = extent->rows != NULL ? extent->rows->len : 0;

  if (extent->rows == NULL)
    return CLAMP (row, extent->from, extent->until) - extent->from;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (extent->rows, guint64, middle) < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A walk down an extent: first what came later, then the extent's own rows. */
typedef struct {
  const DialSandboxExtent *extent;
  guint64                  end;    /* what came later is left from the extent's `later` to here */
  guint64                  n_left; /* of the extent's own rows */
} Walk;

static gboolean
step_down (Walk    *walk,
           guint64 *row)
{
  if (walk->end > walk->extent->later) {
    *row = --walk->end;
    return TRUE;
  }
  if (walk->n_left == 0)
    return FALSE;

  walk->n_left--;
  *row = walk->extent->rows != NULL ? g_array_index (walk->extent->rows, guint64, walk->n_left)
                                    : walk->extent->from + walk->n_left;
  return TRUE;
}

static void
append_row (const DialSandboxCollection *self,
            DialSandboxServer           *server,
            DialSandboxQuery            *query,
            guint64                      row,
            DialSandboxPage             *page)
{
  JsonObject *changes = self->get_changes != NULL ? self->get_changes (server, row) : NULL;
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, dial_sandbox_page_begin_record (page), query->fields,
                             changes);
  self->write (server, row, &record);
  dial_sandbox_record_end (&record);
}

/* Returns: (nullable): where the records asked for lie ready, if they do. */
static DialSandboxShelf *
find_shelf (const DialSandboxCollection *self,
            DialSandboxServer           *server,
            DialSandboxQuery            *query)
{
  if (self->get_shelf == NULL)
    return NULL;
  if (query->fields == NULL)
    return self->get_shelf (server, FALSE);
  if (g_hash_table_size (query->fields) == 1 && g_hash_table_contains (query->fields, "id"))
    return self->get_shelf (server, TRUE);

  return NULL;
}

/* Puts the page together. Returns the last id if more rows follow, else 0. */
static gint64
append_page (const DialSandboxCollection *self,
             DialSandboxRequest          *request,
             DialSandboxQuery            *query,
             DialSandboxPage             *page)
{
  DialSandboxServer *server = request->server;
  DialSandboxShelf *shelf = find_shelf (self, server, query);
  DialSandboxExtent extent;
  guint64 end = count_below (self, server, query->before);
  guint64 row, last_row = 0;
  guint n_rows = 0;
  gboolean is_sure, has_more = FALSE;
  Walk walk;

  narrow (self, server, query, &extent);
  is_sure = extent.exact && request->actor->sees_private;
  walk = (Walk) { &extent, end, count_rows_before (&extent, end) };

  while (step_down (&walk, &row)) {
    GBytes *block = NULL;
    gsize start, length;

    if (shelf != NULL && !self->is_touched (server, row))
      block = dial_sandbox_shelf_look_up (shelf, row, &start, &length);
    if (block != NULL && is_sure ? length == 0 : !self->takes (request, query, row))
      continue;
    if (n_rows == query->per_page) {
      has_more = TRUE;
      break;
    }

    if (block != NULL)
      dial_sandbox_page_append_slice (page, block, start, length);
    else
      append_row (self, server, query, row, page);
    last_row = row;
    n_rows++;
  }

  g_clear_pointer (&extent.rows, g_array_unref);
  return has_more ? self->get_id (server, last_row) : 0;
}

static void
set_link (const DialSandboxCollection *self,
          DialSandboxRequest          *request,
          DialSandboxQuery            *query,
          gint64                       last_id)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *cursor = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *link = NULL;

  if (last_id == 0) {
    if (self->empty_link)
      soup_message_headers_replace (headers, "Link", "");
    return;
  }

  cursor = dial_sandbox_query_make_cursor (query, last_id);
  escaped = g_uri_escape_string (cursor, NULL, FALSE);
  link = g_strdup_printf ("<%s%s?cursor=%s>; rel=\"next\"", request->server->origin, request->path,
                          escaped);
  soup_message_headers_replace (headers, "Link", link);
}

/**
 * dial_sandbox_collection_list:
 * @self: a kind of list
 * @request: the request, already let in
 *
 * Answers with a page: a bare array, in descending order of ids, and `Link` to the next one alone.
 */
void
dial_sandbox_collection_list (const DialSandboxCollection *self,
                              DialSandboxRequest          *request)
{
  g_autoptr (DialSandboxQuery) query = NULL;
  g_autofree char *errors = NULL;
  DialSandboxPage page;

  dial_sandbox_world_count_list (request->server->world);
  query = dial_sandbox_query_parse (request->query, self->parameters, self->fields,
                                    request->server->cursor_epoch, &errors);
  if (query == NULL) {
    dial_sandbox_refuse (request->message, 422, "Unprocessable Content", errors);
    return;
  }

  dial_sandbox_page_begin (&page);
  set_link (self, request, query, append_page (self, request, query, &page));
  dial_sandbox_page_answer (&page, request->message);
  dial_sandbox_churn_go_on (request->server);
}

/**
 * dial_sandbox_collection_append:
 * @self: a kind of list
 * @request: a request whose actor asks
 * @body: where to append
 *
 * Appends all rows of a list as one array, whatever the request was for.
 */
void
dial_sandbox_collection_append (const DialSandboxCollection *self,
                                DialSandboxRequest          *request,
                                GString                     *body)
{
  g_autofree char *errors = NULL;
  g_autoptr (DialSandboxQuery) query = dial_sandbox_query_parse (NULL, self->parameters,
                                                                 self->fields, 0, &errors);
  g_autoptr (GBytes) text = NULL;
  DialSandboxPage page;

  query->per_page = G_MAXUINT;
  dial_sandbox_page_begin (&page);
  append_page (self, request, query, &page);
  text = dial_sandbox_page_end (&page);
  g_string_append_len (body, g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text));
}
