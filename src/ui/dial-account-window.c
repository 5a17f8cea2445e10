#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-account-window.h"
#include "dial-banner.h"
#include "dial-field.h"
#include "dial-open-link.h"

#define DASHBOARD "https://my.cloudtalk.io/"
#define N_FIELDS  5

struct _DialAccountWindow
{
  AdwWindow             parent_instance;

  DialBanner           *banner;
  GtkLabel             *intro;
  GtkWidget            *form;
  DialField            *key_id;
  DialField            *secret;
  DialField            *email;
  DialField            *caption;
  GtkExpander          *advanced;
  DialField            *url;
  GtkStack             *foot;
  GtkWidget            *start;
  GtkSpinner           *spinner;
  GtkLabel             *status;
  GtkWidget            *stop;

  DialDesk             *desk;
  DialCloudtalkAccount *renewed;        /* the one that gets other keys, if any */
  GCancellable         *cancellable;    /* while CloudTalk is asked */
};

enum {
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialAccountWindow, dial_account_window, ADW_TYPE_WINDOW)

static void
list_fields (DialAccountWindow *self,
             DialField         *fields[N_FIELDS])
{
  fields[0] = self->key_id;
  fields[1] = self->secret;
  fields[2] = self->email;
  fields[3] = self->caption;
  fields[4] = self->url;
}

static void
update (DialAccountWindow *self)
{
  gboolean checking = self->cancellable != NULL;

  gtk_stack_set_visible_child_name (self->foot, checking ? "checking" : "start");
  gtk_spinner_set_spinning (self->spinner, checking);
  gtk_label_set_label (self->status, checking ? _("Asking CloudTalk…") : "");
  /* Before the form lets go of it, or GTK complains of a focus that vanished. */
  if (checking)
    gtk_widget_grab_focus (self->stop);
  gtk_widget_set_sensitive (self->form, !checking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account-form.start", !checking);
}

/* What went wrong */

/* The field an error is about; %NULL if it is about none of them. */
static DialField *
find_field (DialAccountWindow *self,
            const GError      *error)
{
  if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS))
    return self->secret;
  if (error->domain != DIAL_DESK_ERROR)
    return NULL;
  if (error->code == DIAL_DESK_ERROR_FIELD_CLIENT_ID)
    return self->key_id;
  if (error->code == DIAL_DESK_ERROR_FIELD_SECRET)
    return self->secret;
  if (error->code == DIAL_DESK_ERROR_FIELD_EMAIL)
    return self->email;
  if (error->code == DIAL_DESK_ERROR_FIELD_URL)
    return self->url;
  return NULL;
}

static void
say_error (DialAccountWindow *self,
           const GError      *error)
{
  DialField *field = find_field (self, error);

  if (field == NULL) {
    dial_banner_say (self->banner, error->message);
    gtk_widget_grab_focus (self->start);
    return;
  }

  if (field == self->url)
    gtk_expander_set_expanded (self->advanced, TRUE);
  dial_field_set_problem (field, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
forget_problems (DialAccountWindow *self)
{
  DialField *fields[N_FIELDS];

  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++)
    dial_field_set_problem (fields[i], NULL);
  dial_banner_say (self->banner, NULL);
}

/* Asking */

static void
finish (DialAccountWindow    *self,
        DialCloudtalkAccount *account,
        const GError         *error)
{
  gboolean closed = self->desk == NULL;

  g_clear_object (&self->cancellable);
  if (account != NULL) {
    g_signal_emit (self, signals[ADDED], 0, account);
    if (!closed) {
      dial_field_set_text (self->secret, "");
      gtk_window_close (GTK_WINDOW (self));
    }
    return;
  }
  if (closed)
    return;

  update (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_grab_focus (self->start);
  else
    say_error (self, error);
}

static void
on_added_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkAccount) account = dial_desk_add_account_finish (DIAL_DESK (source), result, &error);

  finish (self, account, error);
}

static void
on_renewed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean renewed = dial_desk_renew_account_finish (DIAL_DESK (source), result, &error);

  finish (self, renewed ? self->renewed : NULL, error);
}

static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  DialAccountWindow *self = DIAL_ACCOUNT_WINDOW (widget);
  g_autofree char *key_id = dial_field_dup_text (self->key_id);
  g_autofree char *email = dial_field_dup_text (self->email);
  g_autofree char *caption = dial_field_dup_text (self->caption);
  g_autofree char *url = dial_field_dup_text (self->url);
  char *secret = NULL;
  DialNewAccount form = { key_id, NULL, caption, email, url };

  if (self->cancellable != NULL)
    return;

  forget_problems (self);
  secret = dial_field_dup_text (self->secret);
  form.secret = secret;
  self->cancellable = g_cancellable_new ();
  update (self);
  if (self->renewed != NULL)
    dial_desk_renew_account_async (self->desk, self->renewed, &form, self->cancellable, on_renewed_cb,
                                   g_object_ref (self));
  else
    dial_desk_add_account_async (self->desk, &form, TRUE, self->cancellable, on_added_cb, g_object_ref (self));
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialAccountWindow *self = DIAL_ACCOUNT_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_activated_cb (DialAccountWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account-form.start", NULL);
}

static void
on_link_opened (GtkWidget  *widget,
                const char *problem)
{
  if (problem != NULL)
    dial_banner_say (DIAL_ACCOUNT_WINDOW (widget)->banner, problem);
}

static void
on_dashboard_activated_cb (DialAccountWindow *self)
{
  dial_open_link_then (GTK_WIDGET (self), DASHBOARD, on_link_opened);
}

static gboolean
dial_account_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (DIAL_ACCOUNT_WINDOW (window)->cancellable);

  return GTK_WINDOW_CLASS (dial_account_window_parent_class)->close_request (window);
}

static void
dial_account_window_dispose (GObject *object)
{
  DialAccountWindow *self = DIAL_ACCOUNT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->renewed);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_ACCOUNT_WINDOW);

  G_OBJECT_CLASS (dial_account_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_FIELD);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, intro);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, form);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, key_id);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, secret);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, email);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, caption);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, advanced);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, url);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, start);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DialAccountWindow, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_dashboard_activated_cb);
}

static void
dial_account_window_class_init (DialAccountWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = dial_account_window_dispose;
  window_class->close_request = dial_account_window_close_request;

  /**
   * DialAccountWindow::added:
   * @self: an account window
   * @account: what was added, or has other keys
   *
   * It is done, and the window closes.
   */
  signals[ADDED] =
    g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_CLOUDTALK_ACCOUNT);

  gtk_widget_class_install_action (widget_class, "account-form.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "account-form.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "account-form.cancel", NULL);
  bind_template (widget_class);
}

static void
dial_account_window_init (DialAccountWindow *self)
{
  DialField *fields[N_FIELDS];

  gtk_widget_init_template (GTK_WIDGET (self));
  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++)
    g_signal_connect_object (fields[i], "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_id));
}

/**
 * dial_account_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: where the new account goes
 *
 * Returns: (transfer none): an account window, not yet shown
 */
GtkWindow *
dial_account_window_new (GtkWindow *parent,
                         DialDesk  *desk)
{
  DialAccountWindow *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_ACCOUNT_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  return GTK_WINDOW (self);
}

/**
 * dial_account_window_new_renew:
 * @parent: (nullable): the window it belongs to
 * @desk: a desk
 * @account: one of its accounts
 *
 * Returns: (transfer none): a window that asks for other keys, not yet shown
 */
GtkWindow *
dial_account_window_new_renew (GtkWindow            *parent,
                               DialDesk             *desk,
                               DialCloudtalkAccount *account)
{
  DialAccountWindow *self;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = DIAL_ACCOUNT_WINDOW (dial_account_window_new (parent, desk));
  self->renewed = g_object_ref (account);
  gtk_window_set_title (GTK_WINDOW (self), _("New Keys"));
  gtk_button_set_label (GTK_BUTTON (self->start), _("Save"));
  gtk_label_set_label (self->intro, _("The former keys are erased from your keyring once CloudTalk takes the new ones."));
  gtk_widget_set_visible (GTK_WIDGET (self->email), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->advanced), FALSE);
  return GTK_WINDOW (self);
}
