#include "config.h"

#include <glib/gi18n.h>

#include "dial-filter.h"
#include "dial-say-name.h"
#include "dial-saved-row.h"
#include "dial-words.h"

struct _DialSavedRow
{
  GtkListBoxRow    parent_instance;

  GtkLabel        *name;
  GtkLabel        *subtitle;
  GtkWidget       *edit;
  GtkWidget       *delete;

  DialSavedSearch *search;
};

enum {
  DELETE,
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSavedRow, dial_saved_row, GTK_TYPE_LIST_BOX_ROW)

static void
tell_button (GtkWidget  *button,
             const char *label)
{
  gtk_widget_set_tooltip_text (button, label);
  dial_say_name (button, label);
}

static void
show_search (DialSavedRow *self)
{
  const char *name = self->search->name;
  g_autofree char *subtitle = dial_filter_describe (self->search->query);
  g_autofree char *isolated = dial_words_isolate (name);
  /* Translators: %s is the name of a saved search */
  g_autofree char *edit = g_strdup_printf (_("Rename or update “%s”"), isolated);
  g_autofree char *delete = g_strdup_printf (_("Delete “%s”"), isolated);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), !g_str_equal (subtitle, name));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), subtitle);
  dial_say_name (self, name);

  tell_button (self->edit, edit);
  tell_button (self->delete, delete);
}

static void
on_edit_clicked_cb (DialSavedRow *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
on_delete_clicked_cb (DialSavedRow *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static void
dial_saved_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_SAVED_ROW);

  G_OBJECT_CLASS (dial_saved_row_parent_class)->dispose (object);
}

static void
dial_saved_row_finalize (GObject *object)
{
  g_clear_pointer (&DIAL_SAVED_ROW (object)->search, dial_saved_search_free);

  G_OBJECT_CLASS (dial_saved_row_parent_class)->finalize (object);
}

static void
dial_saved_row_class_init (DialSavedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_saved_row_dispose;
  object_class->finalize = dial_saved_row_finalize;

  signals[DELETE] =
    g_signal_new ("delete", DIAL_TYPE_SAVED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] =
    g_signal_new ("edit", DIAL_TYPE_SAVED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-saved-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSavedRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialSavedRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DialSavedRow, edit);
  gtk_widget_class_bind_template_child (widget_class, DialSavedRow, delete);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked_cb);
}

static void
dial_saved_row_init (DialSavedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_saved_row_new:
 * @search: a saved search
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
dial_saved_row_new (const DialSavedSearch *search)
{
  DialSavedRow *self = g_object_new (DIAL_TYPE_SAVED_ROW, NULL);

  self->search = dial_saved_search_new (search->id, search->name, search->query);
  show_search (self);
  return GTK_WIDGET (self);
}

/**
 * dial_saved_row_get_name:
 * @self: a row
 *
 * Returns: the search's name
 */
const char *
dial_saved_row_get_name (DialSavedRow *self)
{
  g_return_val_if_fail (DIAL_IS_SAVED_ROW (self), NULL);

  return self->search->name;
}

/**
 * dial_saved_row_get_query:
 * @self: a row
 *
 * Returns: (transfer none): whom it looks for
 */
const DialQuery *
dial_saved_row_get_query (DialSavedRow *self)
{
  g_return_val_if_fail (DIAL_IS_SAVED_ROW (self), NULL);

  return self->search->query;
}
