#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

/* Fills a store with invented people, through the door a sync uses: names in many scripts, telephone
 * numbers, e-mail addresses, tags, one to three applications on jobs with stages. Who they are depends
 * on the seed alone, so that two runs measure the same. */

#define FILLER_SEED 20261126

/* Candidates have the ids FILLER_FIRST_ID + 0, 1, 2, … */
#define FILLER_FIRST_ID G_GINT64_CONSTANT (6409000001)

/* These do not return before all is stored; progress goes to standard error. */
void           filler_fill           (DialStore *store,
                                      guint      n_candidates,
                                      guint32    seed);

/* The one at @row, as filler_fill() stores it. */
DialCandidate *filler_make_candidate (guint      row,
                                      guint32    seed);

G_END_DECLS
