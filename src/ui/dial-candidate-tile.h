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
 * It tells its parent, which stands in the tree as "list item", all of it in one sentence, for those who do not
 * see it.
 */
GtkWidget        *dial_candidate_tile_new        (void);
void              dial_candidate_tile_show       (DialCandidateTile *self,
                                                  DialCandidateRow  *row,
                                                  DialCompanies     *companies,
                                                  DialIntegration   *integration,
                                                  const char        *needle);
void              dial_candidate_tile_let_go     (DialCandidateTile *self);
void              dial_candidate_tile_set_needle (DialCandidateTile *self,
                                                  const char        *needle);
DialCandidateRow *dial_candidate_tile_get_row    (DialCandidateTile *self);

G_END_DECLS
