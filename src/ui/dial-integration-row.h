#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_ROW (dial_integration_row_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationRow, dial_integration_row, DIAL, INTEGRATION_ROW, AdwPreferencesRow)

/**
 * DialIntegrationRow:
 *
 * An integration in the list of them: which one it is, and how it is.
 */
GtkWidget       *dial_integration_row_new             (DialIntegration    *integration);
DialIntegration *dial_integration_row_get_integration (DialIntegrationRow *self);

G_END_DECLS
