#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DIAL_PACE_STEPS 30

/* How fast something goes, over the last minute or less: long enough that an allowance which is used up and
 * given anew counts as what it is. */
typedef struct {
  gint64 at[DIAL_PACE_STEPS];
  guint  n[DIAL_PACE_STEPS];
  guint  n_steps;
  guint  total;
} DialPace;

void   dial_pace_begin    (DialPace *self,
                           gint64    now);
void   dial_pace_add      (DialPace *self,
                           guint     n,
                           gint64    now);
double dial_pace_get_rate (DialPace *self,
                           gint64    now);

G_END_DECLS
