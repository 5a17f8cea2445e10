#include "probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Stands where the main context waits, and so sees each time it goes away and comes back. */

static GPollFunc real_poll;
static gint64 woke_at, woke_cpu, woke_queued;   /* nanoseconds; 0 before the first */
static int schedule = -1;                       /* what the kernel tells of this thread */
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

/* How long this thread was ready to run and others had the processors; 0 where the kernel does not tell. */
static gint64
read_queued (void)
{
  char text[100];
  ssize_t length = schedule >= 0 ? pread (schedule, text, sizeof text - 1, 0) : 0;
  char *queued;

  if (length <= 0)
    return 0;

  text[length] = '\0';
  (void) strtoll (text, &queued, 10);
  return strtoll (queued, NULL, 10);
}

static void
note_turn (void)
{
  double away, ran, queued;

  if (woke_at == 0)
    return;

  away = (double) (read_clock (CLOCK_MONOTONIC) - woke_at) / 1e6;
  ran = (double) (probe_read_cpu () - woke_cpu) / 1e6;
  queued = (double) (read_queued () - woke_queued) / 1e6;
  worst.longest = MAX (worst.longest, away);
  worst.undisturbed = MAX (worst.undisturbed, away - queued);
  worst.busiest = MAX (worst.busiest, ran);
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
  woke_queued = read_queued ();
  return n;
}

void
probe_start (void)
{
  schedule = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
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
