#pragma once

#include "dial-outbox-entry.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTBOX (dial_outbox_get_type ())
G_DECLARE_FINAL_TYPE (DialOutbox, dial_outbox, DIAL, OUTBOX, GObject)

/**
 * DialOutbox:
 *
 * All notes of some integrations that are not known to be in Greenhouse, as a GListModel of
 * [class@OutboxEntry]: first what needs a person's look, then the oldest first. Follows their stores.
 *
 * Properties (all notify): `n-notes` (uint), `n-needing-look` (uint: how many of them wait for a person),
 * `loading` (boolean: a first answer is still to come), `problem` (nullable string: why they cannot be
 * read, a sentence).
 */
DialOutbox *dial_outbox_new                (GListModel *integrations);
guint       dial_outbox_get_n_notes        (DialOutbox *self);
guint       dial_outbox_get_n_needing_look (DialOutbox *self);
gboolean    dial_outbox_is_loading         (DialOutbox *self);
const char *dial_outbox_get_problem        (DialOutbox *self);
void        dial_outbox_refresh            (DialOutbox *self);

G_END_DECLS
