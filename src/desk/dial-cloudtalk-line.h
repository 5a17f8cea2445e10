#pragma once

#include "dial-call.h"
#include "dial-cloudtalk-account.h"

G_BEGIN_DECLS

/* One call that CloudTalk was given, from then until its history has told how it ended. */
typedef struct _DialCloudtalkLine DialCloudtalkLine;

/* How CloudTalk was given it. */
typedef enum {
  DIAL_CLOUDTALK_ROUTE_RING,      /* it rings the recruiter first */
  DIAL_CLOUDTALK_ROUTE_UNCLEAR,   /* it was asked to, and whether it does is not known */
  DIAL_CLOUDTALK_ROUTE_LINK,      /* CloudTalk Phone was given the number */
} DialCloudtalkRoute;

typedef void (*DialCloudtalkLineFunc) (DialCloudtalkLine *line,
                                       gpointer           user_data);

DialCloudtalkLine *dial_cloudtalk_line_new         (DialCloudtalkAccount  *account,
                                                    DialCall              *call,
                                                    DialCloudtalkRoute     route,
                                                    gint64                 not_before,
                                                    GHashTable            *others,
                                                    guint                  haste,
                                                    DialCloudtalkLineFunc  on_over,
                                                    gpointer               user_data);
void               dial_cloudtalk_line_free        (DialCloudtalkLine     *self);
DialCall          *dial_cloudtalk_line_get_call    (DialCloudtalkLine     *self);
void               dial_cloudtalk_line_ask_to_end  (DialCloudtalkLine     *self);
void               dial_cloudtalk_line_hurry       (DialCloudtalkLine     *self);

G_END_DECLS
