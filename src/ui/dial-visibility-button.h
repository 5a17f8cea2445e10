#pragma once

#include <gtk/gtk.h>

#include "dial-types.h"

G_BEGIN_DECLS

#define DIAL_TYPE_VISIBILITY_BUTTON (dial_visibility_button_get_type ())
G_DECLARE_FINAL_TYPE (DialVisibilityButton, dial_visibility_button, DIAL, VISIBILITY_BUTTON, GtkWidget)

/**
 * DialVisibilityButton:
 *
 * Says, and lets the recruiter choose, who may read a note in Greenhouse.
 *
 * Properties: `visibility` ([enum@Visibility]), `may-be-public` (boolean; where it is false, public
 * is not offered, and what would be public becomes private).
 */
DialVisibility dial_visibility_button_get_visibility    (DialVisibilityButton *self);
void           dial_visibility_button_set_visibility    (DialVisibilityButton *self,
                                                         DialVisibility        visibility);
void           dial_visibility_button_set_may_be_public (DialVisibilityButton *self,
                                                         gboolean              may_be_public);

G_END_DECLS
