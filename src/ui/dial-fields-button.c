#include "config.h"

#include <glib/gi18n.h>

#include "dial-fields-button.h"
#include "dial-say-name.h"

struct _DialFieldsButton
{
  GtkWidget       parent_instance;

  GtkWidget      *button;
  GtkWidget      *checks;    /* NULL until it is opened */

  DialNoteFields  fields;
  guint           showing : 1;
};

enum {
  PROP_0,
  PROP_FIELDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialFieldsButton, dial_fields_button, GTK_TYPE_WIDGET)

static const struct {
  DialNoteFields  field;
  const char     *words;
} choices[] = {
  { DIAL_NOTE_NUMBER, N_("Number") },
  { DIAL_NOTE_OWN_NUMBER, N_("Own number") },
  { DIAL_NOTE_TIME, N_("Time") },
  { DIAL_NOTE_TIME_THERE, N_("Time there") },
  { DIAL_NOTE_LENGTH, N_("Length") },
  { DIAL_NOTE_TAGS, N_("Tags") },
  { DIAL_NOTE_RING, N_("Ring time") },
  { DIAL_NOTE_AGENT, N_("Whose call it was") },
  { DIAL_NOTE_RECORDING, N_("Recording") },
  { DIAL_NOTE_NOTES, N_("Notes from the phone") },
};

static DialNoteFields
get_field (GtkWidget *check)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "field"));
}

static void
show_fields (DialFieldsButton *self)
{
  if (self->checks == NULL)
    return;

  self->showing = TRUE;
  for (GtkWidget *check = gtk_widget_get_first_child (self->checks);
       check != NULL;
       check = gtk_widget_get_next_sibling (check)) {
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (self->fields & get_field (check)) != 0);
    /* It stands beside the time here. */
    if (get_field (check) == DIAL_NOTE_TIME_THERE)
      gtk_widget_set_sensitive (check, (self->fields & DIAL_NOTE_TIME) != 0);
  }
  self->showing = FALSE;
}

static void
on_toggled_cb (DialFieldsButton *self,
               GtkCheckButton   *check)
{
  DialNoteFields field = get_field (GTK_WIDGET (check));

  if (!self->showing)
    dial_fields_button_set_fields (self, gtk_check_button_get_active (check) ? self->fields | field
                                                                            : self->fields & ~field);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  DialFieldsButton *self = user_data;
  GtkWidget *popover;

  if (self->checks != NULL)
    return;

  self->checks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    GtkWidget *check = gtk_check_button_new_with_label (_(choices[i].words));

    g_object_set_data (G_OBJECT (check), "field", GUINT_TO_POINTER (choices[i].field));
    g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->checks), check);
  }
  show_fields (self);

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->checks);
  gtk_menu_button_set_popover (button, popover);
}

static void
dial_fields_button_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  DialFieldsButton *self = DIAL_FIELDS_BUTTON (object);

  switch (prop_id) {
  case PROP_FIELDS:
    g_value_set_flags (value, self->fields);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_fields_button_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  DialFieldsButton *self = DIAL_FIELDS_BUTTON (object);

  switch (prop_id) {
  case PROP_FIELDS:
    dial_fields_button_set_fields (self, g_value_get_flags (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_fields_button_dispose (GObject *object)
{
  DialFieldsButton *self = DIAL_FIELDS_BUTTON (object);

  self->checks = NULL;
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (dial_fields_button_parent_class)->dispose (object);
}

static void
dial_fields_button_class_init (DialFieldsButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dial_fields_button_get_property;
  object_class->set_property = dial_fields_button_set_property;
  object_class->dispose = dial_fields_button_dispose;

  /**
   * DialFieldsButton:fields:
   *
   * What the note tells.
   */
  properties[PROP_FIELDS] =
    g_param_spec_flags ("fields", NULL, NULL, DIAL_TYPE_NOTE_FIELDS, DIAL_NOTE_ALL,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dial_fields_button_init (DialFieldsButton *self)
{
  self->fields = DIAL_NOTE_ALL;
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON,
                               "icon-name", "view-list-bullet-symbolic",
                               "tooltip-text", _("What the note tells of the call"),
                               NULL);
  dial_say_name (self->button, _("What the note tells of the call"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * dial_fields_button_get_fields:
 * @self: a fields button
 *
 * Returns: what the note tells
 */
DialNoteFields
dial_fields_button_get_fields (DialFieldsButton *self)
{
  g_return_val_if_fail (DIAL_IS_FIELDS_BUTTON (self), DIAL_NOTE_ALL);

  return self->fields;
}

/**
 * dial_fields_button_set_fields:
 * @self: a fields button
 * @fields: what the note tells
 *
 * Chooses.
 */
void
dial_fields_button_set_fields (DialFieldsButton *self,
                               DialNoteFields    fields)
{
  g_return_if_fail (DIAL_IS_FIELDS_BUTTON (self));

  if (self->fields == fields)
    return;

  self->fields = fields;
  show_fields (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIELDS]);
}
