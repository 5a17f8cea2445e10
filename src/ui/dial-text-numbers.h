#pragma once

#include <gtk/gtk.h>

#include "dial-desk-texts.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEXT_NUMBERS (dial_text_numbers_get_type ())
G_DECLARE_FINAL_TYPE (DialTextNumbers, dial_text_numbers, DIAL, TEXT_NUMBERS, GtkWidget)

/**
 * DialTextNumbers:
 *
 * To which of a candidate's numbers a text goes, from which number, and whether that person asked for none.
 *
 * Signals: `chosen`: the recruiter chose another number; `changed`: something else is known of them; `failed`
 * (sentence): what was asked could not be kept.
 */
void             dial_text_numbers_begin         (DialTextNumbers *self,
                                                  DialDesk        *desk,
                                                  DialIntegration *integration,
                                                  DialCandidate   *candidate);
void             dial_text_numbers_end           (DialTextNumbers *self);
void             dial_text_numbers_look_again    (DialTextNumbers *self);
void             dial_text_numbers_choose_number (DialTextNumbers *self,
                                                  const char      *e164);
void             dial_text_numbers_choose_sender (DialTextNumbers *self,
                                                  const char      *e164);
DialPhoneNumber *dial_text_numbers_get_number    (DialTextNumbers *self);
DialTextSender  *dial_text_numbers_get_sender    (DialTextNumbers *self);
gboolean         dial_text_numbers_has_senders   (DialTextNumbers *self);
gboolean         dial_text_numbers_may_send      (DialTextNumbers *self);
const char      *dial_text_numbers_get_obstacle  (DialTextNumbers *self);

G_END_DECLS
