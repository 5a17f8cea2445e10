#include "dial-sync-private.h"

/* Which walks there are to do, and which of them side by side. */

/* Greenhouse's clock and its index may lag: what changed shortly before the last walk is asked for again. */
#define OVERLAP (5 * 60 * G_USEC_PER_SEC)

/* A walk through everything that took longer than this is followed by one through what changed meanwhile. */
#define LONG_WALK (5 * 60 * G_USEC_PER_SEC)

/* Who is still there is looked up once a day, and in large companies, where that costs thousands of requests,
 * once a week. */
#define DAY         (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define MANY_PEOPLE 100000

static const DialResource names[] = {
  DIAL_RESOURCE_USERS, DIAL_RESOURCE_JOBS, DIAL_RESOURCE_STAGES,
};

/* Names first, they are few: then people are complete as soon as they come. Applications before candidates:
 * whoever comes after their applications is saved with them, and once. */
static const DialResource people[] = { DIAL_RESOURCE_APPLICATIONS, DIAL_RESOURCE_CANDIDATES };

static DialSyncPosition *
get_position (DialSyncRun  *run,
              DialResource  resource,
              DialSyncAim   aim)
{
  return g_ptr_array_index (run->positions, DIAL_SYNC_POSITION_INDEX (resource, aim));
}

static gint64
get_last_run (DialSyncRun  *run,
              DialResource  resource)
{
  return MAX (get_position (run, resource, DIAL_SYNC_AIM_RECORDS)->run,
              get_position (run, resource, DIAL_SYNC_AIM_PRESENCE)->run);
}

static gboolean
is_v1 (DialSyncRun *run)
{
  return dial_greenhouse_get_api (run->greenhouse) == DIAL_API_V1;
}

/* A walk can be gone on with, if the pages it counts are those of this dialect. */
static gboolean
can_resume (DialSyncRun            *run,
            const DialSyncPosition *position)
{
  gboolean whole = position->since == DIAL_INSTANT_UNKNOWN;

  return position->walking && position->windows->len > 0 &&
         (!run->wish.full || whole) && position->by_pages == (whole && is_v1 (run));
}

static gboolean
is_complete (DialSyncRun  *run,
             DialResource  resource)
{
  DialSyncPosition *position = get_position (run, resource, DIAL_SYNC_AIM_RECORDS);

  return position->completed_since != DIAL_INSTANT_UNKNOWN &&
         !(position->walking && position->since == DIAL_INSTANT_UNKNOWN);
}

/* When the company began, as far as its jobs and users tell: about so far back its people go. */
static gint64
guess_birth (DialSyncRun *run)
{
  gint64 birth = DIAL_INSTANT_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gint64 oldest = get_position (run, names[i], DIAL_SYNC_AIM_RECORDS)->oldest;

    if (oldest != DIAL_INSTANT_UNKNOWN && (birth == DIAL_INSTANT_UNKNOWN || oldest < birth))
      birth = oldest;
  }

  return birth;
}

static void
add_walk (DialSyncRun  *run,
          DialResource  resource)
{
  DialSyncPosition *position = get_position (run, resource, DIAL_SYNC_AIM_RECORDS);
  DialWalk *walk;

  if (!dial_greenhouse_can_list (run->greenhouse, resource))
    return;

  walk = dial_walk_new (resource, position);
  if (can_resume (run, position)) {
    dial_walk_resume (walk);
    run->was_resumed = TRUE;
  } else if (run->wish.full || !is_complete (run, resource)) {
    dial_walk_begin (walk, get_last_run (run, resource) + 1, DIAL_INSTANT_UNKNOWN, is_v1 (run));
  } else {
    dial_walk_begin (walk, get_last_run (run, resource), position->completed_since - OVERLAP,
                     is_v1 (run));
  }
  dial_windows_hint_birth (walk->windows, guess_birth (run));
  g_ptr_array_add (run->walks, walk);
}

/* Whether people come who were never here. */
gboolean
dial_sync_is_first (DialSyncRun *run)
{
  return run->wish.full || !is_complete (run, DIAL_RESOURCE_CANDIDATES) ||
         (!is_complete (run, DIAL_RESOURCE_APPLICATIONS) &&
          dial_greenhouse_can_list (run->greenhouse, DIAL_RESOURCE_APPLICATIONS));
}

static void
add_walks (DialSyncRun        *run,
           const DialResource *resources,
           guint               n_resources)
{
  for (guint i = 0; i < n_resources; i++)
    add_walk (run, resources[i]);
}

static void
add_all_walks (DialSyncRun *run)
{
  add_walks (run, names, G_N_ELEMENTS (names));
  add_walks (run, people, G_N_ELEMENTS (people));
}

static gboolean
took_long (DialSyncRun *run)
{
  return run->whole->len > 0 && g_get_monotonic_time () - run->began > LONG_WALK;
}

static const DialResource present[] = {
  DIAL_RESOURCE_JOBS, DIAL_RESOURCE_STAGES, DIAL_RESOURCE_APPLICATIONS, DIAL_RESOURCE_CANDIDATES,
};

/* When the sweep under way began, %DIAL_INSTANT_UNKNOWN if none is. */
static gint64
get_sweep_begin (DialSyncRun *run)
{
  gint64 begin = DIAL_INSTANT_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (present); i++) {
    DialSyncPosition *position = get_position (run, present[i], DIAL_SYNC_AIM_PRESENCE);

    if (can_resume (run, position) &&
        (begin == DIAL_INSTANT_UNKNOWN || position->started_at < begin))
      begin = position->started_at;
  }

  return begin;
}

/* A walk through everything tells who is there as well. */
static gboolean
is_sweep_due (DialSyncRun *run)
{
  DialSyncPosition *position = get_position (run, DIAL_RESOURCE_CANDIDATES, DIAL_SYNC_AIM_PRESENCE);
  gint64 period = run->n_stored > MANY_PEOPLE ? 7 * DAY : DAY;

  return ABS (g_get_real_time () - position->completed_since) > period;
}

static void
add_presence_walk (DialSyncRun  *run,
                   DialResource  resource,
                   gint64        begin)
{
  DialSyncPosition *position = get_position (run, resource, DIAL_SYNC_AIM_PRESENCE);
  DialWalk *walk;

  if (!dial_greenhouse_can_list (run->greenhouse, resource) || !is_complete (run, resource))
    return;

  walk = dial_walk_new (resource, position);
  walk->position->oldest = get_position (run, resource, DIAL_SYNC_AIM_RECORDS)->oldest;
  if (can_resume (run, position)) {
    dial_walk_resume (walk);
  } else if (begin == DIAL_INSTANT_UNKNOWN || position->completed_since < begin - OVERLAP) {
    dial_walk_begin (walk, get_last_run (run, resource) + 1, DIAL_INSTANT_UNKNOWN, is_v1 (run));
  } else {
    /* It came to its end earlier in this sweep, and waits for the others. */
    g_ptr_array_add (run->whole, walk);
    return;
  }
  g_ptr_array_add (run->walks, walk);
}

static void
add_presence_walks (DialSyncRun *run)
{
  gint64 begin = get_sweep_begin (run);

  if (run->whole->len > 0 || (begin == DIAL_INSTANT_UNKNOWN && !is_sweep_due (run)))
    return;

  run->swept_since = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    add_presence_walk (run, present[i], begin);
}

/* Sets up the walks of this phase; there may be none. */
void
dial_sync_plan (DialSyncRun *run)
{
  g_ptr_array_set_size (run->walks, 0);

  switch (run->phase) {
  case DIAL_SYNC_PHASE_RECORDS:
    add_all_walks (run);
    break;
  case DIAL_SYNC_PHASE_MEANWHILE:
    if (run->was_resumed || took_long (run)) {
      run->wish.full = FALSE;
      add_all_walks (run);
    }
    break;
  case DIAL_SYNC_PHASE_PRESENCE:
    add_presence_walks (run);
    break;
  case DIAL_SYNC_PHASE_FORGET:
  case DIAL_SYNC_PHASE_STRAYS:
  case DIAL_SYNC_PHASE_END:
  default:
    break;
  }
}
