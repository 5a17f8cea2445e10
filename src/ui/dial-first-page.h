#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_FIRST_PAGE (dial_first_page_get_type ())
G_DECLARE_FINAL_TYPE (DialFirstPage, dial_first_page, DIAL, FIRST_PAGE, GtkWidget)

/**
 * DialFirstPage:
 *
 * The first start: two ways in, by the actions `win.connect` and `app.try-out`.
 */

G_END_DECLS
