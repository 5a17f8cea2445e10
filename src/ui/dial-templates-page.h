#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEMPLATES_PAGE (dial_templates_page_get_type ())
G_DECLARE_FINAL_TYPE (DialTemplatesPage, dial_templates_page, DIAL, TEMPLATES_PAGE, GtkBox)

/**
 * DialTemplatesPage:
 *
 * The templates and scripts of an integration.
 *
 * Signals: `go (GtkWidget *page)`: a page is to be shown above this one.
 */
GtkWidget *dial_templates_page_new (DialIntegration *integration);

G_END_DECLS
