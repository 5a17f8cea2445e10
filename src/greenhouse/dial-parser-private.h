#pragma once

#include "dial-greenhouse.h"
#include "dial-json.h"

G_BEGIN_DECLS

/* What both dialects spell alike. */

/* Reads one element of a list; NULL for what is no such record. Whatever comes along with it goes
 * to @page. */
typedef GObject *(*DialReader) (DialJsonValue       object,
                                gint64              id,
                                DialGreenhousePage *page);

DialJson           *dial_parse_json            (GBytes             *bytes,
                                                GError            **error);
DialGreenhousePage *dial_parse_list            (GBytes             *bytes,
                                                DialReader          reader,
                                                GError            **error);
void                dial_parse_dates           (DialJsonValue       array,
                                                DialGreenhousePage *page);
DialGreenhousePage *dial_parse_ids             (GBytes             *bytes,
                                                GError            **error);
GPtrArray          *dial_parse_array           (DialJsonValue       array,
                                                DialReader          reader,
                                                DialGreenhousePage *page);
GObject            *dial_parse_record          (DialJsonValue       value,
                                                DialReader          reader,
                                                DialGreenhousePage *page);
DialCandidate      *dial_parse_candidate       (DialJsonValue       object,
                                                gint64              id);
DialUser           *dial_parse_user            (DialJsonValue       object,
                                                gint64              id,
                                                const char         *primary_email);
DialVisibility      dial_parse_visibility      (DialJsonValue       object,
                                                const char         *member);
const char         *dial_visibility_as_written (DialVisibility      visibility);

G_END_DECLS
