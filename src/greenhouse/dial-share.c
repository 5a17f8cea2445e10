#include "dial-share-private.h"

/* Of each window, what is left for those who wait for something. */
#define LEFT        0.15

/* How much a part grows or shrinks from one window to the next. */
#define MAX_GROWTH  1.5
#define MAX_SHRINK  0.5

/* After a refusal it shrinks, even below one request a window. */
#define REFUSED     0.7
#define LEAST       0.5

/* Who has more than half is not as fair as can be. */
#define TOO_MUCH    0.5
#define YIELD       0.9

/**
 * dial_share_get_target:
 * @limit: requests a window
 *
 * Returns: how many of them all syncs together should spend
 */
gint64
dial_share_get_target (gint64 limit)
{
  return MAX ((gint64) ((double) limit * (1 - LEFT)), 1);
}

/**
 * dial_share_is_crowd:
 * @foreign: requests of others in a window
 * @limit: requests a window
 *
 * Returns: whether they are worth stepping back
 */
gboolean
dial_share_is_crowd (gint64 foreign,
                     gint64 limit)
{
  return foreign > MAX (limit / 50, 1);
}

/**
 * dial_share_met_others:
 * @self: a share
 * @window: the present window, so far
 *
 * There is somebody else: from now on a part will do.
 */
void
dial_share_met_others (DialShare              *self,
                       const DialSharedWindow *window)
{
  if (self->quota <= 0)
    self->quota = MAX ((double) dial_share_get_target (window->limit) * (double) window->own /
                       MAX (window->least, 1), 1);
}

/**
 * dial_share_window_over:
 * @self: a share
 * @window: a window that is over
 *
 * Steps back, or comes again.
 */
void
dial_share_window_over (DialShare              *self,
                        const DialSharedWindow *window)
{
  double target = (double) dial_share_get_target (window->limit);

  if (window->own == 0)
    return;

  if (!window->refused && !dial_share_is_crowd (window->foreign, window->limit)) {
    self->quota = 0;
    return;
  }

  if (self->quota <= 0)
    dial_share_met_others (self, window);

  if (window->least > target)
    self->quota *= MAX (target / window->least, MAX_SHRINK);
  else if (window->most < target)
    self->quota *= MIN (target / MAX (window->most, 1), MAX_GROWTH);

  if (window->refused)
    self->quota *= REFUSED;
  else if ((double) window->own > TOO_MUCH * window->least)
    self->quota *= YIELD;

  self->quota = CLAMP (self->quota, LEAST, (double) window->limit);
}
