#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DialShare:
 * @quota: requests of a sync a window; 0 as many as there are, since nobody else wants any
 *
 * What a sync leaves to other programs that spend from the same allowance, desks like this one or
 * not. Nobody knows how many there are: each looks at what all of them spent in a window and makes
 * its own part as much larger or smaller as all parts would have to be.
 */
typedef struct {
  double quota;
} DialShare;

/* One window, as far as it was seen. */
typedef struct {
  gint64   limit;
  gint64   own;     /* requests */
  gint64   foreign; /* other programs', at least */
  double   least;   /* of all, until its end */
  double   most;    /* as far as can be told */
  gboolean refused; /* one of ours was */
} DialSharedWindow;

void     dial_share_window_over (DialShare              *self,
                                 const DialSharedWindow *window);
void     dial_share_met_others  (DialShare              *self,
                                 const DialSharedWindow *window);
gboolean dial_share_is_crowd    (gint64                  foreign,
                                 gint64                  limit);
gint64   dial_share_get_target  (gint64                  limit);

G_END_DECLS
