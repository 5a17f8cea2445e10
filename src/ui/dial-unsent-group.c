#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-words.h"
#include "dial-template.h"
#include "dial-unsent-group.h"
#include "dial-words.h"

/* Who has more of them does not read them one by one. */
#define MAX_ROWS 50

struct _DialUnsentGroup
{
  GtkWidget            parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget           *send;
  GtkSpinner          *spinner;
  GtkLabel            *status;
  GtkLabel            *problem;

  DialIntegration     *integration;
  GSignalGroup        *signals;
  DialOutbox          *outbox;
  GPtrArray           *rows;
  guint                n_shown;
  guint                show_source;
  guint                sending : 1;
};

G_DEFINE_FINAL_TYPE (DialUnsentGroup, dial_unsent_group, GTK_TYPE_WIDGET)

static GtkWidget *
create_row (DialOutboxEntry *entry)
{
  DialOutboxItem *item = dial_outbox_entry_get_item (entry);
  g_autofree char *name = dial_outbox_entry_dup_name (entry);
  g_autofree char *words = dial_outbox_words_beginning (entry);
  g_autofree char *when = dial_words_when (item->created_at);
  g_autofree char *details = dial_words_join (3, when, dial_words_note_state (item), item->error);
  g_autofree char *subtitle = g_strjoin ("\n", words, details, NULL);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  return row;
}

static GtkWidget *
create_rest_row (guint n_more)
{
  g_autofree char *title = g_strdup_printf (ngettext ("And %'u more", "And %'u more", n_more), n_more);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
add_row (DialUnsentGroup *self,
         GtkWidget       *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_state (DialUnsentGroup *self)
{
  gboolean active = self->integration != NULL && dial_integration_is_active (self->integration);
  gboolean any = self->n_shown > 0;
  const char *status = "";

  if (self->sending)
    status = _("Sending…");
  else if (!any)
    status = _("All notes are in Greenhouse.");

  adw_preferences_group_set_description (self->group,
                                         !any ? NULL
                                         : active ? _("If you delete the integration now, these notes are lost.")
                                         : _("If you delete the integration now, these notes are lost. To send "
                                             "them, switch it on first."));
  gtk_spinner_set_spinning (self->spinner, self->sending);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->sending);
  gtk_widget_set_visible (self->send, any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unsent.send", any && active && !self->sending);
  gtk_label_set_label (self->status, status);
  gtk_widget_set_visible (GTK_WIDGET (self->status), status[0] != '\0');

  /* The last note that arrives does not take the good news with it. */
  if (any)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
show_notes (DialUnsentGroup *self)
{
  GListModel *notes = G_LIST_MODEL (self->outbox);
  guint n = g_list_model_get_n_items (notes);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < MIN (n, MAX_ROWS); i++) {
    g_autoptr (DialOutboxEntry) entry = g_list_model_get_item (notes, i);

    add_row (self, create_row (entry));
  }
  if (n > MAX_ROWS)
    add_row (self, create_rest_row (n - MAX_ROWS));

  self->n_shown = n;
  show_state (self);
}

static gboolean
show_notes_cb (gpointer user_data)
{
  DialUnsentGroup *self = user_data;

  self->show_source = 0;
  show_notes (self);
  return G_SOURCE_REMOVE;
}

/* Once for all that changes at a time. */
static void
show_notes_soon (DialUnsentGroup *self)
{
  if (self->show_source == 0)
    self->show_source = g_idle_add (show_notes_cb, self);
}

static void
on_items_changed_cb (DialUnsentGroup *self,
                     guint            position,
                     guint            removed,
                     guint            added,
                     GListModel      *notes)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (DialOutboxEntry) entry = g_list_model_get_item (notes, i);

    g_signal_handlers_disconnect_by_func (entry, show_notes_soon, self);
    g_signal_connect_object (entry, "notify", G_CALLBACK (show_notes_soon), self, G_CONNECT_SWAPPED);
  }
  show_notes_soon (self);
}

static void
say_problem (DialUnsentGroup *self,
             const char      *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* What cannot be read would be lost all the same. */
static void
on_problem_changed_cb (DialUnsentGroup *self)
{
  say_problem (self, dial_outbox_get_problem (self->outbox));
}

static void
on_flushed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialUnsentGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean tried = dial_integration_flush_finish (DIAL_INTEGRATION (source), result, &error);

  self->sending = FALSE;
  if (self->integration == NULL)
    return;

  say_problem (self, tried ? NULL : error->message);
  show_state (self);
}

static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialUnsentGroup *self = DIAL_UNSENT_GROUP (widget);

  self->sending = TRUE;
  say_problem (self, NULL);
  show_state (self);

  /* What is on its way is not stopped by a window that closes. */
  dial_integration_flush_async (self->integration, NULL, on_flushed_cb, g_object_ref (self));
}

static void
dial_unsent_group_dispose (GObject *object)
{
  DialUnsentGroup *self = DIAL_UNSENT_GROUP (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->outbox);
  g_clear_object (&self->integration);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  dial_template_dispose (GTK_WIDGET (self), DIAL_TYPE_UNSENT_GROUP);

  G_OBJECT_CLASS (dial_unsent_group_parent_class)->dispose (object);
}

static void
dial_unsent_group_class_init (DialUnsentGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_unsent_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-unsent-group.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, DialUnsentGroup, group);
  gtk_widget_class_bind_template_child (widget_class, DialUnsentGroup, send);
  gtk_widget_class_bind_template_child (widget_class, DialUnsentGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialUnsentGroup, status);
  gtk_widget_class_bind_template_child (widget_class, DialUnsentGroup, problem);
  gtk_widget_class_install_action (widget_class, "unsent.send", NULL, send_action);
}

static void
dial_unsent_group_init (DialUnsentGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->signals, "notify::active", G_CALLBACK (show_state), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * dial_unsent_group_set_integration:
 * @self: a group that has none yet
 * @integration: whose notes to show
 *
 * Shows the notes that are not in Greenhouse yet, and follows them on their way.
 */
void
dial_unsent_group_set_integration (DialUnsentGroup *self,
                                   DialIntegration *integration)
{
  g_autoptr (GListStore) integrations = g_list_store_new (DIAL_TYPE_INTEGRATION);

  g_return_if_fail (DIAL_IS_UNSENT_GROUP (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (self->integration == NULL);

  self->integration = g_object_ref (integration);
  g_signal_group_set_target (self->signals, integration);
  g_list_store_append (integrations, integration);
  self->outbox = dial_outbox_new (G_LIST_MODEL (integrations));
  g_signal_connect_object (self->outbox, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "notify::problem", G_CALLBACK (on_problem_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
