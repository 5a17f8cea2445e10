#include "dial-cloudtalk-private.h"

G_DEFINE_QUARK (dial-cloudtalk-error-quark, dial_cloudtalk_error)

/**
 * dial_cloudtalk_agent_free:
 * @self: (transfer full): an agent
 */
void
dial_cloudtalk_agent_free (DialCloudtalkAgent *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->email);
  g_free (self->extension);
  g_free (self->default_number);
  g_strfreev (self->numbers);
  g_free (self);
}

/**
 * dial_cloudtalk_number_free:
 * @self: (transfer full): a number
 */
void
dial_cloudtalk_number_free (DialCloudtalkNumber *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->e164);
  g_free (self);
}

/**
 * dial_cloudtalk_tag_free:
 * @self: (transfer full): a tag
 */
void
dial_cloudtalk_tag_free (DialCloudtalkTag *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self);
}

/**
 * dial_cloudtalk_call_free:
 * @self: (transfer full): a call
 */
void
dial_cloudtalk_call_free (DialCloudtalkCall *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->external);
  g_free (self->internal);
  g_free (self->number_name);
  g_free (self->agent_name);
  g_free (self->agent_email);
  g_free (self->contact_name);
  g_free (self->recording_url);
  g_strfreev (self->tags);
  g_strfreev (self->notes);
  g_free (self);
}

/**
 * dial_cloudtalk_contact_free:
 * @self: (transfer full): a contact
 */
void
dial_cloudtalk_contact_free (DialCloudtalkContact *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->title);
  g_free (self->company);
  g_strfreev (self->numbers);
  g_strfreev (self->emails);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_strfreev (self->url_names);
  g_strfreev (self->urls);
  g_free (self);
}

/**
 * dial_contact_change_free:
 * @self: (transfer full): a change
 */
void
dial_contact_change_free (DialContactChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->command_id);
  g_free (self->name);
  g_free (self->title);
  g_free (self->company);
  g_strfreev (self->numbers);
  g_strfreev (self->emails);
  g_strfreev (self->tags);
  g_strfreev (self->url_names);
  g_strfreev (self->urls);
  g_free (self);
}

/**
 * dial_contact_result_free:
 * @self: (transfer full): a result
 */
void
dial_contact_result_free (DialContactResult *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->command_id);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * dial_cloudtalk_call_has_ended:
 * @self: a call
 *
 * Returns: whether it is over; its wrap-up may not be
 */
gboolean
dial_cloudtalk_call_has_ended (const DialCloudtalkCall *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ended_at != DIAL_INSTANT_UNKNOWN;
}

/* Rows whose answer and end are the same and that hold no talk were not answered (seen in use, not
 * documented). */
static gboolean
was_answered (const DialCloudtalkCall *self)
{
  if (self->answered_at == DIAL_INSTANT_UNKNOWN)
    return FALSE;

  return self->talking >= 0 ? self->talking > 0 : self->answered_at < self->ended_at;
}

/**
 * dial_cloudtalk_call_get_outcome:
 * @self: a call
 *
 * CloudTalk's history has no word for it: it follows from the times.
 *
 * Returns: how it ended, %DIAL_OUTCOME_UNKNOWN while it runs
 */
DialOutcome
dial_cloudtalk_call_get_outcome (const DialCloudtalkCall *self)
{
  g_return_val_if_fail (self != NULL, DIAL_OUTCOME_UNKNOWN);

  if (!dial_cloudtalk_call_has_ended (self))
    return DIAL_OUTCOME_UNKNOWN;
  if (self->is_voicemail)
    return DIAL_OUTCOME_VOICEMAIL;
  if (was_answered (self))
    return DIAL_OUTCOME_ANSWERED;

  return self->direction == DIAL_DIRECTION_INCOMING ? DIAL_OUTCOME_MISSED : DIAL_OUTCOME_NO_ANSWER;
}
