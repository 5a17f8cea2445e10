#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "dial-call-csv.h"
#include "dial-call-log.h"

#define PAGE_SIZE 256

static char *opt_filter;
static char *opt_integration;
static gboolean opt_csv;

static const GOptionEntry calls_options[] = {
  { "filter", 0, 0, G_OPTION_ARG_FILENAME, &opt_filter,
    N_("Which calls: all, today, unlogged, missed or call-again; all if left out"),
    "all|today|unlogged|missed|call-again" },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &opt_csv, N_("Print a table in CSV"), NULL },
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static gboolean
parse_filter (DialCallFilter  *filter,
              GError         **error)
{
  int value = DIAL_CALL_FILTER_ALL;

  if (opt_filter == NULL || dial_enum_from_nick (DIAL_TYPE_CALL_FILTER, opt_filter, &value)) {
    *filter = (DialCallFilter) value;
    return TRUE;
  }

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("“%s” is no filter; --filter takes all, today, unlogged, missed or call-again."), opt_filter);
  return FALSE;
}

/* What the phone system tells of it, where it does */
static void
print_report (JsonBuilder    *json,
              DialCallRecord *call)
{
  DialCallReport *report = call->report;

  dial_ctl_json_bool (json, "outside", call->outside);
  dial_ctl_json_string (json, "own_number", call->own_number);
  dial_ctl_json_string (json, "remote_id", report != NULL ? report->remote_id : NULL);
  if (report == NULL)
    return;

  dial_ctl_json_string (json, "agent", report->agent);
  dial_ctl_json_string (json, "recording", report->recording_url);
  dial_ctl_json_strv (json, "remote_tags", (const char * const *) report->tags);
  dial_ctl_json_strv (json, "remote_notes", (const char * const *) report->notes);
}

static void
print_call (DialCtl         *ctl,
            DialIntegration *integration,
            DialLoggedCall  *logged)
{
  DialCallRecord *call = logged->call;
  g_autofree char *name = logged->candidate != NULL ? dial_candidate_dup_name (logged->candidate) : NULL;
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_string (json, "call", call->uid);
  dial_ctl_json_instant (json, "started_at", call->started_at);
  dial_ctl_json_string (json, "direction", dial_enum_to_nick (DIAL_TYPE_DIRECTION, (int) call->direction));
  dial_ctl_json_string (json, "state", dial_enum_to_nick (DIAL_TYPE_CALL_STATE, (int) call->state));
  dial_ctl_json_string (json, "outcome", dial_enum_to_nick (DIAL_TYPE_OUTCOME, (int) call->outcome));
  json_builder_set_member_name (json, "seconds");
  if (call->duration >= 0)
    json_builder_add_int_value (json, call->duration);
  else
    json_builder_add_null_value (json);
  dial_ctl_json_id (json, "candidate", call->candidate_id);
  dial_ctl_json_string (json, "name", name);
  dial_ctl_json_string (json, "number", call->e164 != NULL ? call->e164 : call->number);
  dial_ctl_json_strv (json, "tags", (const char * const *) call->tags);
  print_report (json, call);
  dial_ctl_json_string (json, "call_again_on", call->call_again_on);
  dial_ctl_json_bool (json, "unlogged", dial_logged_call_is_unlogged (logged));
  dial_ctl_json_string (json, "note_state", logged->item != NULL
                        ? dial_enum_to_nick (DIAL_TYPE_OUTBOX_STATE, (int) logged->item->state) : NULL);
  dial_ctl_json_id (json, "outbox", logged->item != NULL ? logged->item->id : 0);
  dial_ctl_json_id (json, "note", logged->item != NULL ? logged->item->note_id : 0);
  if (dial_ctl_has_several (ctl))
    dial_ctl_json_string (json, "integration", dial_integration_get_id (integration));
  dial_ctl_json_print (json);
}

static gboolean
print_page (DialCtl        *ctl,
            DialCallOrder  *order,
            guint           position,
            GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GString) csv = g_string_new (NULL);

  dial_call_order_load_async (order, position, PAGE_SIZE, ctl->cancellable, dial_ctl_got, &result);
  calls = dial_call_order_load_finish (dial_ctl_wait (&result), error);
  if (calls == NULL)
    return FALSE;

  for (guint i = 0; i < calls->len; i++) {
    DialLoggedCall *logged = calls->pdata[i];
    DialIntegration *integration = dial_call_order_get_integration (order, position + i);

    if (logged != NULL && opt_csv)
      dial_call_csv_append_call (csv, integration, logged);
    else if (logged != NULL)
      print_call (ctl, integration, logged);
  }
  fwrite (csv->str, 1, csv->len, stdout);
  return TRUE;
}

static gboolean
run_calls (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (DialCallLog) log = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (DialCallOrder) order = NULL;
  DialCallFilter filter;

  if (!parse_filter (&filter, error))
    return FALSE;
  if (opt_integration != NULL) {
    integration = dial_ctl_pick_integration (ctl, opt_integration, error);
    if (integration == NULL)
      return FALSE;
  }

  log = dial_call_log_new (ctl->desk);
  dial_call_log_set_integration (log, integration);
  dial_call_log_set_filter (log, filter);
  if (arguments[0] != NULL) {
    g_autofree char *text = g_strjoinv (" ", arguments);

    dial_call_log_set_text (log, text);
  }
  while (!dial_call_log_is_complete (log) && dial_call_log_get_problem (log) == NULL &&
         !g_cancellable_is_cancelled (ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (g_cancellable_set_error_if_cancelled (ctl->cancellable, error))
    return FALSE;
  if (dial_call_log_get_problem (log) != NULL) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED, dial_call_log_get_problem (log));
    return FALSE;
  }

  order = dial_call_log_dup_order (log);
  if (opt_csv) {
    g_autoptr (GString) head = g_string_new (NULL);

    dial_call_csv_append_head (head);
    fwrite (head->str, 1, head->len, stdout);
  }
  for (guint i = 0; i < dial_call_order_count (order); i += PAGE_SIZE)
    if (!print_page (ctl, order, i, error))
      return FALSE;
  return TRUE;
}

const DialCtlCommand dial_ctl_calls_commands[] = {
  { "calls", "[--filter all|today|unlogged|missed|call-again] [--csv] [TEXT]",
    N_("List the calls of this desk, newest first, a JSON object a line"),
    calls_options, 0, G_MAXUINT, TRUE, run_calls },
  { NULL },
};
