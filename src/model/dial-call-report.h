#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALL_REPORT (dial_call_report_get_type ())
G_DECLARE_FINAL_TYPE (DialCallReport, dial_call_report, DIAL, CALL_REPORT, GObject)

/**
 * DialCallReport:
 * @remote_id: what the phone system calls it, unlike any other of its calls
 * @direction: who called whom
 * @has_ended: whether it is over
 * @outcome: how it ended, %DIAL_OUTCOME_UNKNOWN before that
 * @number: (nullable): the other end, in E.164
 * @own_number: (nullable): the number that was shown to them, or that they called, in E.164
 * @own_name: (nullable): what the company calls that number
 * @agent: (nullable): whose call it was, as the phone system names them
 * @started_at: an instant
 * @answered_at: an instant
 * @ended_at: an instant
 * @talking: seconds they talked, -1 if not known
 * @waiting: seconds until somebody answered or it was given up, -1 if not known
 * @wrap_up: seconds that were spent on it afterwards, -1 if not known
 * @recording_url: (nullable): the page where it can be listened to
 * @tags: (array zero-terminated=1): what it was tagged with there, never %NULL
 * @notes: (array zero-terminated=1): what was written about it there, never %NULL
 *
 * What a phone system tells of a call in its history. A record: nobody writes to it once it is handed on.
 */
struct _DialCallReport
{
  GObject        parent_instance;

  char          *remote_id;
  DialDirection  direction;
  gboolean       has_ended;
  DialOutcome    outcome;
  char          *number;
  char          *own_number;
  char          *own_name;
  char          *agent;
  gint64         started_at;
  gint64         answered_at;
  gint64         ended_at;
  int            talking;
  int            waiting;
  int            wrap_up;
  char          *recording_url;
  GStrv          tags;
  GStrv          notes;
};

DialCallReport *dial_call_report_new   (const char     *remote_id);
const char     *dial_call_report_get_recording (DialCallReport *self);
gboolean        dial_call_report_equal (DialCallReport *self,
                                        DialCallReport *other);

G_END_DECLS
