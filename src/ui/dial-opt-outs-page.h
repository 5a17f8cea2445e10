#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OPT_OUTS_PAGE (dial_opt_outs_page_get_type ())
G_DECLARE_FINAL_TYPE (DialOptOutsPage, dial_opt_outs_page, DIAL, OPT_OUTS_PAGE, GtkBox)

/**
 * DialOptOutsPage:
 *
 * A page of the settings: the numbers whose people asked not to get text messages.
 */
GtkWidget *dial_opt_outs_page_new (DialIntegration *integration);

G_END_DECLS
