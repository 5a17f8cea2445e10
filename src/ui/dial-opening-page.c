#include "config.h"

#include <adwaita.h>

#include "dial-opening-page.h"
#include "dial-template.h"

struct _DialOpeningPage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DialOpeningPage, dial_opening_page, GTK_TYPE_WIDGET)

static void
dial_opening_page_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_OPENING_PAGE);

  G_OBJECT_CLASS (dial_opening_page_parent_class)->dispose (object);
}

static void
dial_opening_page_class_init (DialOpeningPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_opening_page_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/dialhouse/Dialhouse/ui/dial-opening-page.ui");
}

static void
dial_opening_page_init (DialOpeningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
