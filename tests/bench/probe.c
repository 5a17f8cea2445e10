#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Stands where the main context waits, and so sees each time it goes away and comes back. */

/* So long counts as short: within it nobody looks anew what the host has stolen. */
#define SHORT_NS 10000000

static GPollFunc real_poll;
static gint64 woke_at, woke_cpu, woke_queued;   /* nanoseconds; 0 before the first */
static long woke_faults;
static gint64 stolen, looked_at;                /* by the host until then; the latter is 0 before the first */
static int schedule = -1;                       /* what the kernel tells of this thread, */
static int machine = -1;                        /* and of the machine */
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

/* What the host took of all processors since the machine started. The first line has user, nice, system, idle,
 * iowait, irq, softirq and steal in ticks; 0 where it is not told. */
static gint64
read_stolen (void)
{
  char text[200];
  ssize_t length = machine >= 0 ? pread (machine, text, sizeof text - 1, 0) : 0;
  long long ticks = 0;

  if (length <= 0)
    return 0;

  text[length] = '\0';
  (void) sscanf (text, "cpu %*d %*d %*d %*d %*d %*d %*d %lld", &ticks);
  return ticks * (1000000000 / sysconf (_SC_CLK_TCK));
}

static long
read_faults (void)
{
  struct rusage usage;

  return getrusage (RUSAGE_THREAD, &usage) == 0 ? usage.ru_majflt : 0;
}

static void
look_at_host (gint64 now)
{
  if (looked_at != 0 && now - looked_at < SHORT_NS)
    return;

  stolen = read_stolen ();
  looked_at = now;
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
  if (away > worst.longest) {
    worst.longest = away;
    worst.stolen = away * 1e6 > SHORT_NS ? (double) (read_stolen () - stolen) / 1e6 : 0;
    worst.faults = (int) (read_faults () - woke_faults);
  }
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
  woke_faults = read_faults ();
  look_at_host (woke_at);
  return n;
}

void
probe_start (void)
{
  schedule = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  machine = open ("/proc/stat", O_RDONLY | O_CLOEXEC);
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
