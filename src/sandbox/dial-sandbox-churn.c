#include "dial-sandbox-server.h"

/* A world that changes by itself, as one does in which other people work: something after every so
 * many lists. The same seed changes the same things in the same order. */

struct _DialSandboxChurn {
  GRand     *chance;
  guint      every;
  guint      n_lists; /* since the last change */
  GPtrArray *done;    /* of sentences */
};

void
dial_sandbox_churn_end (DialSandboxServer *server)
{
  DialSandboxChurn *self = g_steal_pointer (&server->churn);

  if (self == NULL)
    return;

  g_rand_free (self->chance);
  g_ptr_array_unref (self->done);
  g_free (self);
}

/**
 * dial_sandbox_churn_begin:
 * @server: a server
 * @seed: what chance goes by
 * @every: after how many requests of lists something changes, 0 for never; what was done is still
 *   known then
 */
void
dial_sandbox_churn_begin (DialSandboxServer *server,
                          guint32            seed,
                          guint              every)
{
  DialSandboxChurn *self = server->churn;

  if (self == NULL || every != 0) {
    dial_sandbox_churn_end (server);
    self = server->churn = g_new0 (DialSandboxChurn, 1);
    self->chance = g_rand_new_with_seed (seed);
    self->done = g_ptr_array_new_with_free_func (g_free);
  }
  self->every = every;
}

static void
G_GNUC_PRINTF (2, 3)
tell (DialSandboxChurn *self,
      const char       *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->done, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static guint
roll (DialSandboxChurn *self,
      guint             n)
{
  return (guint) g_rand_int_range (self->chance, 0, (gint32) n);
}

/* Who to pick: anybody, or once in four times one of the newest. Returns 0 if that one is gone. */
static gint64
pick_candidate (DialSandboxServer *server)
{
  DialSandboxWorld *world = server->world;
  guint n_rows = (guint) dial_sandbox_world_get_n_candidates (world);
  guint n_new = MIN (n_rows, 20);
  guint row;

  if (n_rows == 0)
    return 0;

  row = roll (server->churn, 4) == 0 ? n_rows - 1 - roll (server->churn, n_new)
                                     : roll (server->churn, n_rows);
  return dial_sandbox_world_has_candidate (world, row)
       ? dial_sandbox_world_get_candidate_id (world, row) : 0;
}

static gint64
pick_application (DialSandboxServer      *server,
                  DialSandboxApplication *application)
{
  guint n_rows = (guint) dial_sandbox_applications_get_n_rows (server->applications);

  for (guint i = 0; i < 20 && n_rows > 0; i++) {
    if (dial_sandbox_applications_get (server->applications, roll (server->churn, n_rows),
                                       application))
      return application->id;
  }
  return 0;
}

static const DialSandboxJob *
pick_job (DialSandboxServer *server)
{
  guint n_jobs = dial_sandbox_jobs_get_n_jobs (server->jobs);

  return dial_sandbox_jobs_get (server->jobs, roll (server->churn, n_jobs));
}

static const DialSandboxStage *
pick_stage (DialSandboxServer *server)
{
  guint n_stages = dial_sandbox_jobs_get_n_stages (server->jobs);

  return dial_sandbox_jobs_get_stage (server->jobs, roll (server->churn, n_stages));
}

static gboolean
add_candidate (DialSandboxServer *server)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  gint64 id = dial_sandbox_world_add_candidate (server->world, fields);

  tell (server->churn, "add candidate %" G_GINT64_FORMAT, id);
  return TRUE;
}

/* Some members of another candidate, so that what comes in is as odd as everything is. */
static JsonObject *
borrow_members (DialSandboxServer  *server,
                const char * const *members)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  guint row = roll (server->churn, 100000);
  DialSandboxPerson person;
  DialSandboxRecord record;

  for (guint i = 0; members[i] != NULL; i++)
    g_hash_table_add (fields, (gpointer) members[i]);

  dial_sandbox_person_invent (&person, server->world, row);
  dial_sandbox_record_begin (&record, text, fields, NULL);
  dial_sandbox_person_write_name (&person, &record);
  dial_sandbox_person_write_contacts (&person, server->world, row, &record);
  dial_sandbox_person_write_fields (server->world, row, &record, "custom_fields",
                                    DIAL_SANDBOX_FIELD_KEYED);
  dial_sandbox_record_end (&record);
  node = json_from_string (text->str, NULL);
  return json_node_dup_object (node);
}

static gboolean
change_candidate (DialSandboxServer *server)
{
  static const char * const members[][3] = {
    { "first_name", "last_name" }, { "phone_numbers" }, { "email_addresses" }, { "tags" },
    { "company", "title" }, { "custom_fields" },
  };
  const char * const *chosen = members[roll (server->churn, G_N_ELEMENTS (members))];
  gint64 id = pick_candidate (server);
  g_autoptr (JsonObject) fields = borrow_members (server, chosen);

  tell (server->churn, "change %s of candidate %" G_GINT64_FORMAT, chosen[0], id);
  return dial_sandbox_world_change_candidate (server->world, id, fields);
}

static gboolean
hide_candidate (DialSandboxServer *server)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  gboolean is_private = roll (server->churn, 2) == 0;
  gint64 id = pick_candidate (server);

  json_object_set_boolean_member (fields, "private", is_private);
  tell (server->churn, "make candidate %" G_GINT64_FORMAT " %s", id,
        is_private ? "private" : "public");
  return dial_sandbox_world_change_candidate (server->world, id, fields);
}

static gboolean
delete_candidate (DialSandboxServer *server)
{
  gint64 id = pick_candidate (server);

  tell (server->churn, "delete candidate %" G_GINT64_FORMAT, id);
  return dial_sandbox_world_delete_candidate (server->world, id);
}

static gboolean
merge_candidates (DialSandboxServer *server)
{
  gint64 primary = pick_candidate (server);
  gint64 secondary = pick_candidate (server);

  tell (server->churn, "merge candidate %" G_GINT64_FORMAT " into %" G_GINT64_FORMAT, secondary,
        primary);
  return dial_sandbox_merge (server, primary, secondary);
}

static gboolean
anonymise_candidate (DialSandboxServer *server)
{
  gint64 id = pick_candidate (server);

  tell (server->churn, "anonymise candidate %" G_GINT64_FORMAT, id);
  return dial_sandbox_world_anonymise_candidate (server->world, id);
}

static gboolean
add_application (DialSandboxServer *server)
{
  gint64 candidate_id = pick_candidate (server);
  gint64 id = dial_sandbox_applications_add (server->applications, candidate_id,
                                             pick_job (server)->id);

  tell (server->churn, "add application %" G_GINT64_FORMAT " of candidate %" G_GINT64_FORMAT, id,
        candidate_id);
  return id != 0;
}

static gboolean
move_application (DialSandboxServer *server)
{
  DialSandboxApplication application;
  const DialSandboxStage *stage = pick_stage (server);
  gint64 id = pick_application (server, &application);

  tell (server->churn, "move application %" G_GINT64_FORMAT " to stage %" G_GINT64_FORMAT, id,
        stage->id);
  return dial_sandbox_applications_move (server->applications, id, stage->id);
}

static gboolean
decide_application (DialSandboxServer *server)
{
  static const char * const states[] = { "rejected", "hired", "in_process" };
  const char *status = states[roll (server->churn, G_N_ELEMENTS (states))];
  DialSandboxApplication application;
  gint64 id = pick_application (server, &application);

  tell (server->churn, "make application %" G_GINT64_FORMAT " %s", id, status);
  return dial_sandbox_applications_decide (server->applications, id, status);
}

static gboolean
assign_application (DialSandboxServer *server)
{
  gint64 user_id = dial_sandbox_users[2 + roll (server->churn, 4)].id;
  DialSandboxApplication application;
  gint64 id = pick_application (server, &application);

  tell (server->churn, "assign application %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, id, user_id);
  return dial_sandbox_applications_assign (server->applications, id, user_id, -1);
}

static gboolean
delete_application (DialSandboxServer *server)
{
  DialSandboxApplication application;
  gint64 id = pick_application (server, &application);

  tell (server->churn, "delete application %" G_GINT64_FORMAT, id);
  return dial_sandbox_applications_delete (server->applications, id);
}

static gboolean
change_job (DialSandboxServer *server)
{
  const char *like = pick_job (server)->name;
  g_autofree char *name = g_strdup_printf ("%s %u", like, roll (server->churn, 1000));
  gint64 id;

  if (roll (server->churn, 3) == 0) {
    id = dial_sandbox_jobs_add (server->jobs, name);
    tell (server->churn, "add job %" G_GINT64_FORMAT, id);
    return TRUE;
  }

  id = pick_job (server)->id;
  tell (server->churn, "rename job %" G_GINT64_FORMAT, id);
  return dial_sandbox_jobs_rename (server->jobs, id, name);
}

static gboolean
change_stage (DialSandboxServer *server)
{
  const char *like = pick_stage (server)->name;
  g_autofree char *name = g_strdup_printf ("%s %u", like, roll (server->churn, 1000));
  gint64 id;

  if (roll (server->churn, 3) == 0) {
    id = dial_sandbox_jobs_add_stage (server->jobs, pick_job (server)->id, name);
    tell (server->churn, "add stage %" G_GINT64_FORMAT, id);
    return TRUE;
  }

  id = pick_stage (server)->id;
  tell (server->churn, "rename stage %" G_GINT64_FORMAT, id);
  return dial_sandbox_rename_stage (server, id, name);
}

/* Not the service user nor the one before the screen, without whom nothing goes on. */
static gboolean
change_user (DialSandboxServer *server)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  gint64 id = dial_sandbox_users[3 + roll (server->churn, dial_sandbox_n_users - 3)].id;

  if (roll (server->churn, 2) == 0)
    json_object_set_boolean_member (fields, "deactivated", roll (server->churn, 2) == 0);
  else
    json_object_set_string_member (fields, "first_name",
                                   dial_sandbox_stages[roll (server->churn, 6)]);

  tell (server->churn, "change user %" G_GINT64_FORMAT, id);
  return dial_sandbox_staff_change (server->staff, id, fields);
}

typedef gboolean (*Change) (DialSandboxServer *server);

/* What happens more often stands here more than once. */
static const Change changes[] = {
  add_candidate, add_candidate, change_candidate, change_candidate, change_candidate,
  change_candidate, hide_candidate, delete_candidate, delete_candidate, merge_candidates,
  anonymise_candidate, add_application, add_application, move_application, move_application,
  move_application, decide_application, decide_application, assign_application,
  delete_application, change_job, change_stage, change_user,
};

/**
 * dial_sandbox_churn_go_on:
 * @server: a server
 *
 * Tells it that a list was answered, so that something may change before the next one.
 */
void
dial_sandbox_churn_go_on (DialSandboxServer *server)
{
  DialSandboxChurn *self = server->churn;
  gboolean done = FALSE;

  if (self == NULL || self->every == 0 || ++self->n_lists < self->every)
    return;

  self->n_lists = 0;
  for (guint i = 0; i < 20 && !done; i++) {
    guint n_done = self->done->len;

    done = changes[roll (self, G_N_ELEMENTS (changes))](server);
    if (!done)
      g_ptr_array_set_size (self->done, (gint) n_done);
  }
}

/**
 * dial_sandbox_churn_show:
 * @request: a request
 *
 * Answers with what was done so far.
 */
void
dial_sandbox_churn_show (DialSandboxRequest *request)
{
  DialSandboxChurn *self = request->server->churn;
  GString *body = g_string_new ("[");

  for (guint i = 0; self != NULL && i < self->done->len; i++) {
    if (i > 0)
      g_string_append_c (body, ',');
    dial_sandbox_append_string (body, self->done->pdata[i]);
  }
  g_string_append_c (body, ']');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}
