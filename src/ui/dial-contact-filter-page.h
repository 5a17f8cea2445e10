#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CONTACT_FILTER_PAGE (dial_contact_filter_page_get_type ())
G_DECLARE_FINAL_TYPE (DialContactFilterPage, dial_contact_filter_page, DIAL, CONTACT_FILTER_PAGE, GtkBox)

/**
 * DialContactFilterPage:
 *
 * The jobs, or the stages, whose candidates become contacts: ticked from those there are.
 */
GtkWidget *dial_contact_filter_page_new (DialIntegration *integration,
                                         const char      *key,
                                         DialFacet        facet,
                                         const char      *title);

G_END_DECLS
