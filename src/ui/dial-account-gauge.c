#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-gauge.h"
#include "dial-words.h"

struct _DialAccountGauge
{
  DialGauge parent_instance;

  DialCloudtalkAccount *account;
};

G_DEFINE_FINAL_TYPE (DialAccountGauge, dial_account_gauge, DIAL_TYPE_GAUGE)

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
update (DialGauge *gauge)
{
  DialAccountGauge *self = DIAL_ACCOUNT_GAUGE (gauge);
  DialCloudtalk *cloudtalk;
  DialCloudtalkAllowance allowance = { 0 };
  g_autofree char *use = NULL;
  g_autofree char *window = NULL;

  if (self->account == NULL)
    return;

  cloudtalk = dial_cloudtalk_account_get_cloudtalk (self->account);
  if (cloudtalk == NULL) {
    dial_gauge_show (gauge, 0, 0, _("Nothing was asked since the program was started."), NULL);
    return;
  }

  dial_cloudtalk_get_allowance (cloudtalk, &allowance);
  pass_minute (&allowance);
  use = describe_use (&allowance);
  window = describe_window (&allowance);
  dial_gauge_show (gauge, (guint) MAX (allowance.limit, 1), (guint) count_used (&allowance), use, window);
}

static void
dial_account_gauge_dispose (GObject *object)
{
  g_clear_object (&DIAL_ACCOUNT_GAUGE (object)->account);

  G_OBJECT_CLASS (dial_account_gauge_parent_class)->dispose (object);
}

static void
dial_account_gauge_class_init (DialAccountGaugeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_account_gauge_dispose;
  DIAL_GAUGE_CLASS (klass)->update = update;
}

static void
dial_account_gauge_init (DialAccountGauge *self)
{
  dial_gauge_set_label (DIAL_GAUGE (self), _("Requests to CloudTalk"));
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

  g_signal_connect_object (account, "notify::allowance", G_CALLBACK (dial_gauge_update), self, G_CONNECT_SWAPPED);
  dial_gauge_update (DIAL_GAUGE (self));
}
