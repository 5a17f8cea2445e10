#pragma once

#include "dial-records.h"
#include "dial-text-message.h"

G_BEGIN_DECLS

/* A note of another Dialhouse, read as the call or the text message it tells of. */
DialCallRecord  *dial_note_reading_dup_call (DialNote *note);
DialTextMessage *dial_note_reading_dup_text (DialNote *note);

G_END_DECLS
