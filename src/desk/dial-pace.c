#include "dial-pace.h"

#include <string.h>

#define STEP (2 * G_USEC_PER_SEC)

/* Sooner than this a rate is a guess. */
#define SHORTEST G_USEC_PER_SEC

void
dial_pace_begin (DialPace *self,
                 gint64    now)
{
  *self = (DialPace) { .n_steps = 1 };
  self->at[0] = now;
}

/* Adds @n at the monotonic time @now. */
void
dial_pace_add (DialPace *self,
               guint     n,
               gint64    now)
{
  if (self->n_steps == 0)
    dial_pace_begin (self, now);

  if (now - self->at[self->n_steps - 1] >= STEP) {
    if (self->n_steps == DIAL_PACE_STEPS) {
      self->n_steps--;
      memmove (self->at, self->at + 1, self->n_steps * sizeof *self->at);
      memmove (self->n, self->n + 1, self->n_steps * sizeof *self->n);
    }
    self->at[self->n_steps] = now;
    self->n[self->n_steps] = self->total;
    self->n_steps++;
  }
  self->total += n;
}

/* Returns: how many a second; 0 while nobody knows. */
double
dial_pace_get_rate (DialPace *self,
                    gint64    now)
{
  gint64 span = self->n_steps > 0 ? now - self->at[0] : 0;

  if (span < SHORTEST)
    return 0;

  return (double) (self->total - self->n[0]) * G_USEC_PER_SEC / (double) span;
}
