#include "config.h"

#include <glib/gi18n.h>

#include "dial-integration-gauge.h"
#include "dial-words.h"

struct _DialIntegrationGauge
{
  DialGauge parent_instance;

  DialIntegration *integration;
};

G_DEFINE_FINAL_TYPE (DialIntegrationGauge, dial_integration_gauge, DIAL_TYPE_GAUGE)

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
update (DialGauge *gauge)
{
  DialIntegrationGauge *self = DIAL_INTEGRATION_GAUGE (gauge);
  DialAllowance allowance = { 0 };
  g_autofree char *use = NULL;
  g_autofree char *window = NULL;
  gboolean metered;

  if (self->integration == NULL)
    return;

  dial_integration_get_allowance (self->integration, &allowance);
  pass_window (&allowance);
  use = describe_use (&allowance);
  window = describe_window (&allowance);
  metered = allowance.known && !allowance.unlimited;
  dial_gauge_show (gauge, metered ? allowance.limit : 0, metered ? count_used (&allowance) : 0, use, window);
}

static void
dial_integration_gauge_dispose (GObject *object)
{
  g_clear_object (&DIAL_INTEGRATION_GAUGE (object)->integration);

  G_OBJECT_CLASS (dial_integration_gauge_parent_class)->dispose (object);
}

static void
dial_integration_gauge_class_init (DialIntegrationGaugeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_integration_gauge_dispose;
  DIAL_GAUGE_CLASS (klass)->update = update;
}

static void
dial_integration_gauge_init (DialIntegrationGauge *self)
{
  dial_gauge_set_label (DIAL_GAUGE (self), _("Requests to Greenhouse"));
}

/**
 * dial_integration_gauge_set_integration:
 * @self: a gauge
 * @integration: whose allowance to show
 */
void
dial_integration_gauge_set_integration (DialIntegrationGauge *self,
                                        DialIntegration      *integration)
{
  g_return_if_fail (DIAL_IS_INTEGRATION_GAUGE (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_connect_object (integration, "notify::allowance", G_CALLBACK (dial_gauge_update), self, G_CONNECT_SWAPPED);
  dial_gauge_update (DIAL_GAUGE (self));
}
