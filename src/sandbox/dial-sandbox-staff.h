#pragma once

#include "dial-sandbox-world.h"

G_BEGIN_DECLS

/**
 * DialSandboxStaff:
 *
 * The people who work in Greenhouse as they are now: as invented, but for what a test changed. Rows
 * are those of dial_sandbox_users.
 */
typedef struct _DialSandboxStaff DialSandboxStaff;

DialSandboxStaff      *dial_sandbox_staff_new            (DialSandboxWorld      *world);
void                   dial_sandbox_staff_free           (DialSandboxStaff      *self);
const DialSandboxUser *dial_sandbox_staff_get            (DialSandboxStaff      *self,
                                                          guint                  row);
const DialSandboxUser *dial_sandbox_staff_find           (DialSandboxStaff      *self,
                                                          gint64                 id);
gint64                 dial_sandbox_staff_get_created_at (DialSandboxStaff      *self,
                                                          guint                  row);
gint64                 dial_sandbox_staff_get_updated_at (DialSandboxStaff      *self,
                                                          guint                  row);
gint64                 dial_sandbox_staff_get_listed_at  (DialSandboxStaff      *self,
                                                          guint                  row);
gboolean               dial_sandbox_staff_change         (DialSandboxStaff      *self,
                                                          gint64                 id,
                                                          JsonObject            *fields);
gboolean               dial_sandbox_user_has_email       (const DialSandboxUser *self,
                                                          const char            *email);
char                  *dial_sandbox_user_dup_name        (const DialSandboxUser *self);

G_END_DECLS
