#pragma once

#include <gtk/gtk.h>

#include "dial-findings.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SAVED_ROW (dial_saved_row_get_type ())
G_DECLARE_FINAL_TYPE (DialSavedRow, dial_saved_row, DIAL, SAVED_ROW, GtkListBoxRow)

/**
 * DialSavedRow:
 *
 * A saved search: its name, what it looks for, and what can be done with it.
 *
 * Signals: `edit`, `delete`.
 */
GtkWidget       *dial_saved_row_new       (const DialSavedSearch *search);
const char      *dial_saved_row_get_name  (DialSavedRow          *self);
const DialQuery *dial_saved_row_get_query (DialSavedRow          *self);

G_END_DECLS
