#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-remove-window.h"
#include "dial-banner.h"
#include "dial-words.h"

/* Not translated: who types it shall see it the same in every manual. */
#define CONFIRMATION "DELETE"

struct _DialAccountRemoveWindow
{
  AdwWindow             parent_instance;

  DialBanner           *banner;
  GtkLabel             *heading;
  GtkWidget            *confirm_list;
  AdwEntryRow          *confirm;
  GtkStack             *foot;
  GtkSpinner           *spinner;
  GtkLabel             *status;
  GtkWidget            *stop;

  DialDesk             *desk;
  DialCloudtalkAccount *account;
  GCancellable         *cancellable;    /* while it is being removed */
};

G_DEFINE_FINAL_TYPE (DialAccountRemoveWindow, dial_account_remove_window, ADW_TYPE_WINDOW)

static gboolean
is_confirmed (DialAccountRemoveWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->confirm))));

  return strcmp (typed, CONFIRMATION) == 0;
}

static void
update (DialAccountRemoveWindow *self)
{
  gboolean removing = self->cancellable != NULL;

  gtk_stack_set_visible_child_name (self->foot, removing ? "removing" : "ask");
  gtk_spinner_set_spinning (self->spinner, removing);
  gtk_label_set_label (self->status, removing ? _("Deleting…") : "");
  /* Before the entry lets go of it, or GTK complains of a focus that vanished. */
  if (removing)
    gtk_widget_grab_focus (self->stop);
  gtk_widget_set_sensitive (self->confirm_list, !removing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account-remove.delete", !removing && is_confirmed (self));
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialAccountRemoveWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = dial_desk_remove_account_finish (DIAL_DESK (source), result, &error);

  g_clear_object (&self->cancellable);
  /* The window was closed meanwhile. */
  if (self->desk == NULL)
    return;
  if (removed) {
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  update (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialAccountRemoveWindow *self = DIAL_ACCOUNT_REMOVE_WINDOW (widget);

  if (self->cancellable != NULL || !is_confirmed (self))
    return;

  dial_banner_say (self->banner, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  dial_desk_remove_account_async (self->desk, self->account, self->cancellable, on_removed_cb,
                                  g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialAccountRemoveWindow *self = DIAL_ACCOUNT_REMOVE_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_confirm_changed_cb (DialAccountRemoveWindow *self)
{
  update (self);
}

static void
on_confirm_activated_cb (DialAccountRemoveWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account-remove.delete", NULL);
}

static gboolean
dial_account_remove_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (DIAL_ACCOUNT_REMOVE_WINDOW (window)->cancellable);

  return GTK_WINDOW_CLASS (dial_account_remove_window_parent_class)->close_request (window);
}

static void
dial_account_remove_window_dispose (GObject *object)
{
  DialAccountRemoveWindow *self = DIAL_ACCOUNT_REMOVE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_ACCOUNT_REMOVE_WINDOW);

  G_OBJECT_CLASS (dial_account_remove_window_parent_class)->dispose (object);
}

static void
dial_account_remove_window_class_init (DialAccountRemoveWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = dial_account_remove_window_dispose;
  window_class->close_request = dial_account_remove_window_close_request;

  g_type_ensure (DIAL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-remove-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, confirm_list);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, confirm);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRemoveWindow, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_activated_cb);

  gtk_widget_class_install_action (widget_class, "account-remove.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "account-remove.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "account-remove.cancel", NULL);
}

static void
dial_account_remove_window_init (DialAccountRemoveWindow *self)
{
  /* Translators: %s is the word to type, which stays as it is */
  g_autofree char *title = g_strdup_printf (_("Type %s to confirm"), CONFIRMATION);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->confirm), title);
}

/**
 * dial_account_remove_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: a desk
 * @account: one of its accounts
 *
 * Returns: (transfer none): a window that asks for the word, not yet shown
 */
GtkWindow *
dial_account_remove_window_new (GtkWindow            *parent,
                                DialDesk             *desk,
                                DialCloudtalkAccount *account)
{
  DialAccountRemoveWindow *self;
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_ACCOUNT_REMOVE_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->account = g_object_ref (account);
  title = dial_cloudtalk_account_dup_title (account);
  name = dial_words_isolate (title);
  /* Translators: %s is the name of a phone account */
  heading = g_strdup_printf (_("Delete “%s”?"), name);
  gtk_label_set_label (self->heading, heading);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
  return GTK_WINDOW (self);
}
