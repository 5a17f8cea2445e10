#include "config.h"

#include <glib/gi18n.h>

#include "dial-choice-row.h"
#include "dial-contact-filter-page.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"

struct _DialContactFilterPage
{
  GtkBox           parent_instance;

  AdwWindowTitle  *title;
  GtkListBox      *list;
  GtkListBox      *notices;

  DialIntegration *integration;
  char            *key;
  GStrv            chosen;         /* as they are kept */
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (DialContactFilterPage, dial_contact_filter_page, GTK_TYPE_BOX)

static void
say (DialContactFilterPage *self,
     const char            *problem)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->notices))) != NULL)
    gtk_list_box_remove (self->notices, row);
  if (problem != NULL)
    gtk_list_box_append (self->notices, dial_problem_row_new (problem));
  gtk_widget_set_visible (GTK_WIDGET (self->notices), problem != NULL);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialContactFilterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration != NULL)
    say (self, set ? NULL : error->message);
}

/* All that are ticked, in the order they stand. */
static char *
dup_value (DialContactFilterPage *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (dial_choice_row_is_chosen (DIAL_CHOICE_ROW (row)))
      g_ptr_array_add (values, (char *) dial_choice_row_get_value (DIAL_CHOICE_ROW (row)));

  g_ptr_array_add (values, NULL);
  return g_strjoinv ("; ", (char **) values->pdata);
}

static void
on_chosen_cb (DialContactFilterPage *self)
{
  g_autofree char *value = dup_value (self);

  dial_integration_set_async (self->integration, self->key, value, NULL, on_set_cb, g_object_ref (self));
}

static void
on_row_activated_cb (DialContactFilterPage *self,
                     DialChoiceRow         *row)
{
  dial_choice_row_set_chosen (row, !dial_choice_row_is_chosen (row));
}

static void
add_row (DialContactFilterPage *self,
         const char            *value,
         int                    count)
{
  GtkWidget *row = dial_choice_row_new (value, value);

  dial_choice_row_set_count (DIAL_CHOICE_ROW (row), count);
  dial_choice_row_set_chosen (DIAL_CHOICE_ROW (row), g_strv_contains ((const char * const *) self->chosen, value));
  g_signal_connect_object (row, "notify::chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static gboolean
is_among (GPtrArray  *choices,
          const char *value)
{
  for (guint i = 0; i < choices->len; i++)
    if (g_str_equal (((DialChoice *) choices->pdata[i])->value, value))
      return TRUE;

  return FALSE;
}

static void
on_counted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialContactFilterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = dial_store_count_choices_finish (DIAL_STORE (source), result, &error);

  if (self->integration == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (choices == NULL) {
    say (self, error->message);
    return;
  }

  /* What was chosen and is there no more stands first, to be taken back. */
  for (guint i = 0; self->chosen[i] != NULL; i++)
    if (!is_among (choices, self->chosen[i]))
      add_row (self, self->chosen[i], 0);
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = choices->pdata[i];

    add_row (self, choice->value, (int) choice->count);
  }
}

static void
dial_contact_filter_page_dispose (GObject *object)
{
  DialContactFilterPage *self = DIAL_CONTACT_FILTER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_CONTACT_FILTER_PAGE);

  G_OBJECT_CLASS (dial_contact_filter_page_parent_class)->dispose (object);
}

static void
dial_contact_filter_page_finalize (GObject *object)
{
  DialContactFilterPage *self = DIAL_CONTACT_FILTER_PAGE (object);

  g_free (self->key);
  g_strfreev (self->chosen);

  G_OBJECT_CLASS (dial_contact_filter_page_parent_class)->finalize (object);
}

static void
dial_contact_filter_page_class_init (DialContactFilterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_contact_filter_page_dispose;
  object_class->finalize = dial_contact_filter_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-contact-filter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialContactFilterPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialContactFilterPage, list);
  gtk_widget_class_bind_template_child (widget_class, DialContactFilterPage, notices);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
dial_contact_filter_page_init (DialContactFilterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_contact_filter_page_new:
 * @integration: whose candidates
 * @key: the setting that holds what is chosen
 * @facet: what to choose from
 * @title: what that is
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_contact_filter_page_new (DialIntegration *integration,
                              const char      *key,
                              DialFacet        facet,
                              const char      *title)
{
  DialContactFilterPage *self;
  g_autoptr (DialQuery) everybody = dial_query_new (NULL);
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_CONTACT_FILTER_PAGE, NULL);
  self->integration = g_object_ref (integration);
  self->key = g_strdup (key);
  chosen = dial_integration_dup_setting (integration, key);
  self->chosen = g_strsplit (chosen, "; ", -1);
  adw_window_title_set_title (self->title, title);
  dial_say_name (self->list, title);

  self->cancellable = g_cancellable_new ();
  dial_store_count_choices_async (dial_integration_get_store (integration), everybody, facet, self->cancellable,
                                  on_counted_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
