#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COMPANY_MARK (dial_company_mark_get_type ())
G_DECLARE_FINAL_TYPE (DialCompanyMark, dial_company_mark, DIAL, COMPANY_MARK, GtkWidget)

/**
 * DialCompanyMark:
 *
 * Says which company something belongs to: a dot in its colour, and its name. Hidden where there is but
 * one.
 *
 * Properties: `text` (nullable string: what it says, %NULL while it is hidden; read-only),
 * `max-width-chars` (int: how much room it asks for, -1 for as much as the name takes).
 */
GtkWidget  *dial_company_mark_new      (void);
const char *dial_company_mark_get_text (DialCompanyMark *self);
void        dial_company_mark_show     (DialCompanyMark *self,
                                        DialCompanies   *companies,
                                        DialIntegration *integration);

G_END_DECLS
