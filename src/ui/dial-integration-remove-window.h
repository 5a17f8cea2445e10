#pragma once

#include "dial-desk.h"
#include "dial-remove-window.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_REMOVE_WINDOW (dial_integration_remove_window_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationRemoveWindow, dial_integration_remove_window, DIAL, INTEGRATION_REMOVE_WINDOW,
                      DialRemoveWindow)

/**
 * DialIntegrationRemoveWindow:
 *
 * Deletes an integration, after saying what goes with it and which notes are still unsent, and by a word that is typed.
 */
GtkWindow *dial_integration_remove_window_new (GtkWindow       *parent,
                                               DialDesk        *desk,
                                               DialIntegration *integration);

G_END_DECLS
