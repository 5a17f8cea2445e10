#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-window.h"
#include "dial-window-private.h"

/* What is not yet in Greenhouse: counted quietly, shown in a window of its own, and told on the desktop where it
 * needs a person. */

static const char *
get_notification_id (DialWindow *self)
{
  return self->sandbox ? "note-needs-look-sandbox" : "note-needs-look";
}

/* No names: notifications stand on locked screens too. */
static void
on_note_needs_look_cb (DialWindow      *self,
                       DialIntegration *integration,
                       DialOutboxItem  *item)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = NULL;

  if (self->outbox_window != NULL && gtk_window_is_active (self->outbox_window))
    return;

  notification = g_notification_new (_("A note needs a look"));
  if (item->error != NULL)
    g_notification_set_body (notification, item->error);
  g_notification_set_default_action_and_target (notification, "app.show-outbox", "b", self->sandbox);
  g_application_send_notification (application, get_notification_id (self), notification);
}

static void
on_looks_changed_cb (DialWindow *self)
{
  if (dial_outbox_get_n_needing_look (self->outbox) == 0)
    g_application_withdraw_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                         get_notification_id (self));
}

void
_dial_window_make_outbox (DialWindow *self)
{
  self->outbox = dial_outbox_new (dial_desk_get_integrations (self->desk));
  dial_outbox_button_set_outbox (self->outbox_button, self->outbox);
  dial_sidebar_set_outbox (self->sidebar, self->outbox);
  g_signal_connect_object (self->outbox, "notify::n-needing-look", G_CALLBACK (on_looks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "note-needs-look", G_CALLBACK (on_note_needs_look_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_dial_window_drop_outbox (DialWindow *self)
{
  g_clear_weak_pointer (&self->outbox_window);
  g_clear_object (&self->outbox);
}

static void
outbox_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  if (self->outbox_window == NULL)
    g_set_weak_pointer (&self->outbox_window,
                        dial_outbox_window_new (GTK_WINDOW (self), self->companies, self->outbox));
  gtk_window_present (self->outbox_window);
}

void
_dial_window_install_outbox (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.outbox", NULL, outbox_action);
}
