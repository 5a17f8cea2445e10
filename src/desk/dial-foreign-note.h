#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

gboolean dial_foreign_note_is_call (DialNote       *note);
gboolean dial_foreign_note_tells   (DialNote       *note,
                                    DialCallReport *report);

G_END_DECLS
