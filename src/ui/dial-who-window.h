#pragma once

#include <adwaita.h>

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_WHO_WINDOW (dial_who_window_get_type ())
G_DECLARE_FINAL_TYPE (DialWhoWindow, dial_who_window, DIAL, WHO_WINDOW, AdwWindow)

/**
 * DialWhoWindow:
 *
 * Asks with whom a call is: one of those who have the number, or whoever is searched for; once, or for all
 * calls from that number.
 */
GtkWindow *dial_who_window_new      (GtkWindow     *parent,
                                     DialCompanies *companies,
                                     DialCall      *call);
DialCall  *dial_who_window_get_call (DialWhoWindow *self);

G_END_DECLS
