#pragma once

#include <gtk/gtk.h>

#include "dial-outbox.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTBOX_BUTTON (dial_outbox_button_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxButton, dial_outbox_button, DIAL, OUTBOX_BUTTON, GtkWidget)

/**
 * DialOutboxButton:
 *
 * Says quietly how many notes are not yet in Greenhouse, and opens the outbox. Hidden while there are none.
 *
 * Properties: `brief` (boolean: only an icon and the number, and not of what arrives at once).
 */
void dial_outbox_button_set_outbox (DialOutboxButton *self,
                                    DialOutbox       *outbox);

G_END_DECLS
