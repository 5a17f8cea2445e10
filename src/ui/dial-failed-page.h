#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_FAILED_PAGE (dial_failed_page_get_type ())
G_DECLARE_FINAL_TYPE (DialFailedPage, dial_failed_page, DIAL, FAILED_PAGE, GtkWidget)

/**
 * DialFailedPage:
 *
 * All there is in a window whose desk could not be opened: why.
 */

GtkWidget *dial_failed_page_new (const char *sentence);

G_END_DECLS
