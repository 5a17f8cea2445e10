#include "config.h"

#include "dial-slow-start.h"

/* How many rows a window shows at once, and how many more each frame has the time for. */
#define FIRST_ROWS 12
#define MORE_ROWS  12

/* GTK makes no more rows than these, however many there are. */
#define ALL_ROWS 220

static gboolean
on_frame_cb (GtkWidget     *view,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  GtkSliceListModel *rows = user_data;
  GListModel *model = gtk_slice_list_model_get_model (rows);
  guint size = gtk_slice_list_model_get_size (rows);

  if (size >= ALL_ROWS || g_list_model_get_n_items (model) <= size) {
    gtk_slice_list_model_set_size (rows, G_MAXUINT);
    return G_SOURCE_REMOVE;
  }

  gtk_slice_list_model_set_size (rows, size + MORE_ROWS);
  return G_SOURCE_CONTINUE;
}

/**
 * dial_slow_start_new:
 * @view: the list view that shows it
 * @model: (transfer none): what there is to show
 *
 * A list view makes two hundred rows before its first frame, of which a dozen are seen: where a row has much to
 * show, that is felt. This begins with a window full, and adds the others frame by frame.
 *
 * Returns: (transfer full): all of @model, soon
 */
GListModel *
dial_slow_start_new (GtkWidget  *view,
                     GListModel *model)
{
  GtkSliceListModel *rows;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (view), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  rows = gtk_slice_list_model_new (g_object_ref (model), 0, FIRST_ROWS);
  gtk_widget_add_tick_callback (view, on_frame_cb, g_object_ref (rows), g_object_unref);
  return G_LIST_MODEL (rows);
}
