#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How often anything that may be repeated is repeated. */
#define DIAL_MAX_RETRIES 3

void      dial_wait_async        (guint                    milliseconds,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);
gboolean  dial_wait_finish       (GAsyncResult            *result,
                                  GError                 **error);
guint     dial_wait_before_retry (guint                    n_failed);
GSource  *dial_watch_cancelled   (GCancellable            *cancellable,
                                  GCancellableSourceFunc   callback,
                                  gpointer                 user_data);

G_END_DECLS
