#pragma once

#include "dial-sandbox-jobs.h"

G_BEGIN_DECLS

/**
 * DialSandboxApplication:
 *
 * An application as it is now.
 */
typedef struct {
  gint64      id;
  gint64      candidate_id;
  gint64      job_id;       /* 0 for a prospect */
  gint64      prospective_job_id;
  gint64      stage_id;
  const char *stage_name;
  const char *status;       /* as read: in_process, rejected, hired, converted */
  gint64      recruiter_id;
  gint64      coordinator_id;
  gint64      source_id;
  gint64      created_at;
  gint64      updated_at;
  gint64      listed_at;    /* what a filter by updated_at goes by */
  gint64      rejected_at;
  gboolean    prospect;
} DialSandboxApplication;

/**
 * DialSandboxApplications:
 *
 * The applications. A row is a candidate's row times %DIAL_SANDBOX_SLOTS plus a slot, of which not
 * every one is used; those that were added come after all of these.
 */
typedef struct _DialSandboxApplications DialSandboxApplications;

DialSandboxApplications *dial_sandbox_applications_new               (DialSandboxWorld        *world,
                                                                      DialSandboxJobs         *jobs);
void                     dial_sandbox_applications_free              (DialSandboxApplications *self);
guint64                  dial_sandbox_applications_get_n_rows        (DialSandboxApplications *self);
gint64                   dial_sandbox_applications_get_id            (DialSandboxApplications *self,
                                                                      guint64                  row);
gboolean                 dial_sandbox_applications_get               (DialSandboxApplications *self,
                                                                      guint64                  row,
                                                                      DialSandboxApplication  *application);
gboolean                 dial_sandbox_applications_find              (DialSandboxApplications *self,
                                                                      gint64                   id,
                                                                      guint64                 *row);
gint64                   dial_sandbox_applications_invent_created_at (DialSandboxApplications *self,
                                                                      guint64                  row);
gboolean                 dial_sandbox_applications_is_touched        (DialSandboxApplications *self,
                                                                      guint64                  row);
GArray                  *dial_sandbox_applications_get_touched       (DialSandboxApplications *self);
GArray                  *dial_sandbox_applications_gather            (DialSandboxApplications *self,
                                                                      GArray                  *candidates);
gint64                   dial_sandbox_applications_get_changed_at    (DialSandboxApplications *self,
                                                                      guint64                  candidate);
void                     dial_sandbox_applications_add_owners        (DialSandboxApplications *self,
                                                                      GArray                  *candidates);
void                     dial_sandbox_applications_write             (DialSandboxApplications *self,
                                                                      guint64                  row,
                                                                      DialSandboxRecord       *record);
gint64                   dial_sandbox_applications_add               (DialSandboxApplications *self,
                                                                      gint64                   candidate_id,
                                                                      gint64                   job_id);
gboolean                 dial_sandbox_applications_move              (DialSandboxApplications *self,
                                                                      gint64                   id,
                                                                      gint64                   stage_id);
gboolean                 dial_sandbox_applications_decide            (DialSandboxApplications *self,
                                                                      gint64                   id,
                                                                      const char              *status);
gboolean                 dial_sandbox_applications_assign            (DialSandboxApplications *self,
                                                                      gint64                   id,
                                                                      gint64                   recruiter_id,
                                                                      gint64                   coordinator_id);
gboolean                 dial_sandbox_applications_delete            (DialSandboxApplications *self,
                                                                      gint64                   id);
void                     dial_sandbox_applications_go_with           (DialSandboxApplications *self,
                                                                      guint64                  candidate);

G_END_DECLS
