#pragma once

#include "dial-courier.h"
#include "dial-integration.h"
#include "dial-secrets.h"
#include "dial-sync.h"

G_BEGIN_DECLS

enum {
  INTEGRATION_PROP_0,
  INTEGRATION_PROP_ID,
  INTEGRATION_PROP_NAME,
  INTEGRATION_PROP_CAPTION,
  INTEGRATION_PROP_SUBDOMAIN,
  INTEGRATION_PROP_RECRUITER_EMAIL,
  INTEGRATION_PROP_API,
  INTEGRATION_PROP_ACTIVE,
  INTEGRATION_PROP_PROBLEM,
  INTEGRATION_PROP_SYNCING,
  INTEGRATION_PROP_SYNCED,
  INTEGRATION_PROP_N_CANDIDATES,
  INTEGRATION_PROP_LAST_SYNC,
  INTEGRATION_PROP_N_UNSENT,
  INTEGRATION_PROP_RECRUITER,
  INTEGRATION_N_PROPS
};

extern GParamSpec *dial_integration_properties[INTEGRATION_N_PROPS];

struct _DialIntegration
{
  GObject         parent_instance;

  char           *id;
  DialStore      *store;
  DialSecrets    *secrets;
  gboolean        by_hand;      /* nothing happens by itself */
  GHashTable     *settings;     /* text by key, as the store has it */

  DialGreenhouse *greenhouse;   /* once credentials were looked up */
  DialSync       *sync;
  DialCourier    *courier;
  DialUser       *recruiter;
  char           *sync_problem;    /* sentences; NULL while it works */
  char           *courier_problem;
  gint64          n_candidates;
  guint           n_unsent;

  GCancellable   *work;         /* cancelled when switched off or closed */
  GPtrArray      *syncs;        /* tasks that the running sync answers */
  GPtrArray      *flushes;      /* tasks that the running courier answers */
  GPtrArray      *next_flushes; /* tasks that its next run answers */
  gboolean        flush_everything;
  guint           sync_failures;
  guint           sync_timer;
  guint           courier_timer;
};

/* dial-integration.c */
void             _dial_integration_open_async          (const char          *path,
                                                        const char          *id,
                                                        DialSecrets         *secrets,
                                                        gboolean             by_hand,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
DialIntegration *_dial_integration_open_finish         (GAsyncResult        *result,
                                                        GError             **error);
void             _dial_integration_close_async         (DialIntegration     *self,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_close_finish        (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
const char      *_dial_integration_get_setting         (DialIntegration     *self,
                                                        const char          *key);
void             _dial_integration_take_setting        (DialIntegration     *self,
                                                        const char          *key,
                                                        const char          *value);
void             _dial_integration_keep_setting        (DialIntegration     *self,
                                                        const char          *key,
                                                        const char          *value);
void             _dial_integration_set_problem         (DialIntegration     *self,
                                                        char               **which,
                                                        const char          *problem);
void             _dial_integration_count_unsent        (DialIntegration     *self);
void             _dial_integration_find_recruiter      (DialIntegration     *self);

/* dial-integration-work.c */
void             _dial_integration_connect_async       (DialIntegration     *self,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
DialGreenhouse  *_dial_integration_connect_finish      (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
void             _dial_integration_start               (DialIntegration     *self);
void             _dial_integration_stop                (DialIntegration     *self);
void             _dial_integration_wake_courier        (DialIntegration     *self);
gboolean         _dial_integration_check_active        (DialIntegration     *self,
                                                        GError             **error);
void             _dial_integration_read_feed_async     (DialIntegration     *self,
                                                        gint64               candidate_id,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_read_feed_finish    (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

G_END_DECLS
