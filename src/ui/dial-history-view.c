#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-desk-texts.h"
#include "dial-history-row.h"
#include "dial-history-view.h"
#include "dial-template.h"
#include "dial-wrap-layout.h"

#define FIRST_ROWS 30
#define MORE_ROWS  100

struct _DialHistoryView
{
  GtkWidget          parent_instance;

  GtkListBox        *list_box;
  GtkLabel          *empty_label;
  GtkLabel          *problem_label;
  GtkButton         *older_button;

  DialDesk          *desk;
  DialIntegration   *integration;
  DialHistory       *history;
  GSignalGroup      *history_signals;
  GListStore        *entries;
  GtkSliceListModel *slice;
  GCancellable      *cancellable;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialHistoryView, dial_history_view, GTK_TYPE_WIDGET)

static gboolean
same_strings (const char *a,
              const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* Whether two entries would make the same row. */
static gboolean
look_the_same (DialHistoryEntry *a,
               DialHistoryEntry *b)
{
  DialCallRecord *call_a = dial_history_entry_get_call (a);
  DialCallRecord *call_b = dial_history_entry_get_call (b);
  DialTextMessage *message_a = dial_history_entry_get_message (a);
  DialTextMessage *message_b = dial_history_entry_get_message (b);
  DialOutboxItem *item_a = dial_history_entry_get_item (a);
  DialOutboxItem *item_b = dial_history_entry_get_item (b);

  if (dial_history_entry_get_when (a) != dial_history_entry_get_when (b) ||
      !same_strings (dial_history_entry_get_text (a), dial_history_entry_get_text (b)) ||
      !same_strings (dial_history_entry_get_author (a), dial_history_entry_get_author (b)))
    return FALSE;

  if ((call_a == NULL) != (call_b == NULL) || (item_a == NULL) != (item_b == NULL) ||
      (dial_history_entry_get_note (a) == NULL) != (dial_history_entry_get_note (b) == NULL))
    return FALSE;

  if (call_a != NULL && (call_a->state != call_b->state || call_a->outcome != call_b->outcome ||
                         call_a->duration != call_b->duration))
    return FALSE;

  if ((message_a == NULL) != (message_b == NULL) ||
      (message_a != NULL && (message_a->id != message_b->id || message_a->revision != message_b->revision)))
    return FALSE;

  if (dial_history_entry_get_note_id (a) != dial_history_entry_get_note_id (b) ||
      dial_history_entry_count_notes (a) != dial_history_entry_count_notes (b))
    return FALSE;

  return item_a == NULL || (item_a->id == item_b->id && item_a->state == item_b->state &&
                            item_a->proof == item_b->proof &&
                            same_strings (item_a->error, item_b->error));
}

static gboolean
same_at (DialHistoryView *self,
         guint            shown,
         guint            now)
{
  g_autoptr (DialHistoryEntry) a = g_list_model_get_item (G_LIST_MODEL (self->entries), shown);
  g_autoptr (DialHistoryEntry) b = g_list_model_get_item (G_LIST_MODEL (self->history), now);

  return look_the_same (a, b);
}

/* The history comes anew as a whole. Rows that stay as they were are left alone: one may be open,
 * being read, or have the focus. */
static void
take_entries (DialHistoryView *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  guint n_now = self->history != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->history)) : 0;
  guint head = 0, tail = 0;
  g_autoptr (GPtrArray) middle = g_ptr_array_new_with_free_func (g_object_unref);

  while (head < MIN (n_shown, n_now) && same_at (self, head, head))
    head++;
  while (tail < MIN (n_shown, n_now) - head && same_at (self, n_shown - 1 - tail, n_now - 1 - tail))
    tail++;
  for (guint i = head; i < n_now - tail; i++)
    g_ptr_array_add (middle, g_list_model_get_item (G_LIST_MODEL (self->history), i));

  if (n_shown - head - tail > 0 || middle->len > 0)
    g_list_store_splice (self->entries, head, n_shown - head - tail, middle->pdata, middle->len);
}

static void
update (DialHistoryView *self)
{
  guint n_items = self->history != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->history)) : 0;
  const char *problem = self->history != NULL ? dial_history_get_problem (self->history) : NULL;
  gboolean loading = self->history != NULL && dial_history_is_loading (self->history);

  take_entries (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list_box), n_items > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), n_items == 0 && !loading);
  gtk_widget_set_visible (GTK_WIDGET (self->older_button), n_items > gtk_slice_list_model_get_size (self->slice));
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return dial_history_row_new (item);
}

static void
on_row_activated_cb (DialHistoryView *self,
                     GtkListBoxRow   *row)
{
  if (DIAL_IS_HISTORY_ROW (row))
    dial_history_row_toggle (DIAL_HISTORY_ROW (row));
}

static void
on_older_clicked_cb (DialHistoryView *self)
{
  gtk_slice_list_model_set_size (self->slice, gtk_slice_list_model_get_size (self->slice) + MORE_ROWS);
  update (self);
}

static void
tell (DialHistoryView *self,
      const GError    *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
}

static void
on_retried_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialHistoryView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_retry_note_finish (DIAL_INTEGRATION (object), result, &error))
    tell (self, error);
}

static void
on_discarded_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DialHistoryView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_discard_note_finish (DIAL_INTEGRATION (object), result, &error))
    tell (self, error);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  DialHistoryView *self = DIAL_HISTORY_VIEW (widget);

  if (self->integration != NULL)
    dial_integration_retry_note_async (self->integration, g_variant_get_int64 (target), self->cancellable,
                                       on_retried_cb, g_object_ref (self));
}

static void
on_text_discarded_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DialHistoryView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_store_discard_text_finish (DIAL_STORE (object), result, &error))
    tell (self, error);
}

typedef struct {
  DialHistoryView *view;
  DialIntegration *integration;
  gint64           id;         /* of the outbox, or of a text message */
  gboolean         is_text;
} Discard;

static void
discard_free (gpointer  data,
              GClosure *closure)
{
  Discard *discard = data;

  g_object_unref (discard->view);
  g_object_unref (discard->integration);
  g_free (discard);
}

static void
on_discard_response_cb (AdwMessageDialog *dialog,
                        const char       *response,
                        Discard          *discard)
{
  DialHistoryView *self = discard->view;

  if (discard->is_text)
    dial_store_discard_text_async (dial_integration_get_store (discard->integration), discard->id, self->cancellable,
                                   on_text_discarded_cb, g_object_ref (self));
  else
    dial_integration_discard_note_async (discard->integration, discard->id, self->cancellable, on_discarded_cb,
                                         g_object_ref (self));
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  DialHistoryView *self = DIAL_HISTORY_VIEW (widget);
  gboolean is_text = g_str_equal (name, "history.discard-text");
  GtkWidget *dialog;
  Discard *discard;

  if (self->integration == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                   is_text ? _("Discard This Text Message?") : _("Discard This Note?"),
                                   is_text ? _("What it says is lost.")
                                           : _("It is not sent to Greenhouse any more, and its text is lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", _("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  discard = g_new0 (Discard, 1);
  discard->view = g_object_ref (self);
  discard->integration = g_object_ref (self->integration);
  discard->id = g_variant_get_int64 (target);
  discard->is_text = is_text;
  g_signal_connect_data (dialog, "response::discard", G_CALLBACK (on_discard_response_cb),
                         discard, discard_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Text messages */

static void
on_settled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialHistoryView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_desk_settle_text_finish (DIAL_DESK (object), result, &error))
    tell (self, error);
}

static void
settle_text_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  DialHistoryView *self = DIAL_HISTORY_VIEW (widget);

  if (self->integration != NULL && self->desk != NULL)
    dial_desk_settle_text_async (self->desk, self->integration, g_variant_get_int64 (target),
                                 g_str_equal (name, "history.text-went-out"), self->cancellable, on_settled_cb,
                                 g_object_ref (self));
}

static void
dial_history_view_dispose (GObject *object)
{
  DialHistoryView *self = DIAL_HISTORY_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  g_clear_object (&self->history_signals);
  g_clear_object (&self->slice);
  g_clear_object (&self->entries);
  g_clear_object (&self->history);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_HISTORY_VIEW);

  G_OBJECT_CLASS (dial_history_view_parent_class)->dispose (object);
}

static void
dial_history_view_finalize (GObject *object)
{
  g_clear_object (&DIAL_HISTORY_VIEW (object)->cancellable);

  G_OBJECT_CLASS (dial_history_view_parent_class)->finalize (object);
}

static void
dial_history_view_class_init (DialHistoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_history_view_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", DIAL_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  object_class->finalize = dial_history_view_finalize;

  g_type_ensure (DIAL_TYPE_HISTORY_ROW);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DialHistoryView, list_box);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryView, empty_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryView, older_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_older_clicked_cb);

  gtk_widget_class_install_action (widget_class, "history.retry", "x", retry_action);
  gtk_widget_class_install_action (widget_class, "history.discard", "x", discard_action);
  gtk_widget_class_install_action (widget_class, "history.text-went-out", "x", settle_text_action);
  gtk_widget_class_install_action (widget_class, "history.text-did-not", "x", settle_text_action);
  gtk_widget_class_install_action (widget_class, "history.discard-text", "x", discard_action);
}

static void
dial_history_view_init (DialHistoryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->entries = g_list_store_new (DIAL_TYPE_HISTORY_ENTRY);
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->entries)), 0, FIRST_ROWS);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->slice), create_row, NULL, NULL);

  self->history_signals = g_signal_group_new (DIAL_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->history_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->history_signals, "items-changed", G_CALLBACK (update), self);
}

/**
 * dial_history_view_set_desk:
 * @self: a view
 * @desk: what settles text messages
 */
void
dial_history_view_set_desk (DialHistoryView *self,
                            DialDesk        *desk)
{
  g_return_if_fail (DIAL_IS_HISTORY_VIEW (self));

  g_set_object (&self->desk, desk);
}

/**
 * dial_history_view_show:
 * @self: a view
 * @integration: (nullable): whose candidate
 * @candidate_id: whose history; 0 for nobody's
 */
void
dial_history_view_show (DialHistoryView *self,
                        DialIntegration *integration,
                        gint64           candidate_id)
{
  g_return_if_fail (DIAL_IS_HISTORY_VIEW (self));

  g_signal_group_set_target (self->history_signals, NULL);
  g_list_store_remove_all (self->entries);
  gtk_slice_list_model_set_size (self->slice, FIRST_ROWS);
  g_clear_object (&self->history);

  g_set_object (&self->integration, integration);
  if (integration != NULL && candidate_id != 0) {
    self->history = dial_history_new (integration, candidate_id);
    g_signal_group_set_target (self->history_signals, self->history);
  }

  update (self);
}

/**
 * dial_history_view_refresh:
 * @self: a view
 *
 * Asks Greenhouse for the notes of colleagues.
 */
void
dial_history_view_refresh (DialHistoryView *self)
{
  g_return_if_fail (DIAL_IS_HISTORY_VIEW (self));

  if (self->history != NULL)
    dial_history_refresh (self->history);
}

/**
 * dial_history_view_get_history:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the [class@History] it shows
 */
GListModel *
dial_history_view_get_history (DialHistoryView *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_VIEW (self), NULL);

  return self->history != NULL ? G_LIST_MODEL (self->history) : NULL;
}
