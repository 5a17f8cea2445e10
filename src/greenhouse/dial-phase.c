#include "dial-phase-private.h"

/* Nothing is known before that. */
#define LONG_AGO (-G_MAXINT64 / 4)
#define NEVER    (G_MAXINT64 / 4)

/* How far two clocks drift apart, as a part of the time. */
#define DRIFT    2000

/* What is shorter is no contradiction. */
#define SLACK    (20 * 1000)

/* Nobody names a later end. */
#define LONGEST  (15 * 60 * G_USEC_PER_SEC)

/* Windows last for a round number of seconds. What is told is rounded too, twice, and the older the
 * answer the less it is. */
#define ROUND    (5 * G_USEC_PER_SEC)
#define ROUNDING (5 * G_USEC_PER_SEC / 2)

/* After that time an end that stands still has come nearer. */
#define PAUSE    (2 * G_USEC_PER_SEC)

/**
 * dial_phase_init:
 * @self: a phase
 * @length: of a window, while nothing is told
 *
 * Knows nothing more yet.
 */
void
dial_phase_init (DialPhase *self,
                 gint64     length)
{
  *self = (DialPhase) { .length = length, .usual_length = length };
  dial_phase_forget (self);
}

/**
 * dial_phase_forget:
 * @self: a phase
 *
 * Forgets where windows begin: the computer slept, and its clock with it.
 */
void
dial_phase_forget (DialPhase *self)
{
  self->may_align = self->may_float = TRUE;
  self->aligned = self->floating = (DialSpan) { LONG_AGO, NEVER };
  self->alive = LONG_AGO;
  self->reset = NEVER;
  self->told_at = 0;
  self->known = FALSE;
}

static DialSpan
intersect (DialSpan one,
           DialSpan other)
{
  return (DialSpan) { MAX (one.from, other.from), MIN (one.to, other.to) };
}

static gboolean
is_empty (DialSpan span)
{
  return span.from > span.to + SLACK;
}

/* Rounding and drift may turn a narrow span inside out. */
static DialSpan
put_right (DialSpan span)
{
  return (DialSpan) { MIN (span.from, span.to), MAX (span.from, span.to) };
}

/* At least one of both is true. */
static void
believe (DialPhase *self,
         gboolean   may_align,
         gboolean   may_float,
         DialSpan   fresh)
{
  if (!may_align)
    self->aligned = fresh;
  if (!may_float)
    self->floating = fresh;

  self->may_align = may_align || !may_float;
  self->may_float = may_float || !may_align;
}

/**
 * dial_phase_saw_same:
 * @self: a phase
 * @counted: when a request was counted
 *
 * A request was counted in the present window.
 */
void
dial_phase_saw_same (DialPhase      *self,
                     const DialSpan *counted)
{
  gint64 length = self->length + SLACK;

  self->known = TRUE;
  self->alive = MAX (self->alive, counted->from);
  self->aligned.to = MIN (self->aligned.to, counted->to);
  self->floating.to = MIN (self->floating.to, counted->to);

  /* It lasts longer than one of both allows. */
  if (self->may_align && self->alive > self->aligned.to + length)
    believe (self, FALSE, self->may_float, self->floating);
  if (self->may_float && self->alive > self->floating.to + length)
    believe (self, self->may_align, FALSE, (DialSpan) { self->alive - self->length, self->alive });
}

/* The beginnings of windows that follow the clock, so many windows later that a request at @counted
 * may stand in it. */
static DialSpan
move_on (const DialPhase *self,
         const DialSpan  *counted)
{
  DialSpan begin = self->aligned;
  gint64 n, drift;

  if (begin.from <= LONG_AGO)
    return (DialSpan) { LONG_AGO, NEVER };

  n = MAX ((counted->to - begin.from) / self->length, 1);
  drift = n * (self->length / DRIFT);
  begin = (DialSpan) { begin.from + n * self->length - drift, begin.to + n * self->length + drift };
  /* Or one window earlier, if that too is a later one. */
  if (n > 1 && counted->from < begin.to)
    begin.from -= self->length;
  return begin;
}

/**
 * dial_phase_saw_new:
 * @self: a phase
 * @counted: when a request was counted
 * @is_first: nobody's was counted before it
 *
 * A request was counted in a later window than all before.
 */
void
dial_phase_saw_new (DialPhase      *self,
                    const DialSpan *counted,
                    gboolean        is_first)
{
  DialSpan seen = { MAX (self->alive, counted->from - self->length), counted->to };
  DialSpan aligned = intersect (move_on (self, counted), seen);
  gint64 earliest = self->floating.from > LONG_AGO ? self->floating.from + self->length : LONG_AGO;
  gboolean may_align = self->may_align && !is_empty (aligned);
  gboolean may_float = self->may_float && counted->to >= earliest - SLACK;

  self->aligned = put_right (aligned);
  self->floating = put_right ((DialSpan) {
    is_first ? counted->from : MAX (seen.from, may_float ? earliest : LONG_AGO), counted->to
  });
  believe (self, may_align, may_float, seen);

  self->known = TRUE;
  self->alive = counted->from;
  self->reset = NEVER;
  self->told_at = 0;
}

/**
 * dial_phase_was_told:
 * @self: a phase
 * @until_reset: from now to the window's end as Greenhouse names it, rounded up
 * @now: this instant
 *
 * Greenhouse named the end of the present window. If that is as far away as it was some time ago, it
 * is a window's length that is told.
 */
void
dial_phase_was_told (DialPhase *self,
                     gint64     until_reset,
                     gint64     now)
{
  if (until_reset > LONGEST)
    return;

  self->reset = MIN (self->reset, now + until_reset);
  if (self->told_at == 0) {
    self->told = until_reset;
    self->told_at = now;
  } else if (self->told >= ROUND && now - self->told_at >= PAUSE) {
    gboolean stands = until_reset > self->told - ROUNDING / 2;

    self->length = stands ? (until_reset - ROUNDING + ROUND - 1) / ROUND * ROUND
                          : MAX (self->length, self->usual_length);
  }
}

/**
 * dial_phase_get_end:
 * @self: a phase
 *
 * Returns: when the present window ends: earliest and latest
 */
DialSpan
dial_phase_get_end (const DialPhase *self)
{
  DialSpan end = { NEVER, LONG_AGO };

  if (self->may_align)
    end = (DialSpan) { self->aligned.from, self->aligned.to };
  if (self->may_float)
    end = (DialSpan) { MIN (end.from, self->floating.from), MAX (end.to, self->floating.to) };

  end.to = MIN (end.to + self->length, self->reset);
  end.from = MIN (MAX (end.from + self->length, self->alive), end.to);
  return end;
}

/**
 * dial_phase_get_begin:
 * @self: a phase
 *
 * Returns: when the present window began, more or less
 */
gint64
dial_phase_get_begin (const DialPhase *self)
{
  DialSpan begin = self->may_align ? self->aligned : self->floating;

  return (MAX (begin.from, begin.to - self->length) + begin.to) / 2;
}
