#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SYNC_ROW (dial_sync_row_get_type ())
G_DECLARE_FINAL_TYPE (DialSyncRow, dial_sync_row, DIAL, SYNC_ROW, AdwActionRow)

/**
 * DialSyncRow:
 *
 * How far an integration's sync is, and a button to pause it or go on with it.
 */
void dial_sync_row_set_integration (DialSyncRow     *self,
                                    DialIntegration *integration);

G_END_DECLS
