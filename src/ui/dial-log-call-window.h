#pragma once

#include <adwaita.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_LOG_CALL_WINDOW (dial_log_call_window_get_type ())
G_DECLARE_FINAL_TYPE (DialLogCallWindow, dial_log_call_window, DIAL, LOG_CALL_WINDOW, AdwWindow)

/**
 * DialLogCallWindow:
 *
 * A call that is told of afterwards: one made elsewhere, or one of the call log of which no note tells. It becomes a
 * note in Greenhouse by the same words as any other call.
 */
GtkWindow *dial_log_call_window_new          (GtkWindow       *parent,
                                              DialCompanies   *companies,
                                              DialIntegration *integration,
                                              DialCandidate   *candidate);
GtkWindow *dial_log_call_window_new_for_call (GtkWindow       *parent,
                                              DialCompanies   *companies,
                                              DialIntegration *integration,
                                              DialLoggedCall  *logged);

G_END_DECLS
