#pragma once

#include "dial-cloudtalk.h"

G_BEGIN_DECLS

/* What a reply tells; -1 where it tells nothing. */
typedef struct {
  gint64 limit;
  gint64 remaining;
  gint64 until_reset; /* microseconds from now, rounded up */
} DialGaugeNews;

/**
 * DialGauge:
 *
 * What is known of the operations a minute that CloudTalk lets the whole company have, and what of
 * them is ours to spend: pure arithmetic on instants of the monotonic clock, in microseconds.
 *
 * Nobody else who spends from it can be asked, so each kind of request holds itself to a share that
 * leaves most to others, and all of it stands back when CloudTalk says that little is left. A raised
 * limit raises the shares. Whether a bulk request counts once or by each of its changes is not
 * documented: the worse is believed until an answer shows the better.
 */
typedef struct {
  int       limit;         /* operations a minute */
  gboolean  told;          /* by CloudTalk */
  int       left;          /* of the present minute, with all that is on its way; -1 if not known */
  gint64    resets_at;     /* when that minute ends */
  gint64    blocked_until; /* after a refusal */
  gint64    contacts_at;   /* when they went out last */
  int       contacts_cost; /* what that cost */
  gint64    paused_until;  /* no contacts before */
  gint64    pause;         /* of contacts after the next refusal, half of it */
  gint64    in_call_until; /* calls are followed closely */
  GQueue    sent;          /* of the last minute, the oldest first */
  int       sums[DIAL_CLOUDTALK_N_URGENCIES]; /* of these */
  int       in_flight;
  gboolean  bulk_is_one;   /* CloudTalk counts a bulk request once */
  gint64    answered_at;   /* when an answer told last what is left */
  gint64    probe_at;      /* no earlier a bulk request goes at once to see what it costs */
} DialGauge;

/* One request's place among the others. */
typedef struct {
  DialCloudtalkUrgency urgency;
  int                  n_changes; /* of a bulk request, 1 of others */
  int                  cost;      /* as it was believed when it went out */
  int                  left;      /* before it went out, if nothing else was on its way; -1 otherwise */
  gint64               resets_at; /* then */
} DialGaugeTurn;

void          dial_gauge_init      (DialGauge              *self);
void          dial_gauge_clear     (DialGauge              *self);
gint64        dial_gauge_next_try  (DialGauge              *self,
                                    DialCloudtalkUrgency    urgency,
                                    int                     n_changes,
                                    gint64                  now);
gboolean      dial_gauge_has_share (DialGauge              *self,
                                    DialCloudtalkUrgency    urgency,
                                    int                     n_changes,
                                    gint64                  now);
DialGaugeTurn dial_gauge_sent      (DialGauge              *self,
                                    DialCloudtalkUrgency    urgency,
                                    int                     n_changes,
                                    gint64                  now);
void          dial_gauge_again     (DialGauge              *self,
                                    const DialGaugeTurn    *turn,
                                    guint                   n_more,
                                    gint64                  now);
void          dial_gauge_answered  (DialGauge              *self,
                                    const DialGaugeTurn    *turn,
                                    const DialGaugeNews    *news,
                                    gint64                  now);
void          dial_gauge_refused   (DialGauge              *self,
                                    const DialGaugeTurn    *turn,
                                    const DialGaugeNews    *news,
                                    gint64                  now);
void          dial_gauge_lost      (DialGauge              *self,
                                    const DialGaugeTurn    *turn);
void          dial_gauge_unused    (DialGauge              *self,
                                    const DialGaugeTurn    *turn,
                                    gint64                  now);
void          dial_gauge_saw_call  (DialGauge              *self,
                                    gint64                  now);
void          dial_gauge_describe  (DialGauge              *self,
                                    DialCloudtalkAllowance *allowance,
                                    gint64                  now);

G_END_DECLS
