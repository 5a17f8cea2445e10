#include "dial-sandbox-collection.h"

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
append_row (const DialSandboxCollection *self,
            DialSandboxServer           *server,
            DialSandboxQuery            *query,
            guint64                      row,
            GString                     *body)
{
  JsonObject *changes = self->get_changes != NULL ? self->get_changes (server, row) : NULL;
  DialSandboxRecord record;

  if (body->str[body->len - 1] != '[')
    g_string_append_c (body, ',');
  dial_sandbox_record_begin (&record, body, query->fields, changes);
  self->write (server, row, &record);
  dial_sandbox_record_end (&record);
}

/* Appends the page to @body. Returns the last id if more rows follow, else 0. */
static gint64
append_page (const DialSandboxCollection *self,
             DialSandboxRequest          *request,
             DialSandboxQuery            *query,
             GString                     *body)
{
  g_autoptr (GArray) only = self->narrow != NULL ? self->narrow (request->server, query) : NULL;
  guint64 left = only != NULL ? only->len : count_below (self, request->server, query->before);
  gint64 last_id = 0;
  guint n_rows = 0;

  while (left > 0) {
    guint64 row = only != NULL ? g_array_index (only, guint64, left - 1) : left - 1;

    left--;
    if (only != NULL && query->before > 0 && self->get_id (request->server, row) >= query->before)
      continue;
    if (!self->takes (request, query, row))
      continue;
    if (n_rows == query->per_page)
      return last_id;

    append_row (self, request->server, query, row, body);
    last_id = self->get_id (request->server, row);
    n_rows++;
  }

  return 0;
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
  GString *body;
  gint64 last_id;

  dial_sandbox_world_count_list (request->server->world);
  query = dial_sandbox_query_parse (request->query, self->parameters, self->fields,
                                    request->server->cursor_epoch, &errors);
  if (query == NULL) {
    dial_sandbox_refuse (request->message, 422, "Unprocessable Content", errors);
    return;
  }

  body = g_string_sized_new (64 * 1024);
  g_string_append_c (body, '[');
  last_id = append_page (self, request, query, body);
  g_string_append_c (body, ']');

  set_link (self, request, query, last_id);
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
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

  query->per_page = G_MAXUINT;
  g_string_append_c (body, '[');
  append_page (self, request, query, body);
  g_string_append_c (body, ']');
}
