#include "config.h"

#include <glib/gi18n.h>

#include "dial-outcome-picker.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-words.h"
#include "dial-wrap-layout.h"

struct _DialOutcomePicker
{
  GtkWidget      parent_instance;

  GtkMenuButton *more;

  DialOutcome    outcome;
};

enum {
  PROP_0,
  PROP_OUTCOME,
  N_PROPS
};

enum {
  CONFIRMED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialOutcomePicker, dial_outcome_picker, GTK_TYPE_WIDGET)

/* Outcomes behind the menu: rarer than those that have a button. */
static const DialOutcome rare_outcomes[] = {
  DIAL_OUTCOME_MISSED,
  DIAL_OUTCOME_CANCELLED,
  DIAL_OUTCOME_FAILED,
};

static gboolean
is_rare (DialOutcome outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (rare_outcomes); i++)
    if (rare_outcomes[i] == outcome)
      return TRUE;
  return FALSE;
}

static void
say_rare_outcome (DialOutcomePicker *self)
{
  gboolean rare = is_rare (self->outcome);
  const char *label = rare ? dial_words_outcome (self->outcome) : _("Other");

  gtk_menu_button_set_label (self->more, label);
  dial_say_name (self->more, rare ? label : _("Other outcomes"));
  if (rare)
    gtk_widget_add_css_class (GTK_WIDGET (self->more), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more), "chosen");
}

static void
set_outcome (DialOutcomePicker *self,
             DialOutcome        outcome)
{
  if (self->outcome == outcome)
    return;

  self->outcome = outcome;
  say_rare_outcome (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
}

static void
offer_rare_outcomes (DialOutcomePicker *self,
                     DialDirection      direction)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rare_outcomes); i++) {
    g_autoptr (GMenuItem) item = NULL;

    if (rare_outcomes[i] == DIAL_OUTCOME_MISSED && direction == DIAL_DIRECTION_OUTGOING)
      continue;
    item = g_menu_item_new (dial_words_outcome (rare_outcomes[i]), NULL);
    g_menu_item_set_action_and_target (item, "outcome.choose", "s",
                                       dial_enum_to_nick (DIAL_TYPE_OUTCOME, rare_outcomes[i]));
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
}

/* Enter on an outcome confirms it, and the next Enter saves. Space and the pointer only choose. */
static gboolean
on_key_pressed_cb (DialOutcomePicker *self,
                   guint              keyval,
                   guint              keycode,
                   GdkModifierType    modifiers)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (!GTK_IS_TOGGLE_BUTTON (focus) || gtk_widget_get_parent (focus) != GTK_WIDGET (self))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action_variant (focus, "outcome.choose",
                                      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (focus)));
  g_signal_emit (self, signals[CONFIRMED], 0);
  return GDK_EVENT_STOP;
}

/* The keyboard goes to what is chosen. */
static gboolean
dial_outcome_picker_grab_focus (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      return gtk_widget_grab_focus (child);

  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_OUTCOME_PICKER (widget)->more));
}

static void
dial_outcome_picker_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DialOutcomePicker *self = DIAL_OUTCOME_PICKER (object);

  switch (prop_id) {
  case PROP_OUTCOME:
    g_value_set_enum (value, self->outcome);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outcome_picker_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  DialOutcomePicker *self = DIAL_OUTCOME_PICKER (object);

  switch (prop_id) {
  case PROP_OUTCOME:
    set_outcome (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outcome_picker_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_OUTCOME_PICKER);

  G_OBJECT_CLASS (dial_outcome_picker_parent_class)->dispose (object);
}

static void
dial_outcome_picker_class_init (DialOutcomePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_outcome_picker_get_property;
  object_class->set_property = dial_outcome_picker_set_property;
  object_class->dispose = dial_outcome_picker_dispose;
  widget_class->grab_focus = dial_outcome_picker_grab_focus;

  /**
   * DialOutcomePicker:outcome:
   *
   * How the call ended, as it stands chosen; also the state of the action `outcome.choose`.
   */
  properties[PROP_OUTCOME] =
    g_param_spec_enum ("outcome", NULL, NULL, DIAL_TYPE_OUTCOME, DIAL_OUTCOME_UNKNOWN,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CONFIRMED] =
    g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "outcome.choose", "outcome");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, DIAL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-outcome-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, DialOutcomePicker, more);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
dial_outcome_picker_init (DialOutcomePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_outcome_picker_get_outcome:
 * @self: an outcome picker
 *
 * Returns: how the call ended
 */
DialOutcome
dial_outcome_picker_get_outcome (DialOutcomePicker *self)
{
  g_return_val_if_fail (DIAL_IS_OUTCOME_PICKER (self), DIAL_OUTCOME_UNKNOWN);

  return self->outcome;
}

/**
 * dial_outcome_picker_ask:
 * @self: an outcome picker
 * @direction: who called whom
 * @guess: what the phone says
 *
 * Asks about another call.
 */
void
dial_outcome_picker_ask (DialOutcomePicker *self,
                         DialDirection      direction,
                         DialOutcome        guess)
{
  g_return_if_fail (DIAL_IS_OUTCOME_PICKER (self));

  offer_rare_outcomes (self, direction);
  set_outcome (self, guess);
}
