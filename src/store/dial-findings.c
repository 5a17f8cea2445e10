#include "dial-findings.h"

G_DEFINE_BOXED_TYPE (DialFindings, dial_findings, dial_findings_ref, dial_findings_unref)

DialFindings *
dial_findings_new (void)
{
  DialFindings *self = g_atomic_rc_box_new0 (DialFindings);

  self->places = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

DialFindings *
dial_findings_ref (DialFindings *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  DialFindings *self = data;

  g_array_unref (self->places);
}

void
dial_findings_unref (DialFindings *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
