#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SYNC (dial_sync_get_type ())
G_DECLARE_FINAL_TYPE (DialSync, dial_sync, DIAL, SYNC, GObject)

/**
 * DialSyncWish:
 * @full: ask for everything, and forget what is not there any more
 * @patient: look to its end who is still there, where that is due; without it a run ends now and then so
 *   that the next can bring what changed
 * @allowed_loss: so many rows of a list may be gone, however many that are
 *
 * What a sync shall do.
 */
typedef struct {
  gboolean full;
  gboolean patient;
  guint    allowed_loss;
} DialSyncWish;

DialSync *dial_sync_new           (DialStore           *store);
void      dial_sync_set_page_size (DialSync            *self,
                                   guint                n_rows);
void      dial_sync_get_progress  (DialSync            *self,
                                   DialSyncProgress    *progress);
gboolean  dial_sync_is_sweeping   (DialSync            *self);
void      dial_sync_give_way      (DialSync            *self);
void      dial_sync_run_async     (DialSync            *self,
                                   DialGreenhouse      *greenhouse,
                                   const DialSyncWish  *wish,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean  dial_sync_run_finish    (DialSync            *self,
                                   GAsyncResult        *result,
                                   DialSyncSummary     *summary,
                                   GError             **error);

G_END_DECLS
