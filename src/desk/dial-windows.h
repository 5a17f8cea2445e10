#pragma once

#include "dial-sync-position.h"

G_BEGIN_DECLS

/*
 * How a walk through a whole list is shared out among several walkers: spans of creation dates, each asked for
 * by its own filter and walked to its very end. Only then has everybody in it been seen, in whatever order
 * rows come, and whether or not their ids are as old as they are.
 *
 * A window nobody began is cut as needed; one under way is cut by walking its parts anew, while that is worth
 * the pages read twice.
 */
typedef struct _DialWindows DialWindows;

/* What a page tells of the window it belongs to. */
typedef struct {
  guint       n_rows;
  gint64      created_at;  /* the middle one of the rows' creation dates */
  gint64      oldest;      /* the earliest of them */
  const char *next;        /* the next page's address or number; NULL after the last */
} DialWindowPage;

/* How a list is shared out among walkers, in rows. */
typedef struct {
  double   part;  /* what one gets of a window nobody began */
  double   most;  /* what one can do alone while the others do all the rest */
  gboolean even;  /* whether all windows are kept even, or the newest come first */
} DialWindowShare;

#define DIAL_WINDOW_SHARE_ALL ((DialWindowShare) { G_MAXDOUBLE, G_MAXDOUBLE, FALSE })

DialWindows    *dial_windows_new           (DialSyncPosition     *position);
void            dial_windows_hint_birth    (DialWindows          *self,
                                            gint64                instant);
void            dial_windows_free          (DialWindows          *self);
DialSyncWindow *dial_windows_take          (DialWindows          *self,
                                            const DialWindowShare *share);
gboolean        dial_windows_advance       (DialWindows          *self,
                                            DialSyncWindow       *window,
                                            const DialWindowPage *page);
gboolean        dial_windows_restart       (DialWindows          *self,
                                            DialSyncWindow       *window);
void            dial_windows_release       (DialWindows          *self,
                                            DialSyncWindow       *window);
guint           dial_windows_get_longest   (DialWindows          *self,
                                            const DialWindowShare *share,
                                            gboolean              free);
guint           dial_windows_get_n_busy    (DialWindows          *self);
gboolean        dial_windows_is_done       (DialWindows          *self);
gboolean        dial_windows_estimate_left (DialWindows          *self,
                                            double               *n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialWindows, dial_windows_free)

G_END_DECLS
