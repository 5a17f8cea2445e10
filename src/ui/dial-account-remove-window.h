#pragma once

#include "dial-desk.h"
#include "dial-remove-window.h"

G_BEGIN_DECLS

#define DIAL_TYPE_ACCOUNT_REMOVE_WINDOW (dial_account_remove_window_get_type ())
G_DECLARE_FINAL_TYPE (DialAccountRemoveWindow, dial_account_remove_window, DIAL, ACCOUNT_REMOVE_WINDOW, DialRemoveWindow)

/**
 * DialAccountRemoveWindow:
 *
 * Deletes a phone account, after saying what goes and what stays, and by a word that is typed.
 */
GtkWindow *dial_account_remove_window_new (GtkWindow            *parent,
                                           DialDesk             *desk,
                                           DialCloudtalkAccount *account);

G_END_DECLS
