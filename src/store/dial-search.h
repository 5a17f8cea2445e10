#pragma once

#include "dial-connection.h"
#include "dial-findings.h"

G_BEGIN_DECLS

/* Who answers a query, at most @limit of them, 0 for all. */
DialFindings *dial_search_find          (DialConnection  *connection,
                                         const DialQuery *query,
                                         guint            limit);

/* Of each of @ids where it stands in the answer: an array of DialMatch. */
GArray       *dial_search_match         (DialConnection  *connection,
                                         const DialQuery *query,
                                         GArray          *ids);

/* What the answer can be narrowed down by: an array of DialChoice. */
GPtrArray    *dial_search_count_choices (DialConnection  *connection,
                                         const DialQuery *query,
                                         DialFacet        facet);

/* Whose number that is: an array of ids. */
GArray       *dial_search_find_phone    (DialConnection  *connection,
                                         const char      *e164);

G_END_DECLS
