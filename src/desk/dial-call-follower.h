#pragma once

#include "dial-call-report.h"

G_BEGIN_DECLS

/*
 * Follows one call of which the phone system gives no name and no news: by looking at its history, and at whether
 * the recruiter is in a call there. It says what to look at next and takes what was seen; it looks at nothing
 * itself. Whether history lists calls while they run, or not before they have ended, makes no difference.
 *
 * `now` is the monotonic time everywhere; the instants of reports are the wall clock's.
 */
typedef struct _DialCallFollower DialCallFollower;

/* What is known of the call. */
typedef enum {
  DIAL_FOLLOW_RINGS_HERE,   /* the recruiter is being rung, and is to answer first */
  DIAL_FOLLOW_UNSEEN,       /* the recruiter is in a call, of which history does not tell yet */
  DIAL_FOLLOW_RINGS,        /* it rings at the other end */
  DIAL_FOLLOW_TALKS,        /* they talk */
  DIAL_FOLLOW_SETTLES,      /* the recruiter is in no call, and history does not tell of one yet */
  DIAL_FOLLOW_ENDED,        /* history tells how it ended */
  DIAL_FOLLOW_LOST,         /* there was a call, and history does not tell of it in time */
  DIAL_FOLLOW_NEVER,        /* there was none */
} DialFollowPhase;

typedef enum {
  DIAL_FOLLOW_LOOK_NOWHERE,
  DIAL_FOLLOW_LOOK_AT_HISTORY,
  DIAL_FOLLOW_LOOK_AT_AGENT,
} DialFollowLook;

/* How long the phone system rings the recruiter. (CloudTalk's API description) */
#define DIAL_FOLLOW_RING_SECONDS 20

/* How much its clock may be behind ours. */
#define DIAL_FOLLOW_EARLIER (20 * G_TIME_SPAN_SECOND)

DialCallFollower *dial_call_follower_new          (const char       *e164,
                                                   gint64            placed_at,
                                                   gint64            not_before,
                                                   GHashTable       *others,
                                                   gboolean          by_link,
                                                   gint64            now);
void              dial_call_follower_free         (DialCallFollower *self);
DialFollowLook    dial_call_follower_get_look     (DialCallFollower *self,
                                                   gint64           *when);
void              dial_call_follower_take_history (DialCallFollower *self,
                                                   GPtrArray        *reports,
                                                   gint64            now);
void              dial_call_follower_take_agent   (DialCallFollower *self,
                                                   gboolean          in_call,
                                                   gint64            now);
void              dial_call_follower_take_failure (DialCallFollower *self,
                                                   gint64            now);
void              dial_call_follower_hurry        (DialCallFollower *self);
DialFollowPhase   dial_call_follower_get_phase    (DialCallFollower *self);
DialCallReport   *dial_call_follower_get_report   (DialCallFollower *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCallFollower, dial_call_follower_free)

G_END_DECLS
