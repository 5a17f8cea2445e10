#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-draft.h"
#include "dial-quick-tags.h"

G_BEGIN_DECLS

#define DIAL_TYPE_WRAP_UP_PANE (dial_wrap_up_pane_get_type ())
G_DECLARE_FINAL_TYPE (DialWrapUpPane, dial_wrap_up_pane, DIAL, WRAP_UP_PANE, GtkWidget)

/**
 * DialWrapUpPane:
 *
 * What is left to do after a call: confirm the outcome, tag it, read over the note, save.
 *
 * Signals: `saved (gboolean next)` (the note is in the outbox, on disk; the next one is wanted), `dropped` (the call shall not be logged).
 */
void dial_wrap_up_pane_begin           (DialWrapUpPane *self,
                                        DialCompanies  *companies,
                                        DialCandidate  *candidate,
                                        DialDraft      *draft,
                                        DialQuickTags  *tags);
void dial_wrap_up_pane_focus           (DialWrapUpPane *self,
                                        gboolean        typing);
void dial_wrap_up_pane_popup_templates (DialWrapUpPane *self);

G_END_DECLS
