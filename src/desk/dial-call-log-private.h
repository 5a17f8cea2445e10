#pragma once

#include "dial-call-log-row.h"

G_BEGIN_DECLS

/* The rows of one company's calls: one each as long as somebody holds it, loaded together, and anew when there is
 * news. */
typedef struct _DialCallRows DialCallRows;

DialCallRows   *dial_call_rows_new           (DialIntegration   *integration);
void            dial_call_rows_free          (DialCallRows      *self);
DialCallLogRow *dial_call_rows_get           (DialCallRows      *self,
                                              const DialCallKey *key);
void            dial_call_rows_reload        (DialCallRows      *self);
void            dial_call_rows_reload_people (DialCallRows      *self,
                                              GArray            *moves);

G_END_DECLS
