#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-outbox.h"

G_BEGIN_DECLS

#define DIAL_TYPE_STATUS_LINE (dial_status_line_get_type ())
G_DECLARE_FINAL_TYPE (DialStatusLine, dial_status_line, DIAL, STATUS_LINE, GtkWidget)

/**
 * DialStatusLine:
 *
 * Says quietly how the companies are that are looked at: a running sync, the last one, who has a problem,
 * unsent notes.
 */
void dial_status_line_set_companies (DialStatusLine *self,
                                     DialCompanies  *companies);
void dial_status_line_set_outbox    (DialStatusLine *self,
                                     DialOutbox     *outbox);

G_END_DECLS
