#pragma once

#include <pango/pango.h>

#include "dial-candidate-list.h"

G_BEGIN_DECLS

/* What a search found in a candidate, for people to see. */
PangoAttrList *dial_match_mark        (const char         *text,
                                       const char         *needle);
char          *dial_match_dup_missing (const char         *needle,
                                       const char * const *shown);
char          *dial_match_dup_hidden  (DialCandidate      *candidate,
                                       const char         *missing);

void           dial_match_prepare_async  (GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean       dial_match_prepare_finish (GAsyncResult        *result);

G_END_DECLS
