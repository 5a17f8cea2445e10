#include "dial-sandbox-v1.h"

#include <string.h>

/* The lists of v1, and the single records. A key that is let in sees all, private ones too. */

static void
append_link (GString            *links,
             DialSandboxRequest *request,
             DialSandboxV1Query *query,
             guint               page,
             const char         *relation)
{
  g_auto (GStrv) parts = g_strsplit (request->query != NULL ? request->query : "", "&", -1);

  g_string_append_printf (links, "%s<%s%s?", links->len > 0 ? "," : "", request->server->origin,
                          request->path);
  for (guint i = 0; parts[i] != NULL; i++) {
    if (parts[i][0] != '\0' && !g_str_has_prefix (parts[i], "page=") &&
        !g_str_has_prefix (parts[i], "per_page="))
      g_string_append_printf (links, "%s&", parts[i]);
  }
  g_string_append_printf (links, "page=%u&per_page=%u>; rel=\"%s\"", page, query->per_page,
                          relation);
}

/* @n_pages: 0 if nobody wanted to know. */
static void
set_link (DialSandboxRequest *request,
          DialSandboxV1Query *query,
          gboolean            has_next,
          guint               n_pages)
{
  g_autoptr (GString) links = g_string_new (NULL);

  if (has_next)
    append_link (links, request, query, query->page + 1, "next");
  if (query->page > 1)
    append_link (links, request, query, query->page - 1, "prev");
  if (links->len == 0)
    return;

  if (n_pages > 0)
    append_link (links, request, query, n_pages, "last");
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Link",
                                links->str);
}

/* The rows of a page, and how many there are on all pages. */
typedef struct {
  GArray  *rows;
  guint64  n_taken;
  guint64  first;
  guint64  end;
} Pick;

/* The rows of a run that somebody changed so that the query does not mean them, ascending. */
static GArray *
find_gone (const DialSandboxV1List *self,
           DialSandboxServer       *server,
           DialSandboxV1Query      *query,
           const DialSandboxExtent *extent)
{
  GArray *touched = dial_sandbox_world_get_touched (server->world);
  GArray *gone = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < touched->len; i++) {
    guint64 row = g_array_index (touched, guint64, i);

    if (row >= extent->from && row < extent->until && !self->takes (server, query, row))
      g_array_append_val (gone, row);
  }
  dial_sandbox_sort_rows (gone);
  return gone;
}

/* All rows of the run but those that are gone, so that nobody needs to be counted. */
static void
pick_from_run (const DialSandboxV1List *self,
               DialSandboxServer       *server,
               DialSandboxV1Query      *query,
               const DialSandboxExtent *extent,
               Pick                    *pick)
{
  g_autoptr (GArray) gone = find_gone (self, server, query, extent);
  guint64 row = extent->from + pick->first;
  guint n_gone = 0;

  pick->n_taken = extent->until - extent->from - gone->len;
  for (; n_gone < gone->len && g_array_index (gone, guint64, n_gone) <= row; n_gone++)
    row++;

  for (guint64 i = pick->first; i < MIN (pick->end, pick->n_taken); i++) {
    g_array_append_val (pick->rows, row);
    row++;
    for (; n_gone < gone->len && g_array_index (gone, guint64, n_gone) == row; n_gone++)
      row++;
  }
}

static void
pick_one_by_one (const DialSandboxV1List *self,
                 DialSandboxServer       *server,
                 DialSandboxV1Query      *query,
                 const DialSandboxExtent *extent,
                 Pick                    *pick)
{
  guint64 n_rows = extent->rows != NULL ? extent->rows->len : extent->until - extent->from;

  for (guint64 i = 0; i < n_rows; i++) {
    guint64 row = extent->rows != NULL ? g_array_index (extent->rows, guint64, i)
                                       : extent->from + i;

    if (!self->takes (server, query, row))
      continue;

    pick->n_taken++;
    if (pick->n_taken > pick->first && pick->n_taken <= pick->end)
      g_array_append_val (pick->rows, row);
    if (pick->n_taken > pick->end && query->skip_count)
      break;
  }
}

static void
answer_list (const DialSandboxV1List *self,
             DialSandboxRequest      *request,
             DialSandboxV1Query      *query)
{
  guint64 first = (guint64) (query->page - 1) * query->per_page;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  Pick pick = { rows, 0, first, first + query->per_page };
  DialSandboxExtent extent = { .until = self->count (request->server) };
  GString *body = g_string_sized_new (64 * 1024);

  if (self->narrow != NULL)
    self->narrow (request->server, query, &extent);
  if (extent.exact)
    pick_from_run (self, request->server, query, &extent, &pick);
  else
    pick_one_by_one (self, request->server, query, &extent, &pick);
  g_clear_pointer (&extent.rows, g_array_unref);

  g_string_append_c (body, '[');
  for (guint i = 0; i < rows->len; i++) {
    if (i > 0)
      g_string_append_c (body, ',');
    self->write (request->server, g_array_index (rows, guint64, i), body);
  }
  g_string_append_c (body, ']');

  set_link (request, query, pick.n_taken > pick.end,
            query->skip_count ? 0 : (guint) ((pick.n_taken + query->per_page - 1) /
                                             query->per_page));
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

static void
list (const DialSandboxV1List *self,
      DialSandboxRequest      *request)
{
  g_autofree char *errors = NULL;
  g_autoptr (DialSandboxV1Query) query = dial_sandbox_v1_query_parse (request->query, &errors);

  dial_sandbox_world_count_list (request->server->world);
  if (query == NULL) {
    dial_sandbox_refuse (request->message, 422, "Validation error", errors);
    return;
  }

  answer_list (self, request, query);
  dial_sandbox_churn_go_on (request->server);
}

/* Candidates */

static guint64
count_candidates (DialSandboxServer *server)
{
  return dial_sandbox_world_get_n_candidates (server->world);
}

static gboolean
is_on_job (DialSandboxServer *server,
           guint64            row,
           gint64             job_id)
{
  g_autoptr (GArray) family = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) rows = NULL;
  DialSandboxApplication application;

  dial_sandbox_world_get_family (server->world,
                                 dial_sandbox_world_get_candidate_id (server->world, row), family);
  rows = dial_sandbox_applications_gather (server->applications, family);
  for (guint i = 0; i < rows->len; i++) {
    if (dial_sandbox_applications_get (server->applications, g_array_index (rows, guint64, i),
                                       &application) &&
        (application.job_id == job_id || application.prospective_job_id == job_id))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_named (DialSandboxServer  *server,
          DialSandboxV1Query *query,
          guint64             row)
{
  gint64 id = dial_sandbox_world_get_candidate_id (server->world, row);

  for (guint i = 0; i < query->candidate_ids->len; i++) {
    if (g_array_index (query->candidate_ids, gint64, i) == id)
      return TRUE;
  }
  return FALSE;
}

static gboolean
takes_candidate (DialSandboxServer  *server,
                 DialSandboxV1Query *query,
                 guint64             row)
{
  const char *email = dial_sandbox_v1_query_get (query, "email");
  gint64 created_at, updated_at;

  if (!dial_sandbox_world_has_candidate (server->world, row))
    return FALSE;

  created_at = dial_sandbox_world_get_created_at (server->world, row);
  updated_at = MAX (dial_sandbox_world_get_candidate_listed_at (server->world, row),
                    dial_sandbox_applications_get_changed_at (server->applications, row));
  if (!dial_sandbox_v1_query_takes_time (query, created_at, updated_at) ||
      (query->job_id != 0 && !is_on_job (server, row, query->job_id)))
    return FALSE;

  if (email != NULL)
    return dial_sandbox_person_has_email (server->world, row, email);

  return query->candidate_ids == NULL || is_named (server, query, row);
}

/* Returns: (transfer full) (nullable): whoever may have been updated in the time asked for. */
static GArray *
find_updated (DialSandboxServer  *server,
              DialSandboxV1Query *query)
{
  GArray *found = dial_sandbox_index_find (dial_sandbox_ensure_change_index (server),
                                           query->updated_after, query->updated_before - 1);
  GArray *touched = dial_sandbox_world_get_touched (server->world);
  GArray *rows;

  if (found == NULL)
    return NULL;

  rows = g_array_copy (found);
  if (touched->len > 0)
    g_array_append_vals (rows, touched->data, touched->len);
  dial_sandbox_applications_add_owners (server->applications, rows);
  dial_sandbox_sort_rows (rows);
  return rows;
}

static void
narrow_candidates (DialSandboxServer  *server,
                   DialSandboxV1Query *query,
                   DialSandboxExtent  *extent)
{
  DialSandboxWorld *world = server->world;
  gboolean has_email = dial_sandbox_v1_query_get (query, "email") != NULL;
  gboolean is_any_time = query->updated_after == G_MININT64 && query->updated_before == G_MAXINT64;
  guint64 until;

  if (query->candidate_ids != NULL && !has_email) {
    extent->rows = dial_sandbox_find_candidates (server, query->candidate_ids);
    return;
  }
  if (!is_any_time) {
    extent->rows = find_updated (server, query);
    return;
  }

  extent->exact = !has_email && query->job_id == 0;
  extent->from = dial_sandbox_world_count_created_before (world, query->created_after);
  until = dial_sandbox_world_count_created_before (world, query->created_before);
  if (until == dial_sandbox_world_get_n_invented (world))
    return;

  /* Whoever was added came later, by a clock that a test may have set. */
  if (extent->until > dial_sandbox_world_get_n_invented (world))
    extent->exact = FALSE;
  else
    extent->until = MAX (until, extent->from);
}

void
dial_sandbox_v1_list_candidates (DialSandboxRequest *request,
                                 gint64              id)
{
  static const DialSandboxV1List candidates = {
    count_candidates, takes_candidate, dial_sandbox_v1_write_candidate, narrow_candidates
  };

  list (&candidates, request);
}

void
dial_sandbox_v1_retrieve_candidate (DialSandboxRequest *request,
                                    gint64              id)
{
  DialSandboxServer *server = request->server;
  GString *body;
  guint64 row;

  if (!dial_sandbox_world_find_candidate (server->world, id, &row) ||
      !dial_sandbox_world_has_candidate (server->world, row)) {
    dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
    return;
  }

  body = g_string_new (NULL);
  dial_sandbox_v1_write_candidate (server, row, body);
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

/* Users: v1 is older than service users and knows none */

static guint64
count_users (DialSandboxServer *server)
{
  return dial_sandbox_n_users;
}

static gboolean
takes_user (DialSandboxServer  *server,
            DialSandboxV1Query *query,
            guint64             row)
{
  const DialSandboxUser *user = dial_sandbox_staff_get (server->staff, (guint) row);
  const char *email = dial_sandbox_v1_query_get (query, "email");
  const char *employee_id = dial_sandbox_v1_query_get (query, "employee_id");
  gint64 created_at = dial_sandbox_staff_get_created_at (server->staff, (guint) row);
  gint64 updated_at = dial_sandbox_staff_get_updated_at (server->staff, (guint) row);

  return !user->service &&
         (email == NULL || dial_sandbox_user_has_email (user, email)) &&
         (employee_id == NULL || g_strcmp0 (user->employee_id, employee_id) == 0) &&
         dial_sandbox_v1_query_takes_time (query, created_at, updated_at);
}

void
dial_sandbox_v1_list_users (DialSandboxRequest *request,
                            gint64              id)
{
  static const DialSandboxV1List users = { count_users, takes_user, dial_sandbox_v1_write_user };

  list (&users, request);
}

void
dial_sandbox_v1_retrieve_user (DialSandboxRequest *request,
                               gint64              id)
{
  DialSandboxServer *server = request->server;

  for (guint row = 0; row < dial_sandbox_n_users; row++) {
    const DialSandboxUser *user = dial_sandbox_staff_get (server->staff, row);
    GString *body;

    if (user->id != id || user->service)
      continue;

    body = g_string_new (NULL);
    dial_sandbox_v1_write_user (server, row, body);
    dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
    return;
  }

  dial_sandbox_refuse (request->message, 404, "Resource not found", NULL);
}
