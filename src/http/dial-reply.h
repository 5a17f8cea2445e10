#pragma once

#include "dial-util.h"

G_BEGIN_DECLS

/**
 * DialReply:
 * @status: the HTTP status
 * @body: the whole body
 * @request_id: (nullable): the service's name for the request, for its support
 * @location: (nullable): where a redirect leads
 * @date: the service's clock, an instant
 * @retry_after: how long to wait in microseconds, -1 if it does not say
 *
 * An answer, whatever its status.
 */
typedef struct {
  guint    status;
  GBytes  *body;
  char    *request_id;
  char    *location;
  gint64   date;
  gint64   retry_after;

  /*< private >*/
  gpointer headers;
} DialReply;

void        dial_reply_free       (DialReply       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialReply, dial_reply_free)

const char *dial_reply_get_header (const DialReply *self,
                                   const char      *name);
gint64      dial_reply_get_number (const DialReply *self,
                                   const char      *name);
gint64      dial_reply_get_until  (const DialReply *self,
                                   const char      *name);
int         dial_reply_get_skew   (const DialReply *self);
gboolean    dial_reply_is_html    (const DialReply *self);
gboolean    dial_reply_is_portal  (const DialReply *self);

G_END_DECLS
