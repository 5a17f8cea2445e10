#include "config.h"

#include <glib/gi18n.h>

#include "dial-sync-row.h"
#include "dial-say-name.h"
#include "dial-sync-words.h"

/* How often "a minute ago" is looked at again. */
#define REFRESH_SECONDS 20

struct _DialSyncRow
{
  AdwActionRow     parent_instance;

  GtkButton       *button;

  DialIntegration *integration;
  guint            refresh_source;
};

G_DEFINE_FINAL_TYPE (DialSyncRow, dial_sync_row, ADW_TYPE_ACTION_ROW)

static char *
describe (DialSyncRow *self)
{
  DialSyncProgress progress = { 0 };

  dial_integration_get_sync_progress (self->integration, &progress);
  progress.paused = dial_integration_is_sync_paused (self->integration);
  if (progress.paused || dial_integration_is_syncing (self->integration))
    return dial_sync_words_progress (&progress);

  return dial_sync_words_rest (dial_integration_get_last_sync (self->integration));
}

static void
update (DialSyncRow *self)
{
  gboolean paused = dial_integration_is_sync_paused (self->integration);
  g_autofree char *subtitle = describe (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_button_set_label (self->button, paused ? _("Resume") : _("Pause"));
  dial_say_name (self->button, paused ? _("Resume the sync") : _("Pause the sync"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), dial_integration_is_active (self->integration));
}

static void
on_clicked_cb (DialSyncRow *self)
{
  dial_integration_set_sync_paused (self->integration, !dial_integration_is_sync_paused (self->integration));
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
dial_sync_row_dispose (GObject *object)
{
  DialSyncRow *self = DIAL_SYNC_ROW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_SYNC_ROW);

  G_OBJECT_CLASS (dial_sync_row_parent_class)->dispose (object);
}

static void
dial_sync_row_class_init (DialSyncRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_sync_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-sync-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSyncRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
dial_sync_row_init (DialSyncRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_sync_row_set_integration:
 * @self: a row
 * @integration: whose sync it is
 */
void
dial_sync_row_set_integration (DialSyncRow     *self,
                               DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_SYNC_ROW (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_connect_object (integration, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
  update (self);
}
