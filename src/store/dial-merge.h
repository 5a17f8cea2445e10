#pragma once

#include "dial-findings.h"

G_BEGIN_DECLS

/* One stretch where a list became another: @n_removed from @old_position of the old one went, and
 * @n_added from @new_position of the new one came. */
typedef struct {
  guint old_position;
  guint n_removed;
  guint new_position;
  guint n_added;
} DialMergeRun;

DialFindings *dial_merge_matches (DialFindings *old,
                                  GArray       *gone,
                                  GArray       *matches);
GArray       *dial_merge_compare (DialFindings *old,
                                  DialFindings *new,
                                  GArray       *held,
                                  GHashTable   *reused);

G_END_DECLS
