#include "config.h"

#include <glib/gi18n.h>

#include "dial-author-hint.h"
#include "dial-call-log.h"
#include "dial-company-mark.h"
#include "dial-log-call-window.h"
#include "dial-note-text.h"
#include "dial-person-picker.h"
#include "dial-typed-time.h"
#include "dial-visibility-button.h"
#include "dial-words.h"

struct _DialLogCallWindow
{
  AdwWindow             parent_instance;

  GtkWidget            *save;
  GtkStack             *stack;
  DialPersonPicker     *picker;
  GtkLabel             *name;
  GtkLabel             *facts;
  DialCompanyMark      *company;
  GtkWidget            *change;
  AdwComboRow          *direction;
  AdwComboRow          *outcome;
  GtkEditable          *number;
  GtkWidget            *day_row;
  GtkMenuButton        *day;
  GtkPopover           *day_popover;
  GtkCalendar          *calendar;
  GtkEditable          *time;
  GtkEditable          *length;
  GtkLabel             *problem;
  GtkTextView          *text;
  DialAuthorHint       *author_hint;
  DialVisibilityButton *visibility;
  GtkLabel             *preview;

  DialCompanies        *companies;
  DialIntegration      *integration;   /* whose candidate; NULL until somebody is picked */
  DialCandidate        *candidate;
  DialCallRecord       *known;         /* the call of the call log; NULL for one made elsewhere */
  char                 *uid;
  char                 *reference;
  guint                 saving : 1;
  guint                 done : 1;
};

G_DEFINE_FINAL_TYPE (DialLogCallWindow, dial_log_call_window, ADW_TYPE_WINDOW)

/* Outcomes in the order they are offered; the last one only for incoming calls. */
static const DialOutcome outcomes[] = {
  DIAL_OUTCOME_ANSWERED,
  DIAL_OUTCOME_NO_ANSWER,
  DIAL_OUTCOME_VOICEMAIL,
  DIAL_OUTCOME_BUSY,
  DIAL_OUTCOME_MISSED,
};

/* What is typed */

static DialDirection
get_direction (DialLogCallWindow *self)
{
  if (self->known != NULL)
    return self->known->direction;

  return adw_combo_row_get_selected (self->direction) == 1 ? DIAL_DIRECTION_INCOMING : DIAL_DIRECTION_OUTGOING;
}

static DialOutcome
get_outcome (DialLogCallWindow *self)
{
  guint chosen = adw_combo_row_get_selected (self->outcome);

  return chosen < G_N_ELEMENTS (outcomes) ? outcomes[chosen] : DIAL_OUTCOME_ANSWERED;
}

static char *
dup_text (DialLogCallWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
dup_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (name);

  return known != NULL ? g_strdup (name) : NULL;
}

/* Returns: why it cannot be saved as it stands, a sentence; %NULL if it can */
static const char *
fill_by_hand (DialLogCallWindow *self,
              DialCallRecord    *call)
{
  const char *typed = gtk_editable_get_text (self->number);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) began = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (typed));
  int hour, minute;

  call->by_hand = TRUE;
  call->direction = get_direction (self);
  call->time_zone = dup_zone ();
  dial_set_str (&call->number, stripped);
  if (stripped[0] != '\0') {
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (stripped, NULL, NULL);

    call->e164 = g_strdup (dial_phone_number_get_e164 (number));
  }

  if (!dial_typed_time_parse (gtk_editable_get_text (self->time), &hour, &minute))
    return _("Say when it began, in hours and minutes, such as 14:05.");
  began = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                 g_date_time_get_day_of_month (day), hour, minute, 0);
  call->started_at = began != NULL ? g_date_time_to_unix (began) * G_USEC_PER_SEC : 0;
  if (call->started_at > g_get_real_time ())
    return _("That is still to come: say when the call began.");

  if (!dial_typed_time_parse_length (gtk_editable_get_text (self->length), &call->duration))
    return _("Say how long it was in minutes, such as 12 or 12:30, or leave it empty.");
  return NULL;
}

static DialCallRecord *
make_record (DialLogCallWindow  *self,
             const char        **problem)
{
  DialCallRecord *call;

  *problem = NULL;
  if (self->known != NULL) {
    call = dial_call_record_copy (self->known);
  } else {
    call = dial_call_record_new (self->uid);
    *problem = fill_by_hand (self, call);
  }
  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = get_outcome (self);
  /* Who did not talk has no length. */
  if (self->known == NULL && call->outcome != DIAL_OUTCOME_ANSWERED && call->outcome != DIAL_OUTCOME_VOICEMAIL)
    call->duration = -1;
  g_free (call->text);
  call->text = dup_text (self);
  return call;
}

static void
say_problem (DialLogCallWindow *self,
             const char        *sentence)
{
  if (sentence != NULL)
    gtk_label_set_label (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
update (DialLogCallWindow *self)
{
  g_autoptr (DialCallRecord) call = NULL;
  g_autofree char *note = NULL;
  const char *problem;

  gtk_widget_set_visible (self->save, self->candidate != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log-call.save", FALSE);
  if (self->candidate == NULL || self->reference == NULL)
    return;

  call = make_record (self, &problem);
  say_problem (self, problem);
  if (call->started_at > 0)
    note = dial_desk_preview_logged_call (dial_companies_get_desk (self->companies), self->integration,
                                          self->candidate, call, self->reference);
  gtk_label_set_label (self->preview, note != NULL && problem == NULL ? note : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log-call.save", problem == NULL && !self->saving);
}

static void
on_changed_cb (DialLogCallWindow *self)
{
  update (self);
}

static void
offer_outcomes (DialLogCallWindow *self)
{
  guint chosen = adw_combo_row_get_selected (self->outcome);
  guint n_offered = G_N_ELEMENTS (outcomes) - (get_direction (self) == DIAL_DIRECTION_OUTGOING ? 1 : 0);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_offered; i++)
    gtk_string_list_append (words, dial_words_outcome (outcomes[i]));
  adw_combo_row_set_model (self->outcome, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->outcome, chosen < n_offered ? chosen : 0);
}

static void
on_direction_changed_cb (DialLogCallWindow *self)
{
  offer_outcomes (self);
  update (self);
}

static void
say_day (DialLogCallWindow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *words = dial_words_day (g_date_time_to_unix (day) * G_USEC_PER_SEC);

  gtk_menu_button_set_label (self->day, words);
}

static void
on_day_selected_cb (DialLogCallWindow *self)
{
  say_day (self);
  gtk_popover_popdown (self->day_popover);
  update (self);
}

/* Who it was with */

static const char *
get_number (DialCandidate *candidate)
{
  for (guint i = 0; i < candidate->phones->len; i++)
    if (dial_phone_number_can_call (g_ptr_array_index (candidate->phones, i)))
      return dial_phone_number_get_typed (g_ptr_array_index (candidate->phones, i));

  return "";
}

static void
show_person (DialLogCallWindow *self,
             DialIntegration   *integration,
             DialCandidate     *candidate)
{
  g_autofree char *name = dial_candidate_dup_name (candidate);

  g_set_object (&self->integration, integration);
  g_set_object (&self->candidate, candidate);
  gtk_label_set_label (self->name, name);
  if (self->known == NULL)
    gtk_editable_set_text (self->number, get_number (candidate));
  dial_company_mark_show (self->company, self->companies, integration);
  dial_author_hint_set_integration (self->author_hint, integration);
  dial_visibility_button_set_may_be_public (self->visibility, !candidate->is_private);
  dial_visibility_button_set_visibility (self->visibility, dial_integration_get_visibility (integration));
  gtk_stack_set_visible_child_name (self->stack, "form");
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_picked_cb (DialLogCallWindow *self,
              DialIntegration   *integration,
              DialCandidate     *candidate)
{
  show_person (self, integration, candidate);
}

/* A call of one company's log stays that company's. */
static void
ask_who (DialLogCallWindow *self,
         DialIntegration   *integration)
{
  g_clear_object (&self->candidate);
  gtk_stack_set_visible_child_name (self->stack, "who");
  dial_person_picker_begin (self->picker, self->companies, integration);
  update (self);
}

static void
on_change_clicked_cb (DialLogCallWindow *self)
{
  ask_who (self, self->known != NULL ? self->integration : NULL);
}

/* Saving */

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialLogCallWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_desk_log_call_finish (DIAL_DESK (source), result, &error) > 0) {
    self->done = TRUE;
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  self->saving = FALSE;
  update (self);
  say_problem (self, error->message);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialLogCallWindow *self = DIAL_LOG_CALL_WINDOW (widget);
  g_autoptr (DialCallRecord) call = NULL;
  const char *problem;

  if (self->saving || self->candidate == NULL)
    return;

  call = make_record (self, &problem);
  if (problem != NULL) {
    say_problem (self, problem);
    return;
  }

  self->saving = TRUE;
  update (self);
  dial_desk_log_call_async (dial_companies_get_desk (self->companies), self->integration, self->candidate, call,
                            dial_visibility_button_get_visibility (self->visibility), self->reference, NULL,
                            on_saved_cb, g_object_ref (self));
}

static void
on_discard_cb (DialLogCallWindow *self)
{
  self->done = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* What was typed is not lost by a key. */
static gboolean
on_close_request_cb (DialLogCallWindow *self,
                     gpointer           user_data)
{
  g_autofree char *text = g_strstrip (dup_text (self));
  GtkWidget *dialog;

  if (self->done || text[0] == '\0')
    return GDK_EVENT_PROPAGATE;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard This Note?"),
                                   _("The call is not logged yet, and what you typed is lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Keep Writing"),
                                    "discard", _("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::discard", G_CALLBACK (on_discard_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return GDK_EVENT_STOP;
}

static void
dial_log_call_window_dispose (GObject *object)
{
  DialLogCallWindow *self = DIAL_LOG_CALL_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_LOG_CALL_WINDOW);
  g_clear_object (&self->companies);
  g_clear_object (&self->integration);
  g_clear_object (&self->candidate);
  g_clear_object (&self->known);

  G_OBJECT_CLASS (dial_log_call_window_parent_class)->dispose (object);
}

static void
dial_log_call_window_finalize (GObject *object)
{
  DialLogCallWindow *self = DIAL_LOG_CALL_WINDOW (object);

  g_free (self->uid);
  g_free (self->reference);

  G_OBJECT_CLASS (dial_log_call_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_AUTHOR_HINT);
  g_type_ensure (DIAL_TYPE_COMPANY_MARK);
  g_type_ensure (DIAL_TYPE_PERSON_PICKER);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-log-call-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, save);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, picker);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, name);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, company);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, change);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, direction);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, number);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, day_row);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, day);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, day_popover);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, calendar);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, time);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, length);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, text);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, author_hint);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, visibility);
  gtk_widget_class_bind_template_child (widget_class, DialLogCallWindow, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_direction_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_picked_cb);
}

static void
dial_log_call_window_class_init (DialLogCallWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_log_call_window_dispose;
  object_class->finalize = dial_log_call_window_finalize;

  gtk_widget_class_install_action (widget_class, "log-call.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  bind_template (widget_class);
}

static void
dial_log_call_window_init (DialLogCallWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (now, "%H:%M");

  gtk_widget_init_template (GTK_WIDGET (self));
  offer_outcomes (self);
  say_day (self);
  gtk_editable_set_text (self->time, clock);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  self->uid = g_uuid_string_random ();
  self->reference = dial_note_text_new_reference ();
}

/**
 * dial_log_call_window_new:
 * @parent: the window it belongs to
 * @companies: among whose candidates
 * @integration: (nullable): whose candidate, if it is known with whom it was
 * @candidate: (nullable): with whom it was
 *
 * Returns: (transfer none): a window for a call made elsewhere, not yet shown
 */
GtkWindow *
dial_log_call_window_new (GtkWindow       *parent,
                          DialCompanies   *companies,
                          DialIntegration *integration,
                          DialCandidate   *candidate)
{
  DialLogCallWindow *self;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);

  self = g_object_new (DIAL_TYPE_LOG_CALL_WINDOW, "transient-for", parent, NULL);
  self->companies = g_object_ref (companies);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
  if (integration != NULL && candidate != NULL)
    show_person (self, integration, candidate);
  else
    ask_who (self, NULL);
  return GTK_WINDOW (self);
}

/* What the desk saw of the call itself is not for anybody to say otherwise. */
static void
show_known (DialLogCallWindow *self)
{
  DialCallRecord *call = self->known;
  g_autofree char *when = dial_words_when (call->started_at);
  g_autofree char *length = call->duration > 0 ? dial_words_duration (call->duration) : NULL;
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new_stored (call->number, NULL, call->e164, NULL, NULL);
  g_autofree char *typed = call->number[0] != '\0' || call->e164 != NULL ? dial_words_number (number) : NULL;
  g_autofree char *facts = NULL;

  facts = dial_words_join (4, call->direction == DIAL_DIRECTION_INCOMING ? _("Incoming call") : _("Outgoing call"),
                           when, length, typed);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_hide (GTK_WIDGET (self->direction));
  gtk_widget_hide (GTK_WIDGET (self->number));
  gtk_widget_hide (self->day_row);
  gtk_widget_hide (GTK_WIDGET (self->time));
  gtk_widget_hide (GTK_WIDGET (self->length));

  offer_outcomes (self);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i] == call->outcome)
      adw_combo_row_set_selected (self->outcome, i);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), call->text != NULL ? call->text : "", -1);
}

/**
 * dial_log_call_window_new_for_call:
 * @parent: the window it belongs to
 * @companies: among whose candidates
 * @integration: whose call
 * @logged: a call of which no note tells
 *
 * Returns: (transfer none): a window for that call, not yet shown
 */
GtkWindow *
dial_log_call_window_new_for_call (GtkWindow       *parent,
                                   DialCompanies   *companies,
                                   DialIntegration *integration,
                                   DialLoggedCall  *logged)
{
  DialLogCallWindow *self;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_LOGGED_CALL (logged), NULL);

  self = g_object_new (DIAL_TYPE_LOG_CALL_WINDOW, "transient-for", parent, "title", _("Log This Call"), NULL);
  self->companies = g_object_ref (companies);
  self->known = g_object_ref (logged->call);
  g_set_object (&self->integration, integration);
  show_known (self);
  gtk_widget_set_visible (self->change, logged->candidate == NULL);
  if (logged->candidate != NULL)
    show_person (self, integration, logged->candidate);
  else
    ask_who (self, integration);
  return GTK_WINDOW (self);
}
