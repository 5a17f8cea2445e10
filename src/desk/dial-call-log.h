#pragma once

#include "dial-call-log-row.h"
#include "dial-call-order.h"
#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALL_LOG (dial_call_log_get_type ())
G_DECLARE_FINAL_TYPE (DialCallLog, dial_call_log, DIAL, CALL_LOG, GObject)

/**
 * DialCallLog:
 *
 * The calls of all of a desk's integrations, or of one, that answer a filter and a search: a lazy GListModel of
 * [class@CallLogRow], newest first (people to be called again: who waits longest first). It follows the stores,
 * and midnight.
 *
 * Properties: `filter` ([enum@CallFilter]), `text` (string), `loading` (boolean: a first answer is still to come),
 * `complete` (boolean: those are all), `n-calls` (uint), `problem` (nullable string: why they cannot be read, a
 * sentence).
 */
DialCallLog     *dial_call_log_new              (DialDesk            *desk);
void             dial_call_log_set_integration  (DialCallLog         *self,
                                                 DialIntegration     *integration);
DialCallFilter   dial_call_log_get_filter       (DialCallLog         *self);
void             dial_call_log_set_filter       (DialCallLog         *self,
                                                 DialCallFilter       filter);
const char      *dial_call_log_get_text         (DialCallLog         *self);
void             dial_call_log_set_text         (DialCallLog         *self,
                                                 const char          *text);
gboolean         dial_call_log_is_loading       (DialCallLog         *self);
gboolean         dial_call_log_is_complete      (DialCallLog         *self);
const char      *dial_call_log_get_problem      (DialCallLog         *self);
DialCallOrder   *dial_call_log_dup_order        (DialCallLog         *self);

void             dial_call_log_find_next_async  (DialCallLog         *self,
                                                 DialIntegration     *integration,
                                                 gint64               candidate_id,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean         dial_call_log_find_next_finish (DialCallLog         *self,
                                                 GAsyncResult        *result,
                                                 DialIntegration    **integration,
                                                 gint64              *candidate_id,
                                                 GError             **error);

G_END_DECLS
