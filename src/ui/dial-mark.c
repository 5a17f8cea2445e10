#include "config.h"

#include <glib/gi18n.h>

#include "dial-mark.h"

struct _DialMark
{
  GtkWidget  parent_instance;

  GtkWidget *image;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (DialMark, dial_mark, GTK_TYPE_WIDGET)

static const struct {
  const char *icon_name;
  const char *css_class;
} looks[] = {
  [DIAL_MARK_UNKNOWN] = { "content-loading-symbolic", "dim-label" },
  [DIAL_MARK_GOOD] = { "object-select-symbolic", "success" },
  [DIAL_MARK_WARNING] = { "dialog-warning-symbolic", "warning" },
  [DIAL_MARK_BAD] = { "dialog-error-symbolic", "error" },
};

static void
dial_mark_dispose (GObject *object)
{
  DialMark *self = DIAL_MARK (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (dial_mark_parent_class)->dispose (object);
}

static void
dial_mark_class_init (DialMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_mark_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-mark");
}

static void
dial_mark_init (DialMark *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->image = g_object_new (GTK_TYPE_IMAGE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * dial_mark_new:
 *
 * Returns: (transfer floating): a mark that says nothing yet
 */
GtkWidget *
dial_mark_new (void)
{
  return g_object_new (DIAL_TYPE_MARK, NULL);
}

/**
 * dial_mark_show:
 * @self: a mark
 * @kind: how it is
 * @word: how it is, in a word or two
 *
 * Says how it is.
 */
void
dial_mark_show (DialMark     *self,
                DialMarkKind  kind,
                const char   *word)
{
  g_return_if_fail (DIAL_IS_MARK (self));
  g_return_if_fail (kind < G_N_ELEMENTS (looks));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (i != kind)
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[kind].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), looks[kind].icon_name);
  gtk_label_set_label (GTK_LABEL (self->label), word);
}

/**
 * dial_mark_show_health:
 * @self: a mark
 * @health: how an integration is
 *
 * Says whether an integration works.
 */
void
dial_mark_show_health (DialMark   *self,
                       DialHealth  health)
{
  switch (health) {
  case DIAL_HEALTH_GOOD:
    dial_mark_show (self, DIAL_MARK_GOOD, C_("health of an integration", "Working"));
    break;
  case DIAL_HEALTH_LIMITED:
    dial_mark_show (self, DIAL_MARK_WARNING, C_("health of an integration", "Needs a look"));
    break;
  case DIAL_HEALTH_BROKEN:
    dial_mark_show (self, DIAL_MARK_BAD, C_("health of an integration", "Not working"));
    break;
  case DIAL_HEALTH_UNKNOWN:
  default:
    dial_mark_show (self, DIAL_MARK_UNKNOWN, C_("health of an integration", "Not checked yet"));
    break;
  }
}

/**
 * dial_mark_get_word:
 * @self: a mark
 *
 * Returns: (transfer none): what it says
 */
const char *
dial_mark_get_word (DialMark *self)
{
  g_return_val_if_fail (DIAL_IS_MARK (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->label));
}
