#pragma once

#include <gtk/gtk.h>

#include "dial-history.h"

G_BEGIN_DECLS

#define DIAL_TYPE_HISTORY_ROW (dial_history_row_get_type ())
G_DECLARE_FINAL_TYPE (DialHistoryRow, dial_history_row, DIAL, HISTORY_ROW, GtkListBoxRow)

/**
 * DialHistoryRow:
 *
 * One call or note: what, when, by whom, and whether it stands in Greenhouse. Opens to the whole
 * text. Sends a stuck note again or discards it by the actions `history.retry` and
 * `history.discard`, whose target is the note's id in the outbox (int64).
 */
GtkWidget *dial_history_row_new    (DialHistoryEntry *entry);
void       dial_history_row_toggle (DialHistoryRow   *self);

G_END_DECLS
