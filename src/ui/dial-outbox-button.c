#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-button.h"
#include "dial-outbox-words.h"
#include "dial-say-name.h"
#include "dial-template.h"

/* A note that arrives at once is no news. */
#define GRACE_SECONDS 3

struct _DialOutboxButton
{
  GtkWidget     parent_instance;

  GtkWidget    *button;
  GtkImage     *icon;
  GtkLabel     *label;

  DialOutbox   *outbox;
  GSignalGroup *signals;
  guint         grace_source;
  guint         brief : 1;
  guint         graced : 1;       /* there were notes for longer than that */
};

enum {
  PROP_0,
  PROP_BRIEF,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialOutboxButton, dial_outbox_button, GTK_TYPE_WIDGET)

static void update (DialOutboxButton *self);

static gboolean
on_grace_over_cb (gpointer user_data)
{
  DialOutboxButton *self = user_data;

  self->grace_source = 0;
  self->graced = TRUE;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
give_grace (DialOutboxButton *self,
            gboolean          any)
{
  if (!any) {
    g_clear_handle_id (&self->grace_source, g_source_remove);
    self->graced = FALSE;
  } else if (!self->graced && self->grace_source == 0) {
    self->grace_source = g_timeout_add_seconds (GRACE_SECONDS, on_grace_over_cb, self);
  }
}

static void
update (DialOutboxButton *self)
{
  g_autofree char *words = self->outbox != NULL ? dial_outbox_words_count (self->outbox) : NULL;
  g_autofree char *label = NULL;
  gboolean look = self->outbox != NULL && dial_outbox_get_n_needing_look (self->outbox) > 0;

  if (self->brief)
    give_grace (self, words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL && (!self->brief || self->graced || look));
  if (words == NULL)
    return;

  label = self->brief ? g_strdup_printf ("%'u", dial_outbox_get_n_notes (self->outbox))
                      : dial_outbox_words_brief (self->outbox);
  gtk_image_set_from_icon_name (self->icon, look ? "dialog-warning-symbolic" : "mail-send-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), self->brief || look);
  gtk_label_set_label (self->label, label);
  gtk_widget_set_tooltip_text (self->button, words);
  dial_say_name (self->button, words);
}

static void
dial_outbox_button_dispose (GObject *object)
{
  DialOutboxButton *self = DIAL_OUTBOX_BUTTON (object);

  g_clear_handle_id (&self->grace_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->outbox);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_OUTBOX_BUTTON);

  G_OBJECT_CLASS (dial_outbox_button_parent_class)->dispose (object);
}

static void
dial_outbox_button_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_BRIEF:
    g_value_set_boolean (value, DIAL_OUTBOX_BUTTON (object)->brief);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outbox_button_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  DialOutboxButton *self = DIAL_OUTBOX_BUTTON (object);

  switch (prop_id) {
  case PROP_BRIEF:
    self->brief = g_value_get_boolean (value);
    update (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outbox_button_class_init (DialOutboxButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_outbox_button_dispose;
  object_class->get_property = dial_outbox_button_get_property;
  object_class->set_property = dial_outbox_button_set_property;

  properties[PROP_BRIEF] =
    g_param_spec_boolean ("brief", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-outbox-button.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-outbox-button");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxButton, button);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxButton, icon);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxButton, label);
}

static void
dial_outbox_button_init (DialOutboxButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (DIAL_TYPE_OUTBOX);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}

/**
 * dial_outbox_button_set_outbox:
 * @self: a button
 * @outbox: what it counts
 */
void
dial_outbox_button_set_outbox (DialOutboxButton *self,
                               DialOutbox       *outbox)
{
  g_return_if_fail (DIAL_IS_OUTBOX_BUTTON (self));
  g_return_if_fail (DIAL_IS_OUTBOX (outbox));

  g_set_object (&self->outbox, outbox);
  g_signal_group_set_target (self->signals, outbox);
  update (self);
}
