#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_AGAIN_BUTTON (dial_again_button_get_type ())
G_DECLARE_FINAL_TYPE (DialAgainButton, dial_again_button, DIAL, AGAIN_BUTTON, GtkWidget)

/**
 * DialAgainButton:
 *
 * Says, and lets the recruiter choose, on which day somebody is to be called again.
 */
const char *dial_again_button_get_day (DialAgainButton *self);
void        dial_again_button_set_day (DialAgainButton *self,
                                       const char      *day);
void        dial_again_button_popup   (DialAgainButton *self);

G_END_DECLS
