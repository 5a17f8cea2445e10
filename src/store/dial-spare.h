#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a draft is kept while the store's own file cannot be written: the disk is full, or read-only. In
 * memory, for this user alone, until the computer is restarted. */
void  dial_spare_keep     (const char *store_path,
                           gint64      candidate_id,
                           const char *text);
char *dial_spare_read     (const char *store_path,
                           gint64      candidate_id);
void  dial_spare_drop     (const char *store_path,
                           gint64      candidate_id);
void  dial_spare_drop_all (const char *store_path);

G_END_DECLS
