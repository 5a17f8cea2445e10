#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode   *dial_json_load          (GBytes      *bytes,
                                     GError     **error);
JsonObject *dial_json_load_object   (GBytes      *bytes);
gint64      dial_json_get_id        (JsonNode    *node);
char       *dial_json_dup_text      (JsonNode    *node);
JsonNode   *dial_json_get           (JsonObject  *object,
                                     const char  *member);
gint64      dial_json_object_get_id (JsonObject  *object,
                                     const char  *member);
char       *dial_json_object_dup_text (JsonObject *object,
                                       const char  *member);
char       *dial_json_object_dup_body (JsonObject *object,
                                       const char *member);
gint64      dial_json_object_get_instant (JsonObject *object,
                                          const char  *member);
gboolean    dial_json_object_get_flag (JsonObject *object,
                                       const char  *member);
JsonArray  *dial_json_object_get_array (JsonObject *object,
                                        const char  *member);

G_END_DECLS
