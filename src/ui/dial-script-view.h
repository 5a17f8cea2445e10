#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_SCRIPT_VIEW (dial_script_view_get_type ())
G_DECLARE_FINAL_TYPE (DialScriptView, dial_script_view, DIAL, SCRIPT_VIEW, GtkWidget)

/**
 * DialScriptView:
 *
 * A script to be read while talking; no part of any note.
 */
void     dial_script_view_show     (DialScriptView *self,
                                    const char     *name,
                                    const char     *text);
gboolean dial_script_view_is_shown (DialScriptView *self);
void     dial_script_view_close    (DialScriptView *self);

G_END_DECLS
