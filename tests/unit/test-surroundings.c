/* A system bus of our own with a UPower and a logind on it, as far as they matter. */
#include "dial-surroundings.h"

static const char power_xml[] =
  "<node><interface name='org.freedesktop.UPower'>"
  "<property name='OnBattery' type='b' access='read'/></interface></node>";

typedef struct {
  GTestDBus        *daemon;
  GDBusConnection  *services;
  DialSurroundings *surroundings;
  gboolean          on_battery;
  guint             n_sleeps;
  guint             n_woke;
} Fixture;

static GVariant *
get_property (GDBusConnection  *connection,
              const char       *sender,
              const char       *path,
              const char       *interface,
              const char       *property,
              GError          **error,
              gpointer          user_data)
{
  return g_variant_new_boolean (((Fixture *) user_data)->on_battery);
}

static void
own (Fixture    *fixture,
     const char *name)
{
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;

  answer = g_dbus_connection_call_sync (fixture->services, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", name, 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
on_sleeps (DialSurroundings *surroundings,
           gpointer          user_data)
{
  ((Fixture *) user_data)->n_sleeps++;
}

static void
on_woke (DialSurroundings *surroundings,
         gpointer          user_data)
{
  ((Fixture *) user_data)->n_woke++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const GDBusInterfaceVTable table = { .get_property = get_property };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (power_xml, NULL);
  GError *error = NULL;

  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (fixture->daemon), TRUE);

  fixture->services =
    g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (fixture->daemon),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                            G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_dbus_connection_register_object (fixture->services, "/org/freedesktop/UPower",
                                                       node->interfaces[0], &table, fixture, NULL,
                                                       &error), !=, 0);
  own (fixture, "org.freedesktop.UPower");
  own (fixture, "org.freedesktop.login1");

  fixture->on_battery = TRUE;
  fixture->surroundings = dial_surroundings_new ();
  g_signal_connect (fixture->surroundings, "sleeps", G_CALLBACK (on_sleeps), fixture);
  g_signal_connect (fixture->surroundings, "woke", G_CALLBACK (on_woke), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->surroundings);
  g_clear_object (&fixture->services);
  g_test_dbus_stop (fixture->daemon);
  g_clear_object (&fixture->daemon);
}

static void
wait_for_battery (Fixture  *fixture,
                  gboolean  on_battery)
{
  while (dial_surroundings_is_on_battery (fixture->surroundings) != on_battery)
    g_main_context_iteration (NULL, TRUE);
}

static void
tell_power (Fixture  *fixture,
            gboolean  on_battery)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&changed, "{sv}", "OnBattery", g_variant_new_boolean (on_battery));
  g_dbus_connection_emit_signal (fixture->services, NULL, "/org/freedesktop/UPower",
                                 "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", "org.freedesktop.UPower", &changed,
                                                NULL), NULL);
}

static void
tell_sleep (Fixture  *fixture,
            gboolean  begins)
{
  g_dbus_connection_emit_signal (fixture->services, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", "PrepareForSleep",
                                 g_variant_new ("(b)", begins), NULL);
}

static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  wait_for_battery (fixture, TRUE);
  tell_power (fixture, FALSE);
  wait_for_battery (fixture, FALSE);

  tell_sleep (fixture, TRUE);
  tell_sleep (fixture, FALSE);
  while (fixture->n_woke == 0)
    g_main_context_iteration (NULL, TRUE);

  /* What came first has come by now, and that it falls asleep is no waking. */
  g_assert_cmpuint (fixture->n_sleeps, ==, 1);
  g_assert_cmpuint (fixture->n_woke, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/surroundings/all", Fixture, NULL, set_up, test_all, tear_down);
  return g_test_run ();
}
