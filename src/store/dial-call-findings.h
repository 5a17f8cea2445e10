#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

/**
 * DialCallQuery:
 * @filter: which calls
 * @text: only those with people whom these words find, and with this number; "" for everybody
 * @day: today, as YYYY-MM-DD
 * @day_begins: when today began, an instant
 *
 * What is asked of the call log. Days are the recruiter's, whose zone the store does not know.
 */
typedef struct {
  DialCallFilter  filter;
  char           *text;
  char           *day;
  gint64          day_begins;
} DialCallQuery;

DialCallQuery *dial_call_query_new  (DialCallFilter       filter,
                                     const char          *text);
DialCallQuery *dial_call_query_copy (const DialCallQuery *self);
void           dial_call_query_free (DialCallQuery       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCallQuery, dial_call_query_free)

/**
 * DialCallKey:
 * @due: where people are to be called again, the later the sooner they were to be; else 0
 * @started_at: when the call began, an instant
 * @uid: the call
 *
 * A call by what it is sorted by: the larger @due, then the larger @started_at comes first.
 */
typedef struct {
  gint64      due;
  gint64      started_at;
  const char *uid;
} DialCallKey;

int dial_call_key_compare (const DialCallKey *a,
                           const DialCallKey *b);

/**
 * DialCallFindings:
 * @keys: (element-type DialCallKey): the calls, sorted
 * @complete: whether these are all
 *
 * The answer to a query. Nobody writes to it.
 */
typedef struct {
  GArray       *keys;
  gboolean      complete;

  /*< private >*/
  GStringChunk *uids;
} DialCallFindings;

#define DIAL_TYPE_CALL_FINDINGS (dial_call_findings_get_type ())
GType             dial_call_findings_get_type (void) G_GNUC_CONST;
DialCallFindings *dial_call_findings_new      (void);
void              dial_call_findings_add      (DialCallFindings *self,
                                               gint64            due,
                                               gint64            started_at,
                                               const char       *uid);
DialCallFindings *dial_call_findings_ref      (DialCallFindings *self);
void              dial_call_findings_unref    (DialCallFindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCallFindings, dial_call_findings_unref)

G_END_DECLS
