#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SAVED_BUTTON (dial_saved_button_get_type ())
G_DECLARE_FINAL_TYPE (DialSavedButton, dial_saved_button, DIAL, SAVED_BUTTON, GtkWidget)

/**
 * DialSavedButton:
 *
 * Opens the saved searches: to look again, to rename, to bring up to date, to delete; and saves the present one.
 *
 * Signal: `opened`: the finder looks for what was saved.
 */
void dial_saved_button_set_finder (DialSavedButton *self,
                                   DialFinder      *finder,
                                   DialCompanies   *companies);
void dial_saved_button_popup      (DialSavedButton *self);

G_END_DECLS
