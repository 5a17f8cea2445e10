#include "config.h"

#include "dial-gauge.h"
#include "dial-say-name.h"

typedef struct {
  GtkLabel    *label;
  GtkLevelBar *bar;
  GtkLabel    *used;
  GtkLabel    *next;

  guint        clock; /* counts the seconds down while it can be seen */
} DialGaugePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DialGauge, dial_gauge, ADW_TYPE_PREFERENCES_ROW)

static DialGaugePrivate *
get_private (gpointer self)
{
  return dial_gauge_get_instance_private (DIAL_GAUGE (self));
}

static gboolean
on_second_cb (gpointer user_data)
{
  dial_gauge_update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
dial_gauge_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dial_gauge_parent_class)->map (widget);

  dial_gauge_update (DIAL_GAUGE (widget));
  get_private (widget)->clock = g_timeout_add_seconds (1, on_second_cb, widget);
}

static void
dial_gauge_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&get_private (widget)->clock, g_source_remove);

  GTK_WIDGET_CLASS (dial_gauge_parent_class)->unmap (widget);
}

static void
dial_gauge_dispose (GObject *object)
{
  g_clear_handle_id (&get_private (object)->clock, g_source_remove);

  G_OBJECT_CLASS (dial_gauge_parent_class)->dispose (object);
}

static void
dial_gauge_class_init (DialGaugeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_gauge_dispose;
  widget_class->map = dial_gauge_map;
  widget_class->unmap = dial_gauge_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-gauge.ui");
  gtk_widget_class_bind_template_child_private (widget_class, DialGauge, label);
  gtk_widget_class_bind_template_child_private (widget_class, DialGauge, bar);
  gtk_widget_class_bind_template_child_private (widget_class, DialGauge, used);
  gtk_widget_class_bind_template_child_private (widget_class, DialGauge, next);
}

static void
dial_gauge_init (DialGauge *self)
{
  GtkLevelBar *bar;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Full is neither good nor bad here: it is what keeping up to date wants. */
  bar = get_private (self)->bar;
  gtk_level_bar_remove_offset_value (bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (bar, GTK_LEVEL_BAR_OFFSET_FULL);
}

/**
 * dial_gauge_set_label:
 * @self: a gauge
 * @label: what is counted
 */
void
dial_gauge_set_label (DialGauge  *self,
                      const char *label)
{
  g_return_if_fail (DIAL_IS_GAUGE (self));

  gtk_label_set_label (get_private (self)->label, label);
}

/**
 * dial_gauge_show:
 * @self: a gauge
 * @limit: how many requests are allowed, 0 where that is not known
 * @used: how many of them are used
 * @use: the same in words
 * @next: (nullable): when there will be more, in words
 */
void
dial_gauge_show (DialGauge  *self,
                 guint       limit,
                 guint       used,
                 const char *use,
                 const char *next)
{
  DialGaugePrivate *private;

  g_return_if_fail (DIAL_IS_GAUGE (self));

  private = get_private (self);
  gtk_widget_set_visible (GTK_WIDGET (private->bar), limit > 0);
  if (limit > 0) {
    gtk_level_bar_set_max_value (private->bar, limit);
    gtk_level_bar_set_value (private->bar, used);
  }
  gtk_label_set_label (private->used, use);
  gtk_label_set_label (private->next, next != NULL ? next : "");
  gtk_widget_set_visible (GTK_WIDGET (private->next), next != NULL);
  dial_say_name (private->bar, gtk_label_get_label (private->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (private->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, use, -1);
}

/**
 * dial_gauge_update:
 * @self: a gauge
 *
 * Looks at how things stand.
 */
void
dial_gauge_update (DialGauge *self)
{
  g_return_if_fail (DIAL_IS_GAUGE (self));

  DIAL_GAUGE_GET_CLASS (self)->update (self);
}
