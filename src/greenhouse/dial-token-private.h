#pragma once

#include "dial-http.h"
#include "dial-pass-private.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TOKEN (dial_token_get_type ())
G_DECLARE_FINAL_TYPE (DialToken, dial_token, DIAL, TOKEN, GObject)

/* What the token service tells of the token: whatever it left out is NULL. */
typedef struct {
  GStrv  scopes;
  char  *sub;
  char  *organization;
  char  *role;
} DialIntrospection;

void dial_introspection_free (DialIntrospection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialIntrospection, dial_introspection_free)

DialToken         *dial_token_new               (DialHttp             *http,
                                                 const char           *base,
                                                 const char           *client_id,
                                                 const char           *secret);
void               dial_token_set_sub           (DialToken            *self,
                                                 gint64                user_id);
void               dial_token_introspect_async  (DialToken            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
DialIntrospection *dial_token_introspect_finish (DialToken            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
