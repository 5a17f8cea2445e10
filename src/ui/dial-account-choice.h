#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_CHOICE (dial_account_choice_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountChoice, dial_account_choice, DIAL, ACCOUNT_CHOICE, AdwComboRow)

/**
 * DialAccountChoice:
 *
 * By which phone account an integration calls. Hidden where there is none.
 */
void dial_account_choice_set_integration (DialAccountChoice *self,
                                          DialDesk          *desk,
                                          DialIntegration   *integration);

G_END_DECLS
