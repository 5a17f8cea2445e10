#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DIAL_TYPE_GAUGE (dial_gauge_get_type ())
G_DECLARE_DERIVABLE_TYPE (DialGauge, dial_gauge, DIAL, GAUGE, AdwPreferencesRow)

/**
 * DialGaugeClass:
 * @update: says by [method@Gauge.show] how things stand now
 *
 * How many requests a service allows, and how many of them are used: looked at anew every second while it can be seen.
 */
struct _DialGaugeClass
{
  AdwPreferencesRowClass parent_class;

  void (*update) (DialGauge *self);
};

void dial_gauge_set_label (DialGauge  *self,
                           const char *label);
void dial_gauge_show      (DialGauge  *self,
                           guint       limit,
                           guint       used,
                           const char *use,
                           const char *next);
void dial_gauge_update    (DialGauge  *self);

G_END_DECLS
