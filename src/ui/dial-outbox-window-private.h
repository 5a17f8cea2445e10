#pragma once

#include "dial-banner.h"
#include "dial-outbox-window.h"

G_BEGIN_DECLS

struct _DialOutboxWindow
{
  AdwWindow           parent_instance;

  AdwToastOverlay    *toasts;
  AdwWindowTitle     *title;
  GtkWidget          *send_all;
  GtkStack           *stack;
  GtkListView        *list_view;
  GtkSingleSelection *selection;
  GMenuModel         *menu;
  DialBanner         *banner;
  GtkWidget          *popover;      /* NULL until it was asked for */

  DialCompanies      *companies;
  DialOutbox         *outbox;
  GSignalGroup       *outbox_signals;
  GSignalGroup       *entry_signals;
  GSignalGroup       *integration_signals;
  guint               focus_source;
};

/* dial-outbox-window.c */
DialOutboxEntry *_dial_outbox_window_get_selected    (DialOutboxWindow *self);
void             _dial_outbox_window_popup           (DialOutboxWindow *self);

/* dial-outbox-window-actions.c */
void             _dial_outbox_window_install_actions (GtkWidgetClass   *widget_class);
void             _dial_outbox_window_update_actions  (DialOutboxWindow *self);

G_END_DECLS
