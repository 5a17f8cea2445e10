#pragma once

#include "dial-desk.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIAL_TYPE_CALL_NOTICE (dial_call_notice_get_type ())
G_DECLARE_FINAL_TYPE (DialCallNotice, dial_call_notice, DIAL, CALL_NOTICE, GObject)

/**
 * DialCallNotice:
 *
 * Tells on the desktop who calls, and whose call was missed. The notifications lead to the actions
 * `app.show-call` and `app.answer-call`, with the call's uid.
 *
 * Signals: `show (call, integration)`: the recruiter wants to see whom the call is with; `waiting (call)`:
 * somebody calls while the desk is not free; `missed (call)`.
 */
DialCallNotice *dial_call_notice_new    (GApplication   *application,
                                         DialDesk       *desk);
gboolean        dial_call_notice_show   (DialCallNotice *self,
                                         const char     *uid);
gboolean        dial_call_notice_answer (DialCallNotice *self,
                                         const char     *uid);

G_END_DECLS
