#include "config.h"

#include <glib/gi18n.h>

#include "dial-choice-row.h"
#include "dial-choices.h"
#include "dial-filter-list.h"
#include "dial-fold.h"
#include "dial-say-name.h"
#include "dial-template.h"

/* More than this nobody reads: type more of the name. */
#define MAX_ROWS 100

/* From so many on they can be searched. */
#define MANY 8

struct _DialFilterList
{
  GtkWidget       parent_instance;

  GtkButton      *back_button;
  GtkLabel       *title;
  GtkSearchEntry *search;
  GtkListBox     *list_box;
  GtkLabel       *message;

  DialFilterKind  kind;
  DialFinder     *finder;
  GPtrArray      *choices;    /* NULL until they are counted */
  GCancellable   *counting;
};

enum {
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialFilterList, dial_filter_list, GTK_TYPE_WIDGET)

static DialFacet
get_facet (DialFilterKind kind)
{
  switch (kind) {
  case DIAL_FILTER_JOB:
    return DIAL_FACET_JOB;
  case DIAL_FILTER_STAGE:
    return DIAL_FACET_STAGE;
  case DIAL_FILTER_STATUS:
    return DIAL_FACET_STATUS;
  case DIAL_FILTER_TAG:
    return DIAL_FACET_TAG;
  case DIAL_FILTER_QUIET:
  case DIAL_FILTER_PHONE:
  case DIAL_FILTER_MINE:
  case DIAL_FILTER_PRIVATE:
  default:
    return DIAL_FACET_OTHER;
  }
}

static void
on_chosen_cb (DialFilterList *self,
              GParamSpec     *pspec,
              DialChoiceRow  *row)
{
  dial_finder_set_filter (self->finder, self->kind, dial_choice_row_get_value (row),
                          dial_choice_row_is_chosen (row));
}

static void
add_row (DialFilterList *self,
         DialChoice     *choice)
{
  gboolean chosen = dial_filter_is_set (dial_finder_get_query (self->finder), self->kind, choice->value);
  g_autofree char *words = dial_filter_dup_words (self->kind, choice->value);
  GtkWidget *row = dial_choice_row_new (choice->value, words);

  dial_choice_row_set_count (DIAL_CHOICE_ROW (row), choice->count);
  dial_choice_row_set_chosen (DIAL_CHOICE_ROW (row), chosen);
  g_signal_connect_object (row, "notify::chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list_box, row);
}

/* What a person would find by typing this: words in any order, in any script. */
static gboolean
answers (DialFilterList *self,
         DialChoice     *choice,
         const char     *needle)
{
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  if (needle[0] == '\0')
    return TRUE;

  words = dial_filter_dup_words (self->kind, choice->value);
  text = dial_fold_text (words);
  parts = g_strsplit (needle, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (text, parts[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
say (DialFilterList *self,
     const char     *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
say_how_many (DialFilterList *self,
              guint           n_found)
{
  if (self->choices == NULL) {
    say (self, _("Counting…"));
  } else if (self->choices->len == 0) {
    say (self, _("There is nothing to choose from yet."));
  } else if (n_found == 0) {
    say (self, _("Nothing of that name."));
  } else if (n_found > MAX_ROWS) {
    g_autofree char *more = g_strdup_printf (ngettext ("%'u more: type a part of its name.",
                                                       "%'u more: type a part of the name.",
                                                       n_found - MAX_ROWS),
                                             n_found - MAX_ROWS);

    say (self, more);
  } else {
    say (self, NULL);
  }
}

static void
show_choices (DialFilterList *self)
{
  g_autofree char *needle = NULL;
  GtkListBoxRow *row;
  guint n_found = 0;

  if (self->finder == NULL)
    return;

  needle = dial_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));

  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    if (answers (self, g_ptr_array_index (self->choices, i), needle) && n_found++ < MAX_ROWS)
      add_row (self, g_ptr_array_index (self->choices, i));

  say_how_many (self, n_found);
}

static gboolean
has_choice (GPtrArray  *choices,
            const char *value)
{
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = g_ptr_array_index (choices, i);

    if (g_strcmp0 (choice->value, value) == 0)
      return TRUE;
  }

  return FALSE;
}

/* What is chosen can be given up even where nobody has it any more; and it comes first. */
static void
take_choices (DialFilterList *self,
              GPtrArray      *choices)
{
  g_autoptr (GPtrArray) chosen = dial_filter_list_kind (dial_finder_get_query (self->finder), self->kind);
  guint n_chosen = 0;

  for (guint i = 0; i < chosen->len; i++) {
    DialFilter *filter = g_ptr_array_index (chosen, i);

    if (!has_choice (choices, filter->value))
      g_ptr_array_insert (choices, 0, dial_choice_new (filter->value, 0));
  }
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = g_ptr_array_index (choices, i);

    if (dial_filter_is_set (dial_finder_get_query (self->finder), self->kind, choice->value))
      g_ptr_array_insert (choices, n_chosen++, g_ptr_array_steal_index (choices, i));
  }

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = g_ptr_array_ref (choices);
}

/* The keyboard where one would go on: into the search of many, or to the first of few. */
static void
focus_first (DialFilterList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list_box, 0);

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->back_button));
}

static void
on_counted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialFilterList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = dial_choices_count_finish (DIAL_COMPANIES (source), result, &error);

  /* Something else is shown by now, or nothing. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->counting == NULL)
    return;

  g_clear_object (&self->counting);
  if (choices == NULL) {
    say (self, error->message);
    return;
  }

  take_choices (self, choices);
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->choices->len >= MANY);
  show_choices (self);
  if (gtk_widget_has_focus (GTK_WIDGET (self->back_button)))
    focus_first (self);
}

static void
on_row_activated_cb (DialFilterList *self,
                     DialChoiceRow  *row)
{
  dial_choice_row_set_chosen (row, !dial_choice_row_is_chosen (row));
}

/* Enter takes the one that is left; among several one is to be chosen. */
static void
on_search_activated_cb (DialFilterList *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list_box, 0);

  if (first != NULL && gtk_list_box_get_row_at_index (self->list_box, 1) == NULL)
    on_row_activated_cb (self, DIAL_CHOICE_ROW (first));
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static gboolean
on_search_key_cb (DialFilterList  *self,
                  guint            keyval,
                  guint            keycode,
                  GdkModifierType  state)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list_box, 0);

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || first == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (first));
  return GDK_EVENT_STOP;
}

static void
on_back_clicked_cb (DialFilterList *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
on_stop_search_cb (DialFilterList *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    on_back_clicked_cb (self);
}

static void
dial_filter_list_dispose (GObject *object)
{
  DialFilterList *self = DIAL_FILTER_LIST (object);

  dial_filter_list_close (self);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_FILTER_LIST);

  G_OBJECT_CLASS (dial_filter_list_parent_class)->dispose (object);
}

static void
dial_filter_list_class_init (DialFilterListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_filter_list_dispose;

  signals[BACK] =
    g_signal_new ("back", DIAL_TYPE_FILTER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-filter-list.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-filter-list");
  gtk_widget_class_bind_template_child (widget_class, DialFilterList, back_button);
  gtk_widget_class_bind_template_child (widget_class, DialFilterList, title);
  gtk_widget_class_bind_template_child (widget_class, DialFilterList, search);
  gtk_widget_class_bind_template_child (widget_class, DialFilterList, list_box);
  gtk_widget_class_bind_template_child (widget_class, DialFilterList, message);
  gtk_widget_class_bind_template_callback (widget_class, show_choices);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_cb);
}

static void
dial_filter_list_init (DialFilterList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_filter_list_open:
 * @self: a list
 * @kind: by what to filter
 * @title: that in words
 * @finder: whose filters they are
 * @companies: whose candidates to count
 *
 * Shows what there is to choose as soon as it is counted.
 */
void
dial_filter_list_open (DialFilterList *self,
                       DialFilterKind  kind,
                       const char     *title,
                       DialFinder     *finder,
                       DialCompanies  *companies)
{
  g_return_if_fail (DIAL_IS_FILTER_LIST (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  dial_filter_list_close (self);
  self->kind = kind;
  self->finder = g_object_ref (finder);
  gtk_label_set_label (self->title, title);
  dial_say_name (self->list_box, title);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (GTK_WIDGET (self->search), FALSE);
  show_choices (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->back_button));

  self->counting = g_cancellable_new ();
  dial_choices_count_async (companies, dial_finder_get_query (finder), get_facet (kind), self->counting,
                            on_counted_cb, g_object_ref (self));
}

/**
 * dial_filter_list_close:
 * @self: a list
 *
 * Nobody looks any more: gives up counting.
 */
void
dial_filter_list_close (DialFilterList *self)
{
  g_return_if_fail (DIAL_IS_FILTER_LIST (self));

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->finder);
}
