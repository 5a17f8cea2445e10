#pragma once

#include "dial-desk-error.h"
#include "dial-phone-number.h"

G_BEGIN_DECLS

char     *dial_form_clean_text      (const char     *typed);
char     *dial_form_clean_key       (const char     *typed);
char     *dial_form_clean_subdomain (const char     *typed,
                                     GError        **error);
char     *dial_form_clean_email     (const char     *typed,
                                     GError        **error);
char     *dial_form_clean_agent_email (const char   *typed,
                                       GError      **error);
char     *dial_form_clean_user_id   (const char     *typed,
                                     DialDeskError   code,
                                     GError        **error);
char     *dial_form_clean_numbers   (const char     *typed,
                                     GError        **error);
char     *dial_form_clean_list      (const char     *typed,
                                     guint           at_most,
                                     GError        **error);
gboolean  dial_form_check_keys      (DialApi         api,
                                     const char     *client_id,
                                     const char     *secret,
                                     GError        **error);

G_END_DECLS
