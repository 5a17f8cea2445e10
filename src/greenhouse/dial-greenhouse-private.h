#pragma once

#include "dial-errand-private.h"
#include "dial-greenhouse-queue-private.h"
#include "dial-greenhouse.h"
#include "dial-pass-private.h"
#include "dial-secret.h"

G_BEGIN_DECLS

struct _DialGreenhouse
{
  GObject              parent_instance;

  const DialDialect   *dialect;
  DialHttp            *http;
  DialPass            *pass;
  DialGreenhouseQueue *queue;
  char                *base;
  gint64               acting_user;
  guint                n_requests;
  guint                n_refused;
  gint64               held_until;  /* an instant; Greenhouse named it in its last refusal */
  guint                date_form;   /* the one this Greenhouse does not refuse */
};

DialPermission     *dial_permission_copy           (const DialPermission *self);
void                dial_permission_free           (DialPermission       *self);

char               *dial_greenhouse_normalise_url  (const char           *url,
                                                    GError              **error);
char               *dial_greenhouse_dup_url        (DialGreenhouse       *self,
                                                    const char           *path);

/* dial-greenhouse-request.c */

/* What to ask: a read, or with a body a write. */
typedef struct {
  DialErrand   errand;
  const char  *url;
  GBytes      *body;         /* JSON */
  const char  *secret;       /* text no error may repeat */
  gint64       on_behalf_of; /* a user, 0 for nobody */
  DialUrgency  urgency;
} DialAsk;

void                dial_greenhouse_request_async  (DialGreenhouse       *self,
                                                    const DialAsk        *ask,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DialReply          *dial_greenhouse_request_finish (DialGreenhouse       *self,
                                                    GAsyncResult         *result,
                                                    guint                *status,
                                                    GError              **error);

/* dial-greenhouse-read.c */

/* What to list: a query without dates, and the dates. */
typedef struct {
  DialErrand  errand;
  const char *query;
  DialDates   dates;
  gboolean    ids_only;
  const char *path; /* the errand's own if NULL */
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
gboolean            dial_greenhouse_is_ours        (DialGreenhouse       *self,
                                                    const char           *url);

/* dial-find.c */
void                dial_find_sort_applications    (GPtrArray            *applications);
DialUser           *dial_find_user                 (GPtrArray            *users,
                                                    const char           *email);
gboolean            dial_find_is_address           (const char           *address,
                                                    const char           *email);

G_END_DECLS
