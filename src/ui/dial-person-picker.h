#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PERSON_PICKER (dial_person_picker_get_type ())
G_DECLARE_FINAL_TYPE (DialPersonPicker, dial_person_picker, DIAL, PERSON_PICKER, GtkWidget)

/**
 * DialPersonPicker:
 *
 * Finds one person among the candidates of all companies.
 *
 * Signal: `picked (DialIntegration *integration, DialCandidate *candidate)`.
 */
void dial_person_picker_begin (DialPersonPicker *self,
                               DialCompanies    *companies,
                               DialIntegration  *integration);

G_END_DECLS
