#include "config.h"

#include <glib/gi18n.h>

#include "dial-say-name.h"
#include "dial-template-page.h"
#include "dial-templates-page.h"

/* Time to notice, and to get there by keyboard. */
#define UNDO_SECONDS 20

struct _DialTemplatesPage
{
  GtkBox           parent_instance;

  AdwWindowTitle  *title;
  GtkListBox      *templates;
  GtkListBox      *scripts;
  GtkListBox      *texts;
  GtkWidget       *add_template;
  GtkLabel        *problem;

  DialIntegration *integration;
  GCancellable    *cancellable;
};

enum {
  GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTemplatesPage, dial_templates_page, GTK_TYPE_BOX)

static DialStore *
get_store (DialTemplatesPage *self)
{
  return dial_integration_get_store (self->integration);
}

static void
say_problem (DialTemplatesPage *self,
             const GError      *error)
{
  if (error != NULL)
    gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

/* Deleting, and taking it back */

static void
on_back_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DialTemplatesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  dial_store_save_template_finish (DIAL_STORE (source), result, &error);
  if (self->integration != NULL)
    say_problem (self, error);
}

static void
on_undo_cb (AdwToast          *toast,
            DialTemplatesPage *self)
{
  DialNoteTemplate *template = g_object_get_data (G_OBJECT (toast), "template");

  if (self->integration != NULL)
    dial_store_save_template_async (get_store (self), template, NULL, on_back_cb, g_object_ref (self));
}

static void
offer_undo (DialTemplatesPage *self,
            DialNoteTemplate  *template)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  /* Translators: %s is the name of a template */
  g_autofree char *plain = g_strdup_printf (_("“%s” deleted"), template->name);
  g_autofree char *title = g_markup_escape_text (plain, -1);
  AdwToast *toast;

  if (overlay == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "template", g_object_ref (template), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
on_deleted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialTemplatesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  dial_store_delete_template_finish (DIAL_STORE (source), result, &error);
  if (self->integration != NULL)
    say_problem (self, error);
}

static void
on_delete_clicked_cb (DialTemplatesPage *self,
                      GtkWidget         *button)
{
  DialNoteTemplate *template = g_object_get_data (G_OBJECT (button), "template");

  offer_undo (self, template);
  /* The focus must not stand in a row that goes. */
  gtk_widget_grab_focus (self->add_template);
  dial_store_delete_template_async (get_store (self), template->id, NULL, on_deleted_cb, g_object_ref (self));
}

/* The lists */

static char *
dup_subtitle (DialNoteTemplate *template)
{
  const char *job = template->job != NULL ? template->job : _("any job");
  const char *stage = template->stage != NULL ? template->stage : _("any stage");

  return g_strdup_printf ("%s · %s", job, stage);
}

static void
on_row_activated_cb (DialTemplatesPage *self,
                     GtkListBoxRow     *row)
{
  DialNoteTemplate *template = g_object_get_data (G_OBJECT (row), "template");

  if (template != NULL)
    g_signal_emit (self, signals[GO], 0, dial_template_page_new (self->integration, template));
}

static GtkWidget *
create_row (DialTemplatesPage *self,
            DialNoteTemplate  *template)
{
  g_autofree char *subtitle = dup_subtitle (template);
  /* Translators: for screen readers; %s is the name of a template */
  g_autofree char *away = g_strdup_printf (_("Delete %s"), template->name);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", template->name,
                                 "subtitle", subtitle,
                                 "activatable", TRUE,
                                 NULL);

  gtk_widget_set_tooltip_text (button, _("Delete"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  dial_say_name (button, away);
  g_object_set_data_full (G_OBJECT (button), "template", g_object_ref (template), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "template", g_object_ref (template), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_delete_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_list (DialTemplatesPage *self,
           GtkListBox        *list,
           GPtrArray         *templates,
           DialTemplateKind   kind)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < templates->len; i++) {
    DialNoteTemplate *template = templates->pdata[i];

    if (template->kind == kind)
      gtk_list_box_append (list, create_row (self, template));
  }
  gtk_widget_set_visible (GTK_WIDGET (list), gtk_list_box_get_row_at_index (list, 0) != NULL);
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialTemplatesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) templates = dial_store_list_templates_finish (DIAL_STORE (source), result, &error);

  if (self->integration == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  say_problem (self, error);
  if (templates == NULL)
    return;
  fill_list (self, self->templates, templates, DIAL_TEMPLATE_NOTE);
  fill_list (self, self->scripts, templates, DIAL_TEMPLATE_SCRIPT);
  fill_list (self, self->texts, templates, DIAL_TEMPLATE_TEXT);
}

static void
load (DialTemplatesPage *self)
{
  dial_store_list_templates_async (get_store (self), self->cancellable, on_listed_cb, g_object_ref (self));
}

/* Adding */

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *kind_name)
{
  DialTemplatesPage *self = DIAL_TEMPLATES_PAGE (widget);
  int kind = DIAL_TEMPLATE_NOTE;
  g_autoptr (DialNoteTemplate) template = NULL;

  dial_enum_from_nick (DIAL_TYPE_TEMPLATE_KIND, g_variant_get_string (kind_name, NULL), &kind);
  template = dial_note_template_new (0, kind, NULL, NULL, NULL, NULL);
  g_signal_emit (self, signals[GO], 0, dial_template_page_new (self->integration, template));
}

static gboolean
dial_templates_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIAL_TEMPLATES_PAGE (widget)->add_template);
}

static void
dial_templates_page_dispose (GObject *object)
{
  DialTemplatesPage *self = DIAL_TEMPLATES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_TEMPLATES_PAGE);

  G_OBJECT_CLASS (dial_templates_page_parent_class)->dispose (object);
}

static void
dial_templates_page_class_init (DialTemplatesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_templates_page_dispose;
  widget_class->grab_focus = dial_templates_page_grab_focus;

  signals[GO] =
    g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);

  gtk_widget_class_install_action (widget_class, "templates.add", "s", add_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-templates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, templates);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, scripts);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, texts);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, add_template);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatesPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
dial_templates_page_init (DialTemplatesPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_templates_page_new:
 * @integration: whose templates
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_templates_page_new (DialIntegration *integration)
{
  DialTemplatesPage *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_TEMPLATES_PAGE, NULL);
  self->integration = g_object_ref (integration);
  adw_window_title_set_subtitle (self->title, dial_integration_get_name (integration));
  g_signal_connect_object (get_store (self), "templates-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
