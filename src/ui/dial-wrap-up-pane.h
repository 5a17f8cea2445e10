#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-draft.h"

G_BEGIN_DECLS

#define DIAL_TYPE_WRAP_UP_PANE (dial_wrap_up_pane_get_type ())
G_DECLARE_FINAL_TYPE (DialWrapUpPane, dial_wrap_up_pane, DIAL, WRAP_UP_PANE, GtkWidget)

/**
 * DialWrapUpPane:
 *
 * What is left to do after a call: confirm the outcome, tag it, read over the note, save.
 *
 * Signals: `saved` (the note is in the outbox, on disk), `dropped` (the call shall not be logged).
 */
void dial_wrap_up_pane_begin (DialWrapUpPane *self,
                              DialCompanies  *companies,
                              DialCandidate  *candidate,
                              DialDraft      *draft);
void dial_wrap_up_pane_focus (DialWrapUpPane *self,
                              gboolean        typing);

G_END_DECLS
