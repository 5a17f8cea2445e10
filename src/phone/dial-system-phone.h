#pragma once

#include "dial-phone.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SYSTEM_PHONE (dial_system_phone_get_type ())
G_DECLARE_FINAL_TYPE (DialSystemPhone, dial_system_phone, DIAL, SYSTEM_PHONE, GObject)

/**
 * DialSystemPhone:
 *
 * Hands `tel:` links to the desktop's handler. Where that is GNOME Calls, its call is watched on
 * the session bus; otherwise the recruiter tells when it began and ended.
 */
DialPhone *dial_system_phone_new (void);

G_END_DECLS
