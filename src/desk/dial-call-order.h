#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

/**
 * DialCallOrder:
 *
 * Calls of several integrations in one order, as the stores found them at one time. Nobody writes to it.
 */
typedef struct _DialCallOrder DialCallOrder;

DialCallOrder   *dial_call_order_new             (GPtrArray           *integrations,
                                                  GPtrArray           *findings);
DialCallOrder   *dial_call_order_ref             (DialCallOrder       *self);
void             dial_call_order_unref           (DialCallOrder       *self);
guint            dial_call_order_count           (DialCallOrder       *self);
DialIntegration *dial_call_order_get_integration (DialCallOrder       *self,
                                                  guint                position);
const DialCallKey *dial_call_order_get_key       (DialCallOrder       *self,
                                                  guint                position);
void             dial_call_order_compare         (DialCallOrder       *self,
                                                  DialCallOrder       *other,
                                                  guint               *n_same_before,
                                                  guint               *n_same_after);
void             dial_call_order_load_async      (DialCallOrder       *self,
                                                  guint                position,
                                                  guint                n_calls,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray       *dial_call_order_load_finish     (GAsyncResult        *result,
                                                  GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCallOrder, dial_call_order_unref)

G_END_DECLS
