#include "config.h"

#include <glib/gi18n.h>

#include "dial-status-line.h"
#include "dial-template.h"
#include "dial-words.h"

/* How often "a minute ago" is looked at again. */
#define REFRESH_SECONDS 20

struct _DialStatusLine
{
  GtkWidget        parent_instance;

  GtkSpinner      *spinner;
  GtkImage        *icon;
  GtkLabel        *label;
  GtkLabel        *unsent;

  DialIntegration *integration;
  GSignalGroup    *integration_signals;
  guint            refresh_source;
};

enum {
  PROP_0,
  PROP_INTEGRATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialStatusLine, dial_status_line, GTK_TYPE_WIDGET)

static char *
describe_sync (DialIntegration *integration)
{
  guint synced = dial_integration_get_synced (integration);

  if (synced == 0)
    return g_strdup (_("Asking Greenhouse for changes…"));

  return g_strdup_printf (ngettext ("Receiving candidates, %'u so far",
                                    "Receiving candidates, %'u so far", synced),
                          synced);
}

static char *
describe_rest (DialIntegration *integration)
{
  gint64 last_sync = dial_integration_get_last_sync (integration);
  g_autofree char *ago = NULL;

  if (!dial_integration_is_active (integration))
    return g_strdup (_("Switched off"));
  if (last_sync == DIAL_INSTANT_UNKNOWN)
    return g_strdup (_("Not yet synchronised"));

  ago = dial_words_ago (last_sync);
  /* Translators: %s is a time in words, such as “a minute ago” */
  return g_strdup_printf (_("Up to date, %s"), ago);
}

static void
show_state (DialStatusLine *self)
{
  const char *problem = NULL;
  gboolean syncing = FALSE;
  guint n_unsent = 0;
  g_autofree char *text = NULL;
  g_autofree char *unsent = NULL;

  if (self->integration != NULL) {
    problem = dial_integration_get_problem (self->integration);
    syncing = dial_integration_is_syncing (self->integration);
    n_unsent = dial_integration_get_n_unsent (self->integration);

    if (problem != NULL)
      text = g_strdup (problem);
    else if (syncing)
      text = describe_sync (self->integration);
    else
      text = describe_rest (self->integration);
  }

  unsent = g_strdup_printf (ngettext ("%u note waiting", "%u notes waiting", n_unsent), n_unsent);

  gtk_spinner_set_spinning (self->spinner, syncing && problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), syncing && problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), problem != NULL);
  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_label_set_label (self->unsent, unsent);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent), n_unsent > 0);
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  show_state (user_data);
  return G_SOURCE_CONTINUE;
}

static void
dial_status_line_dispose (GObject *object)
{
  DialStatusLine *self = DIAL_STATUS_LINE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->integration_signals);
  g_clear_object (&self->integration);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_STATUS_LINE);

  G_OBJECT_CLASS (dial_status_line_parent_class)->dispose (object);
}

static void
dial_status_line_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_INTEGRATION:
    g_value_set_object (value, DIAL_STATUS_LINE (object)->integration);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_status_line_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_INTEGRATION:
    dial_status_line_set_integration (DIAL_STATUS_LINE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_status_line_class_init (DialStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_status_line_dispose;
  object_class->get_property = dial_status_line_get_property;
  object_class->set_property = dial_status_line_set_property;

  properties[PROP_INTEGRATION] =
    g_param_spec_object ("integration", NULL, NULL, DIAL_TYPE_INTEGRATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-status-line.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-status");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, icon);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, label);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, unsent);
}

static void
dial_status_line_init (DialStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify", G_CALLBACK (show_state), self);

  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
}

/**
 * dial_status_line_set_integration:
 * @self: a status line
 * @integration: (nullable): of what to tell
 */
void
dial_status_line_set_integration (DialStatusLine  *self,
                                  DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_STATUS_LINE (self));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_group_set_target (self->integration_signals, integration);
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTEGRATION]);
}
