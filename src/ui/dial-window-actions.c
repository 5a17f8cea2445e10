#include "config.h"

#include <glib/gi18n.h>

#include "dial-connect-window.h"
#include "dial-window-private.h"
#include "dial-words.h"

/* Telling */

static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *sentence)
{
  dial_banner_say (DIAL_WINDOW (widget)->banner, g_variant_get_string (sentence, NULL));
}

static void
toast_action (GtkWidget  *widget,
              const char *name,
              GVariant   *words)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (words, NULL));

  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (DIAL_WINDOW (widget)->toasts, toast);
}

/* Going about */

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  _dial_window_go_back (DIAL_WINDOW (widget));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_list (self);
  dial_sidebar_focus_search (self->sidebar);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_note (self);
  dial_note_pane_focus (self->note_pane);
}

/* The call */

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  dial_candidate_page_call (DIAL_WINDOW (widget)->candidate_page);
}

static void
end_call_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  dial_desk_end_call (DIAL_WINDOW (widget)->desk);
}

static void
open_web_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  dial_candidate_page_open_web (DIAL_WINDOW (widget)->candidate_page);
}

/* The integration */

static void
on_connected_cb (DialWindow      *self,
                 DialIntegration *integration)
{
  _dial_window_set_integration (self, integration);
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  GtkWindow *window = dial_connect_window_new (GTK_WINDOW (widget), DIAL_WINDOW (widget)->desk);

  g_signal_connect_object (window, "connected", G_CALLBACK (on_connected_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
on_synced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_sync_finish (DIAL_INTEGRATION (object), result, NULL, &error))
    _dial_window_say (self, error);
}

static void
sync_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  dial_banner_say (self->banner, NULL);
  dial_integration_sync_async (self->integration, FALSE, self->cancellable, on_synced_cb, g_object_ref (self));
}

static void
on_switched_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_set_finish (DIAL_INTEGRATION (object), result, &error))
    _dial_window_say (self, error);
  else
    dial_banner_say (self->banner, NULL);
}

static void
switch_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  const char *status = g_str_equal (name, "win.switch-on") ? "active" : "inactive";

  dial_integration_set_async (self->integration, "status", status, self->cancellable,
                              on_switched_cb, g_object_ref (self));
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *id)
{
  DialWindow *self = DIAL_WINDOW (widget);
  DialIntegration *integration = dial_desk_find_integration (self->desk, g_variant_get_string (id, NULL));

  if (integration != NULL)
    _dial_window_set_integration (self, integration);
}

static void
on_removed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_desk_remove_integration_finish (DIAL_DESK (object), result, &error))
    _dial_window_say (self, error);
}

static void
on_remove_response_cb (DialWindow       *self,
                       const char       *response,
                       AdwMessageDialog *dialog)
{
  if (self->integration != NULL)
    dial_desk_remove_integration_async (self->desk, self->integration, self->cancellable,
                                        on_removed_cb, g_object_ref (self));
}

static char *
describe_removal (DialIntegration *integration)
{
  guint n_unsent = dial_integration_get_n_unsent (integration);

  if (n_unsent == 0)
    return g_strdup (_("Its candidates, calls and credentials leave this computer. Greenhouse keeps everything it has."));

  return g_strdup_printf (ngettext ("%u note is not yet in Greenhouse and would be lost. "
                                    "Candidates, calls and credentials leave this computer as well.",
                                    "%u notes are not yet in Greenhouse and would be lost. "
                                    "Candidates, calls and credentials leave this computer as well.",
                                    n_unsent),
                          n_unsent);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  g_autofree char *title = dial_words_isolate (dial_integration_get_name (self->integration));
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), title);
  g_autofree char *body = describe_removal (self->integration);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "remove", _("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (on_remove_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_dial_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.say", "s", say_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);

  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.note", NULL, note_action);

  gtk_widget_class_install_action (widget_class, "win.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "win.end-call", NULL, end_call_action);
  gtk_widget_class_install_action (widget_class, "win.open-web", NULL, open_web_action);

  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.switch-on", NULL, switch_action);
  gtk_widget_class_install_action (widget_class, "win.switch-off", NULL, switch_action);
  gtk_widget_class_install_action (widget_class, "win.choose", "s", choose_action);
  gtk_widget_class_install_action (widget_class, "win.remove", NULL, remove_action);
}

void
_dial_window_update_actions (DialWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean connected = self->integration != NULL;
  gboolean active = connected && dial_integration_is_active (self->integration);
  gboolean syncing = connected && dial_integration_is_syncing (self->integration);
  gboolean chosen = dial_candidate_page_get_candidate (self->candidate_page) != NULL;
  DialCall *call = self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;
  gboolean calling = call != NULL && dial_call_get_state (call) != DIAL_CALL_STATE_ENDED;

  gtk_widget_action_set_enabled (widget, "win.call", active && chosen && !calling);
  gtk_widget_action_set_enabled (widget, "win.end-call", calling);
  gtk_widget_action_set_enabled (widget, "win.open-web", chosen);
  gtk_widget_action_set_enabled (widget, "win.note", connected);
  gtk_widget_action_set_enabled (widget, "win.search", connected && self->phase == DIAL_WINDOW_OPEN);
  gtk_widget_action_set_enabled (widget, "win.connect", self->phase == DIAL_WINDOW_OPEN && !self->sandbox);
  gtk_widget_action_set_enabled (widget, "win.sync", active && !syncing);
  gtk_widget_action_set_enabled (widget, "win.switch-on", connected && !active);
  gtk_widget_action_set_enabled (widget, "win.switch-off", active);
  gtk_widget_action_set_enabled (widget, "win.remove", connected && !self->sandbox);
}
