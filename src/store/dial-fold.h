#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writing any text in plain small Latin letters, so that what a person can type finds it. */
char      *dial_fold_text       (const char *text);
char      *dial_fold_first_word (const char *text);
char      *dial_fold_key        (const char *text);
GPtrArray *dial_fold_query      (const char *text);
void       dial_fold_digits     (const char *text,
                                 GString    *digits);

void       dial_fold_prepare_async  (GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean   dial_fold_prepare_finish (GAsyncResult        *result);

G_END_DECLS
