#pragma once

#include <gtk/gtk.h>

#include "dial-types.h"

G_BEGIN_DECLS

#define DIAL_TYPE_OUTCOME_PICKER (dial_outcome_picker_get_type ())
G_DECLARE_FINAL_TYPE (DialOutcomePicker, dial_outcome_picker, DIAL, OUTCOME_PICKER, GtkWidget)

/**
 * DialOutcomePicker:
 *
 * How a call ended: the frequent outcomes side by side, the rare ones behind a menu.
 *
 * Properties: `outcome` ([enum@Outcome]).
 *
 * Signals: `confirmed`: the recruiter pressed Enter on an outcome.
 */
DialOutcome dial_outcome_picker_get_outcome (DialOutcomePicker *self);
void        dial_outcome_picker_ask         (DialOutcomePicker *self,
                                             DialDirection      direction,
                                             DialOutcome        guess);

G_END_DECLS
