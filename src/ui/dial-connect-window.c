#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-connect-form.h"
#include "dial-connect-window.h"
#include "dial-help-pane.h"
#include "dial-words.h"

struct _DialConnectWindow
{
  AdwWindow        parent_instance;

  GtkStack        *stack;
  AdwLeaflet      *leaflet;
  GtkWidget       *back;
  GtkStack        *foot;
  GtkWidget       *start;
  GtkWidget       *stop;
  GtkSpinner      *spinner;
  GtkLabel        *status;
  DialBanner      *banner;
  DialConnectForm *form;
  DialHelpPane    *help;
  AdwStatusPage   *done;
  GtkLabel        *done_problem;
  GtkWidget       *switch_on;
  GtkWidget       *later;
  GtkWidget       *close;

  DialDesk        *desk;
  GCancellable    *cancellable;   /* while Greenhouse is asked */
  DialIntegration *renewed;       /* (nullable): the one that gets new credentials */
  DialIntegration *integration;   /* once it is connected */
};

enum {
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialConnectWindow, dial_connect_window, ADW_TYPE_WINDOW)

static gboolean
is_checking (DialConnectWindow *self)
{
  return self->cancellable != NULL;
}

static void
show_checking (DialConnectWindow *self)
{
  gboolean checking = is_checking (self);

  gtk_stack_set_visible_child_name (self->foot, checking ? "checking" : "start");
  gtk_spinner_set_spinning (self->spinner, checking);
  /* Before the form lets go of it, or GTK complains of a focus that vanished. */
  if (checking)
    gtk_widget_grab_focus (self->stop);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !checking);
  gtk_label_set_label (self->status, checking ? _("Asking Greenhouse…") : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.start", !checking);
}

/* In a narrow window the steps lie over the form. */
static void
show_form (DialConnectWindow *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "form");
}

static void
update_back (DialConnectWindow *self)
{
  gtk_widget_set_visible (self->back,
                          adw_leaflet_get_folded (self->leaflet) &&
                          g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "help") == 0);
}

static void
say_error (DialConnectWindow *self,
           const GError      *error)
{
  show_form (self);
  if (dial_connect_form_say_error (self->form, error))
    return;

  dial_banner_say (self->banner, error->message);
  gtk_widget_grab_focus (self->start);
}

static void
emit_connected (DialConnectWindow *self)
{
  g_autoptr (DialIntegration) integration = g_steal_pointer (&self->integration);

  if (integration != NULL)
    g_signal_emit (self, signals[CONNECTED], 0, integration);
}

static void
show_done (DialConnectWindow *self)
{
  gboolean active = dial_integration_is_active (self->integration);
  g_autofree char *name = dial_words_isolate (dial_integration_get_name (self->integration));
  /* Translators: %s is the name of a connection to Greenhouse */
  g_autofree char *title = g_strdup_printf (self->renewed != NULL ? _("%s Has New Credentials") : _("Connected to %s"),
                                            name);
  const char *description;

  if (self->renewed == NULL)
    description = _("Switch it on? Dialhouse then brings your candidates and writes your notes.");
  else if (active)
    description = _("The former ones are erased from your keyring. The candidates, calls and notes here stayed.");
  else
    description = _("The former ones are erased from your keyring. The candidates, calls and notes here stayed. "
                    "Switch it on? Dialhouse then brings your candidates and writes your notes.");

  adw_status_page_set_title (self->done, title);
  adw_status_page_set_description (self->done, description);
  gtk_widget_set_visible (self->switch_on, !active);
  gtk_widget_set_visible (self->later, !active);
  gtk_widget_set_visible (self->close, active);
  dial_connect_form_forget_secrets (self->form);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (active ? self->close : self->switch_on);
}

static void
end_checking (DialConnectWindow *self,
              const GError      *error)
{
  g_clear_object (&self->cancellable);

  /* The window was closed while Greenhouse answered. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) {
    emit_connected (self);
    return;
  }

  show_checking (self);
  if (self->integration != NULL)
    show_done (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_error (self, error);
  else
    gtk_widget_grab_focus (self->start);
}

static void
on_added_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->integration = dial_desk_add_integration_finish (DIAL_DESK (source), result, &error);
  end_checking (self, error);
}

static void
on_renewed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_desk_renew_integration_finish (DIAL_DESK (source), result, &error))
    g_set_object (&self->integration, self->renewed);
  end_checking (self, error);
}

static void
start_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);
  DialNewIntegration form;

  if (is_checking (self) || self->integration != NULL)
    return;

  dial_connect_form_forget_problems (self->form);
  dial_banner_say (self->banner, NULL);
  dial_connect_form_read (self->form, &form);
  self->cancellable = g_cancellable_new ();
  show_checking (self);
  if (self->renewed != NULL)
    dial_desk_renew_integration_async (self->desk, self->renewed, &form, self->cancellable,
                                       on_renewed_cb, g_object_ref (self));
  else
    dial_desk_add_integration_async (self->desk, &form, TRUE, self->cancellable,
                                     on_added_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);

  if (is_checking (self))
    g_cancellable_cancel (self->cancellable);
  else if (gtk_widget_get_visible (self->back))
    show_form (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
show_help_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "help");
  gtk_widget_grab_focus (self->back);
}

static void
show_form_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  show_form (DIAL_CONNECT_WINDOW (widget));
}

static void
on_switched_on_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DialConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error)) {
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  gtk_label_set_label (self->done_problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->done_problem), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.switch-on", TRUE);
}

static void
switch_on_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);

  if (self->integration == NULL)
    return;

  gtk_widget_action_set_enabled (widget, "connect.switch-on", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->done_problem), FALSE);
  dial_integration_set_async (self->integration, "status", "active", NULL,
                              on_switched_on_cb, g_object_ref (self));
}

static void
on_form_activated_cb (DialConnectWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.start", NULL);
}

static gboolean
dial_connect_window_close_request (GtkWindow *window)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  emit_connected (self);

  return GTK_WINDOW_CLASS (dial_connect_window_parent_class)->close_request (window);
}

static void
dial_connect_window_dispose (GObject *object)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  g_clear_object (&self->renewed);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_CONNECT_WINDOW);

  G_OBJECT_CLASS (dial_connect_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_CONNECT_FORM);
  g_type_ensure (DIAL_TYPE_HELP_PANE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-connect-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, back);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, start);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, form);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, help);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, done);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, done_problem);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, switch_on);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, later);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, close);
  gtk_widget_class_bind_template_callback (widget_class, on_form_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
}

static void
dial_connect_window_class_init (DialConnectWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = dial_connect_window_dispose;
  window_class->close_request = dial_connect_window_close_request;

  /**
   * DialConnectWindow::connected:
   * @self: a connect window
   * @integration: what was connected or has new credentials, active or not
   *
   * It is done, and the recruiter has said whether to switch it on.
   */
  signals[CONNECTED] =
    g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_INTEGRATION);

  gtk_widget_class_install_action (widget_class, "connect.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "connect.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "connect.switch-on", NULL, switch_on_action);
  gtk_widget_class_install_action (widget_class, "connect.show-help", NULL, show_help_action);
  gtk_widget_class_install_action (widget_class, "connect.show-form", NULL, show_form_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "connect.cancel", NULL);
  bind_template (widget_class);
}

static void
dial_connect_window_init (DialConnectWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_checking (self);
  update_back (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

/**
 * dial_connect_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: where the new integration goes
 *
 * Returns: (transfer none): a connect window, not yet shown
 */
GtkWindow *
dial_connect_window_new (GtkWindow *parent,
                         DialDesk  *desk)
{
  DialConnectWindow *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_CONNECT_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  return GTK_WINDOW (self);
}

/**
 * dial_connect_window_new_renew:
 * @parent: (nullable): the window it belongs to
 * @desk: a desk
 * @integration: one of its integrations
 *
 * Returns: (transfer none): a window that asks for new credentials, not yet shown
 */
GtkWindow *
dial_connect_window_new_renew (GtkWindow       *parent,
                               DialDesk        *desk,
                               DialIntegration *integration)
{
  DialConnectWindow *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = DIAL_CONNECT_WINDOW (dial_connect_window_new (parent, desk));
  self->renewed = g_object_ref (integration);
  gtk_window_set_title (GTK_WINDOW (self), _("New Credentials"));
  gtk_button_set_label (GTK_BUTTON (self->start), _("Save"));
  dial_connect_form_set_renewed (self->form, integration);
  dial_help_pane_set_renewing (self->help, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  return GTK_WINDOW (self);
}
