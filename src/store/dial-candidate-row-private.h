#pragma once

#include "dial-candidate-list.h"

G_BEGIN_DECLS

DialCandidateRow *dial_candidate_row_new           (DialStore        *store);
void              dial_candidate_row_set_candidate (DialCandidateRow *self,
                                                    DialCandidate    *candidate);

G_END_DECLS
