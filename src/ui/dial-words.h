#pragma once

#include "dial-history.h"
#include "dial-local-time.h"

G_BEGIN_DECLS

/* The words people read: times, kinds, outcomes. */
char       *dial_words_clock          (GDateTime   *time);
char       *dial_words_when           (gint64       instant);
char       *dial_words_day            (gint64       instant);
char       *dial_words_ago            (gint64       instant);
char       *dial_words_duration       (int          seconds);
char       *dial_words_local_time     (const DialLocalTime *time);
char       *dial_words_contact        (DialHistoryEntry    *contact);
char       *dial_words_phone_kind     (const char  *kind);
const char *dial_words_outcome        (DialOutcome  outcome);
const char *dial_words_text_state     (DialTextMessage *message);
const char *dial_words_note_state     (DialOutboxItem *item);
const char *dial_words_note_icon      (DialOutboxItem *item);
const char *dial_words_note_style     (DialOutboxItem *item);
char       *dial_words_application    (DialApplication *application);
char       *dial_words_number         (DialPhoneNumber *number);
char       *dial_words_caller         (DialPhoneNumber *number);
char       *dial_words_isolate        (const char  *text);
char       *dial_words_join           (guint        n_parts,
                                       ...);

G_END_DECLS
