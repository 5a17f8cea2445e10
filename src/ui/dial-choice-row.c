#include "config.h"

#include <glib/gi18n.h>

#include "dial-choice-row.h"
#include "dial-say-name.h"
#include "dial-util.h"

struct _DialChoiceRow
{
  GtkListBoxRow   parent_instance;

  GtkCheckButton *check;
  GtkLabel       *label;
  GtkLabel       *count;

  char           *value;
  int             n_candidates;   /* -1 while it is not known */
};

enum {
  PROP_0,
  PROP_CHOSEN,
  PROP_TITLE,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialChoiceRow, dial_choice_row, GTK_TYPE_LIST_BOX_ROW)

/* The row is one thing for whoever hears it; the check says whether it is chosen. */
static void
tell (DialChoiceRow *self)
{
  const char *title = gtk_label_get_label (self->label);
  g_autofree char *label = NULL;

  if (self->n_candidates < 0)
    label = g_strdup (title);
  else
    /* Translators: for screen readers; a filter, such as Phone Screen, and how many candidates it would leave */
    label = g_strdup_printf (ngettext ("%s, %'d candidate", "%s, %'d candidates", self->n_candidates),
                             title, self->n_candidates);

  dial_say_name (self, label);
  dial_say_name (self->check, label);
}

static void
set_title (DialChoiceRow *self,
           const char    *title)
{
  gtk_label_set_label (self->label, title != NULL ? title : "");
  tell (self);
}

static void
on_toggled_cb (DialChoiceRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

/* A tooltip helps only where the text itself did not fit. */
static gboolean
on_label_query_tooltip_cb (GtkLabel   *label,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

static void
dial_choice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_CHOICE_ROW);

  G_OBJECT_CLASS (dial_choice_row_parent_class)->dispose (object);
}

static void
dial_choice_row_finalize (GObject *object)
{
  g_free (DIAL_CHOICE_ROW (object)->value);

  G_OBJECT_CLASS (dial_choice_row_parent_class)->finalize (object);
}

static void
dial_choice_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DialChoiceRow *self = DIAL_CHOICE_ROW (object);

  switch (prop_id) {
  case PROP_CHOSEN:
    g_value_set_boolean (value, dial_choice_row_is_chosen (self));
    break;
  case PROP_TITLE:
    g_value_set_string (value, gtk_label_get_label (self->label));
    break;
  case PROP_VALUE:
    g_value_set_string (value, self->value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_choice_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DialChoiceRow *self = DIAL_CHOICE_ROW (object);

  switch (prop_id) {
  case PROP_CHOSEN:
    dial_choice_row_set_chosen (self, g_value_get_boolean (value));
    break;
  case PROP_TITLE:
    set_title (self, g_value_get_string (value));
    break;
  case PROP_VALUE:
    dial_set_str (&self->value, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_choice_row_class_init (DialChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dial_choice_row_dispose;
  object_class->finalize = dial_choice_row_finalize;
  object_class->get_property = dial_choice_row_get_property;
  object_class->set_property = dial_choice_row_set_property;

  properties[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialChoiceRow, check);
  gtk_widget_class_bind_template_child (widget_class, DialChoiceRow, label);
  gtk_widget_class_bind_template_child (widget_class, DialChoiceRow, count);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_label_query_tooltip_cb);

  /* As a check does; a list by itself wants Enter. */
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
}

static void
dial_choice_row_init (DialChoiceRow *self)
{
  self->n_candidates = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_choice_row_new:
 * @value: by which to filter
 * @title: that in words
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_choice_row_new (const char *value,
                     const char *title)
{
  return g_object_new (DIAL_TYPE_CHOICE_ROW, "value", value, "title", title, NULL);
}

/**
 * dial_choice_row_get_value:
 * @self: a row
 *
 * Returns: (nullable): by which to filter
 */
const char *
dial_choice_row_get_value (DialChoiceRow *self)
{
  g_return_val_if_fail (DIAL_IS_CHOICE_ROW (self), NULL);

  return self->value;
}

/**
 * dial_choice_row_is_chosen:
 * @self: a row
 *
 * Returns: whether it is chosen
 */
gboolean
dial_choice_row_is_chosen (DialChoiceRow *self)
{
  g_return_val_if_fail (DIAL_IS_CHOICE_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

/**
 * dial_choice_row_set_chosen:
 * @self: a row
 * @chosen: whether it is chosen
 */
void
dial_choice_row_set_chosen (DialChoiceRow *self,
                            gboolean       chosen)
{
  g_return_if_fail (DIAL_IS_CHOICE_ROW (self));

  gtk_check_button_set_active (self->check, chosen);
}

/**
 * dial_choice_row_set_count:
 * @self: a row
 * @count: how many candidates it would leave, -1 if that is not known
 */
void
dial_choice_row_set_count (DialChoiceRow *self,
                           int            count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DIAL_IS_CHOICE_ROW (self));

  self->n_candidates = count;
  text = g_strdup_printf ("%'d", count);
  gtk_label_set_label (self->count, count >= 0 ? text : "");
  tell (self);
}
