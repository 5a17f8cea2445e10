#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_FILTER_POPOVER (dial_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (DialFilterPopover, dial_filter_popover, DIAL, FILTER_POPOVER, GtkPopover)

/**
 * DialFilterPopover:
 *
 * What one may filter by, with how many candidates each filter would leave.
 */
GtkWidget *dial_filter_popover_new (DialFinder    *finder,
                                    DialCompanies *companies);

G_END_DECLS
