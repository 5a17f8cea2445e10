#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_LIST (dial_integration_list_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationList, dial_integration_list, DIAL, INTEGRATION_LIST, GtkBox)

/**
 * DialIntegrationList:
 *
 * The first page of the settings: all integrations and phone accounts, and the way to add one.
 *
 * Uses the actions `settings.add-greenhouse` and `settings.add-cloudtalk` of a window around it.
 *
 * Signals: `opened (DialIntegration *integration)`, `account-opened (DialCloudtalkAccount *account)`: a row was
 * activated.
 */
void dial_integration_list_set_desk (DialIntegrationList *self,
                                     DialDesk            *desk);

G_END_DECLS
