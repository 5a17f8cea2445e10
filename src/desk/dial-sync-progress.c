#include "dial-sync-private.h"

/* How far it is, how fast it goes, and how long it will take: told four times a second at most. */

#define TELL_EVERY (G_USEC_PER_SEC / 4)

static DialSyncKind
get_kind (DialSyncRun *run)
{
  switch (run->phase) {
  case DIAL_SYNC_PHASE_RECORDS:
    return dial_sync_is_first (run) ? DIAL_SYNC_KIND_FIRST : DIAL_SYNC_KIND_CHANGES;
  case DIAL_SYNC_PHASE_MEANWHILE:
    return DIAL_SYNC_KIND_CHANGES;
  case DIAL_SYNC_PHASE_PRESENCE:
  case DIAL_SYNC_PHASE_FORGET:
  case DIAL_SYNC_PHASE_STRAYS:
    return DIAL_SYNC_KIND_SWEEP;
  case DIAL_SYNC_PHASE_END:
  default:
    return DIAL_SYNC_KIND_NONE;
  }
}

/* Rows still to come of all walks together; FALSE while that cannot be told. */
static gboolean
estimate_left (DialSyncRun *run,
               double      *n_people,
               double      *n_rows)
{
  gboolean known = TRUE;

  *n_people = *n_rows = 0;
  for (guint i = 0; i < run->walks->len; i++) {
    DialWalk *walk = g_ptr_array_index (run->walks, i);
    double left = 0;

    if (!dial_walk_is_whole (walk))
      return FALSE;
    if (!dial_walk_is_done (walk))
      known &= dial_windows_estimate_left (walk->windows, &left);
    if (walk->resource == DIAL_RESOURCE_CANDIDATES)
      *n_people = left;
    *n_rows += left;
  }

  return known && run->walks->len > 0;
}

static guint
count_received (DialSyncRun *run)
{
  for (guint i = 0; i < run->walks->len; i++) {
    DialWalk *walk = g_ptr_array_index (run->walks, i);

    if (walk->resource == DIAL_RESOURCE_CANDIDATES)
      return walk->position->n_received;
  }

  return 0;
}

static void
update (DialSync *self)
{
  DialSyncRun *run = g_task_get_task_data (self->task);
  gint64 now = g_get_monotonic_time ();
  double n_people, n_rows, rate = dial_pace_get_rate (&run->pace_rows, now);
  gboolean known = estimate_left (run, &n_people, &n_rows);

  self->progress.kind = get_kind (run);
  self->progress.received = count_received (run);
  self->progress.rate = dial_pace_get_rate (&run->pace_people, now);
  self->progress.expected = known ? self->progress.received + (guint) n_people : 0;
  self->progress.seconds_left = known && rate > 0 ? (int) MIN (n_rows / rate + 0.5, G_MAXINT) : -1;
}

static void
tell (DialSync *self)
{
  g_clear_handle_id (&self->tell_timer, g_source_remove);
  self->told_at = g_get_monotonic_time ();
  if (self->task != NULL)
    update (self);
  g_signal_emit_by_name (self, "progressed");
}

static void
on_tell_timer (gpointer user_data)
{
  DialSync *self = user_data;

  self->tell_timer = 0;
  tell (self);
}

/* Tells how far it is, now or soon. */
void
dial_sync_tell (DialSync *self)
{
  gint64 wait = self->told_at + TELL_EVERY - g_get_monotonic_time ();

  if (wait <= 0)
    tell (self);
  else if (self->tell_timer == 0)
    self->tell_timer = g_timeout_add_once ((guint) (wait / 1000 + 1), on_tell_timer, self);
}

/* Tells that it is over. */
void
dial_sync_hush (DialSync *self)
{
  self->progress.kind = DIAL_SYNC_KIND_NONE;
  self->progress.rate = 0;
  self->progress.seconds_left = -1;
  tell (self);
}

/* Counts a page that came. */
void
dial_sync_measure (DialSync *self,
                   DialWalk *walk,
                   guint     n_rows)
{
  DialSyncRun *run = g_task_get_task_data (self->task);
  gint64 now = g_get_monotonic_time ();

  if (walk->resource == DIAL_RESOURCE_CANDIDATES)
    dial_pace_add (&run->pace_people, n_rows, now);
  dial_pace_add (&run->pace_rows, n_rows, now);
  dial_sync_tell (self);
}
