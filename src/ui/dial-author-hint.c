#include "config.h"

#include "dial-author-hint.h"
#include "dial-template.h"

struct _DialAuthorHint
{
  GtkWidget        parent_instance;

  GtkWidget       *icon;
  GtkLabel        *label;
  GtkActionable   *choose;

  DialIntegration *integration;
  GSignalGroup    *integration_signals;
};

G_DEFINE_FINAL_TYPE (DialAuthorHint, dial_author_hint, GTK_TYPE_WIDGET)

/* Who was deactivated thinks that all is well; who never said who they are does not. */
static gboolean
is_urgent (DialIntegration *integration)
{
  DialUser *recruiter = dial_integration_get_recruiter (integration);

  return recruiter != NULL && recruiter->deactivated;
}

static void
update (DialAuthorHint *self)
{
  gboolean active = self->integration != NULL && dial_integration_is_active (self->integration);
  const char *problem = active ? dial_integration_get_author_problem (self->integration) : NULL;

  if (problem != NULL) {
    gboolean urgent = is_urgent (self->integration);

    gtk_label_set_label (self->label, problem);
    gtk_widget_set_visible (self->icon, urgent);
    if (urgent)
      gtk_widget_add_css_class (GTK_WIDGET (self), "urgent");
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), "urgent");
    gtk_actionable_set_action_target (self->choose, "s", dial_integration_get_id (self->integration));
  }

  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);
}

static void
dial_author_hint_dispose (GObject *object)
{
  DialAuthorHint *self = DIAL_AUTHOR_HINT (object);

  g_clear_object (&self->integration_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_AUTHOR_HINT);
  g_clear_object (&self->integration);

  G_OBJECT_CLASS (dial_author_hint_parent_class)->dispose (object);
}

static void
dial_author_hint_class_init (DialAuthorHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_author_hint_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-author-hint.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-author-hint");
  gtk_widget_class_bind_template_child (widget_class, DialAuthorHint, icon);
  gtk_widget_class_bind_template_child (widget_class, DialAuthorHint, label);
  gtk_widget_class_bind_template_child (widget_class, DialAuthorHint, choose);
}

static void
dial_author_hint_init (DialAuthorHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify", G_CALLBACK (update), self);
}

/**
 * dial_author_hint_set_integration:
 * @self: a hint
 * @integration: (nullable): whose next note is meant
 */
void
dial_author_hint_set_integration (DialAuthorHint  *self,
                                  DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_AUTHOR_HINT (self));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_group_set_target (self->integration_signals, integration);
  update (self);
}
