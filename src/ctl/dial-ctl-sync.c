#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_INTERVAL (2 * G_USEC_PER_SEC)

static gboolean opt_full;
static int opt_forget;

static const GOptionEntry sync_options[] = {
  { "full", 0, 0, G_OPTION_ARG_NONE, &opt_full,
    N_("Ask for everything again, and forget what is gone from Greenhouse"), NULL },
  { "forget", 0, 0, G_OPTION_ARG_INT, &opt_forget,
    N_("Forget up to N that are gone from Greenhouse, even where that seems suspiciously many"),
    N_("N") },
  { NULL },
};

/* Progress on standard error: a terminal sees one line that changes, a file a line now and then. */
typedef struct {
  DialIntegration *integration;
  gint64           last_line_at;
  gboolean         terminal;
} Progress;

static char *
dup_time_left (int seconds)
{
  int minutes = (seconds + 30) / 60;

  if (seconds < 90)
    return g_strdup_printf (ngettext ("about %d second left", "about %d seconds left",
                                      (gulong) seconds), seconds);

  return g_strdup_printf (ngettext ("about %d minute left", "about %d minutes left",
                                    (gulong) minutes), minutes);
}

static char *
dup_line (const char             *name,
          const DialSyncProgress *progress)
{
  GString *line = g_string_new (NULL);

  if (progress->kind == DIAL_SYNC_KIND_SWEEP)
    g_string_printf (line, ngettext ("%s: %u candidate is still there",
                                     "%s: %u candidates are still there", progress->received),
                     name, progress->received);
  else
    g_string_printf (line, ngettext ("%s: %u candidate received", "%s: %u candidates received",
                                     progress->received), name, progress->received);

  if (progress->kind != DIAL_SYNC_KIND_CHANGES && progress->rate >= 1) {
    g_string_append (line, ", ");
    /* Translators: a number of candidates */
    g_string_append_printf (line, _("%.0f a second"), progress->rate);
  }
  if (progress->seconds_left >= 0) {
    g_autofree char *left = dup_time_left (progress->seconds_left);

    g_string_append_printf (line, ", %s", left);
  }
  return g_string_free (line, FALSE);
}

static void
on_progress (Progress *progress)
{
  DialSyncProgress state;
  g_autofree char *name = NULL;
  g_autofree char *line = NULL;

  dial_integration_get_sync_progress (progress->integration, &state);
  if (state.kind == DIAL_SYNC_KIND_NONE ||
      (!progress->terminal && g_get_monotonic_time () < progress->last_line_at + LINE_INTERVAL))
    return;

  name = dial_ctl_make_printable (dial_integration_get_name (progress->integration));
  line = dup_line (name, &state);
  if (progress->terminal)
    fprintf (stderr, "\r\033[K%s", line);
  else
    fprintf (stderr, "%s\n", line);
  progress->last_line_at = g_get_monotonic_time ();
}

static void
print_summary (DialIntegration       *integration,
               const DialSyncSummary *summary)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_string (json, "integration", dial_integration_get_id (integration));
  dial_ctl_json_bool (json, "complete", summary->complete);
  dial_ctl_json_int (json, "candidates", summary->candidates);
  dial_ctl_json_int (json, "created", summary->created);
  dial_ctl_json_int (json, "updated", summary->updated);
  dial_ctl_json_int (json, "forgotten", summary->forgotten);
  dial_ctl_json_int (json, "requests", summary->requests);
  dial_ctl_json_int (json, "refused", summary->refused);
  dial_ctl_json_int (json, "skipped", summary->skipped);
  if (summary->n_missing > 0)
    dial_ctl_json_int (json, "missing", summary->n_missing);
  dial_ctl_json_seconds (json, "seconds", summary->seconds);
  dial_ctl_json_print (json);
}

/* After a refusal it is found out what is missing, so that the list of integrations tells. */
static void
look_into_refusal (DialCtl         *ctl,
                   DialIntegration *integration,
                   const GError    *problem)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialGreenhouseCheck) check = NULL;

  if (!g_error_matches (problem, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
      !g_error_matches (problem, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS))
    return;

  dial_integration_check_async (integration, ctl->cancellable, dial_ctl_got, &result);
  check = dial_integration_check_finish (integration, dial_ctl_wait (&result), NULL);
}

static gboolean
sync_one (DialCtl          *ctl,
          DialIntegration  *integration,
          GError          **error)
{
  Progress progress = { integration, g_get_monotonic_time (), isatty (STDERR_FILENO) };
  DialSyncSummary summary = { FALSE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;
  DialCtlWatch *watch = dial_ctl_watch_new (ctl, integration);
  gulong handler;

  handler = g_signal_connect_swapped (integration, "notify::sync-progress",
                                      G_CALLBACK (on_progress), &progress);
  dial_integration_allow_loss (integration, (guint) MAX (opt_forget, 0));
  dial_integration_sync_async (integration, opt_full, dial_ctl_watch_get_cancellable (watch),
                               dial_ctl_got, &result);
  dial_integration_sync_finish (integration, dial_ctl_wait (&result), &summary, &problem);
  g_signal_handler_disconnect (integration, handler);
  dial_ctl_watch_end (watch, &problem);

  if (progress.terminal)
    fputs ("\r\033[K", stderr);
  /* Also after a failure, if there is something to tell: how far it came is where it goes on. */
  if (problem == NULL || summary.requests > 0)
    print_summary (integration, &summary);
  if (problem == NULL && summary.n_missing > 0)
    problem = g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                                   dial_integration_get_problem (integration));
  if (problem == NULL)
    return TRUE;

  look_into_refusal (ctl, integration, problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
run_sync (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_autoptr (GPtrArray) integrations = dial_ctl_pick_active (ctl, arguments[0], error);
  g_autoptr (GError) first = NULL;

  if (integrations == NULL)
    return FALSE;

  /* One that fails does not keep the others from what they need. */
  for (guint i = 0; i < integrations->len && ctl->signal == 0; i++)
    sync_one (ctl, integrations->pdata[i], first == NULL ? &first : NULL);

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

const DialCtlCommand dial_ctl_sync_commands[] = {
  { "sync", "[ID] [--full] [--forget N]",
    N_("Fetch what is new in Greenhouse; the last line of output is a JSON summary"),
    sync_options, 0, 1, TRUE, run_sync },
  { NULL },
};
