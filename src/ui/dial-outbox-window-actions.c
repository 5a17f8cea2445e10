#include "config.h"

#include <glib/gi18n.h>

#include "dial-open-link.h"
#include "dial-outbox-editor.h"
#include "dial-outbox-window-private.h"

/* What is on its way is not stopped by a window that closes, so nothing here is cancelled; what comes of it is
 * told as long as the window is there. */

static gboolean
is_gone (DialOutboxWindow *self)
{
  return self->outbox == NULL;
}

static void
tell (DialOutboxWindow *self,
      const char       *words)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}

static void
tell_outcome (DialOutboxWindow *self,
              gboolean          done,
              const char       *words,
              const GError     *error)
{
  if (is_gone (self))
    return;

  if (!done)
    dial_banner_say (self->banner, error->message);
  else if (words != NULL)
    tell (self, words);
}

/* Sending */

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DialOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_send_note_now_finish (DIAL_INTEGRATION (source), result, &error);

  tell_outcome (self, done, _("The note is in Greenhouse"), error);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);

  dial_banner_say (self->banner, NULL);
  dial_integration_send_note_now_async (dial_outbox_entry_get_integration (entry),
                                        dial_outbox_entry_get_item (entry)->id, NULL, on_sent_cb,
                                        g_object_ref (self));
}

static void
on_flushed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_flush_finish (DIAL_INTEGRATION (source), result, &error);

  tell_outcome (self, done, NULL, error);
}

static void
send_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);
  GListModel *integrations = dial_desk_get_integrations (dial_companies_get_desk (self->companies));

  dial_banner_say (self->banner, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (dial_integration_is_active (integration) && dial_integration_get_n_unsent (integration) > 0)
      dial_integration_flush_async (integration, NULL, on_flushed_cb, g_object_ref (self));
  }
}

/* What nobody knows */

static void
on_confirmed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DialOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_confirm_note_finish (DIAL_INTEGRATION (source), result, &error);

  tell_outcome (self, done, _("Kept as a note that is in Greenhouse"), error);
}

static void
confirm_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);

  dial_banner_say (self->banner, NULL);
  dial_integration_confirm_note_async (dial_outbox_entry_get_integration (entry),
                                       dial_outbox_entry_get_item (entry)->id, NULL, on_confirmed_cb,
                                       g_object_ref (self));
}

static void
on_repeated_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_retry_note_finish (DIAL_INTEGRATION (source), result, &error);

  tell_outcome (self, done, NULL, error);
}

static void
repeat_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);

  dial_banner_say (self->banner, NULL);
  dial_integration_retry_note_async (dial_outbox_entry_get_integration (entry),
                                     dial_outbox_entry_get_item (entry)->id, NULL, on_repeated_cb,
                                     g_object_ref (self));
}

/* The text */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);

  gtk_window_present (dial_outbox_editor_new (GTK_WINDOW (self), _dial_outbox_window_get_selected (self)));
}

static void
on_discarded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DialOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_discard_note_finish (DIAL_INTEGRATION (source), result, &error);

  tell_outcome (self, done, _("Note discarded"), error);
}

static void
on_discard_response_cb (DialOutboxWindow *self,
                        const char       *response,
                        AdwMessageDialog *dialog)
{
  DialOutboxEntry *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  dial_integration_discard_note_async (dial_outbox_entry_get_integration (entry),
                                       dial_outbox_entry_get_item (entry)->id, NULL, on_discarded_cb,
                                       g_object_ref (self));
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (DIAL_OUTBOX_WINDOW (widget));
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (widget), _("Discard This Note?"),
                                                       _("It is not sent to Greenhouse any more, and its text is "
                                                         "lost.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (dialog, "response::discard", G_CALLBACK (on_discard_response_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Whose it is */

static void
show_candidate_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *nothing)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (DIAL_OUTBOX_WINDOW (widget));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-candidate", "(sx)",
                              dial_integration_get_id (dial_outbox_entry_get_integration (entry)),
                              dial_outbox_entry_get_item (entry)->candidate_id);
  gtk_window_present (parent);
}

static void
on_link_opened (GtkWidget  *widget,
                const char *problem)
{
  if (problem != NULL)
    dial_banner_say (DIAL_OUTBOX_WINDOW (widget)->banner, problem);
}

static void
open_web_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (widget);
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);
  g_autofree char *url = dial_integration_dup_candidate_url (dial_outbox_entry_get_integration (entry),
                                                             dial_outbox_entry_get_item (entry)->candidate_id);

  if (url != NULL)
    dial_open_link_then (widget, url, on_link_opened);
}

/* Enter: what one most likely wants with it. */
static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (DIAL_OUTBOX_WINDOW (widget));
  DialOutboxActions actions = dial_outbox_entry_get_actions (entry);

  if ((actions & DIAL_OUTBOX_EDIT) != 0)
    gtk_widget_activate_action (widget, "outbox.edit", NULL);
  else if ((actions & DIAL_OUTBOX_CONFIRM) != 0)
    gtk_widget_activate_action (widget, "outbox.open-web", NULL);
  else
    gtk_widget_activate_action (widget, "outbox.show-candidate", NULL);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  _dial_outbox_window_popup (DIAL_OUTBOX_WINDOW (widget));
}

static const struct {
  const char        *name;
  DialOutboxActions  needs;         /* 0: a selected note is enough */
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "outbox.send", DIAL_OUTBOX_SEND, send_action },
  { "outbox.confirm", DIAL_OUTBOX_CONFIRM, confirm_action },
  { "outbox.repeat", DIAL_OUTBOX_REPEAT, repeat_action },
  { "outbox.edit", DIAL_OUTBOX_EDIT, edit_action },
  { "outbox.discard", DIAL_OUTBOX_DISCARD, discard_action },
  { "outbox.show-candidate", 0, show_candidate_action },
  { "outbox.open-web", 0, open_web_action },
  { "outbox.open", 0, open_action },
  { "outbox.menu", 0, menu_action },
};

void
_dial_outbox_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_action (widget_class, "outbox.send-all", NULL, send_all_action);
}

/* By what the selected note allows. */
void
_dial_outbox_window_update_actions (DialOutboxWindow *self)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);
  DialOutboxActions allowed = entry != NULL ? dial_outbox_entry_get_actions (entry) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   entry != NULL && (allowed & actions[i].needs) == actions[i].needs);
}
