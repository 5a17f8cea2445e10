#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/* How a call, and the note about it, look in a row. */
const char *dial_call_look_icon       (DialCallRecord *call);
const char *dial_call_look_words      (DialCallRecord *call);
const char *dial_call_look_note_icon  (DialOutboxItem *item);
const char *dial_call_look_note_class (DialOutboxItem *item);

G_END_DECLS
