#pragma once

#include "dial-pace.h"
#include "dial-sync.h"
#include "dial-turns.h"
#include "dial-walk.h"

G_BEGIN_DECLS

#define DIAL_SYNC_FIRST_REACH 4

/* What comes after what. */
typedef enum {
  DIAL_SYNC_PHASE_RECORDS,   /* everything, or all that changed */
  DIAL_SYNC_PHASE_MEANWHILE, /* what changed while that took its time */
  DIAL_SYNC_PHASE_PRESENCE,  /* who is still there */
  DIAL_SYNC_PHASE_FORGET,
  DIAL_SYNC_PHASE_STRAYS,    /* who is there and not here */
  DIAL_SYNC_PHASE_END,
} DialSyncPhase;

/* One sync from its beginning to its end. */
typedef struct {
  DialGreenhouse  *greenhouse;
  DialSyncWish     wish;
  GCancellable    *cancellable;
  GPtrArray       *positions;    /* as loaded, and kept up to date, see DIAL_SYNC_POSITION_INDEX */
  gint64           n_stored;     /* candidates when it began */
  DialSyncPhase    phase;
  GPtrArray       *walks;        /* of this phase */
  GPtrArray       *whole;        /* walks through everything that came to their end */
  GArray          *strays;       /* ids a sweep met that are not stored */
  guint            n_asked;
  guint            n_saving;
  guint            reach;        /* pages to ask for side by side where no allowance sets the pace */
  gboolean         was_resumed;  /* so that what it brought is not the latest */
  gboolean         gives_way;
  gboolean         applications_forbidden;
  gint64           began;
  gint64           swept_since;
  guint            requests_before;
  guint            refused_before;
  DialPace         pace_people;
  DialPace         pace_rows;
  DialSyncSummary  summary;
  GError          *error;
} DialSyncRun;

struct _DialSync
{
  GObject          parent_instance;

  DialStore       *store;
  GTask           *task;      /* of the run under way */
  guint            page_size; /* 0 for Greenhouse's */
  DialSyncProgress progress;
  gint64           told_at;
  guint            tell_timer;
};

/* dial-sync-plan.c */
void     dial_sync_plan          (DialSyncRun   *run);
gboolean dial_sync_is_first      (DialSyncRun   *run);

/* dial-sync-pages.c */
void     dial_sync_ask           (GTask         *task);
void     dial_sync_feed          (GTask         *task);

/* dial-sync-forget.c */
void     dial_sync_forget        (GTask         *task);
void     dial_sync_fetch_strays  (GTask         *task);

/* dial-sync-progress.c */
void     dial_sync_measure       (DialSync      *self,
                                  DialWalk      *walk,
                                  guint          n_rows);
void     dial_sync_tell          (DialSync      *self);
void     dial_sync_hush          (DialSync      *self);

/* dial-sync.c */
void     dial_sync_fail          (GTask         *task,
                                  GError        *error);
void     dial_sync_next_phase    (GTask         *task);

G_END_DECLS
