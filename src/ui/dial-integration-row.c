#include "config.h"

#include <glib/gi18n.h>

#include "dial-colour.h"
#include "dial-integration-row.h"
#include "dial-mark.h"
#include "dial-say-name.h"
#include "dial-words.h"

struct _DialIntegrationRow
{
  AdwPreferencesRow  parent_instance;

  DialColourDot     *dot;
  GtkLabel          *name;
  GtkLabel          *company;
  GtkLabel          *status;
  DialMark          *health;
  GtkLabel          *problem;

  DialIntegration   *integration;
};

G_DEFINE_FINAL_TYPE (DialIntegrationRow, dial_integration_row, ADW_TYPE_PREFERENCES_ROW)

static void
say (GtkLabel   *label,
     const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
show_integration (DialIntegrationRow *self)
{
  const DialGreenhouseCheck *check = dial_integration_get_check (self->integration);
  const char *caption = dial_integration_get_caption (self->integration);
  const char *organization = check != NULL ? check->organization : NULL;
  const char *name = dial_integration_get_name (self->integration);
  g_autofree char *company = NULL;
  g_autofree char *label = NULL;

  if (organization == NULL)
    organization = dial_integration_get_subdomain (self->integration);
  company = dial_words_join (2, caption, organization);

  dial_colour_dot_set_colour (self->dot, dial_integration_get_colour (self->integration));
  say (self->name, name);
  say (self->company, company);
  say (self->status, dial_integration_is_active (self->integration)
                     ? C_("status of an integration", "Active")
                     : C_("status of an integration", "Inactive"));
  dial_mark_show_health (self->health, dial_integration_get_health (self->integration));
  say (self->problem, dial_integration_get_problem (self->integration));

  label = g_strdup_printf ("%s, %s, %s, %s", name, company, gtk_label_get_label (self->status),
                           dial_mark_get_word (self->health));
  dial_say_name (self, label);
}

static void
dial_integration_row_dispose (GObject *object)
{
  g_clear_object (&DIAL_INTEGRATION_ROW (object)->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_INTEGRATION_ROW);

  G_OBJECT_CLASS (dial_integration_row_parent_class)->dispose (object);
}

static void
dial_integration_row_class_init (DialIntegrationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_COLOUR_DOT);
  g_type_ensure (DIAL_TYPE_MARK);

  object_class->dispose = dial_integration_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-integration-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, dot);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, company);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, status);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, health);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationRow, problem);
}

static void
dial_integration_row_init (DialIntegrationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_integration_row_new:
 * @integration: an integration
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_integration_row_new (DialIntegration *integration)
{
  DialIntegrationRow *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_INTEGRATION_ROW, NULL);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (integration, "notify", G_CALLBACK (show_integration), self, G_CONNECT_SWAPPED);
  show_integration (self);

  return GTK_WIDGET (self);
}

/**
 * dial_integration_row_get_integration:
 * @self: a row
 *
 * Returns: (transfer none): whose row it is
 */
DialIntegration *
dial_integration_row_get_integration (DialIntegrationRow *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION_ROW (self), NULL);

  return self->integration;
}
