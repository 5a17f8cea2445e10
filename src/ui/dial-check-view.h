#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CHECK_VIEW (dial_check_view_get_type ())
G_DECLARE_FINAL_TYPE (DialCheckView, dial_check_view, DIAL, CHECK_VIEW, GtkWidget)

/**
 * DialCheckView:
 *
 * What an integration's credentials may do: the last check's outcome, one row a permission, and the
 * button that checks again. An integration that was never checked is checked once it is looked at.
 *
 * Uses the action `settings.toast` of a window around it.
 */
void dial_check_view_set_integration (DialCheckView   *self,
                                      DialIntegration *integration);

G_END_DECLS
