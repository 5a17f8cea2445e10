#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-row.h"
#include "dial-outbox-window-private.h"
#include "dial-outbox-words.h"
#include "dial-say-name.h"
#include "dial-slow-start.h"

G_DEFINE_FINAL_TYPE (DialOutboxWindow, dial_outbox_window, ADW_TYPE_WINDOW)

DialOutboxEntry *
_dial_outbox_window_get_selected (DialOutboxWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* The list */

static DialOutboxRow *
find_row (DialOutboxWindow *self,
          DialOutboxEntry  *entry)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (DIAL_IS_OUTBOX_ROW (row) && dial_outbox_row_get_entry (DIAL_OUTBOX_ROW (row)) == entry)
      return DIAL_OUTBOX_ROW (row);
  }

  return NULL;
}

/* Not to the row that was first once, as the list would do it. */
static gboolean
focus_cb (gpointer user_data)
{
  DialOutboxWindow *self = user_data;
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);
  DialOutboxRow *row = entry != NULL ? find_row (self, entry) : NULL;

  self->focus_source = 0;
  if (row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  return G_SOURCE_REMOVE;
}

/* The row with the keyboard went with its note: the next one takes it. */
static void
keep_focus (DialOutboxWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->focus_source == 0 && (focus == NULL || focus == GTK_WIDGET (self->list_view)))
    self->focus_source = g_idle_add (focus_cb, self);
}

static void
show_page (DialOutboxWindow *self)
{
  guint n = dial_outbox_get_n_notes (self->outbox);
  g_autofree char *count = dial_outbox_words_count (self->outbox);
  const char *page = n > 0 ? "list" : dial_outbox_is_loading (self->outbox) ? "loading" : "empty";

  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_widget_set_visible (self->send_all, n > 0);
  gtk_stack_set_visible_child_name (self->stack, page);
  /* Not to the toast that tells of it, which would take Escape for itself. */
  if (n == 0)
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
on_outbox_changed_cb (DialOutboxWindow *self)
{
  show_page (self);
  _dial_outbox_window_update_actions (self);
  keep_focus (self);
}

static void
on_problem_changed_cb (DialOutboxWindow *self)
{
  dial_banner_say (self->banner, dial_outbox_get_problem (self->outbox));
}

static void
on_selected_changed_cb (DialOutboxWindow *self)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);

  g_signal_group_set_target (self->entry_signals, entry);
  g_signal_group_set_target (self->integration_signals,
                             entry != NULL ? dial_outbox_entry_get_integration (entry) : NULL);
  _dial_outbox_window_update_actions (self);
}

static void
on_activate_cb (DialOutboxWindow *self,
                guint             position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.open", NULL);
}

/* Rows */

/* The widget that stands in the tree as "list item" is the row's parent. */
static void
on_description_changed_cb (DialOutboxRow *row)
{
  GtkWidget *item_widget = gtk_widget_get_parent (GTK_WIDGET (row));
  g_autofree char *description = NULL;

  if (item_widget == NULL)
    return;

  g_object_get (row, "description", &description, NULL);
  dial_say_name (item_widget, description != NULL ? description : "");
}

static void
on_secondary_pressed_cb (GtkGestureClick *gesture,
                         int              n_press,
                         double           x,
                         double           y,
                         GtkListItem     *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (gtk_widget_get_root (row));

  gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (item));
  _dial_outbox_window_popup (self);
}

static void
on_setup_cb (DialOutboxWindow *self,
             GtkListItem      *item)
{
  GtkWidget *row = dial_outbox_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_secondary_pressed_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_object_bind_property (item, "selected", row, "selected", G_BINDING_SYNC_CREATE);
  g_signal_connect (row, "notify::description", G_CALLBACK (on_description_changed_cb), NULL);
  g_signal_connect (row, "notify::parent", G_CALLBACK (on_description_changed_cb), NULL);
  gtk_list_item_set_child (item, row);
}

static void
on_bind_cb (DialOutboxWindow *self,
            GtkListItem      *item)
{
  DialOutboxRow *row = DIAL_OUTBOX_ROW (gtk_list_item_get_child (item));

  dial_outbox_row_show (row, self->companies, gtk_list_item_get_item (item));
  on_description_changed_cb (row);
}

static void
on_unbind_cb (DialOutboxWindow *self,
              GtkListItem      *item)
{
  dial_outbox_row_show (DIAL_OUTBOX_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

/* What can be done with the selected note, in a menu beside it. */
void
_dial_outbox_window_popup (DialOutboxWindow *self)
{
  DialOutboxEntry *entry = _dial_outbox_window_get_selected (self);
  DialOutboxRow *row = entry != NULL ? find_row (self, entry) : NULL;
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->toasts), &bounds))
    return;

  if (self->popover == NULL) {
    self->popover = gtk_popover_menu_new_from_model (self->menu);
    gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
    gtk_widget_set_parent (self->popover, GTK_WIDGET (self->toasts));
  }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { (int) (bounds.origin.x + bounds.size.width / 2),
                                                 (int) (bounds.origin.y + 24), 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* GObject */

static void
dial_outbox_window_dispose (GObject *object)
{
  DialOutboxWindow *self = DIAL_OUTBOX_WINDOW (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->outbox_signals);
  g_clear_object (&self->entry_signals);
  g_clear_object (&self->integration_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_OUTBOX_WINDOW);
  g_clear_object (&self->outbox);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_outbox_window_parent_class)->dispose (object);
}

static void
dial_outbox_window_class_init (DialOutboxWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_outbox_window_dispose;

  g_type_ensure (DIAL_TYPE_BANNER);

  _dial_outbox_window_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-outbox-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, send_all);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxWindow, banner);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
}

static void
dial_outbox_window_init (DialOutboxWindow *self)
{
  self->entry_signals = g_signal_group_new (DIAL_TYPE_OUTBOX_ENTRY);
  g_signal_group_connect_swapped (self->entry_signals, "notify::item",
                                  G_CALLBACK (_dial_outbox_window_update_actions), self);
  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify::active",
                                  G_CALLBACK (_dial_outbox_window_update_actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->outbox_signals = g_signal_group_new (DIAL_TYPE_OUTBOX);
  g_signal_group_connect_swapped (self->outbox_signals, "items-changed", G_CALLBACK (on_outbox_changed_cb), self);
  g_signal_group_connect_swapped (self->outbox_signals, "notify", G_CALLBACK (on_outbox_changed_cb), self);
  g_signal_group_connect_swapped (self->outbox_signals, "notify::problem", G_CALLBACK (on_problem_changed_cb), self);
}

/**
 * dial_outbox_window_new:
 * @parent: the window it belongs to
 * @companies: to tell one from another
 * @outbox: the notes
 *
 * Returns: (transfer none): a window, not yet shown
 */
GtkWindow *
dial_outbox_window_new (GtkWindow     *parent,
                        DialCompanies *companies,
                        DialOutbox    *outbox)
{
  DialOutboxWindow *self;
  g_autoptr (GListModel) rows = NULL;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);
  g_return_val_if_fail (DIAL_IS_OUTBOX (outbox), NULL);

  /* With the program, whose keys work here too. */
  self = g_object_new (DIAL_TYPE_OUTBOX_WINDOW, "transient-for", parent,
                       "application", parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
  self->companies = g_object_ref (companies);
  self->outbox = g_object_ref (outbox);
  rows = dial_slow_start_new (GTK_WIDGET (self->list_view), G_LIST_MODEL (outbox));
  gtk_single_selection_set_model (self->selection, rows);
  g_signal_group_set_target (self->outbox_signals, outbox);

  /* Another process may have changed something. */
  dial_outbox_refresh (outbox);
  on_problem_changed_cb (self);
  on_outbox_changed_cb (self);
  return GTK_WINDOW (self);
}
