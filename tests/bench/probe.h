#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop was away at most, in milliseconds: between waking up and waiting again nothing
 * else is answered. `computing` is the part of the longest that the thread itself ran for; the rest it
 * waited, for a disk or for a processor that others had. `busiest` is the most it ran for in any turn. */
typedef struct {
  double longest;
  double computing;
  double busiest;
} ProbeStall;

void       probe_start    (void);
ProbeStall probe_take     (void);   /* and begins anew */

/* How long this thread has run, in nanoseconds */
gint64     probe_read_cpu (void);

G_END_DECLS
