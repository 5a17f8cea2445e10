#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialAccountStep:
 * @DIAL_ACCOUNT_STEP_KEYS: the keys are good
 * @DIAL_ACCOUNT_STEP_AGENT: the recruiter was found among the agents
 * @DIAL_ACCOUNT_STEP_CALLING: that agent may call out
 * @DIAL_ACCOUNT_STEP_LIMIT: the day's spending limit is not reached
 * @DIAL_ACCOUNT_STEP_STATE: the agent can be rung now
 * @DIAL_ACCOUNT_STEP_NUMBERS: the agent has numbers
 * @DIAL_ACCOUNT_STEP_HISTORY: the history of calls can be read
 * @DIAL_ACCOUNT_STEP_TAG: the tag for contacts is there
 * @DIAL_ACCOUNT_STEP_LINK: something on this computer opens the account's call links
 *
 * What a check of an account looks at, in this order.
 */
typedef enum {
  DIAL_ACCOUNT_STEP_KEYS,
  DIAL_ACCOUNT_STEP_AGENT,
  DIAL_ACCOUNT_STEP_CALLING,
  DIAL_ACCOUNT_STEP_LIMIT,
  DIAL_ACCOUNT_STEP_STATE,
  DIAL_ACCOUNT_STEP_NUMBERS,
  DIAL_ACCOUNT_STEP_HISTORY,
  DIAL_ACCOUNT_STEP_TAG,
  DIAL_ACCOUNT_STEP_LINK,
} DialAccountStep;

#define DIAL_TYPE_ACCOUNT_STEP (dial_account_step_get_type ())
GType dial_account_step_get_type (void) G_GNUC_CONST;

/**
 * DialStepState:
 * @DIAL_STEP_UNKNOWN: it could not be found out
 * @DIAL_STEP_GOOD: all is well
 * @DIAL_STEP_ADVICE: it works, but something wants a look
 * @DIAL_STEP_BAD: calls cannot be placed like this
 *
 * How a step went.
 */
typedef enum {
  DIAL_STEP_UNKNOWN,
  DIAL_STEP_GOOD,
  DIAL_STEP_ADVICE,
  DIAL_STEP_BAD,
} DialStepState;

#define DIAL_TYPE_STEP_STATE (dial_step_state_get_type ())
GType dial_step_state_get_type (void) G_GNUC_CONST;

/**
 * DialAccountFinding:
 * @step: what was looked at
 * @state: how it is
 * @text: what was found, a sentence; where something is wrong, with what to do about it and where
 */
typedef struct {
  DialAccountStep  step;
  DialStepState    state;
  char            *text;
} DialAccountFinding;

/**
 * DialAccountCheck:
 * @checked_at: when, an instant
 * @findings: (element-type DialAccountFinding): one a step, as far as it came
 *
 * What a check of an account found. Never changes once it was handed out.
 */
typedef struct {
  gint64     checked_at;
  GPtrArray *findings;
} DialAccountCheck;

DialAccountCheck         *dial_account_check_new       (gint64                  checked_at);
DialAccountCheck         *dial_account_check_ref       (DialAccountCheck       *self);
void                      dial_account_check_unref     (DialAccountCheck       *self);
void                      dial_account_check_add       (DialAccountCheck       *self,
                                                        DialAccountStep         step,
                                                        DialStepState           state,
                                                        const char             *text);
gboolean                  dial_account_check_is_ok     (const DialAccountCheck *self);
const DialAccountFinding *dial_account_check_find      (const DialAccountCheck *self,
                                                        DialStepState           state);
char                     *dial_account_check_to_text   (const DialAccountCheck *self);
DialAccountCheck         *dial_account_check_from_text (const char             *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialAccountCheck, dial_account_check_unref)

G_END_DECLS
