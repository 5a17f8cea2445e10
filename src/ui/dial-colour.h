#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_COLOUR_DOT (dial_colour_dot_get_type ())
G_DECLARE_FINAL_TYPE (DialColourDot, dial_colour_dot, DIAL, COLOUR_DOT, GtkWidget)

/**
 * DialColourDot:
 *
 * The colour that tells a company from the others, as a dot. It only repeats what is said in words
 * beside it.
 *
 * Properties: `colour` (nullable string: one of [func@Integration.list_colours]).
 */
GtkWidget  *dial_colour_dot_new        (const char    *colour);
void        dial_colour_dot_set_colour (DialColourDot *self,
                                        const char    *colour);

const char *dial_colour_to_words       (const char    *colour);

G_END_DECLS
