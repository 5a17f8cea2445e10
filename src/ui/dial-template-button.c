#include "config.h"

#include <glib/gi18n.h>

#include "dial-template-button.h"
#include "dial-template-popover.h"

struct _DialTemplateButton
{
  GtkWidget            parent_instance;

  GtkWidget           *button;
  DialTemplatePopover *popover;      /* NULL until it is opened */

  DialTemplateKind     kind;
  DialIntegration     *integration;
  DialCandidate       *candidate;
};

enum {
  PROP_0,
  PROP_KIND,
  N_PROPS
};

enum {
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTemplateButton, dial_template_button, GTK_TYPE_WIDGET)

static void
on_chosen_cb (DialTemplateButton *self,
              DialNoteTemplate   *template)
{
  g_signal_emit (self, signals[CHOSEN], 0, template);
}

static void
on_shown_cb (DialTemplateButton *self)
{
  dial_template_popover_ask (self->popover, self->integration, self->candidate);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  DialTemplateButton *self = user_data;

  if (self->popover != NULL)
    return;

  self->popover = DIAL_TEMPLATE_POPOVER (dial_template_popover_new (self->kind));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (on_shown_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
}

static void
dial_template_button_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  DialTemplateButton *self = DIAL_TEMPLATE_BUTTON (object);

  switch (prop_id) {
  case PROP_KIND:
    g_value_set_enum (value, self->kind);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_template_button_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  DialTemplateButton *self = DIAL_TEMPLATE_BUTTON (object);

  switch (prop_id) {
  case PROP_KIND:
    self->kind = g_value_get_enum (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static const char *
describe (DialTemplateKind kind)
{
  switch (kind) {
  case DIAL_TEMPLATE_SCRIPT:
    return _("Read a script (Ctrl+Shift+T)");
  case DIAL_TEMPLATE_TEXT:
    return _("Put a template into the text message (Ctrl+T)");
  case DIAL_TEMPLATE_NOTE:
  default:
    return _("Put a template into the note (Ctrl+T)");
  }
}

static void
dial_template_button_constructed (GObject *object)
{
  DialTemplateButton *self = DIAL_TEMPLATE_BUTTON (object);
  G_OBJECT_CLASS (dial_template_button_parent_class)->constructed (object);

  self->button = g_object_new (GTK_TYPE_MENU_BUTTON,
                               "direction", GTK_ARROW_UP,
                               "label", self->kind == DIAL_TEMPLATE_SCRIPT ? _("Script") : _("Template"),
                               "tooltip-text", describe (self->kind),
                               NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static void
dial_template_button_dispose (GObject *object)
{
  DialTemplateButton *self = DIAL_TEMPLATE_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->integration);
  g_clear_object (&self->candidate);

  G_OBJECT_CLASS (dial_template_button_parent_class)->dispose (object);
}

static void
dial_template_button_class_init (DialTemplateButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dial_template_button_get_property;
  object_class->set_property = dial_template_button_set_property;
  object_class->constructed = dial_template_button_constructed;
  object_class->dispose = dial_template_button_dispose;

  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, DIAL_TYPE_TEMPLATE_KIND, DIAL_TEMPLATE_NOTE,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_NOTE_TEMPLATE);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dial_template_button_init (DialTemplateButton *self)
{
}

/**
 * dial_template_button_set_candidate:
 * @self: a template button
 * @integration: (nullable): whose templates
 * @candidate: (nullable): whom the text is about
 */
void
dial_template_button_set_candidate (DialTemplateButton *self,
                                    DialIntegration    *integration,
                                    DialCandidate      *candidate)
{
  g_return_if_fail (DIAL_IS_TEMPLATE_BUTTON (self));

  g_set_object (&self->integration, integration);
  g_set_object (&self->candidate, candidate);
  gtk_widget_set_sensitive (self->button, integration != NULL && candidate != NULL);
}

/**
 * dial_template_button_popup:
 * @self: a template button
 *
 * Opens the choice.
 */
void
dial_template_button_popup (DialTemplateButton *self)
{
  g_return_if_fail (DIAL_IS_TEMPLATE_BUTTON (self));

  if (gtk_widget_is_sensitive (self->button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
