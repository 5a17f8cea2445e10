#pragma once

#include "dial-cloudtalk.h"

G_BEGIN_DECLS

GBytes *dial_contact_write_changes (GPtrArray         *changes);
GBytes *dial_contact_write_tags    (const char *const *tags);

G_END_DECLS
