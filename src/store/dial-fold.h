#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writing any text in plain small Latin letters, so that what a person can type finds it. */
char      *dial_fold_text       (const char *text);
char      *dial_fold_first_word (const char *text);
char      *dial_fold_key        (const char *text);
GPtrArray *dial_fold_query      (const char *text);
void       dial_fold_digits     (const char *text,
                                 GString    *digits);

G_END_DECLS
