#pragma once

#include "dial-companies.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_OFF_PAGE (dial_off_page_get_type ())
G_DECLARE_FINAL_TYPE (DialOffPage, dial_off_page, DIAL, OFF_PAGE, GtkWidget)

/**
 * DialOffPage:
 *
 * Nothing that is looked at is switched on: says so, and leads on from there by the actions `win.switch-on`,
 * `win.show-integration` and `win.settings`.
 */

GtkWidget *dial_off_page_new  (GMenuModel    *menu);
void       dial_off_page_show (DialOffPage   *self,
                               DialCompanies *companies);

G_END_DECLS
