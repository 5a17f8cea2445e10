#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_WRAP_LAYOUT (dial_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (DialWrapLayout, dial_wrap_layout, DIAL, WRAP_LAYOUT, GtkLayoutManager)

/**
 * DialWrapLayout:
 *
 * Lays children out as text is laid out: one after the other, on to the next line where the line
 * is full. For chips.
 *
 * Properties: `spacing` (int, pixels between children and between lines).
 */
GtkLayoutManager *dial_wrap_layout_new (int spacing);

G_END_DECLS
