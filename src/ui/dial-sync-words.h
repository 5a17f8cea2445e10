#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

/* How a sync is, in words. */
char *dial_sync_words_progress (const DialSyncProgress *progress);
char *dial_sync_words_rest     (gint64                  last_sync);

G_END_DECLS
