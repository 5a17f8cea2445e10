#pragma once

#include "dial-phone.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SANDBOX_PHONE (dial_sandbox_phone_get_type ())
G_DECLARE_FINAL_TYPE (DialSandboxPhone, dial_sandbox_phone, DIAL, SANDBOX_PHONE, GObject)

/**
 * DialSandboxPhone:
 *
 * A phone for trying out: rings, and is answered after a moment. Numbers ending in 1 are busy, in 2
 * ring out, in 3 reach a machine. It rings when it is told that somebody calls.
 */
DialPhone *dial_sandbox_phone_new  (guint             ring_milliseconds);
void       dial_sandbox_phone_ring (DialSandboxPhone *self,
                                    DialPhoneNumber  *number);

G_END_DECLS
