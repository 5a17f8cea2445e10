#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/* A note of another Dialhouse, read as the call it tells of. */
DialCallRecord *dial_note_reading_dup_call (DialNote *note);

G_END_DECLS
