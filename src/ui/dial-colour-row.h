#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COLOUR_ROW (dial_colour_row_get_type ())
G_DECLARE_FINAL_TYPE (DialColourRow, dial_colour_row, DIAL, COLOUR_ROW, AdwPreferencesRow)

/**
 * DialColourRow:
 *
 * Chooses the colour of an integration among the named ones.
 */
void dial_colour_row_set_integration (DialColourRow   *self,
                                      DialIntegration *integration);

G_END_DECLS
