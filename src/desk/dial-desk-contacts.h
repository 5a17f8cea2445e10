#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

void     dial_desk_run_contacts_async  (DialDesk             *self,
                                        DialIntegration      *integration,
                                        DialContactsJob       job,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean dial_desk_run_contacts_finish (DialDesk             *self,
                                        GAsyncResult         *result,
                                        DialContactsReport  **report,
                                        GError              **error);

G_END_DECLS
