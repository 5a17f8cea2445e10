#pragma once

#include "dial-banner.h"
#include "dial-call-bar.h"
#include "dial-call-notice.h"
#include "dial-candidate-page.h"
#include "dial-note-pane.h"
#include "dial-outbox-button.h"
#include "dial-saved-button.h"
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
  GtkBox               *rows;
  GtkStack             *stack;
  AdwLeaflet           *leaflet;
  GtkWidget            *list_column;
  AdwWindowTitle       *list_title;
  DialSavedButton      *saved_button;
  DialOutboxButton     *outbox_button;
  GtkMenuButton        *menu_button;
  GMenuModel           *primary_menu;
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
  DialCallBar          *call_bar;          /* NULL until there is a call */

  DialDesk             *desk;
  DialCompanies        *companies;
  DialOutbox           *outbox;
  GSettings            *settings;
  GSignalGroup         *desk_signals;
  GSignalGroup         *call_signals;
  GHashTable           *told_problems;     /* by the integration's id: the sentence */
  GtkWindow            *settings_window;   /* the one that is open; it is its own */
  GtkWindow            *calls_window;      /* the same */
  GtkWindow            *who_window;        /* likewise */
  DialCallNotice       *call_notice;
  AdwToast             *found_toast;       /* likewise: that calls are to be logged */
  GtkWindow            *outbox_window;     /* likewise */
  GCancellable         *cancellable;
  DialWindowPhase       phase;
  guint                 leaves_source;
  guint                 ready : 1;
  guint                 sandbox : 1;
};

/* dial-window.c */
void _dial_window_show_list       (DialWindow      *self);
void _dial_window_show_candidate  (DialWindow      *self);
void _dial_window_show_note       (DialWindow      *self);
void _dial_window_open_candidate  (DialWindow      *self,
                                   DialIntegration *integration,
                                   gint64           candidate_id);
void _dial_window_go_back         (DialWindow      *self);
void _dial_window_say             (DialWindow      *self,
                                   DialIntegration *integration,
                                   const char      *sentence);

/* dial-window-incoming.c */
void _dial_window_mind_calls      (DialWindow      *self,
                                   GApplication    *application);
void _dial_window_ask_who         (DialWindow      *self);
/* dial-window-outbox.c */
void _dial_window_make_outbox     (DialWindow      *self);
void _dial_window_drop_outbox     (DialWindow      *self);
void _dial_window_install_outbox  (GtkWidgetClass  *widget_class);

/* dial-window-actions.c */
void _dial_window_install_actions (GtkWidgetClass  *widget_class);
void _dial_window_update_actions  (DialWindow      *self);

/* dial-window-calls.c */
void _dial_window_install_call_actions (GtkWidgetClass *widget_class);
void _dial_window_update_call_actions  (DialWindow     *self);

G_END_DECLS
