#include "config.h"

#include <glib/gi18n.h>

#include "dial-colour.h"
#include "dial-colour-row.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"
#include "dial-wrap-layout.h"

struct _DialColourRow
{
  AdwPreferencesRow  parent_instance;

  GtkLabel          *name;
  GtkWidget         *choices;

  DialIntegration   *integration;
  GSignalGroup      *integration_signals;
};

G_DEFINE_FINAL_TYPE (DialColourRow, dial_colour_row, ADW_TYPE_PREFERENCES_ROW)

static const char *
get_colour (GtkWidget *choice)
{
  return gtk_widget_get_name (choice);
}

static void
show_colour (DialColourRow *self)
{
  const char *colour = dial_integration_get_colour (self->integration);

  gtk_label_set_label (self->name, colour != NULL ? dial_colour_to_words (colour) : "");
  for (GtkWidget *choice = gtk_widget_get_first_child (self->choices); choice != NULL;
       choice = gtk_widget_get_next_sibling (choice))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), g_strcmp0 (get_colour (choice), colour) == 0);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialColourRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error) &&
      GTK_IS_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (self))))
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self), error->message);
  if (self->integration != NULL)
    show_colour (self);
}

static void
on_toggled_cb (DialColourRow  *self,
               GtkCheckButton *choice)
{
  const char *colour = get_colour (GTK_WIDGET (choice));

  if (!gtk_check_button_get_active (choice) || self->integration == NULL ||
      g_strcmp0 (dial_integration_get_colour (self->integration), colour) == 0)
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self), NULL);
  dial_integration_set_async (self->integration, "colour", colour, NULL, on_set_cb, g_object_ref (self));
}

static void
dial_colour_row_dispose (GObject *object)
{
  DialColourRow *self = DIAL_COLOUR_ROW (object);

  g_clear_object (&self->integration_signals);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_COLOUR_ROW);

  G_OBJECT_CLASS (dial_colour_row_parent_class)->dispose (object);
}

static void
dial_colour_row_class_init (DialColourRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  object_class->dispose = dial_colour_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-colour-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialColourRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialColourRow, choices);
}

static void
dial_colour_row_init (DialColourRow *self)
{
  const char **colours = dial_integration_list_colours ();
  GtkCheckButton *first = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Radio buttons, so that the arrow keys and screen readers know them as one choice. */
  for (guint i = 0; colours[i] != NULL; i++) {
    GtkWidget *choice = gtk_check_button_new ();

    gtk_widget_set_name (choice, colours[i]);
    gtk_widget_add_css_class (choice, "colour");
    gtk_widget_add_css_class (choice, colours[i]);
    gtk_widget_set_tooltip_text (choice, dial_colour_to_words (colours[i]));
    dial_say_name (choice, dial_colour_to_words (colours[i]));
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), first);
    if (first == NULL)
      first = GTK_CHECK_BUTTON (choice);
    gtk_box_append (GTK_BOX (self->choices), choice);
    g_signal_connect_object (choice, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  }

  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify::colour", G_CALLBACK (show_colour), self);
}

/**
 * dial_colour_row_set_integration:
 * @self: a colour row
 * @integration: whose colour
 *
 * Shows the colour of an integration.
 */
void
dial_colour_row_set_integration (DialColourRow   *self,
                                 DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_COLOUR_ROW (self));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_group_set_target (self->integration_signals, integration);
  show_colour (self);
}
