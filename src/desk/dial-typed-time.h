#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times of day and lengths as people type them. */
gboolean dial_typed_time_parse        (const char *text,
                                       int        *hour,
                                       int        *minute);
gboolean dial_typed_time_parse_length (const char *text,
                                       int        *seconds);

G_END_DECLS
