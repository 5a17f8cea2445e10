#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-template-page.h"
#include "dial-template-text.h"
#include "dial-wrap-layout.h"

struct _DialTemplatePage
{
  GtkBox            parent_instance;

  AdwWindowTitle   *title;
  GtkEditable      *name;
  AdwComboRow      *job;
  AdwComboRow      *stage;
  GtkTextView      *text;
  GtkWidget        *fields;
  GtkLabel         *preview;
  GtkLabel         *left_open;
  GtkLabel         *problem;

  DialIntegration  *integration;
  DialNoteTemplate *template;      /* as it is kept */
  GtkStringList    *jobs;          /* the first stands for any */
  GtkStringList    *stages;
  GCancellable     *cancellable;
  guint             saving : 1;
};

G_DEFINE_FINAL_TYPE (DialTemplatePage, dial_template_page, GTK_TYPE_BOX)

/* What was written */

static char *
dup_text (DialTemplatePage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* A text without a name is called by its first words. */
static char *
dup_name (DialTemplatePage *self,
          const char       *text)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *line = NULL;
  g_autofree char *begun = NULL;

  if (*name != '\0')
    return g_steal_pointer (&name);

  line = g_strstrip (g_strdup (text));
  line[strcspn (line, "\r\n")] = '\0';
  if (g_utf8_strlen (line, -1) <= 30)
    return g_steal_pointer (&line);

  begun = g_utf8_substring (line, 0, 30);
  return g_strconcat (begun, "…", NULL);
}

static const char *
get_chosen (AdwComboRow   *row,
            GtkStringList *names)
{
  guint position = adw_combo_row_get_selected (row);

  return position == 0 || position == GTK_INVALID_LIST_POSITION ? NULL : gtk_string_list_get_string (names, position);
}

static DialNoteTemplate *
collect (DialTemplatePage *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *name = dup_name (self, text);

  return dial_note_template_new (self->template->id, self->template->kind, name,
                                 get_chosen (self->job, self->jobs), get_chosen (self->stage, self->stages), text);
}

static gboolean
is_same (DialNoteTemplate *one,
         DialNoteTemplate *other)
{
  return g_str_equal (one->name, other->name) && g_str_equal (one->text, other->text) &&
         g_strcmp0 (one->job, other->job) == 0 && g_strcmp0 (one->stage, other->stage) == 0;
}

/* Keeping it */

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialTemplatePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 id = dial_store_save_template_finish (DIAL_STORE (source), result, &error);

  self->saving = FALSE;
  if (self->integration == NULL)
    return;

  if (id != 0)
    self->template->id = id;
  if (error != NULL)
    gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

/* Returns whether there was anything to keep. */
static gboolean
keep (DialTemplatePage *self)
{
  g_autoptr (DialNoteTemplate) written = NULL;

  if (self->integration == NULL || self->saving)
    return FALSE;

  written = collect (self);
  if (*written->name == '\0' || is_same (written, self->template))
    return FALSE;

  g_set_object (&self->template, written);
  self->saving = TRUE;
  /* Not cancellable: what was written is kept, whatever becomes of the window. */
  dial_store_save_template_async (dial_integration_get_store (self->integration), written, NULL, on_saved_cb,
                                  g_object_ref (self));
  return TRUE;
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  if (!keep (DIAL_TEMPLATE_PAGE (widget)))
    gtk_widget_activate_action (widget, "settings.back", NULL);
}

/* The preview */

static DialCandidate *
make_sample (void)
{
  DialCandidate *sample = dial_candidate_new (1);

  sample->first_name = g_strdup ("Mira");
  sample->last_name = g_strdup ("Tolland");
  sample->company = g_strdup ("Quillon Freight");
  sample->title = g_strdup (_("Route Planner"));
  sample->job = g_strdup (_("Logistics Analyst"));
  sample->stage = g_strdup (_("Phone Screen"));
  return sample;
}

static void
show_preview (DialTemplatePage *self)
{
  g_autoptr (DialCandidate) sample = make_sample ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_auto (GStrv) left_open = NULL;
  g_autofree char *text = dup_text (self);
  g_autofree char *filled = NULL;
  DialUser *recruiter = dial_integration_get_recruiter (self->integration);

  if (get_chosen (self->job, self->jobs) != NULL)
    dial_set_str (&sample->job, get_chosen (self->job, self->jobs));
  if (get_chosen (self->stage, self->stages) != NULL)
    dial_set_str (&sample->stage, get_chosen (self->stage, self->stages));

  filled = dial_template_text_fill (text, sample, recruiter != NULL ? recruiter->name : "Oskar Venn", now, &left_open);
  gtk_label_set_label (self->preview, filled);
  if (left_open[0] != NULL) {
    g_autofree char *names = g_strjoinv ("}, {", left_open);
    g_autofree char *open = g_strdup_printf ("{%s}", names);
    /* Translators: %s is one or more words in braces that are no fields */
    g_autofree char *sentence = g_strdup_printf (_("There is no field %s: it will stay as it is"), open);

    gtk_label_set_label (self->left_open, sentence);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->left_open), left_open[0] != NULL);
}

static void
on_field_clicked_cb (DialTemplatePage *self,
                     GtkButton        *button)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, gtk_button_get_label (button), -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
offer_fields (DialTemplatePage *self)
{
  const char **names = dial_template_text_list_fields ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *field = g_strdup_printf ("{%s}", names[i]);
    GtkWidget *button = gtk_button_new_with_label (field);

    gtk_widget_add_css_class (button, "tag-toggle");
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_field_clicked_cb), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->fields), button);
  }
}

/* Jobs and stages */

static void
choose (AdwComboRow   *row,
        GtkStringList *names,
        const char    *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));

  if (name == NULL)
    return;
  for (guint i = 1; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (names, i), name)) {
      adw_combo_row_set_selected (row, i);
      return;
    }

  gtk_string_list_append (names, name);
  adw_combo_row_set_selected (row, n);
}

static void
take_choices (DialTemplatePage *self,
              GAsyncResult     *result,
              DialStore        *store,
              gboolean          jobs)
{
  g_autoptr (GPtrArray) choices = dial_store_count_choices_finish (store, result, NULL);
  GtkStringList *names = jobs ? self->jobs : self->stages;
  const char *chosen;

  if (choices == NULL || self->integration == NULL)
    return;

  /* What was chosen meanwhile stays chosen: new names come after it. */
  chosen = get_chosen (jobs ? self->job : self->stage, names);
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = choices->pdata[i];

    if (g_strcmp0 (choice->value, chosen) != 0)
      gtk_string_list_append (names, choice->value);
  }
}

static void
on_jobs_counted_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DialTemplatePage) self = user_data;

  take_choices (self, result, DIAL_STORE (source), TRUE);
}

static void
on_stages_counted_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DialTemplatePage) self = user_data;

  take_choices (self, result, DIAL_STORE (source), FALSE);
}

static void
load_choices (DialTemplatePage *self)
{
  DialStore *store = dial_integration_get_store (self->integration);
  g_autoptr (DialQuery) all = dial_query_new (NULL);

  dial_store_count_choices_async (store, all, DIAL_FACET_JOB, self->cancellable, on_jobs_counted_cb,
                                  g_object_ref (self));
  dial_store_count_choices_async (store, all, DIAL_FACET_STAGE, self->cancellable, on_stages_counted_cb,
                                  g_object_ref (self));
}

static gboolean
dial_template_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_TEMPLATE_PAGE (widget)->name));
}

static void
dial_template_page_unmap (GtkWidget *widget)
{
  keep (DIAL_TEMPLATE_PAGE (widget));

  GTK_WIDGET_CLASS (dial_template_page_parent_class)->unmap (widget);
}

static void
dial_template_page_dispose (GObject *object)
{
  DialTemplatePage *self = DIAL_TEMPLATE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  g_clear_object (&self->template);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_TEMPLATE_PAGE);
  g_clear_object (&self->jobs);
  g_clear_object (&self->stages);

  G_OBJECT_CLASS (dial_template_page_parent_class)->dispose (object);
}

static void
dial_template_page_class_init (DialTemplatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  G_OBJECT_CLASS (klass)->dispose = dial_template_page_dispose;
  widget_class->grab_focus = dial_template_page_grab_focus;
  widget_class->unmap = dial_template_page_unmap;

  gtk_widget_class_install_action (widget_class, "template.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "template.save", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-template-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, title);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, name);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, job);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, stage);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, text);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, fields);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, preview);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, left_open);
  gtk_widget_class_bind_template_child (widget_class, DialTemplatePage, problem);
}

static void
dial_template_page_init (DialTemplatePage *self)
{
  const char *any_job[] = { _("Any job"), NULL };
  const char *any_stage[] = { _("Any stage"), NULL };

  self->cancellable = g_cancellable_new ();
  self->jobs = gtk_string_list_new (any_job);
  self->stages = gtk_string_list_new (any_stage);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->job, G_LIST_MODEL (self->jobs));
  adw_combo_row_set_model (self->stage, G_LIST_MODEL (self->stages));
  offer_fields (self);
}

/**
 * dial_template_page_new:
 * @integration: whose template
 * @template: what is to be changed; a new one has the id 0
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_template_page_new (DialIntegration  *integration,
                        DialNoteTemplate *template)
{
  DialTemplatePage *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_NOTE_TEMPLATE (template), NULL);

  self = g_object_new (DIAL_TYPE_TEMPLATE_PAGE, NULL);
  self->integration = g_object_ref (integration);
  self->template = g_object_ref (template);
  adw_window_title_set_title (self->title, template->kind == DIAL_TEMPLATE_SCRIPT ? _("Script")
                                           : template->kind == DIAL_TEMPLATE_TEXT ? _("Text Template") : _("Template"));
  gtk_editable_set_text (self->name, template->name);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), template->text, -1);
  choose (self->job, self->jobs, template->job);
  choose (self->stage, self->stages, template->stage);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (show_preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "notify::selected", G_CALLBACK (show_preview), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "notify::selected", G_CALLBACK (show_preview), self, G_CONNECT_SWAPPED);
  show_preview (self);
  load_choices (self);
  return GTK_WIDGET (self);
}
