#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_UNSENT_GROUP (dial_unsent_group_get_type ())
G_DECLARE_FINAL_TYPE (DialUnsentGroup, dial_unsent_group, DIAL, UNSENT_GROUP, GtkWidget)

/**
 * DialUnsentGroup:
 *
 * The notes of an integration that are not in Greenhouse yet, and a button that sends them. Not to be
 * seen where there are none.
 */
void dial_unsent_group_set_integration (DialUnsentGroup *self,
                                        DialIntegration *integration);

G_END_DECLS
