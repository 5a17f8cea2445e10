#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_BY_ITSELF_ROW (dial_by_itself_row_get_type ())
G_DECLARE_FINAL_TYPE (DialByItselfRow, dial_by_itself_row, DIAL, BY_ITSELF_ROW, AdwActionRow)

void dial_by_itself_row_set_integration (DialByItselfRow *self,
                                         DialIntegration *integration);

G_END_DECLS
