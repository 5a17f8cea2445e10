#pragma once

#include "dial-changes.h"
#include "dial-connection.h"

G_BEGIN_DECLS

/* A thread that owns one connection and does one request after another on it, each in a transaction
 * of its own, or several that join in one. A request is a GTask; it is returned once the transaction has
 * ended, after `announce` was told what it changed. A writer also keeps the index (see dial-indexer.h). */
typedef struct _DialWorker DialWorker;

/* Runs on the worker's thread. What it returns is the task's result, dropped if the transaction
 * fails; a failure lies in @connection. @changes is %NULL for a reader. */
typedef gpointer (*DialRequestFunc)  (DialConnection *connection,
                                      gpointer        data,
                                      DialChanges    *changes);
/* Runs on the writer's thread when the transaction has ended; @done says how. */
typedef void     (*DialEndedFunc)    (DialConnection *connection,
                                      gpointer        data,
                                      gboolean        done);
typedef void     (*DialAnnounceFunc) (gpointer        owner,
                                      DialChanges    *changes);

typedef struct {
  DialRequestFunc func;
  DialEndedFunc   ended;        /* NULL where nobody needs to know */
  gpointer        data;
  GDestroyNotify  free_data;
  GDestroyNotify  free_result;
  DialDurability  durability;
  gboolean        wipe;         /* what it deletes must not linger in the log either */
  gboolean        joins;        /* in one transaction with others of its kind that wait */
  gboolean        may_wait;     /* more of its kind is to come: what it brings may be indexed later */
} DialRequest;

DialWorker *dial_worker_new        (const char        *name,
                                    DialConnection    *connection,
                                    gboolean           stands_back);
DialWorker *dial_worker_new_writer (const char        *name,
                                    DialConnection    *connection,
                                    GObject           *owner,
                                    DialAnnounceFunc   announce);
void        dial_worker_push       (DialWorker        *self,
                                    GTask             *task,
                                    const DialRequest *request);
void        dial_worker_stop       (DialWorker        *self);
void        dial_worker_join       (DialWorker        *self);
void        dial_worker_free       (DialWorker        *self);

G_END_DECLS
