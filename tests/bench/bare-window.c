/* bare-window: a window of GTK and libadwaita with nothing in it but a title bar and a word. Prints
 * {"painted_at": …} as driven.c does, and closes when its standard input ends: what a window costs at least. */
#include <adwaita.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

static void
on_after_paint_cb (GdkFrameClock *clock,
                   gpointer       user_data)
{
  g_signal_handlers_disconnect_by_func (clock, on_after_paint_cb, user_data);
  printf ("{\"painted_at\": %.6f}\n", (double) g_get_monotonic_time () / G_USEC_PER_SEC);
}

static void
on_realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint_cb), NULL);
}

static gboolean
on_input_cb (GIOChannel  *input,
             GIOCondition condition,
             gpointer     window)
{
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

static void
on_activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Bare"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize_cb), NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input_cb, window);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  application = g_object_new (ADW_TYPE_APPLICATION,
                              "application-id", "org.dialhouse.Bare",
                              "flags", G_APPLICATION_NON_UNIQUE,
                              NULL);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
