#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEXT_DRAFT (dial_text_draft_get_type ())
G_DECLARE_FINAL_TYPE (DialTextDraft, dial_text_draft, DIAL, TEXT_DRAFT, GObject)

/**
 * DialTextDraft:
 *
 * The text message that is being written to one candidate, which the store keeps at every keystroke. Whoever lets it go
 * may do so at once: what is on its way to the store still gets there.
 *
 * Properties: `settled` (boolean: the store holds exactly this; notifies), `problem` (nullable string: why it could not
 * be read or kept, a sentence; notifies).
 * Signal: `loaded`: what the store had is here.
 */
DialTextDraft   *dial_text_draft_new         (DialStore       *store,
                                              gint64           candidate_id,
                                              gint64           text_id);
DialTextMessage *dial_text_draft_get_message (DialTextDraft   *self);
DialTextMessage *dial_text_draft_get_last    (DialTextDraft   *self);
gboolean         dial_text_draft_is_loading  (DialTextDraft   *self);
gboolean         dial_text_draft_is_settled  (DialTextDraft   *self);
const char      *dial_text_draft_get_problem (DialTextDraft   *self);
void             dial_text_draft_write       (DialTextDraft   *self,
                                              const char      *number,
                                              const char      *own_number,
                                              const char      *body);
void             dial_text_draft_take        (DialTextDraft   *self,
                                              DialTextMessage *message);

G_END_DECLS
