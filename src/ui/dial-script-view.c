#include "config.h"

#include "dial-script-view.h"
#include "dial-template.h"

struct _DialScriptView
{
  GtkWidget  parent_instance;

  GtkLabel  *name;
  GtkLabel  *text;
};

G_DEFINE_FINAL_TYPE (DialScriptView, dial_script_view, GTK_TYPE_WIDGET)

static void
dial_script_view_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SCRIPT_VIEW);

  G_OBJECT_CLASS (dial_script_view_parent_class)->dispose (object);
}

static void
dial_script_view_class_init (DialScriptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_script_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-script-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DialScriptView, name);
  gtk_widget_class_bind_template_child (widget_class, DialScriptView, text);
  gtk_widget_class_bind_template_callback (widget_class, dial_script_view_close);
}

static void
dial_script_view_init (DialScriptView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * dial_script_view_show:
 * @self: a script view
 * @name: what the script is called
 * @text: what to say
 */
void
dial_script_view_show (DialScriptView *self,
                       const char     *name,
                       const char     *text)
{
  g_return_if_fail (DIAL_IS_SCRIPT_VIEW (self));

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * dial_script_view_is_shown:
 * @self: a script view
 *
 * Returns: whether there is a script to read
 */
gboolean
dial_script_view_is_shown (DialScriptView *self)
{
  g_return_val_if_fail (DIAL_IS_SCRIPT_VIEW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self));
}

/**
 * dial_script_view_close:
 * @self: a script view
 *
 * Puts the script away.
 */
void
dial_script_view_close (DialScriptView *self)
{
  g_return_if_fail (DIAL_IS_SCRIPT_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
