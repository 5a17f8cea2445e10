#include "config.h"

#include <glib/gi18n.h>

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
  GSignalGroup        *store_signals;
  GCancellable        *cancellable;
  GPtrArray           *rows;
  GPtrArray           *items;          /* while their candidates are loaded */
  guint                sending : 1;
  guint                loading : 1;
  guint                stale : 1;      /* they changed while they were loaded */
  guint                n_shown;
};

G_DEFINE_FINAL_TYPE (DialUnsentGroup, dial_unsent_group, GTK_TYPE_WIDGET)

static void load (DialUnsentGroup *self);

static const char *
words_of_state (DialOutboxState state)
{
  switch (state) {
  case DIAL_OUTBOX_STATE_WAITING:
    return _("waiting");
  case DIAL_OUTBOX_STATE_SENDING:
    return _("sending");
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return _("needs a look");
  case DIAL_OUTBOX_STATE_REFUSED:
    return _("refused");
  case DIAL_OUTBOX_STATE_SENT:
  default:
    return _("in Greenhouse");
  }
}

/* What was typed, if anything was: a call's note has its facts before that, the reference after. */
static char *
dup_first_words (DialOutboxItem *item)
{
  g_auto (GStrv) parts = g_strsplit (item->body, "\n\n", -1);
  guint n_parts = g_strv_length (parts);
  const char *part = n_parts == 0 ? "" : item->call_uid != NULL && n_parts > 2 ? parts[1] : parts[0];
  const char *end = strchr (part, '\n');

  return g_strstrip (end != NULL ? g_strndup (part, end - part) : g_strdup (part));
}

static char *
dup_name (GPtrArray *candidates,
          gint64     id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  for (guint i = 0; candidates != NULL && i < candidates->len; i++) {
    DialCandidate *candidate = g_ptr_array_index (candidates, i);

    if (candidate->id == id)
      return dial_candidate_dup_name (candidate);
  }

  /* Translators: %s is Greenhouse's number of a candidate whose name is not known any more */
  return g_strdup_printf (_("Candidate %s"), number);
}

static GtkWidget *
create_row (DialOutboxItem *item,
            GPtrArray      *candidates)
{
  g_autofree char *name = dup_name (candidates, item->candidate_id);
  g_autofree char *words = dup_first_words (item);
  g_autofree char *when = dial_words_when (item->created_at);
  g_autofree char *details = dial_words_join (3, when, words_of_state (item->state), item->error);
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
show_items (DialUnsentGroup *self,
            GPtrArray       *candidates)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < MIN (self->items->len, MAX_ROWS); i++)
    add_row (self, create_row (g_ptr_array_index (self->items, i), candidates));
  if (self->items->len > MAX_ROWS)
    add_row (self, create_rest_row (self->items->len - MAX_ROWS));

  self->n_shown = self->items->len;
  show_state (self);
}

static void
end_loading (DialUnsentGroup *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->loading = FALSE;
  if (self->stale)
    load (self);
}

static void
on_candidates_loaded_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (DialUnsentGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = dial_store_load_candidates_finish (DIAL_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* A note without a name is still a note that would be lost. */
  show_items (self, candidates);
  end_loading (self);
}

static void
on_places_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DialUnsentGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = dial_store_find_places_finish (DIAL_STORE (source), result, &error);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; found != NULL && i < found->len; i++)
    g_array_append_val (places, g_array_index (found, DialMatch, i).place);
  dial_store_load_candidates_async (DIAL_STORE (source), places, self->cancellable, on_candidates_loaded_cb,
                                    g_object_ref (self));
}

static void
keep_unsent (DialUnsentGroup *self,
             GPtrArray       *items)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (items, i);

    if (item->state != DIAL_OUTBOX_STATE_SENT)
      g_ptr_array_add (self->items, g_object_ref (item));
  }
}

static void
on_outbox_listed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (DialUnsentGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = dial_store_list_outbox_finish (DIAL_STORE (source), result, &error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (items == NULL) {
    gtk_label_set_label (self->problem, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
    end_loading (self);
    return;
  }

  keep_unsent (self, items);
  for (guint i = 0; i < MIN (self->items->len, MAX_ROWS); i++) {
    DialOutboxItem *item = g_ptr_array_index (self->items, i);

    g_array_append_val (ids, item->candidate_id);
  }
  dial_store_find_places_async (DIAL_STORE (source), ids, self->cancellable, on_places_found_cb,
                                g_object_ref (self));
}

static void
load (DialUnsentGroup *self)
{
  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  dial_store_list_outbox_async (dial_integration_get_store (self->integration), 0, self->cancellable,
                                on_outbox_listed_cb, g_object_ref (self));
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

  gtk_label_set_label (self->problem, tried ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !tried);
  show_state (self);
  load (self);
}

static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialUnsentGroup *self = DIAL_UNSENT_GROUP (widget);

  self->sending = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  show_state (self);

  /* What is on its way is not stopped by a window that closes. */
  dial_integration_flush_async (self->integration, NULL, on_flushed_cb, g_object_ref (self));
}

static void
dial_unsent_group_dispose (GObject *object)
{
  DialUnsentGroup *self = DIAL_UNSENT_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->store_signals);
  g_clear_object (&self->integration);
  g_clear_pointer (&self->items, g_ptr_array_unref);
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
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->signals, "notify::active", G_CALLBACK (show_state), self);
  self->store_signals = g_signal_group_new (DIAL_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "outbox-changed", G_CALLBACK (load), self);
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
  g_return_if_fail (DIAL_IS_UNSENT_GROUP (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (self->integration == NULL);

  self->integration = g_object_ref (integration);
  g_signal_group_set_target (self->signals, integration);
  g_signal_group_set_target (self->store_signals, dial_integration_get_store (integration));
  load (self);
}
