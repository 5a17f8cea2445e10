#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_WINDOW (dial_account_window_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountWindow, dial_account_window, DIAL, ACCOUNT_WINDOW, AdwWindow)

/**
 * DialAccountWindow:
 *
 * Adds a CloudTalk account, or gives one other keys. What is wrong is said at the field it is about.
 *
 * Signal: `added` (account): it is there.
 */
GtkWindow *dial_account_window_new       (GtkWindow            *parent,
                                          DialDesk             *desk);
GtkWindow *dial_account_window_new_renew (GtkWindow            *parent,
                                          DialDesk             *desk,
                                          DialCloudtalkAccount *account);

G_END_DECLS
