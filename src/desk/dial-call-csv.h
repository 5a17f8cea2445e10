#pragma once

#include "dial-call-order.h"

G_BEGIN_DECLS

/* The call log as a table in RFC 4180: for spreadsheets, so no cell is a formula. */
void     dial_call_csv_append_head   (GString             *csv);
void     dial_call_csv_append_call   (GString             *csv,
                                      DialIntegration     *integration,
                                      DialLoggedCall      *logged);

void     dial_call_csv_export_async  (DialCallOrder       *order,
                                      GFile               *file,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gint64   dial_call_csv_export_finish (GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
