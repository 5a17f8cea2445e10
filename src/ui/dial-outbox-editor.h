#pragma once

#include <adwaita.h>

#include "dial-outbox-entry.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTBOX_EDITOR (dial_outbox_editor_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxEditor, dial_outbox_editor, DIAL, OUTBOX_EDITOR, AdwWindow)

/**
 * DialOutboxEditor:
 *
 * Changes a note that was not sent yet: its text without the reference line, who may read it, and below, byte
 * for byte, what Greenhouse will hold.
 */
GtkWindow *dial_outbox_editor_new (GtkWindow       *parent,
                                   DialOutboxEntry *entry);

G_END_DECLS
