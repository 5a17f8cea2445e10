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

void dial_reply_free (DialReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialReply, dial_reply_free)

#define DIAL_TYPE_HTTP (dial_http_get_type ())
G_DECLARE_FINAL_TYPE (DialHttp, dial_http, DIAL, HTTP, GObject)

DialHttp  *dial_http_new         (void);
void       dial_http_send_async  (DialHttp             *self,
                                  const char           *method,
                                  const char           *url,
                                  const char           *authorization,
                                  const char           *content_type,
                                  GBytes               *body,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
DialReply *dial_http_send_finish (DialHttp             *self,
                                  GAsyncResult         *result,
                                  guint                *n_begun,
                                  GError              **error);

G_END_DECLS
