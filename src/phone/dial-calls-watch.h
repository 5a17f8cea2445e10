#pragma once

#include "dial-call.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALLS_WATCH (dial_calls_watch_get_type ())
G_DECLARE_FINAL_TYPE (DialCallsWatch, dial_calls_watch, DIAL, CALLS_WATCH, GObject)

/**
 * DialCallsWatch:
 *
 * Looks over the shoulder of GNOME Calls: finds the call it was asked for by a `tel:` link among
 * its calls on the session bus, and moves a [class@Call] as it moves.
 *
 * Signal: `incoming` (a [class@Call] in state ringing): somebody calls; it is followed already.
 */
DialCallsWatch *dial_calls_watch_new      (const char     *phone_id);
void            dial_calls_watch_follow   (DialCallsWatch *self,
                                           DialCall       *call);
void            dial_calls_watch_pick_up_async (DialCallsWatch *self,
                                                DialCall       *call,
                                                GCancellable   *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer        user_data);
DialCall       *dial_calls_watch_pick_up_finish (DialCallsWatch *self,
                                                 GAsyncResult  *result,
                                                 GError       **error);
void            dial_calls_watch_unfollow (DialCallsWatch *self,
                                           DialCall       *call);
void            dial_calls_watch_hang_up  (DialCallsWatch *self,
                                           DialCall       *call);
gboolean        dial_calls_watch_can_answer (DialCallsWatch *self,
                                             DialCall     *call);
void            dial_calls_watch_answer   (DialCallsWatch *self,
                                           DialCall       *call);

G_END_DECLS
