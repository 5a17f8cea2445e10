#pragma once

#include <adwaita.h>

#include "dial-cloudtalk-account.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_ROW (dial_account_row_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountRow, dial_account_row, DIAL, ACCOUNT_ROW, AdwPreferencesRow)

/**
 * DialAccountRow:
 *
 * A phone account in a list: what it is called, who one is there, and how it works.
 */
GtkWidget            *dial_account_row_new         (DialCloudtalkAccount *account);
DialCloudtalkAccount *dial_account_row_get_account (DialAccountRow       *self);

G_END_DECLS
