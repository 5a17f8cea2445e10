#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CONNECT_WINDOW (dial_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (DialConnectWindow, dial_connect_window, DIAL, CONNECT_WINDOW, AdwWindow)

/**
 * DialConnectWindow:
 *
 * The form that connects a Greenhouse, or gives an integration new credentials: asks, checks, says
 * what is wrong and where, and then whether to switch it on.
 *
 * Signals: `connected (DialIntegration *integration)`: there is a new integration, switched on or not,
 * or one has new credentials.
 */
GtkWindow *dial_connect_window_new       (GtkWindow       *parent,
                                          DialDesk        *desk);
GtkWindow *dial_connect_window_new_renew (GtkWindow       *parent,
                                          DialDesk        *desk,
                                          DialIntegration *integration);

G_END_DECLS
