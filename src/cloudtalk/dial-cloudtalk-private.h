#pragma once

#include "dial-cloudtalk-queue-private.h"
#include "dial-cloudtalk.h"
#include "dial-http.h"

G_BEGIN_DECLS

struct _DialCloudtalk
{
  GObject             parent_instance;

  DialHttp           *http;
  DialCloudtalkQueue *queue;
  char               *base;
  char               *key_id;
  char               *secret;
  guint64             n_requests;
  guint64             n_refused;
  gboolean            plain_dates; /* it refused dates that name their zone */
};

/* What a request is for: which words its errors have. */
typedef enum {
  DIAL_CLOUDTALK_TASK_LIST,
  DIAL_CLOUDTALK_TASK_SHOW,
  DIAL_CLOUDTALK_TASK_CALL,
  DIAL_CLOUDTALK_TASK_TEXT,
  DIAL_CLOUDTALK_TASK_CHANGE,
} DialCloudtalkTask;

/* dial-cloudtalk-request.c */

/* What to ask. Borrowed, but for the body. */
typedef struct {
  DialCloudtalkTask     task;
  const char           *method;    /* GET for a read */
  const char           *path;      /* below the base, with its query */
  GBytes               *body;      /* (nullable): JSON */
  int                   n_changes; /* in a bulk request, 0 in others */
  DialCloudtalkUrgency  urgency;
  const char *const    *private;   /* (nullable): what no error may repeat */
} DialCloudtalkAsk;

void         dial_cloudtalk_request_async  (DialCloudtalk           *self,
                                            const DialCloudtalkAsk  *ask,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
DialReply   *dial_cloudtalk_request_finish (DialCloudtalk           *self,
                                            GAsyncResult            *result,
                                            GError                 **error);

/* dial-cloudtalk-refusal.c */
GError      *dial_cloudtalk_refuse         (DialCloudtalkTask        task,
                                            guint                    status,
                                            const DialReply         *reply,
                                            const char *const       *private);
GError      *dial_cloudtalk_unclear        (DialCloudtalkTask        task);
GError      *dial_cloudtalk_refuse_text    (const char              *words);
GError      *dial_cloudtalk_refuse_change  (guint                    status,
                                            const char              *words);
GError      *dial_cloudtalk_garbled        (void);
gboolean     dial_cloudtalk_is_read        (DialCloudtalkTask        task);
gboolean     dial_cloudtalk_is_unclear     (guint                    status);

/* dial-cloudtalk-read.c */
typedef struct _DialCloudtalkKind DialCloudtalkKind;

void         dial_cloudtalk_read_async     (DialCloudtalk           *self,
                                            const DialCloudtalkKind *kind,
                                            const char              *path,
                                            DialCloudtalkUrgency     urgency,
                                            const char *const       *private,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
GPtrArray   *dial_cloudtalk_read_finish    (DialCloudtalk           *self,
                                            GAsyncResult            *result,
                                            guint                   *n_pages,
                                            GError                 **error);
void         dial_cloudtalk_walk_async     (DialCloudtalk           *self,
                                            const DialCloudtalkKind *kind,
                                            const char              *path,
                                            DialCloudtalkUrgency     urgency,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
GPtrArray   *dial_cloudtalk_walk_finish    (DialCloudtalk           *self,
                                            GAsyncResult            *result,
                                            GError                 **error);

/* dial-cloudtalk.c */
void         dial_cloudtalk_path_add       (GString                 *path,
                                            const char              *name,
                                            const char              *value);
void         dial_cloudtalk_path_add_id    (GString                 *path,
                                            const char              *name,
                                            gint64                   value);
gboolean     dial_cloudtalk_is_e164        (const char              *number);

G_END_DECLS
