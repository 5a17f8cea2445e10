#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-check-view.h"
#include "dial-account-gauge.h"
#include "dial-account-page.h"
#include "dial-account-remove-window.h"
#include "dial-account-window.h"
#include "dial-agent-page.h"
#include "dial-problem-row.h"
#include "dial-setting-row.h"
#include "dial-words.h"

struct _DialAccountPage
{
  GtkBox                parent_instance;

  AdwWindowTitle       *title;
  GtkListBox           *notices;
  DialSettingRow       *caption;
  AdwActionRow         *agent;
  AdwActionRow         *keys;
  DialSettingRow       *email;
  DialSettingRow       *url;
  DialAccountCheckView *check;
  AdwPreferencesGroup  *numbers_group;
  GtkListBox           *numbers;
  DialAccountGauge     *gauge;

  DialDesk             *desk;
  DialCloudtalkAccount *account;
};

enum {
  GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialAccountPage, dial_account_page, GTK_TYPE_BOX)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
show_problem (DialAccountPage *self)
{
  const char *problem = dial_cloudtalk_account_get_problem (self->account);

  clear (self->notices);
  if (problem != NULL)
    gtk_list_box_append (self->notices, dial_problem_row_new (problem));
  gtk_widget_set_visible (GTK_WIDGET (self->notices), problem != NULL);
}

static void
show_about (DialAccountPage *self)
{
  g_autofree char *keys = NULL;

  adw_window_title_set_title (self->title, "CloudTalk");
  adw_window_title_set_subtitle (self->title, dial_cloudtalk_account_get_caption (self->account));
  /* Translators: %s is the id of a pair of keys */
  keys = g_strdup_printf (_("Access Key ID %s, in your keyring with its secret"),
                          dial_cloudtalk_account_get_key_id (self->account));
  adw_action_row_set_subtitle (self->keys, keys);
}

static void
show_agent (DialAccountPage *self)
{
  const DialCloudtalkAgent *agent = dial_cloudtalk_account_get_agent (self->account);
  const char *email = dial_cloudtalk_account_get_email (self->account);
  g_autofree char *words = NULL;

  if (agent != NULL)
    words = dial_words_join (2, agent->name, agent->email);
  else if (*email != '\0')
    words = g_strdup (email);
  adw_action_row_set_subtitle (self->agent, words != NULL ? words : _("Not chosen"));
}

/* The numbers */

static char *
describe_number (DialAccountPage           *self,
                 const DialCloudtalkNumber *number)
{
  const DialCloudtalkAgent *agent = dial_cloudtalk_account_get_agent (self->account);
  const char *use = NULL;

  if (agent != NULL && g_strcmp0 (agent->default_number, number->e164) == 0)
    use = _("your default for calls");
  else if (agent != NULL && g_strv_contains ((const char * const *) agent->numbers, number->e164))
    use = _("one of yours");

  return dial_words_join (3, number->name, use,
                          dial_cloudtalk_account_can_text (self->account, number->e164)
                          ? NULL : _("could not send a text"));
}

static GtkWidget *
create_row (DialAccountPage           *self,
            const DialCloudtalkNumber *number)
{
  g_autoptr (DialPhoneNumber) phone_number = dial_phone_number_new (number->e164, NULL, NULL);
  g_autofree char *words = dial_words_number (phone_number);
  g_autofree char *subtitle = describe_number (self, number);

  return g_object_new (ADW_TYPE_ACTION_ROW,
                       "use-markup", FALSE,
                       "title", words,
                       "title-lines", 0,
                       "subtitle", subtitle != NULL ? subtitle : "",
                       "subtitle-lines", 0,
                       "activatable", FALSE,
                       NULL);
}

static void
show_numbers (DialAccountPage *self)
{
  GPtrArray *numbers = dial_cloudtalk_account_get_numbers (self->account);

  clear (self->numbers);
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    gtk_list_box_append (self->numbers, create_row (self, numbers->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->numbers_group), numbers != NULL && numbers->len > 0);
}

static void
on_account_notified_cb (DialAccountPage *self,
                        GParamSpec      *pspec)
{
  const char *name = g_param_spec_get_name (pspec);

  if (g_str_equal (name, "problem"))
    show_problem (self);
  else if (g_str_equal (name, "caption") || g_str_equal (name, "key-id"))
    show_about (self);
  else if (g_str_equal (name, "email"))
    show_agent (self);
  else if (g_str_equal (name, "agent")) {
    show_agent (self);
    show_numbers (self);
  } else if (g_str_equal (name, "numbers"))
    show_numbers (self);
}

/* What it knows of who one is and of the numbers is from the last time it asked, if it did. */
static void
dial_account_page_map (GtkWidget *widget)
{
  DialAccountPage *self = DIAL_ACCOUNT_PAGE (widget);

  GTK_WIDGET_CLASS (dial_account_page_parent_class)->map (widget);

  if (self->account == NULL || dial_cloudtalk_account_get_check (self->account) == NULL)
    return;
  if (dial_cloudtalk_account_get_agents (self->account) == NULL)
    dial_cloudtalk_account_refresh_agent_async (self->account, DIAL_CLOUDTALK_URGENCY_NOW, NULL, NULL, NULL);
  if (dial_cloudtalk_account_get_numbers (self->account) == NULL)
    dial_cloudtalk_account_refresh_numbers_async (self->account, DIAL_CLOUDTALK_URGENCY_NOW, NULL, NULL, NULL);
}

/* The windows and pages around */

static void
on_agent_activated_cb (DialAccountPage *self)
{
  g_signal_emit (self, signals[GO], 0, dial_agent_page_new (self->account));
}

static GtkWindow *
get_window (DialAccountPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
renew_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  DialAccountPage *self = DIAL_ACCOUNT_PAGE (widget);

  gtk_window_present (dial_account_window_new_renew (get_window (self), self->desk, self->account));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialAccountPage *self = DIAL_ACCOUNT_PAGE (widget);

  gtk_window_present (dial_account_remove_window_new (get_window (self), self->desk, self->account));
}

static void
dial_account_page_dispose (GObject *object)
{
  DialAccountPage *self = DIAL_ACCOUNT_PAGE (object);

  g_clear_object (&self->account);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_ACCOUNT_PAGE);

  G_OBJECT_CLASS (dial_account_page_parent_class)->dispose (object);
}

static void
dial_account_page_class_init (DialAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_ACCOUNT_CHECK_VIEW);
  g_type_ensure (DIAL_TYPE_ACCOUNT_GAUGE);
  g_type_ensure (DIAL_TYPE_SETTING_ROW);

  object_class->dispose = dial_account_page_dispose;
  widget_class->map = dial_account_page_map;

  /**
   * DialAccountPage::go:
   * @self: a page
   * @page: the page that is wanted
   *
   * A page below this one is wanted.
   */
  signals[GO] =
    g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);

  gtk_widget_class_install_action (widget_class, "account.renew", NULL, renew_action);
  gtk_widget_class_install_action (widget_class, "account.delete", NULL, delete_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, notices);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, caption);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, agent);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, keys);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, email);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, url);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, check);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, numbers_group);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, DialAccountPage, gauge);
  gtk_widget_class_bind_template_callback (widget_class, on_agent_activated_cb);
}

static void
dial_account_page_init (DialAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_account_page_new:
 * @desk: the desk it is at
 * @account: an account
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_account_page_new (DialDesk             *desk,
                       DialCloudtalkAccount *account)
{
  DialAccountPage *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_ACCOUNT_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify", G_CALLBACK (on_account_notified_cb), self, G_CONNECT_SWAPPED);

  dial_setting_row_set_account (self->caption, account);
  dial_setting_row_set_account (self->email, account);
  dial_setting_row_set_account (self->url, account);
  dial_account_check_view_set_account (self->check, desk, account);
  dial_account_gauge_set_account (self->gauge, account);
  show_problem (self);
  show_about (self);
  show_agent (self);
  show_numbers (self);

  return GTK_WIDGET (self);
}

/**
 * dial_account_page_get_account:
 * @self: a page
 *
 * Returns: (transfer none): whose page it is
 */
DialCloudtalkAccount *
dial_account_page_get_account (DialAccountPage *self)
{
  g_return_val_if_fail (DIAL_IS_ACCOUNT_PAGE (self), NULL);

  return self->account;
}
