#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

/* Whatever candidates can be narrowed down by has a number, under which the index knows it: each tag,
 * each recruiter, and of each application its job, its stage, its status and all that these make together,
 * so that two of them mean the same application. */
#define DIAL_FILTER_JOB     "job"
#define DIAL_FILTER_STAGE   "stage"
#define DIAL_FILTER_STATUS  "status"
#define DIAL_FILTER_TAG     "tag"
#define DIAL_FILTER_USER    "user"
#define DIAL_FILTER_PHONE   "phone"
#define DIAL_FILTER_PRIVATE "private"

/* Everybody is counted like a filter, of this number, but has a term of their own. */
#define DIAL_FILTER_EVERYBODY        "everybody"
#define DIAL_FILTER_EVERYBODY_NUMBER 0

/* The parts of what is made together stand with this between them, in the kind and in the value. */
#define DIAL_FILTER_AND     "+"
#define DIAL_FILTER_GLUE    "\x1f"

/* For readers: the number, 0 if nobody has it. */
gint64       dial_filters_look_up     (DialConnection *connection,
                                       const char     *kind,
                                       const char     *value);

/* For the writer, who gives numbers and counts who has them. */
typedef struct _DialFilters DialFilters;

DialFilters *dial_filters_new         (void);
void         dial_filters_free        (DialFilters    *self);
void         dial_filters_reset       (DialFilters    *self);
gint64       dial_filters_get_number  (DialFilters    *self,
                                       DialConnection *connection,
                                       const char     *kind,
                                       const char     *value);
void         dial_filters_count_terms (DialFilters    *self,
                                       const char     *terms,
                                       int             step);
gboolean     dial_filters_save        (DialFilters    *self,
                                       DialConnection *connection);

G_END_DECLS
