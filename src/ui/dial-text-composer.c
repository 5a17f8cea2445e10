#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-caution.h"
#include "dial-desk-texts.h"
#include "dial-note-insert.h"
#include "dial-open-link.h"
#include "dial-template-button.h"
#include "dial-template.h"
#include "dial-text-composer.h"
#include "dial-text-draft.h"
#include "dial-text-meter.h"
#include "dial-text-numbers.h"
#include "dial-text-size.h"
#include "dial-wrap-layout.h"

struct _DialTextComposer
{
  GtkWidget           parent_instance;

  DialTextNumbers    *numbers;
  GtkTextView        *text;
  GtkTextBuffer      *buffer;
  DialTextMeter      *meter;
  GtkLabel           *cautions;
  GtkLabel           *problem;
  DialTemplateButton *template_button;
  GtkWidget          *settings;
  GtkButton          *send;
  GtkLabel           *replies;

  DialDesk           *desk;
  DialIntegration    *integration;   /* NULL while nothing is written */
  DialCandidate      *candidate;
  DialTextDraft      *draft;
  GSignalGroup       *draft_signals;
  guint               filling : 1;   /* what is shown changes, not what is written */
  guint               wants_to_send : 1;   /* as soon as the store has it */
  guint               sending : 1;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTextComposer, dial_text_composer, GTK_TYPE_WIDGET)

/* What is written */

static char *
dup_body (DialTextComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static gboolean
is_ready (DialTextComposer *self)
{
  return self->draft != NULL && !dial_text_draft_is_loading (self->draft) && !self->sending && !self->wants_to_send;
}

/* What is shown */

/* As long as something is in the way, that is said where nothing else is. */
static void
say_problem (DialTextComposer *self,
             const char       *sentence)
{
  const char *shown = sentence != NULL ? sentence : dial_text_numbers_get_obstacle (self->numbers);

  gtk_label_set_label (self->problem, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), shown != NULL);
}

static void
show_size (DialTextComposer *self)
{
  g_autofree char *body = dup_body (self);

  dial_text_meter_measure (self->meter, g_strstrip (body));
}

static void
show_cautions (DialTextComposer *self)
{
  DialPhoneNumber *number = dial_text_numbers_get_number (self->numbers);
  DialTextSender *sender = dial_text_numbers_get_sender (self->numbers);
  g_auto (GStrv) sentences = NULL;
  g_autofree char *cautions = NULL;
  GString *all = g_string_new (NULL);

  if (number != NULL) {
    sentences = dial_caution_list (self->integration, self->candidate, number, g_get_real_time ());
    cautions = g_strjoinv ("\n", sentences);
    g_string_append (all, cautions);
  }
  if (sender != NULL && sender->failed)
    g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "",
                            _("The number it comes from could not send a text the last time."));

  gtk_label_set_label (self->cautions, all->str);
  gtk_widget_set_visible (GTK_WIDGET (self->cautions), all->len > 0);
  g_string_free (all, TRUE);
}

static void
update (DialTextComposer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean ready = self->integration != NULL && is_ready (self);
  g_autofree char *body = dup_body (self);

  gtk_widget_action_set_enabled (widget, "text.send",
                                 ready && dial_text_numbers_may_send (self->numbers) && g_strstrip (body)[0] != '\0');
  gtk_text_view_set_editable (self->text, ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->numbers), ready);
  gtk_widget_set_visible (self->settings, self->integration != NULL && !dial_text_numbers_has_senders (self->numbers));
  gtk_button_set_label (self->send, self->sending || self->wants_to_send ? _("Sending…") : _("Send"));
  show_size (self);
  if (self->integration != NULL)
    show_cautions (self);
}

static void
write_down (DialTextComposer *self)
{
  DialPhoneNumber *number = dial_text_numbers_get_number (self->numbers);
  DialTextSender *sender = dial_text_numbers_get_sender (self->numbers);
  g_autofree char *body = dup_body (self);

  if (self->filling || !is_ready (self))
    return;

  dial_text_draft_write (self->draft, number != NULL ? dial_phone_number_get_e164 (number) : "",
                         sender != NULL ? sender->e164 : "", body);
}

static void
on_text_changed_cb (DialTextComposer *self)
{
  if (self->filling || self->draft == NULL)
    return;

  say_problem (self, NULL);
  write_down (self);
  update (self);
}

static void
on_number_chosen_cb (DialTextComposer *self)
{
  if (self->draft == NULL)
    return;

  write_down (self);
  update (self);
}

/* What is known of the numbers. */
static void
on_numbers_changed_cb (DialTextComposer *self)
{
  if (self->draft == NULL)
    return;

  if (dial_text_numbers_get_obstacle (self->numbers) != NULL)
    say_problem (self, NULL);
  update (self);
}

static void
on_numbers_failed_cb (DialTextComposer *self,
                      const char       *sentence)
{
  say_problem (self, sentence);
  update (self);
}

static void
on_template_chosen_cb (DialTextComposer *self,
                       DialNoteTemplate *template)
{
  g_autofree char *left_open = NULL;

  if (self->integration == NULL || !is_ready (self))
    return;

  left_open = dial_note_insert_template (self->text, template, self->integration, self->candidate);
  if (left_open != NULL)
    say_problem (self, left_open);
}

static void
on_plainly_cb (DialTextComposer *self)
{
  GtkTextIter start, end;
  g_autofree char *body = dup_body (self);
  g_autofree char *plain = dial_text_size_dup_plain (body);

  /* One step to be undone, and nothing in between that would be kept. */
  self->filling = TRUE;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, plain, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  self->filling = FALSE;
  on_text_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Sending */

typedef struct {
  DialTextComposer *composer;
  DialTextDraft    *draft;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->composer);
  g_object_unref (sending->draft);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static void
finish (DialTextComposer *self)
{
  dial_text_composer_end (self);
  g_signal_emit (self, signals[DONE], 0);
}

static void
show_outcome (DialTextComposer *self,
              DialTextMessage  *message)
{
  if (message->state == DIAL_TEXT_STATE_HANDED) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Handed to the carrier"));
    finish (self);
  } else if (message->state == DIAL_TEXT_STATE_UNKNOWN) {
    /* The history asks. */
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s",
                                _("It is not known whether the text went out. The history asks: nothing is sent twice."));
    finish (self);
  } else {
    dial_text_draft_take (self->draft, message);
    say_problem (self, message->error);
    update (self);
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
  }
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Sending) sending = user_data;
  DialTextComposer *self = sending->composer;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialTextMessage) message = dial_desk_send_text_finish (DIAL_DESK (source), result, &error);

  /* Somebody else may be looked at by now. */
  if (self->draft != sending->draft) {
    const char *sentence = message == NULL ? error->message : message->error;

    if (sentence != NULL && self->desk != NULL)
      gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
    return;
  }

  self->sending = FALSE;
  if (message != NULL) {
    show_outcome (self, message);
  } else {
    say_problem (self, error->message);
    update (self);
  }
}

static void
send_now (DialTextComposer *self)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->composer = g_object_ref (self);
  sending->draft = g_object_ref (self->draft);
  self->wants_to_send = FALSE;
  self->sending = TRUE;
  /* Not cancellable: whatever becomes of the window, what became of the text is written down. */
  dial_desk_send_text_async (self->desk, self->integration, dial_text_draft_get_message (self->draft), NULL, on_sent_cb,
                             sending);
  update (self);
}

static void
on_draft_settled_cb (DialTextComposer *self)
{
  const char *problem = dial_text_draft_get_problem (self->draft);

  if (problem != NULL) {
    say_problem (self, problem);
    self->wants_to_send = FALSE;
  }
  if (self->wants_to_send && dial_text_draft_is_settled (self->draft))
    send_now (self);
  else
    update (self);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialTextComposer *self = DIAL_TEXT_COMPOSER (widget);

  if (!is_ready (self))
    return;

  say_problem (self, NULL);
  write_down (self);
  self->wants_to_send = TRUE;
  on_draft_settled_cb (self);
}

/* Going */

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  finish (DIAL_TEXT_COMPOSER (widget));
}

static void
settings_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  DialTextComposer *self = DIAL_TEXT_COMPOSER (widget);

  if (self->integration != NULL)
    gtk_widget_activate_action (widget, "win.show-integration", "s", dial_integration_get_id (self->integration));
}

static void
open_conversations_action (GtkWidget  *widget,
                           const char *name,
                           GVariant   *nothing)
{
  dial_open_link (widget, dial_desk_get_replies_url ());
}

/* Beginning */

static void
on_draft_loaded_cb (DialTextComposer *self)
{
  DialTextMessage *message = dial_text_draft_get_message (self->draft);
  DialTextMessage *last = dial_text_draft_get_last (self->draft);

  self->filling = TRUE;
  if (message->id != 0) {
    gtk_text_buffer_begin_irreversible_action (self->buffer);
    gtk_text_buffer_set_text (self->buffer, message->body, -1);
    gtk_text_buffer_end_irreversible_action (self->buffer);
    dial_text_numbers_choose_number (self->numbers, message->number);
  }
  self->filling = FALSE;
  dial_text_numbers_choose_sender (self->numbers, message->own_number[0] != '\0' ? message->own_number
                                                  : last != NULL ? last->own_number : NULL);

  if (message->error != NULL && dial_text_numbers_get_obstacle (self->numbers) == NULL)
    say_problem (self, message->error);
  update (self);
}

/* Back from the settings, a number may be chosen. */
static void
on_active_changed_cb (DialTextComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) && self->integration != NULL &&
      !dial_text_numbers_has_senders (self->numbers)) {
    dial_text_numbers_look_again (self->numbers);
    say_problem (self, NULL);
    update (self);
  }
}

static void
dial_text_composer_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dial_text_composer_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (on_active_changed_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
dial_text_composer_dispose (GObject *object)
{
  DialTextComposer *self = DIAL_TEXT_COMPOSER (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_TEXT_COMPOSER);
  g_clear_object (&self->candidate);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_text_composer_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_TEMPLATE_BUTTON);
  g_type_ensure (DIAL_TYPE_TEXT_METER);
  g_type_ensure (DIAL_TYPE_TEXT_NUMBERS);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-text-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, numbers);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, text);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, meter);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, cautions);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, template_button);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, settings);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, send);
  gtk_widget_class_bind_template_child (widget_class, DialTextComposer, replies);
  gtk_widget_class_bind_template_callback (widget_class, on_number_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_numbers_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_numbers_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_plainly_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_template_chosen_cb);
}

static void
dial_text_composer_class_init (DialTextComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_text_composer_dispose;
  widget_class->root = dial_text_composer_root;

  signals[DONE] =
    g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "text.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "text.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "text.settings", NULL, settings_action);
  gtk_widget_class_install_action (widget_class, "text.open-conversations", NULL, open_conversations_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
dial_text_composer_init (DialTextComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->draft_signals = g_signal_group_new (DIAL_TYPE_TEXT_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "loaded", G_CALLBACK (on_draft_loaded_cb), self);
  g_signal_group_connect_swapped (self->draft_signals, "notify::settled", G_CALLBACK (on_draft_settled_cb), self);
  gtk_label_set_label (self->replies, dial_desk_describe_replies ());
}

/**
 * dial_text_composer_begin:
 * @self: a composer
 * @desk: whose phone system sends it
 * @integration: whose candidate
 * @candidate: to whom
 * @number: (nullable): to which number; %NULL for the first that can get a text
 * @text_id: a text that did not go out and is to be written anew, 0 for none
 *
 * Begins a text message, or goes on with the one that was begun.
 */
void
dial_text_composer_begin (DialTextComposer *self,
                          DialDesk         *desk,
                          DialIntegration  *integration,
                          DialCandidate    *candidate,
                          DialPhoneNumber  *number,
                          gint64            text_id)
{
  DialStore *store;

  g_return_if_fail (DIAL_IS_TEXT_COMPOSER (self));
  g_return_if_fail (DIAL_IS_DESK (desk));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));

  dial_text_composer_end (self);
  g_set_object (&self->desk, desk);
  g_set_object (&self->integration, integration);
  g_set_object (&self->candidate, candidate);
  dial_template_button_set_candidate (self->template_button, integration, candidate);

  dial_text_numbers_begin (self->numbers, desk, integration, candidate);
  if (number != NULL)
    dial_text_numbers_choose_number (self->numbers, dial_phone_number_get_e164 (number));
  say_problem (self, NULL);

  store = dial_integration_get_store (integration);
  self->draft = dial_text_draft_new (store, candidate->id, text_id);
  g_signal_group_set_target (self->draft_signals, self->draft);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * dial_text_composer_end:
 * @self: a composer
 *
 * Puts the text message away. What is written is kept.
 */
void
dial_text_composer_end (DialTextComposer *self)
{
  g_return_if_fail (DIAL_IS_TEXT_COMPOSER (self));

  g_signal_group_set_target (self->draft_signals, NULL);
  g_clear_object (&self->draft);
  g_clear_object (&self->integration);
  g_clear_object (&self->candidate);
  dial_text_numbers_end (self->numbers);
  self->sending = FALSE;
  self->wants_to_send = FALSE;

  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->filling = FALSE;
  say_problem (self, NULL);
}

/**
 * dial_text_composer_focus:
 * @self: a composer
 *
 * Moves the keyboard to the text.
 */
void
dial_text_composer_focus (DialTextComposer *self)
{
  g_return_if_fail (DIAL_IS_TEXT_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * dial_text_composer_popup_templates:
 * @self: a composer
 *
 * Offers the templates.
 */
void
dial_text_composer_popup_templates (DialTextComposer *self)
{
  g_return_if_fail (DIAL_IS_TEXT_COMPOSER (self));

  dial_template_button_popup (self->template_button);
}
