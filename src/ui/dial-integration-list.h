#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_LIST (dial_integration_list_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationList, dial_integration_list, DIAL, INTEGRATION_LIST, GtkBox)

/**
 * DialIntegrationList:
 *
 * The first page of the settings: all integrations, and the way to add one.
 *
 * Uses the action `settings.add-greenhouse` of a window around it.
 *
 * Signals: `opened (DialIntegration *integration)`: a row was activated.
 */
void dial_integration_list_set_model (DialIntegrationList *self,
                                      GListModel          *integrations);

G_END_DECLS
