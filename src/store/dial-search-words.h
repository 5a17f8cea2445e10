#pragma once

#include "dial-findings.h"

G_BEGIN_DECLS

/* The words somebody looks for, as the index knows them. */
typedef struct {
  GPtrArray *words;    /* of GStrv: the forms of each word, any of which will do */
  GPtrArray *joined;   /* of each word the digits that it makes with those beside it, or NULL: (202) 555-0143 */
  char      *number;   /* the digits, if all of the text is written as a telephone number is; else NULL */
} DialSearchWords;

DialSearchWords *dial_search_words_new     (const char      *text);
void             dial_search_words_free    (DialSearchWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSearchWords, dial_search_words_free)

/* What FTS5 is to look for: one tier and those before it. */
char            *dial_search_words_express (DialSearchWords *self,
                                            int              tier);

/* The tier of one who has these words, -1 if in none. */
int              dial_search_words_match   (DialSearchWords *self,
                                            const char      *own,
                                            const char      *work);

G_END_DECLS
