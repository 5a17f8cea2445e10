#pragma once

#include <adwaita.h>

#include "dial-cloudtalk-account.h"
#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SETTING_ROW (dial_setting_row_get_type ())
G_DECLARE_FINAL_TYPE (DialSettingRow, dial_setting_row, DIAL, SETTING_ROW, AdwEntryRow)

/**
 * DialSettingRow:
 *
 * A setting of an integration or an account that is typed: shown, changed in place, and kept once it is
 * applied. What is refused stays as it was typed, with the reason under it. Escape takes back what was typed.
 *
 * Properties: `key` (string: one of [func@Integration.list_keys] or [func@CloudtalkAccount.list_keys]).
 */
void dial_setting_row_set_integration (DialSettingRow       *self,
                                       DialIntegration      *integration);
void dial_setting_row_set_account     (DialSettingRow       *self,
                                       DialCloudtalkAccount *account);

G_END_DECLS
