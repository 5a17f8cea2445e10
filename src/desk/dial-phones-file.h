#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file that remembers the phones of a profile, a group a phone. It holds no secret. */
void      dial_phones_file_read_async   (const char          *path,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GKeyFile *dial_phones_file_read_finish  (GAsyncResult        *result,
                                         GError             **error);
void      dial_phones_file_write_async  (const char          *path,
                                         const char          *id,
                                         GHashTable          *values,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean  dial_phones_file_write_finish (GAsyncResult        *result,
                                         GError             **error);

G_END_DECLS
