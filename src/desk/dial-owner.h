#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OWNER (dial_owner_get_type ())
G_DECLARE_FINAL_TYPE (DialOwner, dial_owner, DIAL, OWNER, GObject)

/**
 * DialOwner:
 *
 * A candidate whose number it is: the person, and whose candidate.
 */
DialOwner       *dial_owner_new             (DialIntegration *integration,
                                             DialCandidate   *candidate);
DialIntegration *dial_owner_get_integration (DialOwner       *self);
DialCandidate   *dial_owner_get_candidate   (DialOwner       *self);

G_END_DECLS
