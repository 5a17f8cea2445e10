#pragma once

#include "dial-sandbox-world.h"

G_BEGIN_DECLS

/**
 * DialSandboxApplication:
 *
 * An application as invented. A row is a candidate's row times %DIAL_SANDBOX_SLOTS plus a slot; not
 * every slot is used.
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
  gint64      rejected_at;
  gboolean    prospect;
} DialSandboxApplication;

/**
 * DialSandboxRemark:
 *
 * A colleague's note from before, as invented. Rows as for applications.
 */
typedef struct {
  gint64      id;
  gint64      candidate_id;
  gint64      user_id;      /* 0 where nobody knows any more */
  const char *type;
  const char *visibility;   /* as read; may be NULL */
  const char *body;
  const char *subject;
  gint64      created_at;
} DialSandboxRemark;

gint64      dial_sandbox_job_id             (guint                   job);
const char *dial_sandbox_job_name           (gint64                  id);
gint64      dial_sandbox_stage_id           (guint                   job,
                                             guint                   stage);
gint64      dial_sandbox_tag_id             (guint                   tag);
gint64      dial_sandbox_application_id     (DialSandboxWorld       *world,
                                             guint64                 row);
gboolean    dial_sandbox_application_invent (DialSandboxApplication *self,
                                             DialSandboxWorld       *world,
                                             guint64                 row);
gboolean    dial_sandbox_application_find   (DialSandboxApplication *self,
                                             DialSandboxWorld       *world,
                                             gint64                  id);
void        dial_sandbox_application_write  (DialSandboxWorld       *world,
                                             guint64                 row,
                                             DialSandboxRecord      *record);
gint64      dial_sandbox_remark_id          (DialSandboxWorld       *world,
                                             guint64                 row);
gboolean    dial_sandbox_remark_invent      (DialSandboxRemark      *self,
                                             DialSandboxWorld       *world,
                                             guint64                 row);

G_END_DECLS
