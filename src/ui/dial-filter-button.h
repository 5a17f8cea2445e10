#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_FILTER_BUTTON (dial_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (DialFilterButton, dial_filter_button, DIAL, FILTER_BUTTON, GtkWidget)

/**
 * DialFilterButton:
 *
 * Opens what one may filter by, with how many candidates each filter would leave.
 */
void dial_filter_button_set_finder (DialFilterButton *self,
                                    DialFinder       *finder,
                                    DialCompanies    *companies);
void dial_filter_button_popup      (DialFilterButton *self);

G_END_DECLS
