#include "config.h"

#include "dial-account-remove-window.h"

struct _DialAccountRemoveWindow
{
  DialRemoveWindow      parent_instance;

  DialDesk             *desk;
  DialCloudtalkAccount *account;
};

G_DEFINE_FINAL_TYPE (DialAccountRemoveWindow, dial_account_remove_window, DIAL_TYPE_REMOVE_WINDOW)

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialRemoveWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = dial_desk_remove_account_finish (DIAL_DESK (source), result, &error);

  dial_remove_window_end (window, removed, error);
}

static void
remove_account (DialRemoveWindow *window,
                GCancellable     *cancellable)
{
  DialAccountRemoveWindow *self = DIAL_ACCOUNT_REMOVE_WINDOW (window);

  dial_desk_remove_account_async (self->desk, self->account, cancellable, on_removed_cb, g_object_ref (self));
}

static void
dial_account_remove_window_dispose (GObject *object)
{
  DialAccountRemoveWindow *self = DIAL_ACCOUNT_REMOVE_WINDOW (object);

  g_clear_object (&self->account);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_ACCOUNT_REMOVE_WINDOW);

  G_OBJECT_CLASS (dial_account_remove_window_parent_class)->dispose (object);
}

static void
dial_account_remove_window_class_init (DialAccountRemoveWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_account_remove_window_dispose;
  DIAL_REMOVE_WINDOW_CLASS (klass)->remove = remove_account;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/dialhouse/Dialhouse/ui/dial-account-remove-window.ui");
}

static void
dial_account_remove_window_init (DialAccountRemoveWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_ACCOUNT_REMOVE_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->account = g_object_ref (account);
  title = dial_cloudtalk_account_dup_title (account);
  dial_remove_window_ask (DIAL_REMOVE_WINDOW (self), title);
  return GTK_WINDOW (self);
}
