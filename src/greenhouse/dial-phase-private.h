#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Between two instants of the monotonic clock, in microseconds. */
typedef struct {
  gint64 from;
  gint64 to;
} DialSpan;

/**
 * DialPhase:
 *
 * When the allowance's present window began and how long it may last, as far as requests have shown.
 * Nobody tells: the end that Greenhouse names is the latest possible one, windows may be aligned to
 * the clock or begin with the first request after the last one. Both are believed until a request
 * was counted where it could not have been; what is sure is sure of both.
 *
 * Instants are those of sending: a request is counted at its instant or later, by no more than its
 * answer took longer than the fastest.
 */
typedef struct {
  gint64   length;
  gint64   usual_length;
  DialSpan aligned;     /* when it began, if windows follow the clock */
  DialSpan floating;    /* when it began, if the first request begins it */
  gboolean may_align;
  gboolean may_float;
  gint64   alive;       /* it lasted until then at least */
  gint64   reset;       /* and not longer than that, says Greenhouse */
  gint64   told;        /* from then to the reset, by the first answer in it */
  gint64   told_at;
  gboolean known;       /* something of this window is */
} DialPhase;

void     dial_phase_init        (DialPhase       *self,
                                 gint64           length);
void     dial_phase_forget      (DialPhase       *self);
void     dial_phase_saw_same    (DialPhase       *self,
                                 const DialSpan  *counted);
void     dial_phase_saw_new     (DialPhase       *self,
                                 const DialSpan  *counted,
                                 gboolean         is_first);
void     dial_phase_was_told    (DialPhase       *self,
                                 gint64           until_reset,
                                 gint64           now);
DialSpan dial_phase_get_end     (const DialPhase *self);
gint64   dial_phase_get_begin   (const DialPhase *self);

G_END_DECLS
