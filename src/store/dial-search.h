#pragma once

#include "dial-connection.h"
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

DialSearchTexts *dial_search_texts_new  (DialCandidate   *candidate);
void             dial_search_texts_free (DialSearchTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSearchTexts, dial_search_texts_free)

/* The ids that answer @text in their order, at most @limit of them, 0 for all. */
GArray          *dial_search_run        (DialConnection  *connection,
                                         const char      *text,
                                         guint            limit);

G_END_DECLS
