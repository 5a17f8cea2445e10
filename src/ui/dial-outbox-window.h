#pragma once

#include <adwaita.h>

#include "dial-outbox.h"
#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTBOX_WINDOW (dial_outbox_window_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxWindow, dial_outbox_window, DIAL, OUTBOX_WINDOW, AdwWindow)

/**
 * DialOutboxWindow:
 *
 * All that is not yet in Greenhouse, over all companies: where each note is, why, and what can be done with it.
 */
GtkWindow *dial_outbox_window_new (GtkWindow     *parent,
                                   DialCompanies *companies,
                                   DialOutbox    *outbox);

G_END_DECLS
