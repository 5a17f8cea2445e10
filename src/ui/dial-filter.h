#pragma once

#include "dial-query.h"

G_BEGIN_DECLS

/**
 * DialFilterKind:
 * @DIAL_FILTER_JOB: the value is a job's name
 * @DIAL_FILTER_STAGE: the value is a stage's name
 * @DIAL_FILTER_STATUS: the value is an application's status, in Greenhouse's word
 * @DIAL_FILTER_TAG: the value is a tag
 * @DIAL_FILTER_QUIET: the value is the number of days in which nobody was in contact
 * @DIAL_FILTER_PHONE: has a phone; no value
 * @DIAL_FILTER_MINE: the recruiter's own; no value
 * @DIAL_FILTER_PRIVATE: hidden from most; no value
 *
 * By what candidates are filtered.
 */
typedef enum {
  DIAL_FILTER_JOB,
  DIAL_FILTER_STAGE,
  DIAL_FILTER_STATUS,
  DIAL_FILTER_TAG,
  DIAL_FILTER_QUIET,
  DIAL_FILTER_PHONE,
  DIAL_FILTER_MINE,
  DIAL_FILTER_PRIVATE,
} DialFilterKind;

/**
 * DialFilter:
 * @kind: by what
 * @value: (nullable): by which, see [enum@FilterKind]
 *
 * One of a query's filters: what a chip stands for.
 */
typedef struct {
  DialFilterKind  kind;
  char           *value;
} DialFilter;

void        dial_filter_free       (DialFilter      *self);
char       *dial_filter_dup_words  (DialFilterKind   kind,
                                    const char      *value);
GPtrArray  *dial_filter_list       (const DialQuery *query);
GPtrArray  *dial_filter_list_kind  (const DialQuery *query,
                                    DialFilterKind   kind);
gboolean    dial_filter_is_set     (const DialQuery *query,
                                    DialFilterKind   kind,
                                    const char      *value);
void        dial_filter_set        (DialQuery       *query,
                                    DialFilterKind   kind,
                                    const char      *value,
                                    gboolean         on);
void        dial_filter_clear      (DialQuery       *query);
char       *dial_filter_describe   (const DialQuery *query);

G_END_DECLS
