#include "dial-backlog.h"

#include "dial-findings.h"

/* After a change further ones are gathered for so long; after asking for everybody anew, for some times what
 * that took. */
#define PAUSE_US 100000
#define PAUSE_FACTOR 4

struct _DialBacklog
{
  DialBacklogFunc  func;
  gpointer         data;

  GArray          *moves;          /* of DialMove, still to be followed */
  gboolean         anything;       /* there is more that no move tells of */
  GArray          *taken;          /* the moves that are being followed */

  guint            source;
  gint64           applied_at;     /* monotonic */
  gint64           asked_at;       /* for everybody; 0 if for those who moved alone */
  gint64           pause;
};

static GArray *
new_moves (void)
{
  return g_array_new (FALSE, FALSE, sizeof (DialMove));
}

DialBacklog *
dial_backlog_new (DialBacklogFunc func,
                  gpointer        data)
{
  DialBacklog *self = g_new0 (DialBacklog, 1);

  self->func = func;
  self->data = data;
  self->moves = new_moves ();
  self->taken = new_moves ();
  self->pause = PAUSE_US;
  return self;
}

void
dial_backlog_free (DialBacklog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_array_unref (self->moves);
  g_array_unref (self->taken);
  g_free (self);
}

/* Where nobody moved, there is something else. */
void
dial_backlog_add (DialBacklog *self,
                  GArray      *moves)
{
  if (moves->len == 0)
    self->anything = TRUE;
  g_array_append_vals (self->moves, moves->data, moves->len);
}

void
dial_backlog_add_anything (DialBacklog *self)
{
  self->anything = TRUE;
}

gboolean
dial_backlog_has_anything (DialBacklog *self)
{
  return self->anything;
}

static gboolean
on_due (gpointer user_data)
{
  DialBacklog *self = user_data;

  self->source = 0;
  self->func (self->data);
  return G_SOURCE_REMOVE;
}

/* Sees to what is still to be followed: at once if there was no change lately, else soon. */
void
dial_backlog_plan (DialBacklog *self)
{
  gint64 wait = self->applied_at + self->pause - g_get_monotonic_time ();

  if (self->source != 0 || (self->moves->len == 0 && !self->anything))
    return;

  if (wait > 0)
    self->source = g_timeout_add (wait / 1000 + 1, on_due, self);
  else
    on_due (self);
}

/* The moves that are there are followed now; later ones have their turn after them. */
void
dial_backlog_take (DialBacklog *self)
{
  g_array_unref (self->taken);
  self->taken = self->moves;
  self->moves = new_moves ();
  self->asked_at = 0;
}

/* The same, and everybody is asked for. */
void
dial_backlog_take_all (DialBacklog *self)
{
  dial_backlog_take (self);
  self->anything = FALSE;
  self->asked_at = g_get_monotonic_time ();
}

/* Everybody is asked for, in place of what was planned or is being followed. */
void
dial_backlog_start_over (DialBacklog *self)
{
  GArray *moves = self->moves;

  g_clear_handle_id (&self->source, g_source_remove);
  self->moves = g_array_copy (self->taken);
  g_array_append_vals (self->moves, moves->data, moves->len);
  g_array_unref (moves);
  dial_backlog_take (self);
  self->anything = FALSE;
}

/* Returns: (transfer none) (element-type DialMove): the moves that are being followed */
GArray *
dial_backlog_get_taken (DialBacklog *self)
{
  return self->taken;
}

/* Takes those up that came meanwhile, of whom an answer may know already; they have their turn all the same.
 * A change that was given up may still hold the array before.
 *
 * Returns: (transfer none) (element-type DialMove): the moves that are being followed */
GArray *
dial_backlog_take_up (DialBacklog *self)
{
  GArray *taken = g_array_copy (self->taken);

  g_array_append_vals (taken, self->moves->data, self->moves->len);
  g_array_unref (self->taken);
  self->taken = taken;
  return taken;
}

/* Whoever was asked for was found. */
void
dial_backlog_answered (DialBacklog *self)
{
  gint64 took = self->asked_at != 0 ? g_get_monotonic_time () - self->asked_at : 0;

  self->pause = MAX (PAUSE_US, PAUSE_FACTOR * took);
}

/* The list shows it. */
void
dial_backlog_applied (DialBacklog *self)
{
  self->applied_at = g_get_monotonic_time ();
}
