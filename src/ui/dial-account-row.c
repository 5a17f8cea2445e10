#include "config.h"

#include "dial-account-row.h"
#include "dial-mark.h"
#include "dial-say-name.h"

struct _DialAccountRow
{
  AdwPreferencesRow     parent_instance;

  GtkLabel             *name;
  GtkLabel             *agent;
  DialMark             *health;
  GtkLabel             *problem;

  DialCloudtalkAccount *account;
};

G_DEFINE_FINAL_TYPE (DialAccountRow, dial_account_row, ADW_TYPE_PREFERENCES_ROW)

static void
say (GtkLabel   *label,
     const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
show_account (DialAccountRow *self)
{
  const DialCloudtalkAgent *agent = dial_cloudtalk_account_get_agent (self->account);
  g_autofree char *title = dial_cloudtalk_account_dup_title (self->account);
  g_autofree char *label = NULL;

  say (self->name, title);
  say (self->agent, agent != NULL && agent->name != NULL ? agent->name
                                                         : dial_cloudtalk_account_get_email (self->account));
  dial_mark_show_health (self->health, dial_cloudtalk_account_get_health (self->account));
  say (self->problem, dial_cloudtalk_account_get_problem (self->account));

  label = g_strdup_printf ("%s, %s, %s", title, gtk_label_get_label (self->agent),
                           dial_mark_get_word (self->health));
  dial_say_name (self, label);
}

static void
dial_account_row_dispose (GObject *object)
{
  g_clear_object (&DIAL_ACCOUNT_ROW (object)->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_ACCOUNT_ROW);

  G_OBJECT_CLASS (dial_account_row_parent_class)->dispose (object);
}

static void
dial_account_row_class_init (DialAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_MARK);

  object_class->dispose = dial_account_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRow, agent);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRow, health);
  gtk_widget_class_bind_template_child (widget_class, DialAccountRow, problem);
}

static void
dial_account_row_init (DialAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_account_row_new:
 * @account: an account
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_account_row_new (DialCloudtalkAccount *account)
{
  DialAccountRow *self;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_ACCOUNT_ROW, NULL);
  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  show_account (self);

  return GTK_WIDGET (self);
}

/**
 * dial_account_row_get_account:
 * @self: a row
 *
 * Returns: (transfer none): whose row it is
 */
DialCloudtalkAccount *
dial_account_row_get_account (DialAccountRow *self)
{
  g_return_val_if_fail (DIAL_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}
