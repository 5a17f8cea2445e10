#pragma once

#include "dial-reply.h"

G_BEGIN_DECLS

/**
 * DialHttpError:
 * @DIAL_HTTP_ERROR_ADDRESS: an address that must not be asked; the message is a sentence that says why
 */
typedef enum {
  DIAL_HTTP_ERROR_ADDRESS,
} DialHttpError;

#define DIAL_HTTP_ERROR (dial_http_error_quark ())
GQuark dial_http_error_quark (void);

/**
 * DialHttpRequest:
 * @method: `GET` for a read, anything else for a write
 * @url: an address that was checked before
 * @authorization: the `Authorization` header
 * @headers: (nullable) (array zero-terminated=1): names and values of others, in turn
 * @content_type: (nullable): of @body
 * @body: (nullable): what to send
 *
 * What to send, borrowed until it is on its way.
 */
typedef struct {
  const char        *method;
  const char        *url;
  const char        *authorization;
  const char *const *headers;
  const char        *content_type;
  GBytes            *body;
} DialHttpRequest;

#define DIAL_TYPE_HTTP (dial_http_get_type ())
G_DECLARE_FINAL_TYPE (DialHttp, dial_http, DIAL, HTTP, GObject)

DialHttp  *dial_http_new           (void);
void       dial_http_set_keep      (DialHttp              *self,
                                    guint                  seconds);
void       dial_http_send_async    (DialHttp              *self,
                                    const DialHttpRequest *request,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data);
DialReply *dial_http_send_finish   (DialHttp              *self,
                                    GAsyncResult          *result,
                                    guint                 *n_begun,
                                    GError               **error);

/* dial-http-error.c */
char      *dial_http_describe_error (const GError         *error,
                                     const char           *url);

G_END_DECLS
