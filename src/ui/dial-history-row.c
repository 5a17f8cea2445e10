#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-look.h"
#include "dial-history-row.h"
#include "dial-open-link.h"
#include "dial-say-name.h"
#include "dial-words.h"

/* A longer first line may not fit and opens too. */
#define SHORT_TEXT 48

struct _DialHistoryRow
{
  GtkListBoxRow     parent_instance;

  GtkImage         *icon;
  GtkLabel         *text;
  GtkLabel         *details;
  GtkWidget        *recording;
  GtkWidget        *state_button;
  GtkBox           *state_box;
  GtkImage         *state_icon;
  GtkLabel         *state_label;
  GtkImage         *arrow;
  GtkBox           *trouble_box;
  GtkLabel         *trouble_label;
  GtkButton        *retry_button;
  GtkButton        *discard_button;

  DialHistoryEntry *entry;
  guint             expandable : 1;
  guint             expanded : 1;
};

G_DEFINE_FINAL_TYPE (DialHistoryRow, dial_history_row, GTK_TYPE_LIST_BOX_ROW)

/* Mails, and what Greenhouse writes by itself, are there and nowhere else: it need not be said. */
static gboolean
is_plain_note (DialNote *note)
{
  return note->type == NULL || g_str_equal (note->type, "NOTE");
}

static const char *
icon_of_note (DialNote *note)
{
  if (note == NULL || is_plain_note (note))
    return "document-edit-symbolic";

  return g_str_equal (note->type, "EMAIL") ? "mail-unread-symbolic" : "dialog-information-symbolic";
}

static const char *
words_of_note (DialNote *note)
{
  if (note == NULL || is_plain_note (note))
    return _("Note");

  return g_str_equal (note->type, "EMAIL") ? _("E-mail") : _("Activity");
}

static char *
dup_first_line (const char *text)
{
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return NULL;

  lines = g_strsplit (text, "\n", 2);
  return lines[0] != NULL ? g_strdup (g_strstrip (lines[0])) : NULL;
}

static const char *
icon_of_entry (DialHistoryEntry *entry)
{
  DialCallRecord *call = dial_history_entry_get_call (entry);

  if (call != NULL)
    return dial_call_look_icon (call);
  if (dial_history_entry_get_message (entry) != NULL)
    return "chat-message-new-symbolic";

  return icon_of_note (dial_history_entry_get_note (entry));
}

static const char *
words_of_kind (DialHistoryEntry *entry)
{
  switch (dial_history_entry_get_kind (entry)) {
  case DIAL_HISTORY_CALL:
    return _("Call");
  case DIAL_HISTORY_TEXT:
    return _("Text message");
  case DIAL_HISTORY_NOTE:
  default:
    return _("Note");
  }
}

static void
show_text (DialHistoryRow *self)
{
  DialCallRecord *call = dial_history_entry_get_call (self->entry);
  const char *text = dial_history_entry_get_text (self->entry);
  g_autofree char *first = dup_first_line (text);

  if (first == NULL || first[0] == '\0') {
    const char *words = call != NULL ? dial_call_look_words (call)
                                     : words_of_note (dial_history_entry_get_note (self->entry));

    gtk_label_set_label (self->text, words);
    return;
  }

  gtk_label_set_label (self->text, self->expanded ? text : first);
  gtk_label_set_ellipsize (self->text, self->expanded ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (self->text, self->expanded);
  gtk_label_set_selectable (self->text, self->expanded);

  self->expandable = strchr (text, '\n') != NULL || g_utf8_strlen (text, -1) > SHORT_TEXT;
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), self->expandable);
  gtk_image_set_from_icon_name (self->arrow, self->expanded ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), self->expandable);
  if (self->expandable)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, (int) self->expanded, -1);
}

static void
show_details (DialHistoryRow *self)
{
  DialCallRecord *call = dial_history_entry_get_call (self->entry);
  const char *text = dial_history_entry_get_text (self->entry);
  g_autofree char *when = dial_words_when (dial_history_entry_get_when (self->entry));
  g_autofree char *duration = NULL;
  g_autofree char *details = NULL;
  DialTextMessage *message = dial_history_entry_get_message (self->entry);
  DialNote *note = dial_history_entry_get_note (self->entry);
  const char *outcome = NULL;

  if (message != NULL)
    outcome = dial_words_text_state (message);
  /* A mail is known by what it is about. */
  if (call == NULL && note != NULL && !is_plain_note (note))
    outcome = note->subject != NULL && note->subject[0] != '\0' ? note->subject : words_of_note (note);
  if (call != NULL) {
    /* Where there is no text, the outcome stands above already. */
    if (text != NULL && text[0] != '\0')
      outcome = dial_call_look_words (call);
    if (call->duration > 0)
      duration = dial_words_duration (call->duration);
  }

  details = dial_words_join (4, outcome, when, duration, dial_history_entry_get_author (self->entry));
  gtk_label_set_label (self->details, details);
}

/* Where its note is, in words; with its number there, from which one gets to it. */
static void
show_proof (DialHistoryRow *self)
{
  DialOutboxItem *item = dial_history_entry_get_item (self->entry);
  DialNote *note = dial_history_entry_get_note (self->entry);
  guint n_notes = dial_history_entry_count_notes (self->entry);
  gint64 note_id = dial_history_entry_get_note_id (self->entry);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, note_id);
  g_autofree char *words = NULL;
  g_autofree char *tooltip = NULL;

  if (item == NULL && (note == NULL || !is_plain_note (note))) {
    gtk_widget_hide (GTK_WIDGET (self->state_box));
    return;
  }

  if (n_notes > 1)
    words = g_strdup_printf (ngettext ("in Greenhouse %u time", "in Greenhouse %u times", n_notes), n_notes);
  else
    words = g_strdup (item != NULL ? dial_words_note_state (item) : _("in Greenhouse"));
  gtk_label_set_label (self->state_label, words);
  gtk_image_set_from_icon_name (self->state_icon,
                                n_notes > 1 ? "dialog-warning-symbolic"
                                : item != NULL ? dial_words_note_icon (item) : "object-select-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->state_box),
                            n_notes > 1 ? "warning" : item != NULL ? dial_words_note_style (item) : "success");

  if (note_id != 0) {
    /* Translators: %s is Greenhouse's number of the note */
    tooltip = g_strdup_printf (_("Note %s: open the candidate in Greenhouse"), id);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->state_button), "win.open-web");
  }
  gtk_widget_set_can_target (self->state_button, note_id != 0);
  gtk_widget_set_can_focus (self->state_button, note_id != 0);
  gtk_widget_set_tooltip_text (self->state_button, tooltip);
  dial_say_name (self->state_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  tooltip != NULL ? tooltip : "", -1);
}

static void
dress_button (GtkButton  *button,
              const char *label,
              const char *action,
              gint64      id)
{
  if (label != NULL)
    gtk_button_set_label (button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/* Of a text that may have gone out only a person can say whether it did, before anything else is done with it. */
static void
show_text_trouble (DialHistoryRow  *self,
                   DialTextMessage *message)
{
  gboolean unknown = message->state == DIAL_TEXT_STATE_UNKNOWN;
  g_autofree char *sentences = NULL;

  if (unknown)
    sentences = g_strdup_printf ("%s %s", message->error != NULL ? message->error : "",
                                 _("Look at the conversation in your phone program: did the text go out?"));
  gtk_label_set_label (self->trouble_label, unknown ? g_strchug (sentences)
                       : message->error != NULL ? message->error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), unknown || message->error != NULL);
  gtk_widget_show (GTK_WIDGET (self->trouble_box));
  if (unknown) {
    dress_button (self->retry_button, _("It Went Out"), "history.text-went-out", message->id);
    dress_button (self->discard_button, _("It Did Not"), "history.text-did-not", message->id);
  } else {
    dress_button (self->retry_button, _("Write Again…"), "candidate.edit-text", message->id);
    dress_button (self->discard_button, NULL, "history.discard-text", message->id);
  }
}

static void
show_trouble (DialHistoryRow *self)
{
  DialTextMessage *message = dial_history_entry_get_message (self->entry);
  DialOutboxItem *item = dial_history_entry_get_item (self->entry);
  gboolean stuck = item != NULL && (item->state == DIAL_OUTBOX_STATE_UNCERTAIN ||
                                    item->state == DIAL_OUTBOX_STATE_REFUSED);
  gboolean waiting = item != NULL && item->state == DIAL_OUTBOX_STATE_WAITING;
  gboolean troubled = stuck || (waiting && item->error != NULL);

  if (message != NULL && (message->state == DIAL_TEXT_STATE_UNKNOWN || message->state == DIAL_TEXT_STATE_REFUSED)) {
    show_text_trouble (self, message);
    return;
  }

  gtk_widget_set_visible (GTK_WIDGET (self->trouble_box), troubled);
  if (troubled) {
    gtk_label_set_label (self->trouble_label, item->error != NULL ? item->error : "");
    gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), item->error != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->retry_button), stuck || waiting);
    dress_button (self->retry_button, NULL, "history.retry", item->id);
    dress_button (self->discard_button, NULL, "history.discard", item->id);
  }
}

static const char *
get_recording (DialHistoryRow *self)
{
  DialCallRecord *call = dial_history_entry_get_call (self->entry);

  return call != NULL && call->report != NULL ? dial_call_report_get_recording (call->report) : NULL;
}

static void
on_recording_clicked_cb (DialHistoryRow *self)
{
  dial_open_link (GTK_WIDGET (self), get_recording (self));
}

/* The whole row in one sentence, for those who do not see it. */
static void
describe (DialHistoryRow *self)
{
  g_autofree char *description = NULL;
  const char *state = "";

  if (gtk_widget_get_visible (GTK_WIDGET (self->state_box)))
    state = gtk_label_get_label (self->state_label);

  /* Translators: what, first line, when and who, where it stands */
  description = g_strdup_printf (_("%s: %s, %s, %s"),
                                 words_of_kind (self->entry),
                                 gtk_label_get_label (self->text),
                                 gtk_label_get_label (self->details),
                                 state);
  dial_say_name (self, description);
}

static void
dial_history_row_dispose (GObject *object)
{
  DialHistoryRow *self = DIAL_HISTORY_ROW (object);

  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (dial_history_row_parent_class)->dispose (object);
}

static void
dial_history_row_class_init (DialHistoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_history_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, text);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, details);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, recording);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_button);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, discard_button);
  gtk_widget_class_bind_template_callback (widget_class, on_recording_clicked_cb);
}

static void
dial_history_row_init (DialHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_history_row_new:
 * @entry: a call, a text message or a note
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
dial_history_row_new (DialHistoryEntry *entry)
{
  DialHistoryRow *self;

  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (entry), NULL);

  self = g_object_new (DIAL_TYPE_HISTORY_ROW, NULL);
  self->entry = g_object_ref (entry);

  gtk_image_set_from_icon_name (self->icon, icon_of_entry (entry));
  show_text (self);
  show_details (self);
  show_proof (self);
  show_trouble (self);
  gtk_widget_set_visible (self->recording, get_recording (self) != NULL);
  describe (self);

  return GTK_WIDGET (self);
}

/**
 * dial_history_row_toggle:
 * @self: a row
 *
 * Opens the row to its whole text, or closes it.
 */
void
dial_history_row_toggle (DialHistoryRow *self)
{
  g_return_if_fail (DIAL_IS_HISTORY_ROW (self));

  if (!self->expandable)
    return;

  self->expanded = !self->expanded;
  show_text (self);
}
