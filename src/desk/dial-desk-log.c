#include "dial-desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-local-time.h"
#include "dial-note-text.h"

/* Calls that are told of afterwards: made elsewhere, or made here and left without a note. */

/* Clocks differ a little. */
#define MAX_AHEAD (2 * G_TIME_SPAN_MINUTE)

static char *
word_note (DialIntegration *integration,
           DialCandidate   *candidate,
           DialCallRecord  *call,
           const char      *reference)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new_stored (call->number, NULL, call->e164, NULL, NULL);
  g_autoptr (GTimeZone) zone = dial_local_time_zone (candidate, number);
  g_autofree char *signer = _dial_integration_dup_signer (integration);

  return dial_note_text_for_call (call, dial_integration_get_note_fields (integration), zone, signer, reference);
}

/**
 * dial_desk_preview_logged_call:
 * @self: a desk
 * @integration: whose candidate
 * @candidate: with whom
 * @call: the call as it stands
 * @reference: what will make its note unique
 *
 * Returns: (transfer full): the note, byte for byte as it will read in Greenhouse
 */
char *
dial_desk_preview_logged_call (DialDesk        *self,
                               DialIntegration *integration,
                               DialCandidate   *candidate,
                               DialCallRecord  *call,
                               const char      *reference)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_CANDIDATE (candidate), NULL);
  g_return_val_if_fail (DIAL_IS_CALL_RECORD (call), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  return word_note (integration, candidate, call, reference);
}

typedef struct {
  DialIntegration *integration;
  DialCallRecord  *call;
  DialOutboxItem  *item;
} Logging;

static void
logging_free (Logging *logging)
{
  g_object_unref (logging->integration);
  g_object_unref (logging->call);
  g_object_unref (logging->item);
  g_free (logging);
}

static void
on_note_queued (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Logging *logging = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 id = dial_store_queue_note_finish (DIAL_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }

  _dial_integration_wake_courier (logging->integration);
  g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

/* Whoever wrapped it up meanwhile was faster: one call is told of once. */
static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Logging *logging = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = dial_store_load_calls_finish (DIAL_STORE (source), result, &error);

  if (calls == NULL)
    g_task_return_error (task, error);
  else if (calls->len > 0 && ((DialLoggedCall *) g_ptr_array_index (calls, 0))->item != NULL)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("A note tells of this call already: look for it in the candidate's history."));
  else
    dial_store_queue_note_async (DIAL_STORE (source), logging->item, logging->call, FALSE, NULL, on_note_queued,
                                 g_object_ref (task));
}

static gboolean
check (DialDesk         *self,
       DialIntegration  *integration,
       DialCallRecord   *call,
       GError          **error)
{
  /* Its wrap-up would write a second note. */
  if (self->call != NULL && g_str_equal (dial_call_get_uid (self->call), call->uid)) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL,
                         _("This call waits for its wrap-up: save its note there."));
    return FALSE;
  }

  if (!_dial_integration_check_active (integration, error))
    return FALSE;

  if (call->started_at <= 0 || call->started_at > g_get_real_time () + MAX_AHEAD) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                         _("The call has not been yet: say when it began."));
    return FALSE;
  }

  return TRUE;
}

/* The record as the call log is to have it. */
static DialCallRecord *
finish_record (DialCallRecord *call,
               DialCandidate  *candidate)
{
  DialCallRecord *record = dial_call_record_copy (call);

  record->candidate_id = candidate->id;
  record->state = DIAL_CALL_STATE_ENDED;
  record->wrapped_up = TRUE;
  if (record->ended_at == DIAL_INSTANT_UNKNOWN && record->duration >= 0)
    record->ended_at = record->started_at + record->duration * G_USEC_PER_SEC;
  return record;
}

/**
 * dial_desk_log_call_async:
 * @self: a desk
 * @integration: whose candidate
 * @candidate: with whom
 * @call: the call; one of the call log that no note tells of, or a new one
 * @visibility: who may read the note; %DIAL_VISIBILITY_UNKNOWN takes the integration's own
 * @reference: the one the preview was made with
 * @cancellable: (nullable): ignored; what was saved is saved
 * @callback: called when the note is in the outbox, on disk
 * @user_data: for @callback
 *
 * Writes a call into the call log and its note into the outbox, in one transaction. The note of a private
 * candidate is never public.
 */
void
dial_desk_log_call_async (DialDesk            *self,
                          DialIntegration     *integration,
                          DialCandidate       *candidate,
                          DialCallRecord      *call,
                          DialVisibility       visibility,
                          const char          *reference,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Logging *logging;
  const char *uids[] = { NULL, NULL };

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));
  g_return_if_fail (DIAL_IS_CALL_RECORD (call));
  g_return_if_fail (reference != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_log_call_async);
  if (!check (self, integration, call, &error)) {
    g_task_return_error (task, error);
    return;
  }

  if (visibility == DIAL_VISIBILITY_UNKNOWN)
    visibility = dial_integration_get_visibility (integration);
  if (visibility == DIAL_VISIBILITY_PUBLIC && candidate->is_private)
    visibility = DIAL_VISIBILITY_PRIVATE;

  logging = g_new0 (Logging, 1);
  logging->integration = g_object_ref (integration);
  logging->call = finish_record (call, candidate);
  logging->item = dial_outbox_item_new (0);
  logging->item->candidate_id = candidate->id;
  logging->item->call_uid = g_strdup (call->uid);
  logging->item->reference = g_strdup (reference);
  g_free (logging->item->body);
  logging->item->body = word_note (integration, candidate, logging->call, reference);
  logging->item->visibility = visibility;
  logging->item->created_at = g_get_real_time ();
  _dial_integration_sign (integration, logging->item);
  g_task_set_task_data (task, logging, (GDestroyNotify) logging_free);

  uids[0] = call->uid;
  dial_store_load_calls_async (dial_integration_get_store (integration), uids, NULL, on_looked_up,
                               g_object_ref (task));
}

/**
 * dial_desk_log_call_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: the outbox's id of the note, 0 on failure
 */
gint64
dial_desk_log_call_finish (DialDesk      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autofree gint64 *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id != NULL ? *id : 0;
}
