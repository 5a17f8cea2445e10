#pragma once

#include "dial-desk-error.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SECRETS (dial_secrets_get_type ())
G_DECLARE_FINAL_TYPE (DialSecrets, dial_secrets, DIAL, SECRETS, GObject)

/**
 * DialSecrets:
 *
 * Credentials in the desktop's Secret Service: one item an owner (an integration or a phone), which
 * holds both halves, the id and the secret.
 */
DialSecrets *dial_secrets_new           (gboolean              may_use_memory);
void         dial_secrets_store_async   (DialSecrets          *self,
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

G_END_DECLS
