#include "dial-integration-private.h"

#include <glib/gi18n.h>

/* An integration's candidates as contacts of a phone system: one run at a time, and what the last one did. */

#define KEY_REPORT "contacts-report"

/* So long it leaves the company's phone system in peace after a run by itself that asked it anything. */
#define REST_SECONDS 300

/* After trouble longer and longer, up to this. */
#define LONGEST_REST 1800

typedef struct {
  DialCloudtalk      *cloudtalk;
  char               *account;
  DialContactsJob     job;
  gboolean            by_hand;
  DialContactsReport *report;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->cloudtalk);
  g_free (job->account);
  dial_contacts_report_free (job->report);
  g_free (job);
}

/* The last run, remembered over a restart */

static void
keep_report (DialIntegration          *self,
             const DialContactsReport *report)
{
  g_autofree char *text = g_strdup_printf ("%d %d %u %u %u %u %u %" G_GINT64_FORMAT, report->job, report->complete,
                                           report->n_added, report->n_changed, report->n_removed, report->n_skipped,
                                           report->n_failed, g_get_real_time ());

  _dial_integration_keep_setting (self, KEY_REPORT, text);
}

/**
 * dial_integration_dup_contacts_report:
 * @self: an integration
 * @ended_at: (out) (optional): when that was, an instant
 *
 * Returns: (transfer full) (nullable): what the last run did that changed anything, without its requests; %NULL if
 *   there was none
 */
DialContactsReport *
dial_integration_dup_contacts_report (DialIntegration *self,
                                      gint64          *ended_at)
{
  g_auto (GStrv) words = NULL;
  DialContactsReport *report;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  words = g_strsplit (_dial_integration_get_setting (self, KEY_REPORT), " ", -1);
  if (g_strv_length (words) != 8)
    return NULL;

  report = g_new0 (DialContactsReport, 1);
  report->job = CLAMP (g_ascii_strtoll (words[0], NULL, 10), DIAL_CONTACTS_PREVIEW, DIAL_CONTACTS_REMOVE);
  report->complete = g_str_equal (words[1], "1");
  report->n_added = (guint) g_ascii_strtoull (words[2], NULL, 10);
  report->n_changed = (guint) g_ascii_strtoull (words[3], NULL, 10);
  report->n_removed = (guint) g_ascii_strtoull (words[4], NULL, 10);
  report->n_skipped = (guint) g_ascii_strtoull (words[5], NULL, 10);
  report->n_failed = (guint) g_ascii_strtoull (words[6], NULL, 10);
  if (ended_at != NULL)
    *ended_at = g_ascii_strtoll (words[7], NULL, 10);
  return report;
}

/**
 * dial_integration_get_contacts:
 * @self: an integration
 *
 * Returns: (transfer none): its contacts in the phone system, which tell how far they are
 */
DialContacts *
dial_integration_get_contacts (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->contacts;
}

/**
 * dial_integration_keeps_contacts:
 * @self: an integration
 *
 * Returns: whether candidates become contacts by themselves
 */
gboolean
dial_integration_keeps_contacts (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), FALSE);

  return g_str_equal (_dial_integration_get_setting (self, "contact-sync"), "yes");
}

static GStrv
dup_names (DialIntegration *self,
           const char      *key)
{
  const char *names = _dial_integration_get_setting (self, key);

  return g_strsplit (names, "; ", -1);
}

/**
 * dial_integration_dup_contact_jobs:
 * @self: an integration
 *
 * Returns: (transfer full): names of the jobs whose candidates become contacts; none: of all
 */
GStrv
dial_integration_dup_contact_jobs (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return dup_names (self, "contact-jobs");
}

/**
 * dial_integration_dup_contact_stages:
 * @self: an integration
 *
 * Returns: (transfer full): names of the stages whose candidates become contacts; none: of all
 */
GStrv
dial_integration_dup_contact_stages (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return dup_names (self, "contact-stages");
}

/**
 * dial_integration_get_contacts_problem:
 * @self: an integration
 *
 * Returns: (nullable): why the last run did not come to its end, a sentence
 */
const char *
dial_integration_get_contacts_problem (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->contacts_problem;
}

/* Running */

static void start (GTask *task);

/* How long to leave the phone system in peace. */
static void
rest (DialIntegration          *self,
      const DialContactsReport *report,
      const GError             *error)
{
  guint seconds = report->n_requests > 0 ? REST_SECONDS : 0;

  if (error == NULL)
    self->contacts_failures = 0;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    seconds = MIN (60u << MIN (self->contacts_failures++, 5), LONGEST_REST);

  self->contacts_not_before = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
}

static void
take_report (DialIntegration          *self,
             const DialContactsReport *report,
             const GError             *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean did = report->n_added + report->n_changed + report->n_removed + report->n_failed > 0;

  rest (self, report, error);
  if (!cancelled)
    dial_set_str (&self->contacts_problem, error != NULL ? error->message : NULL);
  if (report->job != DIAL_CONTACTS_PREVIEW && (did || (error == NULL && self->contacts_by_hand)))
    keep_report (self, report);
}

static void
on_ran (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GTask) next = g_steal_pointer (&self->next_contacts);
  GError *error = NULL;

  (void) dial_contacts_run_finish (DIAL_CONTACTS (source), result, &job->report, &error);
  take_report (self, job->report, error);
  g_clear_object (&self->contacting);
  g_signal_emit_by_name (self->contacts, "progressed");

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);

  if (next != NULL)
    start (next);
  _dial_integration_look_for_rest (self);
}

static void
start (GTask *task)
{
  DialIntegration *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autofree char *prefix = _dial_integration_dup_people_url (self);
  g_autofree char *tag = dial_integration_dup_setting (self, "contact-tag");
  g_auto (GStrv) jobs = dial_integration_dup_contact_jobs (self);
  g_auto (GStrv) stages = dial_integration_dup_contact_stages (self);
  DialContactChoice choice = { job->account, tag, prefix, jobs, stages, FALSE, job->by_hand };
  DialContactsOrder order = { job->cloudtalk, &choice, job->job, _dial_integration_get_patience (self) };
  GError *error = NULL;

  if (!_dial_integration_check_usable (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  self->contacts_by_hand = job->by_hand;
  self->contacting = _dial_integration_follow (g_task_get_cancellable (task));
  dial_contacts_run_async (self->contacts, &order, self->contacting, on_ran, g_object_ref (task));
}

/* Runs; one that runs by itself gives way to somebody who waits, and goes on another time. */
void
_dial_integration_run_contacts_async (DialIntegration     *self,
                                      DialCloudtalk       *cloudtalk,
                                      const char          *account,
                                      DialContactsJob      job,
                                      gboolean             by_hand,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *data = g_new0 (Job, 1);

  g_task_set_source_tag (task, _dial_integration_run_contacts_async);
  g_task_set_check_cancellable (task, FALSE);
  data->cloudtalk = g_object_ref (cloudtalk);
  data->account = g_strdup (account);
  data->job = job;
  data->by_hand = by_hand;
  g_task_set_task_data (task, data, job_free);

  if (!dial_contacts_is_running (self->contacts)) {
    start (task);
  } else if (by_hand && !self->contacts_by_hand && self->next_contacts == NULL) {
    self->next_contacts = g_object_ref (task);
    g_cancellable_cancel (self->contacting);
  } else {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             /* Translators: the name of an integration */
                             _("The contacts of “%s” are being brought in step just now: wait until that is done, "
                               "or stop it first."), dial_integration_get_name (self));
  }
}

gboolean
_dial_integration_run_contacts_finish (DialIntegration     *self,
                                       GAsyncResult        *result,
                                       DialContactsReport **report,
                                       GError             **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = g_steal_pointer (&job->report);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_integration_stop_contacts:
 * @self: an integration
 *
 * Stops the run under way, if there is one. What it did stays, and the next one goes on from there.
 */
void
dial_integration_stop_contacts (DialIntegration *self)
{
  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  g_cancellable_cancel (self->contacting);
}

void
_dial_integration_stop_contacts (DialIntegration *self)
{
  dial_integration_stop_contacts (self);
  dial_set_str (&self->contacts_problem, NULL);
}

/* After the setting changed: by itself it begins with the next sync. */
void
_dial_integration_apply_contact_sync (DialIntegration *self)
{
  self->contacts_not_before = 0;
  if (!dial_integration_keeps_contacts (self) && !self->contacts_by_hand)
    dial_integration_stop_contacts (self);
}

/* Whether it is time for a run by itself. */
gboolean
_dial_integration_may_run_contacts (DialIntegration *self)
{
  return _dial_integration_works_by_itself (self) && dial_integration_keeps_contacts (self) &&
         !dial_contacts_is_running (self->contacts) && g_get_monotonic_time () >= self->contacts_not_before;
}
