#include "config.h"

#include <glib/gi18n.h>

#include "dial-check-view.h"
#include "dial-open-link.h"
#include "dial-permission-row.h"
#include "dial-problem-row.h"
#include "dial-template.h"
#include "dial-words.h"

/* How often "a minute ago" is looked at again. */
#define REFRESH_SECONDS 20

/* Clocks this far apart are the same to us. */
#define SAME_CLOCK_SECONDS 5

struct _DialCheckView
{
  GtkWidget            parent_instance;

  AdwPreferencesGroup *group;
  GtkSpinner          *spinner;
  GtkWidget           *button;
  GtkListBox          *permissions;
  GtkListBox          *facts;
  GtkWidget           *copy;

  DialIntegration     *integration;
  GSignalGroup        *integration_signals;
  GCancellable        *cancellable;
  char                *failure;    /* why the last check said nothing */
  guint                refresh_source;
  guint                asked : 1;  /* by itself, for want of any check */
};

G_DEFINE_FINAL_TYPE (DialCheckView, dial_check_view, GTK_TYPE_WIDGET)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

/* The facts */

static void
add_fact (DialCheckView *self,
          const char    *title,
          const char    *fact)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", title,
                                 "subtitle", fact,
                                 "subtitle-lines", 0,
                                 "activatable", FALSE,
                                 NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fact, -1);
  gtk_list_box_append (self->facts, row);
}

/* A role is one of Greenhouse's own words; the one that matters has a name of its own. */
static gboolean
is_site_admin (const DialGreenhouseCheck *check)
{
  return check->site_admin == DIAL_GRANT_GRANTED ||
         (check->site_admin == DIAL_GRANT_UNKNOWN && g_strcmp0 (check->role, "site_admin") == 0);
}

static char *
describe_acting_user (const DialGreenhouseCheck *check)
{
  g_autofree char *name = NULL;
  const char *role = g_strcmp0 (check->role, "site_admin") != 0 ? check->role : NULL;
  const char *admin = NULL;

  if (check->acting_as != NULL)
    name = dial_words_isolate (check->acting_as);
  if (is_site_admin (check))
    admin = _("Site Admin");
  else if (check->site_admin == DIAL_GRANT_MISSING)
    admin = _("no Site Admin");
  else
    admin = _("not known whether a Site Admin");

  return dial_words_join (3, name, role, admin);
}

static char *
describe_clock (int skew)
{
  int minutes = (ABS (skew) + 30) / 60;

  if (ABS (skew) <= SAME_CLOCK_SECONDS)
    return g_strdup (_("Agrees with Greenhouse's"));
  if (minutes == 0 && skew < 0)
    return g_strdup_printf (ngettext ("%d second ahead of Greenhouse's", "%d seconds ahead of Greenhouse's", -skew),
                            -skew);
  if (minutes == 0)
    return g_strdup_printf (ngettext ("%d second behind Greenhouse's", "%d seconds behind Greenhouse's", skew),
                            skew);
  if (skew < 0)
    return g_strdup_printf (ngettext ("%d minute ahead of Greenhouse's", "%d minutes ahead of Greenhouse's", minutes),
                            minutes);
  return g_strdup_printf (ngettext ("%d minute behind Greenhouse's", "%d minutes behind Greenhouse's", minutes),
                          minutes);
}

static char *
describe_allowance (const DialGreenhouseCheck *check)
{
  if (check->allowance <= 0 || check->window <= 0)
    return g_strdup (_("Not known"));

  /* Translators: how many questions Greenhouse answers in how many seconds */
  return g_strdup_printf (_("%d in %d seconds"), check->allowance, check->window);
}

static void
show_facts (DialCheckView             *self,
            const DialGreenhouseCheck *check)
{
  g_autofree char *acting_user = describe_acting_user (check);
  g_autofree char *clock = describe_clock (check->clock_skew);
  g_autofree char *allowance = describe_allowance (check);

  add_fact (self, check->api == DIAL_API_V1 ? _("The key belongs to") : _("Acts as"), acting_user);
  add_fact (self, _("This computer's clock"), clock);
  add_fact (self, _("Requests Greenhouse allows"), allowance);
}

/* The check as a whole */

static char *
describe_check (DialCheckView             *self,
                const DialGreenhouseCheck *check)
{
  g_autofree char *ago = NULL;

  if (dial_integration_is_checking (self->integration))
    return g_strdup (_("Asking Greenhouse…"));
  if (self->failure != NULL)
    return g_strdup (_("The check could not be made"));
  if (check == NULL || check->checked_at == DIAL_INSTANT_UNKNOWN)
    return g_strdup (_("Not checked yet"));

  ago = dial_words_ago (check->checked_at);
  /* Translators: %s is a time in words, such as “just now” */
  return g_strdup_printf (_("Checked %s; nothing was written"), ago);
}

static void
show_progress (DialCheckView *self)
{
  gboolean checking = dial_integration_is_checking (self->integration);
  g_autofree char *description = describe_check (self, dial_integration_get_check (self->integration));
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_preferences_group_set_description (self->group, markup);
  gtk_spinner_set_spinning (self->spinner, checking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), checking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.again", !checking);
}

static void
show_check (DialCheckView *self)
{
  const DialGreenhouseCheck *check = dial_integration_get_check (self->integration);
  gboolean answered = check != NULL && self->failure == NULL;

  clear (self->permissions);
  clear (self->facts);

  if (self->failure != NULL) {
    gtk_list_box_append (self->permissions, dial_problem_row_new (self->failure));
  } else if (check != NULL) {
    for (guint i = 0; i < check->permissions->len; i++)
      gtk_list_box_append (self->permissions, dial_permission_row_new (check->permissions->pdata[i]));
    for (guint i = 0; check->remarks != NULL && check->remarks[i] != NULL; i++)
      gtk_list_box_append (self->permissions, dial_problem_row_new (check->remarks[i]));
    show_facts (self, check);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->permissions), self->failure != NULL || check != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), answered);
  gtk_widget_set_visible (self->copy, answered);
  show_progress (self);
}

static void
on_check_notified_cb (DialCheckView *self)
{
  g_clear_pointer (&self->failure, g_free);
  show_check (self);
}

static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) check = NULL;

  check = dial_integration_check_finish (DIAL_INTEGRATION (source), result, &error);
  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->failure, g_free);
  if (check == NULL)
    self->failure = g_strdup (error->message);
  show_check (self);
}

static void
check_again (DialCheckView *self)
{
  if (self->cancellable != NULL || self->integration == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  dial_integration_check_async (self->integration, self->cancellable, on_checked_cb, g_object_ref (self));
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  check_again (DIAL_CHECK_VIEW (widget));
}

static void
copy_report_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *nothing)
{
  DialCheckView *self = DIAL_CHECK_VIEW (widget);
  g_autofree char *report = dial_integration_dup_report (self->integration);

  if (report == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  gtk_widget_activate_action (widget, "settings.toast", "s", _("Report copied"));
}

static void
on_link_opened (GtkWidget  *widget,
                const char *problem)
{
  if (problem != NULL)
    gtk_widget_activate_action (widget, "settings.toast", "s", problem);
}

static void
open_greenhouse_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *nothing)
{
  DialCheckView *self = DIAL_CHECK_VIEW (widget);
  const char *subdomain = dial_integration_get_subdomain (self->integration);
  g_autofree char *uri = g_strdup_printf ("https://%s.greenhouse.io/",
                                          subdomain != NULL && subdomain[0] != '\0' ? subdomain : "app");

  dial_open_link_then (widget, uri, on_link_opened);
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  show_progress (user_data);
  return G_SOURCE_CONTINUE;
}

static void
look (DialCheckView *self)
{
  if (self->integration == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (!self->asked && dial_integration_get_check (self->integration) == NULL &&
      !dial_integration_is_checking (self->integration)) {
    self->asked = TRUE;
    check_again (self);
  }
}

static void
dial_check_view_map (GtkWidget *widget)
{
  DialCheckView *self = DIAL_CHECK_VIEW (widget);

  GTK_WIDGET_CLASS (dial_check_view_parent_class)->map (widget);

  if (self->integration == NULL)
    return;
  show_progress (self);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
  look (self);
}

static void
dial_check_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DIAL_CHECK_VIEW (widget)->refresh_source, g_source_remove);

  GTK_WIDGET_CLASS (dial_check_view_parent_class)->unmap (widget);
}

static void
dial_check_view_dispose (GObject *object)
{
  DialCheckView *self = DIAL_CHECK_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->integration_signals);
  g_clear_object (&self->integration);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_CHECK_VIEW);

  G_OBJECT_CLASS (dial_check_view_parent_class)->dispose (object);
}

static void
dial_check_view_finalize (GObject *object)
{
  g_free (DIAL_CHECK_VIEW (object)->failure);

  G_OBJECT_CLASS (dial_check_view_parent_class)->finalize (object);
}

static void
dial_check_view_class_init (DialCheckViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_check_view_dispose;
  object_class->finalize = dial_check_view_finalize;
  widget_class->map = dial_check_view_map;
  widget_class->unmap = dial_check_view_unmap;

  gtk_widget_class_install_action (widget_class, "check.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "check.copy-report", NULL, copy_report_action);
  gtk_widget_class_install_action (widget_class, "check.open-greenhouse", NULL, open_greenhouse_action);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, group);
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, button);
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, permissions);
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, facts);
  gtk_widget_class_bind_template_child (widget_class, DialCheckView, copy);
}

static void
dial_check_view_init (DialCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify::check",
                                  G_CALLBACK (on_check_notified_cb), self);
  g_signal_group_connect_swapped (self->integration_signals, "notify::checking",
                                  G_CALLBACK (show_progress), self);
}

/**
 * dial_check_view_set_integration:
 * @self: a check view
 * @integration: whose credentials
 *
 * Shows what an integration may do.
 */
void
dial_check_view_set_integration (DialCheckView   *self,
                                 DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_CHECK_VIEW (self));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_group_set_target (self->integration_signals, integration);
  show_check (self);
  look (self);
}
