#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SETTINGS_WINDOW (dial_settings_window_get_type ())
G_DECLARE_FINAL_TYPE (DialSettingsWindow, dial_settings_window, DIAL, SETTINGS_WINDOW, AdwWindow)

/**
 * DialSettingsWindow:
 *
 * The integrations of a desk: the list, and a page for each, where an admin checks it, switches it on,
 * and removes it.
 */
GtkWindow *dial_settings_window_new              (GtkWindow          *parent,
                                                  DialDesk           *desk);
void       dial_settings_window_show_integration (DialSettingsWindow *self,
                                                  DialIntegration    *integration);
void       dial_settings_window_show_templates   (DialSettingsWindow *self,
                                                  DialIntegration    *integration);

G_END_DECLS
