#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-note-text.h"
#include "dial-outbox-editor.h"
#include "dial-visibility-button.h"

struct _DialOutboxEditor
{
  AdwWindow             parent_instance;

  AdwWindowTitle       *title;
  GtkTextView          *text;
  GtkTextBuffer        *buffer;
  DialVisibilityButton *visibility;
  GtkLabel             *preview;
  DialBanner           *banner;

  DialOutboxEntry      *entry;
  char                 *first_text;
  guint                 saving : 1;
  guint                 may_close : 1;
};

G_DEFINE_FINAL_TYPE (DialOutboxEditor, dial_outbox_editor, ADW_TYPE_WINDOW)

static char *
dup_text (DialOutboxEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
on_text_changed_cb (DialOutboxEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;
  g_autofree char *trimmed = NULL;

  if (self->entry == NULL)
    return;

  text = dup_text (self);
  body = dial_note_text_add_reference (text, dial_outbox_entry_get_item (self->entry)->reference);
  trimmed = g_strstrip (g_strdup (text));
  gtk_label_set_label (self->preview, body);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", !self->saving && trimmed[0] != '\0');
}

/* Saving */

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialOutboxEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = dial_integration_edit_note_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->entry == NULL)
    return;

  self->saving = FALSE;
  if (saved) {
    self->may_close = TRUE;
    gtk_window_close (GTK_WINDOW (self));
  } else {
    dial_banner_say (self->banner, error->message);
    on_text_changed_cb (self);
  }
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialOutboxEditor *self = DIAL_OUTBOX_EDITOR (widget);
  g_autofree char *text = dup_text (self);

  self->saving = TRUE;
  dial_banner_say (self->banner, NULL);
  on_text_changed_cb (self);
  dial_integration_edit_note_async (dial_outbox_entry_get_integration (self->entry),
                                    dial_outbox_entry_get_item (self->entry)->id, text,
                                    dial_visibility_button_get_visibility (self->visibility), NULL, on_saved_cb,
                                    g_object_ref (self));
}

/* Closing: what was typed is not lost by a slip. */

static gboolean
is_changed (DialOutboxEditor *self)
{
  g_autofree char *text = dup_text (self);

  return strcmp (text, self->first_text) != 0 ||
         dial_visibility_button_get_visibility (self->visibility) !=
         dial_outbox_entry_get_item (self->entry)->visibility;
}

static void
on_drop_response_cb (DialOutboxEditor *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask_to_drop (DialOutboxEditor *self)
{
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Drop Your Changes?"),
                                                       _("The note stays as it was before.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Go On Editing"), "drop", _("_Drop"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "drop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response::drop", G_CALLBACK (on_drop_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
dial_outbox_editor_close_request (GtkWindow *window)
{
  DialOutboxEditor *self = DIAL_OUTBOX_EDITOR (window);

  if (self->saving)
    return GDK_EVENT_STOP;
  if (!self->may_close && is_changed (self)) {
    ask_to_drop (self);
    return GDK_EVENT_STOP;
  }

  return GTK_WINDOW_CLASS (dial_outbox_editor_parent_class)->close_request (window);
}

static void
dial_outbox_editor_dispose (GObject *object)
{
  DialOutboxEditor *self = DIAL_OUTBOX_EDITOR (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_OUTBOX_EDITOR);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (dial_outbox_editor_parent_class)->dispose (object);
}

static void
dial_outbox_editor_finalize (GObject *object)
{
  g_free (DIAL_OUTBOX_EDITOR (object)->first_text);

  G_OBJECT_CLASS (dial_outbox_editor_parent_class)->finalize (object);
}

static void
dial_outbox_editor_class_init (DialOutboxEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_outbox_editor_dispose;
  object_class->finalize = dial_outbox_editor_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dial_outbox_editor_close_request;

  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-outbox-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, title);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, text);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, buffer);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, visibility);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxEditor, banner);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
}

static void
dial_outbox_editor_init (DialOutboxEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_outbox_editor_new:
 * @parent: the window it belongs to
 * @entry: a note that may be edited
 *
 * Returns: (transfer none): an editor, not yet shown
 */
GtkWindow *
dial_outbox_editor_new (GtkWindow       *parent,
                        DialOutboxEntry *entry)
{
  DialOutboxEditor *self;
  DialOutboxItem *item;
  DialCandidate *candidate;
  g_autofree char *name = NULL;

  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (entry), NULL);

  item = dial_outbox_entry_get_item (entry);
  candidate = dial_outbox_entry_get_candidate (entry);
  name = dial_outbox_entry_dup_name (entry);

  self = g_object_new (DIAL_TYPE_OUTBOX_EDITOR, "transient-for", parent, NULL);
  self->entry = g_object_ref (entry);
  self->first_text = dial_note_text_strip_reference (item->body);
  adw_window_title_set_subtitle (self->title, name);
  dial_visibility_button_set_may_be_public (self->visibility, candidate == NULL || !candidate->is_private);
  dial_visibility_button_set_visibility (self->visibility, item->visibility);
  gtk_text_buffer_set_text (self->buffer, self->first_text, -1);
  on_text_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  return GTK_WINDOW (self);
}
