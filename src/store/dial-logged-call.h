#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

#define DIAL_TYPE_LOGGED_CALL (dial_logged_call_get_type ())
G_DECLARE_FINAL_TYPE (DialLoggedCall, dial_logged_call, DIAL, LOGGED_CALL, GObject)

/**
 * DialLoggedCall:
 * @call: the call
 * @candidate: (nullable): with whom, as the store knows them; %NULL if nobody is known or left
 * @item: (nullable): the note that tells of it, as the outbox has it
 *
 * A call as the call log shows it.
 */
struct _DialLoggedCall
{
  GObject         parent_instance;

  DialCallRecord *call;
  DialCandidate  *candidate;
  DialOutboxItem *item;
};

DialLoggedCall *dial_logged_call_new         (DialCallRecord *call);
gboolean        dial_logged_call_is_unlogged (DialLoggedCall *self);

G_END_DECLS
