#pragma once

#include "dial-contacts.h"

G_BEGIN_DECLS

/* What is told of an integration's contacts in the phone system. */
char *dial_contacts_words_progress (const DialContactsProgress *progress);
char *dial_contacts_words_preview  (const DialContactsReport   *report);
char *dial_contacts_words_report   (const DialContactsReport   *report,
                                    gint64                      ended_at);

G_END_DECLS
