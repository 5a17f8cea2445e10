#pragma once

#include "dial-sandbox-world.h"

G_BEGIN_DECLS

/**
 * DialSandboxJob:
 *
 * A job as it is now. Times are microseconds since 1970, 0 for `null`.
 */
typedef struct {
  gint64            id;
  const char       *name;
  const char       *status; /* open, draft, closed */
  gboolean          confidential;
  gint64            created_at;
  gint64            opened_at;
  gint64            closed_at;
  DialSandboxStamp  stamp;
} DialSandboxJob;

/**
 * DialSandboxStage:
 *
 * A stage of a job as it is now.
 */
typedef struct {
  gint64            id;
  gint64            job_id;
  const char       *name;
  guint             sort_order;
  gboolean          active;
  gint64            created_at;
  DialSandboxStamp  stamp;
} DialSandboxStage;

/**
 * DialSandboxJobs:
 *
 * The jobs and their stages: as invented, but for what a test changed. Rows are in the order of ids,
 * and those that are added come last. The first jobs have %DIAL_SANDBOX_N_STAGES stages each, in
 * their order.
 */
typedef struct _DialSandboxJobs DialSandboxJobs;

DialSandboxJobs        *dial_sandbox_jobs_new            (DialSandboxWorld *world);
void                    dial_sandbox_jobs_free           (DialSandboxJobs  *self);
guint                   dial_sandbox_jobs_get_n_invented (DialSandboxJobs  *self);
guint                   dial_sandbox_jobs_get_n_jobs     (DialSandboxJobs  *self);
guint                   dial_sandbox_jobs_get_n_stages   (DialSandboxJobs  *self);
const DialSandboxJob   *dial_sandbox_jobs_get            (DialSandboxJobs  *self,
                                                          guint             row);
const DialSandboxJob   *dial_sandbox_jobs_find           (DialSandboxJobs  *self,
                                                          gint64            id);
const DialSandboxStage *dial_sandbox_jobs_get_stage      (DialSandboxJobs  *self,
                                                          guint             row);
const DialSandboxStage *dial_sandbox_jobs_find_stage     (DialSandboxJobs  *self,
                                                          gint64            id);
const DialSandboxStage *dial_sandbox_jobs_first_stage    (DialSandboxJobs  *self,
                                                          gint64            job_id);
const char             *dial_sandbox_jobs_get_name       (DialSandboxJobs  *self,
                                                          gint64            id);
gint64                  dial_sandbox_jobs_add            (DialSandboxJobs  *self,
                                                          const char       *name);
gint64                  dial_sandbox_jobs_add_stage      (DialSandboxJobs  *self,
                                                          gint64            job_id,
                                                          const char       *name);
gboolean                dial_sandbox_jobs_rename         (DialSandboxJobs  *self,
                                                          gint64            id,
                                                          const char       *name);
gboolean                dial_sandbox_jobs_set_status     (DialSandboxJobs  *self,
                                                          gint64            id,
                                                          const char       *status);
gboolean                dial_sandbox_jobs_rename_stage   (DialSandboxJobs  *self,
                                                          gint64            id,
                                                          const char       *name);
gboolean                dial_sandbox_jobs_set_active     (DialSandboxJobs  *self,
                                                          gint64            id,
                                                          gboolean          active);

G_END_DECLS
