#pragma once

#include "dial-cloudtalk.h"

G_BEGIN_DECLS

/* How a contact is once something was said of it. */
DialCloudtalkContact *dial_contact_outlook_new       (const DialCloudtalkContact *contact);
void                  dial_contact_outlook_change    (DialCloudtalkContact       *self,
                                                      const DialContactChange    *change);
void                  dial_contact_outlook_tag       (DialCloudtalkContact       *self,
                                                      const char                 *tag);
void                  dial_contact_outlook_untag     (DialCloudtalkContact       *self,
                                                      const char                 *tag);
gboolean              dial_contact_outlook_has_tag   (const DialCloudtalkContact *self,
                                                      const char                 *tag);

G_END_DECLS
