#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-gauge.h"
#include "dial-words.h"

struct _DialAccountGauge
{
  AdwPreferencesRow     parent_instance;

  GtkLabel             *title;
  GtkLevelBar          *bar;
  GtkLabel             *used;
  GtkLabel             *next;

  DialCloudtalkAccount *account;
  guint                 clock;      /* counts the seconds down while it can be seen */
};

G_DEFINE_FINAL_TYPE (DialAccountGauge, dial_account_gauge, ADW_TYPE_PREFERENCES_ROW)

/* Where CloudTalk does not say how much is left, what went out from here is all that is known. */
static int
count_used (const DialCloudtalkAllowance *allowance)
{
  int used = allowance->left >= 0 ? allowance->limit - allowance->left : allowance->used_by_us;

  return CLAMP (used, 0, allowance->limit);
}

static char *
describe_use (const DialCloudtalkAllowance *allowance)
{
  int used = count_used (allowance);
  int ours = MIN (allowance->used_by_us, used);
  g_autofree char *all = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *waiting = NULL;

  all = g_strdup_printf (ngettext ("%d of %d used", "%d of %d used", (gulong) used), used, allowance->limit);
  if (allowance->left >= 0 && used > 0)
    mine = g_strdup_printf (ngettext ("%d by this computer", "%d by this computer", (gulong) ours), ours);
  if (allowance->waiting > 0)
    waiting = g_strdup_printf (ngettext ("%d waiting", "%d waiting", (gulong) allowance->waiting),
                               allowance->waiting);

  return dial_words_join (3, all, mine, waiting);
}

static int
count_seconds (gint64 instant)
{
  return (int) MAX (0, (instant - g_get_real_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/* When there will be more. */
static char *
describe_window (const DialCloudtalkAllowance *allowance)
{
  int blocked = count_seconds (allowance->blocked_until);
  int left = count_seconds (allowance->resets_at);

  if (blocked > 0)
    return g_strdup_printf (ngettext ("CloudTalk asks to wait for %d second", "CloudTalk asks to wait for %d seconds",
                                      (gulong) blocked), blocked);
  if (left > 0)
    return g_strdup_printf (ngettext ("A minute's requests are shared by the whole company; the next minute begins in "
                                      "%d second",
                                      "A minute's requests are shared by the whole company; the next minute begins in "
                                      "%d seconds", (gulong) left), left);

  return g_strdup (_("A minute's requests are shared by the whole company"));
}

/* A minute that has passed took its use along; the next one begins with a request. */
static void
pass_minute (DialCloudtalkAllowance *allowance)
{
  if (allowance->resets_at == DIAL_INSTANT_UNKNOWN || allowance->resets_at > g_get_real_time ())
    return;

  allowance->left = -1;
  allowance->used_by_us = 0;
}

static void
update (DialAccountGauge *self)
{
  DialCloudtalk *cloudtalk = dial_cloudtalk_account_get_cloudtalk (self->account);
  DialCloudtalkAllowance allowance = { 0 };
  g_autofree char *use = NULL;
  g_autofree char *window = NULL;

  if (cloudtalk != NULL) {
    dial_cloudtalk_get_allowance (cloudtalk, &allowance);
    pass_minute (&allowance);
    use = describe_use (&allowance);
    window = describe_window (&allowance);
    gtk_level_bar_set_max_value (self->bar, MAX (allowance.limit, 1));
    gtk_level_bar_set_value (self->bar, count_used (&allowance));
  } else {
    use = g_strdup (_("Nothing was asked since the program was started."));
  }

  gtk_widget_set_visible (GTK_WIDGET (self->bar), cloudtalk != NULL);
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
dial_account_gauge_map (GtkWidget *widget)
{
  DialAccountGauge *self = DIAL_ACCOUNT_GAUGE (widget);

  GTK_WIDGET_CLASS (dial_account_gauge_parent_class)->map (widget);

  if (self->account != NULL) {
    update (self);
    self->clock = g_timeout_add_seconds (1, on_second_cb, self);
  }
}

static void
dial_account_gauge_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DIAL_ACCOUNT_GAUGE (widget)->clock, g_source_remove);

  GTK_WIDGET_CLASS (dial_account_gauge_parent_class)->unmap (widget);
}

static void
dial_account_gauge_dispose (GObject *object)
{
  DialAccountGauge *self = DIAL_ACCOUNT_GAUGE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_ACCOUNT_GAUGE);

  G_OBJECT_CLASS (dial_account_gauge_parent_class)->dispose (object);
}

static void
dial_account_gauge_class_init (DialAccountGaugeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_account_gauge_dispose;
  widget_class->map = dial_account_gauge_map;
  widget_class->unmap = dial_account_gauge_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-gauge.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountGauge, title);
  gtk_widget_class_bind_template_child (widget_class, DialAccountGauge, bar);
  gtk_widget_class_bind_template_child (widget_class, DialAccountGauge, used);
  gtk_widget_class_bind_template_child (widget_class, DialAccountGauge, next);
}

static void
dial_account_gauge_init (DialAccountGauge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Full is neither good nor bad here: it is what keeping contacts up to date wants. */
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
}

/**
 * dial_account_gauge_set_account:
 * @self: a gauge
 * @account: whose allowance to show
 */
void
dial_account_gauge_set_account (DialAccountGauge     *self,
                                DialCloudtalkAccount *account)
{
  g_return_if_fail (DIAL_IS_ACCOUNT_GAUGE (self));
  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account));

  if (!g_set_object (&self->account, account))
    return;

  g_signal_connect_object (account, "notify::allowance", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
