#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CANDIDATE_PAGE (dial_candidate_page_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidatePage, dial_candidate_page, DIAL, CANDIDATE_PAGE, GtkWidget)

/**
 * DialCandidatePage:
 *
 * One person: name, numbers to call and to text, e-mail, applications, history. Shows what the store has at
 * once, then asks Greenhouse, and follows every change.
 *
 * Properties: `candidate` (nullable [class@Candidate], read-only: who stands on the page).
 *
 * Signals: `called`: a call was handed to the phone. Errors are told by the action `win.say`,
 * small successes by `win.toast`.
 */
void             dial_candidate_page_set_companies   (DialCandidatePage *self,
                                                      DialCompanies     *companies);
DialIntegration *dial_candidate_page_get_integration (DialCandidatePage *self);
DialCandidate   *dial_candidate_page_get_candidate   (DialCandidatePage *self);
void             dial_candidate_page_show            (DialCandidatePage *self,
                                                      DialIntegration   *integration,
                                                      gint64             candidate_id);
void             dial_candidate_page_call            (DialCandidatePage *self);
void             dial_candidate_page_call_when_loaded (DialCandidatePage *self);
gboolean         dial_candidate_page_can_text        (DialCandidatePage *self);
void             dial_candidate_page_text            (DialCandidatePage *self);
gboolean         dial_candidate_page_popup_templates (DialCandidatePage *self);
void             dial_candidate_page_open_web        (DialCandidatePage *self);

G_END_DECLS
