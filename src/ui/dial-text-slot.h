#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEXT_SLOT (dial_text_slot_get_type ())
G_DECLARE_FINAL_TYPE (DialTextSlot, dial_text_slot, DIAL, TEXT_SLOT, GtkWidget)

/**
 * DialTextSlot:
 *
 * The place of a text message on a candidate's page. Nothing is there until one is written.
 *
 * Signal: `done`: the message is sent or given up, and the slot empty again.
 */
void     dial_text_slot_open            (DialTextSlot    *self,
                                         DialDesk        *desk,
                                         DialIntegration *integration,
                                         DialCandidate   *candidate,
                                         DialPhoneNumber *number,
                                         gint64           text_id);
void     dial_text_slot_close           (DialTextSlot    *self);
gboolean dial_text_slot_popup_templates (DialTextSlot    *self);

G_END_DECLS
