#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_WINDOW (dial_window_get_type ())
G_DECLARE_FINAL_TYPE (DialWindow, dial_window, DIAL, WINDOW, AdwApplicationWindow)

/**
 * DialWindow:
 *
 * The window on one desk: candidates on the left, the chosen one in the middle, the note on the
 * right, and the call below them all.
 *
 * Properties: `desk` ([class@Desk]), `sandbox` (boolean: nothing here is real), `settings` (nullable
 * GSettings: where its size is kept).
 *
 * Signals: `ready`, once: the desk is open, or cannot be opened, and the first candidates stand in the list.
 */
DialWindow *dial_window_new    (GtkApplication *application,
                                DialDesk       *desk,
                                GSettings      *settings,
                                gboolean        sandbox);
void        dial_window_opened (DialWindow     *self,
                                const GError   *error);
gboolean    dial_window_show_call (DialWindow  *self,
                                   const char  *uid,
                                   gboolean     answer);

G_END_DECLS
