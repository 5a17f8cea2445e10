#include "config.h"

#include <glib/gi18n.h>

#include "dial-again-button.h"
#include "dial-author-hint.h"
#include "dial-company-mark.h"
#include "dial-fields-button.h"
#include "dial-note-insert.h"
#include "dial-outcome-picker.h"
#include "dial-tag-picker.h"
#include "dial-template-button.h"
#include "dial-visibility-button.h"
#include "dial-wrap-layout.h"
#include "dial-wrap-up-pane.h"

struct _DialWrapUpPane
{
  GtkWidget             parent_instance;

  GtkWidget            *box;
  DialCompanyMark      *company;
  DialOutcomePicker    *outcome;
  DialTagPicker        *tag_picker;
  GtkTextView          *text;
  DialTemplateButton   *template_button;
  DialAgainButton      *again;
  GtkLabel             *left_open;
  DialFieldsButton     *fields;
  DialVisibilityButton *visibility;
  GtkLabel             *preview;
  DialAuthorHint       *author_hint;
  GtkRevealer          *problem_revealer;
  GtkLabel             *problem;
  GtkStack             *footer;
  GtkWidget            *save;
  GtkWidget            *keep;

  DialDesk             *desk;
  DialCandidate        *candidate;
  DialDraft            *draft;
  GSignalGroup         *draft_signals;
  DialQuickTags        *tags;
  GSignalGroup         *tags_signals;
  char                 *call_uid;
  GSignalGroup         *call_signals;
  DialOutcome           guess;         /* how the call seemed to have ended */
  guint                 saving : 1;
};

/* A wrap-up on its way to the outbox. */
typedef struct {
  DialWrapUpPane *pane;
  DialDraft      *draft;
  char           *call_uid;
  gboolean        next;
} Saving;

enum {
  SAVED,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialWrapUpPane, dial_wrap_up_pane, GTK_TYPE_WIDGET)

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->pane);
  g_object_unref (saving->draft);
  g_free (saving->call_uid);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
say_problem (DialWrapUpPane *self,
             const char     *sentence)
{
  if (sentence != NULL)
    gtk_label_set_label (self->problem, sentence);
  gtk_revealer_set_reveal_child (self->problem_revealer, sentence != NULL);
}

/* The call this pane is about, as long as it is the desk's. */
static DialCall *
get_call (DialWrapUpPane *self)
{
  DialCall *call = self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;

  if (call == NULL ||
      dial_call_get_state (call) != DIAL_CALL_STATE_ENDED ||
      g_strcmp0 (dial_call_get_uid (call), self->call_uid) != 0)
    return NULL;
  return call;
}

/* What was chosen and typed so far; it stays with the pane. */
typedef struct {
  GStrv           tags;
  char           *text;
  DialNoteFields  fields;
  DialWrapUp      wrap_up;
} Choices;

static void
choices_clear (Choices *choices)
{
  g_strfreev (choices->tags);
  g_free (choices->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choices, choices_clear)

static void
collect (DialWrapUpPane *self,
         Choices        *choices)
{
  choices->tags = dial_quick_tags_dup_chosen (self->tags);
  choices->text = dial_draft_dup_text (self->draft);
  choices->fields = dial_fields_button_get_fields (self->fields);
  choices->wrap_up.outcome = dial_outcome_picker_get_outcome (self->outcome);
  choices->wrap_up.tags = (const char * const *) choices->tags;
  choices->wrap_up.text = choices->text;
  choices->wrap_up.visibility = dial_visibility_button_get_visibility (self->visibility);
  choices->wrap_up.call_again_on = dial_again_button_get_day (self->again);
  choices->wrap_up.fields = &choices->fields;
}

static void
update_preview (DialWrapUpPane *self)
{
  g_auto (Choices) choices = { 0 };
  g_autofree char *note = NULL;

  if (self->draft == NULL || self->tags == NULL || get_call (self) == NULL)
    return;

  collect (self, &choices);
  note = dial_desk_preview_note (self->desk, &choices.wrap_up);
  gtk_label_set_label (self->preview, note != NULL ? note : "");
}

static DialOutcome
get_guess (DialCall *call)
{
  DialOutcome outcome = dial_call_get_outcome (call);

  return outcome != DIAL_OUTCOME_UNKNOWN ? outcome : DIAL_OUTCOME_NO_ANSWER;
}

/* The phone system knows better how it ended; but what the recruiter said stands. */
static void
on_reported_cb (DialWrapUpPane *self)
{
  DialCall *call = get_call (self);

  if (call == NULL)
    return;

  if (self->guess != get_guess (call) && dial_outcome_picker_get_outcome (self->outcome) == self->guess) {
    self->guess = get_guess (call);
    dial_outcome_picker_ask (self->outcome, dial_call_get_direction (call), self->guess);
  }
  update_preview (self);
}

static void
update_actions (DialWrapUpPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "wrap-up.save", !self->saving);
  gtk_widget_action_set_enabled (widget, "wrap-up.save-next", !self->saving);
  gtk_widget_action_set_enabled (widget, "wrap-up.ask-drop", !self->saving);
  gtk_text_view_set_editable (self->text, !self->saving);
}

static void
on_outcome_confirmed_cb (DialWrapUpPane *self)
{
  gtk_widget_grab_focus (self->save);
}

static void
on_template_chosen_cb (DialWrapUpPane   *self,
                       DialNoteTemplate *template)
{
  g_autofree char *left_open = NULL;

  if (self->draft == NULL || self->saving || self->desk == NULL)
    return;

  left_open = dial_note_insert_template (self->text, template, dial_desk_get_call_integration (self->desk),
                                         self->candidate);
  if (left_open != NULL)
    gtk_label_set_label (self->left_open, left_open);
  gtk_widget_set_visible (GTK_WIDGET (self->left_open), left_open != NULL);
}

static void
on_wrapped_up_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  DialWrapUpPane *self = saving->pane;

  if (dial_desk_wrap_up_finish (DIAL_DESK (source), result, &error) > 0)
    dial_draft_clear (saving->draft);

  /* Another call may have ended meanwhile; what became of this one is no news to it. */
  if (self->desk == NULL || g_strcmp0 (saving->call_uid, self->call_uid) != 0)
    return;

  self->saving = FALSE;
  update_actions (self);
  say_problem (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0, saving->next);
}

static void
save (DialWrapUpPane *self,
      gboolean        next)
{
  g_auto (Choices) choices = { 0 };
  Saving *saving;

  if (self->saving || self->draft == NULL || get_call (self) == NULL)
    return;

  collect (self, &choices);
  saving = g_new0 (Saving, 1);
  saving->pane = g_object_ref (self);
  saving->draft = g_object_ref (self->draft);
  saving->call_uid = g_strdup (self->call_uid);
  saving->next = next;

  self->saving = TRUE;
  update_actions (self);
  say_problem (self, NULL);
  /* Not cancellable: what was saved is saved, whatever becomes of the window. */
  dial_desk_wrap_up_async (self->desk, &choices.wrap_up, NULL, on_wrapped_up_cb, saving);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  save (DIAL_WRAP_UP_PANE (widget), g_str_equal (action_name, "wrap-up.save-next"));
}

static void
call_again_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  dial_again_button_popup (DIAL_WRAP_UP_PANE (widget)->again);
}

static void
ask_drop_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "drop");
  gtk_widget_grab_focus (self->keep);
}

static void
keep_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "save");
  gtk_widget_grab_focus (self->save);
}

static void
drop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "save");
  if (get_call (self) == NULL)
    return;

  dial_desk_drop_call (self->desk);
  g_signal_emit (self, signals[DROPPED], 0);
}

static void
dial_wrap_up_pane_dispose (GObject *object)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->tags_signals);
  g_clear_object (&self->call_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_WRAP_UP_PANE);
  g_clear_object (&self->draft);
  g_clear_object (&self->tags);
  g_clear_object (&self->candidate);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_wrap_up_pane_parent_class)->dispose (object);
}

static void
dial_wrap_up_pane_finalize (GObject *object)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  g_free (self->call_uid);

  G_OBJECT_CLASS (dial_wrap_up_pane_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_AGAIN_BUTTON);
  g_type_ensure (DIAL_TYPE_AUTHOR_HINT);
  g_type_ensure (DIAL_TYPE_COMPANY_MARK);
  g_type_ensure (DIAL_TYPE_FIELDS_BUTTON);
  g_type_ensure (DIAL_TYPE_OUTCOME_PICKER);
  g_type_ensure (DIAL_TYPE_TAG_PICKER);
  g_type_ensure (DIAL_TYPE_TEMPLATE_BUTTON);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-wrap-up-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, box);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, company);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, outcome);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, tag_picker);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, text);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, template_button);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, again);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, left_open);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, fields);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, visibility);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, preview);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, author_hint);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, problem);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, footer);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, save);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, keep);
  gtk_widget_class_bind_template_callback (widget_class, update_preview);
  gtk_widget_class_bind_template_callback (widget_class, on_outcome_confirmed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_template_chosen_cb);
}

static void
dial_wrap_up_pane_class_init (DialWrapUpPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_wrap_up_pane_dispose;
  object_class->finalize = dial_wrap_up_pane_finalize;

  signals[SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "wrap-up.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.save-next", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.call-again", NULL, call_again_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.ask-drop", NULL, ask_drop_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.drop", NULL, drop_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
dial_wrap_up_pane_init (DialWrapUpPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->draft_signals = g_signal_group_new (DIAL_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "changed", G_CALLBACK (update_preview), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::report", G_CALLBACK (on_reported_cb), self);
  self->tags_signals = g_signal_group_new (DIAL_TYPE_QUICK_TAGS);
  g_signal_group_connect_swapped (self->tags_signals, "changed", G_CALLBACK (update_preview), self);
}

static void
start_over (DialWrapUpPane  *self,
            DialCall        *call,
            DialIntegration *integration,
            DialCandidate   *candidate)
{
  dial_set_str (&self->call_uid, dial_call_get_uid (call));
  self->saving = FALSE;
  self->guess = get_guess (call);
  g_signal_group_set_target (self->call_signals, call);
  dial_outcome_picker_ask (self->outcome, dial_call_get_direction (call), self->guess);
  dial_again_button_set_day (self->again, NULL);
  dial_fields_button_set_fields (self->fields, dial_integration_get_note_fields (integration));
  dial_visibility_button_set_may_be_public (self->visibility, !candidate->is_private);
  dial_visibility_button_set_visibility (self->visibility, dial_integration_get_visibility (integration));
  gtk_stack_set_visible_child_name (self->footer, "save");
  gtk_widget_set_visible (GTK_WIDGET (self->left_open), FALSE);
  say_problem (self, NULL);
  update_actions (self);
}

/**
 * dial_wrap_up_pane_begin:
 * @self: a wrap-up pane
 * @companies: whose desk's call has ended
 * @candidate: whom the call was with
 * @draft: what was typed about that candidate
 * @tags: the verdicts, as they were chosen while talking
 *
 * Asks about the desk's call. Asked again about the same call, it goes on where it was.
 */
void
dial_wrap_up_pane_begin (DialWrapUpPane *self,
                         DialCompanies  *companies,
                         DialCandidate  *candidate,
                         DialDraft      *draft,
                         DialQuickTags  *tags)
{
  DialDesk *desk;
  DialIntegration *integration;
  DialCall *call;

  g_return_if_fail (DIAL_IS_WRAP_UP_PANE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));
  g_return_if_fail (DIAL_IS_DRAFT (draft));
  g_return_if_fail (DIAL_IS_QUICK_TAGS (tags));

  desk = dial_companies_get_desk (companies);
  call = dial_desk_get_call (desk);
  g_return_if_fail (call != NULL && dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);

  integration = dial_desk_get_call_integration (desk);
  g_set_object (&self->desk, desk);
  g_set_object (&self->candidate, candidate);
  g_set_object (&self->tags, tags);
  g_signal_group_set_target (self->tags_signals, tags);
  dial_tag_picker_set_tags (self->tag_picker, tags);
  dial_template_button_set_candidate (self->template_button, integration, candidate);
  dial_company_mark_show (self->company, companies, integration);
  dial_author_hint_set_integration (self->author_hint, integration);
  if (g_set_object (&self->draft, draft)) {
    g_signal_group_set_target (self->draft_signals, draft);
    gtk_text_view_set_buffer (self->text, GTK_TEXT_BUFFER (draft));
  }
  if (g_strcmp0 (dial_call_get_uid (call), self->call_uid) != 0)
    start_over (self, call, integration, candidate);
  update_preview (self);
}

/**
 * dial_wrap_up_pane_focus:
 * @self: a wrap-up pane
 * @typing: the recruiter is in the middle of a word
 *
 * Moves the keyboard to the outcome, from where Enter and Enter again save; but leaves it in the
 * text where the recruiter is typing.
 */
void
dial_wrap_up_pane_focus (DialWrapUpPane *self,
                         gboolean        typing)
{
  g_return_if_fail (DIAL_IS_WRAP_UP_PANE (self));

  gtk_widget_grab_focus (typing ? GTK_WIDGET (self->text) : GTK_WIDGET (self->outcome));
}

/**
 * dial_wrap_up_pane_popup_templates:
 * @self: a wrap-up pane
 *
 * Offers the templates.
 */
void
dial_wrap_up_pane_popup_templates (DialWrapUpPane *self)
{
  g_return_if_fail (DIAL_IS_WRAP_UP_PANE (self));

  dial_template_button_popup (self->template_button);
}
