#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_NUMBERS_PAGE (dial_numbers_page_get_type ())
G_DECLARE_FINAL_TYPE (DialNumbersPage, dial_numbers_page, DIAL, NUMBERS_PAGE, GtkBox)

/**
 * DialNumbersPage:
 *
 * The phone numbers a company calls or writes from: adds, removes and orders them. The first one is
 * offered first. Where the integration has a phone account its numbers are there to be ticked.
 */
GtkWidget *dial_numbers_page_new (DialDesk        *desk,
                                  DialIntegration *integration,
                                  const char      *key,
                                  const char      *title);

G_END_DECLS
