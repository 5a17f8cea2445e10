#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_PAGE (dial_integration_page_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationPage, dial_integration_page, DIAL, INTEGRATION_PAGE, GtkBox)

/**
 * DialIntegrationPage:
 *
 * Everything that can be set of one integration.
 *
 * Signals: `go (GtkWidget *page)`: a page below this one is wanted.
 */
GtkWidget       *dial_integration_page_new             (DialDesk            *desk,
                                                        DialIntegration     *integration);
DialIntegration *dial_integration_page_get_integration (DialIntegrationPage *self);

G_END_DECLS
