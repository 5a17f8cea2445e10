#include "dial-surroundings.h"

/**
 * DialSurroundings:
 *
 * What the computer is about: whether it runs on battery (UPower), when it goes to sleep (logind), and when it wakes
 * up (logind, or a clock that jumped). Where there is no system bus, or nobody on it, it is plugged in and never sleeps.
 */

#define UPOWER      "org.freedesktop.UPower"
#define UPOWER_PATH "/org/freedesktop/UPower"
#define LOGIND      "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define PROPERTIES  "org.freedesktop.DBus.Properties"

/* While a computer sleeps, its monotonic clock stands still. */
#define LOOK_SECONDS 30
#define JUMP         (20 * G_USEC_PER_SEC)

struct _DialSurroundings
{
  GObject          parent_instance;

  GCancellable    *cancellable;
  GDBusConnection *bus;
  guint            power_signal;
  guint            sleep_signal;
  guint            look_timer;
  gint64           clocks_apart;
  gboolean         on_battery;
};

enum {
  PROP_0,
  PROP_ON_BATTERY,
  N_PROPS
};

enum {
  SLEEPS,
  WOKE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSurroundings, dial_surroundings, G_TYPE_OBJECT)

static void
set_on_battery (DialSurroundings *self,
                gboolean          on_battery)
{
  if (on_battery == self->on_battery)
    return;

  self->on_battery = on_battery;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ON_BATTERY]);
}

static void
on_power_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialSurroundings) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (answer == NULL)
    return;

  g_variant_get (answer, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    set_on_battery (self, g_variant_get_boolean (value));
}

static void
on_power_changed (GDBusConnection *connection,
                  const char      *sender,
                  const char      *path,
                  const char      *interface,
                  const char      *name,
                  GVariant        *parameters,
                  gpointer         user_data)
{
  g_autoptr (GVariant) changed = NULL;
  gboolean on_battery;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;

  g_variant_get (parameters, "(s@a{sv}as)", NULL, &changed, NULL);
  if (g_variant_lookup (changed, "OnBattery", "b", &on_battery))
    set_on_battery (user_data, on_battery);
}

static void
on_sleep (GDBusConnection *connection,
          const char      *sender,
          const char      *path,
          const char      *interface,
          const char      *name,
          GVariant        *parameters,
          gpointer         user_data)
{
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &begins);
  g_signal_emit (user_data, signals[begins ? SLEEPS : WOKE], 0);
}

static void
on_bus (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (DialSurroundings) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->bus = g_steal_pointer (&bus);
  self->power_signal =
    g_dbus_connection_signal_subscribe (self->bus, UPOWER, PROPERTIES, "PropertiesChanged",
                                        UPOWER_PATH, UPOWER, G_DBUS_SIGNAL_FLAGS_NONE,
                                        on_power_changed, self, NULL);
  self->sleep_signal =
    g_dbus_connection_signal_subscribe (self->bus, LOGIND, LOGIND ".Manager", "PrepareForSleep",
                                        LOGIND_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_sleep, self,
                                        NULL);
  g_dbus_connection_call (self->bus, UPOWER, UPOWER_PATH, PROPERTIES, "Get",
                          g_variant_new ("(ss)", UPOWER, "OnBattery"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_power_read,
                          g_object_ref (self));
}

static gint64
get_clocks_apart (void)
{
  return g_get_real_time () - g_get_monotonic_time ();
}

static gboolean
on_look (gpointer user_data)
{
  DialSurroundings *self = user_data;
  gint64 apart = get_clocks_apart ();
  gboolean jumped = apart - self->clocks_apart > JUMP;

  self->clocks_apart = apart;
  if (jumped)
    g_signal_emit (self, signals[WOKE], 0);
  return G_SOURCE_CONTINUE;
}

static void
dial_surroundings_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialSurroundings *self = DIAL_SURROUNDINGS (object);

  switch (property_id) {
  case PROP_ON_BATTERY:
    g_value_set_boolean (value, self->on_battery);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_surroundings_dispose (GObject *object)
{
  DialSurroundings *self = DIAL_SURROUNDINGS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  if (self->bus != NULL) {
    g_dbus_connection_signal_unsubscribe (self->bus, self->power_signal);
    g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_signal);
  }
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (dial_surroundings_parent_class)->dispose (object);
}

static void
dial_surroundings_finalize (GObject *object)
{
  DialSurroundings *self = DIAL_SURROUNDINGS (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (dial_surroundings_parent_class)->finalize (object);
}

static void
dial_surroundings_class_init (DialSurroundingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dial_surroundings_get_property;
  object_class->dispose = dial_surroundings_dispose;
  object_class->finalize = dial_surroundings_finalize;

  /**
   * DialSurroundings:on-battery:
   *
   * Whether the computer runs on battery.
   */
  properties[PROP_ON_BATTERY] =
    g_param_spec_boolean ("on-battery", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DialSurroundings::sleeps:
   *
   * The computer goes to sleep. Heard at the latest when it woke up, before [signal@Surroundings::woke].
   */
  signals[SLEEPS] = g_signal_new ("sleeps", DIAL_TYPE_SURROUNDINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * DialSurroundings::woke:
   *
   * The computer woke up.
   */
  signals[WOKE] = g_signal_new ("woke", DIAL_TYPE_SURROUNDINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
dial_surroundings_init (DialSurroundings *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dial_surroundings_new:
 *
 * Returns: (transfer full): what the computer is about
 */
DialSurroundings *
dial_surroundings_new (void)
{
  DialSurroundings *self = g_object_new (DIAL_TYPE_SURROUNDINGS, NULL);

  self->clocks_apart = get_clocks_apart ();
  self->look_timer = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
  return self;
}

/**
 * dial_surroundings_is_on_battery:
 * @self: surroundings
 *
 * Returns: whether the computer runs on battery
 */
gboolean
dial_surroundings_is_on_battery (DialSurroundings *self)
{
  g_return_val_if_fail (DIAL_IS_SURROUNDINGS (self), FALSE);

  return self->on_battery;
}
