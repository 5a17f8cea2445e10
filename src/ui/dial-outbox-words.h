#pragma once

#include "dial-outbox.h"

G_BEGIN_DECLS

/* The words about notes that are not yet in Greenhouse. */
char *dial_outbox_words_beginning (DialOutboxEntry *entry);
char *dial_outbox_words_reason    (DialOutboxEntry *entry);
char *dial_outbox_words_tries     (DialOutboxEntry *entry);
char *dial_outbox_words_brief     (DialOutbox      *outbox);
char *dial_outbox_words_count     (DialOutbox      *outbox);

G_END_DECLS
