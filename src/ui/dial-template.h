#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dial_template_dispose:
 * @widget: a widget with a template
 * @type: its type
 *
 * Takes a template's widgets away again, for use in dispose. GTK does so for the bound ones only.
 */
static inline void
dial_template_dispose (GtkWidget *widget,
                       GType      type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

G_END_DECLS
