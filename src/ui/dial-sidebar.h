#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"
#include "dial-outbox.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SIDEBAR (dial_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DialSidebar, dial_sidebar, DIAL, SIDEBAR, GtkWidget)

/**
 * DialSidebar:
 *
 * The candidates of one company or of all: whose, search, list, and how the companies are.
 *
 * Signals: `answered`: the list has the first of those who are looked for; `selected`: another candidate is to
 * be shown, or nobody; stays when a search leaves them out of the list; `opened`: the recruiter wants to see the
 * selected candidate, not only move over it; `search-started`; `left`: Escape in an empty search.
 */
void             dial_sidebar_set_companies   (DialSidebar     *self,
                                               DialCompanies   *companies);
void             dial_sidebar_set_outbox      (DialSidebar     *self,
                                               DialOutbox      *outbox);
gboolean         dial_sidebar_is_loading      (DialSidebar     *self);
DialFinder      *dial_sidebar_get_finder      (DialSidebar     *self);
DialIntegration *dial_sidebar_get_integration (DialSidebar     *self);
gint64           dial_sidebar_get_selected    (DialSidebar     *self);
void             dial_sidebar_select          (DialSidebar     *self,
                                               DialIntegration *integration,
                                               gint64           candidate_id);
gboolean         dial_sidebar_open_next       (DialSidebar     *self);
void             dial_sidebar_begin           (DialSidebar     *self,
                                               gboolean         shown);
void             dial_sidebar_set_key_capture (DialSidebar     *self,
                                               GtkWidget       *widget);
void             dial_sidebar_focus_search    (DialSidebar     *self);
void             dial_sidebar_popup_filters   (DialSidebar     *self);

G_END_DECLS
