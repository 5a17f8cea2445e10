#include "config.h"

#include <adwaita.h>

#include "dial-failed-page.h"
#include "dial-template.h"

struct _DialFailedPage
{
  GtkWidget      parent_instance;

  AdwStatusPage *status;
};

G_DEFINE_FINAL_TYPE (DialFailedPage, dial_failed_page, GTK_TYPE_WIDGET)

static void
dial_failed_page_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_FAILED_PAGE);

  G_OBJECT_CLASS (dial_failed_page_parent_class)->dispose (object);
}

static void
dial_failed_page_class_init (DialFailedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_failed_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-failed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialFailedPage, status);
}

static void
dial_failed_page_init (DialFailedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_failed_page_new:
 * @sentence: what went wrong, and what to do
 *
 * Returns: (transfer floating): a page that says so
 */
GtkWidget *
dial_failed_page_new (const char *sentence)
{
  DialFailedPage *self = g_object_new (DIAL_TYPE_FAILED_PAGE, NULL);
  g_autofree char *description = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->status, description);
  return GTK_WIDGET (self);
}
