#include "dial-sandbox-jobs.h"

#include "dial-sandbox-crowd.h"

#include <string.h>

#define FIRST_JOB    G_GINT64_CONSTANT (4200000077)
#define JOB_STRIDE   103
#define FIRST_STAGE  G_GINT64_CONSTANT (9300000005)
#define STAGE_STRIDE 3
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _DialSandboxJobs {
  DialSandboxWorld *world;
  guint             n_invented;
  GArray           *jobs;   /* of DialSandboxJob */
  GArray           *stages; /* of DialSandboxStage */
};

/* A house that has so many candidates has its jobs in more places than one. */
static const char * const places[] = {
  "Dover", "Leeds", "Uppsala", "Bremen", "Lyon", "Gdynia", "Monterrey", "Osaka", "Lviv", "Haifa",
  "Cork", "Hobart", NULL
};

static void
append_stage (DialSandboxJobs *self,
              gint64           job_id,
              const char      *name,
              guint            sort_order,
              gint64           created_at)
{
  guint row = self->stages->len;
  DialSandboxStage stage = {
    .id = FIRST_STAGE + (gint64) row * STAGE_STRIDE, .job_id = job_id,
    .name = g_intern_string (name), .sort_order = sort_order, .active = row % 31 != 30,
    .created_at = created_at, .stamp = { .updated_at = created_at }
  };

  g_array_append_val (self->stages, stage);
}

static DialSandboxJob *
append_job (DialSandboxJobs *self,
            const char      *name,
            const char      *status,
            gint64           created_at)
{
  DialSandboxJob job = {
    .id = FIRST_JOB + (gint64) self->jobs->len * JOB_STRIDE, .name = g_intern_string (name),
    .status = status, .created_at = created_at, .stamp = { .updated_at = created_at }
  };

  g_array_append_val (self->jobs, job);
  for (guint i = 0; i < DIAL_SANDBOX_N_STAGES; i++)
    append_stage (self, job.id, dial_sandbox_stages[i], i, created_at);
  return &g_array_index (self->jobs, DialSandboxJob, self->jobs->len - 1);
}

static void
invent_job (DialSandboxJobs *self,
            const char      *name)
{
  gint64 today = dial_sandbox_world_get_today (self->world);
  guint row = self->jobs->len;
  gint64 created_at = today - (720 - row % 25 * 25) * DAY;
  const char *status = row % 6 == 4 ? "closed" : row % 12 == 9 ? "draft" : "open";
  DialSandboxJob *job = append_job (self, name, status, created_at);

  job->confidential = row == 24;
  job->opened_at = strcmp (status, "draft") == 0 ? 0 : created_at + 20 * DAY;
  job->closed_at = strcmp (status, "closed") == 0 ? today - (30 + row % 25) * DAY : 0;
  job->stamp.updated_at = today - (10 + row % 25) * DAY;
}

/**
 * dial_sandbox_jobs_new:
 * @world: the world they are in, which outlives them
 *
 * Returns: (transfer full): the jobs, as invented
 */
DialSandboxJobs *
dial_sandbox_jobs_new (DialSandboxWorld *world)
{
  DialSandboxJobs *self = g_new0 (DialSandboxJobs, 1);

  self->world = world;
  self->jobs = g_array_new (FALSE, FALSE, sizeof (DialSandboxJob));
  self->stages = g_array_new (FALSE, FALSE, sizeof (DialSandboxStage));

  for (guint i = 0; dial_sandbox_jobs[i] != NULL; i++)
    invent_job (self, dial_sandbox_jobs[i]);
  if (dial_sandbox_world_get_n_invented (world) >= DIAL_SANDBOX_CROWD) {
    for (guint i = 0; places[i] != NULL; i++) {
      for (guint j = 0; dial_sandbox_jobs[j] != NULL; j++) {
        g_autofree char *name = g_strconcat (dial_sandbox_jobs[j], ", ", places[i], NULL);

        invent_job (self, name);
      }
    }
  }
  self->n_invented = self->jobs->len;
  return self;
}

void
dial_sandbox_jobs_free (DialSandboxJobs *self)
{
  g_array_unref (self->jobs);
  g_array_unref (self->stages);
  g_free (self);
}

guint
dial_sandbox_jobs_get_n_invented (DialSandboxJobs *self)
{
  return self->n_invented;
}

guint
dial_sandbox_jobs_get_n_jobs (DialSandboxJobs *self)
{
  return self->jobs->len;
}

guint
dial_sandbox_jobs_get_n_stages (DialSandboxJobs *self)
{
  return self->stages->len;
}

const DialSandboxJob *
dial_sandbox_jobs_get (DialSandboxJobs *self,
                       guint            row)
{
  return &g_array_index (self->jobs, DialSandboxJob, row);
}

const DialSandboxStage *
dial_sandbox_jobs_get_stage (DialSandboxJobs *self,
                             guint            row)
{
  return &g_array_index (self->stages, DialSandboxStage, row);
}

static DialSandboxJob *
find_job (DialSandboxJobs *self,
          gint64           id)
{
  gint64 row = (id - FIRST_JOB) / JOB_STRIDE;

  if (id < FIRST_JOB || row >= self->jobs->len || (id - FIRST_JOB) % JOB_STRIDE != 0)
    return NULL;

  return &g_array_index (self->jobs, DialSandboxJob, row);
}

static DialSandboxStage *
find_stage (DialSandboxJobs *self,
            gint64           id)
{
  gint64 row = (id - FIRST_STAGE) / STAGE_STRIDE;

  if (id < FIRST_STAGE || row >= self->stages->len || (id - FIRST_STAGE) % STAGE_STRIDE != 0)
    return NULL;

  return &g_array_index (self->stages, DialSandboxStage, row);
}

/**
 * dial_sandbox_jobs_find:
 * @self: the jobs
 * @id: a job's id
 *
 * Returns: (nullable): the job, until one is added
 */
const DialSandboxJob *
dial_sandbox_jobs_find (DialSandboxJobs *self,
                        gint64           id)
{
  return find_job (self, id);
}

const DialSandboxStage *
dial_sandbox_jobs_find_stage (DialSandboxJobs *self,
                              gint64           id)
{
  return find_stage (self, id);
}

const DialSandboxStage *
dial_sandbox_jobs_first_stage (DialSandboxJobs *self,
                               gint64           job_id)
{
  for (guint i = 0; i < self->stages->len; i++) {
    const DialSandboxStage *stage = &g_array_index (self->stages, DialSandboxStage, i);

    if (stage->job_id == job_id)
      return stage;
  }
  return NULL;
}

/**
 * dial_sandbox_jobs_get_name:
 * @self: the jobs
 * @id: a job's id
 *
 * Returns: (nullable): its name
 */
const char *
dial_sandbox_jobs_get_name (DialSandboxJobs *self,
                            gint64           id)
{
  const DialSandboxJob *job = find_job (self, id);

  return job != NULL ? job->name : NULL;
}

/**
 * dial_sandbox_jobs_add:
 * @self: the jobs
 * @name: its name
 *
 * Opens a job with the usual stages.
 *
 * Returns: its id
 */
gint64
dial_sandbox_jobs_add (DialSandboxJobs *self,
                       const char      *name)
{
  gint64 now = dial_sandbox_world_get_now (self->world);
  guint first_stage = self->stages->len;
  DialSandboxJob *job = append_job (self, name, "open", now);

  job->opened_at = now;
  dial_sandbox_world_stamp (self->world, &job->stamp, 0);
  for (guint i = first_stage; i < self->stages->len; i++) {
    DialSandboxStage *stage = &g_array_index (self->stages, DialSandboxStage, i);

    dial_sandbox_world_stamp (self->world, &stage->stamp, 0);
  }
  return job->id;
}

/**
 * dial_sandbox_jobs_add_stage:
 * @self: the jobs
 * @job_id: the job that gets one more stage, as its last
 * @name: the stage's name
 *
 * Returns: the stage's id, 0 if there is no such job
 */
gint64
dial_sandbox_jobs_add_stage (DialSandboxJobs *self,
                             gint64           job_id,
                             const char      *name)
{
  guint sort_order = 0;
  DialSandboxStage *added;

  if (find_job (self, job_id) == NULL)
    return 0;

  for (guint i = 0; i < self->stages->len; i++) {
    const DialSandboxStage *stage = &g_array_index (self->stages, DialSandboxStage, i);

    if (stage->job_id == job_id)
      sort_order = MAX (sort_order, stage->sort_order + 1);
  }
  append_stage (self, job_id, name, sort_order, dial_sandbox_world_get_now (self->world));
  added = &g_array_index (self->stages, DialSandboxStage, self->stages->len - 1);
  added->active = TRUE;
  dial_sandbox_world_stamp (self->world, &added->stamp, 0);
  return added->id;
}

gboolean
dial_sandbox_jobs_rename (DialSandboxJobs *self,
                          gint64           id,
                          const char      *name)
{
  DialSandboxJob *job = find_job (self, id);

  if (job == NULL)
    return FALSE;

  job->name = g_intern_string (name);
  dial_sandbox_world_stamp (self->world, &job->stamp, job->stamp.updated_at);
  return TRUE;
}

gboolean
dial_sandbox_jobs_set_status (DialSandboxJobs *self,
                              gint64           id,
                              const char      *status)
{
  static const char * const known[] = { "open", "draft", "closed", NULL };
  DialSandboxJob *job = find_job (self, id);

  if (job == NULL || !g_strv_contains (known, status))
    return FALSE;

  job->status = g_intern_string (status);
  dial_sandbox_world_stamp (self->world, &job->stamp, job->stamp.updated_at);
  job->closed_at = strcmp (status, "closed") == 0 ? job->stamp.updated_at : 0;
  if (job->opened_at == 0 && strcmp (status, "draft") != 0)
    job->opened_at = job->stamp.updated_at;
  return TRUE;
}

/**
 * dial_sandbox_jobs_rename_stage:
 * @self: the jobs
 * @id: a stage's id
 * @name: its new name
 *
 * Renames a stage. Applications in it bear the new name from then on without having changed
 * themselves.
 *
 * Returns: whether there is such a stage
 */
gboolean
dial_sandbox_jobs_rename_stage (DialSandboxJobs *self,
                                gint64           id,
                                const char      *name)
{
  DialSandboxStage *stage = find_stage (self, id);

  if (stage == NULL)
    return FALSE;

  stage->name = g_intern_string (name);
  dial_sandbox_world_stamp (self->world, &stage->stamp, stage->stamp.updated_at);
  return TRUE;
}

gboolean
dial_sandbox_jobs_set_active (DialSandboxJobs *self,
                              gint64           id,
                              gboolean         active)
{
  DialSandboxStage *stage = find_stage (self, id);

  if (stage == NULL)
    return FALSE;

  stage->active = active;
  dial_sandbox_world_stamp (self->world, &stage->stamp, stage->stamp.updated_at);
  return TRUE;
}
