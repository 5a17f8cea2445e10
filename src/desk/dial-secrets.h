#pragma once

#include "dial-desk-error.h"

G_BEGIN_DECLS

/**
 * DialSecretsFlags:
 * @DIAL_SECRETS_DEFAULT: a locked keyring may ask the person for its password
 * @DIAL_SECRETS_IN_MEMORY: credentials may stay in this process's memory where there is no open
 *   keyring; only for credentials that were invented
 * @DIAL_SECRETS_NO_PROMPT: nobody is there to answer a prompt: a locked keyring is an error
 */
typedef enum {
  DIAL_SECRETS_DEFAULT = 0,
  DIAL_SECRETS_IN_MEMORY = 1 << 0,
  DIAL_SECRETS_NO_PROMPT = 1 << 1,
} DialSecretsFlags;

#define DIAL_TYPE_SECRETS (dial_secrets_get_type ())
G_DECLARE_FINAL_TYPE (DialSecrets, dial_secrets, DIAL, SECRETS, GObject)

/**
 * DialSecrets:
 *
 * Credentials in the desktop's Secret Service: one item an owner (an integration or a phone), which
 * holds both halves, the id and the secret.
 */
DialSecrets *dial_secrets_new           (DialSecretsFlags      flags);
void         dial_secrets_store_async   (DialSecrets          *self,
                                         const char           *owner,
                                         const char           *title,
                                         const char           *client_id,
                                         const char           *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         dial_secrets_replace_async (DialSecrets          *self,
                                         const char           *owner,
                                         const char           *title,
                                         const char           *client_id,
                                         const char           *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     dial_secrets_store_finish  (DialSecrets          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         dial_secrets_lookup_async  (DialSecrets          *self,
                                         const char           *owner,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     dial_secrets_lookup_finish (DialSecrets          *self,
                                         GAsyncResult         *result,
                                         char                **client_id,
                                         char                **secret,
                                         GError              **error);
void         dial_secrets_clear_async   (DialSecrets          *self,
                                         const char           *owner,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     dial_secrets_clear_finish  (DialSecrets          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         dial_secrets_forbid_core   (void);

G_END_DECLS
