#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One place where a list of ids became another: @n_removed from @old_position of the old list went,
 * and @n_added from @new_position of the new one came. */
typedef struct {
  guint old_position;
  guint n_removed;
  guint new_position;
  guint n_added;
} DialDiffRun;

GArray *dial_diff_new (GArray *old_ids,
                       GArray *new_ids);

G_END_DECLS
