#pragma once

#include "dial-desk-error.h"

G_BEGIN_DECLS

char *dial_form_clean_text      (const char  *typed);
char *dial_form_clean_key       (const char  *typed);
char *dial_form_clean_subdomain (const char  *typed,
                                 GError     **error);
char *dial_form_clean_email     (const char  *typed,
                                 GError     **error);

G_END_DECLS
