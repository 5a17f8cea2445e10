#include "dial-presence.h"

#define AWAY_SECONDS (5 * 60)

typedef struct {
  GWeakRef desk;
  guint    timer;      /* 0 while nobody is there */
  gint64   touched_at;
} Presence;

static void
presence_free (gpointer data)
{
  Presence *presence = data;

  g_clear_handle_id (&presence->timer, g_source_remove);
  g_weak_ref_clear (&presence->desk);
  g_free (presence);
}

static void
tell (Presence     *presence,
      DialActivity  activity)
{
  g_autoptr (DialDesk) desk = g_weak_ref_get (&presence->desk);

  if (desk != NULL)
    dial_desk_set_activity (desk, activity);
}

static gboolean
on_look (gpointer user_data)
{
  Presence *presence = user_data;

  if (g_get_monotonic_time () - presence->touched_at < AWAY_SECONDS * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;

  presence->timer = 0;
  tell (presence, DIAL_ACTIVITY_IDLE);
  return G_SOURCE_REMOVE;
}

static void
touch (Presence *presence)
{
  presence->touched_at = g_get_monotonic_time ();
  if (presence->timer != 0)
    return;

  presence->timer = g_timeout_add_seconds (AWAY_SECONDS / 5, on_look, presence);
  tell (presence, DIAL_ACTIVITY_IN_USE);
}

static gboolean
on_event_cb (GtkEventControllerLegacy *controller,
             GdkEvent                 *event,
             Presence                 *presence)
{
  touch (presence);
  return GDK_EVENT_PROPAGATE;
}

static void
on_active_changed_cb (GtkWindow  *window,
                      GParamSpec *pspec,
                      Presence   *presence)
{
  touch (presence);
}

void
dial_presence_watch (GtkWindow *window,
                     DialDesk  *desk)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();
  Presence *presence = g_new0 (Presence, 1);

  g_weak_ref_init (&presence->desk, desk);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (on_event_cb), presence);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (on_active_changed_cb), presence);
  g_object_set_data_full (G_OBJECT (window), "dial-presence", presence, presence_free);
  touch (presence);
}
