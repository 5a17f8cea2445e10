#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

/* Somebody may switch an integration off while this process works for it: in the window, or by another
 * dialhousectl. What one process writes no other is told of, so this one looks. */

#define LOOK_MILLISECONDS 500

struct _DialCtlWatch {
  DialCtl         *ctl;
  DialIntegration *integration;
  GCancellable    *cancellable; /* for the work */
  GCancellable    *looking;     /* for the looks */
  gulong           handler;
  guint            timer;
  gboolean         switched_off;
};

static gboolean on_look (gpointer user_data);

static void
watch_clear (gpointer data)
{
  DialCtlWatch *watch = data;

  g_clear_object (&watch->integration);
  g_clear_object (&watch->cancellable);
  g_clear_object (&watch->looking);
}

static void
on_settings_loaded (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  DialCtlWatch *watch = user_data;
  g_autoptr (GHashTable) settings =
    dial_store_load_settings_finish (DIAL_STORE (source), result, NULL);
  const char *status = settings != NULL ? g_hash_table_lookup (settings, "status") : NULL;

  if (!g_cancellable_is_cancelled (watch->looking)) {
    if (status != NULL && strcmp (status, "active") != 0) {
      watch->switched_off = TRUE;
      g_cancellable_cancel (watch->cancellable);
    } else {
      watch->timer = g_timeout_add (LOOK_MILLISECONDS, on_look, watch);
    }
  }

  g_rc_box_release_full (watch, watch_clear);
}

static gboolean
on_look (gpointer user_data)
{
  DialCtlWatch *watch = user_data;

  watch->timer = 0;
  dial_store_load_settings_async (dial_integration_get_store (watch->integration), watch->looking,
                                  on_settings_loaded, g_rc_box_acquire (watch));
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              GCancellable *other)
{
  g_cancellable_cancel (other);
}

/**
 * dial_ctl_watch_new:
 * @ctl: what the command works with
 * @integration: an active integration
 *
 * Returns: (transfer full): a watch, to be ended with [func@dial_ctl_watch_end]
 */
DialCtlWatch *
dial_ctl_watch_new (DialCtl         *ctl,
                    DialIntegration *integration)
{
  DialCtlWatch *watch = g_rc_box_new0 (DialCtlWatch);

  watch->ctl = ctl;
  watch->integration = g_object_ref (integration);
  watch->cancellable = g_cancellable_new ();
  watch->looking = g_cancellable_new ();
  watch->handler = g_cancellable_connect (ctl->cancellable, G_CALLBACK (on_cancelled),
                                          watch->cancellable, NULL);
  watch->timer = g_timeout_add (LOOK_MILLISECONDS, on_look, watch);
  return watch;
}

/**
 * dial_ctl_watch_get_cancellable:
 * @watch: a watch
 *
 * Returns: (transfer none): what stops the work, be it by a signal or because somebody switched the
 *   integration off
 */
GCancellable *
dial_ctl_watch_get_cancellable (DialCtlWatch *watch)
{
  return watch->cancellable;
}

/**
 * dial_ctl_watch_end:
 * @watch: (transfer full): a watch whose work has ended
 * @error: (inout) (optional): the work's own error, in whose place comes that it was switched off
 *
 * Stops looking.
 */
void
dial_ctl_watch_end (DialCtlWatch  *watch,
                    GError       **error)
{
  g_cancellable_disconnect (watch->ctl->cancellable, watch->handler);
  g_clear_handle_id (&watch->timer, g_source_remove);
  g_cancellable_cancel (watch->looking);

  if (watch->switched_off && error != NULL && *error != NULL) {
    g_clear_error (error);
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("The integration “%s” was switched off meanwhile; “dialhousectl integration "
                   "activate %s” lets it go on where it stopped."),
                 dial_integration_get_name (watch->integration),
                 dial_integration_get_id (watch->integration));
  }
  g_rc_box_release_full (watch, watch_clear);
}
