#include "config.h"

#include <glib/gi18n.h>

#include "dial-template-popover.h"
#include "dial-say-name.h"
#include "dial-template-text.h"

struct _DialTemplatePopover
{
  GtkPopover        parent_instance;

  GtkSearchEntry   *search;
  GtkStack         *stack;
  GtkListBox       *list_box;
  GtkLabel         *nothing;

  DialTemplateKind  kind;
  DialIntegration  *integration;
  DialCandidate    *candidate;
  GCancellable     *cancellable;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTemplatePopover, dial_template_popover, GTK_TYPE_POPOVER)

static DialNoteTemplate *
get_template (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "template");
}

static char *
dup_meant_for (DialNoteTemplate *template)
{
  if (template->job != NULL && template->stage != NULL)
    return g_strdup_printf ("%s · %s", template->job, template->stage);
  if (template->job != NULL || template->stage != NULL)
    return g_strdup (template->job != NULL ? template->job : template->stage);
  return NULL;
}

static GtkWidget *
create_line (const char *text,
             gboolean    dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (dim) {
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_add_css_class (label, "caption");
  }
  return label;
}

static GtkWidget *
create_row (DialNoteTemplate *template)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *meant_for = dup_meant_for (template);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), create_line (template->name, FALSE));
  if (meant_for != NULL)
    gtk_box_append (GTK_BOX (box), create_line (meant_for, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, template->text);
  dial_say_name (row, template->name);
  g_object_set_data_full (G_OBJECT (row), "template", g_object_ref (template), g_object_unref);
  return row;
}

static gboolean
is_wanted (GtkListBoxRow *row,
           gpointer       user_data)
{
  DialTemplatePopover *self = user_data;
  DialNoteTemplate *template = get_template (row);
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *hay = g_strjoin (" ", template->name, template->job != NULL ? template->job : "",
                                    template->stage != NULL ? template->stage : "", template->text, NULL);

  return *needle == '\0' || g_str_match_string (needle, hay, TRUE);
}

static GtkListBoxRow *
get_first_wanted (DialTemplatePopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
update_page (DialTemplatePopover *self)
{
  gboolean any = gtk_list_box_get_row_at_index (self->list_box, 0) != NULL;

  if (!any)
    gtk_label_set_label (self->nothing, self->kind == DIAL_TEMPLATE_SCRIPT ? _("There are no scripts yet")
                                                                           : _("There are no templates yet"));
  else
    gtk_label_set_label (self->nothing, _("Nothing found"));
  gtk_stack_set_visible_child_name (self->stack, get_first_wanted (self) != NULL ? "list" : "nothing");
}

static void
on_search_changed_cb (DialTemplatePopover *self)
{
  gtk_list_box_invalidate_filter (self->list_box);
  gtk_list_box_select_row (self->list_box, get_first_wanted (self));
  update_page (self);
}

static void
on_row_activated_cb (DialTemplatePopover *self,
                     GtkListBoxRow       *row)
{
  g_autoptr (DialNoteTemplate) template = g_object_ref (get_template (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, template);
}

static void
on_search_activated_cb (DialTemplatePopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  if (row == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    row = get_first_wanted (self);
  if (row != NULL)
    on_row_activated_cb (self, row);
}

static gboolean
on_search_key_pressed_cb (DialTemplatePopover *self,
                          guint                keyval)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  if (keyval != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static void
on_edit_clicked_cb (DialTemplatePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  if (self->integration != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.templates", "s", dial_integration_get_id (self->integration));
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialTemplatePopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) templates = dial_store_list_templates_finish (DIAL_STORE (source), result, &error);
  GtkListBoxRow *row;

  if (self->search == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));

  if (templates != NULL && self->candidate != NULL)
    dial_template_text_sort (templates, self->candidate);
  for (guint i = 0; templates != NULL && i < templates->len; i++) {
    DialNoteTemplate *template = templates->pdata[i];

    if (template->kind == self->kind)
      gtk_list_box_append (self->list_box, create_row (template));
  }

  on_search_changed_cb (self);
  if (error != NULL) {
    gtk_label_set_label (self->nothing, error->message);
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  }
}

static void
dial_template_popover_dispose (GObject *object)
{
  DialTemplatePopover *self = DIAL_TEMPLATE_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  g_clear_object (&self->candidate);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_TEMPLATE_POPOVER);

  G_OBJECT_CLASS (dial_template_popover_parent_class)->dispose (object);
}

static void
dial_template_popover_class_init (DialTemplatePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_template_popover_dispose;

  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_NOTE_TEMPLATE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-template-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePopover, search);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePopover, stack);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePopover, list_box);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePopover, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
dial_template_popover_init (DialTemplatePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list_box, is_wanted, self, NULL);
}

/**
 * dial_template_popover_new:
 * @kind: of what
 *
 * Returns: (transfer full): a popover
 */
GtkWidget *
dial_template_popover_new (DialTemplateKind kind)
{
  DialTemplatePopover *self = g_object_new (DIAL_TYPE_TEMPLATE_POPOVER, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}

/**
 * dial_template_popover_ask:
 * @self: a template popover
 * @integration: (nullable): whose templates
 * @candidate: (nullable): whom the text is about
 *
 * Offers what there is now, the best for the candidate first.
 */
void
dial_template_popover_ask (DialTemplatePopover *self,
                           DialIntegration     *integration,
                           DialCandidate       *candidate)
{
  g_return_if_fail (DIAL_IS_TEMPLATE_POPOVER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->integration, integration);
  g_set_object (&self->candidate, candidate);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (integration == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  dial_store_list_templates_async (dial_integration_get_store (integration), self->cancellable,
                                   on_listed_cb, g_object_ref (self));
}
