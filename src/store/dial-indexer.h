#pragma once

#include "dial-changes.h"
#include "dial-connection.h"

G_BEGIN_DECLS

/* The writer's clerk: gives candidates their places, shows which job and stage they are at, and keeps the
 * index in step, for many at once, since that is much cheaper than one by one. Until it comes round to
 * them they are noted in the table `unindexed`. */
typedef struct _DialIndexer DialIndexer;

DialIndexer *dial_indexer_new          (void);
void         dial_indexer_free         (DialIndexer    *self);
void         dial_indexer_take         (DialIndexer    *self,
                                        DialConnection *connection,
                                        DialChanges    *changes);
void         dial_indexer_recall       (DialIndexer    *self,
                                        DialConnection *connection);
guint        dial_indexer_get_n_waiting (DialIndexer   *self);
gboolean     dial_indexer_has_work     (DialIndexer    *self);
gboolean     dial_indexer_has_more     (DialIndexer    *self);
gboolean     dial_indexer_must_run     (DialIndexer    *self);
void         dial_indexer_put_off      (DialIndexer    *self,
                                        DialConnection *connection);
guint        dial_indexer_run          (DialIndexer    *self,
                                        DialConnection *connection,
                                        DialChanges    *changes);
void         dial_indexer_reset        (DialIndexer    *self);

G_END_DECLS
