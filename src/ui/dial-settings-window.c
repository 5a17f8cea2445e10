#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-page.h"
#include "dial-account-window.h"
#include "dial-connect-window.h"
#include "dial-integration-list.h"
#include "dial-integration-page.h"
#include "dial-settings-window.h"
#include "dial-templates-page.h"

struct _DialSettingsWindow
{
  AdwWindow            parent_instance;

  AdwToastOverlay     *toasts;
  AdwLeaflet          *leaflet;
  DialIntegrationList *list;

  DialDesk            *desk;
  GPtrArray           *openers;        /* what had the focus before each page above the list */
  guint                settle_source;
};

G_DEFINE_FINAL_TYPE (DialSettingsWindow, dial_settings_window, ADW_TYPE_WINDOW)

/* What had the focus, as long as it lives. */

static GWeakRef *
opener_new (GtkWidget *widget)
{
  GWeakRef *opener = g_new0 (GWeakRef, 1);

  g_weak_ref_init (opener, widget);
  return opener;
}

static void
opener_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Pages */

/* The leaflet's children among the widgets are not its pages alone. */
static GtkWidget *
get_page_above (DialSettingsWindow *self)
{
  return adw_leaflet_get_adjacent_child (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static gboolean
settle_cb (gpointer user_data)
{
  DialSettingsWindow *self = user_data;
  GtkWidget *page;

  self->settle_source = 0;
  if (adw_leaflet_get_child_transition_running (self->leaflet))
    return G_SOURCE_REMOVE;

  while ((page = get_page_above (self)) != NULL)
    adw_leaflet_remove (self->leaflet, page);

  return G_SOURCE_REMOVE;
}

/* What was left goes once it is out of sight; not from within the leaflet's own notification. */
static void
on_leaflet_moved_cb (DialSettingsWindow *self)
{
  if (self->settle_source == 0)
    self->settle_source = g_idle_add (settle_cb, self);
}

static void
push (DialSettingsWindow *self,
      GtkWidget          *page)
{
  GtkWidget *above;

  while ((above = get_page_above (self)) != NULL)
    adw_leaflet_remove (self->leaflet, above);

  g_ptr_array_add (self->openers, opener_new (gtk_root_get_focus (GTK_ROOT (self))));
  adw_leaflet_append (self->leaflet, page);
  adw_leaflet_set_visible_child (self->leaflet, page);
  gtk_widget_grab_focus (page);
}

static void
go_back (DialSettingsWindow *self)
{
  GtkWidget *below = adw_leaflet_get_adjacent_child (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  g_autoptr (GtkWidget) opener = NULL;

  if (below == NULL)
    return;

  if (self->openers->len > 0) {
    opener = g_weak_ref_get (self->openers->pdata[self->openers->len - 1]);
    g_ptr_array_set_size (self->openers, (int) self->openers->len - 1);
  }
  adw_leaflet_set_visible_child (self->leaflet, below);
  if (opener == NULL || !gtk_widget_get_mapped (opener) || !gtk_widget_grab_focus (opener))
    gtk_widget_child_focus (below, GTK_DIR_TAB_FORWARD);
}

static void
on_go_cb (DialSettingsWindow *self,
          GtkWidget          *page)
{
  /* Some pages lead to others. */
  if (g_signal_lookup ("go", G_OBJECT_TYPE (page)) != 0)
    g_signal_connect_object (page, "go", G_CALLBACK (on_go_cb), self, G_CONNECT_SWAPPED);
  push (self, page);
}

static void
on_opened_cb (DialSettingsWindow *self,
              DialIntegration    *integration)
{
  dial_settings_window_show_integration (self, integration);
}

/* The page right above the list. */
static GtkWidget *
get_first_page (DialSettingsWindow *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_leaflet_get_pages (self->leaflet);
  g_autoptr (AdwLeafletPage) page = g_list_model_get_item (G_LIST_MODEL (pages), 1);

  return page != NULL ? adw_leaflet_page_get_child (page) : NULL;
}

static void
show_list (DialSettingsWindow *self)
{
  g_ptr_array_set_size (self->openers, 0);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list));
}

static void
on_account_opened_cb (DialSettingsWindow   *self,
                      DialCloudtalkAccount *account)
{
  GtkWidget *page;

  if (adw_leaflet_get_visible_child (self->leaflet) != GTK_WIDGET (self->list))
    show_list (self);

  page = dial_account_page_new (self->desk, account);
  g_signal_connect_object (page, "go", G_CALLBACK (on_go_cb), self, G_CONNECT_SWAPPED);
  push (self, page);
}

static gboolean
holds (GListModel *model,
       gpointer    item)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GObject) other = g_list_model_get_item (model, i);

    if (other == item)
      return TRUE;
  }

  return FALSE;
}

/* What was deleted takes its pages along. */
static void
on_list_changed_cb (DialSettingsWindow *self)
{
  GtkWidget *page;

  /* A desk that closes with the program lets all of them go. */
  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->desk == NULL)
    return;

  page = get_first_page (self);
  if (DIAL_IS_INTEGRATION_PAGE (page) &&
      !holds (dial_desk_get_integrations (self->desk),
              dial_integration_page_get_integration (DIAL_INTEGRATION_PAGE (page))))
    show_list (self);
  else if (DIAL_IS_ACCOUNT_PAGE (page) &&
           !holds (dial_desk_get_accounts (self->desk), dial_account_page_get_account (DIAL_ACCOUNT_PAGE (page))))
    show_list (self);
}

/* Actions */

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialSettingsWindow *self = DIAL_SETTINGS_WINDOW (widget);

  if (adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->list))
    gtk_window_close (GTK_WINDOW (self));
  else
    go_back (self);
}

static void
toast_action (GtkWidget  *widget,
              const char *name,
              GVariant   *words)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (words, NULL));

  adw_toast_overlay_add_toast (DIAL_SETTINGS_WINDOW (widget)->toasts, toast);
}

static void
add_greenhouse_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *nothing)
{
  DialSettingsWindow *self = DIAL_SETTINGS_WINDOW (widget);
  GtkWindow *window = dial_connect_window_new (GTK_WINDOW (self), self->desk);

  g_signal_connect_object (window, "connected", G_CALLBACK (on_opened_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
add_cloudtalk_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *nothing)
{
  DialSettingsWindow *self = DIAL_SETTINGS_WINDOW (widget);
  GtkWindow *window = dial_account_window_new (GTK_WINDOW (self), self->desk);

  g_signal_connect_object (window, "added", G_CALLBACK (on_account_opened_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
dial_settings_window_dispose (GObject *object)
{
  DialSettingsWindow *self = DIAL_SETTINGS_WINDOW (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_pointer (&self->openers, g_ptr_array_unref);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_SETTINGS_WINDOW);

  G_OBJECT_CLASS (dial_settings_window_parent_class)->dispose (object);
}

static void
dial_settings_window_class_init (DialSettingsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_INTEGRATION_LIST);

  object_class->dispose = dial_settings_window_dispose;

  gtk_widget_class_install_action (widget_class, "settings.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "settings.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "settings.add-greenhouse", NULL, add_greenhouse_action);
  gtk_widget_class_install_action (widget_class, "settings.add-cloudtalk", NULL, add_cloudtalk_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "settings.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "settings.back", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-settings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSettingsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DialSettingsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DialSettingsWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_account_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leaflet_moved_cb);
}

static void
dial_settings_window_init (DialSettingsWindow *self)
{
  self->openers = g_ptr_array_new_with_free_func (opener_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWindow *
find_window (GtkWindow *parent,
             DialDesk  *desk)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (DIAL_IS_SETTINGS_WINDOW (window) && DIAL_SETTINGS_WINDOW (window)->desk == desk &&
        gtk_window_get_transient_for (window) == parent)
      return window;
  }

  return NULL;
}

/**
 * dial_settings_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: whose integrations
 *
 * Returns: (transfer none): the parent's settings window: the one that is open, or a new one, not yet
 *   shown
 */
GtkWindow *
dial_settings_window_new (GtkWindow *parent,
                          DialDesk  *desk)
{
  DialSettingsWindow *self;
  GtkWindow *window;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  window = find_window (parent, desk);
  if (window != NULL)
    return window;

  self = g_object_new (DIAL_TYPE_SETTINGS_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  dial_integration_list_set_desk (self->list, desk);
  g_signal_connect_object (dial_desk_get_integrations (desk), "items-changed",
                           G_CALLBACK (on_list_changed_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (dial_desk_get_accounts (desk), "items-changed",
                           G_CALLBACK (on_list_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}

/**
 * dial_settings_window_show_integration:
 * @self: a settings window
 * @integration: an integration of its desk
 *
 * Shows the page of an integration.
 */
void
dial_settings_window_show_integration (DialSettingsWindow *self,
                                       DialIntegration    *integration)
{
  GtkWidget *page;

  g_return_if_fail (DIAL_IS_SETTINGS_WINDOW (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  if (adw_leaflet_get_visible_child (self->leaflet) != GTK_WIDGET (self->list))
    show_list (self);

  page = dial_integration_page_new (self->desk, integration);
  g_signal_connect_object (page, "go", G_CALLBACK (on_go_cb), self, G_CONNECT_SWAPPED);
  push (self, page);
}

/**
 * dial_settings_window_show_templates:
 * @self: a settings window
 * @integration: an integration of its desk
 *
 * Shows the templates and scripts of an integration.
 */
void
dial_settings_window_show_templates (DialSettingsWindow *self,
                                     DialIntegration    *integration)
{
  g_return_if_fail (DIAL_IS_SETTINGS_WINDOW (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  dial_settings_window_show_integration (self, integration);
  on_go_cb (self, dial_templates_page_new (integration));
}
