#include "config.h"

#include <glib/gi18n.h>

#include "dial-colour.h"
#include "dial-util.h"

struct _DialColourDot
{
  GtkWidget  parent_instance;

  char      *colour;
};

enum {
  PROP_0,
  PROP_COLOUR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialColourDot, dial_colour_dot, GTK_TYPE_WIDGET)

static void
dial_colour_dot_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DialColourDot *self = DIAL_COLOUR_DOT (object);

  switch (prop_id) {
  case PROP_COLOUR:
    g_value_set_string (value, self->colour);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_colour_dot_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DialColourDot *self = DIAL_COLOUR_DOT (object);

  switch (prop_id) {
  case PROP_COLOUR:
    dial_colour_dot_set_colour (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_colour_dot_finalize (GObject *object)
{
  g_free (DIAL_COLOUR_DOT (object)->colour);

  G_OBJECT_CLASS (dial_colour_dot_parent_class)->finalize (object);
}

static void
dial_colour_dot_class_init (DialColourDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_colour_dot_get_property;
  object_class->set_property = dial_colour_dot_set_property;
  object_class->finalize = dial_colour_dot_finalize;

  properties[PROP_COLOUR] =
    g_param_spec_string ("colour", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "dial-colour");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dial_colour_dot_init (DialColourDot *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * dial_colour_dot_new:
 * @colour: (nullable): one of [func@Integration.list_colours]
 *
 * Returns: (transfer floating): a dot
 */
GtkWidget *
dial_colour_dot_new (const char *colour)
{
  return g_object_new (DIAL_TYPE_COLOUR_DOT, "colour", colour, NULL);
}

/**
 * dial_colour_dot_set_colour:
 * @self: a dot
 * @colour: (nullable): one of [func@Integration.list_colours]; %NULL is grey
 *
 * Changes the colour. The style sheet knows the colours by name.
 */
void
dial_colour_dot_set_colour (DialColourDot *self,
                            const char    *colour)
{
  g_return_if_fail (DIAL_IS_COLOUR_DOT (self));

  if (g_strcmp0 (self->colour, colour) == 0)
    return;

  if (self->colour != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->colour);
  dial_set_str (&self->colour, colour);
  if (self->colour != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->colour);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}

/**
 * dial_colour_to_words:
 * @colour: one of [func@Integration.list_colours]
 *
 * Returns: (transfer none): the colour's name, to show
 */
const char *
dial_colour_to_words (const char *colour)
{
  static const struct {
    const char *colour;
    const char *words;
  } known[] = {
    { "blue", NC_("colour", "Blue") },
    { "teal", NC_("colour", "Teal") },
    { "green", NC_("colour", "Green") },
    { "yellow", NC_("colour", "Yellow") },
    { "orange", NC_("colour", "Orange") },
    { "red", NC_("colour", "Red") },
    { "pink", NC_("colour", "Pink") },
    { "purple", NC_("colour", "Purple") },
    { "brown", NC_("colour", "Brown") },
    { "slate", NC_("colour", "Slate") },
    { "grey", NC_("colour", "Grey") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].colour, colour))
      return g_dpgettext2 (NULL, "colour", known[i].words);

  return colour;
}
