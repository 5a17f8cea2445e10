#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GBytes *dial_json_builder_to_bytes (JsonBuilder *builder);

G_END_DECLS
