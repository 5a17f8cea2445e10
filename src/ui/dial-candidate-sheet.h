#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-history.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CANDIDATE_SHEET (dial_candidate_sheet_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateSheet, dial_candidate_sheet, DIAL, CANDIDATE_SHEET, GtkWidget)

/**
 * DialCandidateSheet:
 *
 * What is known of a candidate: name, whose they are, tags, numbers, e-mail addresses, applications. Its buttons
 * act by `candidate.call` and `candidate.text` (uint32, which number), `candidate.copy` and `candidate.write` (string).
 */
void dial_candidate_sheet_set_candidate (DialCandidateSheet *self,
                                         DialCandidate      *candidate);
void dial_candidate_sheet_set_call      (DialCandidateSheet *self,
                                         DialCall           *call,
                                         gboolean            ours);
void dial_candidate_sheet_set_company   (DialCandidateSheet *self,
                                         DialCompanies      *companies,
                                         DialIntegration    *integration);
void dial_candidate_sheet_set_can_text  (DialCandidateSheet *self,
                                         gboolean            can_text);
void dial_candidate_sheet_set_contact   (DialCandidateSheet *self,
                                         DialHistoryEntry   *contact);

G_END_DECLS
