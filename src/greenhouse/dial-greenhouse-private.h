#pragma once

#include "dial-errand-private.h"
#include "dial-greenhouse.h"
#include "dial-queue-private.h"
#include "dial-token-private.h"

G_BEGIN_DECLS

struct _DialGreenhouse
{
  GObject    parent_instance;

  DialHttp  *http;
  DialToken *token;
  DialQueue *queue;
  char      *base;
  guint      n_requests;
  guint      n_refused;
  gboolean   bracket_dates; /* this Greenhouse refuses dates behind pipes */
};

DialPermission     *dial_permission_copy           (const DialPermission *self);
void                dial_permission_free           (DialPermission       *self);

/* dial-greenhouse-request.c */
void                dial_greenhouse_request_async  (DialGreenhouse       *self,
                                                    DialErrand            errand,
                                                    const char           *url,
                                                    GBytes               *body,
                                                    const char           *secret,
                                                    DialUrgency           urgency,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DialReply          *dial_greenhouse_request_finish (DialGreenhouse       *self,
                                                    GAsyncResult         *result,
                                                    guint                *status,
                                                    GError              **error);

/* dial-greenhouse-read.c */

/* What to list: a query without dates, and where `since` is known, the date to ask by. */
typedef struct {
  DialErrand  errand;
  const char *query;
  const char *date; /* `created_at`, `updated_at` */
  gint64      since;
} DialListing;

void                dial_greenhouse_read_async     (DialGreenhouse       *self,
                                                    const DialListing    *listing,
                                                    const char           *next,
                                                    DialUrgency           urgency,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DialGreenhousePage *dial_greenhouse_read_finish    (DialGreenhouse       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void                dial_greenhouse_walk_async     (DialGreenhouse       *self,
                                                    const DialListing    *listing,
                                                    DialUrgency           urgency,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GPtrArray          *dial_greenhouse_walk_finish    (DialGreenhouse       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
