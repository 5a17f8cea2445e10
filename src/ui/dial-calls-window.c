#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-csv.h"
#include "dial-call-log.h"
#include "dial-calls-row.h"
#include "dial-calls-window.h"
#include "dial-log-call-window.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-wrap-layout.h"

/* Time to notice, and to get there by keyboard. */
#define UNDO_SECONDS 20

struct _DialCallsWindow
{
  AdwWindow             parent_instance;

  AdwToastOverlay      *toasts;
  AdwWindowTitle       *title;
  GtkEditable          *search;
  GtkStack             *stack;
  GtkListView          *list_view;
  GtkSingleSelection   *selection;
  AdwStatusPage        *empty;

  DialCompanies        *companies;
  DialCallLog          *log;
  GSignalGroup         *log_signals;
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  guint                 begun : 1;
};

enum {
  PROP_0,
  PROP_FILTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCallsWindow, dial_calls_window, ADW_TYPE_WINDOW)

static void
say (DialCallsWindow *self,
     const char      *words)
{
  g_autofree char *title = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static void
tell_error (DialCallsWindow *self,
            const GError    *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

/* What there is to see */

static const char *
word_emptiness (DialCallsWindow *self)
{
  if (dial_call_log_get_text (self->log)[0] != '\0')
    return _("No Such Calls");

  switch (dial_call_log_get_filter (self->log)) {
  case DIAL_CALL_FILTER_TODAY:
    return _("No Calls Today");
  case DIAL_CALL_FILTER_UNLOGGED:
    return _("Every Call Has Its Note");
  case DIAL_CALL_FILTER_MISSED:
    return _("No Missed Calls");
  case DIAL_CALL_FILTER_CALL_AGAIN:
    return _("Nobody to Call Again Today");
  case DIAL_CALL_FILTER_ALL:
  default:
    return _("No Calls Yet");
  }
}

static void
update (DialCallsWindow *self)
{
  guint n_calls = self->log != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->log)) : 0;
  const char *problem = self->log != NULL ? dial_call_log_get_problem (self->log) : NULL;
  g_autofree char *count = NULL;

  if (self->log == NULL)
    return;

  if (n_calls > 0) {
    gtk_stack_set_visible_child_name (self->stack, "list");
    /* Where the arrow keys are of use from the start; letters find their way into the search. */
    if (!self->begun) {
      self->begun = TRUE;
      gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
    }
  } else if (!dial_call_log_is_loading (self->log)) {
    adw_status_page_set_title (self->empty, problem != NULL ? _("The Calls Cannot Be Read") : word_emptiness (self));
    adw_status_page_set_description (self->empty, problem);
    gtk_stack_set_visible_child_name (self->stack, "empty");
  }

  if (n_calls > 0)
    count = g_strdup_printf (ngettext ("%'u call", "%'u calls", n_calls), n_calls);
  /* While it is counted anew, the last word stands. */
  if (dial_call_log_is_complete (self->log))
    adw_window_title_set_subtitle (self->title, count);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calls.export",
                                 n_calls > 0 && dial_call_log_is_complete (self->log) && self->chooser == NULL);
}

static void
scroll_to (DialCallsWindow *self,
           guint            position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

static void
on_log_asked_cb (DialCallsWindow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0)
    scroll_to (self, 0);
}

/* The call that is chosen */

static DialCallLogRow *
get_chosen (DialCallsWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static DialLoggedCall *
get_chosen_call (DialCallsWindow *self)
{
  DialCallLogRow *row = get_chosen (self);

  return row != NULL ? dial_call_log_row_get_logged (row) : NULL;
}

static void
update_actions (DialCallsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  DialLoggedCall *logged = get_chosen_call (self);
  gboolean again = self->log != NULL && dial_call_log_get_filter (self->log) == DIAL_CALL_FILTER_CALL_AGAIN;

  gtk_widget_action_set_enabled (widget, "calls.call", logged != NULL && logged->candidate != NULL);
  gtk_widget_action_set_enabled (widget, "calls.settle",
                                 logged != NULL && (again || dial_logged_call_is_unlogged (logged)));
}

static void
on_selected_cb (DialCallsWindow *self)
{
  update_actions (self);
}

/* Opens or calls whoever the call was with, in the window this one belongs to. */
static void
go (DialCallsWindow *self,
    DialCallLogRow  *row,
    const char      *action)
{
  DialLoggedCall *logged = row != NULL ? dial_call_log_row_get_logged (row) : NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (logged == NULL)
    return;
  if (logged->candidate == NULL) {
    say (self, logged->call->candidate_id != 0
               ? _("This candidate is not in Greenhouse any more.")
               : _("It is not known who this was. Log the call to say it."));
    return;
  }

  gtk_widget_activate_action (GTK_WIDGET (parent), action, "(sx)",
                              dial_integration_get_id (dial_call_log_row_get_integration (row)),
                              logged->candidate->id);
  gtk_window_present (parent);
}

static void
on_activate_cb (DialCallsWindow *self,
                guint            position)
{
  gtk_single_selection_set_selected (self->selection, position);
  go (self, get_chosen (self), "win.show-candidate");
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (widget);

  go (self, get_chosen (self), "win.call-candidate");
}

/* Logging */

static void
log_row (DialCallsWindow *self,
         DialCallLogRow  *row)
{
  DialLoggedCall *logged = dial_call_log_row_get_logged (row);
  DialCall *call = dial_desk_get_call (dial_companies_get_desk (self->companies));

  /* The one at the desk has its wrap-up open already. */
  if (call != NULL && g_str_equal (dial_call_get_uid (call), dial_call_log_row_get_uid (row))) {
    go (self, row, "win.show-candidate");
    return;
  }

  gtk_window_present (dial_log_call_window_new_for_call (GTK_WINDOW (self), self->companies,
                                                         dial_call_log_row_get_integration (row), logged));
}

/* The one that is chosen, if no note tells of it; else one made elsewhere, with whoever is chosen. */
static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *nothing)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (widget);
  DialCallLogRow *row = get_chosen (self);
  DialLoggedCall *logged = get_chosen_call (self);

  if (logged != NULL && dial_logged_call_is_unlogged (logged))
    log_row (self, row);
  else
    gtk_window_present (dial_log_call_window_new (GTK_WINDOW (self), self->companies,
                                                  logged != NULL ? dial_call_log_row_get_integration (row) : NULL,
                                                  logged != NULL ? logged->candidate : NULL));
}

/* What is not to be done after all */

typedef struct {
  DialCallsWindow *window;
  DialIntegration *integration;
  DialCallRecord  *call;
} Settled;

static void
settled_free (Settled *settled)
{
  g_object_unref (settled->window);
  g_object_unref (settled->integration);
  g_object_unref (settled->call);
  g_free (settled);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settled, settled_free)

static void
settled_free_closure (gpointer  settled,
                      GClosure *closure)
{
  settled_free (settled);
}

static void
on_restored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialCallsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_store_settle_call_finish (DIAL_STORE (source), result, &error))
    tell_error (self, error);
}

static void
on_undo_cb (AdwToast *toast,
            Settled  *settled)
{
  dial_store_settle_call_async (dial_integration_get_store (settled->integration), settled->call->uid,
                                settled->call->dropped, settled->call->call_again_on, NULL, on_restored_cb,
                                g_object_ref (settled->window));
}

static void
on_settled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Settled) settled = user_data;
  g_autoptr (GError) error = NULL;
  DialCallsWindow *self = settled->window;
  AdwToast *toast;

  if (!dial_store_settle_call_finish (DIAL_STORE (source), result, &error)) {
    tell_error (self, error);
    return;
  }

  toast = adw_toast_new (settled->call->call_again_on != NULL ? _("Taken off the list") : _("Left without a note"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), g_steal_pointer (&settled),
                         settled_free_closure, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
settle_row (DialCallsWindow *self,
            DialCallLogRow  *row)
{
  DialLoggedCall *logged = dial_call_log_row_get_logged (row);
  gboolean again = dial_call_log_get_filter (self->log) == DIAL_CALL_FILTER_CALL_AGAIN;
  Settled *settled;

  if (logged == NULL)
    return;

  settled = g_new0 (Settled, 1);
  settled->window = g_object_ref (self);
  settled->integration = g_object_ref (dial_call_log_row_get_integration (row));
  settled->call = g_object_ref (logged->call);
  dial_store_settle_call_async (dial_integration_get_store (settled->integration), logged->call->uid,
                                again ? logged->call->dropped : TRUE,
                                again ? NULL : logged->call->call_again_on, self->cancellable, on_settled_cb, settled);
}

static void
settle_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (widget);

  if (get_chosen (self) != NULL)
    settle_row (self, get_chosen (self));
}

/* Exporting */

static void
on_exported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialCallsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 n_calls = dial_call_csv_export_finish (result, &error);

  if (n_calls < 0) {
    tell_error (self, error);
  } else {
    g_autofree char *words = g_strdup_printf (ngettext ("%'u call exported", "%'u calls exported", n_calls),
                                              (guint) n_calls);

    say (self, words);
  }
}

static void
on_chosen_cb (DialCallsWindow *self,
              int              response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_autoptr (DialCallOrder) order = dial_call_log_dup_order (self->log);

    dial_call_csv_export_async (order, file, self->cancellable, on_exported_cb, g_object_ref (self));
  }
  update (self);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: a file's name; keep %Y-%m-%d and .csv */
  g_autofree char *file_name = g_date_time_format (now, _("Calls %Y-%m-%d.csv"));

  self->chooser = gtk_file_chooser_native_new (_("Export Calls"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Export"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
  update (self);
}

/* Rows */

static void
on_row_act_cb (DialCallsWindow *self,
               DialCallsRow    *widget)
{
  DialCallLogRow *row = dial_calls_row_get_row (widget);

  if (dial_call_log_get_filter (self->log) == DIAL_CALL_FILTER_CALL_AGAIN)
    go (self, row, "win.call-candidate");
  else
    log_row (self, row);
}

static void
on_row_settled_cb (DialCallsWindow *self,
                   DialCallsRow    *widget)
{
  settle_row (self, dial_calls_row_get_row (widget));
}

/* The widget that stands in the tree as "list item" is the row's parent. */
static void
on_description_changed_cb (DialCallsRow *row)
{
  GtkWidget *item_widget = gtk_widget_get_parent (GTK_WIDGET (row));
  g_autofree char *description = NULL;

  if (item_widget == NULL)
    return;

  g_object_get (row, "description", &description, NULL);
  dial_say_name (item_widget, description != NULL ? description : "");
}

static void
on_setup_cb (DialCallsWindow *self,
             GtkListItem     *item)
{
  GtkWidget *row = g_object_new (DIAL_TYPE_CALLS_ROW, NULL);

  dial_calls_row_set_companies (DIAL_CALLS_ROW (row), self->companies);
  g_signal_connect_object (row, "act", G_CALLBACK (on_row_act_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "settled", G_CALLBACK (on_row_settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (row, "notify::description", G_CALLBACK (on_description_changed_cb), NULL);
  g_signal_connect (row, "notify::parent", G_CALLBACK (on_description_changed_cb), NULL);
  gtk_list_item_set_child (item, row);
}

static void
on_bind_cb (DialCallsWindow *self,
            GtkListItem     *item)
{
  DialCallsRow *row = DIAL_CALLS_ROW (gtk_list_item_get_child (item));

  dial_calls_row_set_filter (row, dial_call_log_get_filter (self->log));
  dial_calls_row_set_row (row, gtk_list_item_get_item (item));
  on_description_changed_cb (row);
}

static void
on_unbind_cb (DialCallsWindow *self,
              GtkListItem     *item)
{
  dial_calls_row_set_row (DIAL_CALLS_ROW (gtk_list_item_get_child (item)), NULL);
}

/* A call may be in the list before and after: its row stays, but what is to be done is another thing. */
static void
tell_rows (DialCallsWindow *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (DIAL_IS_CALLS_ROW (row))
      dial_calls_row_set_filter (DIAL_CALLS_ROW (row), dial_call_log_get_filter (self->log));
  }
}

/* The search */

static void
on_search_changed_cb (DialCallsWindow *self)
{
  if (self->log != NULL)
    dial_call_log_set_text (self->log, gtk_editable_get_text (self->search));
}

/* What is typed in the list begins a search anew. (The entry's own key capture would leave the focus, and so every
 * space, where it was.) */
static gboolean
on_key_elsewhere_cb (DialCallsWindow       *self,
                     guint                  keyval,
                     guint                  keycode,
                     GdkModifierType        state,
                     GtkEventControllerKey *controller)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (self->search));
  const GdkModifierType others = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;

  if (gtk_widget_has_focus (text) || (state & others) != 0 || !g_unichar_isgraph (gdk_keyval_to_unicode (keyval)))
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (self->search, "");
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  return gtk_event_controller_key_forward (controller, text);
}

static void
on_search_stopped_cb (DialCallsWindow *self)
{
  if (gtk_editable_get_text (self->search)[0] != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_search_activated_cb (DialCallsWindow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;

  gtk_single_selection_set_selected (self->selection, 0);
  scroll_to (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  gtk_widget_grab_focus (GTK_WIDGET (DIAL_CALLS_WINDOW (widget)->search));
}

/* GObject */

static void
on_filter_changed_cb (DialCallsWindow *self)
{
  tell_rows (self);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
dial_calls_window_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (object);

  switch (prop_id) {
  case PROP_FILTER:
    g_value_set_enum (value, self->log != NULL ? dial_call_log_get_filter (self->log) : DIAL_CALL_FILTER_ALL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_calls_window_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_FILTER:
    dial_calls_window_set_filter (DIAL_CALLS_WINDOW (object), g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_calls_window_dispose (GObject *object)
{
  DialCallsWindow *self = DIAL_CALLS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->log_signals);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_CALLS_WINDOW);
  g_clear_object (&self->log);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_calls_window_parent_class)->dispose (object);
}

static void
dial_calls_window_finalize (GObject *object)
{
  g_clear_object (&DIAL_CALLS_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (dial_calls_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_CALLS_ROW);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-calls-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, DialCallsWindow, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
}

static void
dial_calls_window_class_init (DialCallsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_calls_window_dispose;
  object_class->finalize = dial_calls_window_finalize;
  object_class->get_property = dial_calls_window_get_property;
  object_class->set_property = dial_calls_window_set_property;

  /**
   * DialCallsWindow:filter:
   *
   * Which calls are shown; also the state of the action `calls.filter`.
   */
  properties[PROP_FILTER] =
    g_param_spec_enum ("filter", NULL, NULL, DIAL_TYPE_CALL_FILTER, DIAL_CALL_FILTER_ALL,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "calls.filter", "filter");
  gtk_widget_class_install_action (widget_class, "calls.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "calls.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "calls.settle", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "calls.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "calls.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "calls.call", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "calls.log", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "calls.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "calls.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "calls.settle", NULL);
  bind_template (widget_class);
}

static void
dial_calls_window_init (DialCallsWindow *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->log_signals = g_signal_group_new (DIAL_TYPE_CALL_LOG);
  g_signal_group_connect_swapped (self->log_signals, "items-changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::loading", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::complete", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::problem", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::text", G_CALLBACK (on_log_asked_cb), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::filter", G_CALLBACK (on_log_asked_cb), self);
  g_signal_group_connect_swapped (self->log_signals, "notify::filter", G_CALLBACK (on_filter_changed_cb), self);
  keys = gtk_event_controller_key_new ();
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_elsewhere_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update_actions (self);
}

/**
 * dial_calls_window_new:
 * @parent: the window it belongs to
 * @companies: whose calls, and among which to tell whose a call is
 *
 * Returns: (transfer none): a window, not yet shown
 */
GtkWindow *
dial_calls_window_new (GtkWindow     *parent,
                       DialCompanies *companies)
{
  DialCallsWindow *self;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);

  self = g_object_new (DIAL_TYPE_CALLS_WINDOW, "transient-for", parent, NULL);
  self->companies = g_object_ref (companies);
  self->log = dial_call_log_new (dial_companies_get_desk (companies));
  g_signal_group_set_target (self->log_signals, self->log);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->log));
  update (self);
  return GTK_WINDOW (self);
}

/**
 * dial_calls_window_set_filter:
 * @self: a window
 * @filter: which calls to show
 */
void
dial_calls_window_set_filter (DialCallsWindow *self,
                              DialCallFilter   filter)
{
  g_return_if_fail (DIAL_IS_CALLS_WINDOW (self));

  if (self->log != NULL)
    dial_call_log_set_filter (self->log, filter);
}
