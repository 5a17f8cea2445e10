#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-account-choice.h"
#include "dial-by-itself-row.h"
#include "dial-check-view.h"
#include "dial-colour-row.h"
#include "dial-connect-window.h"
#include "dial-contacts-page.h"
#include "dial-contacts-words.h"
#include "dial-fields-button.h"
#include "dial-integration-gauge.h"
#include "dial-integration-page.h"
#include "dial-integration-remove-window.h"
#include "dial-numbers-page.h"
#include "dial-opt-outs-page.h"
#include "dial-problem-row.h"
#include "dial-recruiter-page.h"
#include "dial-setting-row.h"
#include "dial-sync-row.h"
#include "dial-templates-page.h"
#include "dial-visibility-button.h"
#include "dial-words.h"

struct _DialIntegrationPage
{
  GtkBox                parent_instance;

  AdwWindowTitle       *title;
  GtkListBox           *notices;
  AdwPreferencesGroup  *about;
  AdwActionRow         *status_row;
  GtkSwitch            *status;
  DialSettingRow       *name;
  DialSettingRow       *caption;
  DialSettingRow       *subdomain;
  DialColourRow        *colour;
  AdwActionRow         *credentials;
  DialSettingRow       *acting_user;
  DialSettingRow       *harvest_url;
  DialSettingRow       *auth_url;
  DialSyncRow          *sync;
  DialIntegrationGauge *gauge;
  DialCheckView        *check;
  AdwActionRow         *recruiter;
  AdwActionRow         *visibility_row;
  DialVisibilityButton *visibility;
  AdwActionRow         *fields_row;
  DialFieldsButton     *fields;
  DialSettingRow       *quick_tags;
  DialSettingRow       *contact_tag;
  DialSettingRow       *stop_tags;
  DialAccountChoice    *account;
  AdwActionRow         *contacts;
  AdwActionRow         *call_numbers;
  AdwActionRow         *sms_numbers;
  DialByItselfRow      *by_itself;

  DialDesk             *desk;
  DialIntegration      *integration;
  guint                 showing : 1;    /* it is us who move the switch */
  guint                 switching : 1;
};

enum {
  GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialIntegrationPage, dial_integration_page, GTK_TYPE_BOX)

/* What is at the top: what does not work, and that v1 has ended */

static GtkWidget *
create_retired_row (DialIntegrationPage *self)
{
  gboolean broken = dial_integration_get_health (self->integration) == DIAL_HEALTH_BROKEN;
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "title", _("Greenhouse Ends Harvest v1"),
                                 "subtitle", _("31 August 2026 was announced as the last day of API keys like this "
                                               "integration's. Set up v3 in its place: candidates, history and "
                                               "unsent notes stay."),
                                 "subtitle-lines", 0,
                                 NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Set Up v3…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "integration.renew");
  if (broken)
    gtk_widget_add_css_class (button, "suggested-action");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* Only a person can tell whether they were deleted or may not be seen any more. */
static GtkWidget *
create_loss_row (guint n_missing)
{
  g_autofree char *title = g_strdup_printf (ngettext ("Was it deleted in Greenhouse?",
                                                      "Were all %'u deleted in Greenhouse?", n_missing),
                                            n_missing);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "title", title,
                                 "title-lines", 0,
                                 "subtitle", _("Then they can be forgotten here as well."),
                                 "subtitle-lines", 0,
                                 NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Forget Them"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "integration.forget");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
show_notices (DialIntegrationPage *self)
{
  guint n_missing = dial_integration_get_loss (self->integration);
  const char *problem = dial_integration_get_problem (self->integration);
  gboolean old = dial_integration_get_api (self->integration) == DIAL_API_V1;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->notices))) != NULL)
    gtk_list_box_remove (self->notices, row);
  if (problem != NULL)
    gtk_list_box_append (self->notices, dial_problem_row_new (problem));
  if (problem != NULL && n_missing > 0)
    gtk_list_box_append (self->notices, create_loss_row (n_missing));
  if (old)
    gtk_list_box_append (self->notices, create_retired_row (self));
  gtk_widget_set_visible (GTK_WIDGET (self->notices), problem != NULL || old);
}

/* Where users may not be listed, nobody but Greenhouse knows the name. */
static gboolean
is_number (const char *text)
{
  return text[strspn (text, "0123456789")] == '\0';
}

static char *
describe_acting_user (DialIntegrationPage *self)
{
  const DialGreenhouseCheck *check = dial_integration_get_check (self->integration);
  g_autofree char *acting_user = dial_integration_dup_setting (self->integration, "acting-user");
  g_autofree char *name = NULL;

  if (dial_integration_get_api (self->integration) == DIAL_API_V1)
    return NULL;
  if (check != NULL && check->acting_as != NULL && !is_number (check->acting_as)) {
    name = dial_words_isolate (check->acting_as);
    /* Translators: %s is the name of the user on whose behalf Greenhouse is asked */
    return g_strdup_printf (_("acts as %s"), name);
  }
  if (acting_user != NULL && acting_user[0] != '\0')
    return g_strdup_printf (_("acts as user %s"), acting_user);
  return g_strdup (_("acts as the integration's service user"));
}

static void
show_about (DialIntegrationPage *self)
{
  const DialGreenhouseCheck *check = dial_integration_get_check (self->integration);
  const char *name = dial_integration_get_name (self->integration);
  gboolean old = dial_integration_get_api (self->integration) == DIAL_API_V1;
  g_autofree char *organization = NULL;
  g_autofree char *acting_user = describe_acting_user (self);
  g_autofree char *description = NULL;
  g_autofree char *markup = NULL;

  if (check != NULL && check->organization != NULL)
    organization = dial_words_isolate (check->organization);
  description = dial_words_join (3, organization, old ? "Harvest v1" : "Harvest v3", acting_user);
  markup = g_markup_escape_text (description, -1);

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, dial_integration_get_caption (self->integration));
  adw_preferences_group_set_description (self->about, markup);
  adw_action_row_set_subtitle (self->credentials, old
                               ? _("Harvest v1: API key, in your keyring")
                               : _("Harvest v3 (OAuth): client ID and secret, in your keyring"));
}

/* Status */

static void
show_status (DialIntegrationPage *self)
{
  gboolean active = dial_integration_is_active (self->integration);

  adw_action_row_set_subtitle (self->status_row, active
                               ? _("Active: candidates sync, calls are logged, notes are sent")
                               : _("Inactive: switch on to sync candidates, log calls and send notes"));
  if (self->switching)
    return;

  self->showing = TRUE;
  gtk_switch_set_active (self->status, active);
  gtk_switch_set_state (self->status, active);
  self->showing = FALSE;
}

static void
on_switched_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialIntegrationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean switched = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  self->switching = FALSE;
  if (self->integration == NULL || self->status == NULL)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->status_row), TRUE);
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->status_row), switched ? NULL : error->message);
  show_status (self);
}

static gboolean
on_state_set_cb (DialIntegrationPage *self,
                 gboolean             active)
{
  if (self->showing || self->integration == NULL)
    return FALSE;
  if (self->switching || active == dial_integration_is_active (self->integration))
    return TRUE;

  self->switching = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->status_row), FALSE);
  dial_integration_set_async (self->integration, "status", active ? "active" : "inactive", NULL,
                              on_switched_cb, g_object_ref (self));
  return TRUE;
}

/* Notes */

static void
show_recruiter (DialIntegrationPage *self)
{
  DialUser *user = dial_integration_get_recruiter (self->integration);
  const char *problem = dial_integration_get_author_problem (self->integration);
  g_autofree char *words = NULL;

  if (user != NULL)
    words = dial_words_join (2, user->name, user->primary_email);
  adw_action_row_set_subtitle (self->recruiter, words != NULL ? words : _("Not chosen"));
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->recruiter), problem);
}

static void
show_visibility (DialIntegrationPage *self)
{
  dial_visibility_button_set_visibility (self->visibility, dial_integration_get_visibility (self->integration));
}

static void
on_visibility_set_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DialIntegrationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration == NULL || self->visibility == NULL)
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->visibility_row), set ? NULL : error->message);
  show_visibility (self);
}

static void
on_visibility_notified_cb (DialIntegrationPage *self)
{
  DialVisibility visibility = dial_visibility_button_get_visibility (self->visibility);

  if (self->integration == NULL || visibility == dial_integration_get_visibility (self->integration))
    return;

  dial_integration_set_async (self->integration, "visibility",
                              dial_enum_to_nick (DIAL_TYPE_VISIBILITY, visibility), NULL,
                              on_visibility_set_cb, g_object_ref (self));
}

static void
on_recruiter_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0, dial_recruiter_page_new (self->integration));
}

static void
show_fields (DialIntegrationPage *self)
{
  dial_fields_button_set_fields (self->fields, dial_integration_get_note_fields (self->integration));
}

static void
on_fields_set_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (DialIntegrationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration == NULL || self->fields == NULL)
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->fields_row), set ? NULL : error->message);
  if (!set)
    show_fields (self);
}

static void
on_fields_notified_cb (DialIntegrationPage *self)
{
  DialNoteFields fields = dial_fields_button_get_fields (self->fields);
  g_autofree char *text = dial_note_fields_to_text (fields);

  if (self->integration != NULL && fields != dial_integration_get_note_fields (self->integration))
    dial_integration_set_async (self->integration, "note-fields", text, NULL, on_fields_set_cb, g_object_ref (self));
}

static void
on_templates_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0, dial_templates_page_new (self->integration));
}

/* Phone system */

static void
show_numbers_of (DialIntegrationPage *self,
                 AdwActionRow        *row,
                 const char          *key)
{
  g_autofree char *value = dial_integration_dup_setting (self->integration, key);
  g_auto (GStrv) numbers = g_strsplit (value != NULL ? value : "", ", ", -1);

  for (guint i = 0; numbers[i] != NULL; i++) {
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (numbers[i], NULL, NULL);

    g_free (numbers[i]);
    numbers[i] = dial_words_number (number);
  }
  g_clear_pointer (&value, g_free);
  value = g_strjoinv ("\n", numbers);
  adw_action_row_set_subtitle (row, value[0] != '\0' ? value : _("None yet"));
}

static void
show_numbers (DialIntegrationPage *self)
{
  show_numbers_of (self, self->call_numbers, "call-numbers");
  show_numbers_of (self, self->sms_numbers, "sms-numbers");
}

static void
show_contacts (DialIntegrationPage *self)
{
  DialContacts *contacts = dial_integration_get_contacts (self->integration);
  g_autofree char *words = NULL;

  if (dial_contacts_is_running (contacts)) {
    DialContactsProgress progress;

    dial_contacts_get_progress (contacts, &progress);
    words = dial_contacts_words_progress (&progress);
  } else if (!dial_integration_keeps_contacts (self->integration)) {
    words = g_strdup (_("Candidates do not become contacts by themselves"));
  } else {
    words = g_strdup (_("Candidates become contacts after each sync"));
  }

  adw_action_row_set_subtitle (self->contacts, words);
  /* Without an account there is nowhere to put them. */
  gtk_widget_set_visible (GTK_WIDGET (self->contacts),
                          g_list_model_get_n_items (dial_desk_get_accounts (self->desk)) > 0);
}

static void
on_contacts_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0, dial_contacts_page_new (self->desk, self->integration));
}

static void
on_call_numbers_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0,
                 dial_numbers_page_new (self->desk, self->integration, "call-numbers", _("Numbers for Calls")));
}

static void
on_sms_numbers_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0,
                 dial_numbers_page_new (self->desk, self->integration, "sms-numbers", _("Numbers for SMS")));
}

static void
on_opt_outs_activated_cb (DialIntegrationPage *self)
{
  g_signal_emit (self, signals[GO], 0, dial_opt_outs_page_new (self->integration));
}

/* The windows around */

static GtkWindow *
get_window (DialIntegrationPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
renew_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  DialIntegrationPage *self = DIAL_INTEGRATION_PAGE (widget);

  gtk_window_present (dial_connect_window_new_renew (get_window (self), self->desk, self->integration));
}

static void
forget_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialIntegration *integration = DIAL_INTEGRATION_PAGE (widget)->integration;

  dial_integration_allow_loss (integration, dial_integration_get_loss (integration));
  /* What comes of it, the integration tells itself. */
  dial_integration_sync_async (integration, TRUE, NULL, NULL, NULL);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialIntegrationPage *self = DIAL_INTEGRATION_PAGE (widget);

  gtk_window_present (dial_integration_remove_window_new (get_window (self), self->desk, self->integration));
}

static void
on_integration_notified_cb (DialIntegrationPage *self,
                            GParamSpec          *pspec)
{
  const char *name = g_param_spec_get_name (pspec);

  if (g_str_equal (name, "active"))
    show_status (self);
  else if (g_str_equal (name, "problem") || g_str_equal (name, "health"))
    show_notices (self);
  else if (g_str_equal (name, "recruiter") || g_str_equal (name, "author-problem"))
    show_recruiter (self);
  else if (g_str_equal (name, "visibility"))
    show_visibility (self);
  else if (g_str_equal (name, "api")) {
    show_notices (self);
    show_about (self);
  } else if (g_str_equal (name, "name") || g_str_equal (name, "caption") || g_str_equal (name, "check"))
    show_about (self);
}

static void
dial_integration_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dial_integration_page_parent_class)->map (widget);

  /* The page below may have changed them, and nothing notifies. */
  if (DIAL_INTEGRATION_PAGE (widget)->integration == NULL)
    return;

  show_numbers (DIAL_INTEGRATION_PAGE (widget));
  show_contacts (DIAL_INTEGRATION_PAGE (widget));
}

static void
dial_integration_page_dispose (GObject *object)
{
  DialIntegrationPage *self = DIAL_INTEGRATION_PAGE (object);

  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_INTEGRATION_PAGE);

  G_OBJECT_CLASS (dial_integration_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_ACCOUNT_CHOICE);
  g_type_ensure (DIAL_TYPE_BY_ITSELF_ROW);
  g_type_ensure (DIAL_TYPE_CHECK_VIEW);
  g_type_ensure (DIAL_TYPE_COLOUR_ROW);
  g_type_ensure (DIAL_TYPE_FIELDS_BUTTON);
  g_type_ensure (DIAL_TYPE_INTEGRATION_GAUGE);
  g_type_ensure (DIAL_TYPE_SETTING_ROW);
  g_type_ensure (DIAL_TYPE_SYNC_ROW);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-integration-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, notices);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, about);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, status_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, status);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, name);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, caption);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, subdomain);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, colour);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, credentials);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, acting_user);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, harvest_url);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, auth_url);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, sync);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, gauge);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, check);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, recruiter);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, visibility_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, visibility);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, fields_row);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, fields);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, quick_tags);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, contact_tag);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, stop_tags);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, account);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, contacts);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, call_numbers);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, sms_numbers);
  gtk_widget_class_bind_template_child (widget_class, DialIntegrationPage, by_itself);
  gtk_widget_class_bind_template_callback (widget_class, on_state_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_visibility_notified_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fields_notified_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recruiter_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_templates_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_contacts_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_call_numbers_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sms_numbers_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opt_outs_activated_cb);
}

static void
dial_integration_page_class_init (DialIntegrationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_integration_page_dispose;
  widget_class->map = dial_integration_page_map;

  /**
   * DialIntegrationPage::go:
   * @self: a page
   * @page: the page that is wanted
   *
   * A page below this one is wanted.
   */
  signals[GO] =
    g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);

  gtk_widget_class_install_action (widget_class, "integration.renew", NULL, renew_action);
  gtk_widget_class_install_action (widget_class, "integration.forget", NULL, forget_action);
  gtk_widget_class_install_action (widget_class, "integration.delete", NULL, delete_action);
  bind_template (widget_class);
}

static void
dial_integration_page_init (DialIntegrationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_integration_page_new:
 * @desk: the desk it is at
 * @integration: an integration
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_integration_page_new (DialDesk        *desk,
                           DialIntegration *integration)
{
  DialIntegrationPage *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_INTEGRATION_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (integration, "notify", G_CALLBACK (on_integration_notified_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dial_integration_get_contacts (integration), "progressed", G_CALLBACK (show_contacts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dial_desk_get_accounts (desk), "items-changed", G_CALLBACK (show_contacts), self,
                           G_CONNECT_SWAPPED);

  dial_setting_row_set_integration (self->name, integration);
  dial_setting_row_set_integration (self->caption, integration);
  dial_setting_row_set_integration (self->subdomain, integration);
  dial_setting_row_set_integration (self->acting_user, integration);
  dial_setting_row_set_integration (self->harvest_url, integration);
  dial_setting_row_set_integration (self->auth_url, integration);
  dial_setting_row_set_integration (self->contact_tag, integration);
  dial_setting_row_set_integration (self->quick_tags, integration);
  dial_setting_row_set_integration (self->stop_tags, integration);
  dial_colour_row_set_integration (self->colour, integration);
  dial_account_choice_set_integration (self->account, desk, integration);
  dial_by_itself_row_set_integration (self->by_itself, integration);
  dial_sync_row_set_integration (self->sync, integration);
  dial_integration_gauge_set_integration (self->gauge, integration);
  dial_check_view_set_integration (self->check, integration);
  show_notices (self);
  show_about (self);
  show_status (self);
  show_recruiter (self);
  show_visibility (self);
  show_fields (self);
  show_numbers (self);
  show_contacts (self);

  return GTK_WIDGET (self);
}

/**
 * dial_integration_page_get_integration:
 * @self: a page
 *
 * Returns: (transfer none): whose page it is
 */
DialIntegration *
dial_integration_page_get_integration (DialIntegrationPage *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION_PAGE (self), NULL);

  return self->integration;
}
