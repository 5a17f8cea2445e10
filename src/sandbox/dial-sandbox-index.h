#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DialSandboxIndex:
 *
 * Rows in the order of a time each of them has for good. What a list is asked for by time is found
 * here without looking at a million rows.
 */
typedef struct _DialSandboxIndex DialSandboxIndex;

typedef gint64 (*DialSandboxIndexFunc) (gpointer data,
                                        guint64  row);

DialSandboxIndex *dial_sandbox_index_new  (guint64               n_rows,
                                           DialSandboxIndexFunc  get_time,
                                           gpointer              data);
void              dial_sandbox_index_free (DialSandboxIndex     *self);
GArray           *dial_sandbox_index_find (DialSandboxIndex     *self,
                                           gint64                from,
                                           gint64                until);
void              dial_sandbox_sort_rows  (GArray               *rows);

G_END_DECLS
