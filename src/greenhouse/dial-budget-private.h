#pragma once

#include "dial-greenhouse.h"
#include "dial-phase-private.h"
#include "dial-share-private.h"

G_BEGIN_DECLS

/**
 * DialBudget:
 *
 * What is known of the allowance: pure arithmetic on instants of the monotonic clock, in
 * microseconds.
 *
 * Greenhouse counts in fixed windows and tells with every reply how many requests there were
 * (`X-RateLimit-Limit`) and how many are left. A reply that counts no more than was known when it
 * was asked tells that a new window has begun; [struct@Phase] learns from it when they do. Never is
 * more sent than the present window holds, with all that is on its way; and only when it is certainly
 * over does the next one count.
 *
 * A sync fills the window as early as it can, but for a few requests that are kept for the recruiter
 * and the notes until shortly before its end. While that end is not known well, these are sent one by
 * one over the time it may come in: they find out. Where others spend too, [struct@Share] says how
 * much is left to them, and requests are spread over the window.
 */
typedef struct {
  DialPhase phase;
  DialShare share;
  gint64    limit;         /* requests a window */
  gint64    used;          /* of this window, by the last word of Greenhouse */
  gint64    used_at;       /* when that was */
  gint64    first_used;    /* by its first word of this window */
  gint64    first_at;
  gint64    maybe;         /* used, by what nobody knows which window it is of */
  gint64    n_lost;        /* of this window, nobody knows whether they count */
  gint64    n_sent;        /* of this window, ours; those too of which nobody knows which they are of */
  gint64    foreign;       /* of this window, others' at least */
  gint64    before;        /* of the first window, before we came */
  guint     window;        /* counts them */
  guint     in_flight;
  guint     n_answered;
  guint     pace;          /* so many of a sync at once: more with every answer */
  gint64    blocked_until; /* after a refusal */
  gint64    next_sync;     /* not earlier, for the others' sake */
  gint64    last_sync;
  gint64    fastest[2];    /* answers, of the last hundred and of the hundred before */
  guint     n_timed;
  double    usual;         /* time to an answer */
  guint32   seed;
  gboolean  heard;         /* Greenhouse told its limit at least once */
  gboolean  unlimited;     /* it answers without telling any */
  gboolean  confirmed;     /* it told something about this very window */
  gboolean  refused;       /* something in this window */
  gboolean  wary;          /* nothing was answered since */
} DialBudget;

/* One request's place among the others. */
typedef struct {
  guint  window;
  gint64 used;       /* of that window, when it went out; -1 if that was not known */
  guint  n_answered; /* before it went out */
  gint64 sent_at;
} DialTurn;

/* What a reply tells; -1 where it tells nothing. */
typedef struct {
  gint64 limit;
  gint64 remaining;
  gint64 until_reset; /* microseconds from now, rounded up */
} DialBudgetNews;

void     dial_budget_init         (DialBudget           *self,
                                   guint                 seconds,
                                   guint32               seed);
void     dial_budget_woke         (DialBudget           *self);
gboolean dial_budget_may_send     (DialBudget           *self,
                                   DialUrgency           urgency,
                                   gint64                now);
gint64   dial_budget_next_try     (DialBudget           *self,
                                   gint64                now);
DialTurn dial_budget_sent         (DialBudget           *self,
                                   DialUrgency           urgency,
                                   gint64                now);
void     dial_budget_answered     (DialBudget           *self,
                                   const DialTurn       *turn,
                                   const DialBudgetNews *news,
                                   gint64                now);
void     dial_budget_lost         (DialBudget           *self);
void     dial_budget_unused       (DialBudget           *self,
                                   const DialTurn       *turn);
void     dial_budget_refused      (DialBudget           *self,
                                   const DialTurn       *turn,
                                   const DialBudgetNews *news,
                                   gint64                wait,
                                   gint64                now);
guint    dial_budget_get_n_needed (const DialBudget     *self);
guint    dial_budget_get_n_useful (const DialBudget     *self);
void     dial_budget_describe     (DialBudget           *self,
                                   DialAllowance        *allowance,
                                   gint64                now);

G_END_DECLS
