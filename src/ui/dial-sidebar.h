#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SIDEBAR (dial_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DialSidebar, dial_sidebar, DIAL, SIDEBAR, GtkWidget)

/**
 * DialSidebar:
 *
 * An integration's candidates: search, list, and how the integration is.
 *
 * Properties: `integration` (nullable [class@Integration]), `selected` (int64: the candidate shown, 0
 * if none; stays when a search leaves it out of the list).
 *
 * Signals: `opened`: the recruiter wants to see the selected candidate, not only move over it;
 * `search-started`; `left`: Escape in an empty search.
 */
void   dial_sidebar_set_integration    (DialSidebar     *self,
                                        DialIntegration *integration);
gint64 dial_sidebar_get_selected       (DialSidebar     *self);
void   dial_sidebar_select             (DialSidebar     *self,
                                        gint64           candidate_id);
void   dial_sidebar_begin              (DialSidebar     *self,
                                        gboolean         shown);
void   dial_sidebar_set_key_capture    (DialSidebar     *self,
                                        GtkWidget       *widget);
void   dial_sidebar_focus_search       (DialSidebar     *self);

G_END_DECLS
