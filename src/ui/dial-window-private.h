#pragma once

#include "dial-banner.h"
#include "dial-call-bar.h"
#include "dial-candidate-page.h"
#include "dial-note-pane.h"
#include "dial-sidebar.h"
#include "dial-window.h"

G_BEGIN_DECLS

/* How far the desk has come that the window stands on. */
typedef enum {
  DIAL_WINDOW_OPENING,
  DIAL_WINDOW_OPEN,
  DIAL_WINDOW_FAILED,
} DialWindowPhase;

struct _DialWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toasts;
  GtkStack             *stack;
  AdwStatusPage        *failed_page;
  AdwStatusPage        *off_page;
  GtkWidget            *switch_on;
  AdwLeaflet           *leaflet;
  GtkWidget            *list_column;
  AdwWindowTitle       *list_title;
  DialSidebar          *sidebar;
  GtkWidget            *content_column;
  GtkWidget            *back_button;
  AdwWindowTitle       *content_title;
  GtkWidget            *note_button;
  AdwLeaflet           *content_leaflet;
  DialCandidatePage    *candidate_page;
  GtkWidget            *note_column;
  AdwClamp             *note_clamp;
  DialNotePane         *note_pane;
  DialBanner           *banner;
  DialCallBar          *call_bar;
  GMenu                *integrations_section;

  DialDesk             *desk;
  GSettings            *settings;
  GSignalGroup         *desk_signals;
  GSignalGroup         *call_signals;
  DialIntegration      *integration;
  GSignalGroup         *integration_signals;
  GCancellable         *cancellable;
  DialWindowPhase       phase;
  guint                 leaves_source;
  guint                 sandbox : 1;
};

/* dial-window.c */
void _dial_window_set_integration (DialWindow      *self,
                                   DialIntegration *integration);
void _dial_window_show_list       (DialWindow      *self);
void _dial_window_show_candidate  (DialWindow      *self);
void _dial_window_show_note       (DialWindow      *self);
void _dial_window_go_back         (DialWindow      *self);
void _dial_window_say             (DialWindow      *self,
                                   const GError    *error);

/* dial-window-actions.c */
void _dial_window_install_actions (GtkWidgetClass  *widget_class);
void _dial_window_update_actions  (DialWindow      *self);

G_END_DECLS
