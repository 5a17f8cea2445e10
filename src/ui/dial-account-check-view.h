#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_CHECK_VIEW (dial_account_check_view_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountCheckView, dial_account_check_view, DIAL, ACCOUNT_CHECK_VIEW, GtkWidget)

/**
 * DialAccountCheckView:
 *
 * Whether calls can be placed by an account: what its last check found, step by step, and a button that checks
 * again. The first time it is seen it checks by itself.
 */
void dial_account_check_view_set_account (DialAccountCheckView *self,
                                          DialDesk             *desk,
                                          DialCloudtalkAccount *account);

G_END_DECLS
