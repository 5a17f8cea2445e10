#pragma once

#include <gio/gio.h>

#include "dial-budget-private.h"

G_BEGIN_DECLS

/**
 * DialReply:
 * @status: the HTTP status
 * @body: the whole body
 * @request_id: (nullable): Greenhouse's name for the request, for its support
 * @link: (nullable): the `Link` header
 * @location: (nullable): where a redirect leads
 * @date: Greenhouse's clock, an instant
 * @retry_after: how long to wait in microseconds, -1 if it does not say
 * @news: what it tells of the allowance
 *
 * An answer, whatever its status.
 */
typedef struct {
  guint           status;
  GBytes         *body;
  char           *request_id;
  char           *link;
  char           *location;
  gint64          date;
  gint64          retry_after;
  DialBudgetNews  news;
} DialReply;

/**
 * DialHttpRequest:
 * @method: `GET` or `POST`
 * @url: an address that was checked before
 * @authorization: the `Authorization` header
 * @on_behalf_of: a user's id for the `On-Behalf-Of` header, 0 for none
 * @content_type: (nullable): of @body
 * @body: (nullable): what to send
 *
 * What to send, borrowed until it is on its way.
 */
typedef struct {
  const char *method;
  const char *url;
  const char *authorization;
  gint64      on_behalf_of;
  const char *content_type;
  GBytes     *body;
} DialHttpRequest;

void dial_reply_free (DialReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialReply, dial_reply_free)

#define DIAL_TYPE_HTTP (dial_http_get_type ())
G_DECLARE_FINAL_TYPE (DialHttp, dial_http, DIAL, HTTP, GObject)

DialHttp  *dial_http_new         (void);
void       dial_http_send_async  (DialHttp              *self,
                                  const DialHttpRequest *request,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data);
DialReply *dial_http_send_finish (DialHttp              *self,
                                  GAsyncResult          *result,
                                  guint                 *n_begun,
                                  GError               **error);

G_END_DECLS
