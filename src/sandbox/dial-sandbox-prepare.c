#include "dial-sandbox-collection.h"

/* What is worked out once for all requests: indexes by time, when somebody first asks by it, and
 * the records of candidates and applications, if somebody wants to spend the memory. */

enum {
  SHELF_CANDIDATES,
  SHELF_CANDIDATE_IDS,
  SHELF_APPLICATIONS,
  SHELF_APPLICATION_IDS,
};

static void
write_id (gint64   id,
          GString *out)
{
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", id);
  dial_sandbox_record_end (&record);
}

static void
write_candidate (gpointer  data,
                 guint64   row,
                 GString  *out)
{
  DialSandboxServer *server = data;
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_person_write (server->world, row, &record);
  dial_sandbox_record_end (&record);
}

static void
write_candidate_id (gpointer  data,
                    guint64   row,
                    GString  *out)
{
  DialSandboxServer *server = data;

  write_id (dial_sandbox_world_get_candidate_id (server->world, row), out);
}

static void
write_application (gpointer  data,
                   guint64   row,
                   GString  *out)
{
  DialSandboxServer *server = data;
  DialSandboxApplication application;
  DialSandboxRecord record;

  if (!dial_sandbox_applications_get (server->applications, row, &application))
    return;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_applications_write (server->applications, row, &record);
  dial_sandbox_record_end (&record);
}

static void
write_application_id (gpointer  data,
                      guint64   row,
                      GString  *out)
{
  DialSandboxServer *server = data;

  if (dial_sandbox_applications_invent_created_at (server->applications, row) != 0)
    write_id (dial_sandbox_applications_get_id (server->applications, row), out);
}

static gpointer
fill (gpointer data)
{
  dial_sandbox_shelf_fill (data);
  return NULL;
}

/**
 * dial_sandbox_prepare:
 * @server: a server
 *
 * Writes all candidates and applications, and builds the indexes, so that whoever measures a client
 * does not measure the sandbox.
 */
void
dial_sandbox_prepare (DialSandboxServer *server)
{
  guint64 n_candidates = dial_sandbox_world_get_n_invented (server->world);
  guint64 n_slots = n_candidates * DIAL_SANDBOX_SLOTS;
  GThread *thread;

  server->shelves[SHELF_CANDIDATES] = dial_sandbox_shelf_new (n_candidates, write_candidate, server);
  server->shelves[SHELF_CANDIDATE_IDS] = dial_sandbox_shelf_new (n_candidates, write_candidate_id,
                                                                 server);
  server->shelves[SHELF_APPLICATIONS] = dial_sandbox_shelf_new (n_slots, write_application, server);
  server->shelves[SHELF_APPLICATION_IDS] = dial_sandbox_shelf_new (n_slots, write_application_id,
                                                                   server);

  /* Nothing changes yet, so both can look at everything. */
  thread = g_thread_new ("dial-sandbox-fill", fill, server->shelves[SHELF_CANDIDATES]);
  for (guint i = SHELF_CANDIDATES + 1; i < G_N_ELEMENTS (server->shelves); i++)
    dial_sandbox_shelf_fill (server->shelves[i]);
  dial_sandbox_ensure_change_index (server);
  dial_sandbox_ensure_application_index (server);
  g_thread_join (thread);

  for (guint i = 0; i < G_N_ELEMENTS (server->shelves); i++)
    server->prepared += dial_sandbox_shelf_get_size (server->shelves[i]);
}

void
dial_sandbox_unprepare (DialSandboxServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (server->shelves); i++)
    g_clear_pointer (&server->shelves[i], dial_sandbox_shelf_free);
  g_clear_pointer (&server->by_change, dial_sandbox_index_free);
  g_clear_pointer (&server->by_application, dial_sandbox_index_free);
}

/**
 * dial_sandbox_prepare_anew:
 * @server: a server
 *
 * Tells it that many applications look otherwise now, without having changed themselves.
 */
void
dial_sandbox_prepare_anew (DialSandboxServer *server)
{
  if (server->shelves[SHELF_APPLICATIONS] != NULL)
    dial_sandbox_shelf_clear (server->shelves[SHELF_APPLICATIONS]);
}

DialSandboxShelf *
dial_sandbox_get_candidate_shelf (DialSandboxServer *server,
                                  gboolean           ids_only)
{
  return server->shelves[ids_only ? SHELF_CANDIDATE_IDS : SHELF_CANDIDATES];
}

DialSandboxShelf *
dial_sandbox_get_application_shelf (DialSandboxServer *server,
                                    gboolean           ids_only)
{
  return server->shelves[ids_only ? SHELF_APPLICATION_IDS : SHELF_APPLICATIONS];
}

static gint64
get_updated_at (gpointer data,
                guint64  row)
{
  return dial_sandbox_world_invent_updated_at (data, row);
}

static gint64
get_created_at (gpointer data,
                guint64  row)
{
  return dial_sandbox_applications_invent_created_at (data, row);
}

/**
 * dial_sandbox_ensure_change_index:
 * @server: a server
 *
 * Returns: (transfer none): the candidates by the `updated_at` they were invented with
 */
DialSandboxIndex *
dial_sandbox_ensure_change_index (DialSandboxServer *server)
{
  if (server->by_change == NULL)
    server->by_change = dial_sandbox_index_new (dial_sandbox_world_get_n_invented (server->world),
                                                get_updated_at, server->world);
  return server->by_change;
}

/**
 * dial_sandbox_ensure_application_index:
 * @server: a server
 *
 * Returns: (transfer none): the applications that were not added, by their `created_at`
 */
DialSandboxIndex *
dial_sandbox_ensure_application_index (DialSandboxServer *server)
{
  guint64 n_rows = dial_sandbox_world_get_n_invented (server->world) * DIAL_SANDBOX_SLOTS;

  if (server->by_application == NULL)
    server->by_application = dial_sandbox_index_new (n_rows, get_created_at, server->applications);
  return server->by_application;
}
