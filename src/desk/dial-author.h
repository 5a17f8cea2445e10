#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

void      dial_author_look_up_async  (DialStore            *store,
                                      gint64                id,
                                      const char           *email,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
DialUser *dial_author_look_up_finish (DialStore            *store,
                                      GAsyncResult         *result,
                                      GError              **error);
void      dial_author_find_async     (DialStore            *store,
                                      DialGreenhouse       *greenhouse,
                                      gint64                id,
                                      const char           *email,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
DialUser *dial_author_find_finish    (DialStore            *store,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
