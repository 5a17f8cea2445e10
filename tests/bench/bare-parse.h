#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* simdjson alone, with the same parser again and again: @text has its padding behind it. */
gboolean bare_parse        (const char *text,
                            gsize       length);
gsize    bare_parse_padding (void);

G_END_DECLS
