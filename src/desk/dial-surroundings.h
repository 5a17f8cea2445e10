#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIAL_TYPE_SURROUNDINGS (dial_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (DialSurroundings, dial_surroundings, DIAL, SURROUNDINGS, GObject)

DialSurroundings *dial_surroundings_new           (void);
gboolean          dial_surroundings_is_on_battery (DialSurroundings *self);

G_END_DECLS
