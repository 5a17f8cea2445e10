#include "config.h"

#include "dial-banner.h"
#include "dial-template.h"

struct _DialBanner
{
  GtkWidget      parent_instance;

  GtkRevealer   *revealer;
  GtkLabel      *label;
  GtkActionable *settings;
};

G_DEFINE_FINAL_TYPE (DialBanner, dial_banner, GTK_TYPE_WIDGET)

static void
on_close_clicked_cb (DialBanner *self)
{
  dial_banner_say (self, NULL);
}

static void
dial_banner_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_BANNER);

  G_OBJECT_CLASS (dial_banner_parent_class)->dispose (object);
}

static void
dial_banner_class_init (DialBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_banner_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-banner.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-banner");
  gtk_widget_class_bind_template_child (widget_class, DialBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, DialBanner, label);
  gtk_widget_class_bind_template_child (widget_class, DialBanner, settings);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked_cb);
}

static void
dial_banner_init (DialBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_banner_say:
 * @self: a banner
 * @sentence: (nullable): what to say; %NULL closes the banner
 *
 * Shows @sentence until it is closed or another one takes its place.
 */
void
dial_banner_say (DialBanner *self,
                 const char *sentence)
{
  g_return_if_fail (DIAL_IS_BANNER (self));

  /* What is closing keeps its text, so that nothing jumps. */
  if (sentence != NULL) {
    gtk_label_set_label (self->label, sentence);
    gtk_widget_set_visible (GTK_WIDGET (self->settings), FALSE);
  }

  gtk_revealer_set_reveal_child (self->revealer, sentence != NULL);
}

/**
 * dial_banner_say_of_settings:
 * @self: a banner
 * @sentence: what to say
 * @integration_id: the integration that needs a hand
 *
 * Like [method@Banner.say], with a button that leads to the integration's settings.
 */
void
dial_banner_say_of_settings (DialBanner *self,
                             const char *sentence,
                             const char *integration_id)
{
  g_return_if_fail (DIAL_IS_BANNER (self));
  g_return_if_fail (sentence != NULL);

  dial_banner_say (self, sentence);
  gtk_actionable_set_action_target (self->settings, "s", integration_id);
  gtk_widget_set_visible (GTK_WIDGET (self->settings), TRUE);
}
