#include "dial-call-follower.h"

/* From one look to the next, in seconds. */
#define SOON     5
#define STEADILY 10
#define LONGEST  40

/* How long history is waited for when nobody is in a call (any more). */
#define PATIENCE         60
#define LINK_PATIENCE    160
#define SEEN_PATIENCE    90

struct _DialCallFollower
{
  char            *e164;
  gint64           placed_at;
  gint64           not_before;
  GHashTable      *others;
  gint64           began;        /* monotonic, as are all below */
  gint64           phase_began;
  gint64           looked;
  DialFollowPhase  phase;
  DialFollowLook   last;
  DialCallReport  *report;
  guint            failures;     /* looks in a row */
  guint            by_link : 1;
  guint            seen : 1;     /* the recruiter was in a call */
  guint            hurries : 1;
};

/* @not_before: what began earlier is another call, such as the last one with the same number. History may cut off
 * parts of a second.
 * @others: (nullable): the remote ids of other calls that were followed; it grows */
DialCallFollower *
dial_call_follower_new (const char *e164,
                        gint64      placed_at,
                        gint64      not_before,
                        GHashTable *others,
                        gboolean    by_link,
                        gint64      now)
{
  DialCallFollower *self = g_new0 (DialCallFollower, 1);

  self->e164 = g_strdup (e164);
  self->placed_at = placed_at;
  self->not_before = MAX (not_before - G_TIME_SPAN_SECOND, placed_at - DIAL_FOLLOW_EARLIER);
  self->others = others != NULL ? g_hash_table_ref (others) : NULL;
  self->by_link = by_link;
  self->began = self->phase_began = self->looked = now;
  return self;
}

void
dial_call_follower_free (DialCallFollower *self)
{
  g_clear_object (&self->report);
  g_clear_pointer (&self->others, g_hash_table_unref);
  g_free (self->e164);
  g_free (self);
}

static gboolean
is_over (DialCallFollower *self)
{
  return self->phase == DIAL_FOLLOW_ENDED || self->phase == DIAL_FOLLOW_LOST || self->phase == DIAL_FOLLOW_NEVER;
}

static void
set_phase (DialCallFollower *self,
           DialFollowPhase   phase,
           gint64            now)
{
  if (self->phase == phase)
    return;

  self->phase = phase;
  self->phase_began = now;
}

static int
get_interval (DialCallFollower *self)
{
  int seconds = self->phase == DIAL_FOLLOW_UNSEEN || self->phase == DIAL_FOLLOW_TALKS ? STEADILY : SOON;

  return MIN (seconds << MIN (self->failures, 4), LONGEST);
}

/* Returns: what to look at, and @when at the earliest */
DialFollowLook
dial_call_follower_get_look (DialCallFollower *self,
                             gint64           *when)
{
  DialFollowLook other = self->last == DIAL_FOLLOW_LOOK_AT_AGENT ? DIAL_FOLLOW_LOOK_AT_HISTORY
                                                                 : DIAL_FOLLOW_LOOK_AT_AGENT;
  gint64 rung = self->began + DIAL_FOLLOW_RING_SECONDS * G_TIME_SPAN_SECOND;

  *when = self->hurries ? 0 : self->looked + get_interval (self) * G_TIME_SPAN_SECOND;
  if (is_over (self))
    return DIAL_FOLLOW_LOOK_NOWHERE;

  switch (self->phase) {
  case DIAL_FOLLOW_RINGS_HERE:
    return *when < rung ? DIAL_FOLLOW_LOOK_AT_HISTORY : DIAL_FOLLOW_LOOK_AT_AGENT;
  case DIAL_FOLLOW_UNSEEN:
    return other;
  case DIAL_FOLLOW_SETTLES:
    return self->seen ? DIAL_FOLLOW_LOOK_AT_HISTORY : other;
  case DIAL_FOLLOW_RINGS:
  case DIAL_FOLLOW_TALKS:
  case DIAL_FOLLOW_ENDED:
  case DIAL_FOLLOW_LOST:
  case DIAL_FOLLOW_NEVER:
  default:
    return DIAL_FOLLOW_LOOK_AT_HISTORY;
  }
}

static gboolean
is_other (DialCallFollower *self,
          DialCallReport   *report)
{
  return report->direction != DIAL_DIRECTION_OUTGOING || g_strcmp0 (report->number, self->e164) != 0 ||
         report->started_at < self->not_before ||
         (self->others != NULL && g_hash_table_contains (self->others, report->remote_id));
}

static gint64
get_distance (DialCallFollower *self,
              DialCallReport   *report)
{
  return ABS (report->started_at - self->placed_at);
}

/* The one that is followed, once it was found; before that the one that began closest to the click. */
static DialCallReport *
find_report (DialCallFollower *self,
             GPtrArray        *reports)
{
  DialCallReport *best = NULL;

  for (guint i = 0; i < reports->len; i++) {
    DialCallReport *report = g_ptr_array_index (reports, i);

    if (self->report != NULL && g_str_equal (report->remote_id, self->report->remote_id))
      return report;
    if (self->report != NULL || is_other (self, report))
      continue;
    if (best == NULL || get_distance (self, report) < get_distance (self, best))
      best = report;
  }

  return best;
}

static void
looked (DialCallFollower *self,
        DialFollowLook    look,
        gint64            now)
{
  self->looked = now;
  self->last = look;
  self->hurries = FALSE;
  self->failures = 0;
}

static int
get_patience (DialCallFollower *self)
{
  if (self->seen)
    return SEEN_PATIENCE;

  return self->by_link ? LINK_PATIENCE : PATIENCE;
}

/* @reports: of DialCallReport, what history tells of calls with that number lately */
void
dial_call_follower_take_history (DialCallFollower *self,
                                 GPtrArray        *reports,
                                 gint64            now)
{
  DialCallReport *report = find_report (self, reports);

  looked (self, DIAL_FOLLOW_LOOK_AT_HISTORY, now);
  if (report != NULL) {
    g_set_object (&self->report, report);
    set_phase (self,
               report->has_ended ? DIAL_FOLLOW_ENDED
               : report->answered_at != DIAL_INSTANT_UNKNOWN ? DIAL_FOLLOW_TALKS : DIAL_FOLLOW_RINGS,
               now);
    return;
  }

  if (self->phase == DIAL_FOLLOW_SETTLES &&
      now - self->phase_began >= get_patience (self) * G_TIME_SPAN_SECOND)
    set_phase (self, self->seen ? DIAL_FOLLOW_LOST : DIAL_FOLLOW_NEVER, now);
}

/* @in_call: whether the phone system says that the recruiter is in a call */
void
dial_call_follower_take_agent (DialCallFollower *self,
                               gboolean          in_call,
                               gint64            now)
{
  looked (self, DIAL_FOLLOW_LOOK_AT_AGENT, now);
  if (self->report != NULL || is_over (self))
    return;

  self->seen |= in_call;
  set_phase (self, in_call ? DIAL_FOLLOW_UNSEEN : DIAL_FOLLOW_SETTLES, now);
}

/* A look that failed tells nothing; the next one takes longer to come. */
void
dial_call_follower_take_failure (DialCallFollower *self,
                                 gint64            now)
{
  guint failures = self->failures + 1;

  looked (self, self->last, now);
  self->failures = failures;
}

/* The computer woke up, or the network is back: the next look is at once. */
void
dial_call_follower_hurry (DialCallFollower *self)
{
  self->hurries = TRUE;
}

DialFollowPhase
dial_call_follower_get_phase (DialCallFollower *self)
{
  return self->phase;
}

/* Returns: (transfer none) (nullable): the call as history tells it */
DialCallReport *
dial_call_follower_get_report (DialCallFollower *self)
{
  return self->report;
}
