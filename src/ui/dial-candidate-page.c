#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-caller.h"
#include "dial-candidate-page.h"
#include "dial-candidate-sheet.h"
#include "dial-caution.h"
#include "dial-country-question.h"
#include "dial-country.h"
#include "dial-history-view.h"
#include "dial-nobody-page.h"
#include "dial-open-link.h"
#include "dial-say-name.h"
#include "dial-steady-layout.h"
#include "dial-template.h"
#include "dial-text-slot.h"

/* Whoever only passes by with the arrow keys costs no request. */
#define REFRESH_DELAY_MS 400

/* How old what is known of colleagues may get while somebody looks at it. */
#define FEED_SECONDS 60

struct _DialCandidatePage
{
  GtkWidget           parent_instance;

  GtkStack           *stack;
  DialNobodyPage     *nobody_page;
  GtkScrolledWindow  *scroller;
  DialCandidateSheet *sheet;
  DialTextSlot       *text_slot;
  DialHistoryView    *history_view;

  DialCompanies      *companies;
  DialDesk           *desk;
  GSignalGroup       *desk_signals;
  GSignalGroup       *call_signals;
  DialIntegration    *integration;
  GSignalGroup       *store_signals;
  gint64              candidate_id;
  DialCandidate      *candidate;
  GCancellable       *cancellable;
  guint               refresh_source;
  DialCaller         *caller;
  guint               call_when_loaded : 1;
};

enum {
  PROP_0,
  PROP_CANDIDATE,
  N_PROPS
};

enum {
  CALLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCandidatePage, dial_candidate_page, GTK_TYPE_WIDGET)

/* An answer may come after the page has moved on: it carries whom it is about. */
typedef struct {
  DialCandidatePage *page;
  DialIntegration   *integration;
  gint64             candidate_id;
} Request;

static Request *
request_new (DialCandidatePage *self)
{
  Request *request = g_new0 (Request, 1);

  request->page = g_object_ref (self);
  request->integration = g_object_ref (self->integration);
  request->candidate_id = self->candidate_id;
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->page);
  g_object_unref (request->integration);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* Two companies may both have a candidate of that id. */
static gboolean
is_shown (Request *request)
{
  return request->integration == request->page->integration &&
         request->candidate_id == request->page->candidate_id;
}

static void
say (DialCandidatePage *self,
     const GError      *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
}

static void
show_call (DialCandidatePage *self)
{
  DialCall *call = self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;
  gboolean ours = call != NULL && dial_desk_get_call_integration (self->desk) == self->integration;

  dial_candidate_sheet_set_call (self->sheet, call, ours);
}

static void
follow_call (DialCandidatePage *self)
{
  g_signal_group_set_target (self->call_signals, self->desk != NULL ? dial_desk_get_call (self->desk) : NULL);
  show_call (self);
}

static void
set_candidate (DialCandidatePage *self,
               DialCandidate     *candidate)
{
  gboolean same_person = candidate != NULL && self->candidate != NULL && candidate->id == self->candidate->id;

  if (!g_set_object (&self->candidate, candidate))
    return;

  if (candidate != NULL) {
    g_autofree char *name = dial_candidate_dup_name (candidate);

    dial_candidate_sheet_set_candidate (self->sheet, candidate);
    dial_say_name (self->scroller, name);
  }
  if (!same_person)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);
}

/* Loading and refreshing */

static void
show_nobody (DialCandidatePage *self)
{
  set_candidate (self, NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->nobody_page));
}

static void
show_unchosen (DialCandidatePage *self)
{
  dial_nobody_page_show_unchosen (self->nobody_page);
  show_nobody (self);
}

static void
show_gone (DialCandidatePage *self)
{
  dial_nobody_page_show_gone (self->nobody_page);
  show_nobody (self);
}

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  DialCandidatePage *self = request->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (object), result, &error);

  if (!is_shown (request))
    return;

  if (candidate != NULL) {
    set_candidate (self, candidate);
    gtk_widget_set_visible (GTK_WIDGET (self->scroller), TRUE);
    gtk_stack_set_visible_child_name (self->stack, "candidate");
    if (self->call_when_loaded) {
      self->call_when_loaded = FALSE;
      dial_candidate_page_call (self);
    }
  } else if (error == NULL || g_error_matches (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND)) {
    show_gone (self);
  } else {
    say (self, error);
  }
}

static void
load (DialCandidatePage *self)
{
  DialStore *store = self->integration != NULL ? dial_integration_get_store (self->integration) : NULL;

  if (store != NULL && self->candidate_id != 0)
    dial_store_load_candidate_async (store, self->candidate_id, self->cancellable,
                                     on_loaded_cb, request_new (self));
}

static void
on_refreshed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  DialCandidatePage *self = request->page;
  g_autoptr (GError) error = NULL;

  if (dial_integration_refresh_candidate_finish (DIAL_INTEGRATION (object), result, &error))
    return;

  /* Anything else the integration's status line tells. */
  if (is_shown (request) &&
      g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND))
    show_gone (self);
}

static gboolean
on_feed_due_cb (gpointer user_data)
{
  DialCandidatePage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
      self->integration != NULL && dial_integration_is_active (self->integration))
    dial_history_view_refresh (self->history_view);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  DialCandidatePage *self = user_data;

  self->refresh_source = g_timeout_add_seconds (FEED_SECONDS, on_feed_due_cb, self);
  if (self->integration != NULL && dial_integration_is_active (self->integration)) {
    dial_integration_refresh_candidate_async (self->integration, self->candidate_id, self->cancellable,
                                              on_refreshed_cb, request_new (self));
    dial_history_view_refresh (self->history_view);
  }

  return G_SOURCE_REMOVE;
}

static void
on_candidates_changed_cb (DialCandidatePage *self,
                          GArray            *moves)
{
  gboolean ours = moves->len == 0;

  for (guint i = 0; i < moves->len && !ours; i++)
    ours = g_array_index (moves, DialMove, i).id == self->candidate_id;

  if (ours)
    load (self);
}

static void
on_history_changed_cb (DialCandidatePage *self)
{
  g_autoptr (DialHistoryEntry) contact =
    dial_caution_last_contact (dial_history_view_get_history (self->history_view));

  dial_candidate_sheet_set_contact (self->sheet, contact);
}

/* Actions */

static void
on_called_cb (DialCandidatePage *self)
{
  g_signal_emit (self, signals[CALLED], 0);
}

static void
call_number (DialCandidatePage *self,
             DialPhoneNumber   *number)
{
  g_autoptr (DialHistoryEntry) contact = NULL;

  if (self->caller == NULL || self->integration == NULL || self->candidate == NULL)
    return;

  contact = dial_caution_last_contact (dial_history_view_get_history (self->history_view));
  dial_caller_call (self->caller, self->integration, self->candidate, number, contact);
}

/* The country of a number may be told after somebody else was chosen. */
static void
on_country_chosen_cb (DialPhoneNumber *number,
                      gpointer         user_data)
{
  Request *request = user_data;

  if (is_shown (request))
    call_number (request->page, number);
}

static void
ask_country (DialCandidatePage *self,
             DialPhoneNumber   *number)
{
  g_auto (GStrv) regions = dial_country_list (self->candidate, number,
                                              dial_history_view_get_history (self->history_view));

  if (regions[0] == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s",
                                _("No country has such a number. Correct it in Greenhouse."));
  else
    dial_country_question_ask (GTK_WIDGET (self), number, (const char * const *) regions, on_country_chosen_cb,
                               request_new (self), (GDestroyNotify) request_free);
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  DialCandidatePage *self = DIAL_CANDIDATE_PAGE (widget);
  guint index = g_variant_get_uint32 (target);

  DialPhoneNumber *number;

  if (self->candidate == NULL || index >= self->candidate->phones->len)
    return;

  number = g_ptr_array_index (self->candidate->phones, index);
  if (dial_phone_number_can_call (number))
    call_number (self, number);
  else
    ask_country (self, number);
}

/* Text messages */

static void
on_text_done_cb (DialCandidatePage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->sheet), GTK_DIR_TAB_FORWARD);
}

static void
open_text (DialCandidatePage *self,
           DialPhoneNumber   *number,
           gint64             text_id)
{
  if (self->desk != NULL && self->integration != NULL && self->candidate != NULL)
    dial_text_slot_open (self->text_slot, self->desk, self->integration, self->candidate, number, text_id);
}

static void
text_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  DialCandidatePage *self = DIAL_CANDIDATE_PAGE (widget);
  guint index = g_variant_get_uint32 (target);

  if (self->candidate != NULL && index < self->candidate->phones->len)
    open_text (self, g_ptr_array_index (self->candidate->phones, index), 0);
}

static void
edit_text_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  open_text (DIAL_CANDIDATE_PAGE (widget), NULL, g_variant_get_int64 (target));
}

/* Where there is no phone system that could send one, nothing offers it. */
static void
show_whether_texts (DialCandidatePage *self)
{
  dial_candidate_sheet_set_can_text (self->sheet, dial_candidate_page_can_text (self));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (target, NULL));
  gtk_widget_activate_action (widget, "win.toast", "s", _("Copied"));
}

static void
write_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autofree char *address = g_uri_escape_string (g_variant_get_string (target, NULL), "@", FALSE);
  g_autofree char *uri = g_strconcat ("mailto:", address, NULL);

  dial_open_link (widget, uri);
}

/* GObject */

static void
dial_candidate_page_dispose (GObject *object)
{
  DialCandidatePage *self = DIAL_CANDIDATE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->call_signals);
  g_clear_object (&self->store_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_CANDIDATE_PAGE);
  g_clear_object (&self->candidate);
  g_clear_object (&self->integration);
  g_clear_object (&self->caller);
  g_clear_object (&self->desk);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_candidate_page_parent_class)->dispose (object);
}

static void
dial_candidate_page_finalize (GObject *object)
{
  DialCandidatePage *self = DIAL_CANDIDATE_PAGE (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (dial_candidate_page_parent_class)->finalize (object);
}

static void
dial_candidate_page_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DialCandidatePage *self = DIAL_CANDIDATE_PAGE (object);

  switch (prop_id) {
  case PROP_CANDIDATE:
    g_value_set_object (value, self->candidate);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_page_class_init (DialCandidatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_candidate_page_dispose;
  object_class->finalize = dial_candidate_page_finalize;
  object_class->get_property = dial_candidate_page_get_property;

  properties[PROP_CANDIDATE] =
    g_param_spec_object ("candidate", NULL, NULL, DIAL_TYPE_CANDIDATE,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CALLED] =
    g_signal_new ("called", DIAL_TYPE_CANDIDATE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_CANDIDATE_SHEET);
  g_type_ensure (DIAL_TYPE_HISTORY_VIEW);
  g_type_ensure (DIAL_TYPE_NOBODY_PAGE);
  g_type_ensure (DIAL_TYPE_TEXT_SLOT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-candidate-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, DIAL_TYPE_STEADY_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, nobody_page);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, sheet);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, text_slot);
  gtk_widget_class_bind_template_child (widget_class, DialCandidatePage, history_view);
  gtk_widget_class_bind_template_callback (widget_class, on_history_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_done_cb);

  gtk_widget_class_install_action (widget_class, "candidate.call", "u", call_action);
  gtk_widget_class_install_action (widget_class, "candidate.text", "u", text_action);
  gtk_widget_class_install_action (widget_class, "candidate.edit-text", "x", edit_text_action);
  gtk_widget_class_install_action (widget_class, "candidate.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "candidate.write", "s", write_action);
}

static void
dial_candidate_page_init (DialCandidatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();

  self->desk_signals = g_signal_group_new (DIAL_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "notify::call", G_CALLBACK (follow_call), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::state", G_CALLBACK (show_call), self);
  self->store_signals = g_signal_group_new (DIAL_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "candidates-changed", G_CALLBACK (on_candidates_changed_cb), self);
  show_unchosen (self);
}

/**
 * dial_candidate_page_set_companies:
 * @self: a page
 * @companies: among which to tell whose a candidate is, and by whose desk to call
 */
void
dial_candidate_page_set_companies (DialCandidatePage *self,
                                   DialCompanies     *companies)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->companies, companies))
    return;

  g_set_object (&self->desk, dial_companies_get_desk (companies));
  dial_history_view_set_desk (self->history_view, self->desk);
  g_clear_object (&self->caller);
  self->caller = dial_caller_new (GTK_WIDGET (self), self->desk);
  g_signal_connect_object (self->caller, "called", G_CALLBACK (on_called_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dial_desk_get_accounts (self->desk), "items-changed", G_CALLBACK (show_whether_texts), self,
                           G_CONNECT_SWAPPED);
  g_signal_group_set_target (self->desk_signals, self->desk);
  follow_call (self);
}

/**
 * dial_candidate_page_get_integration:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): whose candidate stands on the page, or is about to
 */
DialIntegration *
dial_candidate_page_get_integration (DialCandidatePage *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_PAGE (self), NULL);

  return self->integration;
}

/**
 * dial_candidate_page_get_candidate:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): who stands on the page
 */
DialCandidate *
dial_candidate_page_get_candidate (DialCandidatePage *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_PAGE (self), NULL);

  return self->candidate;
}

/**
 * dial_candidate_page_show:
 * @self: a page
 * @integration: (nullable): whose candidate
 * @candidate_id: whom to show, 0 for nobody
 *
 * Opens a candidate: what the store has at once, then what Greenhouse says.
 */
void
dial_candidate_page_show (DialCandidatePage *self,
                          DialIntegration   *integration,
                          gint64             candidate_id)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->integration != integration || self->candidate_id != candidate_id)
    dial_text_slot_close (self->text_slot);
  /* Not for a moment somebody of the one company as if they were the other's. */
  if (self->integration != integration)
    set_candidate (self, NULL);
  g_set_object (&self->integration, integration);
  self->candidate_id = integration != NULL ? candidate_id : 0;
  self->call_when_loaded = FALSE;
  dial_candidate_sheet_set_company (self->sheet, self->companies, integration);
  if (self->desk != NULL)
    show_call (self);
  show_whether_texts (self);
  g_signal_group_set_target (self->store_signals,
                             integration != NULL ? dial_integration_get_store (integration) : NULL);
  dial_history_view_show (self->history_view, integration, self->candidate_id);

  if (self->candidate_id == 0) {
    show_unchosen (self);
    return;
  }

  load (self);
  self->refresh_source = g_timeout_add (REFRESH_DELAY_MS, on_refresh_cb, self);
}

/**
 * dial_candidate_page_call:
 * @self: a page
 *
 * Calls the first number that can be called.
 */
void
dial_candidate_page_call (DialCandidatePage *self)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));

  for (guint i = 0; self->candidate != NULL && i < self->candidate->phones->len; i++) {
    DialPhoneNumber *number = g_ptr_array_index (self->candidate->phones, i);

    if (dial_phone_number_can_call (number)) {
      call_number (self, number);
      return;
    }
  }

  if (self->candidate != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s",
                                _("There is no number that can be called. Add one in Greenhouse."));
}

/**
 * dial_candidate_page_can_text:
 * @self: a page
 *
 * Returns: whether there is a phone system that could send text messages to the one who stands on the page
 */
gboolean
dial_candidate_page_can_text (DialCandidatePage *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_PAGE (self), FALSE);

  return self->desk != NULL && self->integration != NULL &&
         dial_desk_get_account_of (self->desk, self->integration, NULL) != NULL;
}

/**
 * dial_candidate_page_text:
 * @self: a page
 *
 * Opens the text message to the one who stands on the page.
 */
void
dial_candidate_page_text (DialCandidatePage *self)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));

  open_text (self, NULL, 0);
}

/**
 * dial_candidate_page_popup_templates:
 * @self: a page
 *
 * Offers the templates of text messages, if one is being written.
 *
 * Returns: whether the keyboard is in a text message
 */
gboolean
dial_candidate_page_popup_templates (DialCandidatePage *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_PAGE (self), FALSE);

  return dial_text_slot_popup_templates (self->text_slot);
}

/**
 * dial_candidate_page_call_when_loaded:
 * @self: a page that was just told whom to show
 *
 * Calls as [method@CandidatePage.call] does, once the store has answered who that is.
 */
void
dial_candidate_page_call_when_loaded (DialCandidatePage *self)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));

  if (self->candidate != NULL && self->candidate->id == self->candidate_id)
    dial_candidate_page_call (self);
  else
    self->call_when_loaded = TRUE;
}

/**
 * dial_candidate_page_open_web:
 * @self: a page
 *
 * Opens the candidate in Greenhouse, in the browser.
 */
void
dial_candidate_page_open_web (DialCandidatePage *self)
{
  g_autofree char *url = NULL;

  g_return_if_fail (DIAL_IS_CANDIDATE_PAGE (self));

  if (self->integration == NULL || self->candidate_id == 0)
    return;

  url = dial_integration_dup_candidate_url (self->integration, self->candidate_id);
  if (url != NULL)
    dial_open_link (GTK_WIDGET (self), url);
}
