#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_FIELD (dial_field_get_type ())
G_DECLARE_FINAL_TYPE (DialField, dial_field, DIAL, FIELD, GtkWidget)

/**
 * DialField:
 *
 * One row of a form: an entry, and under it where its value is found or what is wrong with it.
 *
 * Properties: `title`, `hint` (strings), `secret` (boolean, what is typed is not shown),
 * `allow-spaces` (boolean; elsewhere spaces and line ends of a careless paste vanish), `problem`
 * (nullable string; goes away with the next change).
 *
 * Signals: `activated`: Enter was pressed. `changed`: the text did. `entered`, `left`: the keyboard
 * came and went.
 */
char *dial_field_dup_text    (DialField  *self);
void  dial_field_set_text    (DialField  *self,
                              const char *text);
void  dial_field_set_problem (DialField  *self,
                              const char *problem);

G_END_DECLS
