#include "phone-home.h"

#include <glib/gstdio.h>

gboolean
phone_home_on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
phone_home_on_too_long (gpointer data)
{
  g_error ("waited too long for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

static char *home;

static char *
in_home (const char *name)
{
  return g_build_filename (home, name, NULL);
}

static void
write_file (const char *name,
            const char *contents,
            int         mode)
{
  g_autofree char *path = in_home (name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents_full (path, contents, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, &error);
  g_assert_no_error (error);
}

static void
remove_file (const char *name)
{
  g_autofree char *path = in_home (name);

  g_remove (path);
}

static gboolean
handler_is (const char *scheme,
            const char *id)
{
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_uri_scheme (scheme);

  return g_strcmp0 (handler != NULL ? g_app_info_get_id (handler) : NULL, id) == 0;
}

void
no_handler (void)
{
  remove_file ("data/applications/" CATCH_ID);
  remove_file ("data/applications/" CALLS_ID);
  remove_file ("data/applications/" ABSENT_ID);
  remove_file ("config/mimeapps.list");
  remove_file ("links");
  wait_until (handler_is ("tel", NULL) && handler_is ("callto", NULL) && handler_is ("sip", NULL));
}

void
set_handler (const char *scheme,
             const char *id)
{
  g_autofree char *name = g_strconcat ("data/applications/", id, NULL);
  g_autofree char *program = in_home ("catch");
  g_autofree char *entry =
    g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Telephone\nExec=%s %%u\n"
                     "MimeType=x-scheme-handler/%s;\nDBusActivatable=%s\n",
                     program, scheme, g_str_equal (id, ABSENT_ID) ? "true" : "false");
  g_autofree char *defaults = g_strdup_printf ("[Default Applications]\nx-scheme-handler/%s=%s\n",
                                               scheme, id);

  no_handler ();
  write_file (name, entry, 0600);
  write_file ("config/mimeapps.list", defaults, 0600);
  wait_until (handler_is (scheme, id));
}

void
forget_links (void)
{
  remove_file ("links");
}

char *
dup_links (void)
{
  g_autofree char *path = in_home ("links");
  char *links = NULL;

  g_file_get_contents (path, &links, NULL, NULL);
  return links;
}

void
wait_for_link (const char *expected)
{
  g_autofree char *line = g_strconcat (expected, "\n", NULL);
  g_autofree char *links = NULL;

  wait_until ((g_free (links), links = dup_links ()) != NULL && g_str_has_suffix (links, "\n"));
  g_assert_cmpstr (links, ==, line);
}

/* GIO reads these once, so they must stand before it is asked for anything. */
void
make_home (void)
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *script = NULL;

  home = g_dir_make_tmp ("phones-XXXXXX", NULL);
  data = in_home ("data");
  config = in_home ("config");
  nothing = in_home ("nothing");
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_DATA_DIRS", nothing, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", nothing, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");

  script = g_strdup_printf ("#!/bin/sh\nprintf '%%s\\n' \"$1\" >> '%s/links'\n", home);
  write_file ("catch", script, 0700);
  write_file ("data/applications/unrelated.desktop",
              "[Desktop Entry]\nType=Application\nName=Unrelated\nExec=true\n", 0600);
  write_file ("config/unrelated", "", 0600);
}

void
remove_home (void)
{
  const char *argv[] = { "rm", "-r", home, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_clear_pointer (&home, g_free);
}
