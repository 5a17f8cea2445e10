#pragma once

#include "dial-greenhouse.h"

G_BEGIN_DECLS

/**
 * DialBudget:
 *
 * What is known of the allowance: pure arithmetic on instants of the monotonic clock, in
 * microseconds.
 *
 * Greenhouse counts in fixed windows and tells with every reply how many requests there were
 * (`X-RateLimit-Limit`), how many are left and when the window ends. The end it names is the latest
 * possible one: windows may be aligned to the clock while the header always says "in 30 seconds".
 * So the earliest end that was named in a window holds; and a reply that counts fewer requests than
 * were answered before it was asked tells that a new window has begun. After an end that was only
 * waited for, one request goes ahead and brings the count.
 */
typedef struct {
  gint64   length;        /* of a window, as far as nothing else is told */
  gint64   limit;         /* requests a window */
  gint64   remaining;     /* of this window, by the last word of Greenhouse */
  gint64   window_end;    /* not later than this; 0 if not known */
  gint64   blocked_until; /* after a refusal */
  gint64   n_answered;    /* in this window */
  guint    window;        /* counts them */
  guint64  last_sent;
  guint64  last_heard;    /* the latest request that was answered */
  guint    in_flight;
  guint    passed_over;   /* turns given away while a sync request waited */
  gboolean heard;         /* Greenhouse told its limit at least once */
  gboolean unlimited;     /* it answers without telling any */
  gboolean confirmed;     /* it told something about this very window */
} DialBudget;

/* One request's place among the others. */
typedef struct {
  guint64 number;
  guint   window;
  gint64  n_answered; /* in that window, before this one went out */
} DialTurn;

/* What a reply tells; -1 where it tells nothing. */
typedef struct {
  gint64 limit;
  gint64 remaining;
  gint64 until_reset; /* microseconds from now, rounded up */
} DialBudgetNews;

void     dial_budget_init      (DialBudget           *self,
                                guint                 seconds);
gboolean dial_budget_may_send  (DialBudget           *self,
                                DialUrgency           urgency,
                                gint64                now);
gint64   dial_budget_next_try  (const DialBudget     *self,
                                gint64                now);
DialTurn dial_budget_sent      (DialBudget           *self);
void     dial_budget_answered  (DialBudget           *self,
                                const DialTurn       *turn,
                                const DialBudgetNews *news,
                                gint64                now);
void     dial_budget_lost      (DialBudget           *self);
void     dial_budget_refused   (DialBudget           *self,
                                gint64                wait,
                                gint64                now);

G_END_DECLS
