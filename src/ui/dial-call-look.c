#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-look.h"
#include "dial-words.h"

/**
 * dial_call_look_icon:
 * @call: a call
 *
 * Returns: the name of its icon
 */
const char *
dial_call_look_icon (DialCallRecord *call)
{
  if (call->state != DIAL_CALL_STATE_ENDED)
    return "call-start-symbolic";

  switch (call->outcome) {
  case DIAL_OUTCOME_NO_ANSWER:
  case DIAL_OUTCOME_MISSED:
  case DIAL_OUTCOME_BUSY:
    return "call-missed-symbolic";
  case DIAL_OUTCOME_CANCELLED:
  case DIAL_OUTCOME_FAILED:
    return "call-stop-symbolic";
  case DIAL_OUTCOME_ANSWERED:
  case DIAL_OUTCOME_VOICEMAIL:
  case DIAL_OUTCOME_UNKNOWN:
  default:
    return call->direction == DIAL_DIRECTION_INCOMING ? "call-incoming-symbolic" : "call-outgoing-symbolic";
  }
}

/**
 * dial_call_look_words:
 * @call: a call
 *
 * Returns: how it ended, in words
 */
const char *
dial_call_look_words (DialCallRecord *call)
{
  return call->state == DIAL_CALL_STATE_ENDED ? dial_words_outcome (call->outcome) : _("On the line now");
}
