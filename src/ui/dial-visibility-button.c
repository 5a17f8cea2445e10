#include "config.h"

#include <glib/gi18n.h>

#include "dial-late-menu.h"
#include "dial-say-name.h"
#include "dial-visibility-button.h"

struct _DialVisibilityButton
{
  GtkWidget       parent_instance;

  GtkMenuButton  *button;
  GtkLabel       *label;

  DialVisibility  visibility;
  guint           may_be_public : 1;
};

enum {
  PROP_0,
  PROP_VISIBILITY,
  PROP_MAY_BE_PUBLIC,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialVisibilityButton, dial_visibility_button, GTK_TYPE_WIDGET)

static const char *
to_words (DialVisibility visibility)
{
  switch (visibility) {
  case DIAL_VISIBILITY_ADMIN_ONLY:
    return _("Admins only");
  case DIAL_VISIBILITY_PRIVATE:
    return _("Private");
  case DIAL_VISIBILITY_PUBLIC:
  case DIAL_VISIBILITY_UNKNOWN:
  default:
    return _("Visible to all");
  }
}

static void
append_choice (GMenu          *menu,
               DialVisibility  visibility)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (to_words (visibility), NULL);

  g_menu_item_set_action_and_target (item, "visibility.choose", "s",
                                     dial_enum_to_nick (DIAL_TYPE_VISIBILITY, visibility));
  g_menu_append_item (menu, item);
}

static void
offer_choices (DialVisibilityButton *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  if (self->may_be_public)
    append_choice (menu, DIAL_VISIBILITY_PUBLIC);
  append_choice (menu, DIAL_VISIBILITY_PRIVATE);
  append_choice (menu, DIAL_VISIBILITY_ADMIN_ONLY);
  dial_late_menu_set (self->button, G_MENU_MODEL (menu));
}

static void
say_visibility (DialVisibilityButton *self)
{
  g_autofree char *label = NULL;

  gtk_label_set_label (self->label, to_words (self->visibility));
  /* Translators: for screen readers; %s is who may read the note, such as Private */
  label = g_strdup_printf (_("Visibility in Greenhouse: %s"), to_words (self->visibility));
  dial_say_name (self->button, label);
}

static void
dial_visibility_button_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  DialVisibilityButton *self = DIAL_VISIBILITY_BUTTON (object);

  switch (prop_id) {
  case PROP_VISIBILITY:
    g_value_set_enum (value, self->visibility);
    break;
  case PROP_MAY_BE_PUBLIC:
    g_value_set_boolean (value, self->may_be_public);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_visibility_button_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  DialVisibilityButton *self = DIAL_VISIBILITY_BUTTON (object);

  switch (prop_id) {
  case PROP_VISIBILITY:
    dial_visibility_button_set_visibility (self, g_value_get_enum (value));
    break;
  case PROP_MAY_BE_PUBLIC:
    dial_visibility_button_set_may_be_public (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_visibility_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_VISIBILITY_BUTTON);

  G_OBJECT_CLASS (dial_visibility_button_parent_class)->dispose (object);
}

static void
dial_visibility_button_class_init (DialVisibilityButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_visibility_button_get_property;
  object_class->set_property = dial_visibility_button_set_property;
  object_class->dispose = dial_visibility_button_dispose;

  /**
   * DialVisibilityButton:visibility:
   *
   * Who may read the note.
   */
  properties[PROP_VISIBILITY] =
    g_param_spec_enum ("visibility", NULL, NULL, DIAL_TYPE_VISIBILITY, DIAL_VISIBILITY_PRIVATE,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialVisibilityButton:may-be-public:
   *
   * Whether everybody may be let read it; not so with a private candidate.
   */
  properties[PROP_MAY_BE_PUBLIC] =
    g_param_spec_boolean ("may-be-public", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "visibility.choose", "visibility");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-visibility-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DialVisibilityButton, button);
  gtk_widget_class_bind_template_child (widget_class, DialVisibilityButton, label);
}

static void
dial_visibility_button_init (DialVisibilityButton *self)
{
  self->visibility = DIAL_VISIBILITY_PRIVATE;
  self->may_be_public = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  offer_choices (self);
  say_visibility (self);
}

/**
 * dial_visibility_button_get_visibility:
 * @self: a visibility button
 *
 * Returns: who may read the note; never unknown
 */
DialVisibility
dial_visibility_button_get_visibility (DialVisibilityButton *self)
{
  g_return_val_if_fail (DIAL_IS_VISIBILITY_BUTTON (self), DIAL_VISIBILITY_PRIVATE);

  return self->visibility;
}

/**
 * dial_visibility_button_set_visibility:
 * @self: a visibility button
 * @visibility: who may read the note
 *
 * Chooses. Nothing becomes public that may not, nor by chance.
 */
void
dial_visibility_button_set_visibility (DialVisibilityButton *self,
                                       DialVisibility        visibility)
{
  g_return_if_fail (DIAL_IS_VISIBILITY_BUTTON (self));

  if (visibility == DIAL_VISIBILITY_UNKNOWN ||
      (visibility == DIAL_VISIBILITY_PUBLIC && !self->may_be_public))
    visibility = DIAL_VISIBILITY_PRIVATE;
  if (self->visibility == visibility)
    return;

  self->visibility = visibility;
  say_visibility (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBILITY]);
}

/**
 * dial_visibility_button_set_may_be_public:
 * @self: a visibility button
 * @may_be_public: whether everybody may be let read it
 *
 * Offers or withholds the public choice.
 */
void
dial_visibility_button_set_may_be_public (DialVisibilityButton *self,
                                          gboolean              may_be_public)
{
  g_return_if_fail (DIAL_IS_VISIBILITY_BUTTON (self));

  may_be_public = !!may_be_public;
  if (self->may_be_public == may_be_public)
    return;

  self->may_be_public = may_be_public;
  offer_choices (self);
  dial_visibility_button_set_visibility (self, self->visibility);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAY_BE_PUBLIC]);
}
