#include "dial-desk-private.h"

/* How often integrations sync by themselves, and when at once. */

#define SECONDS_IN_USE 60
#define SECONDS_IDLE   300

/* How many seconds from one look to the next: as often as somebody would notice, but not at the cost of the battery. */
guint
_dial_desk_get_pace (DialDesk *self)
{
  gboolean on_battery = self->surroundings != NULL &&
                        dial_surroundings_is_on_battery (self->surroundings);

  return self->activity == DIAL_ACTIVITY_IN_USE && !on_battery ? SECONDS_IN_USE : SECONDS_IDLE;
}

void
_dial_desk_pace_integration (DialDesk        *self,
                             DialIntegration *integration)
{
  _dial_integration_set_sync_seconds (integration, _dial_desk_get_pace (self));
}

static void
pace_all (DialDesk *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    _dial_desk_pace_integration (self, integration);
  }
}

static void
on_woke (DialDesk *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    _dial_integration_try_soon (integration);
  }
  _dial_desk_hurry_phones (self);
}

/* A desk that works by itself minds what the computer is about. */
void
_dial_desk_mind_surroundings (DialDesk *self)
{
  self->surroundings = dial_surroundings_new ();
  g_signal_connect_object (self->surroundings, "notify::on-battery", G_CALLBACK (pace_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->surroundings, "sleeps", G_CALLBACK (_dial_desk_tell_gap), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->surroundings, "woke", G_CALLBACK (on_woke), self, G_CONNECT_SWAPPED);
}

/**
 * dial_desk_set_activity:
 * @self: a desk
 * @activity: whether somebody works at it
 *
 * Says whether somebody is there who would notice what is new: every minute it is asked for then, else every five.
 * On battery it is every five in any case.
 */
void
dial_desk_set_activity (DialDesk     *self,
                        DialActivity  activity)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (activity == self->activity)
    return;

  self->activity = activity;
  pace_all (self);
}
