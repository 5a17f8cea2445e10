#pragma once

#include <json-glib/json-glib.h>

#include "dial-greenhouse.h"

G_BEGIN_DECLS

/* What both dialects spell alike. */

/* Reads one element of a list; NULL for what is no such record. Whatever comes along with it goes
 * to @page. */
typedef GObject *(*DialReader) (JsonObject         *object,
                                gint64              id,
                                DialGreenhousePage *page);

DialGreenhousePage *dial_parse_list            (GBytes             *bytes,
                                                DialReader          reader,
                                                GError            **error);
DialGreenhousePage *dial_parse_ids             (GBytes             *bytes,
                                                GError            **error);
GPtrArray          *dial_parse_array           (JsonArray          *array,
                                                DialReader          reader,
                                                DialGreenhousePage *page);
GObject            *dial_parse_record          (JsonNode           *node,
                                                DialReader          reader,
                                                DialGreenhousePage *page);
DialCandidate      *dial_parse_candidate       (JsonObject         *object,
                                                gint64              id);
DialUser           *dial_parse_user            (JsonObject         *object,
                                                gint64              id,
                                                const char         *primary_email);
DialVisibility      dial_parse_visibility      (JsonObject         *object,
                                                const char         *member);
const char         *dial_visibility_as_written (DialVisibility      visibility);
GBytes             *dial_json_builder_to_bytes (JsonBuilder        *builder);

G_END_DECLS
