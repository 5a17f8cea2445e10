#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_REMOVE_WINDOW (dial_remove_window_get_type ())
G_DECLARE_FINAL_TYPE (DialRemoveWindow, dial_remove_window, DIAL, REMOVE_WINDOW, AdwWindow)

/**
 * DialRemoveWindow:
 *
 * Says what goes with an integration and which notes are still unsent, and removes it once DELETE was
 * typed.
 *
 * Signals: `removed`: it is gone; the window closes by itself.
 */
GtkWindow *dial_remove_window_new (GtkWindow       *parent,
                                   DialDesk        *desk,
                                   DialIntegration *integration);

G_END_DECLS
