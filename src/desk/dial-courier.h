#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COURIER (dial_courier_get_type ())
G_DECLARE_FINAL_TYPE (DialCourier, dial_courier, DIAL, COURIER, GObject)

DialCourier *dial_courier_new        (DialStore            *store);
void         dial_courier_run_async  (DialCourier          *self,
                                      DialGreenhouse       *greenhouse,
                                      gint64                recruiter_id,
                                      const char           *recruiter_email,
                                      gboolean              everything,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean     dial_courier_run_finish (DialCourier          *self,
                                      GAsyncResult         *result,
                                      gint64               *next_try_at,
                                      gboolean             *forbidden,
                                      GError              **error);
void         dial_courier_abort      (DialCourier          *self);

G_END_DECLS
