#include "dial-desk-private.h"

#include <glib/gi18n.h>

#include "dial-note-text.h"

/* After the call: wrapped up, dropped, or set aside until there is time for it. */

static DialCallRecord *
record_wrap_up (DialDesk         *self,
                const DialWrapUp *wrap_up)
{
  DialCallRecord *record = dial_call_snapshot (self->call);

  record->outcome = wrap_up->outcome;
  record->wrapped_up = TRUE;
  record->text = g_strdup (wrap_up->text);
  record->call_again_on = g_strdup (wrap_up->call_again_on);
  if (wrap_up->tags != NULL) {
    g_strfreev (record->tags);
    record->tags = g_strdupv ((char **) wrap_up->tags);
  }
  return record;
}

static char *
word_note (DialDesk         *self,
           const DialWrapUp *wrap_up,
           DialCallRecord   *record)
{
  g_autofree char *signer = _dial_integration_dup_signer (self->call_integration);
  DialNoteFields fields = wrap_up->fields != NULL ? *wrap_up->fields
                                                  : dial_integration_get_note_fields (self->call_integration);

  return dial_note_text_for_call (record, fields, self->call_zone, signer, self->call_reference);
}

/**
 * dial_desk_tag_call:
 * @self: a desk
 * @tags: (array zero-terminated=1): the verdicts on the call at the desk so far
 *
 * Writes them down at once, as the note's words are: whatever becomes of the program, they are there for the wrap-up.
 */
void
dial_desk_tag_call (DialDesk           *self,
                    const char * const *tags)
{
  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (tags != NULL);

  if (self->call == NULL)
    return;

  dial_call_set_tags (self->call, tags);
  _dial_desk_log_call (self->call_integration, self->call, FALSE);
}

/**
 * dial_desk_preview_note:
 * @self: a desk with a call that has ended
 * @wrap_up: the recruiter's word on it as it stands
 *
 * Returns: (transfer full) (nullable): the note, byte for byte as it will read in Greenhouse; %NULL
 *   without a call
 */
char *
dial_desk_preview_note (DialDesk         *self,
                        const DialWrapUp *wrap_up)
{
  g_autoptr (DialCallRecord) record = NULL;

  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);
  g_return_val_if_fail (wrap_up != NULL, NULL);

  if (self->call == NULL)
    return NULL;

  record = record_wrap_up (self, wrap_up);
  return word_note (self, wrap_up, record);
}

typedef struct {
  DialCall        *call;
  DialIntegration *integration;
} WrappingUp;

static void
wrapping_up_free (WrappingUp *wrapping_up)
{
  g_clear_object (&wrapping_up->call);
  g_clear_object (&wrapping_up->integration);
  g_free (wrapping_up);
}

static void
on_note_queued (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  WrappingUp *wrapping_up = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 id = dial_store_queue_note_finish (DIAL_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (self->call == wrapping_up->call)
    _dial_desk_leave_call (self);
  _dial_integration_wake_courier (wrapping_up->integration);
  g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

static void
on_unknown_call_logged (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  WrappingUp *wrapping_up = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 none = 0;

  if (!dial_store_save_call_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  if (self->call == wrapping_up->call)
    _dial_desk_leave_call (self);
  g_task_return_pointer (task, g_memdup2 (&none, sizeof none), g_free);
}

/**
 * dial_desk_wrap_up_async:
 * @self: a desk with a call that has ended
 * @wrap_up: the recruiter's last word on it
 * @cancellable: (nullable): ignored; what was saved is saved
 * @callback: called when the note is in the outbox, on disk
 * @user_data: for @callback
 *
 * Writes the call's note into the outbox, in one transaction with the call log and the draft, and
 * frees the desk. A call with nobody known is only logged.
 */
void
dial_desk_wrap_up_async (DialDesk            *self,
                         const DialWrapUp    *wrap_up,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialOutboxItem) item = NULL;
  WrappingUp *wrapping_up;
  DialStore *store;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (wrap_up != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_wrap_up_async);

  if (self->call == NULL || dial_call_get_state (self->call) != DIAL_CALL_STATE_ENDED) {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("The call has not ended yet: end it first."));
    return;
  }

  wrapping_up = g_new0 (WrappingUp, 1);
  wrapping_up->call = g_object_ref (self->call);
  wrapping_up->integration = g_object_ref (self->call_integration);
  g_task_set_task_data (task, wrapping_up, (GDestroyNotify) wrapping_up_free);

  store = dial_integration_get_store (self->call_integration);
  record = record_wrap_up (self, wrap_up);
  if (record->candidate_id == 0) {
    dial_store_save_call_async (store, record, NULL, on_unknown_call_logged, g_object_ref (task));
    return;
  }

  item = dial_outbox_item_new (0);
  item->candidate_id = record->candidate_id;
  item->call_uid = g_strdup (record->uid);
  item->reference = g_strdup (self->call_reference);
  g_free (item->body);
  item->body = word_note (self, wrap_up, record);
  item->visibility = wrap_up->visibility != DIAL_VISIBILITY_UNKNOWN
                       ? wrap_up->visibility
                       : dial_integration_get_visibility (self->call_integration);
  item->created_at = g_get_real_time ();
  _dial_integration_sign (self->call_integration, item);
  dial_store_queue_note_async (store, item, record, TRUE, NULL, on_note_queued,
                               g_object_ref (task));
}

/**
 * dial_desk_wrap_up_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: the outbox's id of the note; 0 on failure, and for a call with nobody known
 */
gint64
dial_desk_wrap_up_finish (DialDesk      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autofree gint64 *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id != NULL ? *id : 0;
}

/**
 * dial_desk_drop_call:
 * @self: a desk
 *
 * Frees the desk without a note. The call stays in the call log, what was typed stays as the
 * candidate's draft. A call that still runs counts as ended.
 */
void
dial_desk_drop_call (DialDesk *self)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (DialCallRecord) record = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call == NULL)
    return;

  /* It may leave the desk as it ends. */
  call = g_object_ref (self->call);
  integration = g_object_ref (self->call_integration);
  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  record = dial_call_snapshot (call);
  record->wrapped_up = TRUE;
  record->dropped = TRUE;
  dial_store_save_call_async (dial_integration_get_store (integration), record, NULL, NULL, NULL);
  _dial_desk_leave_call (self);
}

/**
 * dial_desk_set_call_aside:
 * @self: a desk
 *
 * Frees the desk for the next call. This one stays in the call log as not wrapped up, and what was
 * typed stays as the candidate's draft; see [method@Desk.take_up_call_async]. A call that still runs
 * counts as ended.
 */
void
dial_desk_set_call_aside (DialDesk *self)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call == NULL)
    return;

  dial_call_end (self->call, DIAL_OUTCOME_UNKNOWN);
  _dial_desk_leave_call (self);
}

/* Taking up again */

typedef struct {
  DialIntegration *integration;
  DialCallRecord  *record;
} TakingUp;

static void
taking_up_free (TakingUp *taking_up)
{
  g_clear_object (&taking_up->integration);
  g_clear_object (&taking_up->record);
  g_free (taking_up);
}

static void
on_taken_up_candidate_loaded (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  TakingUp *taking_up = g_task_get_task_data (task);
  DialCallRecord *record = taking_up->record;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (source),
                                                                          result, NULL);
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : NULL;
  g_autoptr (DialPhoneNumber) number = NULL;
  g_autoptr (DialCall) call = NULL;
  GError *error = NULL;

  if (!_dial_desk_check_free (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  number = dial_phone_number_new_stored (record->number, NULL, record->e164, NULL, NULL);
  call = dial_call_new_restored (record, number, name);
  _dial_desk_take_call (self, call, taking_up->integration,
                        dial_desk_find_phone (self, record->phone_id), candidate);
  _dial_desk_log_call (taking_up->integration, call, FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
on_call_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingUp *taking_up = g_task_get_task_data (task);
  GError *error = NULL;

  taking_up->record = dial_store_load_call_finish (DIAL_STORE (source), result, &error);
  if (taking_up->record == NULL)
    g_task_return_error (task, error);
  else if (taking_up->record->wrapped_up)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("This call is wrapped up already: add to it with a note."));
  else
    dial_store_load_candidate_async (DIAL_STORE (source), taking_up->record->candidate_id,
                                     g_task_get_cancellable (task), on_taken_up_candidate_loaded,
                                     g_object_ref (task));
}

/**
 * dial_desk_take_up_call_async:
 * @self: a desk
 * @integration: whose call log has it
 * @uid: the call's
 * @cancellable: (nullable): stops it
 * @callback: called when it is at the desk
 * @user_data: for @callback
 *
 * Brings a call back to the desk that was never wrapped up: it is [property@Desk:call] then, in state
 * ended, and waits for its wrap-up.
 */
void
dial_desk_take_up_call_async (DialDesk            *self,
                              DialIntegration     *integration,
                              const char          *uid,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  TakingUp *taking_up;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (uid != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_take_up_call_async);
  if (!_dial_desk_check_free (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  taking_up = g_new0 (TakingUp, 1);
  taking_up->integration = g_object_ref (integration);
  g_task_set_task_data (task, taking_up, (GDestroyNotify) taking_up_free);
  dial_store_load_call_async (dial_integration_get_store (integration), uid, cancellable,
                              on_call_loaded, g_object_ref (task));
}

/**
 * dial_desk_take_up_call_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_ON_CALL where another call is at the desk
 *
 * Returns: whether the call is at the desk
 */
gboolean
dial_desk_take_up_call_finish (DialDesk      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
