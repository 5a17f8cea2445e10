#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_CHOICE_ROW (dial_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (DialChoiceRow, dial_choice_row, DIAL, CHOICE_ROW, GtkListBoxRow)

/**
 * DialChoiceRow:
 *
 * One thing to filter by: a check, its name, and how many candidates it would leave.
 *
 * Properties: `chosen` (boolean), `title` (string), `value` (string).
 */
GtkWidget  *dial_choice_row_new        (const char    *value,
                                        const char    *title);
const char *dial_choice_row_get_value  (DialChoiceRow *self);
gboolean    dial_choice_row_is_chosen  (DialChoiceRow *self);
void        dial_choice_row_set_chosen (DialChoiceRow *self,
                                        gboolean       chosen);
void        dial_choice_row_set_count  (DialChoiceRow *self,
                                        int            count);

G_END_DECLS
