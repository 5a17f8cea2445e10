#pragma once

#include "dial-greenhouse.h"

G_BEGIN_DECLS

/* The outcome of a check as text: to be kept, and to be read by whoever helps. */
char                *dial_check_to_text   (DialGreenhouseCheck  *check,
                                           const char           *problem);
DialGreenhouseCheck *dial_check_from_text (const char           *text,
                                           char                **problem);
char                *dial_check_report    (DialGreenhouseCheck  *check,
                                           DialApi               api,
                                           gboolean              as_user,
                                           gboolean              active,
                                           const char           *problem);

G_END_DECLS
