#pragma once

#include <adwaita.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALLS_WINDOW (dial_calls_window_get_type ())
G_DECLARE_FINAL_TYPE (DialCallsWindow, dial_calls_window, DIAL, CALLS_WINDOW, AdwWindow)

/**
 * DialCallsWindow:
 *
 * All calls of this desk, and what is still to be done about them. It does with people what the window it belongs to
 * does: `win.show-candidate` and `win.call-candidate`, both with the integration's id and the candidate's.
 *
 * Property: `filter` ([enum@CallFilter]).
 */
GtkWindow *dial_calls_window_new        (GtkWindow       *parent,
                                         DialCompanies   *companies);
void       dial_calls_window_set_filter (DialCallsWindow *self,
                                         DialCallFilter   filter);

G_END_DECLS
