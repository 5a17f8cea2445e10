#include "config.h"

#include <glib/gi18n.h>

#include "dial-author-hint.h"
#include "dial-company-mark.h"
#include "dial-draft.h"
#include "dial-note-insert.h"
#include "dial-note-pane.h"
#include "dial-script-view.h"
#include "dial-tag-picker.h"
#include "dial-template-button.h"
#include "dial-visibility-button.h"
#include "dial-words.h"
#include "dial-wrap-layout.h"
#include "dial-wrap-up-pane.h"

/* Who struck a key so lately is in the middle of a word. */
#define TYPING_TIME (3 * G_USEC_PER_SEC)

struct _DialNotePane
{
  GtkWidget             parent_instance;

  GtkStack             *stack;
  DialCompanyMark      *company;
  GtkWidget            *call_elsewhere;
  GtkLabel             *call_elsewhere_label;
  GtkBox               *script_slot;
  DialScriptView       *script;      /* NULL until one is read */
  GtkBox               *tags_slot;
  DialTagPicker        *tag_picker;  /* NULL until there is a call */
  GtkTextView          *text;
  GtkRevealer          *problem_revealer;
  GtkLabel             *problem;
  GtkWidget            *try_again;
  GtkLabel             *status;
  DialAuthorHint       *author_hint;
  GtkWidget            *note_footer;
  DialTemplateButton   *template_button;
  DialTemplateButton   *script_button;
  GtkButton            *pin_time;
  DialVisibilityButton *visibility;
  DialWrapUpPane       *wrap_up;     /* NULL until there is something to wrap up */

  DialCompanies        *companies;
  DialDesk             *desk;
  DialIntegration      *integration;
  DialCandidate        *candidate;
  GSignalGroup         *desk_signals;
  GSignalGroup         *call_signals;

  DialDraft            *draft;
  GSignalGroup         *draft_signals;
  GPtrArray            *unsettled;   /* drafts of other candidates the store has not yet got */
  DialQuickTags        *tags;        /* of the desk's call; NULL until they are asked for */
  guint                 clock_source;
  gint64                typed_at;    /* monotonic time of the last change to the draft */
  guint                 saving : 1;
};

/* A plain note on its way to the outbox. */
typedef struct {
  DialNotePane *pane;
  DialDraft    *draft;
} Saving;

enum {
  SHOW_CANDIDATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialNotePane, dial_note_pane, GTK_TYPE_WIDGET)

static void on_wrap_up_saved_cb   (DialNotePane *self,
                                   gboolean      next);
static void on_wrap_up_dropped_cb (DialNotePane *self);

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->pane);
  g_object_unref (saving->draft);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static DialCall *
get_call (DialNotePane *self)
{
  return self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;
}

/* Whether the desk's call is with the candidate shown. */
static gboolean
is_our_call (DialNotePane *self,
             DialCall     *call)
{
  return call != NULL && self->candidate != NULL &&
         dial_call_get_candidate_id (call) == self->candidate->id &&
         dial_desk_get_call_integration (self->desk) == self->integration;
}

static void
say_problem (DialNotePane *self,
             const char   *sentence)
{
  if (sentence != NULL)
    gtk_label_set_label (self->problem, sentence);
  gtk_revealer_set_reveal_child (self->problem_revealer, sentence != NULL);
}

/* One line says both what the field is for and what became of the last note, so that nothing moves. */
static void
say_status (DialNotePane *self,
            const char   *sentence)
{
  gtk_label_set_label (self->status,
                       sentence != NULL ? sentence : _("Typed as you talk; kept at every keystroke"));
}

static void
update_actions (DialNotePane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  DialCall *call = get_call (self);
  gboolean ours = is_our_call (self, call);
  gboolean ready = self->draft != NULL && !self->saving;

  gtk_widget_action_set_enabled (widget, "note.save",
                                 ready && !ours && !dial_draft_is_blank (self->draft));
  gtk_widget_action_set_enabled (widget, "note.pin-time",
                                 ready && ours && dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE &&
                                 dial_call_get_duration (call) >= 0);
  gtk_text_view_set_editable (self->text, ready);
}

static void
say_call_elsewhere (DialNotePane *self,
                    DialCall     *call)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (dial_call_get_candidate_name (call) != NULL)
    name = dial_words_isolate (dial_call_get_candidate_name (call));
  else
    name = dial_words_number (dial_call_get_number (call));

  if (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
    /* Translators: %s is a person's name or a phone number */
    sentence = g_strdup_printf (_("The call with %s waits for its wrap-up"), name);
  else
    /* Translators: %s is a person's name or a phone number */
    sentence = g_strdup_printf (_("The call with %s goes on"), name);
  gtk_label_set_label (self->call_elsewhere_label, sentence);
}

/* Made when the first call ends. */
static DialWrapUpPane *
get_wrap_up (DialNotePane *self)
{
  if (self->wrap_up == NULL) {
    self->wrap_up = g_object_new (DIAL_TYPE_WRAP_UP_PANE, NULL);
    g_signal_connect_object (self->wrap_up, "saved", G_CALLBACK (on_wrap_up_saved_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->wrap_up, "dropped", G_CALLBACK (on_wrap_up_dropped_cb), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->wrap_up), "wrap-up");
  }

  return self->wrap_up;
}

static void
on_tags_changed_cb (DialNotePane *self)
{
  g_auto (GStrv) chosen = dial_quick_tags_dup_chosen (self->tags);

  dial_desk_tag_call (self->desk, (const char * const *) chosen);
}

/* One state for both: while talking, and in the wrap-up. */
static DialQuickTags *
get_tags (DialNotePane *self)
{
  if (self->tags == NULL) {
    g_auto (GStrv) offered = dial_integration_dup_quick_tags (dial_desk_get_call_integration (self->desk));
    const char * const *chosen = dial_call_get_tags (get_call (self));

    self->tags = dial_quick_tags_new ((const char * const *) offered);
    for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
      dial_quick_tags_add (self->tags, chosen[i]);
    g_signal_connect_object (self->tags, "changed", G_CALLBACK (on_tags_changed_cb), self, G_CONNECT_SWAPPED);
  }

  return self->tags;
}

static void
show_tags (DialNotePane *self,
           gboolean      ours)
{
  if (ours && self->tag_picker == NULL) {
    self->tag_picker = g_object_new (DIAL_TYPE_TAG_PICKER, NULL);
    gtk_box_append (self->tags_slot, GTK_WIDGET (self->tag_picker));
  }
  if (ours)
    dial_tag_picker_set_tags (self->tag_picker, get_tags (self));
  gtk_widget_set_visible (GTK_WIDGET (self->tags_slot), ours);
}

/* The call's clock stands on the button that pins it. */
static void
say_clock (DialNotePane *self)
{
  DialCall *call = get_call (self);
  int seconds = call != NULL ? MAX (dial_call_get_duration (call), 0) : 0;
  /* Translators: puts the time of the call, such as 02:10, into the note */
  g_autofree char *label = g_strdup_printf (_("Pin %02d:%02d"), seconds / 60, seconds % 60);

  gtk_button_set_label (self->pin_time, label);
}

static gboolean
on_second_cb (gpointer user_data)
{
  say_clock (user_data);
  /* A time nobody knows any more cannot be pinned. */
  update_actions (user_data);
  return G_SOURCE_CONTINUE;
}

static void
update_clock (DialNotePane *self,
              gboolean      ours)
{
  DialCall *call = get_call (self);
  gboolean runs = ours && dial_call_get_state (call) == DIAL_CALL_STATE_ACTIVE;

  say_clock (self);
  if (runs && self->clock_source == 0)
    self->clock_source = g_timeout_add_seconds (1, on_second_cb, self);
  else if (!runs)
    g_clear_handle_id (&self->clock_source, g_source_remove);
}

static void
update_page (DialNotePane *self)
{
  DialCall *call = get_call (self);
  gboolean ours = is_our_call (self, call);

  if (ours && self->draft != NULL && dial_call_get_state (call) == DIAL_CALL_STATE_ENDED) {
    dial_wrap_up_pane_begin (get_wrap_up (self), self->companies, self->candidate, self->draft, get_tags (self));
    gtk_stack_set_visible_child_name (self->stack, "wrap-up");
  } else {
    gtk_stack_set_visible_child_name (self->stack, "note");
  }

  if (call != NULL && !ours)
    say_call_elsewhere (self, call);
  gtk_widget_set_visible (self->call_elsewhere, call != NULL && !ours);
  gtk_widget_set_visible (self->note_footer, !ours);
  gtk_widget_set_visible (GTK_WIDGET (self->pin_time), ours);
  show_tags (self, ours);
  update_clock (self, ours);
  update_actions (self);
}

/* Somebody who is writing elsewhere, say in the search entry, keeps the keyboard. */
static gboolean
may_take_focus (DialNotePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL)
    return FALSE;
  return focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) || !GTK_IS_TEXT (focus);
}

static void
on_call_state_changed_cb (DialNotePane *self)
{
  DialCall *call = get_call (self);
  gboolean typing = gtk_widget_has_focus (GTK_WIDGET (self->text)) &&
                    g_get_monotonic_time () - self->typed_at < TYPING_TIME;
  gboolean take = may_take_focus (self);

  update_page (self);
  if (take && is_our_call (self, call) && dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
    dial_wrap_up_pane_focus (get_wrap_up (self), typing);
}

static void
on_call_changed_cb (DialNotePane *self)
{
  DialCall *call = get_call (self);

  g_clear_object (&self->tags);
  g_signal_group_set_target (self->call_signals, call);
  if (call != NULL)
    say_status (self, NULL);
  self->typed_at = 0;
  update_page (self);
  /* Whoever has just started a call writes next. */
  if (is_our_call (self, call) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    dial_note_pane_focus (self);
}

static void
on_draft_problem_changed_cb (DialNotePane *self)
{
  const char *problem = dial_draft_get_problem (self->draft);

  say_problem (self, problem);
  gtk_widget_set_visible (self->try_again, problem != NULL);
}

static void
on_draft_changed_cb (DialNotePane *self)
{
  self->typed_at = g_get_monotonic_time ();
  if (gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->draft)) > 0)
    say_status (self, NULL);
  update_actions (self);
}

/* Lets a draft go, unless there is text in it the store has not yet got. */
static void
put_draft_away (DialNotePane *self)
{
  for (guint i = self->unsettled->len; i > 0; i--)
    if (dial_draft_is_settled (g_ptr_array_index (self->unsettled, i - 1)))
      g_ptr_array_remove_index_fast (self->unsettled, i - 1);

  if (self->draft == NULL)
    return;
  dial_draft_keep (self->draft);
  if (!dial_draft_is_settled (self->draft))
    g_ptr_array_add (self->unsettled, g_object_ref (self->draft));
  g_clear_object (&self->draft);
}

static DialDraft *
take_draft (DialNotePane *self,
            DialStore    *store,
            gint64        candidate_id)
{
  for (guint i = 0; i < self->unsettled->len; i++)
    if (dial_draft_is_of (g_ptr_array_index (self->unsettled, i), store, candidate_id))
      return g_ptr_array_steal_index_fast (self->unsettled, i);

  return dial_draft_new (store, candidate_id);
}

static void
close_script (DialNotePane *self)
{
  if (self->script != NULL)
    dial_script_view_close (self->script);
}

static void
update_draft (DialNotePane *self)
{
  DialStore *store = self->integration != NULL ? dial_integration_get_store (self->integration) : NULL;
  gint64 candidate_id = self->candidate != NULL ? self->candidate->id : 0;

  if (store == NULL || candidate_id == 0) {
    /* Not NULL: GTK 4.8's text view stumbles over that once it has been shown. */
    g_autoptr (GtkTextBuffer) empty = gtk_text_buffer_new (NULL);

    put_draft_away (self);
    g_signal_group_set_target (self->draft_signals, NULL);
    gtk_text_view_set_buffer (self->text, empty);
    return;
  }

  dial_visibility_button_set_may_be_public (self->visibility, !self->candidate->is_private);
  /* The same candidate read anew, after a sync, leaves the text and the cursor alone. */
  if (self->draft != NULL && dial_draft_is_of (self->draft, store, candidate_id))
    return;

  put_draft_away (self);
  self->draft = take_draft (self, store, candidate_id);
  self->typed_at = 0;
  g_signal_group_set_target (self->draft_signals, self->draft);
  gtk_text_view_set_buffer (self->text, GTK_TEXT_BUFFER (self->draft));
  dial_visibility_button_set_visibility (self->visibility,
                                         dial_integration_get_visibility (self->integration));
  close_script (self);
  say_status (self, NULL);
  on_draft_problem_changed_cb (self);
}

static void
say_saved (DialNotePane *self)
{
  g_autofree char *sentence = NULL;

  if (self->integration == NULL || dial_integration_is_active (self->integration)) {
    say_status (self, _("Saved; it goes to Greenhouse now"));
    return;
  }

  /* Translators: %s is the name of a connection to Greenhouse */
  sentence = g_strdup_printf (_("Saved; it goes to Greenhouse once %s is switched on"),
                              dial_integration_get_name (self->integration));
  say_status (self, sentence);
}

static void
on_wrap_up_saved_cb (DialNotePane *self,
                     gboolean      next)
{
  update_page (self);
  say_saved (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  if (next)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
on_wrap_up_dropped_cb (DialNotePane *self)
{
  update_page (self);
  say_status (self, _("Not logged"));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_note_written_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  DialNotePane *self = saving->pane;

  if (dial_integration_write_note_finish (DIAL_INTEGRATION (source), result, &error) > 0)
    dial_draft_clear (saving->draft);

  self->saving = FALSE;
  if (self->desk == NULL)
    return; /* the pane is gone */

  update_actions (self);
  if (saving->draft != self->draft)
    return;

  if (error == NULL) {
    say_saved (self);
  } else {
    gtk_widget_set_visible (self->try_again, FALSE);
    say_problem (self, error->message);
  }
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialNotePane *self = DIAL_NOTE_PANE (widget);
  g_autofree char *text = NULL;
  Saving *saving;

  if (self->draft == NULL || self->saving)
    return;

  text = dial_draft_dup_text (self->draft);
  saving = g_new0 (Saving, 1);
  saving->pane = g_object_ref (self);
  saving->draft = g_object_ref (self->draft);

  self->saving = TRUE;
  update_actions (self);
  say_problem (self, NULL);
  /* Not cancellable: what was saved is saved, whatever becomes of the window. */
  dial_integration_write_note_async (self->integration, self->candidate->id, text,
                                     dial_visibility_button_get_visibility (self->visibility),
                                     NULL, on_note_written_cb, saving);
}

static void
pin_time_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DialNotePane *self = DIAL_NOTE_PANE (widget);
  DialCall *call = get_call (self);

  if (call != NULL && self->draft != NULL)
    dial_note_insert_time (self->text, dial_call_get_duration (call));
}

static void
on_template_chosen_cb (DialNotePane     *self,
                       DialNoteTemplate *template)
{
  g_autofree char *left_open = NULL;

  if (self->draft == NULL || self->saving)
    return;

  left_open = dial_note_insert_template (self->text, template, self->integration, self->candidate);
  if (left_open != NULL)
    say_status (self, left_open);
}

static void
on_script_chosen_cb (DialNotePane     *self,
                     DialNoteTemplate *script)
{
  g_autofree char *left_open = NULL;
  g_autofree char *text = NULL;

  if (self->candidate == NULL)
    return;

  if (self->script == NULL) {
    self->script = g_object_new (DIAL_TYPE_SCRIPT_VIEW, NULL);
    gtk_box_append (self->script_slot, GTK_WIDGET (self->script));
    g_object_bind_property (self->script, "visible", self->script_slot, "visible", G_BINDING_SYNC_CREATE);
  }
  text = dial_note_fill (script, self->integration, self->candidate, &left_open);
  dial_script_view_show (self->script, script->name, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
try_again_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DialNotePane *self = DIAL_NOTE_PANE (widget);

  if (self->draft != NULL)
    dial_draft_keep (self->draft);
}

static void
show_call_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DialCall *call = get_call (DIAL_NOTE_PANE (widget));

  if (call != NULL)
    g_signal_emit (widget, signals[SHOW_CANDIDATE], 0, dial_call_get_candidate_id (call));
}

static void
dial_note_pane_unmap (GtkWidget *widget)
{
  DialNotePane *self = DIAL_NOTE_PANE (widget);

  /* It may be the window that goes: the last keystroke must not wait for an answer then. */
  if (self->draft != NULL)
    dial_draft_flush (self->draft);
  for (guint i = 0; i < self->unsettled->len; i++)
    dial_draft_flush (g_ptr_array_index (self->unsettled, i));

  GTK_WIDGET_CLASS (dial_note_pane_parent_class)->unmap (widget);
}

static void
dial_note_pane_dispose (GObject *object)
{
  DialNotePane *self = DIAL_NOTE_PANE (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->call_signals);
  g_clear_object (&self->draft_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_NOTE_PANE);
  g_clear_object (&self->draft);
  g_clear_object (&self->tags);
  g_clear_pointer (&self->unsettled, g_ptr_array_unref);
  g_clear_object (&self->candidate);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_note_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_AUTHOR_HINT);
  g_type_ensure (DIAL_TYPE_COMPANY_MARK);
  g_type_ensure (DIAL_TYPE_TEMPLATE_BUTTON);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-note-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, stack);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, company);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, call_elsewhere);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, call_elsewhere_label);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, script_slot);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, tags_slot);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, text);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, problem);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, try_again);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, status);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, author_hint);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, note_footer);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, template_button);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, script_button);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, pin_time);
  gtk_widget_class_bind_template_child (widget_class, DialNotePane, visibility);
  gtk_widget_class_bind_template_callback (widget_class, on_template_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_script_chosen_cb);
}

static void
dial_note_pane_class_init (DialNotePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_note_pane_dispose;
  widget_class->unmap = dial_note_pane_unmap;

  /**
   * DialNotePane::show-candidate:
   * @self: a note pane
   * @candidate_id: whom the desk's call is with
   *
   * The recruiter wants to see whom the call is with.
   */
  signals[SHOW_CANDIDATE] =
    g_signal_new ("show-candidate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_install_action (widget_class, "note.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "note.pin-time", NULL, pin_time_action);
  gtk_widget_class_install_action (widget_class, "note.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "note.show-call", NULL, show_call_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
dial_note_pane_init (DialNotePane *self)
{
  self->unsettled = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->desk_signals = g_signal_group_new (DIAL_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "notify::call",
                                  G_CALLBACK (on_call_changed_cb), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::state",
                                  G_CALLBACK (on_call_state_changed_cb), self);
  self->draft_signals = g_signal_group_new (DIAL_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "changed",
                                  G_CALLBACK (on_draft_changed_cb), self);
  g_signal_group_connect_swapped (self->draft_signals, "notify::problem",
                                  G_CALLBACK (on_draft_problem_changed_cb), self);
  say_status (self, NULL);
  update_page (self);
}

/**
 * dial_note_pane_set_companies:
 * @self: a note pane
 * @companies: among which to tell whose the candidate is, and whose desk's call to follow
 */
void
dial_note_pane_set_companies (DialNotePane  *self,
                              DialCompanies *companies)
{
  g_return_if_fail (DIAL_IS_NOTE_PANE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->companies, companies))
    return;

  g_set_object (&self->desk, dial_companies_get_desk (companies));
  g_signal_group_set_target (self->desk_signals, self->desk);
  g_signal_group_set_target (self->call_signals, get_call (self));
  update_page (self);
}

/**
 * dial_note_pane_show:
 * @self: a note pane
 * @integration: (nullable): whose candidate
 * @candidate: (nullable): whom the note is about
 *
 * Both at once: two companies may have a candidate of one id, and neither's note is the other's.
 */
void
dial_note_pane_show (DialNotePane    *self,
                     DialIntegration *integration,
                     DialCandidate   *candidate)
{
  gboolean changed;

  g_return_if_fail (DIAL_IS_NOTE_PANE (self));

  changed = g_set_object (&self->integration, integration);
  changed |= g_set_object (&self->candidate, candidate);
  if (!changed)
    return;

  dial_company_mark_show (self->company, self->companies, integration);
  dial_author_hint_set_integration (self->author_hint, integration);
  dial_template_button_set_candidate (self->template_button, integration, candidate);
  dial_template_button_set_candidate (self->script_button, integration, candidate);
  update_draft (self);
  update_page (self);
}

/**
 * dial_note_pane_focus:
 * @self: a note pane
 *
 * Moves the keyboard to what the recruiter does next here: the note, or the wrap-up.
 */
void
dial_note_pane_focus (DialNotePane *self)
{
  g_return_if_fail (DIAL_IS_NOTE_PANE (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "wrap-up") == 0)
    dial_wrap_up_pane_focus (self->wrap_up, FALSE);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static gboolean
is_wrapping_up (DialNotePane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "wrap-up") == 0;
}

/**
 * dial_note_pane_popup_templates:
 * @self: a note pane
 * @kind: templates or scripts
 *
 * Offers the templates, or the scripts; puts the script away that is being read.
 */
void
dial_note_pane_popup_templates (DialNotePane     *self,
                                DialTemplateKind  kind)
{
  g_return_if_fail (DIAL_IS_NOTE_PANE (self));

  if (kind == DIAL_TEMPLATE_SCRIPT && self->script != NULL && dial_script_view_is_shown (self->script))
    close_script (self);
  else if (kind == DIAL_TEMPLATE_NOTE && is_wrapping_up (self))
    dial_wrap_up_pane_popup_templates (get_wrap_up (self));
  else if (!is_wrapping_up (self))
    dial_template_button_popup (kind == DIAL_TEMPLATE_SCRIPT ? self->script_button : self->template_button);
}

/**
 * dial_note_pane_toggle_tag:
 * @self: a note pane
 * @index: which of the quick tags
 *
 * Chooses a tag for the call with the candidate shown, or no longer does.
 */
void
dial_note_pane_toggle_tag (DialNotePane *self,
                           guint         index)
{
  DialQuickTags *tags;

  g_return_if_fail (DIAL_IS_NOTE_PANE (self));

  if (!is_our_call (self, get_call (self)))
    return;

  tags = get_tags (self);
  if (index < dial_quick_tags_get_n (tags))
    dial_quick_tags_set_chosen (tags, index, !dial_quick_tags_is_chosen (tags, index));
}
