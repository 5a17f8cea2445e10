#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

/* Credentials as they were typed, cleaned: what opens Greenhouse's door. */
typedef struct {
  DialApi  api;
  char    *client_id;    /* "" in v1 */
  char    *secret;       /* wiped when it is freed */
  char    *acting_user;  /* "" for nobody in particular */
} DialKeys;

DialKeys       *dial_keys_read (const DialNewIntegration  *form,
                                GError                   **error);
void            dial_keys_free (DialKeys                  *self);
DialGreenhouse *dial_keys_open (const DialKeys            *self,
                                const char                *harvest_url,
                                const char                *auth_url,
                                GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialKeys, dial_keys_free)

G_END_DECLS
