#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

/**
 * DialOutboxActions:
 * @DIAL_OUTBOX_SEND: try at once; for a note that is being looked for: look at once
 * @DIAL_OUTBOX_EDIT: change its text
 * @DIAL_OUTBOX_CONFIRM: say that it is there
 * @DIAL_OUTBOX_REPEAT: send it again although it may be there
 * @DIAL_OUTBOX_DISCARD: throw it away
 *
 * What a person may do with a note now.
 */
typedef enum {
  DIAL_OUTBOX_SEND = 1 << 0,
  DIAL_OUTBOX_EDIT = 1 << 1,
  DIAL_OUTBOX_CONFIRM = 1 << 2,
  DIAL_OUTBOX_REPEAT = 1 << 3,
  DIAL_OUTBOX_DISCARD = 1 << 4,
} DialOutboxActions;

#define DIAL_TYPE_OUTBOX_ENTRY (dial_outbox_entry_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxEntry, dial_outbox_entry, DIAL, OUTBOX_ENTRY, GObject)

/**
 * DialOutboxEntry:
 *
 * A note that is not known to be in Greenhouse, with whose it is. Stays the same object for as long as the
 * note is in the list.
 *
 * Properties (all notify): `item` ([class@OutboxItem]), `candidate` (nullable [class@Candidate]).
 */
DialOutboxEntry   *dial_outbox_entry_new             (DialIntegration *integration,
                                                      DialOutboxItem  *item,
                                                      DialCandidate   *candidate);
DialIntegration   *dial_outbox_entry_get_integration (DialOutboxEntry *self);
DialOutboxItem    *dial_outbox_entry_get_item        (DialOutboxEntry *self);
DialCandidate     *dial_outbox_entry_get_candidate   (DialOutboxEntry *self);
void               dial_outbox_entry_update          (DialOutboxEntry *self,
                                                      DialOutboxItem  *item,
                                                      DialCandidate   *candidate);
char              *dial_outbox_entry_dup_name        (DialOutboxEntry *self);
gboolean           dial_outbox_entry_needs_look      (DialOutboxEntry *self);
DialOutboxActions  dial_outbox_entry_get_actions     (DialOutboxEntry *self);

G_END_DECLS
