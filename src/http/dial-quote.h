#pragma once

#include "dial-json.h"

G_BEGIN_DECLS

/* A service's own words, to be shown in a sentence of ours. */

void      dial_quote_append  (GString       *words,
                              DialJsonValue  value);
gboolean  dial_quote_repeats (const GString *words,
                              const char    *secret);
char     *dial_quote_finish  (GString       *words);

G_END_DECLS
