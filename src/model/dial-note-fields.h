#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DialNoteFields:
 * @DIAL_NOTE_NUMBER: the candidate's number
 * @DIAL_NOTE_OWN_NUMBER: the number that was shown to them
 * @DIAL_NOTE_TIME: when the call began, with its zone
 * @DIAL_NOTE_TIME_THERE: the candidate's local time, beside ours
 * @DIAL_NOTE_LENGTH: how long it was
 * @DIAL_NOTE_TAGS: the recruiter's verdicts, and what the phone system tagged it with
 * @DIAL_NOTE_RING: how long it rang
 * @DIAL_NOTE_AGENT: whose call it was in the phone system
 * @DIAL_NOTE_RECORDING: the page where it can be listened to
 * @DIAL_NOTE_NOTES: what was written about it in the phone system
 *
 * What a note tells of a call besides its outcome and what was typed.
 */
typedef enum {
  DIAL_NOTE_NUMBER     = 1 << 0,
  DIAL_NOTE_OWN_NUMBER = 1 << 1,
  DIAL_NOTE_TIME       = 1 << 2,
  DIAL_NOTE_TIME_THERE = 1 << 3,
  DIAL_NOTE_LENGTH     = 1 << 4,
  DIAL_NOTE_TAGS       = 1 << 5,
  DIAL_NOTE_RING       = 1 << 6,
  DIAL_NOTE_AGENT      = 1 << 7,
  DIAL_NOTE_RECORDING  = 1 << 8,
  DIAL_NOTE_NOTES      = 1 << 9,
} DialNoteFields;

#define DIAL_NOTE_ALL ((DialNoteFields) ((1 << 10) - 1))

#define DIAL_TYPE_NOTE_FIELDS (dial_note_fields_get_type ())
GType     dial_note_fields_get_type  (void) G_GNUC_CONST;

char     *dial_note_fields_to_text   (DialNoteFields  fields);
gboolean  dial_note_fields_from_text (const char     *text,
                                      DialNoteFields *fields);

G_END_DECLS
