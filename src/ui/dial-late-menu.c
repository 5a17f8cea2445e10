#include "config.h"

#include "dial-late-menu.h"

static void
make_menu (GtkMenuButton *button,
           gpointer       menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * dial_late_menu_set:
 * @button: a menu button
 * @menu: what it opens
 *
 * Gives a button a menu, whose forty widgets are made when it is opened first: most never are, and the window
 * is there sooner without them.
 */
void
dial_late_menu_set (GtkMenuButton *button,
                    GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_menu_model (button, NULL);
  gtk_menu_button_set_create_popup_func (button, make_menu, g_object_ref (menu), g_object_unref);
}
