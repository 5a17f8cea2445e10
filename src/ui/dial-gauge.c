#include "config.h"

#include <glib/gi18n.h>

#include "dial-gauge.h"
#include "dial-words.h"

struct _DialGauge
{
  AdwPreferencesRow  parent_instance;

  GtkLabel        *title;
  GtkLevelBar     *bar;
  GtkLabel        *used;
  GtkLabel        *next;

  DialIntegration *integration;
  guint            clock;         /* counts the seconds down while it can be seen */
};

G_DEFINE_FINAL_TYPE (DialGauge, dial_gauge, ADW_TYPE_PREFERENCES_ROW)

static guint
count_used (const DialAllowance *allowance)
{
  return allowance->limit - MIN (allowance->remaining, allowance->limit);
}

static char *
describe_use (const DialAllowance *allowance)
{
  guint used = count_used (allowance);
  guint others = MIN (allowance->used_by_others, used);
  g_autofree char *limit = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *waiting = NULL;

  if (!allowance->known)
    return g_strdup (_("How many are allowed is known after the first one."));
  if (allowance->unlimited)
    return g_strdup (_("Greenhouse names no limit."));

  limit = g_strdup_printf (ngettext ("%u of %u used", "%u of %u used", used), used, allowance->limit);
  ours = g_strdup_printf (ngettext ("%u free", "%u free", allowance->remaining), allowance->remaining);
  if (others > 0)
    theirs = g_strdup_printf (ngettext ("%u by other programs", "%u by other programs", others), others);
  if (allowance->waiting > 0)
    waiting = g_strdup_printf (ngettext ("%u waiting", "%u waiting", allowance->waiting), allowance->waiting);

  return dial_words_join (4, limit, theirs, ours, waiting);
}

/* A window that has ended took its use along; the next one begins with a request. */
static void
pass_window (DialAllowance *allowance)
{
  if (!allowance->known || allowance->ends_at > g_get_monotonic_time ())
    return;

  allowance->remaining = allowance->limit;
  allowance->used_by_others = 0;
}

static int
count_seconds (gint64 instant)
{
  return MAX (0, (instant - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/* When there will be more. */
static char *
describe_window (const DialAllowance *allowance)
{
  int blocked = count_seconds (allowance->blocked_until);
  int left = count_seconds (allowance->ends_at);
  g_autofree char *window = NULL;
  g_autofree char *next = NULL;

  if (blocked > 0)
    return g_strdup_printf (ngettext ("Greenhouse asks to wait for %d second", "Greenhouse asks to wait for %d seconds",
                                      blocked), blocked);
  if (!allowance->known || allowance->unlimited)
    return NULL;

  window = g_strdup_printf (ngettext ("A window lasts %u second", "A window lasts %u seconds", allowance->seconds),
                            allowance->seconds);
  if (left > 0)
    next = g_strdup_printf (ngettext ("the next one begins in %d second", "the next one begins in %d seconds", left),
                            left);
  return dial_words_join (2, window, next);
}

static void
update (DialGauge *self)
{
  DialAllowance allowance = { 0 };
  g_autofree char *use = NULL;
  g_autofree char *window = NULL;
  gboolean metered;

  dial_integration_get_allowance (self->integration, &allowance);
  pass_window (&allowance);
  use = describe_use (&allowance);
  window = describe_window (&allowance);
  metered = allowance.known && !allowance.unlimited && allowance.limit > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), metered);
  if (metered) {
    gtk_level_bar_set_max_value (self->bar, allowance.limit);
    gtk_level_bar_set_value (self->bar, count_used (&allowance));
  }
  gtk_label_set_label (self->used, use);
  gtk_label_set_label (self->next, window != NULL ? window : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next), window != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_label (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, use,
                                  -1);
}

static gboolean
on_second_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
dial_gauge_map (GtkWidget *widget)
{
  DialGauge *self = DIAL_GAUGE (widget);

  GTK_WIDGET_CLASS (dial_gauge_parent_class)->map (widget);

  if (self->integration != NULL) {
    update (self);
    self->clock = g_timeout_add_seconds (1, on_second_cb, self);
  }
}

static void
dial_gauge_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DIAL_GAUGE (widget)->clock, g_source_remove);

  GTK_WIDGET_CLASS (dial_gauge_parent_class)->unmap (widget);
}

static void
dial_gauge_dispose (GObject *object)
{
  DialGauge *self = DIAL_GAUGE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_GAUGE);

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
  gtk_widget_class_bind_template_child (widget_class, DialGauge, title);
  gtk_widget_class_bind_template_child (widget_class, DialGauge, bar);
  gtk_widget_class_bind_template_child (widget_class, DialGauge, used);
  gtk_widget_class_bind_template_child (widget_class, DialGauge, next);
}

static void
dial_gauge_init (DialGauge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Full is neither good nor bad here: it is what a sync wants. */
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
}

/**
 * dial_gauge_set_integration:
 * @self: a gauge
 * @integration: whose allowance to show
 */
void
dial_gauge_set_integration (DialGauge       *self,
                            DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_GAUGE (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_connect_object (integration, "notify::allowance", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
