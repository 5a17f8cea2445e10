#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void  dial_fonts_read_ahead_async  (const char          *font,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
guint dial_fonts_read_ahead_finish (GAsyncResult        *result);

G_END_DECLS
