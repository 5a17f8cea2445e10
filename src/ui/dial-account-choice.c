#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-choice.h"
#include "dial-problem-row.h"

struct _DialAccountChoice
{
  AdwComboRow       parent_instance;

  DialDesk         *desk;
  DialIntegration  *integration;
  guint             showing : 1;    /* it is us who choose */
};

G_DEFINE_FINAL_TYPE (DialAccountChoice, dial_account_choice, ADW_TYPE_COMBO_ROW)

/* Behind the first entry there is one an account. The only one needs no choice. */
static void
show_accounts (DialAccountChoice *self)
{
  GListModel *accounts = dial_desk_get_accounts (self->desk);
  guint n = g_list_model_get_n_items (accounts);
  g_autofree char *chosen = dial_integration_dup_setting (self->integration, "phone");
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (titles, n == 1 ? _("The only one") : _("Not chosen"));
  for (guint i = 0; i < n; i++) {
    g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (accounts, i);

    gtk_string_list_take (titles, dial_cloudtalk_account_dup_title (account));
    if (g_strcmp0 (chosen, dial_cloudtalk_account_get_id (account)) == 0)
      selected = i + 1;
  }

  self->showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1 || selected > 0);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialAccountChoice) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration == NULL || !GTK_IS_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (self))))
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self), set ? NULL : error->message);
  if (!set)
    show_accounts (self);
}

static void
on_selected_cb (DialAccountChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autoptr (DialCloudtalkAccount) account = NULL;

  if (self->showing || self->integration == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected > 0)
    account = g_list_model_get_item (dial_desk_get_accounts (self->desk), selected - 1);
  dial_integration_set_async (self->integration, "phone",
                              account != NULL ? dial_cloudtalk_account_get_id (account) : "", NULL, on_set_cb,
                              g_object_ref (self));
}

static void
dial_account_choice_dispose (GObject *object)
{
  DialAccountChoice *self = DIAL_ACCOUNT_CHOICE (object);

  g_clear_object (&self->integration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_account_choice_parent_class)->dispose (object);
}

static void
dial_account_choice_class_init (DialAccountChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_account_choice_dispose;
}

static void
dial_account_choice_init (DialAccountChoice *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Phone account"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected_cb), NULL);
}

/**
 * dial_account_choice_set_integration:
 * @self: a choice
 * @desk: a desk
 * @integration: one of its integrations
 *
 * Shows by which account an integration calls.
 */
void
dial_account_choice_set_integration (DialAccountChoice *self,
                                     DialDesk          *desk,
                                     DialIntegration   *integration)
{
  g_return_if_fail (DIAL_IS_ACCOUNT_CHOICE (self));
  g_return_if_fail (self->integration == NULL);

  self->desk = g_object_ref (desk);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (dial_desk_get_accounts (desk), "items-changed", G_CALLBACK (show_accounts), self,
                           G_CONNECT_SWAPPED);
  show_accounts (self);
}
