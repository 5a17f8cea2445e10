#pragma once

#include <gtk/gtk.h>

#include "dial-candidate-list.h"

G_BEGIN_DECLS

gboolean dial_list_focus_is_on     (GtkListView      *view,
                                    DialCandidateRow *row);
gboolean dial_list_focus_may_move  (GtkListView      *view);
void     dial_list_focus_give      (GtkListView      *view,
                                    DialCandidateRow *row);
void     dial_list_focus_move      (GtkListView      *view,
                                    guint             position);

G_END_DECLS
