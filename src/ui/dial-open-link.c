#include "config.h"

#include <glib/gi18n.h>

#include "dial-open-link.h"

typedef struct {
  GtkWidget    *widget;
  gboolean      is_mail;
  DialLinkFunc  then;
} Opening;

static const char *
get_problem (Opening *opening)
{
  if (opening->is_mail)
    return _("No program opens e-mail links. Choose one in Settings, under Default Applications.");
  return _("No program opens web pages. Choose a browser in Settings, under Default Applications.");
}

/* Whether somebody can still see what is said there. */
static gboolean
is_seen (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_widget_get_mapped (GTK_WIDGET (root));
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Opening *opening = user_data;
  g_autoptr (GtkWidget) widget = opening->widget;
  gboolean opened = g_app_info_launch_default_for_uri_finish (result, NULL);

  if (is_seen (widget))
    opening->then (widget, opened ? NULL : get_problem (opening));
}

static void
say (GtkWidget  *widget,
     const char *problem)
{
  if (problem != NULL)
    gtk_widget_activate_action (widget, "win.say", "s", problem);
}

/**
 * dial_open_link:
 * @widget: where it was clicked, within the program's window
 * @uri: a page in the web, or `mailto:` and an address
 *
 * Opens a link in the program for it; where there is none, the window says what to do.
 */
void
dial_open_link (GtkWidget  *widget,
                const char *uri)
{
  dial_open_link_then (widget, uri, say);
}

/**
 * dial_open_link_then:
 * @widget: where it was clicked
 * @uri: a page in the web, or `mailto:` and an address
 * @then: (scope async): told what came of it, unless the widget's window is gone by then
 *
 * Opens a link in the program for it.
 */
void
dial_open_link_then (GtkWidget    *widget,
                     const char   *uri,
                     DialLinkFunc  then)
{
  Opening *opening;
  g_autoptr (GAppLaunchContext) context = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (uri != NULL);

  opening = g_new0 (Opening, 1);
  opening->widget = g_object_ref (widget);
  opening->is_mail = g_str_has_prefix (uri, "mailto:");
  opening->then = then;
  context = G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (gtk_widget_get_display (widget)));
  g_app_info_launch_default_for_uri_async (uri, context, NULL, on_opened_cb, opening);
}
