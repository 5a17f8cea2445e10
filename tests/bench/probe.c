#include "probe.h"

#include <time.h>

/* Stands where the main context waits, and so sees each time it goes away and comes back. */

static GPollFunc real_poll;
static gint64 woke_at, woke_cpu;   /* nanoseconds; 0 before the first */
static ProbeStall worst;

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

gint64
probe_read_cpu (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

static void
note_turn (void)
{
  double away, ran;

  if (woke_at == 0)
    return;

  away = (double) (read_clock (CLOCK_MONOTONIC) - woke_at) / 1e6;
  ran = (double) (probe_read_cpu () - woke_cpu) / 1e6;
  worst.busiest = MAX (worst.busiest, ran);
  if (away > worst.longest) {
    worst.longest = away;
    worst.computing = ran;
  }
}

static int
poll_and_note (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  int n;

  note_turn ();
  n = real_poll (fds, n_fds, timeout);
  woke_at = read_clock (CLOCK_MONOTONIC);
  woke_cpu = probe_read_cpu ();
  return n;
}

void
probe_start (void)
{
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_note);
}

ProbeStall
probe_take (void)
{
  ProbeStall stall = worst;

  worst = (ProbeStall) { 0 };
  woke_at = 0;
  return stall;
}
