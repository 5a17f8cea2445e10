#pragma once

#include "dial-sandbox-world.h"

G_BEGIN_DECLS

/**
 * DialSandboxRemark:
 *
 * A colleague's note from before, as invented. A row is a candidate's row times
 * %DIAL_SANDBOX_SLOTS plus a slot; not every slot is used.
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

gint64   dial_sandbox_tag_id        (guint              tag);
gint64   dial_sandbox_remark_id     (DialSandboxWorld  *world,
                                     guint64            row);
gboolean dial_sandbox_remark_invent (DialSandboxRemark *self,
                                     DialSandboxWorld  *world,
                                     guint64            row);

G_END_DECLS
