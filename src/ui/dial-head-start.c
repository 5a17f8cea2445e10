#include "config.h"

#include <adwaita.h>

#include "dial-head-start.h"

/* Saves the start what would be done for nothing, or while the window waits for it. */

static gboolean passes_theme;

/**
 * dial_head_start_prepare:
 *
 * To be called before there are threads. GTK would read its own style sheet first, which libadwaita puts
 * aside unused: it gets libadwaita's empty one at once, unless somebody wants another theme.
 */
void
dial_head_start_prepare (void)
{
  if (g_getenv ("GTK_THEME") != NULL)
    return;

  passes_theme = g_setenv ("GTK_THEME", "Adwaita-empty", FALSE);
}

/**
 * dial_head_start_begin:
 *
 * To be called in place of gtk_init() and adw_init(). GTK looks for icons in a thread, and whoever adds to
 * their paths meanwhile waits for it: libadwaita's styles are read before anybody does.
 */
void
dial_head_start_begin (void)
{
  gtk_init ();
  gtk_settings_get_default ();
  /* Else libadwaita would take it for somebody's wish, and bring no styles. */
  if (passes_theme)
    g_unsetenv ("GTK_THEME");
  passes_theme = FALSE;
  adw_init ();
}

static void
list_icons (GTask        *task,
            gpointer      theme,
            gpointer      task_data,
            GCancellable *cancellable)
{
  gtk_icon_theme_has_icon (theme, "open-menu-symbolic");
  g_task_return_boolean (task, TRUE);
}

/**
 * dial_head_start_icons:
 *
 * To be called when all paths of icons are known: lists what lies there in a thread, while the window is made.
 */
void
dial_head_start_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autoptr (GTask) task = g_task_new (theme, NULL, NULL, NULL);

  g_task_set_source_tag (task, dial_head_start_icons);
  g_task_run_in_thread (task, list_icons);
}
