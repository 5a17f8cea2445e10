#include "config.h"

#include "dial-colour.h"
#include "dial-company-mark.h"
#include "dial-template.h"

struct _DialCompanyMark
{
  GtkWidget        parent_instance;

  DialColourDot   *dot;
  GtkLabel        *label;

  DialCompanies   *companies;
  GSignalGroup    *companies_signals;
  DialIntegration *integration;
  char            *text;
};

enum {
  PROP_0,
  PROP_MAX_WIDTH_CHARS,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCompanyMark, dial_company_mark, GTK_TYPE_WIDGET)

static void
update (DialCompanyMark *self)
{
  gboolean shown = self->integration != NULL && self->companies != NULL &&
                   dial_companies_are_several (self->companies);

  if (shown) {
    g_autofree char *words = dial_companies_dup_words (self->integration);

    dial_colour_dot_set_colour (self->dot, dial_integration_get_colour (self->integration));
    gtk_label_set_label (self->label, dial_integration_get_name (self->integration));
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  }

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (dial_set_str (&self->text, shown ? dial_integration_get_name (self->integration) : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
dial_company_mark_dispose (GObject *object)
{
  DialCompanyMark *self = DIAL_COMPANY_MARK (object);

  g_clear_object (&self->companies_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_COMPANY_MARK);
  g_clear_object (&self->integration);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_company_mark_parent_class)->dispose (object);
}

static void
dial_company_mark_finalize (GObject *object)
{
  g_clear_pointer (&DIAL_COMPANY_MARK (object)->text, g_free);

  G_OBJECT_CLASS (dial_company_mark_parent_class)->finalize (object);
}

static void
dial_company_mark_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialCompanyMark *self = DIAL_COMPANY_MARK (object);

  switch (prop_id) {
  case PROP_MAX_WIDTH_CHARS:
    g_value_set_int (value, gtk_label_get_max_width_chars (self->label));
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_company_mark_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_MAX_WIDTH_CHARS:
    gtk_label_set_max_width_chars (DIAL_COMPANY_MARK (object)->label, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_company_mark_class_init (DialCompanyMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_company_mark_dispose;
  object_class->finalize = dial_company_mark_finalize;
  object_class->get_property = dial_company_mark_get_property;
  object_class->set_property = dial_company_mark_set_property;

  properties[PROP_MAX_WIDTH_CHARS] =
    g_param_spec_int ("max-width-chars", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIAL_TYPE_COLOUR_DOT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-company-mark.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-company");
  gtk_widget_class_bind_template_child (widget_class, DialCompanyMark, dot);
  gtk_widget_class_bind_template_child (widget_class, DialCompanyMark, label);
}

static void
dial_company_mark_init (DialCompanyMark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->companies_signals = g_signal_group_new (DIAL_TYPE_COMPANIES);
  g_signal_group_connect_swapped (self->companies_signals, "changed", G_CALLBACK (update), self);
}

/**
 * dial_company_mark_new:
 *
 * Returns: (transfer floating): a mark that is not to be seen yet
 */
GtkWidget *
dial_company_mark_new (void)
{
  return g_object_new (DIAL_TYPE_COMPANY_MARK, NULL);
}

/**
 * dial_company_mark_get_text:
 * @self: a mark
 *
 * Returns: (nullable): what it says, %NULL while it is hidden
 */
const char *
dial_company_mark_get_text (DialCompanyMark *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANY_MARK (self), NULL);

  return self->text;
}

/**
 * dial_company_mark_show:
 * @self: a mark
 * @companies: (nullable): among which; %NULL hides the mark
 * @integration: (nullable): the company; %NULL hides the mark
 */
void
dial_company_mark_show (DialCompanyMark *self,
                        DialCompanies   *companies,
                        DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_COMPANY_MARK (self));

  if (g_set_object (&self->companies, companies))
    g_signal_group_set_target (self->companies_signals, companies);
  g_set_object (&self->integration, integration);
  update (self);
}
