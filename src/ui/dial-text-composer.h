#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEXT_COMPOSER (dial_text_composer_get_type ())
G_DECLARE_FINAL_TYPE (DialTextComposer, dial_text_composer, DIAL, TEXT_COMPOSER, GtkWidget)

/**
 * DialTextComposer:
 *
 * Where a text message to a candidate is written and sent.
 *
 * Signal: `done`: it is not needed any more.
 */
void     dial_text_composer_begin (DialTextComposer *self,
                                   DialDesk         *desk,
                                   DialIntegration  *integration,
                                   DialCandidate    *candidate,
                                   DialPhoneNumber  *number,
                                   gint64            text_id);
void     dial_text_composer_end   (DialTextComposer *self);
void     dial_text_composer_focus (DialTextComposer *self);
void     dial_text_composer_popup_templates (DialTextComposer *self);

G_END_DECLS
