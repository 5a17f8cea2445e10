#include "config.h"

#include <glib/gi18n.h>

#include "dial-history-row.h"
#include "dial-words.h"

/* A longer first line may not fit and opens too. */
#define SHORT_TEXT 48

struct _DialHistoryRow
{
  GtkListBoxRow     parent_instance;

  GtkImage         *icon;
  GtkLabel         *text;
  GtkLabel         *details;
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

typedef struct {
  const char *icon_name;
  const char *words;
  const char *css_class;
} StateLook;

static StateLook
look_of_state (DialOutboxItem *item,
               DialNote       *note)
{
  if (item != NULL)
    switch (item->state) {
    case DIAL_OUTBOX_STATE_WAITING:
      return (StateLook) { "content-loading-symbolic", _("waiting"), "warning" };
    case DIAL_OUTBOX_STATE_SENDING:
      return (StateLook) { "content-loading-symbolic", _("sending"), "dim-label" };
    case DIAL_OUTBOX_STATE_UNCERTAIN:
      return (StateLook) { "dialog-warning-symbolic", _("needs a look"), "warning" };
    case DIAL_OUTBOX_STATE_REFUSED:
      return (StateLook) { "dialog-error-symbolic", _("refused"), "error" };
    case DIAL_OUTBOX_STATE_SENT:
      break;
    default:
      break;
    }

  if (note != NULL || item != NULL)
    return (StateLook) { "emblem-ok-symbolic", _("in Greenhouse"), "success" };
  return (StateLook) { NULL, NULL, NULL };
}

static const char *
icon_of_call (DialCallRecord *call)
{
  if (call->state != DIAL_CALL_STATE_ENDED)
    return "call-start-symbolic";

  switch (call->outcome) {
  case DIAL_OUTCOME_NO_ANSWER:
  case DIAL_OUTCOME_MISSED:
  case DIAL_OUTCOME_BUSY:
    return "call-missed-symbolic";
  case DIAL_OUTCOME_CANCELLED:
  case DIAL_OUTCOME_FAILED:
    return "call-stop-symbolic";
  case DIAL_OUTCOME_ANSWERED:
  case DIAL_OUTCOME_VOICEMAIL:
  case DIAL_OUTCOME_UNKNOWN:
  default:
    return call->direction == DIAL_DIRECTION_INCOMING ? "call-incoming-symbolic" : "call-outgoing-symbolic";
  }
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
words_of_call (DialCallRecord *call)
{
  return call->state == DIAL_CALL_STATE_ENDED ? dial_words_outcome (call->outcome) : _("On the line now");
}

static void
show_text (DialHistoryRow *self)
{
  DialCallRecord *call = dial_history_entry_get_call (self->entry);
  const char *text = dial_history_entry_get_text (self->entry);
  g_autofree char *first = dup_first_line (text);

  if (first == NULL || first[0] == '\0') {
    const char *words = call != NULL ? words_of_call (call) : _("Note");

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
  const char *outcome = NULL;

  if (call != NULL) {
    /* Where there is no text, the outcome stands above already. */
    if (text != NULL && text[0] != '\0')
      outcome = words_of_call (call);
    if (call->duration > 0)
      duration = dial_words_duration (call->duration);
  }

  details = dial_words_join (4, outcome, when, duration, dial_history_entry_get_author (self->entry));
  gtk_label_set_label (self->details, details);
}

static void
show_state (DialHistoryRow *self)
{
  DialOutboxItem *item = dial_history_entry_get_item (self->entry);
  StateLook look = look_of_state (item, dial_history_entry_get_note (self->entry));
  gboolean stuck = item != NULL && (item->state == DIAL_OUTBOX_STATE_UNCERTAIN ||
                                    item->state == DIAL_OUTBOX_STATE_REFUSED);
  gboolean waiting = item != NULL && item->state == DIAL_OUTBOX_STATE_WAITING;
  gboolean troubled = stuck || (waiting && item->error != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->state_box), look.words != NULL);
  if (look.words != NULL) {
    gtk_image_set_from_icon_name (self->state_icon, look.icon_name);
    gtk_label_set_label (self->state_label, look.words);
    gtk_widget_add_css_class (GTK_WIDGET (self->state_box), look.css_class);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->trouble_box), troubled);
  if (troubled) {
    gtk_label_set_label (self->trouble_label, item->error != NULL ? item->error : "");
    gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), item->error != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->retry_button), stuck || waiting);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry_button), "x", item->id);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry_button), "history.retry");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->discard_button), "x", item->id);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->discard_button), "history.discard");
  }
}

/* The whole row in one sentence, for those who do not see it. */
static void
describe (DialHistoryRow *self)
{
  DialHistoryKind kind = dial_history_entry_get_kind (self->entry);
  g_autofree char *description = NULL;
  const char *state = "";

  if (gtk_widget_get_visible (GTK_WIDGET (self->state_box)))
    state = gtk_label_get_label (self->state_label);

  /* Translators: what, first line, when and who, where it stands */
  description = g_strdup_printf (_("%s: %s, %s, %s"),
                                 kind == DIAL_HISTORY_CALL ? _("Call") : _("Note"),
                                 gtk_label_get_label (self->text),
                                 gtk_label_get_label (self->details),
                                 state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
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
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, DialHistoryRow, discard_button);
}

static void
dial_history_row_init (DialHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_history_row_new:
 * @entry: a call or a note
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
dial_history_row_new (DialHistoryEntry *entry)
{
  DialHistoryRow *self;
  DialCallRecord *call;

  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (entry), NULL);

  self = g_object_new (DIAL_TYPE_HISTORY_ROW, NULL);
  self->entry = g_object_ref (entry);

  call = dial_history_entry_get_call (entry);
  gtk_image_set_from_icon_name (self->icon, call != NULL ? icon_of_call (call) : "document-edit-symbolic");
  show_text (self);
  show_details (self);
  show_state (self);
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
