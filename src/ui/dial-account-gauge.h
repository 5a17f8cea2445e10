#pragma once

#include "dial-cloudtalk-account.h"
#include "dial-gauge.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_GAUGE (dial_account_gauge_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountGauge, dial_account_gauge, DIAL, ACCOUNT_GAUGE, DialGauge)

/**
 * DialAccountGauge:
 *
 * How many requests CloudTalk allows the company in this minute, and how many are used.
 */
void dial_account_gauge_set_account (DialAccountGauge     *self,
                                     DialCloudtalkAccount *account);

G_END_DECLS
