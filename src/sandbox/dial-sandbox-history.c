#include "dial-sandbox-history.h"

#include "dial-sandbox-names.h"

#define FIRST_JOB           G_GINT64_CONSTANT (4200000077)
#define FIRST_STAGE         G_GINT64_CONSTANT (9300000005)
#define FIRST_TAG           G_GINT64_CONSTANT (7600000003)
#define FIRST_APPLICATION   G_GINT64_CONSTANT (7100000310)
#define FIRST_REMARK        G_GINT64_CONSTANT (8800004410)
#define APPLICATION_STRIDE  11
#define REMARK_STRIDE       13
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Salts from 200 on. How many there are is asked of a candidate's row, all else of the slot's. */
enum {
  ROLL_APPLICATION_ID = 200,
  ROLL_N_APPLICATIONS,
  ROLL_APPLICATION,
  ROLL_REMARK_ID,
  ROLL_N_REMARKS,
  ROLL_REMARK,
};

gint64
dial_sandbox_job_id (guint job)
{
  return FIRST_JOB + job * 103;
}

/**
 * dial_sandbox_job_name:
 * @id: a job's id
 *
 * Returns: (nullable): its name
 */
const char *
dial_sandbox_job_name (gint64 id)
{
  for (guint i = 0; dial_sandbox_jobs[i] != NULL; i++) {
    if (dial_sandbox_job_id (i) == id)
      return dial_sandbox_jobs[i];
  }

  return NULL;
}

gint64
dial_sandbox_stage_id (guint job,
                       guint stage)
{
  return FIRST_STAGE + (job * DIAL_SANDBOX_N_STAGES + stage) * 3;
}

gint64
dial_sandbox_tag_id (guint tag)
{
  return FIRST_TAG + tag * 5;
}

gint64
dial_sandbox_application_id (DialSandboxWorld *world,
                             guint64           row)
{
  guint64 gap = dial_sandbox_world_roll (world, row, ROLL_APPLICATION_ID) % APPLICATION_STRIDE;

  return FIRST_APPLICATION + (gint64) (row * APPLICATION_STRIDE + gap);
}

static void
invent_progress (DialSandboxApplication *self,
                 guint                   job,
                 guint64                 roll)
{
  guint stage = (guint) (roll >> 16) % DIAL_SANDBOX_N_STAGES;

  switch ((roll >> 24) % 16) {
  case 0:
    self->prospect = TRUE;
    self->prospective_job_id = dial_sandbox_job_id (job);
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

  self->job_id = dial_sandbox_job_id (job);
  self->stage_id = dial_sandbox_stage_id (job, stage);
  self->stage_name = dial_sandbox_stages[stage];
}

/**
 * dial_sandbox_application_invent:
 * @self: what to fill
 * @world: the world
 * @row: a row of applications
 *
 * Returns: whether there is an application in this row
 */
gboolean
dial_sandbox_application_invent (DialSandboxApplication *self,
                                 DialSandboxWorld       *world,
                                 guint64                 row)
{
  static const guint how_many[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 0 };
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  guint slot = row % DIAL_SANDBOX_SLOTS;
  gint64 owner, created, updated;
  guint n_jobs = dial_sandbox_count (dial_sandbox_jobs);
  guint n_used;
  guint64 roll;

  /* The oldest candidates are the familiar ones, who have one application each. */
  n_used = how_many[dial_sandbox_world_roll (world, candidate, ROLL_N_APPLICATIONS) % 16];
  if (slot >= (candidate < 5 ? 1 : n_used))
    return FALSE;
  owner = dial_sandbox_world_get_owner (world, candidate);
  if (owner == 0)
    return FALSE;

  roll = dial_sandbox_world_roll (world, row, ROLL_APPLICATION);
  created = dial_sandbox_world_get_created_at (world, candidate);
  updated = dial_sandbox_world_get_updated_at (world, candidate);

  *self = (DialSandboxApplication) {
    .id = dial_sandbox_application_id (world, row),
    .candidate_id = owner,
    .recruiter_id = roll % 7 == 0 ? 0 : dial_sandbox_users[2 + (roll >> 8) % 4].id,
    .coordinator_id = roll % 5 == 0 ? dial_sandbox_users[6].id : 0,
    .source_id = roll % 9 == 0 ? 0 : 4000000012 + (gint64) (roll >> 40) % 9,
    .created_at = created + (updated - created) / 1000 * slot / DIAL_SANDBOX_SLOTS * 1000,
    .updated_at = updated,
  };
  invent_progress (self, (guint) ((roll >> 12) % 1000 + slot) % n_jobs, roll);
  return TRUE;
}

/**
 * dial_sandbox_application_find:
 * @self: what to fill
 * @world: the world
 * @id: an application's id
 *
 * Returns: whether there is such an application
 */
gboolean
dial_sandbox_application_find (DialSandboxApplication *self,
                               DialSandboxWorld       *world,
                               gint64                  id)
{
  guint64 row;

  if (id < FIRST_APPLICATION)
    return FALSE;

  row = (guint64) (id - FIRST_APPLICATION) / APPLICATION_STRIDE;
  return row < dial_sandbox_world_get_n_invented (world) * DIAL_SANDBOX_SLOTS &&
         dial_sandbox_application_id (world, row) == id &&
         dial_sandbox_application_invent (self, world, row);
}

/**
 * dial_sandbox_application_write:
 * @world: the world
 * @row: which application
 * @record: (inout): where to write; begun, and ended by the caller
 *
 * Writes an application as `/v3/applications` lists it.
 */
void
dial_sandbox_application_write (DialSandboxWorld  *world,
                                guint64            row,
                                DialSandboxRecord *record)
{
  static const char answered[] = "[{\"question\":\"May we call you?\",\"answer\":\"Yes\"}]";
  DialSandboxApplication self;

  if (!dial_sandbox_application_invent (&self, world, row))
    g_return_if_reached ();

  dial_sandbox_record_integer (record, "id", self.id);
  dial_sandbox_record_integer (record, "candidate_id", self.candidate_id);
  dial_sandbox_record_id (record, "job_id", self.job_id);
  dial_sandbox_record_json (record, "job_post_id", "null");
  dial_sandbox_record_id (record, "stage_id", self.stage_id);
  dial_sandbox_record_string (record, "stage_name", self.stage_name);
  dial_sandbox_record_string (record, "status", self.status);
  dial_sandbox_record_boolean (record, "needs_decision", row % 17 == 0);
  dial_sandbox_record_boolean (record, "prospect", self.prospect);
  dial_sandbox_record_ids (record, "prospective_job_ids", &self.prospective_job_id, self.prospect);
  dial_sandbox_record_time (record, "rejected_at", self.rejected_at);
  dial_sandbox_record_time (record, "last_activity_at", self.updated_at);
  dial_sandbox_record_id (record, "recruiter_id", self.recruiter_id);
  dial_sandbox_record_id (record, "coordinator_id", self.coordinator_id);
  dial_sandbox_record_json (record, "referrer_id", "null");
  dial_sandbox_record_id (record, "source_id", self.source_id);
  dial_sandbox_record_json (record, "agency_note_id", "null");
  dial_sandbox_record_string (record, "location_address", row % 3 == 0 ? "Dover, DE" : NULL);
  dial_sandbox_record_json (record, "answers",
                            row % 4 == 0 ? answered : row % 4 == 1 ? "null" : "[]");
  dial_sandbox_record_json (record, "custom_fields", row % 5 == 0 ? "null" : "{}");
  dial_sandbox_record_time (record, "created_at", self.created_at);
  dial_sandbox_record_time (record, "updated_at", self.updated_at);
}

gint64
dial_sandbox_remark_id (DialSandboxWorld *world,
                        guint64           row)
{
  guint64 gap = dial_sandbox_world_roll (world, row, ROLL_REMARK_ID) % REMARK_STRIDE;

  return FIRST_REMARK + (gint64) (row * REMARK_STRIDE + gap);
}

/**
 * dial_sandbox_remark_invent:
 * @self: what to fill
 * @world: the world
 * @row: a row of remarks
 *
 * Returns: whether there is a remark in this row
 */
gboolean
dial_sandbox_remark_invent (DialSandboxRemark *self,
                            DialSandboxWorld  *world,
                            guint64            row)
{
  static const char * const types[] = {
    "NOTE", "NOTE", "NOTE", "NOTE", "NOTE", "ACTIVITY", "EMAIL", "INTERVIEW"
  };
  static const char * const visibilities[] = {
    "publicly_visible", "publicly_visible", "publicly_visible", "privately_visible",
    "admin_only_visible", NULL
  };
  static const guint how_many[8] = { 0, 0, 1, 1, 1, 2, 3, 4 };
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  guint slot = row % DIAL_SANDBOX_SLOTS;
  guint n_authors = DIAL_SANDBOX_N_VETERANS - 2; /* the first two are service users */
  gint64 created, owner;
  guint64 roll;

  if (slot >= how_many[dial_sandbox_world_roll (world, candidate, ROLL_N_REMARKS) % 8])
    return FALSE;
  owner = dial_sandbox_world_get_owner (world, candidate);
  if (owner == 0)
    return FALSE;

  roll = dial_sandbox_world_roll (world, row, ROLL_REMARK);
  created = dial_sandbox_world_get_created_at (world, candidate);

  *self = (DialSandboxRemark) {
    .id = dial_sandbox_remark_id (world, row),
    .candidate_id = owner,
    .user_id = roll % 19 == 0 ? 0 : dial_sandbox_users[2 + (roll >> 8) % n_authors].id,
    .type = types[(roll >> 16) % G_N_ELEMENTS (types)],
    .visibility = visibilities[(roll >> 24) % G_N_ELEMENTS (visibilities)],
    .body = dial_sandbox_remarks[(roll >> 32) % dial_sandbox_count (dial_sandbox_remarks)],
    .created_at = MIN (created + (gint64) ((roll >> 8) % (40 * DAY)) + slot * DAY,
                       dial_sandbox_world_get_today (world)) / 1000 * 1000,
  };
  if (self->type[0] == 'E')
    self->subject = "Your application";
  return TRUE;
}
