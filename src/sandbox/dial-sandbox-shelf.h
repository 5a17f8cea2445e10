#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DialSandboxShelf:
 *
 * Records that are written already, in the order in which pages show them: from the highest row
 * down, a comma before each. So a page is a slice or two of the shelf, and nothing is copied.
 */
typedef struct _DialSandboxShelf DialSandboxShelf;

/* Writes the record of a row, nothing if there is none. */
typedef void (*DialSandboxShelfFunc) (gpointer  data,
                                      guint64   row,
                                      GString  *out);

DialSandboxShelf *dial_sandbox_shelf_new      (guint64               n_rows,
                                               DialSandboxShelfFunc  write,
                                               gpointer              data);
void              dial_sandbox_shelf_free     (DialSandboxShelf     *self);
void              dial_sandbox_shelf_fill     (DialSandboxShelf     *self);
void              dial_sandbox_shelf_clear    (DialSandboxShelf     *self);
guint64           dial_sandbox_shelf_get_size (DialSandboxShelf     *self);
GBytes           *dial_sandbox_shelf_look_up  (DialSandboxShelf     *self,
                                               guint64               row,
                                               gsize                *start,
                                               gsize                *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSandboxShelf, dial_sandbox_shelf_free)

G_END_DECLS
