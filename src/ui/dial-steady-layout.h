#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_STEADY_LAYOUT (dial_steady_layout_get_type ())
G_DECLARE_FINAL_TYPE (DialSteadyLayout, dial_steady_layout, DIAL, STEADY_LAYOUT, GtkLayoutManager)

/**
 * DialSteadyLayout:
 *
 * Gives the children all of the widget, which asks for the same size however their text wraps: for something
 * with room to spare, as a list that scrolls.
 *
 * GTK looks for the width that goes with a height by trying, a dozen widths for each container on the way up.
 * A line of text that wraps beside the list is laid out hundreds of times for each change otherwise.
 */

G_END_DECLS
