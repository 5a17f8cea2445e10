#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COMPANY_BUTTON (dial_company_button_get_type ())
G_DECLARE_FINAL_TYPE (DialCompanyButton, dial_company_button, DIAL, COMPANY_BUTTON, GtkWidget)

/**
 * DialCompanyButton:
 *
 * Whose candidates are looked at: all companies', or one's, and a list to choose from. Hidden where there
 * is but one.
 */
void dial_company_button_set_companies (DialCompanyButton *self,
                                        DialCompanies     *companies);

G_END_DECLS
