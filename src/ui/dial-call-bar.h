#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALL_BAR (dial_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (DialCallBar, dial_call_bar, DIAL, CALL_BAR, GtkWidget)

/**
 * DialCallBar:
 *
 * The call, on every page: who, which number, where it is, how long, and the way to end it. Gone
 * while there is no call.
 *
 * Signals: `show-candidate (gint64 candidate_id)`: the recruiter wants to see whom the call is with.
 */
void dial_call_bar_set_companies (DialCallBar   *self,
                                  DialCompanies *companies);

G_END_DECLS
