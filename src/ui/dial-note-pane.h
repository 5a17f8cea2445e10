#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_NOTE_PANE (dial_note_pane_get_type ())
G_DECLARE_FINAL_TYPE (DialNotePane, dial_note_pane, DIAL, NOTE_PANE, GtkWidget)

/**
 * DialNotePane:
 *
 * What the recruiter writes about the candidate shown: a note while there is none or while the call
 * runs, the wrap-up once it has ended.
 *
 * Signals: `show-candidate (gint64 candidate_id)`: the recruiter wants to see whom the call is with.
 */
void dial_note_pane_set_companies   (DialNotePane     *self,
                                     DialCompanies    *companies);
void dial_note_pane_show            (DialNotePane     *self,
                                     DialIntegration  *integration,
                                     DialCandidate    *candidate);
void dial_note_pane_focus           (DialNotePane     *self);
void dial_note_pane_popup_templates (DialNotePane     *self,
                                     DialTemplateKind  kind);
void dial_note_pane_toggle_tag      (DialNotePane     *self,
                                     guint             index);

G_END_DECLS
