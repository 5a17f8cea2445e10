#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-contacts-words.h"
#include "dial-desk-contacts.h"
#include "dial-remove-window.h"
#include "dial-unsent-group.h"
#include "dial-words.h"

/* Not translated: who types it shall see it the same in every manual. */
#define CONFIRMATION "DELETE"

struct _DialRemoveWindow
{
  AdwWindow        parent_instance;

  DialBanner      *banner;
  GtkLabel        *heading;
  AdwActionRow    *call_row;
  AdwActionRow    *candidates_row;
  AdwActionRow    *contacts_row;
  GtkSwitch       *contacts;
  DialUnsentGroup *unsent;
  GtkWidget       *confirm_list;
  AdwEntryRow     *confirm;
  GtkStack        *foot;
  GtkSpinner      *spinner;
  GtkLabel        *status;
  GtkWidget       *stop;

  DialDesk        *desk;
  DialIntegration *integration;
  GCancellable    *cancellable;    /* while it is being removed */
};

enum {
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialRemoveWindow, dial_remove_window, ADW_TYPE_WINDOW)

static gboolean
is_confirmed (DialRemoveWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->confirm))));

  return strcmp (typed, CONFIRMATION) == 0;
}

/* Its credentials may be gone with the integration although a file is left. */
static gboolean
is_there (DialRemoveWindow *self)
{
  return self->integration != NULL &&
         dial_desk_find_integration (self->desk, dial_integration_get_id (self->integration)) != NULL;
}

/* What it is at. */
static char *
describe (DialRemoveWindow *self)
{
  DialContacts *contacts = dial_integration_get_contacts (self->integration);
  DialContactsProgress progress;

  if (!dial_contacts_is_running (contacts))
    return g_strdup (_("Deleting…"));

  dial_contacts_get_progress (contacts, &progress);
  return dial_contacts_words_progress (&progress);
}

static void
update (DialRemoveWindow *self)
{
  gboolean removing = self->cancellable != NULL;
  g_autofree char *status = removing ? describe (self) : NULL;

  gtk_stack_set_visible_child_name (self->foot, removing ? "removing" : "ask");
  gtk_spinner_set_spinning (self->spinner, removing);
  gtk_label_set_label (self->status, removing ? status : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->contacts_row), !removing);
  /* Before the entry lets go of it, or GTK complains of a focus that vanished. */
  if (removing)
    gtk_widget_grab_focus (self->stop);
  gtk_widget_set_sensitive (self->confirm_list, !removing && is_there (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "remove.delete",
                                 !removing && is_there (self) && is_confirmed (self));
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialRemoveWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = dial_desk_remove_integration_finish (DIAL_DESK (source), result, &error);

  g_clear_object (&self->cancellable);
  if (removed) {
    g_signal_emit (self, signals[REMOVED], 0);
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  /* The window was closed meanwhile. */
  if (self->desk == NULL)
    return;

  update (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
}

static void
remove_integration (DialRemoveWindow *self)
{
  update (self);
  dial_desk_remove_integration_async (self->desk, self->integration, self->cancellable, on_removed_cb,
                                      g_object_ref (self));
}

/* Once the integration is deleted nobody knows any more which contacts were its: they go first, or nothing does. */
static void
on_contacts_removed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (DialRemoveWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialContactsReport) report = NULL;
  gboolean done = dial_desk_run_contacts_finish (DIAL_DESK (source), result, &report, &error);

  /* The window was closed meanwhile. */
  if (self->desk == NULL)
    return;

  if (done && report->n_failed == 0) {
    remove_integration (self);
    return;
  }

  g_clear_object (&self->cancellable);
  update (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error != NULL ? error->message : report->failure);
  gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DialRemoveWindow *self = DIAL_REMOVE_WINDOW (widget);

  if (self->cancellable != NULL || !is_confirmed (self))
    return;

  dial_banner_say (self->banner, NULL);
  self->cancellable = g_cancellable_new ();
  if (!gtk_switch_get_active (self->contacts)) {
    remove_integration (self);
    return;
  }

  dial_desk_run_contacts_async (self->desk, self->integration, DIAL_CONTACTS_REMOVE, self->cancellable,
                                on_contacts_removed_cb, g_object_ref (self));
  update (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DialRemoveWindow *self = DIAL_REMOVE_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_confirm_changed_cb (DialRemoveWindow *self)
{
  update (self);
}

static void
on_confirm_activated_cb (DialRemoveWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "remove.delete", NULL);
}

static void
show_candidates (DialRemoveWindow *self)
{
  guint n = (guint) dial_integration_get_n_candidates (self->integration);
  g_autofree char *title = g_strdup_printf (ngettext ("%'u candidate", "%'u candidates", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->candidates_row), title);
}

static void
on_contacts_counted_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (DialRemoveWindow) self = user_data;
  g_autoptr (GPtrArray) tallies = dial_store_count_contacts_finish (DIAL_STORE (source), result, NULL);
  g_autofree char *title = NULL;
  guint n = 0;

  for (guint i = 0; tallies != NULL && i < tallies->len; i++)
    n += ((DialContactTally *) tallies->pdata[i])->n_contacts;
  if (self->desk == NULL || n == 0)
    return;

  title = g_strdup_printf (ngettext ("Take %'u contact out of the phone system too",
                                     "Take %'u contacts out of the phone system too", n), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->contacts_row), title);
  gtk_widget_set_visible (GTK_WIDGET (self->contacts_row), TRUE);
}

static void
show_call (DialRemoveWindow *self)
{
  DialCall *call = dial_desk_get_call (self->desk);

  gtk_widget_set_visible (GTK_WIDGET (self->call_row),
                          call != NULL && dial_desk_get_call_integration (self->desk) == self->integration);
}

static void
show_integration (DialRemoveWindow *self)
{
  g_autofree char *name = dial_words_isolate (dial_integration_get_name (self->integration));
  /* Translators: %s is the name of a connection to Greenhouse */
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), name);

  gtk_label_set_label (self->heading, heading);
  g_signal_connect_object (self->integration, "notify::n-candidates", G_CALLBACK (show_candidates), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::call", G_CALLBACK (show_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dial_integration_get_contacts (self->integration), "progressed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  dial_store_count_contacts_async (dial_integration_get_store (self->integration), NULL, on_contacts_counted_cb,
                                   g_object_ref (self));
  show_candidates (self);
  show_call (self);
  dial_unsent_group_set_integration (self->unsent, self->integration);
  update (self);
}

static gboolean
dial_remove_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (DIAL_REMOVE_WINDOW (window)->cancellable);

  return GTK_WINDOW_CLASS (dial_remove_window_parent_class)->close_request (window);
}

static void
dial_remove_window_dispose (GObject *object)
{
  DialRemoveWindow *self = DIAL_REMOVE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_REMOVE_WINDOW);

  G_OBJECT_CLASS (dial_remove_window_parent_class)->dispose (object);
}

static void
dial_remove_window_class_init (DialRemoveWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = dial_remove_window_dispose;
  window_class->close_request = dial_remove_window_close_request;

  /**
   * DialRemoveWindow::removed:
   * @self: a remove window
   *
   * The integration is gone, and the window closes.
   */
  signals[REMOVED] =
    g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_UNSENT_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-remove-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, call_row);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, candidates_row);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, contacts_row);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, contacts);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, unsent);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, confirm_list);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, confirm);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DialRemoveWindow, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_activated_cb);

  gtk_widget_class_install_action (widget_class, "remove.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "remove.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "remove.cancel", NULL);
}

static void
dial_remove_window_init (DialRemoveWindow *self)
{
  /* Translators: %s is the word to type, which stays as it is */
  g_autofree char *title = g_strdup_printf (_("Type %s to confirm"), CONFIRMATION);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->confirm), title);
}

/**
 * dial_remove_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: a desk
 * @integration: one of its integrations
 *
 * Returns: (transfer none): a remove window, not yet shown
 */
GtkWindow *
dial_remove_window_new (GtkWindow       *parent,
                        DialDesk        *desk,
                        DialIntegration *integration)
{
  DialRemoveWindow *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_REMOVE_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->integration = g_object_ref (integration);
  show_integration (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
  return GTK_WINDOW (self);
}
