#include "config.h"

#include <adwaita.h>

#include "dial-first-page.h"
#include "dial-template.h"

struct _DialFirstPage
{
  GtkWidget  parent_instance;

  GtkWidget *connect;
};

G_DEFINE_FINAL_TYPE (DialFirstPage, dial_first_page, GTK_TYPE_WIDGET)

static void
dial_first_page_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_FIRST_PAGE);

  G_OBJECT_CLASS (dial_first_page_parent_class)->dispose (object);
}

static gboolean
dial_first_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIAL_FIRST_PAGE (widget)->connect);
}

static void
dial_first_page_class_init (DialFirstPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_first_page_dispose;
  widget_class->grab_focus = dial_first_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-first-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialFirstPage, connect);
}

static void
dial_first_page_init (DialFirstPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
