#pragma once

#include "dial-search-words.h"
#include "dial-search.h"

G_BEGIN_DECLS

/* What a query narrows down to, in the numbers of the index. */
typedef struct {
  GPtrArray  *groups;   /* of GArray of numbers: one of each group */
  GHashTable *loud;     /* places of whom we were in contact with too lately; NULL for anybody */
} DialSearchFilters;

DialSearchFilters *dial_search_filters_new    (DialConnection    *connection,
                                               const DialQuery   *query);
void               dial_search_filters_free   (DialSearchFilters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSearchFilters, dial_search_filters_free)

/* @expression narrowed down; takes it. NULL stands for everybody. */
char              *dial_search_filters_add    (DialSearchFilters *self,
                                               char              *expression);
gboolean           dial_search_filters_match  (DialSearchFilters *self,
                                               gint64             place,
                                               const char        *own,
                                               const char        *work);

/* Appends the places of who answers @expression from the largest down, at most @limit in all, 0 for no
 * limit; FALSE if there may be more. */
gboolean           dial_search_append         (DialConnection    *connection,
                                               const char        *expression,
                                               GHashTable        *but,
                                               guint              limit,
                                               DialPlaces        *places);

/* All who answer @query, from the largest place down. */
DialPlaces        *dial_search_collect        (DialConnection    *connection,
                                               const DialQuery   *query);

/* How many they are. */
guint              dial_search_count          (DialConnection    *connection,
                                               const DialQuery   *query);

G_END_DECLS
