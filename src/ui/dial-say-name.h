#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dial_say_name:
 * @widget: a widget
 * @name: what screen readers call it
 *
 * Gives a widget a name of its own, in place of the words that stand in it: newer GTK and libadwaita prefer those
 * for buttons and rows.
 */
static inline void
dial_say_name (gpointer    widget,
               const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

G_END_DECLS
