#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COURIER (dial_courier_get_type ())
G_DECLARE_FINAL_TYPE (DialCourier, dial_courier, DIAL, COURIER, GObject)

/**
 * DialCourierOrder:
 * @greenhouse: where notes go
 * @recruiter_id: who signs notes that do not say it themselves, 0 if that is not known
 * @recruiter_email: (nullable): the same
 * @patience: for how many seconds a note is looked for, after an unclear end, before it goes out again
 * @everything: try also what is not due yet
 * @waits: somebody waits for the outcome: go on while something is being looked for
 *
 * What a courier is sent out with.
 */
typedef struct {
  DialGreenhouse *greenhouse;
  gint64          recruiter_id;
  const char     *recruiter_email;
  guint           patience;
  gboolean        everything;
  gboolean        waits;
} DialCourierOrder;

/**
 * DialCourierReport:
 * @next_try_at: when something is due again, an instant; %G_MAXINT64 for never
 * @forbidden: whether a note was refused for want of a permission
 * @got_through: whether Greenhouse answered anything as it should
 * @lag: how long the slowest note took to be listed after Greenhouse had taken it, in seconds
 *
 * What a courier comes back with.
 */
typedef struct {
  gint64   next_try_at;
  gboolean forbidden;
  gboolean got_through;
  guint    lag;
} DialCourierReport;

DialCourier *dial_courier_new        (DialStore               *store);
void         dial_courier_run_async  (DialCourier             *self,
                                      const DialCourierOrder  *order,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data);
gboolean     dial_courier_run_finish (DialCourier             *self,
                                      GAsyncResult            *result,
                                      DialCourierReport       *report,
                                      GError                 **error);
void         dial_courier_look_back_async  (DialCourier          *self,
                                            DialGreenhouse       *greenhouse,
                                            gint64                begun_at,
                                            guint                 pause,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean     dial_courier_look_back_finish (DialCourier          *self,
                                            GAsyncResult         *result,
                                            GError              **error);
void         dial_courier_nudge      (DialCourier             *self);
void         dial_courier_abort      (DialCourier             *self);
gint64       dial_courier_in_a_while (guint                    n_failures);

G_END_DECLS
