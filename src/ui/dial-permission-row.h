#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PERMISSION_ROW (dial_permission_row_get_type ())
G_DECLARE_FINAL_TYPE (DialPermissionRow, dial_permission_row, DIAL, PERMISSION_ROW, AdwPreferencesRow)

/**
 * DialPermissionRow:
 *
 * One permission of a credential: what it is for, whether it is there, and how to grant it.
 *
 * Uses the action `check.open-greenhouse` of a widget around it.
 */
GtkWidget *dial_permission_row_new (const DialPermission *permission);

G_END_DECLS
