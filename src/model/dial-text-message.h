#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DialTextState:
 * @DIAL_TEXT_STATE_DRAFT: it is being written
 * @DIAL_TEXT_STATE_SENDING: on its way; found after a crash, nobody knows whether it went out
 * @DIAL_TEXT_STATE_HANDED: the carrier took it; whether it arrived nobody says
 * @DIAL_TEXT_STATE_UNKNOWN: it may have gone out or not; a person must say
 * @DIAL_TEXT_STATE_REFUSED: it certainly did not go out
 *
 * Where a text message is.
 */
typedef enum {
  DIAL_TEXT_STATE_DRAFT,
  DIAL_TEXT_STATE_SENDING,
  DIAL_TEXT_STATE_HANDED,
  DIAL_TEXT_STATE_UNKNOWN,
  DIAL_TEXT_STATE_REFUSED,
} DialTextState;

#define DIAL_TYPE_TEXT_STATE (dial_text_state_get_type ())
GType dial_text_state_get_type (void) G_GNUC_CONST;

#define DIAL_TYPE_TEXT_MESSAGE (dial_text_message_get_type ())
G_DECLARE_FINAL_TYPE (DialTextMessage, dial_text_message, DIAL, TEXT_MESSAGE, GObject)

/**
 * DialTextMessage:
 * @id: the store's id, 0 while it has none
 * @candidate_id: to whom, 0 if nobody is known by that number
 * @number: their number in E.164, "" while none is chosen
 * @own_number: the number that is shown to them, in E.164, "" while none is chosen
 * @body: what they read
 * @state: where it is
 * @told: it counts as handed over because the recruiter said so
 * @reference: (nullable): what makes the note unique that tells of it
 * @error: (nullable): why it is not handed over, a sentence
 * @created_at: when it was begun, an instant
 * @sent_at: when it was last sent, an instant
 * @revision: how often it was changed
 *
 * A text message (SMS) to a candidate, not changed once it is handed on.
 */
struct _DialTextMessage
{
  GObject        parent_instance;

  gint64         id;
  gint64         candidate_id;
  char          *number;
  char          *own_number;
  char          *body;
  DialTextState  state;
  char          *reference;
  char          *error;
  gint64         created_at;
  gint64         sent_at;
  gint64         revision;
  guint          told : 1;
};

DialTextMessage *dial_text_message_new  (gint64           candidate_id,
                                         const char      *number,
                                         const char      *own_number,
                                         const char      *body);
DialTextMessage *dial_text_message_copy (DialTextMessage *self);

G_END_DECLS
