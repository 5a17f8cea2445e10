#pragma once

#include <gtk/gtk.h>

#include "dial-note-fields.h"

G_BEGIN_DECLS

#define DIAL_TYPE_FIELDS_BUTTON (dial_fields_button_get_type ())
G_DECLARE_FINAL_TYPE (DialFieldsButton, dial_fields_button, DIAL, FIELDS_BUTTON, GtkWidget)

/**
 * DialFieldsButton:
 *
 * Lets the recruiter choose what a note tells of a call.
 *
 * Properties: `fields` ([flags@NoteFields]).
 */
DialNoteFields dial_fields_button_get_fields (DialFieldsButton *self);
void           dial_fields_button_set_fields (DialFieldsButton *self,
                                              DialNoteFields    fields);

G_END_DECLS
