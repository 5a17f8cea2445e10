#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop was away at most, in milliseconds: between waking up and waiting again nothing
 * else is answered. `undisturbed` is the longest less what the thread was ready to run for while others had the
 * processors; what it waited for else, a disk or the X server, counts. `busiest` is the most it ran for in any
 * turn. `stolen` is what the host of a virtual machine took of all its processors during the longest turn and up to
 * ten milliseconds before it: what neither ran nor waited its turn then. `faults` tells how often it waited in the
 * longest turn for the disk, to read what lies in mapped files: fonts, say. */
typedef struct {
  double longest;
  double undisturbed;
  double busiest;
  double stolen;
  int    faults;
} ProbeStall;

void       probe_start    (void);
ProbeStall probe_take     (void);   /* and begins anew */

/* How long this thread has run, in nanoseconds */
gint64     probe_read_cpu (void);

G_END_DECLS
