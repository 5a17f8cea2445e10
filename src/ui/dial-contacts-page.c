#include "config.h"

#include <glib/gi18n.h>

#include "dial-contact-filter-page.h"
#include "dial-contacts-page.h"
#include "dial-contacts-words.h"
#include "dial-desk-contacts.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"

struct _DialContactsPage
{
  GtkBox           parent_instance;

  AdwActionRow    *keep_row;
  GtkSwitch       *keep;
  AdwActionRow    *jobs;
  AdwActionRow    *stages;
  AdwActionRow    *preview_row;
  GtkButton       *preview;
  AdwActionRow    *sync_row;
  GtkButton       *sync;
  GtkWidget       *bar_row;
  GtkProgressBar  *bar;
  AdwActionRow    *remove_row;

  DialDesk        *desk;
  DialIntegration *integration;
  guint            showing : 1;   /* it is us who move the switch */
};

enum {
  GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialContactsPage, dial_contacts_page, GTK_TYPE_BOX)

static gboolean
is_running (DialContactsPage *self)
{
  return dial_contacts_is_running (dial_integration_get_contacts (self->integration));
}

/* Showing */

static void
show_names (AdwActionRow *row,
            GStrv         names,
            const char   *everybody)
{
  g_autofree char *text = g_strjoinv ("\n", names);

  adw_action_row_set_subtitle (row, *text != '\0' ? text : everybody);
}

static void
show_choice (DialContactsPage *self)
{
  g_auto (GStrv) jobs = dial_integration_dup_contact_jobs (self->integration);
  g_auto (GStrv) stages = dial_integration_dup_contact_stages (self->integration);

  show_names (self->jobs, jobs, _("All candidates"));
  show_names (self->stages, stages, _("At any stage"));
}

static char *
describe_sync (DialContactsPage *self)
{
  g_autoptr (DialContactsReport) report = NULL;
  gint64 ended_at = DIAL_INSTANT_UNKNOWN;

  if (is_running (self)) {
    DialContactsProgress progress;

    dial_contacts_get_progress (dial_integration_get_contacts (self->integration), &progress);
    return dial_contacts_words_progress (&progress);
  }

  report = dial_integration_dup_contacts_report (self->integration, &ended_at);
  return report != NULL ? dial_contacts_words_report (report, ended_at) : g_strdup (_("Not yet"));
}

/* The keyboard goes to the button alone: who hears it hears the rest of the row with it. */
static void
tell (AdwActionRow *row,
      GtkButton    *button,
      const char   *words)
{
  adw_action_row_set_subtitle (row, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
show_bar (DialContactsPage *self)
{
  DialContactsProgress progress;
  gboolean counts;

  dial_contacts_get_progress (dial_integration_get_contacts (self->integration), &progress);
  counts = progress.phase == DIAL_CONTACTS_PHASE_LOOKING_CLOSER || progress.phase == DIAL_CONTACTS_PHASE_SENDING;
  gtk_widget_set_visible (self->bar_row, counts && progress.total > 0);
  if (progress.total > 0)
    gtk_progress_bar_set_fraction (self->bar, (double) progress.done / progress.total);
}

static void
show_state (DialContactsPage *self)
{
  gboolean running = is_running (self);
  gboolean active = dial_integration_is_active (self->integration);
  gboolean keeps = dial_integration_keeps_contacts (self->integration);
  g_autofree char *sync = describe_sync (self);

  self->showing = TRUE;
  gtk_switch_set_active (self->keep, keeps);
  gtk_switch_set_state (self->keep, keeps);
  self->showing = FALSE;

  tell (self->sync_row, self->sync, sync);
  gtk_button_set_label (self->sync, running ? _("Stop") : _("Sync"));
  dial_say_name (self->sync, running ? _("Stop Contacts") : _("Sync Contacts"));
  show_bar (self);
  if (!running)
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self->sync_row),
                           dial_integration_get_contacts_problem (self->integration));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.preview", !running && active);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.sync", running || active);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.remove", !running);
}

/* Keeping in step */

static void
on_kept_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DialContactsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration == NULL)
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->keep_row), set ? NULL : error->message);
  show_state (self);
}

static gboolean
on_state_set_cb (DialContactsPage *self,
                 gboolean          active)
{
  if (self->showing || self->integration == NULL)
    return FALSE;

  dial_integration_set_async (self->integration, "contact-sync", active ? "yes" : "no", NULL, on_kept_cb,
                              g_object_ref (self));
  return TRUE;
}

/* Whose */

static void
on_jobs_activated_cb (DialContactsPage *self)
{
  g_signal_emit (self, signals[GO], 0,
                 dial_contact_filter_page_new (self->integration, "contact-jobs", DIAL_FACET_JOB, _("Jobs")));
}

static void
on_stages_activated_cb (DialContactsPage *self)
{
  g_signal_emit (self, signals[GO], 0,
                 dial_contact_filter_page_new (self->integration, "contact-stages", DIAL_FACET_STAGE, _("Stages")));
}

/* Running */

static AdwActionRow *
get_row (DialContactsPage *self,
         DialContactsJob   job)
{
  AdwActionRow *rows[] = {
    [DIAL_CONTACTS_PREVIEW] = self->preview_row,
    [DIAL_CONTACTS_SYNC] = self->sync_row,
    [DIAL_CONTACTS_REMOVE] = self->remove_row,
  };

  return rows[job];
}

static void
take_report (DialContactsPage         *self,
             const DialContactsReport *report,
             const GError             *error)
{
  AdwActionRow *row = get_row (self, report->job);
  const char *problem = error != NULL ? error->message : report->failure;

  if (report->job == DIAL_CONTACTS_PREVIEW && error == NULL) {
    g_autofree char *words = dial_contacts_words_preview (report);

    tell (row, self->preview, words);
  }
  dial_problem_row_tell (GTK_LIST_BOX_ROW (row), problem);
}

static void
on_ran_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialContactsPage) self = user_data;
  g_autoptr (DialContactsReport) report = NULL;
  g_autoptr (GError) error = NULL;

  (void) dial_desk_run_contacts_finish (DIAL_DESK (source), result, &report, &error);
  if (self->integration == NULL)
    return;

  show_state (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_problem_row_tell (GTK_LIST_BOX_ROW (get_row (self, report->job)), NULL);
  else
    take_report (self, report, error);
}

static void
show_no_preview (DialContactsPage *self)
{
  tell (self->preview_row, self->preview, _("What a sync would do, without doing it"));
}

/* What was begun goes on when the page is left; who comes back may stop it. */
static void
run (DialContactsPage *self,
     DialContactsJob   job)
{
  dial_problem_row_tell (GTK_LIST_BOX_ROW (get_row (self, job)), NULL);
  if (job != DIAL_CONTACTS_PREVIEW)
    show_no_preview (self);
  dial_desk_run_contacts_async (self->desk, self->integration, job, NULL, on_ran_cb, g_object_ref (self));
}

static void
preview_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  run (DIAL_CONTACTS_PAGE (widget), DIAL_CONTACTS_PREVIEW);
}

static void
sync_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialContactsPage *self = DIAL_CONTACTS_PAGE (widget);

  if (is_running (self))
    dial_integration_stop_contacts (self->integration);
  else
    run (self, DIAL_CONTACTS_SYNC);
}

static void
on_remove_response_cb (DialContactsPage *self)
{
  if (self->integration == NULL)
    return;

  /* Or the next sync would bring them back. */
  if (dial_integration_keeps_contacts (self->integration))
    dial_integration_set_async (self->integration, "contact-sync", "no", NULL, on_kept_cb, g_object_ref (self));
  run (self, DIAL_CONTACTS_REMOVE);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialContactsPage *self = DIAL_CONTACTS_PAGE (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Take Contacts Away?"),
                                              _("Contacts that Dialhouse made are removed from the phone system. "
                                                "Those that were there before lose the tag alone. They are not kept "
                                                "in step any more."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Take Away"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
dial_contacts_page_map (GtkWidget *widget)
{
  DialContactsPage *self = DIAL_CONTACTS_PAGE (widget);

  GTK_WIDGET_CLASS (dial_contacts_page_parent_class)->map (widget);

  /* The page below may have changed it. */
  if (self->integration != NULL)
    show_choice (self);
}

static void
dial_contacts_page_dispose (GObject *object)
{
  DialContactsPage *self = DIAL_CONTACTS_PAGE (object);

  g_clear_object (&self->integration);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_CONTACTS_PAGE);

  G_OBJECT_CLASS (dial_contacts_page_parent_class)->dispose (object);
}

static void
dial_contacts_page_class_init (DialContactsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_contacts_page_dispose;
  widget_class->map = dial_contacts_page_map;

  /**
   * DialContactsPage::go:
   * @self: a page
   * @page: the page that is wanted
   *
   * A page below this one is wanted.
   */
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              GTK_TYPE_WIDGET);

  gtk_widget_class_install_action (widget_class, "contacts.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "contacts.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "contacts.remove", NULL, remove_action);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, keep_row);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, keep);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, jobs);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, stages);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, preview_row);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, sync_row);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, sync);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, bar_row);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DialContactsPage, remove_row);
  gtk_widget_class_bind_template_callback (widget_class, on_state_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_jobs_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stages_activated_cb);
}

static void
dial_contacts_page_init (DialContactsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_contacts_page_new:
 * @desk: the desk it is at
 * @integration: whose candidates
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_contacts_page_new (DialDesk        *desk,
                        DialIntegration *integration)
{
  DialContactsPage *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_CONTACTS_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (dial_integration_get_contacts (integration), "progressed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (integration, "notify::active", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_choice (self);
  show_no_preview (self);
  show_state (self);
  return GTK_WIDGET (self);
}
