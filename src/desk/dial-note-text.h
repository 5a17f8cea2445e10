#pragma once

#include "dial-note-fields.h"
#include "dial-records.h"
#include "dial-text-message.h"

G_BEGIN_DECLS

char *dial_note_text_new_reference  (void);
char *dial_note_text_for_call       (DialCallRecord *call,
                                     DialNoteFields  fields,
                                     GTimeZone      *candidate_zone,
                                     const char     *signer,
                                     const char     *reference);
char *dial_note_text_for_note       (const char     *text,
                                     const char     *signer,
                                     const char     *reference);
char *dial_note_text_for_text       (DialTextMessage *message,
                                     DialNoteFields   fields,
                                     GTimeZone       *candidate_zone,
                                     const char      *signer,
                                     const char      *reference);
char *dial_note_text_dup_reference   (const char    *body);
char *dial_note_text_strip_reference (const char    *body);
char *dial_note_text_add_reference   (const char    *text,
                                      const char     *reference);

G_END_DECLS
