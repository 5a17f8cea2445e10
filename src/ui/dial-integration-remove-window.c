#include "config.h"

#include <glib/gi18n.h>

#include "dial-contacts-words.h"
#include "dial-desk-contacts.h"
#include "dial-integration-remove-window.h"
#include "dial-unsent-group.h"

struct _DialIntegrationRemoveWindow
{
  DialRemoveWindow  parent_instance;

  AdwActionRow     *call_row;
  AdwActionRow     *candidates_row;
  AdwActionRow     *contacts_row;
  GtkSwitch        *contacts;
  DialUnsentGroup  *unsent;

  DialDesk         *desk;
  DialIntegration  *integration;
  GCancellable     *cancellable; /* while contacts are taken away */
};

G_DEFINE_FINAL_TYPE (DialIntegrationRemoveWindow, dial_integration_remove_window, DIAL_TYPE_REMOVE_WINDOW)

/* Its credentials may be gone with the integration although a file is left. */
static gboolean
is_there (DialRemoveWindow *window)
{
  DialIntegrationRemoveWindow *self = DIAL_INTEGRATION_REMOVE_WINDOW (window);

  return self->integration != NULL &&
         dial_desk_find_integration (self->desk, dial_integration_get_id (self->integration)) != NULL;
}

static char *
describe (DialRemoveWindow *window)
{
  DialContacts *contacts = dial_integration_get_contacts (DIAL_INTEGRATION_REMOVE_WINDOW (window)->integration);
  DialContactsProgress progress;

  if (!dial_contacts_is_running (contacts))
    return NULL;

  dial_contacts_get_progress (contacts, &progress);
  return dial_contacts_words_progress (&progress);
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialRemoveWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = dial_desk_remove_integration_finish (DIAL_DESK (source), result, &error);

  dial_remove_window_end (window, removed, error);
}

static void
remove_integration (DialIntegrationRemoveWindow *self,
                    GCancellable                *cancellable)
{
  dial_desk_remove_integration_async (self->desk, self->integration, cancellable, on_removed_cb,
                                      g_object_ref (self));
}

/* Once the integration is deleted nobody knows any more which contacts were its: they go first, or it stays. */
static void
on_contacts_removed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (DialIntegrationRemoveWindow) self = user_data;
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialContactsReport) report = NULL;
  gboolean done = dial_desk_run_contacts_finish (DIAL_DESK (source), result, &report, &error);

  /* The window was closed meanwhile. */
  if (self->desk == NULL)
    return;

  if (done && report->n_failed == 0) {
    remove_integration (self, cancellable);
    dial_remove_window_update (DIAL_REMOVE_WINDOW (self));
    return;
  }

  if (error == NULL)
    error = g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, report->failure);
  dial_remove_window_end (DIAL_REMOVE_WINDOW (self), FALSE, error);
}

static void
begin (DialRemoveWindow *window,
       GCancellable     *cancellable)
{
  DialIntegrationRemoveWindow *self = DIAL_INTEGRATION_REMOVE_WINDOW (window);

  if (!gtk_switch_get_active (self->contacts)) {
    remove_integration (self, cancellable);
    return;
  }

  g_set_object (&self->cancellable, cancellable);
  dial_desk_run_contacts_async (self->desk, self->integration, DIAL_CONTACTS_REMOVE, cancellable,
                                on_contacts_removed_cb, g_object_ref (self));
}

static void
show_candidates (DialIntegrationRemoveWindow *self)
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
  g_autoptr (DialIntegrationRemoveWindow) self = user_data;
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
show_call (DialIntegrationRemoveWindow *self)
{
  DialCall *call = dial_desk_get_call (self->desk);

  gtk_widget_set_visible (GTK_WIDGET (self->call_row),
                          call != NULL && dial_desk_get_call_integration (self->desk) == self->integration);
}

static void
show_integration (DialIntegrationRemoveWindow *self)
{
  g_signal_connect_object (self->integration, "notify::n-candidates", G_CALLBACK (show_candidates), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::call", G_CALLBACK (show_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dial_integration_get_contacts (self->integration), "progressed",
                           G_CALLBACK (dial_remove_window_update), self, G_CONNECT_SWAPPED);
  dial_store_count_contacts_async (dial_integration_get_store (self->integration), NULL, on_contacts_counted_cb,
                                   g_object_ref (self));
  show_candidates (self);
  show_call (self);
  dial_unsent_group_set_integration (self->unsent, self->integration);
  dial_remove_window_ask (DIAL_REMOVE_WINDOW (self), dial_integration_get_name (self->integration));
}

static void
dial_integration_remove_window_dispose (GObject *object)
{
  DialIntegrationRemoveWindow *self = DIAL_INTEGRATION_REMOVE_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_INTEGRATION_REMOVE_WINDOW);

  G_OBJECT_CLASS (dial_integration_remove_window_parent_class)->dispose (object);
}

static void
dial_integration_remove_window_class_init (DialIntegrationRemoveWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DialRemoveWindowClass *remove_class = DIAL_REMOVE_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_integration_remove_window_dispose;
  remove_class->remove = begin;
  remove_class->describe = describe;
  remove_class->is_there = is_there;

  g_type_ensure (DIAL_TYPE_UNSENT_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-integration-remove-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRemoveWindow, call_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRemoveWindow, candidates_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRemoveWindow, contacts_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRemoveWindow, contacts);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRemoveWindow, unsent);
}

static void
dial_integration_remove_window_init (DialIntegrationRemoveWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_integration_remove_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: a desk
 * @integration: one of its integrations
 *
 * Returns: (transfer none): a window that asks for the word, not yet shown
 */
GtkWindow *
dial_integration_remove_window_new (GtkWindow       *parent,
                                    DialDesk        *desk,
                                    DialIntegration *integration)
{
  DialIntegrationRemoveWindow *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_INTEGRATION_REMOVE_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->integration = g_object_ref (integration);
  show_integration (self);
  return GTK_WINDOW (self);
}
