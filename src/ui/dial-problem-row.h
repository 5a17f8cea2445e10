#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_PROBLEM_ROW (dial_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (DialProblemRow, dial_problem_row, DIAL, PROBLEM_ROW, GtkListBoxRow)

/**
 * DialProblemRow:
 *
 * A sentence in a list that says what is wrong, whole, with a sign that does not rest on colour. It
 * stands alone, or right under the row it is about.
 */
GtkWidget *dial_problem_row_new  (const char    *sentence);
void       dial_problem_row_tell (GtkListBoxRow *row,
                                  const char    *sentence);

G_END_DECLS
