#pragma once

#include "dial-pass-private.h"

G_BEGIN_DECLS

#define DIAL_TYPE_KEY (dial_key_get_type ())
G_DECLARE_FINAL_TYPE (DialKey, dial_key, DIAL, KEY, GObject)

DialPass *dial_key_new (const char *key);

G_END_DECLS
