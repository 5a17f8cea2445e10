#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

/**
 * DialHistoryKind:
 * @DIAL_HISTORY_CALL: a call of this desk, with its note if there is one, or of another one whose note tells of it
 * @DIAL_HISTORY_TEXT: a text message, likewise
 * @DIAL_HISTORY_NOTE: any other note of this desk or of a colleague
 */
typedef enum {
  DIAL_HISTORY_CALL,
  DIAL_HISTORY_TEXT,
  DIAL_HISTORY_NOTE,
} DialHistoryKind;

#define DIAL_TYPE_HISTORY_ENTRY (dial_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (DialHistoryEntry, dial_history_entry, DIAL, HISTORY_ENTRY, GObject)

/**
 * DialHistoryEntry:
 *
 * One row of a candidate's history: a call, a text message, a note, or one of the former with its note, merged by
 * reference.
 */
DialHistoryKind  dial_history_entry_get_kind   (DialHistoryEntry *self);
gint64           dial_history_entry_get_when   (DialHistoryEntry *self);
const char      *dial_history_entry_get_author (DialHistoryEntry *self);
const char      *dial_history_entry_get_text   (DialHistoryEntry *self);
gboolean         dial_history_entry_is_own     (DialHistoryEntry *self);
DialCallRecord  *dial_history_entry_get_call   (DialHistoryEntry *self);
DialTextMessage *dial_history_entry_get_message (DialHistoryEntry *self);
DialOutboxItem  *dial_history_entry_get_item   (DialHistoryEntry *self);
DialNote        *dial_history_entry_get_note   (DialHistoryEntry *self);
gint64           dial_history_entry_get_note_id (DialHistoryEntry *self);
guint            dial_history_entry_count_notes (DialHistoryEntry *self);

#define DIAL_TYPE_HISTORY (dial_history_get_type ())
G_DECLARE_FINAL_TYPE (DialHistory, dial_history, DIAL, HISTORY, GObject)

/**
 * DialHistory:
 *
 * The history of one candidate, newest first, as a GListModel of [class@HistoryEntry] that follows
 * the store.
 *
 * Properties: `loading` (boolean: the store has not yet answered), `problem` (nullable string: why
 * Greenhouse's notes could not be read, a sentence).
 */
DialHistory *dial_history_new            (DialIntegration *integration,
                                          gint64           candidate_id);
gboolean     dial_history_is_loading     (DialHistory     *self);
const char  *dial_history_get_problem    (DialHistory     *self);
void         dial_history_refresh        (DialHistory     *self);

G_END_DECLS
