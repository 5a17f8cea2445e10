#include "dial-desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-local-time.h"
#include "dial-note-text.h"

/* The call: one at a time. Written into the call log before the phone hears of it, and at each move. */

/* A call left open longer ago than this is no longer fresh in anybody's mind. */
#define RESTORE_WITHIN (24 * G_TIME_SPAN_HOUR)

typedef struct {
  DialIntegration *integration;
  DialPhoneNumber *number;
  DialPhone       *phone;
  gint64           candidate_id;
  DialCall        *call;
  GError          *error;
} Dialling;

static void
dialling_free (Dialling *dialling)
{
  g_clear_object (&dialling->integration);
  g_clear_object (&dialling->number);
  g_clear_object (&dialling->phone);
  g_clear_object (&dialling->call);
  g_clear_error (&dialling->error);
  g_free (dialling);
}

static void
save_call (DialDesk *self)
{
  g_autoptr (DialCallRecord) record = dial_call_snapshot (self->call);

  dial_store_save_call_async (dial_integration_get_store (self->call_integration), record, NULL,
                              NULL, NULL);
}

static void
on_call_moved (DialDesk   *self,
               GParamSpec *pspec,
               DialCall   *call)
{
  if (call == self->call)
    save_call (self);
}

static void
take_call (DialDesk        *self,
           DialCall        *call,
           DialIntegration *integration,
           DialPhone       *phone,
           DialCandidate   *candidate)
{
  g_set_object (&self->call, call);
  g_set_object (&self->call_integration, integration);
  g_set_object (&self->call_phone, phone);
  g_free (self->call_reference);
  self->call_reference = dial_note_text_new_reference ();
  g_clear_pointer (&self->call_zone, g_time_zone_unref);
  self->call_zone = dial_local_time_zone (candidate, dial_call_get_number (call));

  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_moved), self,
                           G_CONNECT_SWAPPED);
  g_object_notify (G_OBJECT (self), "call-integration");
  g_object_notify (G_OBJECT (self), "call");
}

void
_dial_desk_leave_call (DialDesk *self)
{
  if (self->call == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  g_clear_object (&self->call_integration);
  g_clear_object (&self->call_phone);
  g_object_notify (G_OBJECT (self), "call");
  g_object_notify (G_OBJECT (self), "call-integration");
}

/* Calling */

static void
on_failure_logged (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Dialling *dialling = g_task_get_task_data (task);

  dial_store_save_call_finish (DIAL_STORE (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&dialling->error));
}

static void
on_placed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Dialling *dialling = g_task_get_task_data (task);

  if (dial_phone_place_finish (DIAL_PHONE (source), result, &dialling->error)) {
    g_task_return_pointer (task, g_object_ref (dialling->call), g_object_unref);
    return;
  }

  /* The desk is free again; that it was tried stays in the call log. */
  if (self->call == dialling->call) {
    g_autoptr (DialCallRecord) record = NULL;

    _dial_desk_leave_call (self);
    dial_call_end (dialling->call, DIAL_OUTCOME_FAILED);
    record = dial_call_snapshot (dialling->call);
    record->wrapped_up = TRUE;
    dial_store_save_call_async (dial_integration_get_store (dialling->integration), record, NULL,
                                on_failure_logged, g_object_ref (task));
  } else {
    g_task_return_error (task, g_steal_pointer (&dialling->error));
  }
}

static void
on_call_logged (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Dialling *dialling = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_call_finish (DIAL_STORE (source), result, &error)) {
    if (self->call == dialling->call)
      _dial_desk_leave_call (self);
    g_task_return_error (task, error);
    return;
  }

  dial_phone_place_async (dialling->phone, dialling->call, g_task_get_cancellable (task),
                          on_placed, g_object_ref (task));
}

static gboolean
check_free (DialDesk  *self,
            GError   **error)
{
  const char *name;

  if (self->call == NULL)
    return TRUE;

  name = dial_call_get_candidate_name (self->call);
  if (dial_call_get_state (self->call) != DIAL_CALL_STATE_ENDED)
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL,
                 /* Translators: a person's name */
                 _("You are on a call with %s: end it first."),
                 name != NULL ? name : _("somebody"));
  else
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL,
                 /* Translators: a person's name */
                 _("The call with %s is not wrapped up yet: save its note or drop it first."),
                 name != NULL ? name : _("somebody"));
  return FALSE;
}

/* A phone that knows which number it shows says so itself. */
static void
show_own_number (DialCall        *call,
                 DialIntegration *integration)
{
  const char *numbers = _dial_integration_get_setting (integration, "call-numbers");
  g_autofree char *first = g_strndup (numbers, strcspn (numbers, ","));

  if (*first != '\0')
    dial_call_set_own_number (call, first);
}

static void
begin_call (GTask         *task,
            DialCandidate *candidate)
{
  DialDesk *self = g_task_get_source_object (task);
  Dialling *dialling = g_task_get_task_data (task);
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : NULL;
  g_autoptr (DialCallRecord) record = NULL;
  GError *error = NULL;

  /* Asked again: the candidate was loaded in between, and a second click may have been faster. */
  if (!check_free (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  dialling->call = dial_call_new (DIAL_DIRECTION_OUTGOING, dialling->number,
                                  dialling->candidate_id, name,
                                  dial_phone_get_id (dialling->phone));
  show_own_number (dialling->call, dialling->integration);
  take_call (self, dialling->call, dialling->integration, dialling->phone, candidate);

  record = dial_call_snapshot (dialling->call);
  dial_store_save_call_async (dial_integration_get_store (dialling->integration), record, NULL,
                              on_call_logged, g_object_ref (task));
}

static void
on_candidate_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (source),
                                                                          result, &error);

  if (error != NULL && !g_error_matches (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND)) {
    g_task_return_error (task, error);
    return;
  }

  g_clear_error (&error);
  begin_call (task, candidate);
}

/**
 * dial_desk_call_async:
 * @self: a desk
 * @integration: whose candidate is called, and whose call log tells of it
 * @candidate_id: who is called, 0 if it is a mere number
 * @number: which of the numbers
 * @phone: (nullable): which phone, %NULL for the first
 * @cancellable: (nullable): stops it
 * @callback: called when the phone has taken the call
 * @user_data: for @callback
 *
 * Calls somebody. From the click on, [property@Desk:call] is set.
 */
void
dial_desk_call_async (DialDesk            *self,
                      DialIntegration     *integration,
                      gint64               candidate_id,
                      DialPhoneNumber     *number,
                      DialPhone           *phone,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Dialling *dialling;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_PHONE_NUMBER (number));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_call_async);

  if (!_dial_integration_check_active (integration, &error) || !check_free (self, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (!dial_phone_number_can_call (number)) {
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER,
                             /* Translators: a phone number as somebody typed it */
                             _("“%s” is no complete phone number: write it with + and the country's "
                               "code in Greenhouse, such as +44 20 7946 0958."),
                             dial_phone_number_get_typed (number));
    return;
  }

  dialling = g_new0 (Dialling, 1);
  dialling->integration = g_object_ref (integration);
  dialling->number = g_object_ref (number);
  dialling->phone = g_object_ref (phone != NULL ? phone : dial_desk_find_phone (self, NULL));
  dialling->candidate_id = candidate_id;
  g_task_set_task_data (task, dialling, (GDestroyNotify) dialling_free);

  if (candidate_id != 0)
    dial_store_load_candidate_async (dial_integration_get_store (integration), candidate_id,
                                     cancellable, on_candidate_loaded, g_object_ref (task));
  else
    begin_call (task, NULL);
}

/**
 * dial_desk_call_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_ON_CALL, %DIAL_DESK_ERROR_INACTIVE, or an error of the phone
 *
 * Returns: (transfer full) (nullable): the call
 */
DialCall *
dial_desk_call_finish (DialDesk      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_desk_get_call:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the call at this desk; stays after its end until it is wrapped
 *   up or dropped
 */
DialCall *
dial_desk_get_call (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return self->call;
}

/**
 * dial_desk_get_call_integration:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the integration whose candidate is called
 */
DialIntegration *
dial_desk_get_call_integration (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return self->call_integration;
}

/**
 * dial_desk_tell_answered:
 * @self: a desk
 *
 * The recruiter says that they talk. Does nothing where the phone watches the call itself.
 */
void
dial_desk_tell_answered (DialDesk *self)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call != NULL && !dial_call_is_watched (self->call))
    dial_call_set_state (self->call, DIAL_CALL_STATE_ACTIVE);
}

/**
 * dial_desk_end_call:
 * @self: a desk
 *
 * The recruiter ends the call: the phone hangs up where it can, otherwise the recruiter has.
 */
void
dial_desk_end_call (DialDesk *self)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call == NULL || dial_call_get_state (self->call) == DIAL_CALL_STATE_ENDED)
    return;

  if (dial_call_is_watched (self->call))
    dial_phone_hang_up (self->call_phone, self->call);
  else
    dial_call_set_state (self->call, DIAL_CALL_STATE_ENDED);
}

/* Wrapping up */

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
word_note (DialDesk       *self,
           DialCallRecord *record)
{
  g_autofree char *signer = _dial_integration_dup_signer (self->call_integration);

  return dial_note_text_for_call (record, self->call_zone, signer, self->call_reference);
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
  return word_note (self, record);
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
  item->body = word_note (self, record);
  item->visibility = wrap_up->visibility != DIAL_VISIBILITY_UNKNOWN
                       ? wrap_up->visibility
                       : dial_integration_get_visibility (self->call_integration);
  item->created_at = g_get_real_time ();
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
  g_autoptr (DialCallRecord) record = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call == NULL)
    return;

  dial_call_end (self->call, DIAL_OUTCOME_UNKNOWN);
  record = dial_call_snapshot (self->call);
  record->wrapped_up = TRUE;
  record->dropped = TRUE;
  dial_store_save_call_async (dial_integration_get_store (self->call_integration), record, NULL,
                              NULL, NULL);
  _dial_desk_leave_call (self);
}

/* After a restart */

typedef struct {
  DialDesk        *desk;
  DialIntegration *integration;
  DialCallRecord  *record;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_clear_object (&restoring->desk);
  g_clear_object (&restoring->integration);
  g_clear_object (&restoring->record);
  g_free (restoring);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restoring, restoring_free)

static void
on_restored_candidate_loaded (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (Restoring) restoring = user_data;
  DialDesk *self = restoring->desk;
  DialCallRecord *record = restoring->record;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (source),
                                                                          result, NULL);
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : NULL;
  g_autoptr (DialPhoneNumber) number = NULL;
  g_autoptr (DialCall) call = NULL;

  if (self->call != NULL)
    return;

  number = dial_phone_number_new_stored (record->number, NULL, record->e164, NULL, NULL);
  call = dial_call_new_restored (record, number, name);
  take_call (self, call, restoring->integration, dial_desk_find_phone (self, record->phone_id),
             candidate);
  save_call (self);
}

/* Nobody else holds the record yet: it was read for this. */
static void
close_old_call (DialStore      *store,
                DialCallRecord *record)
{
  record->state = DIAL_CALL_STATE_ENDED;
  record->wrapped_up = TRUE;
  dial_store_save_call_async (store, record, NULL, NULL, NULL);
}

static void
on_open_calls_listed (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (Restoring) restoring = user_data;
  g_autoptr (GPtrArray) calls = dial_store_list_open_calls_finish (DIAL_STORE (source), result,
                                                                   NULL);
  gint64 oldest = g_get_real_time () - RESTORE_WITHIN;
  DialCallRecord *latest = NULL;

  for (guint i = 0; calls != NULL && i < calls->len; i++) {
    DialCallRecord *record = g_ptr_array_index (calls, i);

    if (record->started_at >= oldest && (latest == NULL || record->started_at > latest->started_at))
      latest = record;
  }

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    if (g_ptr_array_index (calls, i) != latest)
      close_old_call (DIAL_STORE (source), g_ptr_array_index (calls, i));

  if (latest == NULL)
    return;

  restoring->record = g_object_ref (latest);
  dial_store_load_candidate_async (DIAL_STORE (source), latest->candidate_id, NULL,
                                   on_restored_candidate_loaded, g_steal_pointer (&restoring));
}

/* A call the program did not see the end of, or that nobody wrapped up, waits for its wrap-up again. */
void
_dial_desk_restore_call (DialDesk        *self,
                         DialIntegration *integration)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->desk = g_object_ref (self);
  restoring->integration = g_object_ref (integration);
  dial_store_list_open_calls_async (dial_integration_get_store (integration), NULL,
                                    on_open_calls_listed, restoring);
}
