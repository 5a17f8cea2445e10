#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-call-log.h"
#include "dial-saved-button.h"
#include "dial-saved-row.h"
#include "dial-saved-searches.h"
#include "dial-template.h"

/* Time to notice, and to get there by keyboard. */
#define UNDO_SECONDS 20

struct _DialSavedButton
{
  GtkWidget          parent_instance;

  GtkMenuButton     *button;
  GtkPopover        *popover;     /* this and all in it once somebody looked here */
  GtkStack          *stack;
  GtkWidget         *nothing;
  GtkWidget         *scroller;
  GtkListBox        *list_box;
  GtkButton         *to_repeat;
  GtkWidget         *save_this;
  GtkLabel          *name_title;
  GtkEditable       *name;
  GtkCheckButton    *take_present;
  GtkButton         *save;

  DialFinder        *finder;
  GSignalGroup      *finder_signals;
  DialSavedSearches *searches;
  DialDesk          *desk;
  DialCallLog       *to_call;     /* the same */
  char              *old_name;    /* of the one that is edited; NULL where a new one is saved */
  DialQuery         *old_query;
};

enum {
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSavedButton, dial_saved_button, GTK_TYPE_WIDGET)

static gboolean
is_anything_looked_for (DialSavedButton *self)
{
  const DialQuery *query = dial_finder_get_query (self->finder);

  return query->text[0] != '\0' || dial_query_has_filters (query);
}

static void
update_save_this (DialSavedButton *self)
{
  if (self->popover != NULL)
    gtk_widget_set_sensitive (self->save_this, is_anything_looked_for (self));
}

/* Saying */

static void
say (DialSavedButton *self,
     const char      *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
}

static void
on_undo_cb (AdwToast        *toast,
            DialSavedSearch *search)
{
  DialSavedSearches *searches = g_object_get_data (G_OBJECT (toast), "searches");

  dial_saved_searches_save (searches, search->name, search->query);
}

static void
free_search (gpointer  search,
             GClosure *closure)
{
  dial_saved_search_free (search);
}

static void
offer_undo (DialSavedButton *self,
            DialSavedRow    *row)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  /* Translators: %s is the name of a saved search */
  g_autofree char *plain = g_strdup_printf (_("“%s” deleted"), dial_saved_row_get_name (row));
  g_autofree char *title = g_markup_escape_text (plain, -1);
  AdwToast *toast;

  if (overlay == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "searches", g_object_ref (self->searches), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb),
                         dial_saved_search_new (0, dial_saved_row_get_name (row), dial_saved_row_get_query (row)),
                         free_search, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* The name */

static gboolean
is_taken (DialSavedButton *self,
          const char      *name)
{
  return g_strcmp0 (name, self->old_name) != 0 && dial_saved_searches_have (self->searches, name);
}

static char *
dup_name (DialSavedButton *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
}

static void
on_name_changed_cb (DialSavedButton *self)
{
  g_autofree char *name = NULL;

  if (self->searches == NULL)
    return;

  name = dup_name (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), name[0] != '\0');
  gtk_button_set_label (self->save, is_taken (self, name) ? _("_Replace") : _("_Save"));
}

static void
ask_name (DialSavedButton *self,
          const char      *title,
          const char      *name)
{
  gboolean may_take = self->old_query != NULL && is_anything_looked_for (self) &&
                      !dial_query_equal (self->old_query, dial_finder_get_query (self->finder));

  gtk_label_set_label (self->name_title, title);
  gtk_check_button_set_active (self->take_present, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->take_present), may_take);
  gtk_editable_set_text (self->name, name);
  on_name_changed_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "name");
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
forget_old (DialSavedButton *self)
{
  g_clear_pointer (&self->old_name, g_free);
  g_clear_pointer (&self->old_query, dial_query_free);
}

static void
on_save_this_clicked_cb (DialSavedButton *self)
{
  g_autofree char *name = dial_filter_describe (dial_finder_get_query (self->finder));

  forget_old (self);
  ask_name (self, _("Save This Search"), name);
}

static void
on_edit_cb (DialSavedButton *self,
            DialSavedRow    *row)
{
  forget_old (self);
  self->old_name = g_strdup (dial_saved_row_get_name (row));
  self->old_query = dial_query_copy (dial_saved_row_get_query (row));
  ask_name (self, _("Edit Saved Search"), self->old_name);
}

static void
on_cancel_clicked_cb (DialSavedButton *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (self->save_this);
}

/* Written under the new name first: what breaks in between loses nothing. */
static void
on_save_clicked_cb (DialSavedButton *self)
{
  g_autofree char *name = dup_name (self);
  gboolean take_present = self->old_query == NULL || gtk_check_button_get_active (self->take_present);

  if (name[0] == '\0')
    return;

  dial_saved_searches_save (self->searches, name,
                            take_present ? dial_finder_get_query (self->finder) : self->old_query);
  if (self->old_name != NULL && !g_str_equal (self->old_name, name))
    dial_saved_searches_delete (self->searches, self->old_name);
  forget_old (self);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (self->save_this);
}

/* The list */

static void
on_delete_cb (DialSavedButton *self,
              DialSavedRow    *row)
{
  offer_undo (self, row);
  gtk_widget_grab_focus (self->save_this);
  dial_saved_searches_delete (self->searches, dial_saved_row_get_name (row));
}

static void
on_row_activated_cb (DialSavedButton *self,
                     DialSavedRow    *row)
{
  dial_finder_set_query (self->finder, dial_saved_row_get_query (row));
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
show_searches (DialSavedButton *self)
{
  g_autoptr (GPtrArray) searches = NULL;
  GtkListBoxRow *row;

  if (self->popover == NULL)
    return;

  searches = dial_saved_searches_list (self->searches);
  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));

  for (guint i = 0; i < searches->len; i++) {
    GtkWidget *new_row = dial_saved_row_new (g_ptr_array_index (searches, i));

    g_signal_connect_object (new_row, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (new_row, "delete", G_CALLBACK (on_delete_cb), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (self->list_box, new_row);
  }
  gtk_widget_set_visible (self->nothing, searches->len == 0);
  gtk_widget_set_visible (self->scroller, searches->len > 0);
}

/* People to be called again */

static void
update_to_repeat (DialSavedButton *self)
{
  guint n_calls = g_list_model_get_n_items (G_LIST_MODEL (self->to_call));
  /* Translators: %u is how many people */
  g_autofree char *label = g_strdup_printf (_("To Call Again · %u"), n_calls);

  gtk_button_set_label (self->to_repeat, label);
  gtk_widget_set_visible (GTK_WIDGET (self->to_repeat), n_calls > 0);
}

static void
count_to_repeat (DialSavedButton *self)
{
  if (self->to_call != NULL || self->desk == NULL)
    return;

  self->to_call = dial_call_log_new (self->desk);
  dial_call_log_set_filter (self->to_call, DIAL_CALL_FILTER_CALL_AGAIN);
  g_signal_connect_object (self->to_call, "notify::n-calls", G_CALLBACK (update_to_repeat), self, G_CONNECT_SWAPPED);
}

static void
on_to_repeat_clicked_cb (DialSavedButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
on_opened_cb (DialSavedButton *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list_box, 0);

  gtk_stack_set_visible_child_full (self->stack, "list", GTK_STACK_TRANSITION_TYPE_NONE);
  update_save_this (self);
  count_to_repeat (self);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : self->save_this);
}

static void
add_callbacks (GtkBuilder *builder)
{
  GtkBuilderScope *scope = gtk_builder_get_scope (builder);

  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_opened_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_row_activated_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_save_this_clicked_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_to_repeat_clicked_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_name_changed_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_save_clicked_cb);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), on_cancel_clicked_cb);
}

/* Most never look here, and the window is there sooner without. */
static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  DialSavedButton *self = user_data;
  g_autoptr (GtkBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;

  if (self->popover != NULL)
    return;

  builder = gtk_builder_new ();
  add_callbacks (builder);
  gtk_builder_set_current_object (builder, G_OBJECT (self));
  if (!gtk_builder_add_from_resource (builder, "/org/dialhouse/Dialhouse/saved-popover.ui", &error))
    g_error ("%s", error->message);

  self->popover = GTK_POPOVER (gtk_builder_get_object (builder, "popover"));
  self->stack = GTK_STACK (gtk_builder_get_object (builder, "stack"));
  self->nothing = GTK_WIDGET (gtk_builder_get_object (builder, "nothing"));
  self->scroller = GTK_WIDGET (gtk_builder_get_object (builder, "scroller"));
  self->list_box = GTK_LIST_BOX (gtk_builder_get_object (builder, "list_box"));
  self->to_repeat = GTK_BUTTON (gtk_builder_get_object (builder, "to_repeat"));
  self->save_this = GTK_WIDGET (gtk_builder_get_object (builder, "save_this"));
  self->name_title = GTK_LABEL (gtk_builder_get_object (builder, "name_title"));
  self->name = GTK_EDITABLE (gtk_builder_get_object (builder, "name"));
  self->take_present = GTK_CHECK_BUTTON (gtk_builder_get_object (builder, "take_present"));
  self->save = GTK_BUTTON (gtk_builder_get_object (builder, "save"));
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
  show_searches (self);
  update_save_this (self);
}

static void
dial_saved_button_dispose (GObject *object)
{
  DialSavedButton *self = DIAL_SAVED_BUTTON (object);

  g_clear_object (&self->finder_signals);
  self->popover = NULL;
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SAVED_BUTTON);
  forget_old (self);
  g_clear_object (&self->searches);
  g_clear_object (&self->to_call);
  g_clear_object (&self->desk);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_saved_button_parent_class)->dispose (object);
}

static void
dial_saved_button_class_init (DialSavedButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_saved_button_dispose;

  signals[OPENED] =
    g_signal_new ("opened", DIAL_TYPE_SAVED_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-saved-button");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-saved-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSavedButton, button);
}

static void
dial_saved_button_init (DialSavedButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);

  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (update_save_this), self);
}

/**
 * dial_saved_button_set_finder:
 * @self: a button
 * @finder: what looks for whom was saved, and whose search to save
 * @companies: where searches are saved
 */
void
dial_saved_button_set_finder (DialSavedButton *self,
                              DialFinder      *finder,
                              DialCompanies   *companies)
{
  g_return_if_fail (DIAL_IS_SAVED_BUTTON (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->finder, finder))
    return;

  g_set_object (&self->desk, dial_companies_get_desk (companies));
  g_clear_object (&self->searches);
  self->searches = dial_saved_searches_new (companies);
  g_signal_connect_object (self->searches, "changed", G_CALLBACK (show_searches), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->searches, "failed", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  g_signal_group_set_target (self->finder_signals, finder);
  show_searches (self);
  update_save_this (self);
}

/**
 * dial_saved_button_popup:
 * @self: a button
 *
 * Opens the saved searches.
 */
void
dial_saved_button_popup (DialSavedButton *self)
{
  g_return_if_fail (DIAL_IS_SAVED_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
