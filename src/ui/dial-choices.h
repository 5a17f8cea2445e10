#pragma once

#include "dial-companies.h"

G_BEGIN_DECLS

/* What there is to filter by, counted over all companies that are looked at. */
void       dial_choices_count_async  (DialCompanies        *companies,
                                      const DialQuery      *query,
                                      DialFacet             facet,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *dial_choices_count_finish (DialCompanies        *companies,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
