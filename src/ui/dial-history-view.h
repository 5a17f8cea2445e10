#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"
#include "dial-history.h"

G_BEGIN_DECLS

#define DIAL_TYPE_HISTORY_VIEW (dial_history_view_get_type ())
G_DECLARE_FINAL_TYPE (DialHistoryView, dial_history_view, DIAL, HISTORY_VIEW, GtkWidget)

/**
 * DialHistoryView:
 *
 * A candidate's history, newest first: a page of it, and more on request.
 *
 * Signals: `changed`: the history is another one, or has changed. Errors of its actions are told by the
 * action `win.say`.
 */
void        dial_history_view_set_desk    (DialHistoryView *self,
                                           DialDesk        *desk);
void        dial_history_view_show        (DialHistoryView *self,
                                           DialIntegration *integration,
                                           gint64           candidate_id);
void        dial_history_view_refresh     (DialHistoryView *self);
GListModel *dial_history_view_get_history (DialHistoryView *self);

G_END_DECLS
