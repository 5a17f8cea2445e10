#pragma once

#include "dial-connection.h"
#include "dial-findings.h"
#include "dial-records.h"

G_BEGIN_DECLS

/* What a candidate is found by, folded, column by column of the index. */
typedef struct {
  char *name_start;
  char *name;
  char *other;
  char *phone;
  char *phone_end;
} DialSearchTexts;

DialSearchTexts *dial_search_texts_new     (DialCandidate   *candidate);
void             dial_search_texts_free    (DialSearchTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSearchTexts, dial_search_texts_free)

/* Who answers a query, at most @limit of them, 0 for all. */
DialFindings    *dial_search_find          (DialConnection  *connection,
                                            const DialQuery *query,
                                            guint            limit);

/* Of each of @ids where it stands in the answer: an array of DialMatch. */
GArray          *dial_search_match         (DialConnection  *connection,
                                            const DialQuery *query,
                                            GArray          *ids);

/* What the answer can be narrowed down by: an array of DialChoice. */
GPtrArray       *dial_search_count_choices (DialConnection  *connection,
                                            const DialQuery *query,
                                            DialFacet        facet);

G_END_DECLS
