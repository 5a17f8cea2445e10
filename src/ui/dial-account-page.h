#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_PAGE (dial_account_page_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountPage, dial_account_page, DIAL, ACCOUNT_PAGE, GtkBox)

/**
 * DialAccountPage:
 *
 * All there is to set of a phone account, and how it is.
 *
 * Signal: `go` (page): a page below this one is wanted.
 */
GtkWidget            *dial_account_page_new         (DialDesk             *desk,
                                                     DialCloudtalkAccount *account);
DialCloudtalkAccount *dial_account_page_get_account (DialAccountPage      *self);

G_END_DECLS
