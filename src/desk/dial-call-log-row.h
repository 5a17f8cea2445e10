#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALL_LOG_ROW (dial_call_log_row_get_type ())
G_DECLARE_FINAL_TYPE (DialCallLogRow, dial_call_log_row, DIAL, CALL_LOG_ROW, GObject)

/**
 * DialCallLogRow:
 *
 * One call of the call log, which is loaded when somebody looks at it.
 *
 * Property: `logged` (nullable [class@LoggedCall]: %NULL until it is loaded; notifies whenever there is news of
 * the call or of its note).
 */
DialIntegration *dial_call_log_row_get_integration (DialCallLogRow  *self);
const char      *dial_call_log_row_get_uid         (DialCallLogRow  *self);
gint64           dial_call_log_row_get_started_at  (DialCallLogRow  *self);
DialLoggedCall  *dial_call_log_row_get_logged      (DialCallLogRow  *self);

/* For the log alone */
DialCallLogRow  *_dial_call_log_row_new            (DialIntegration *integration,
                                                    const char      *uid,
                                                    gint64           started_at);
void             _dial_call_log_row_set_logged     (DialCallLogRow  *self,
                                                    DialLoggedCall  *logged);

G_END_DECLS
