#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_STATUS_LINE (dial_status_line_get_type ())
G_DECLARE_FINAL_TYPE (DialStatusLine, dial_status_line, DIAL, STATUS_LINE, GtkWidget)

/**
 * DialStatusLine:
 *
 * Says quietly how an integration is: the running sync, the last one, a problem, unsent notes.
 *
 * Properties: `integration` (nullable [class@Integration]).
 */
void dial_status_line_set_integration (DialStatusLine  *self,
                                       DialIntegration *integration);

G_END_DECLS
