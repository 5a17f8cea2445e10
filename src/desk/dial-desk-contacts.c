#include "dial-desk-contacts.h"

#include <glib/gi18n.h>

#include "dial-desk-private.h"

/* Candidates as contacts of the phone system that an integration calls by: on demand, and after each sync. */

typedef struct {
  DialIntegration      *integration;
  DialContactsJob       job;
  gboolean              by_hand;
  DialCloudtalkAccount *account;      /* the one at hand */
  GPtrArray            *accounts;     /* those whose turn it is after that */
  guint                 n_strange;    /* contacts in accounts that are not at this desk any more */
  DialContactsReport   *report;
} Errand;

static void run_next (GTask *task);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_object (&errand->account);
  g_ptr_array_unref (errand->accounts);
  g_clear_pointer (&errand->report, dial_contacts_report_free);
  g_object_unref (errand->integration);
  g_free (errand);
}

/* What was done in one account is told together with what was done in the others. */
static void
add_report (Errand             *errand,
            DialContactsReport *report)
{
  DialContactsReport *sum = errand->report;

  if (report == NULL)
    return;

  sum->complete = report->complete;
  sum->n_added += report->n_added;
  sum->n_changed += report->n_changed;
  sum->n_removed += report->n_removed;
  sum->n_skipped += report->n_skipped;
  sum->n_failed += report->n_failed;
  sum->n_requests += report->n_requests;
  sum->n_refused += report->n_refused;
  if (sum->failure == NULL)
    sum->failure = g_strdup (report->failure);
}

static void
on_ran (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (DialContactsReport) report = NULL;
  GError *error = NULL;

  (void) _dial_integration_run_contacts_finish (DIAL_INTEGRATION (source), result, &report, &error);
  add_report (errand, report);
  if (error != NULL) {
    dial_cloudtalk_account_heed (errand->account, error);
    g_task_return_error (task, error);
    return;
  }

  run_next (task);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  DialCloudtalkAccount *account = DIAL_CLOUDTALK_ACCOUNT (source);
  GError *error = NULL;
  g_autoptr (DialCloudtalk) cloudtalk = dial_cloudtalk_account_connect_finish (account, result, &error);

  if (cloudtalk == NULL)
    g_task_return_error (task, error);
  else
    _dial_integration_run_contacts_async (errand->integration, cloudtalk, dial_cloudtalk_account_get_id (account),
                                          errand->job, errand->by_hand, g_task_get_cancellable (task), on_ran,
                                          g_object_ref (task));
}

static void
run_next (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  g_clear_object (&errand->account);
  if (errand->accounts->len > 0) {
    errand->account = g_ptr_array_steal_index (errand->accounts, 0);
    dial_cloudtalk_account_connect_async (errand->account, g_task_get_cancellable (task), on_connected,
                                          g_object_ref (task));
  } else if (errand->n_strange > 0) {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             ngettext ("%u contact stands in an account that is not among the phones any more: add "
                                       "that account again to remove it, or remove it there.",
                                       "%u contacts stand in an account that is not among the phones any more: add "
                                       "that account again to remove them, or remove them there.",
                                       errand->n_strange), errand->n_strange);
  } else {
    errand->report->complete = TRUE;
    g_task_return_boolean (task, TRUE);
  }
}

/* They are taken away wherever they stand, also where the integration called by another account before. */
static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) tallies = dial_store_count_contacts_finish (DIAL_STORE (source), result, &error);

  if (tallies == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < tallies->len; i++) {
    DialContactTally *tally = tallies->pdata[i];
    DialCloudtalkAccount *account = dial_desk_find_account (self, tally->account);

    if (account != NULL)
      g_ptr_array_add (errand->accounts, g_object_ref (account));
    else
      errand->n_strange += tally->n_contacts;
  }
  run_next (task);
}

static void
run (DialDesk            *self,
     DialIntegration     *integration,
     DialContactsJob      job,
     gboolean             by_hand,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  DialCloudtalkAccount *account;
  GError *error = NULL;
  Errand *errand = g_new0 (Errand, 1);

  g_task_set_source_tag (task, dial_desk_run_contacts_async);
  g_task_set_check_cancellable (task, FALSE);
  errand->integration = g_object_ref (integration);
  errand->job = job;
  errand->by_hand = by_hand;
  errand->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  errand->report = g_new0 (DialContactsReport, 1);
  errand->report->job = job;
  g_task_set_task_data (task, errand, errand_free);

  if (job == DIAL_CONTACTS_REMOVE) {
    if (_dial_integration_check_usable (integration, &error))
      dial_store_count_contacts_async (dial_integration_get_store (integration), cancellable, on_counted,
                                       g_object_ref (task));
    else
      g_task_return_error (task, error);
    return;
  }

  account = _dial_integration_check_active (integration, &error) ?
            dial_desk_get_account_of (self, integration, &error) : NULL;
  if (account == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_ptr_array_add (errand->accounts, g_object_ref (account));
  run_next (task);
}

/**
 * dial_desk_run_contacts_async:
 * @self: a desk
 * @integration: one of its integrations
 * @job: what to do
 * @cancellable: (nullable): stops it; what was done stays, and the next run goes on from there
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings the contacts of the phone system that @integration calls by in step with its candidates, looks what that
 * would do, or takes them away. A run that goes on by itself gives way.
 */
void
dial_desk_run_contacts_async (DialDesk            *self,
                              DialIntegration     *integration,
                              DialContactsJob      job,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  run (self, integration, job, TRUE, cancellable, callback, user_data);
}

/**
 * dial_desk_run_contacts_finish:
 * @self: a desk
 * @result: what the callback was given
 * @report: (out) (optional) (transfer full): what was done; set after a failure too
 * @error: return location
 *
 * Returns: whether it came to its end
 */
gboolean
dial_desk_run_contacts_finish (DialDesk            *self,
                               GAsyncResult        *result,
                               DialContactsReport **report,
                               GError             **error)
{
  Errand *errand;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  errand = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = g_steal_pointer (&errand->report);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_synced (DialDesk        *self,
           GParamSpec      *pspec,
           DialIntegration *integration)
{
  if (_dial_integration_may_run_contacts (integration) && dial_desk_get_account_of (self, integration, NULL) != NULL)
    run (self, integration, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL, NULL);
}

/* After each sync contacts follow by themselves. */
void
_dial_desk_mind_contacts (DialDesk        *self,
                          DialIntegration *integration)
{
  g_signal_connect_object (integration, "notify::last-sync", G_CALLBACK (on_synced), self, G_CONNECT_SWAPPED);
}
