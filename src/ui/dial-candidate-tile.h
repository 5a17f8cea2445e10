#pragma once

#include <gtk/gtk.h>

#include "dial-candidate-list.h"
#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CANDIDATE_TILE (dial_candidate_tile_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidateTile, dial_candidate_tile, DIAL, CANDIDATE_TILE, GtkWidget)

/**
 * DialCandidateTile:
 *
 * One person in the list: initials, name, title and employer, stage, and which company's
 * candidate it is where that is asked.
 *
 * Properties: `row` (nullable [class@CandidateRow]), `description` (string: all of it in one
 * sentence, for those who do not see it).
 */
GtkWidget *dial_candidate_tile_new         (void);
void       dial_candidate_tile_set_row     (DialCandidateTile *self,
                                            DialCandidateRow  *row);
void       dial_candidate_tile_set_company (DialCandidateTile *self,
                                            DialCompanies     *companies,
                                            DialIntegration   *integration);
void       dial_candidate_tile_set_needle  (DialCandidateTile *self,
                                            const char        *needle);

G_END_DECLS
