#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GListModel *dial_slow_start_new (GtkWidget  *view,
                                 GListModel *model);

G_END_DECLS
