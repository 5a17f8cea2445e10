#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_GAUGE (dial_gauge_get_type ())
G_DECLARE_FINAL_TYPE (DialGauge, dial_gauge, DIAL, GAUGE, AdwPreferencesRow)

/**
 * DialGauge:
 *
 * How many requests Greenhouse allows an integration, how many of them are used, and by whom.
 */
void dial_gauge_set_integration (DialGauge       *self,
                                 DialIntegration *integration);

G_END_DECLS
