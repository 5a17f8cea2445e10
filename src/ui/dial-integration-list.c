#include "config.h"

#include "dial-account-row.h"
#include "dial-integration-list.h"
#include "dial-integration-row.h"
#include "dial-problem-row.h"

struct _DialIntegrationList
{
  GtkBox         parent_instance;

  GtkStack      *stack;
  GtkListBox    *problems;
  GtkWidget     *integrations_group;
  GtkListBox    *list;
  GtkWidget     *accounts_group;
  GtkListBox    *account_list;
  GtkMenuButton *add;

  DialDesk      *desk;
};

enum {
  OPENED,
  ACCOUNT_OPENED,
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

static GtkWidget *
create_account_row (gpointer item,
                    gpointer nothing)
{
  return dial_account_row_new (item);
}

static void
show_number (DialIntegrationList *self)
{
  gboolean any = g_list_model_get_n_items (dial_desk_get_integrations (self->desk)) > 0;
  gboolean any_account = g_list_model_get_n_items (dial_desk_get_accounts (self->desk)) > 0;
  gboolean any_problem = gtk_widget_get_first_child (GTK_WIDGET (self->problems)) != NULL;

  gtk_widget_set_visible (self->integrations_group, any);
  gtk_widget_set_visible (self->accounts_group, any_account);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), any_problem);
  gtk_stack_set_visible_child_name (self->stack, any || any_account || any_problem ? "list" : "empty");
}

static void
on_account_row_activated_cb (DialIntegrationList *self,
                             DialAccountRow      *row)
{
  g_signal_emit (self, signals[ACCOUNT_OPENED], 0, dial_account_row_get_account (row));
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

  g_clear_object (&self->desk);
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

  /**
   * DialIntegrationList::account-opened:
   * @self: a list
   * @account: whose page is wanted
   *
   * The row of a phone account was activated.
   */
  signals[ACCOUNT_OPENED] =
    g_signal_new ("account-opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_CLOUDTALK_ACCOUNT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-integration-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, stack);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, problems);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, integrations_group);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, list);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, account_list);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationList, add);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_account_row_activated_cb);
}

static void
dial_integration_list_init (DialIntegrationList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_integration_list_set_desk:
 * @self: a list
 * @desk: a desk
 *
 * Shows the integrations and the phone accounts of a desk, and follows their coming and going.
 */
void
dial_integration_list_set_desk (DialIntegrationList *self,
                                DialDesk            *desk)
{
  GListModel *integrations = dial_desk_get_integrations (desk);
  GListModel *accounts = dial_desk_get_accounts (desk);
  const char *problem = dial_desk_get_accounts_problem (desk);

  g_return_if_fail (DIAL_IS_INTEGRATION_LIST (self));
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  if (problem != NULL)
    gtk_list_box_append (self->problems, dial_problem_row_new (problem));
  gtk_list_box_bind_model (self->list, integrations, create_row, NULL, NULL);
  gtk_list_box_bind_model (self->account_list, accounts, create_account_row, NULL, NULL);
  g_signal_connect_object (integrations, "items-changed", G_CALLBACK (show_number), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (show_number), self, G_CONNECT_SWAPPED);
  show_number (self);
}
