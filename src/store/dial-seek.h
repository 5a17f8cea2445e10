#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

/* Where one candidate stands whose row nobody holds: the store is asked once, and moves are followed. */
typedef struct _DialSeek DialSeek;

/* Called when the store has answered. */
typedef void (*DialSeekFunc) (gint64   id,
                              gint64   place,
                              gpointer data);

DialSeek *dial_seek_new    (DialStore    *store,
                            DialSeekFunc  func,
                            gpointer      data);
void      dial_seek_free   (DialSeek     *self);
gint64    dial_seek_find   (DialSeek     *self,
                            gint64        id);
void      dial_seek_follow (DialSeek     *self,
                            GArray       *moves);

G_END_DECLS
