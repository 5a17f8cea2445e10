#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "dial-desk-contacts.h"

/* Candidates as contacts of the phone system: the last line of output tells what was done, or would be. */

#define LINE_INTERVAL (2 * G_USEC_PER_SEC)

/* Progress on standard error: a terminal sees one line that changes, a file a line now and then. */
typedef struct {
  DialContacts *contacts;
  gint64        last_line_at;
  gboolean      terminal;
} Progress;

static char *
dup_line (const DialContactsProgress *progress)
{
  switch (progress->phase) {
  case DIAL_CONTACTS_PHASE_COMPARING:
    return g_strdup (_("Comparing candidates with what was sent last"));

  case DIAL_CONTACTS_PHASE_LOOKING:
    if (progress->total == 0)
      return g_strdup (_("Looking who is in the phone system already"));
    /* Translators: numbers of pages */
    return g_strdup_printf (_("Looking who is in the phone system already: page %u of %u"), progress->done,
                            progress->total);

  case DIAL_CONTACTS_PHASE_LOOKING_CLOSER:
    /* Translators: contacts that were looked at, of so many */
    return g_strdup_printf (_("Looking closer at those who are there: %u of %u"), progress->done, progress->total);

  case DIAL_CONTACTS_PHASE_SENDING:
    return g_strdup_printf (ngettext ("%u of %u contact", "%u of %u contacts", progress->total), progress->done,
                            progress->total);

  case DIAL_CONTACTS_PHASE_WAITING:
    return g_strdup (_("No answer came: waiting a moment before looking whether contacts arrived"));

  case DIAL_CONTACTS_PHASE_READING_BACK:
    return g_strdup (_("Looking whether all arrived"));

  case DIAL_CONTACTS_PHASE_NONE:
  default:
    return NULL;
  }
}

static void
on_progressed (Progress *progress)
{
  DialContactsProgress state;
  g_autofree char *line = NULL;

  dial_contacts_get_progress (progress->contacts, &state);
  line = dup_line (&state);
  if (line == NULL || (!progress->terminal && g_get_monotonic_time () < progress->last_line_at + LINE_INTERVAL))
    return;

  if (progress->terminal)
    fprintf (stderr, "\r\033[K%s", line);
  else
    fprintf (stderr, "%s\n", line);
  progress->last_line_at = g_get_monotonic_time ();
}

static void
print_report (DialIntegration          *integration,
              const DialContactsReport *report)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_string (json, "integration", dial_integration_get_id (integration));
  dial_ctl_json_bool (json, "complete", report->complete);
  dial_ctl_json_int (json, "add", report->n_added);
  dial_ctl_json_int (json, "change", report->n_changed);
  dial_ctl_json_int (json, "remove", report->n_removed);
  dial_ctl_json_int (json, "skipped", report->n_skipped);
  dial_ctl_json_int (json, "failed", report->n_failed);
  dial_ctl_json_int (json, "requests", report->n_requests);
  dial_ctl_json_int (json, "refused", report->n_refused);
  dial_ctl_json_print (json);
}

static gboolean
check_report (const DialContactsReport *report,
              GError                  **error)
{
  if (report->n_failed == 0)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
               /* Translators: a number, and a sentence that says why */
               ngettext ("%u contact was refused: %s", "%u contacts were refused, the first because: %s",
                         report->n_failed), report->n_failed, report->failure);
  return FALSE;
}

static gboolean
run_job (DialCtl         *ctl,
         const char      *id,
         DialContactsJob  job,
         GError         **error)
{
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, id, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialContactsReport) report = NULL;
  Progress progress = { NULL, g_get_monotonic_time (), isatty (STDERR_FILENO) };
  gulong handler;
  gboolean done;

  if (integration == NULL)
    return FALSE;

  progress.contacts = dial_integration_get_contacts (integration);
  handler = g_signal_connect_swapped (progress.contacts, "progressed", G_CALLBACK (on_progressed), &progress);
  dial_desk_run_contacts_async (ctl->desk, integration, job, ctl->cancellable, dial_ctl_got, &result);
  done = dial_desk_run_contacts_finish (ctl->desk, dial_ctl_wait (&result), &report, error);
  g_signal_handler_disconnect (progress.contacts, handler);

  if (progress.terminal)
    fputs ("\r\033[K", stderr);
  /* Also after a failure, if there is something to tell: how far it came is where it goes on. */
  if (report != NULL && (done || report->n_requests > 0))
    print_report (integration, report);

  return done && check_report (report, error);
}

static gboolean
run_preview (DialCtl  *ctl,
             char    **arguments,
             GError  **error)
{
  return run_job (ctl, arguments[0], DIAL_CONTACTS_PREVIEW, error);
}

static gboolean
run_sync (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  return run_job (ctl, arguments[0], DIAL_CONTACTS_SYNC, error);
}

static gboolean
run_remove (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  return run_job (ctl, arguments[0], DIAL_CONTACTS_REMOVE, error);
}

const DialCtlCommand dial_ctl_contacts_commands[] = {
  { "contacts preview", "[ID]", N_("Tell which contacts a sync would add, change and remove in CloudTalk"),
    NULL, 0, 1, TRUE, run_preview },
  { "contacts sync", "[ID]", N_("Bring CloudTalk’s contacts in step with the candidates"),
    NULL, 0, 1, TRUE, run_sync },
  { "contacts remove", "[ID]", N_("Take the candidates out of CloudTalk’s contacts again"),
    NULL, 0, 1, TRUE, run_remove },
  { NULL },
};
