#include "config.h"

#include <glib/gi18n.h>

#include "dial-filter-button.h"
#include "dial-filter-popover.h"
#include "dial-say-name.h"
#include "dial-template.h"

struct _DialFilterButton
{
  GtkWidget      parent_instance;

  GtkMenuButton *button;

  DialFinder    *finder;
  DialCompanies *companies;
  GSignalGroup  *finder_signals;
};

G_DEFINE_FINAL_TYPE (DialFilterButton, dial_filter_button, GTK_TYPE_WIDGET)

static void
update (DialFilterButton *self)
{
  g_autoptr (GPtrArray) filters = dial_filter_list (dial_finder_get_query (self->finder));
  g_autofree char *label = NULL;

  if (filters->len > 0)
    label = g_strdup_printf (ngettext ("Filters, %u in use", "Filters, %u in use", filters->len), filters->len);
  else
    label = g_strdup (_("Filters"));
  dial_say_name (self->button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);

  if (filters->len > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "in-use");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "in-use");
}

/* Most of the time nobody opens it. */
static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  DialFilterButton *self = user_data;

  if (self->finder != NULL && gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, dial_filter_popover_new (self->finder, self->companies));
}

static void
dial_filter_button_dispose (GObject *object)
{
  DialFilterButton *self = DIAL_FILTER_BUTTON (object);

  g_clear_object (&self->finder_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_FILTER_BUTTON);
  g_clear_object (&self->companies);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_filter_button_parent_class)->dispose (object);
}

static void
dial_filter_button_class_init (DialFilterButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_filter_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-filter-button.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-filter-button");
  gtk_widget_class_bind_template_child (widget_class, DialFilterButton, button);
}

static void
dial_filter_button_init (DialFilterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);

  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (update), self);
}

/**
 * dial_filter_button_set_finder:
 * @self: a button
 * @finder: whose filters to choose
 * @companies: whose candidates to count
 */
void
dial_filter_button_set_finder (DialFilterButton *self,
                               DialFinder       *finder,
                               DialCompanies    *companies)
{
  g_return_if_fail (DIAL_IS_FILTER_BUTTON (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  g_set_object (&self->companies, companies);
  if (!g_set_object (&self->finder, finder))
    return;

  g_signal_group_set_target (self->finder_signals, finder);
  update (self);
}

/**
 * dial_filter_button_popup:
 * @self: a button
 *
 * Opens the filters.
 */
void
dial_filter_button_popup (DialFilterButton *self)
{
  g_return_if_fail (DIAL_IS_FILTER_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
