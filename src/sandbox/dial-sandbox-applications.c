#include "dial-sandbox-applications.h"

#include <string.h>

#define FIRST_APPLICATION  G_GINT64_CONSTANT (7100000310)
#define APPLICATION_STRIDE 11

/* Salts from 200 on. How many there are is asked of a candidate's row, all else of the slot's. */
enum {
  ROLL_APPLICATION_ID = 200,
  ROLL_N_APPLICATIONS,
  ROLL_APPLICATION,
};

/* An application that a test added or changed. */
typedef struct {
  DialSandboxApplication now; /* candidate_id, stage_name and the times of change are looked up */
  guint64                candidate;
  DialSandboxStamp       stamp;
  gboolean               deleted;
} Change;

struct _DialSandboxApplications {
  DialSandboxWorld *world;
  DialSandboxJobs  *jobs;
  GHashTable       *changes;    /* row + 1 → Change */
  GArray           *touched;    /* rows of all that have a Change */
  GPtrArray        *added;      /* of Change, in the order of rows */
  GHashTable       *candidates; /* candidate's row + 1 → gint64: when an application of it changed */
};

/**
 * dial_sandbox_applications_new:
 * @world: the world of the candidates
 * @jobs: the jobs; both outlive it
 *
 * Returns: (transfer full): the applications, as invented
 */
DialSandboxApplications *
dial_sandbox_applications_new (DialSandboxWorld *world,
                               DialSandboxJobs  *jobs)
{
  DialSandboxApplications *self = g_new0 (DialSandboxApplications, 1);

  self->world = world;
  self->jobs = jobs;
  self->changes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->added = g_ptr_array_new ();
  self->candidates = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
dial_sandbox_applications_free (DialSandboxApplications *self)
{
  g_ptr_array_unref (self->added);
  g_array_unref (self->touched);
  g_hash_table_unref (self->changes);
  g_hash_table_unref (self->candidates);
  g_free (self);
}

static guint64
count_slots (DialSandboxApplications *self)
{
  return dial_sandbox_world_get_n_invented (self->world) * DIAL_SANDBOX_SLOTS;
}

guint64
dial_sandbox_applications_get_n_rows (DialSandboxApplications *self)
{
  return count_slots (self) + self->added->len;
}

gint64
dial_sandbox_applications_get_id (DialSandboxApplications *self,
                                  guint64                  row)
{
  guint64 gap = dial_sandbox_world_roll (self->world, row, ROLL_APPLICATION_ID);

  return FIRST_APPLICATION + (gint64) (row * APPLICATION_STRIDE + gap % APPLICATION_STRIDE);
}

static void
invent_progress (DialSandboxApplication *self,
                 DialSandboxJobs        *jobs,
                 guint                   job,
                 guint64                 roll)
{
  gint64 job_id = dial_sandbox_jobs_get (jobs, job)->id;
  guint stage = (guint) (roll >> 16) % DIAL_SANDBOX_N_STAGES;

  switch ((roll >> 24) % 16) {
  case 0:
    self->prospect = TRUE;
    self->prospective_job_id = job_id;
    self->status = (roll >> 32) % 4 == 0 ? "converted" : "in_process";
    return;
  case 1:
  case 2:
  case 3:
  case 4:
  case 5:
    self->status = "rejected";
    self->rejected_at = self->updated_at;
    break;
  case 6:
    self->status = "hired";
    stage = DIAL_SANDBOX_N_STAGES - 1;
    break;
  default:
    self->status = "in_process";
    break;
  }

  self->job_id = job_id;
  self->stage_id = dial_sandbox_jobs_get_stage (jobs, job * DIAL_SANDBOX_N_STAGES + stage)->id;
}

static guint
invented_slots (DialSandboxApplications *self,
                guint64                  candidate)
{
  static const guint how_many[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 0 };

  /* The oldest candidates are the familiar ones, who have one application each. */
  if (candidate < 5)
    return 1;

  return how_many[dial_sandbox_world_roll (self->world, candidate, ROLL_N_APPLICATIONS) % 16];
}

static gboolean
invent (DialSandboxApplications *self,
        guint64                  row,
        DialSandboxApplication  *application)
{
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  guint slot = row % DIAL_SANDBOX_SLOTS;
  gint64 created, updated;
  guint64 roll;

  if (slot >= invented_slots (self, candidate))
    return FALSE;

  roll = dial_sandbox_world_roll (self->world, row, ROLL_APPLICATION);
  created = dial_sandbox_world_get_created_at (self->world, candidate);
  updated = dial_sandbox_world_invent_updated_at (self->world, candidate);

  *application = (DialSandboxApplication) {
    .id = dial_sandbox_applications_get_id (self, row),
    .recruiter_id = roll % 7 == 0 ? 0 : dial_sandbox_users[2 + (roll >> 8) % 4].id,
    .coordinator_id = roll % 5 == 0 ? dial_sandbox_users[6].id : 0,
    .source_id = roll % 9 == 0 ? 0 : 4000000012 + (gint64) (roll >> 40) % 9,
    .created_at = created + (updated - created) / 1000 * slot / DIAL_SANDBOX_SLOTS * 1000,
    .updated_at = updated,
    .listed_at = updated,
  };
  invent_progress (application, self->jobs,
                   (guint) ((roll >> 12) % 1000 + slot) %
                   dial_sandbox_jobs_get_n_invented (self->jobs), roll);
  return TRUE;
}

static Change *
peek_change (DialSandboxApplications *self,
             guint64                  row)
{
  if (g_hash_table_size (self->changes) == 0)
    return NULL;

  return g_hash_table_lookup (self->changes, GSIZE_TO_POINTER (row + 1));
}

/**
 * dial_sandbox_applications_get:
 * @self: the applications
 * @row: a row
 * @application: (out): what is there
 *
 * Returns: whether there is an application in this row
 */
gboolean
dial_sandbox_applications_get (DialSandboxApplications *self,
                               guint64                  row,
                               DialSandboxApplication  *application)
{
  const Change *change = peek_change (self, row);
  const DialSandboxStage *stage;

  if (change == NULL) {
    if (!invent (self, row, application))
      return FALSE;
    application->candidate_id = dial_sandbox_world_get_owner (self->world,
                                                              row / DIAL_SANDBOX_SLOTS);
  } else {
    if (change->deleted)
      return FALSE;
    *application = change->now;
    application->candidate_id = dial_sandbox_world_get_owner (self->world, change->candidate);
    application->updated_at = change->stamp.updated_at;
    application->listed_at = dial_sandbox_world_get_listed_at (self->world, &change->stamp);
  }

  stage = dial_sandbox_jobs_find_stage (self->jobs, application->stage_id);
  application->stage_name = stage != NULL ? stage->name : NULL;
  return application->candidate_id != 0;
}

/**
 * dial_sandbox_applications_find:
 * @self: the applications
 * @id: an application's id
 * @row: (out): its row
 *
 * Returns: whether there ever could be such an application
 */
gboolean
dial_sandbox_applications_find (DialSandboxApplications *self,
                                gint64                   id,
                                guint64                 *row)
{
  if (id < FIRST_APPLICATION)
    return FALSE;

  *row = (guint64) (id - FIRST_APPLICATION) / APPLICATION_STRIDE;
  return *row < dial_sandbox_applications_get_n_rows (self) &&
         dial_sandbox_applications_get_id (self, *row) == id;
}

/**
 * dial_sandbox_applications_invent_created_at:
 * @self: the applications
 * @row: a row that was not added
 *
 * Returns: when the application in it was created, which never changes; 0 if there never was one
 */
gint64
dial_sandbox_applications_invent_created_at (DialSandboxApplications *self,
                                             guint64                  row)
{
  DialSandboxApplication application;

  return invent (self, row, &application) ? application.created_at : 0;
}

/**
 * dial_sandbox_applications_is_touched:
 * @self: the applications
 * @row: a row
 *
 * Returns: whether a test added the application, or did anything to it or its candidate
 */
gboolean
dial_sandbox_applications_is_touched (DialSandboxApplications *self,
                                      guint64                  row)
{
  return peek_change (self, row) != NULL ||
         dial_sandbox_world_is_touched (self->world, row / DIAL_SANDBOX_SLOTS);
}

/**
 * dial_sandbox_applications_get_touched:
 * @self: the applications
 *
 * Returns: (transfer none) (element-type guint64): the rows of all that were added or changed, in any
 *   order
 */
GArray *
dial_sandbox_applications_get_touched (DialSandboxApplications *self)
{
  return self->touched;
}

/**
 * dial_sandbox_applications_gather:
 * @self: the applications
 * @candidates: (element-type guint64): rows of candidates, ascending
 *
 * Returns: (transfer full) (element-type guint64): the rows in which these candidates may have
 *   applications, ascending
 */
GArray *
dial_sandbox_applications_gather (DialSandboxApplications *self,
                                  GArray                  *candidates)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 n_slots = count_slots (self);

  for (guint i = 0; i < candidates->len; i++) {
    for (guint slot = 0; slot < DIAL_SANDBOX_SLOTS; slot++) {
      guint64 row = g_array_index (candidates, guint64, i) * DIAL_SANDBOX_SLOTS + slot;

      if (row < n_slots)
        g_array_append_val (rows, row);
    }
  }

  for (guint i = 0; i < self->added->len; i++) {
    const Change *change = self->added->pdata[i];
    guint64 row = n_slots + i;

    for (guint j = 0; j < candidates->len; j++) {
      if (g_array_index (candidates, guint64, j) == change->candidate) {
        g_array_append_val (rows, row);
        break;
      }
    }
  }
  return rows;
}

/**
 * dial_sandbox_applications_get_changed_at:
 * @self: the applications
 * @candidate: a candidate's row
 *
 * Returns: when one of the candidate's applications was changed last, 0 if none ever was
 */
gint64
dial_sandbox_applications_get_changed_at (DialSandboxApplications *self,
                                          guint64                  candidate)
{
  const gint64 *changed_at = g_hash_table_lookup (self->candidates,
                                                  GSIZE_TO_POINTER (candidate + 1));

  return changed_at != NULL ? *changed_at : 0;
}

/**
 * dial_sandbox_applications_add_owners:
 * @self: the applications
 * @candidates: (element-type guint64): where to add
 *
 * Adds the rows of all candidates of whom an application was ever changed.
 */
void
dial_sandbox_applications_add_owners (DialSandboxApplications *self,
                                      GArray                  *candidates)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->candidates);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    guint64 row = GPOINTER_TO_SIZE (key) - 1;

    g_array_append_val (candidates, row);
  }
}

/**
 * dial_sandbox_applications_write:
 * @self: the applications
 * @row: which one
 * @record: (inout): where to write; begun, and ended by the caller
 *
 * Writes an application as `/v3/applications` lists it.
 */
void
dial_sandbox_applications_write (DialSandboxApplications *self,
                                 guint64                  row,
                                 DialSandboxRecord       *record)
{
  static const char answered[] = "[{\"question\":\"May we call you?\",\"answer\":\"Yes\"}]";
  DialSandboxApplication application;

  if (!dial_sandbox_applications_get (self, row, &application))
    g_return_if_reached ();

  dial_sandbox_record_integer (record, "id", application.id);
  dial_sandbox_record_integer (record, "candidate_id", application.candidate_id);
  dial_sandbox_record_id (record, "job_id", application.job_id);
  dial_sandbox_record_json (record, "job_post_id", "null");
  dial_sandbox_record_id (record, "stage_id", application.stage_id);
  dial_sandbox_record_string (record, "stage_name", application.stage_name);
  dial_sandbox_record_string (record, "status", application.status);
  dial_sandbox_record_boolean (record, "needs_decision", row % 17 == 0);
  dial_sandbox_record_boolean (record, "prospect", application.prospect);
  dial_sandbox_record_ids (record, "prospective_job_ids", &application.prospective_job_id,
                           application.prospect);
  dial_sandbox_record_time (record, "rejected_at", application.rejected_at);
  dial_sandbox_record_time (record, "last_activity_at", application.updated_at);
  dial_sandbox_record_id (record, "recruiter_id", application.recruiter_id);
  dial_sandbox_record_id (record, "coordinator_id", application.coordinator_id);
  dial_sandbox_record_json (record, "referrer_id", "null");
  dial_sandbox_record_id (record, "source_id", application.source_id);
  dial_sandbox_record_json (record, "agency_note_id", "null");
  dial_sandbox_record_string (record, "location_address", row % 3 == 0 ? "Dover, DE" : NULL);
  dial_sandbox_record_json (record, "answers",
                            row % 4 == 0 ? answered : row % 4 == 1 ? "null" : "[]");
  dial_sandbox_record_json (record, "custom_fields", row % 5 == 0 ? "null" : "{}");
  dial_sandbox_record_time (record, "created_at", application.created_at);
  dial_sandbox_record_time (record, "updated_at", application.updated_at);
}

/* Changes */

static void
stamp (DialSandboxApplications *self,
       Change                  *change,
       gint64                   before)
{
  dial_sandbox_world_stamp (self->world, &change->stamp, before);
  g_hash_table_insert (self->candidates, GSIZE_TO_POINTER (change->candidate + 1),
                       g_memdup2 (&change->stamp.updated_at, sizeof (gint64)));
}

/* Returns: (nullable): the application as something to change, with its new time of change. */
static Change *
begin_change (DialSandboxApplications *self,
              guint64                  row)
{
  Change *change = peek_change (self, row);
  DialSandboxApplication now;

  if (!dial_sandbox_applications_get (self, row, &now))
    return NULL;

  if (change == NULL) {
    change = g_new0 (Change, 1);
    change->now = now;
    change->candidate = row / DIAL_SANDBOX_SLOTS;
    g_hash_table_insert (self->changes, GSIZE_TO_POINTER (row + 1), change);
    g_array_append_val (self->touched, row);
  }
  stamp (self, change, now.updated_at);
  return change;
}

static Change *
find_change (DialSandboxApplications *self,
             gint64                   id)
{
  guint64 row;

  return dial_sandbox_applications_find (self, id, &row) ? begin_change (self, row) : NULL;
}

/**
 * dial_sandbox_applications_add:
 * @self: the applications
 * @candidate_id: who applies
 * @job_id: for what
 *
 * Returns: the new id, above all others; 0 if there is no such candidate or job
 */
gint64
dial_sandbox_applications_add (DialSandboxApplications *self,
                               gint64                   candidate_id,
                               gint64                   job_id)
{
  const DialSandboxStage *stage = dial_sandbox_jobs_first_stage (self->jobs, job_id);
  guint64 row = dial_sandbox_applications_get_n_rows (self);
  guint64 candidate;
  Change *change;

  if (stage == NULL || !dial_sandbox_world_find_candidate (self->world, candidate_id, &candidate) ||
      !dial_sandbox_world_has_candidate (self->world, candidate))
    return 0;

  change = g_new0 (Change, 1);
  change->candidate = candidate;
  change->now = (DialSandboxApplication) {
    .id = dial_sandbox_applications_get_id (self, row),
    .job_id = job_id,
    .stage_id = stage->id,
    .status = "in_process",
    .recruiter_id = DIAL_SANDBOX_RECRUITER,
    .created_at = dial_sandbox_world_get_now (self->world),
  };
  g_hash_table_insert (self->changes, GSIZE_TO_POINTER (row + 1), change);
  g_array_append_val (self->touched, row);
  g_ptr_array_add (self->added, change);
  stamp (self, change, 0);
  return change->now.id;
}

/**
 * dial_sandbox_applications_move:
 * @self: the applications
 * @id: which one
 * @stage_id: where to; a stage of another job takes it to that job
 *
 * Returns: whether there are such an application, which is no prospect, and such a stage
 */
gboolean
dial_sandbox_applications_move (DialSandboxApplications *self,
                                gint64                   id,
                                gint64                   stage_id)
{
  const DialSandboxStage *stage = dial_sandbox_jobs_find_stage (self->jobs, stage_id);
  DialSandboxApplication now;
  Change *change;
  guint64 row;

  if (stage == NULL || !dial_sandbox_applications_find (self, id, &row) ||
      !dial_sandbox_applications_get (self, row, &now) || now.prospect)
    return FALSE;

  change = begin_change (self, row);
  change->now.stage_id = stage->id;
  change->now.job_id = stage->job_id;
  return TRUE;
}

/**
 * dial_sandbox_applications_decide:
 * @self: the applications
 * @id: which one
 * @status: `rejected`, `hired`, `converted`, or `in_process` to take it back
 *
 * Returns: whether there is such an application, and such a status
 */
gboolean
dial_sandbox_applications_decide (DialSandboxApplications *self,
                                  gint64                   id,
                                  const char              *status)
{
  static const char * const known[] = { "in_process", "rejected", "hired", "converted", NULL };
  Change *change;

  if (!g_strv_contains (known, status))
    return FALSE;
  change = find_change (self, id);
  if (change == NULL)
    return FALSE;

  change->now.status = g_intern_string (status);
  change->now.rejected_at = strcmp (status, "rejected") == 0 ? change->stamp.updated_at : 0;
  return TRUE;
}

/**
 * dial_sandbox_applications_assign:
 * @self: the applications
 * @id: which one
 * @recruiter_id: its recruiter, 0 for nobody, -1 for the same as before
 * @coordinator_id: its coordinator, likewise
 *
 * Returns: whether there is such an application
 */
gboolean
dial_sandbox_applications_assign (DialSandboxApplications *self,
                                  gint64                   id,
                                  gint64                   recruiter_id,
                                  gint64                   coordinator_id)
{
  Change *change = find_change (self, id);

  if (change == NULL)
    return FALSE;

  if (recruiter_id >= 0)
    change->now.recruiter_id = recruiter_id;
  if (coordinator_id >= 0)
    change->now.coordinator_id = coordinator_id;
  return TRUE;
}

gboolean
dial_sandbox_applications_delete (DialSandboxApplications *self,
                                  gint64                   id)
{
  Change *change = find_change (self, id);

  if (change == NULL)
    return FALSE;

  change->deleted = TRUE;
  return TRUE;
}

/**
 * dial_sandbox_applications_go_with:
 * @self: the applications
 * @candidate: the row of a candidate who was merged into another
 *
 * Tells the candidate's applications that they belong to somebody else from now on.
 */
void
dial_sandbox_applications_go_with (DialSandboxApplications *self,
                                   guint64                  candidate)
{
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) rows = NULL;

  g_array_append_val (alone, candidate);
  rows = dial_sandbox_applications_gather (self, alone);
  for (guint i = 0; i < rows->len; i++)
    begin_change (self, g_array_index (rows, guint64, i));
}
