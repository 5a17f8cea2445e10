#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-connect-window.h"
#include "dial-field.h"
#include "dial-words.h"

struct _DialConnectWindow
{
  AdwWindow          parent_instance;

  GtkStack          *stack;
  GtkStack          *foot;
  GtkWidget         *start;
  GtkWidget         *stop;
  GtkSpinner        *spinner;
  GtkLabel          *status;
  DialBanner        *banner;
  GtkScrolledWindow *scroller;
  GtkWidget         *form;
  DialField         *name;
  DialField         *subdomain;
  DialField         *client_id;
  DialField         *secret;
  DialField         *email;
  GtkExpander       *advanced;
  DialField         *harvest_url;
  DialField         *auth_url;
  AdwStatusPage     *done;
  GtkLabel          *done_problem;
  GtkWidget         *switch_on;

  DialDesk          *desk;
  GCancellable      *cancellable;
  DialIntegration   *integration;   /* once it is connected */
  DialIntegration   *renewed;       /* (nullable): the one that gets new credentials */
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
  gtk_widget_set_sensitive (self->form, !checking);
  gtk_label_set_label (self->status, checking ? _("Asking Greenhouse…") : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.start",
                                 !checking && self->renewed == NULL);
}

static void
forget_problems (DialConnectWindow *self)
{
  DialField *fields[] = { self->name, self->subdomain, self->client_id, self->secret,
                          self->email, self->harvest_url, self->auth_url };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    dial_field_set_problem (fields[i], NULL);
  dial_banner_say (self->banner, NULL);
}

/* Which of the two hidden addresses is no address. */
static DialField *
find_wrong_url (DialConnectWindow *self)
{
  g_autofree char *harvest_url = dial_field_dup_text (self->harvest_url);

  if (harvest_url[0] != '\0' && !dial_greenhouse_check_url (harvest_url, NULL))
    return self->harvest_url;
  return self->auth_url;
}

/* The row an error is about; %NULL if it is about none of them. */
static DialField *
find_field (DialConnectWindow *self,
            const GError      *error)
{
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS))
    return self->secret;
  if (error->domain != DIAL_DESK_ERROR)
    return NULL;

  switch ((DialDeskError) error->code) {
  case DIAL_DESK_ERROR_FIELD_NAME:
    return self->name;
  case DIAL_DESK_ERROR_FIELD_SUBDOMAIN:
    return self->subdomain;
  case DIAL_DESK_ERROR_FIELD_CLIENT_ID:
    return self->client_id;
  case DIAL_DESK_ERROR_FIELD_SECRET:
    return self->secret;
  case DIAL_DESK_ERROR_FIELD_URL:
    return find_wrong_url (self);
  case DIAL_DESK_ERROR_FIELD_KEY: /* the only other key the form fills */
  case DIAL_DESK_ERROR_AUTHOR:
    return self->email;
  default:
    return NULL;
  }
}

/* The keyboard brings the entry into view, but not the sentence under it. */
static void
bring_into_view (DialConnectWindow *self,
                 GtkWidget         *field)
{
  graphene_rect_t bounds;
  int height;

  if (!gtk_widget_compute_bounds (field, self->form, &bounds))
    return;

  gtk_widget_measure (field, GTK_ORIENTATION_VERTICAL, (int) bounds.size.width, NULL, &height, NULL, NULL);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller),
                             bounds.origin.y, bounds.origin.y + height + 30);
}

static void
say_error (DialConnectWindow *self,
           const GError      *error)
{
  DialField *field = find_field (self, error);

  if (field == NULL) {
    dial_banner_say (self->banner, error->message);
    gtk_widget_grab_focus (self->start);
    return;
  }

  if (field == self->harvest_url || field == self->auth_url)
    gtk_expander_set_expanded (self->advanced, TRUE);
  dial_field_set_problem (field, error->message);
  /* Greenhouse does not say which of the two it did not know. */
  if (error->domain == DIAL_GREENHOUSE_ERROR)
    dial_field_set_problem (self->client_id, _("Look at the client ID as well as at the secret."));
  gtk_widget_grab_focus (GTK_WIDGET (field));
  bring_into_view (self, GTK_WIDGET (field));
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
  g_autofree char *name = dial_words_isolate (dial_integration_get_name (self->integration));
  /* Translators: %s is the name of a connection to Greenhouse */
  g_autofree char *title = g_strdup_printf (_("Connected to %s"), name);

  adw_status_page_set_title (self->done, title);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (self->switch_on);
}

static void
on_added_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->integration = dial_desk_add_integration_finish (DIAL_DESK (source), result, &error);
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

static const char *
or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

static void
start_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);
  g_autofree char *name = dial_field_dup_text (self->name);
  g_autofree char *subdomain = dial_field_dup_text (self->subdomain);
  g_autofree char *client_id = dial_field_dup_text (self->client_id);
  g_autofree char *secret = dial_field_dup_text (self->secret);
  g_autofree char *email = dial_field_dup_text (self->email);
  g_autofree char *harvest_url = dial_field_dup_text (self->harvest_url);
  g_autofree char *auth_url = dial_field_dup_text (self->auth_url);
  const DialNewIntegration form = {
    .name = name,
    .api = DIAL_API_V3,
    .subdomain = subdomain,
    .client_id = client_id,
    .secret = secret,
    .recruiter_email = or_null (email),
    .harvest_url = or_null (harvest_url),
    .auth_url = or_null (auth_url),
  };

  if (is_checking (self) || self->integration != NULL)
    return;

  forget_problems (self);
  self->cancellable = g_cancellable_new ();
  show_checking (self);
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
  else
    gtk_window_close (GTK_WINDOW (self));
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
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;

  dial_banner_say (self->banner, _("No web browser could be started. In your browser, sign in to "
                                   "Greenhouse and open Configure, Dev Center, API Credential Management."));
}

/* The page of that name is at the same place in every Greenhouse. */
static void
open_greenhouse_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  DialConnectWindow *self = DIAL_CONNECT_WINDOW (widget);
  g_autofree char *subdomain = dial_field_dup_text (self->subdomain);
  g_autofree char *uri = NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;

  if (!g_regex_match_simple ("^[A-Za-z0-9-]+$", subdomain, 0, 0))
    dial_set_str (&subdomain, "app");
  uri = g_strdup_printf ("https://%s.greenhouse.io/configure/dev_center/credentials", subdomain);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           on_opened_cb, g_object_ref (self));
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
  g_type_ensure (DIAL_TYPE_FIELD);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-connect-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, start);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, form);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, name);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, subdomain);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, client_id);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, secret);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, email);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, advanced);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, harvest_url);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, auth_url);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, done);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, done_problem);
  gtk_widget_class_bind_template_child (widget_class, DialConnectWindow, switch_on);
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
   * @integration: what was connected, active or not
   *
   * There is a new integration, and the recruiter has said whether to switch it on.
   */
  signals[CONNECTED] =
    g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_INTEGRATION);

  gtk_widget_class_install_action (widget_class, "connect.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "connect.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "connect.switch-on", NULL, switch_on_action);
  gtk_widget_class_install_action (widget_class, "connect.open-greenhouse", NULL, open_greenhouse_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "connect.cancel", NULL);
  bind_template (widget_class);
}

static void
on_field_activated_cb (DialConnectWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.start", NULL);
}

static void
dial_connect_window_init (DialConnectWindow *self)
{
  DialField *fields[7];

  gtk_widget_init_template (GTK_WIDGET (self));

  fields[0] = self->name;
  fields[1] = self->subdomain;
  fields[2] = self->client_id;
  fields[3] = self->secret;
  fields[4] = self->email;
  fields[5] = self->harvest_url;
  fields[6] = self->auth_url;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_object (fields[i], "activated", G_CALLBACK (on_field_activated_cb), self,
                             G_CONNECT_SWAPPED);
  show_checking (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
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
  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->subdomain), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->email), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->advanced), FALSE);
  show_checking (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->client_id));
  return GTK_WINDOW (self);
}
