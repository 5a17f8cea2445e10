#pragma once

#include "dial-contacts.h"
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
  INTEGRATION_PROP_SYNC_PROGRESS,
  INTEGRATION_PROP_SYNC_PAUSED,
  INTEGRATION_PROP_ALLOWANCE,
  INTEGRATION_PROP_N_CANDIDATES,
  INTEGRATION_PROP_LAST_SYNC,
  INTEGRATION_PROP_N_UNSENT,
  INTEGRATION_PROP_RECRUITER,
  INTEGRATION_PROP_COLOUR,
  INTEGRATION_PROP_CHECK,
  INTEGRATION_PROP_CHECKING,
  INTEGRATION_PROP_HEALTH,
  INTEGRATION_PROP_AUTHOR_PROBLEM,
  INTEGRATION_PROP_DOUBLES_PROBLEM,
  INTEGRATION_N_PROPS
};

extern GParamSpec *dial_integration_properties[INTEGRATION_N_PROPS];

/* What notes are carried: with `EVERYTHING` those too that are not due yet; with `WAITS` as long as one of
 * them is being looked for. */
typedef enum {
  DIAL_CARRY_DEFAULT,
  DIAL_CARRY_EVERYTHING = 1 << 0,
  DIAL_CARRY_WAITS = 1 << 1,
} DialCarryFlags;

struct _DialIntegration
{
  GObject         parent_instance;

  char           *id;
  DialStore      *store;
  DialSecrets    *secrets;
  gboolean        by_hand;      /* nothing happens by itself */
  char           *broken;       /* why its file cannot be opened, a sentence */
  gboolean        resting;      /* nothing new begins: it is being renewed or removed */
  GHashTable     *settings;     /* text by key, as the store has it */

  DialGreenhouse *greenhouse;   /* once credentials were looked up */
  guint           door;         /* counts up when another door is to be opened */
  DialSync       *sync;
  DialCourier    *courier;
  DialUser       *recruiter;
  char           *author_problem;
  GCancellable   *finding;      /* of the search for the recruiter */
  char           *sync_problem;    /* sentences; NULL while it works */
  char           *courier_problem;
  char           *loss_problem;
  char           *check_problem;
  gint64          n_candidates;
  guint           n_unsent;
  gboolean        counting_unsent;
  gboolean        unsent_changed;  /* while they were counted */

  GCancellable   *work;         /* cancelled when switched off or closed */
  DialGreenhouseCheck *check;   /* the last one's outcome */
  DialHealth      health;
  GPtrArray      *askers;       /* tasks that the running check answers */
  GCancellable   *checking;
  gboolean        has_rechecked; /* by itself, and nothing has worked since */

  GCancellable   *syncing;
  gboolean        sync_again;   /* switched on while a sync was still ending */
  GPtrArray      *syncs;        /* tasks that the running sync answers */
  GPtrArray      *next_syncs;   /* tasks that its next run answers */
  gboolean        syncs_fully;  /* the running one asks for everything */
  guint           sync_seconds; /* from one to the next, by itself */
  gint64          synced_at;    /* when the last one ended, monotonic */
  guint           allowed_loss; /* rows that the next may forget */
  GCancellable   *carrying;
  GPtrArray      *flushes;      /* tasks that the running courier answers */
  GPtrArray      *next_flushes; /* tasks that its next run answers */
  DialCarryFlags  carry_flags;  /* of the courier's next run */
  guint           courier_failures; /* runs in a row */
  guint           sync_failures;
  guint           sync_timer;
  guint           start_timer;
  guint           courier_timer;
  gboolean        looking_back; /* by itself */
  guint           look_back_timer;
  DialContacts   *contacts;
  GCancellable   *contacting;   /* the contacts' run under way */
  gboolean        contacts_by_hand;
  GTask          *next_contacts; /* a run that somebody waits for, when the one by itself has given way */
  char           *contacts_problem;
  gint64          contacts_not_before; /* by itself, monotonic */
  guint           contacts_failures;
  GPtrArray      *rests;        /* tasks that wait until nothing is under way */
  guint           rest_timer;
};

/* What a refusal is about: the permission's scope in v3, its name in v1. */
typedef enum {
  DIAL_NEED_CANDIDATES,
  DIAL_NEED_NOTES,
  DIAL_NEED_CREATE_NOTE,
} DialNeed;

/* dial-integration.c */
void             _dial_integration_set_problem         (DialIntegration     *self,
                                                        char               **which,
                                                        const char          *problem);
void             _dial_integration_count_unsent        (DialIntegration     *self);
void             _dial_integration_count_candidates    (DialIntegration     *self);
void             _dial_integration_take_store          (DialIntegration     *self,
                                                        DialStore           *store);

/* dial-integration-open.c */
void             _dial_integration_open_async          (DialStore           *store,
                                                        const char          *id,
                                                        DialSecrets         *secrets,
                                                        gboolean             by_hand,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
void             _dial_integration_open_path_async     (const char          *path,
                                                        const char          *id,
                                                        DialSecrets         *secrets,
                                                        gboolean             by_hand,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
DialIntegration *_dial_integration_open_finish         (GAsyncResult        *result,
                                                        GError             **error);
DialIntegration *_dial_integration_new_broken          (const char          *path,
                                                        const char          *id,
                                                        DialSecrets         *secrets,
                                                        const GError        *error);
void             _dial_integration_break               (DialIntegration     *self,
                                                        const char          *problem);
gboolean         _dial_integration_is_broken           (DialIntegration     *self);
void             _dial_integration_close_async         (DialIntegration     *self,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_close_finish        (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

/* dial-integration-settings.c */
const char      *_dial_integration_get_setting         (DialIntegration     *self,
                                                        const char          *key);
void             _dial_integration_take_setting        (DialIntegration     *self,
                                                        const char          *key,
                                                        const char          *value);
void             _dial_integration_keep_setting        (DialIntegration     *self,
                                                        const char          *key,
                                                        const char          *value);
void             _dial_integration_keep_settings       (DialIntegration     *self,
                                                        GHashTable          *settings);
void             _dial_integration_change_async        (DialIntegration     *self,
                                                        GHashTable          *settings,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_change_finish       (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

/* dial-integration-doubles.c */
void             _dial_integration_look_for_doubles    (DialIntegration     *self,
                                                        GPtrArray           *notes);

char            *_dial_integration_dup_people_url      (DialIntegration     *self);

/* dial-integration-contacts.c */
void             _dial_integration_run_contacts_async  (DialIntegration     *self,
                                                        DialCloudtalk       *cloudtalk,
                                                        const char          *account,
                                                        DialContactsJob      job,
                                                        gboolean             by_hand,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_run_contacts_finish (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        DialContactsReport **report,
                                                        GError             **error);
void             _dial_integration_stop_contacts       (DialIntegration     *self);
void             _dial_integration_apply_contact_sync  (DialIntegration     *self);
gboolean         _dial_integration_may_run_contacts    (DialIntegration     *self);

/* dial-integration-recruiter.c */
void             _dial_integration_find_recruiter      (DialIntegration     *self);
char            *_dial_integration_dup_signer          (DialIntegration     *self);
void             _dial_integration_sign                (DialIntegration     *self,
                                                        DialOutboxItem      *item);
gint64           _dial_integration_get_recruiter_id    (DialIntegration     *self);

/* dial-integration-check.c */
void             _dial_integration_recall_check        (DialIntegration     *self);
void             _dial_integration_keep_check          (DialIntegration     *self,
                                                        DialGreenhouseCheck *check,
                                                        const char          *problem);
void             _dial_integration_update_health       (DialIntegration     *self);
void             _dial_integration_heed_error          (DialIntegration     *self,
                                                        const GError        *error,
                                                        DialNeed             need);
void             _dial_integration_heed_success        (DialIntegration     *self);

/* dial-integration-connect.c */
void             _dial_integration_connect_async       (DialIntegration     *self,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
DialGreenhouse  *_dial_integration_connect_finish      (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
void             _dial_integration_drop_door           (DialIntegration     *self);

/* dial-integration-sync.c */
GCancellable    *_dial_integration_follow              (GCancellable        *caller);
void             _dial_integration_tell_allowance      (DialIntegration     *self);
void             _dial_integration_start_sync          (DialIntegration     *self);
void             _dial_integration_stop_sync           (DialIntegration     *self);
void             _dial_integration_sync_soon           (DialIntegration     *self);
void             _dial_integration_set_sync_seconds    (DialIntegration     *self,
                                                        guint                seconds);
void             _dial_integration_recall_loss         (DialIntegration     *self);
void             _dial_integration_apply_pause         (DialIntegration     *self);

/* dial-integration-work.c */
gboolean         _dial_integration_works_by_itself     (DialIntegration     *self);
void             _dial_integration_try_soon            (DialIntegration     *self);
void             _dial_integration_start               (DialIntegration     *self);
void             _dial_integration_start_soon          (DialIntegration     *self);
void             _dial_integration_stop                (DialIntegration     *self);
void             _dial_integration_rest_async          (DialIntegration     *self,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean         _dial_integration_rest_finish         (DialIntegration     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
gboolean         _dial_integration_is_resting          (DialIntegration     *self);
void             _dial_integration_resume              (DialIntegration     *self);
void             _dial_integration_look_for_rest       (DialIntegration     *self);
guint            _dial_integration_get_patience        (DialIntegration     *self);
void             _dial_integration_start_looking_back  (DialIntegration     *self);
void             _dial_integration_stop_looking_back   (DialIntegration     *self);
void             _dial_integration_hurry_courier       (DialIntegration     *self);
void             _dial_integration_carry_async         (DialIntegration     *self,
                                                        DialCarryFlags       flags,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
void             _dial_integration_wake_courier        (DialIntegration     *self);
gboolean         _dial_integration_check_usable        (DialIntegration     *self,
                                                        GError             **error);
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
