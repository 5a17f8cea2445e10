#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

/**
 * DialOrder:
 * @DIAL_ORDER_RELEVANCE: whose name begins with the words, then whose name has them, then all others;
 *   among equals who was active last
 * @DIAL_ORDER_NAME: by name, from A
 * @DIAL_ORDER_ACTIVITY: who was active last comes first
 * @DIAL_ORDER_CONTACT: whom we spoke with last comes first; those we never did come after them, by
 *   activity
 *
 * How found candidates stand in a list.
 */
typedef enum {
  DIAL_ORDER_RELEVANCE,
  DIAL_ORDER_NAME,
  DIAL_ORDER_ACTIVITY,
  DIAL_ORDER_CONTACT,
} DialOrder;

#define DIAL_TYPE_ORDER (dial_order_get_type ())
GType dial_order_get_type (void) G_GNUC_CONST;

/**
 * DialQuery:
 * @text: words in any order, each of which may be a beginning only; never %NULL, "" for everybody
 * @order: how what is found stands
 * @jobs: (array zero-terminated=1): names of jobs, any of which will do; never %NULL
 * @stages: (array zero-terminated=1): names of stages, any of which will do; never %NULL
 * @statuses: (array zero-terminated=1): `in_process`, `rejected`, `hired`, `converted`, any of which
 *   will do; never %NULL
 * @tags: (array zero-terminated=1): names of tags, all of which are asked for; never %NULL
 * @user_id: who must be recruiter or coordinator of an application, 0 for anybody
 * @quiet_days: for how many days nobody may have been in contact, 0 for any time
 * @has_phone: only whom one can call
 * @is_private: only private candidates
 *
 * What somebody looks for. Jobs, stages and statuses are meant of one and the same application. Jobs,
 * stages and tags go by their names, so that a query holds for several companies.
 */
typedef struct {
  char      *text;
  DialOrder  order;
  GStrv      jobs;
  GStrv      stages;
  GStrv      statuses;
  GStrv      tags;
  gint64     user_id;
  guint      quiet_days;
  gboolean   has_phone;
  gboolean   is_private;
} DialQuery;

#define DIAL_TYPE_QUERY (dial_query_get_type ())
GType      dial_query_get_type      (void) G_GNUC_CONST;
DialQuery *dial_query_new           (const char      *text);
DialQuery *dial_query_new_from_text (const char      *text);
DialQuery *dial_query_copy          (const DialQuery *self);
void       dial_query_free          (DialQuery       *self);
gboolean   dial_query_equal         (const DialQuery *self,
                                     const DialQuery *other);
gboolean   dial_query_has_filters   (const DialQuery *self);
char      *dial_query_to_text       (const DialQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialQuery, dial_query_free)

G_END_DECLS
