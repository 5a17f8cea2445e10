#pragma once

#include <gio/gio.h>
#include <time.h>

G_BEGIN_DECLS

/* One moment on two clocks: one stands still while the computer sleeps, the other does not. */
typedef struct {
  gint64 awake;
  gint64 since_boot;
} DialMoment;

gint64     dial_clock_read           (clockid_t         clock);
DialMoment dial_moment_read          (void);
gboolean   dial_moment_slept_between (const DialMoment *from,
                                      const DialMoment *to);

G_END_DECLS
