#include "config.h"

#include <glib/gi18n.h>

#include "dial-status-line.h"
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
  GtkActionable *settings;
  GtkLabel      *unsent;

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

static char *
describe_sync (GPtrArray *active)
{
  guint synced = 0;

  for (guint i = 0; i < active->len; i++)
    if (dial_integration_is_syncing (g_ptr_array_index (active, i)))
      synced += dial_integration_get_synced (g_ptr_array_index (active, i));

  if (synced == 0)
    return g_strdup (_("Asking Greenhouse for changes…"));

  return g_strdup_printf (ngettext ("Receiving candidates, %'u so far",
                                    "Receiving candidates, %'u so far", synced),
                          synced);
}

/* All are as up to date as the one that waits longest. */
static char *
describe_rest (GPtrArray *active)
{
  gint64 last_sync = G_MAXINT64;
  g_autofree char *ago = NULL;

  if (active->len == 0)
    return g_strdup (_("Switched off"));

  for (guint i = 0; i < active->len; i++) {
    gint64 instant = dial_integration_get_last_sync (g_ptr_array_index (active, i));

    if (instant == DIAL_INSTANT_UNKNOWN)
      return g_strdup (_("Not yet synchronised"));
    last_sync = MIN (last_sync, instant);
  }

  ago = dial_words_ago (last_sync);
  /* Translators: %s is a time in words, such as “a minute ago” */
  return g_strdup_printf (_("Up to date, %s"), ago);
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

static void
say_unsent (DialStatusLine *self)
{
  g_autoptr (GPtrArray) companies = dial_companies_list (self->companies);
  g_autofree char *unsent = NULL;
  guint n_unsent = 0;

  for (guint i = 0; i < companies->len; i++)
    n_unsent += dial_integration_get_n_unsent (g_ptr_array_index (companies, i));

  unsent = g_strdup_printf (ngettext ("%u note waiting", "%u notes waiting", n_unsent), n_unsent);
  gtk_label_set_label (self->unsent, unsent);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent), n_unsent > 0);
}

static void
show_state (DialStatusLine *self)
{
  g_autoptr (GPtrArray) active = NULL;
  g_autofree char *text = NULL;
  gboolean syncing, troubled;

  if (self->companies == NULL)
    return;

  active = dial_companies_list_active (self->companies);
  text = describe_problems (self, active);
  troubled = text != NULL;
  syncing = !troubled && is_one_syncing (active);
  if (!troubled)
    text = syncing ? describe_sync (active) : describe_rest (active);

  gtk_spinner_set_spinning (self->spinner, syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), troubled);
  gtk_label_set_label (self->label, text);
  offer_settings (self, active);
  say_unsent (self);
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

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-status-line.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-status");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, icon);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, label);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, settings);
  gtk_widget_class_bind_template_child (widget_class, DialStatusLine, unsent);
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
