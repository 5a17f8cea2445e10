#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/* How a call looks in a row; of the note about it, see dial_words_note_state(). */
const char *dial_call_look_icon  (DialCallRecord *call);
const char *dial_call_look_words (DialCallRecord *call);

G_END_DECLS
