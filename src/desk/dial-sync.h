#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SYNC (dial_sync_get_type ())
G_DECLARE_FINAL_TYPE (DialSync, dial_sync, DIAL, SYNC, GObject)

DialSync *dial_sync_new          (DialStore           *store);
guint     dial_sync_get_received (DialSync            *self);
void      dial_sync_run_async    (DialSync            *self,
                                  DialGreenhouse      *greenhouse,
                                  gboolean             full,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean  dial_sync_run_finish   (DialSync            *self,
                                  GAsyncResult        *result,
                                  DialSyncSummary     *summary,
                                  GError             **error);

G_END_DECLS
