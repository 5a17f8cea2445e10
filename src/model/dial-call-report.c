#include "dial-call-report.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (DialCallReport, dial_call_report, G_TYPE_OBJECT)

static void
dial_call_report_finalize (GObject *object)
{
  DialCallReport *self = DIAL_CALL_REPORT (object);

  g_free (self->remote_id);
  g_free (self->number);
  g_free (self->own_number);
  g_free (self->own_name);
  g_free (self->agent);
  g_free (self->recording_url);
  g_strfreev (self->tags);
  g_strfreev (self->notes);

  G_OBJECT_CLASS (dial_call_report_parent_class)->finalize (object);
}

static void
dial_call_report_class_init (DialCallReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_call_report_finalize;
}

static void
dial_call_report_init (DialCallReport *self)
{
  self->talking = -1;
  self->waiting = -1;
  self->wrap_up = -1;
  self->tags = g_new0 (char *, 1);
  self->notes = g_new0 (char *, 1);
}

/**
 * dial_call_report_new:
 * @remote_id: what the phone system calls the call
 *
 * Returns: (transfer full): a report, to be filled before it is handed on
 */
DialCallReport *
dial_call_report_new (const char *remote_id)
{
  DialCallReport *self = g_object_new (DIAL_TYPE_CALL_REPORT, NULL);

  self->remote_id = g_strdup (remote_id);
  return self;
}

/**
 * dial_call_report_get_recording:
 * @self: a report
 *
 * What comes from outside is a link to a page only where it is that and nothing else: https, or http on this machine
 * as the sandbox has it.
 *
 * Returns: (nullable): the page where the call can be listened to
 */
const char *
dial_call_report_get_recording (DialCallReport *self)
{
  const char *url;

  g_return_val_if_fail (DIAL_IS_CALL_REPORT (self), NULL);

  url = self->recording_url;
  if (url == NULL || strpbrk (url, " \t\r\n<>\"\\") != NULL)
    return NULL;
  if (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://127.0.0.1:"))
    return NULL;

  return url;
}

/**
 * dial_call_report_equal:
 * @self: a report
 * @other: another one
 *
 * Returns: whether both tell the same
 */
gboolean
dial_call_report_equal (DialCallReport *self,
                        DialCallReport *other)
{
  g_return_val_if_fail (DIAL_IS_CALL_REPORT (self), FALSE);
  g_return_val_if_fail (DIAL_IS_CALL_REPORT (other), FALSE);

  return g_strcmp0 (self->remote_id, other->remote_id) == 0 &&
         self->direction == other->direction &&
         self->has_ended == other->has_ended &&
         self->outcome == other->outcome &&
         g_strcmp0 (self->number, other->number) == 0 &&
         g_strcmp0 (self->own_number, other->own_number) == 0 &&
         g_strcmp0 (self->own_name, other->own_name) == 0 &&
         g_strcmp0 (self->agent, other->agent) == 0 &&
         self->started_at == other->started_at &&
         self->answered_at == other->answered_at &&
         self->ended_at == other->ended_at &&
         self->talking == other->talking &&
         self->waiting == other->waiting &&
         self->wrap_up == other->wrap_up &&
         g_strcmp0 (self->recording_url, other->recording_url) == 0 &&
         g_strv_equal ((const char * const *) self->tags, (const char * const *) other->tags) &&
         g_strv_equal ((const char * const *) self->notes, (const char * const *) other->notes);
}
