#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_OPENING_PAGE (dial_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (DialOpeningPage, dial_opening_page, DIAL, OPENING_PAGE, GtkWidget)

/**
 * DialOpeningPage:
 *
 * What a window shows whose desk takes long to open.
 */

G_END_DECLS
