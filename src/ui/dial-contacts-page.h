#pragma once

#include <adwaita.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CONTACTS_PAGE (dial_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (DialContactsPage, dial_contacts_page, DIAL, CONTACTS_PAGE, GtkBox)

/**
 * DialContactsPage:
 *
 * An integration's candidates as contacts of the phone system: whose, what a sync would do, doing it, and taking
 * them away again.
 *
 * Signal: `go (GtkWidget *page)`: a page below this one is wanted.
 */
GtkWidget *dial_contacts_page_new (DialDesk        *desk,
                                   DialIntegration *integration);

G_END_DECLS
