#include "dial-moment-private.h"

/* The clocks are read one after the other; apart by more than this, the computer slept. */
#define SLEPT (1 * G_TIME_SPAN_SECOND)

gint64
dial_clock_read (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * G_TIME_SPAN_SECOND + now.tv_nsec / 1000;
}

DialMoment
dial_moment_read (void)
{
  return (DialMoment) { dial_clock_read (CLOCK_MONOTONIC), dial_clock_read (CLOCK_BOOTTIME) };
}

gboolean
dial_moment_slept_between (const DialMoment *from,
                           const DialMoment *to)
{
  return (to->since_boot - to->awake) - (from->since_boot - from->awake) > SLEPT;
}
