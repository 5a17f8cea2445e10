#pragma once

#include <gtk/gtk.h>

#include "dial-store.h"

G_BEGIN_DECLS

#define DIAL_TYPE_DRAFT (dial_draft_get_type ())
G_DECLARE_FINAL_TYPE (DialDraft, dial_draft, DIAL, DRAFT, GtkTextBuffer)

/**
 * DialDraft:
 *
 * What the recruiter is typing about one candidate: a text buffer that the store keeps at every
 * keystroke.
 *
 * Properties: `problem` (nullable string: why the text could not be kept or read, a sentence).
 */
DialDraft  *dial_draft_new         (DialStore  *store,
                                    gint64      candidate_id);
gboolean    dial_draft_is_of       (DialDraft  *self,
                                    DialStore  *store,
                                    gint64      candidate_id);
gboolean    dial_draft_is_settled  (DialDraft  *self);
gboolean    dial_draft_is_blank    (DialDraft  *self);
const char *dial_draft_get_problem (DialDraft  *self);
char       *dial_draft_dup_text    (DialDraft  *self);
void        dial_draft_clear       (DialDraft  *self);
void        dial_draft_keep        (DialDraft  *self);
void        dial_draft_flush       (DialDraft  *self);

G_END_DECLS
