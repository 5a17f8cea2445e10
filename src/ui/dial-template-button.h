#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEMPLATE_BUTTON (dial_template_button_get_type ())
G_DECLARE_FINAL_TYPE (DialTemplateButton, dial_template_button, DIAL, TEMPLATE_BUTTON, GtkWidget)

/**
 * DialTemplateButton:
 *
 * Finds a template, or a script: what suits the candidate first.
 *
 * Properties: `kind` ([enum@TemplateKind], construct only).
 *
 * Signals: `chosen (DialNoteTemplate *)`.
 */
void dial_template_button_set_candidate (DialTemplateButton *self,
                                         DialIntegration    *integration,
                                         DialCandidate      *candidate);
void dial_template_button_popup         (DialTemplateButton *self);

G_END_DECLS
