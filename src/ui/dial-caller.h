#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"
#include "dial-history.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALLER (dial_caller_get_type ())
G_DECLARE_FINAL_TYPE (DialCaller, dial_caller, DIAL, CALLER, GObject)

/**
 * DialCaller:
 *
 * The way from the click to the phone: what speaks against the call is asked about first, and a call
 * that is still at the desk is ended and wrapped up before the next.
 *
 * Signals: `called`: the phone has taken the call. Errors are told by the action `win.say`.
 */
DialCaller *dial_caller_new  (GtkWidget        *widget,
                              DialDesk         *desk);
void        dial_caller_call (DialCaller       *self,
                              DialIntegration  *integration,
                              DialCandidate    *candidate,
                              DialPhoneNumber  *number,
                              DialHistoryEntry *contact);

G_END_DECLS
