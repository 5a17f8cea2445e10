#include "config.h"

#include "dial-problem-row.h"
#include "dial-say-name.h"

struct _DialProblemRow
{
  GtkListBoxRow  parent_instance;

  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (DialProblemRow, dial_problem_row, GTK_TYPE_LIST_BOX_ROW)

static void
say (DialProblemRow *self,
     const char     *sentence)
{
  gtk_label_set_label (self->label, sentence);
  dial_say_name (self, sentence);
}

static void
dial_problem_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_PROBLEM_ROW);

  G_OBJECT_CLASS (dial_problem_row_parent_class)->dispose (object);
}

static void
dial_problem_row_class_init (DialProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_problem_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialProblemRow, label);
}

static void
dial_problem_row_init (DialProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_problem_row_new:
 * @sentence: what is wrong, and what to do
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_problem_row_new (const char *sentence)
{
  DialProblemRow *self = g_object_new (DIAL_TYPE_PROBLEM_ROW, NULL);

  say (self, sentence);
  return GTK_WIDGET (self);
}

/**
 * dial_problem_row_tell:
 * @row: a row of a list
 * @sentence: (nullable): what is wrong with it; %NULL takes the last sentence back
 *
 * Says under a row what is wrong with it, for the eye and for screen readers.
 */
void
dial_problem_row_tell (GtkListBoxRow *row,
                       const char    *sentence)
{
  GtkListBox *list;
  GtkWidget *next;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));
  g_return_if_fail (GTK_IS_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row))));

  list = GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row)));
  next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (sentence == NULL) {
    if (!DIAL_IS_PROBLEM_ROW (next))
      return;
    gtk_list_box_remove (list, next);
    gtk_widget_remove_css_class (GTK_WIDGET (row), "with-problem");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
    gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    return;
  }

  if (DIAL_IS_PROBLEM_ROW (next))
    say (DIAL_PROBLEM_ROW (next), sentence);
  else
    gtk_list_box_insert (list, dial_problem_row_new (sentence), gtk_list_box_row_get_index (row) + 1);
  gtk_widget_add_css_class (GTK_WIDGET (row), "with-problem");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}
