#pragma once

#include "dial-desk.h"
#include "dial-cloudtalk-account.h"

G_BEGIN_DECLS

/* Looks into an account's history, slowly, for calls that were made or came in outside Dialhouse, and for what was
 * written about calls after they had ended; brings all that into the call logs, each call once. */
typedef struct _DialOutsideCalls DialOutsideCalls;

DialOutsideCalls     *dial_outside_calls_new         (DialDesk             *desk,
                                                      DialCloudtalkAccount *account);
void                  dial_outside_calls_free        (DialOutsideCalls     *self);
DialCloudtalkAccount *dial_outside_calls_get_account (DialOutsideCalls     *self);
void                  dial_outside_calls_look        (DialOutsideCalls     *self);
gboolean              dial_outside_calls_is_looking  (DialOutsideCalls     *self);

G_END_DECLS
