#include "config.h"

#include "dial-candidate-tile.h"
#include "dial-list-focus.h"

/* The keyboard in a list of candidates: a GtkListView knows it by the place, and people move. */

static gboolean
shows (GtkWidget        *item,
       DialCandidateRow *row)
{
  GtkWidget *tile = gtk_widget_get_first_child (item);

  return DIAL_IS_CANDIDATE_TILE (tile) && dial_candidate_tile_get_row (DIAL_CANDIDATE_TILE (tile)) == row;
}

/* The widget of @row, which has none far from what is in sight. */
static GtkWidget *
find_item (GtkListView      *view,
           DialCandidateRow *row)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (view));
       item != NULL;
       item = gtk_widget_get_next_sibling (item))
    if (shows (item, row))
      return item;

  return NULL;
}

static GtkWidget *
get_focus (GtkListView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/**
 * dial_list_focus_is_on:
 * @view: a list of candidates
 * @row: (nullable): a row of it
 *
 * Returns: whether @row has the keyboard
 */
gboolean
dial_list_focus_is_on (GtkListView      *view,
                       DialCandidateRow *row)
{
  GtkWidget *item;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (view), FALSE);

  item = get_focus (view);
  while (item != NULL && gtk_widget_get_parent (item) != GTK_WIDGET (view))
    item = gtk_widget_get_parent (item);
  return item != NULL && row != NULL && shows (item, row);
}

/**
 * dial_list_focus_may_move:
 * @view: a list of candidates
 *
 * Returns: whether nothing outside of the list has the keyboard
 */
gboolean
dial_list_focus_may_move (GtkListView *view)
{
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (view), FALSE);

  /* That of a row that is gone belongs to no window. */
  focus = get_focus (view);
  return focus == NULL || gtk_widget_get_root (focus) == NULL ||
         gtk_widget_is_ancestor (focus, GTK_WIDGET (view));
}

/**
 * dial_list_focus_give:
 * @view: a list of candidates
 * @row: (nullable): a row of it
 *
 * Gives @row the keyboard. The list by itself would give it to the row that was first once, wherever it is now.
 */
void
dial_list_focus_give (GtkListView      *view,
                      DialCandidateRow *row)
{
  GtkWidget *item;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));

  item = row != NULL ? find_item (view, row) : NULL;
  gtk_widget_grab_focus (item != NULL ? item : GTK_WIDGET (view));
}

/**
 * dial_list_focus_move:
 * @view: a list of candidates
 * @position: whom to give the keyboard
 *
 * Takes the keyboard along to where somebody moved. What is in sight stays there.
 */
void
dial_list_focus_move (GtkListView *view,
                      guint        position)
{
  GtkSelectionModel *model;
  g_autoptr (DialCandidateRow) row = NULL;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));

  model = gtk_list_view_get_model (view);
  row = g_list_model_get_item (G_LIST_MODEL (model), position);
  /* Selecting makes the widget of a row that is out of sight. */
  gtk_widget_activate_action (GTK_WIDGET (view), "list.select-item", "(ubb)", position, FALSE, FALSE);
  dial_list_focus_give (view, row);
}
