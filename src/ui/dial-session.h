#pragma once

#include "dial-window.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SESSION (dial_session_get_type ())
G_DECLARE_FINAL_TYPE (DialSession, dial_session, DIAL, SESSION, GObject)

/**
 * DialSession:
 *
 * One desk and its window, from opening to closing: the recruiter's own, or the sandbox's, which
 * brings its own Greenhouse along.
 *
 * Signals: `closed`: everything that was pending is written, and the window is gone.
 */
DialSession *dial_session_new          (GtkApplication *application,
                                        const char     *profile,
                                        GSettings      *settings,
                                        gboolean        sandbox);
void         dial_session_present      (DialSession    *self);
void         dial_session_show_outbox  (DialSession    *self);
void         dial_session_ask_to_close (DialSession    *self);
void         dial_session_close        (DialSession    *self);
gboolean     dial_session_show_call    (DialSession    *self,
                                        const char     *uid,
                                        gboolean        answer);

G_END_DECLS
