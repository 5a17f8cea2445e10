#include "dial-cloudtalk-report.h"

#include "dial-form.h"

/* Ids of CloudTalk's calls are unlike each other across all companies and accounts; the word before one keeps it
 * apart from those of other phone systems. */
#define REMOTE_ID_FORMAT "cloudtalk-%" G_GINT64_FORMAT

static char *
dup_if_any (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* What stands in a line of a note is one line. */
static char *
dup_line (const char *text)
{
  g_autofree char *line = dial_form_clean_text (text);

  return dup_if_any (line);
}

static GStrv
dup_lines (GStrv texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; texts[i] != NULL; i++) {
    g_autofree char *line = dup_line (texts[i]);

    if (line != NULL)
      g_strv_builder_add (builder, line);
  }
  return g_strv_builder_end (builder);
}

/* What CloudTalk's history tells of a call, in the desk's words. */
static DialCallReport *
report_new (const DialCloudtalkCall *call)
{
  g_autofree char *remote_id = g_strdup_printf (REMOTE_ID_FORMAT, call->id);
  DialCallReport *report = dial_call_report_new (remote_id);

  report->direction = call->direction;
  report->has_ended = dial_cloudtalk_call_has_ended (call);
  report->outcome = dial_cloudtalk_call_get_outcome (call);
  report->number = dup_if_any (call->external);
  report->own_number = dup_if_any (call->internal);
  report->own_name = dup_line (call->number_name);
  report->agent = dup_line (call->agent_name != NULL ? call->agent_name : call->agent_email);
  report->started_at = call->started_at;
  report->answered_at = call->answered_at;
  report->ended_at = call->ended_at;
  report->talking = call->talking;
  report->waiting = call->waiting;
  report->wrap_up = call->wrap_up;
  report->recording_url = dup_if_any (call->recording_url);
  g_strfreev (report->tags);
  report->tags = dup_lines (call->tags);
  g_strfreev (report->notes);
  report->notes = g_strdupv (call->notes);
  return report;
}

/* @calls: of DialCloudtalkCall; those between agents are nobody's business here. */
GPtrArray *
dial_cloudtalk_report_list (GPtrArray *calls)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < calls->len; i++) {
    const DialCloudtalkCall *call = g_ptr_array_index (calls, i);

    if (!call->is_internal && call->id != 0 && call->started_at != DIAL_INSTANT_UNKNOWN)
      g_ptr_array_add (reports, report_new (call));
  }

  return reports;
}
