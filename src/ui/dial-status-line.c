#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-button.h"
#include "dial-say-name.h"
#include "dial-status-line.h"
#include "dial-sync-words.h"
#include "dial-template.h"
#include "dial-words.h"

/* How often "a minute ago" is looked at again. */
#define REFRESH_SECONDS 20

struct _DialStatusLine
{
  GtkWidget      parent_instance;

  GtkSpinner    *spinner;
  GtkImage      *icon;
  GtkLabel      *label;
  GtkProgressBar *bar;
  GtkButton     *pause;
  GtkActionable *settings;
  DialOutboxButton *outbox_button;

  DialCompanies *companies;
  GSignalGroup  *companies_signals;
  guint          refresh_source;
};

G_DEFINE_FINAL_TYPE (DialStatusLine, dial_status_line, GTK_TYPE_WIDGET)

static gboolean
is_one_syncing (GPtrArray *active)
{
  for (guint i = 0; i < active->len; i++)
    if (dial_integration_is_syncing (g_ptr_array_index (active, i)))
      return TRUE;

  return FALSE;
}

static gboolean
is_one_paused (GPtrArray *active)
{
  for (guint i = 0; i < active->len; i++)
    if (dial_integration_is_sync_paused (g_ptr_array_index (active, i)))
      return TRUE;

  return FALSE;
}

/* How far all of them are that are under way; with several the time left is that of the slowest, and unknown if one
 * does not know. */
static void
sum_up_progress (GPtrArray        *active,
                 DialSyncProgress *sum)
{
  gboolean all_expected = TRUE;
  guint count = 0;

  *sum = (DialSyncProgress) { 0 };
  for (guint i = 0; i < active->len; i++) {
    DialIntegration *integration = g_ptr_array_index (active, i);
    DialSyncProgress progress = { 0 };

    if (!dial_integration_is_syncing (integration) && !dial_integration_is_sync_paused (integration))
      continue;

    dial_integration_get_sync_progress (integration, &progress);
    sum->kind = count == 0 ? progress.kind : MIN (sum->kind, progress.kind);
    sum->received += progress.received;
    sum->expected += progress.expected;
    sum->rate += progress.rate;
    sum->seconds_left = count > 0 && (sum->seconds_left < 0 || progress.seconds_left < 0)
                        ? -1 : MAX (sum->seconds_left, progress.seconds_left);
    sum->paused |= progress.paused;
    all_expected &= progress.expected > 0;
    count++;
  }

  if (!all_expected) {
    sum->expected = 0;
    sum->seconds_left = -1;
  }
}

/* All are as up to date as the one that waits longest. */
static char *
describe_rest (GPtrArray *active)
{
  gint64 last_sync = G_MAXINT64;

  if (active->len == 0)
    return g_strdup (_("Switched off"));

  for (guint i = 0; i < active->len; i++)
    last_sync = MIN (last_sync, dial_integration_get_last_sync (g_ptr_array_index (active, i)));

  return dial_sync_words_rest (last_sync);
}

/* Those who have this very problem, by name. */
static char *
name_those_with (GPtrArray  *active,
                 const char *problem)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < active->len; i++) {
    DialIntegration *integration = g_ptr_array_index (active, i);
    g_autofree char *name = NULL;

    if (g_strcmp0 (dial_integration_get_problem (integration), problem) != 0)
      continue;
    name = dial_words_isolate (dial_integration_get_name (integration));
    g_strv_builder_add (builder, name);
  }

  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

/* Each problem once, with whose it is where there are several: a network that is away is everybody's. */
static char *
describe_problems (DialStatusLine *self,
                   GPtrArray      *active)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < active->len; i++) {
    const char *problem = dial_integration_get_problem (g_ptr_array_index (active, i));

    if (problem == NULL || !g_hash_table_add (told, (char *) problem))
      continue;
    if (lines->len > 0)
      g_string_append_c (lines, '\n');
    if (dial_companies_are_several (self->companies)) {
      g_autofree char *names = name_those_with (active, problem);

      /* Translators: a company, or several, and what is wrong there, a sentence */
      g_string_append_printf (lines, _("%s: %s"), names, problem);
    } else {
      g_string_append (lines, problem);
    }
  }

  return g_string_free (lines, lines->len == 0);
}

/* What cannot pass by itself is mended in the settings. */
static void
offer_settings (DialStatusLine *self,
                GPtrArray      *active)
{
  DialIntegration *broken = NULL;

  for (guint i = 0; i < active->len && broken == NULL; i++)
    if (dial_integration_get_problem (g_ptr_array_index (active, i)) != NULL &&
        dial_integration_get_health (g_ptr_array_index (active, i)) == DIAL_HEALTH_BROKEN)
      broken = g_ptr_array_index (active, i);

  if (broken != NULL)
    gtk_actionable_set_action_target (self->settings, "s", dial_integration_get_id (broken));
  gtk_widget_set_visible (GTK_WIDGET (self->settings), broken != NULL);
}

/* A sync that takes a while can be paused; one of changes is over before one could. */
static void
offer_pause (DialStatusLine         *self,
             const DialSyncProgress *progress)
{
  const char *words = progress->paused ? _("Resume the sync") : _("Pause the sync");

  gtk_button_set_icon_name (self->pause, progress->paused ? "media-playback-start-symbolic"
                                                          : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), words);
  dial_say_name (self->pause, words);
  gtk_widget_set_visible (GTK_WIDGET (self->pause),
                          progress->paused || progress->kind == DIAL_SYNC_KIND_FIRST);
}

static void
show_bar (DialStatusLine         *self,
          const DialSyncProgress *progress)
{
  gboolean shown = progress->kind == DIAL_SYNC_KIND_FIRST && progress->expected > 0;

  if (shown)
    gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) progress->received / progress->expected));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), shown);
}

static void
show_state (DialStatusLine *self)
{
  g_autoptr (GPtrArray) active = NULL;
  g_autofree char *text = NULL;
  DialSyncProgress progress;
  gboolean syncing, paused, troubled;

  if (self->companies == NULL)
    return;

  active = dial_companies_list_active (self->companies);
  sum_up_progress (active, &progress);
  text = describe_problems (self, active);
  troubled = text != NULL;
  syncing = !troubled && is_one_syncing (active);
  paused = !troubled && is_one_paused (active);
  if (!troubled)
    text = syncing || paused ? dial_sync_words_progress (&progress) : describe_rest (active);
  if (!syncing && !paused)
    progress = (DialSyncProgress) { 0 };

  gtk_spinner_set_spinning (self->spinner, syncing && !paused);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), syncing && !paused);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), troubled);
  gtk_label_set_label (self->label, text);
  offer_pause (self, &progress);
  show_bar (self, &progress);
  offer_settings (self, active);
}

/* Goes on with all where one is paused; else pauses all. */
static void
on_pause_clicked_cb (DialStatusLine *self)
{
  g_autoptr (GPtrArray) active = dial_companies_list_active (self->companies);
  gboolean paused = is_one_paused (active);

  for (guint i = 0; i < active->len; i++)
    dial_integration_set_sync_paused (g_ptr_array_index (active, i), !paused);
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
  g_clear_object (&self->companies_signals);
  g_clear_object (&self->companies);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_STATUS_LINE);

  G_OBJECT_CLASS (dial_status_line_parent_class)->dispose (object);
}

static void
dial_status_line_class_init (DialStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_status_line_dispose;

  g_type_ensure (DIAL_TYPE_OUTBOX_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-status-line.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-status");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, icon);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, label);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, bar);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, pause);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, settings);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, outbox_button);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_clicked_cb);
}

static void
dial_status_line_init (DialStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->companies_signals = g_signal_group_new (DIAL_TYPE_COMPANIES);
  g_signal_group_connect_swapped (self->companies_signals, "changed", G_CALLBACK (show_state), self);

  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
}

/**
 * dial_status_line_set_companies:
 * @self: a status line
 * @companies: of which to tell
 */
void
dial_status_line_set_companies (DialStatusLine *self,
                                DialCompanies  *companies)
{
  g_return_if_fail (DIAL_IS_STATUS_LINE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->companies, companies))
    return;

  g_signal_group_set_target (self->companies_signals, companies);
  show_state (self);
}

/**
 * dial_status_line_set_outbox:
 * @self: a status line
 * @outbox: what is not yet in Greenhouse
 */
void
dial_status_line_set_outbox (DialStatusLine *self,
                             DialOutbox     *outbox)
{
  g_return_if_fail (DIAL_IS_STATUS_LINE (self));

  dial_outbox_button_set_outbox (self->outbox_button, outbox);
}
