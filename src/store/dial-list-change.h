#pragma once

#include <gio/gio.h>

#include "dial-merge.h"

G_BEGIN_DECLS

/* What becomes of a list, and how. */
typedef struct {
  DialFindings *old;
  DialFindings *now;            /* NULL: @old, with @moves merged into it as @matches say */
  GArray       *moves;          /* of DialMove */
  GArray       *matches;        /* of DialMatch: where the rows of whoever moved go along to */
  GArray       *held;           /* of places that somebody looked at when there had been @n_rows */
  guint         n_rows;

  GArray       *runs;           /* of DialMergeRun, once it is compared */
  guint         n_comparisons;
} DialListChange;

DialListChange *dial_list_change_new            (DialFindings        *old,
                                                 DialFindings        *now,
                                                 GArray              *moves,
                                                 GArray              *matches);
void            dial_list_change_unref          (DialListChange      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialListChange, dial_list_change_unref)

void            dial_list_change_compare        (DialListChange      *self);
void            dial_list_change_compare_async  (DialListChange      *self,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
DialListChange *dial_list_change_compare_finish (GAsyncResult        *result);
gboolean        dial_list_change_is_quick       (DialListChange      *self);
gboolean        dial_list_change_goes_on        (DialListChange      *self);
GArray         *dial_list_change_list_ids       (GArray              *moves);

G_END_DECLS
