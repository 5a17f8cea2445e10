#pragma once

#include "dial-gauge.h"
#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_INTEGRATION_GAUGE (dial_integration_gauge_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegrationGauge, dial_integration_gauge, DIAL, INTEGRATION_GAUGE, DialGauge)

/**
 * DialIntegrationGauge:
 *
 * How many requests Greenhouse allows an integration, how many of them are used, and by whom.
 */
void dial_integration_gauge_set_integration (DialIntegrationGauge *self,
                                             DialIntegration      *integration);

G_END_DECLS
