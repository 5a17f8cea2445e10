/* show-window PROFILE remove|renew ID: one of the windows about an integration alone, on a desk that does nothing
 * by itself. What the window says to its owner comes out on standard output. */
#include <adwaita.h>
#include <glib-unix.h>
#include <string.h>

#include "dial-connect-window.h"
#include "dial-integration-remove-window.h"

typedef struct {
  AdwApplication *application;
  DialDesk       *desk;
  GtkWindow      *window;
  const char     *kind;
  const char     *id;
} Show;

static void
on_closed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Show *show = user_data;

  dial_desk_close_finish (DIAL_DESK (source), result, NULL);
  g_application_release (G_APPLICATION (show->application));
}

static void
on_destroyed_cb (Show *show)
{
  show->window = NULL;
  dial_desk_close_async (show->desk, NULL, on_closed_cb, show);
}

static gboolean
on_terminated_cb (gpointer user_data)
{
  Show *show = user_data;

  if (show->window != NULL)
    gtk_window_close (show->window);
  return G_SOURCE_REMOVE;
}

static void
on_removed_cb (Show *show)
{
  g_print ("removed\n");
}

static void
on_connected_cb (Show            *show,
                 DialIntegration *integration)
{
  g_print ("connected %s\n", dial_integration_get_id (integration));
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Show *show = user_data;
  g_autoptr (GError) error = NULL;
  DialIntegration *integration;

  dial_desk_open_finish (DIAL_DESK (source), result, &error);
  g_assert_no_error (error);
  integration = dial_desk_find_integration (show->desk, show->id);
  g_assert_nonnull (integration);

  if (strcmp (show->kind, "remove") == 0) {
    show->window = dial_integration_remove_window_new (NULL, show->desk, integration);
    g_signal_connect_swapped (show->window, "removed", G_CALLBACK (on_removed_cb), show);
  } else {
    show->window = dial_connect_window_new_renew (NULL, show->desk, integration);
    g_signal_connect_swapped (show->window, "connected", G_CALLBACK (on_connected_cb), show);
  }
  g_signal_connect_swapped (show->window, "destroy", G_CALLBACK (on_destroyed_cb), show);
  gtk_window_present (show->window);
}

static void
on_activate_cb (Show *show)
{
  g_application_hold (G_APPLICATION (show->application));
  dial_desk_open_async (show->desk, NULL, on_opened_cb, show);
}

int
main (int    argc,
      char **argv)
{
  Show show = { .kind = argv[2], .id = argv[3] };
  int status;

  g_assert_cmpint (argc, ==, 4);
  setvbuf (stdout, NULL, _IOLBF, 0);
  show.desk = dial_desk_new (argv[1], DIAL_DESK_BY_HAND);
  show.application = g_object_new (ADW_TYPE_APPLICATION,
                                   "application-id", "org.dialhouse.Dialhouse",
                                   "flags", G_APPLICATION_NON_UNIQUE,
                                   NULL);
  g_signal_connect_swapped (show.application, "activate", G_CALLBACK (on_activate_cb), &show);
  g_unix_signal_add (SIGTERM, on_terminated_cb, &show);

  status = g_application_run (G_APPLICATION (show.application), 1, argv);
  g_object_unref (show.application);
  g_object_unref (show.desk);
  return status;
}
