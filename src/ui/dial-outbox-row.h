#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-outbox.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTBOX_ROW (dial_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxRow, dial_outbox_row, DIAL, OUTBOX_ROW, GtkWidget)

/**
 * DialOutboxRow:
 *
 * A note on its way: whose, how it begins, where it is and why. Once it is selected it offers what can be done
 * with it, as actions `outbox.*` of a widget above.
 *
 * Properties: `selected` (boolean), `description` (string: all that it says, for screen readers; notifies).
 */
GtkWidget       *dial_outbox_row_new       (void);
DialOutboxEntry *dial_outbox_row_get_entry (DialOutboxRow   *self);
void             dial_outbox_row_show      (DialOutboxRow   *self,
                                            DialCompanies   *companies,
                                            DialOutboxEntry *entry);

G_END_DECLS
