#include "config.h"

#include "dial-integration-list.h"
#include "dial-integration-row.h"

struct _DialIntegrationList
{
  GtkBox         parent_instance;

  GtkStack      *stack;
  GtkListBox    *list;
  GtkMenuButton *add;

  GListModel    *integrations;
};

enum {
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialIntegrationList, dial_integration_list, GTK_TYPE_BOX)

static GtkWidget *
create_row (gpointer item,
            gpointer nothing)
{
  return dial_integration_row_new (item);
}

static void
show_number (DialIntegrationList *self)
{
  gboolean any = g_list_model_get_n_items (self->integrations) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
on_row_activated_cb (DialIntegrationList *self,
                     DialIntegrationRow  *row)
{
  g_signal_emit (self, signals[OPENED], 0, dial_integration_row_get_integration (row));
}

static void
dial_integration_list_dispose (GObject *object)
{
  DialIntegrationList *self = DIAL_INTEGRATION_LIST (object);

  g_clear_object (&self->integrations);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_INTEGRATION_LIST);

  G_OBJECT_CLASS (dial_integration_list_parent_class)->dispose (object);
}

static void
dial_integration_list_class_init (DialIntegrationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_integration_list_dispose;

  /**
   * DialIntegrationList::opened:
   * @self: a list
   * @integration: whose page is wanted
   *
   * A row was activated.
   */
  signals[OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_INTEGRATION);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-integration-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, stack);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, list);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, add);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
dial_integration_list_init (DialIntegrationList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_integration_list_set_model:
 * @self: a list
 * @integrations: [class@Integration] objects
 *
 * Shows these integrations, and follows their coming and going.
 */
void
dial_integration_list_set_model (DialIntegrationList *self,
                                 GListModel          *integrations)
{
  g_return_if_fail (DIAL_IS_INTEGRATION_LIST (self));
  g_return_if_fail (self->integrations == NULL);

  self->integrations = g_object_ref (integrations);
  gtk_list_box_bind_model (self->list, integrations, create_row, NULL, NULL);
  g_signal_connect_object (integrations, "items-changed", G_CALLBACK (show_number), self, G_CONNECT_SWAPPED);
  show_number (self);
}
