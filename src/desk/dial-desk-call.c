#include "dial-desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-local-time.h"
#include "dial-note-text.h"

/* The call: one at a time. Written into the call log before the phone hears of it, and at each move. */

/* A phone that has not hung up after this long is not waited for. */
#define HANG_UP_SECONDS 5

typedef struct {
  DialIntegration *integration;
  DialPhoneNumber *number;
  DialPhone       *phone;
  gint64           candidate_id;
  char            *from;         /* the number that must be shown */
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
  g_free (dialling->from);
  g_free (dialling);
}

void
_dial_desk_log_call (DialIntegration *integration,
                     DialCall        *call,
                     gboolean         wrapped_up)
{
  g_autoptr (DialCallRecord) record = dial_call_snapshot (call);

  record->wrapped_up = wrapped_up;
  dial_store_save_call_async (dial_integration_get_store (integration), record, NULL, NULL, NULL);
}

/* Nobody has to wrap up what nobody took, which stands in the call log as missed, nor what never came about. */
static void
on_call_moved (DialDesk   *self,
               GParamSpec *pspec,
               DialCall   *call)
{
  gboolean failed;

  if (call != self->call)
    return;

  failed = dial_call_get_state (call) == DIAL_CALL_STATE_ENDED && dial_call_get_outcome (call) == DIAL_OUTCOME_FAILED;
  _dial_desk_log_call (self->call_integration, call, failed);
  if (failed || (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED &&
                 dial_call_get_outcome (call) == DIAL_OUTCOME_MISSED))
    _dial_desk_leave_call (self);
  if (failed && dial_call_get_hint (call) != NULL)
    _dial_desk_tell_call_failed (self, call);
}

static void
on_call_reported (DialDesk   *self,
                  GParamSpec *pspec,
                  DialCall   *call)
{
  if (call == self->call)
    _dial_desk_log_call (self->call_integration, call, FALSE);
}

/* A phone system has told of @call, which the call log of @integration has. */
void
_dial_desk_tell_reported (DialDesk        *self,
                          DialIntegration *integration,
                          DialCallRecord  *call,
                          gboolean         is_new)
{
  g_autoptr (DialCall) current = self->call != NULL ? g_object_ref (self->call) : NULL;

  if (current != NULL && g_str_equal (dial_call_get_uid (current), call->uid)) {
    dial_call_take_report (current, call->report);
    if (call->report->has_ended)
      dial_call_end (current, call->report->outcome);
  }
  if (is_new && integration != NULL)
    _dial_desk_tell_call_found (self, integration, call);
}

void
_dial_desk_take_call (DialDesk        *self,
                      DialCall        *call,
                      DialIntegration *integration,
                      DialPhone       *phone,
                      DialCandidate   *candidate)
{
  g_set_object (&self->call, call);
  self->hung_up = FALSE;
  g_set_object (&self->call_integration, integration);
  g_set_object (&self->call_phone, phone);
  g_free (self->call_reference);
  self->call_reference = dial_note_text_new_reference ();
  g_clear_pointer (&self->call_zone, g_time_zone_unref);
  self->call_zone = dial_local_time_zone (candidate, dial_call_get_number (call));

  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::report", G_CALLBACK (on_call_reported), self,
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
  _dial_desk_take_waiting (self);
}

/* Takes @zone, which may be %NULL. */
void
_dial_desk_set_call_integration (DialDesk        *self,
                                 DialIntegration *integration,
                                 GTimeZone       *zone)
{
  g_clear_pointer (&self->call_zone, g_time_zone_unref);
  self->call_zone = zone;
  if (g_set_object (&self->call_integration, integration))
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

gboolean
_dial_desk_check_free (DialDesk  *self,
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
show_own_number (Dialling *dialling)
{
  const char *setting = _dial_integration_get_setting (dialling->integration, "call-numbers");
  g_auto (GStrv) numbers = g_strsplit (setting, ",", -1);

  if (dialling->from != NULL) {
    const char *from[] = { dialling->from, NULL };

    dial_call_set_own_numbers (dialling->call, from, TRUE);
    return;
  }
  if (*setting == '\0')
    return;

  for (guint i = 0; numbers[i] != NULL; i++)
    g_strstrip (numbers[i]);
  dial_call_set_own_numbers (dialling->call, (const char * const *) numbers, FALSE);
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
  if (!_dial_desk_check_free (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  dialling->call = dial_call_new (DIAL_DIRECTION_OUTGOING, dialling->number,
                                  dialling->candidate_id, name,
                                  dial_phone_get_id (dialling->phone));
  show_own_number (dialling);
  _dial_desk_take_call (self, dialling->call, dialling->integration, dialling->phone, candidate);

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
 * @phone: (nullable): which phone, %NULL for the one of [method@Desk.pick_phone]
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
  dial_desk_call_from_async (self, integration, candidate_id, number, phone, NULL, cancellable, callback, user_data);
}

/**
 * dial_desk_call_from_async:
 * @self: a desk
 * @integration: whose candidate is called, and whose call log tells of it
 * @candidate_id: who is called, 0 if it is a mere number
 * @number: which of the numbers
 * @phone: (nullable): which phone, %NULL for the one of [method@Desk.pick_phone]
 * @from: (nullable): the number the other end must see, in E.164; %NULL for whichever the phone picks of those
 *   that are ticked
 * @cancellable: (nullable): stops it
 * @callback: called when the phone has taken the call
 * @user_data: for @callback
 *
 * Calls somebody like [method@Desk.call_async], and is finished by the same. A phone that cannot show @from
 * refuses.
 */
void
dial_desk_call_from_async (DialDesk            *self,
                           DialIntegration     *integration,
                           gint64               candidate_id,
                           DialPhoneNumber     *number,
                           DialPhone           *phone,
                           const char          *from,
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
  g_task_set_source_tag (task, dial_desk_call_from_async);

  if (!_dial_integration_check_active (integration, &error) || !_dial_desk_check_free (self, &error)) {
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

  if (phone == NULL)
    phone = dial_desk_pick_phone (self, integration);
  if (from != NULL && !dial_phone_can_choose_number (phone)) {
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER,
                             _("This phone cannot choose the number it shows."));
    return;
  }

  dialling = g_new0 (Dialling, 1);
  dialling->integration = g_object_ref (integration);
  dialling->number = g_object_ref (number);
  dialling->phone = g_object_ref (phone);
  dialling->from = g_strdup (from);
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
 * dial_desk_answer_call:
 * @self: a desk
 *
 * Takes the incoming call at the desk, where its phone can do that.
 */
void
dial_desk_answer_call (DialDesk *self)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (dial_desk_can_answer_call (self))
    dial_phone_answer (self->call_phone, self->call);
}

/**
 * dial_desk_can_answer_call:
 * @self: a desk
 *
 * Returns: whether there is an incoming call that rings, and whose phone can be told to take it
 */
gboolean
dial_desk_can_answer_call (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), FALSE);

  return self->call != NULL && self->call_phone != NULL &&
         dial_call_get_direction (self->call) == DIAL_DIRECTION_INCOMING &&
         dial_call_get_state (self->call) == DIAL_CALL_STATE_RINGING &&
         dial_phone_can_answer (self->call_phone, self->call);
}

/**
 * dial_desk_end_call:
 * @self: a desk
 *
 * The recruiter ends the call: the phone hangs up where it can, otherwise the recruiter has. Said a
 * second time it ends at the desk, whatever the phone does.
 */
void
dial_desk_end_call (DialDesk *self)
{
  g_return_if_fail (DIAL_IS_DESK (self));

  if (self->call == NULL || dial_call_get_state (self->call) == DIAL_CALL_STATE_ENDED)
    return;

  if (dial_call_is_watched (self->call) && self->call_phone != NULL && !self->hung_up) {
    self->hung_up = TRUE;
    dial_phone_hang_up (self->call_phone, self->call);
  } else {
    dial_call_set_state (self->call, DIAL_CALL_STATE_ENDED);
  }
}

typedef struct {
  GTask    *task;
  DialCall *call;
  gulong    handler;
  guint     timer;
} Ending;

/* Called from the call's own signal, or when nobody waits for the phone any more. */
static void
ending_over (Ending *ending)
{
  g_autoptr (GTask) task = ending->task;

  g_clear_signal_handler (&ending->handler, ending->call);
  g_clear_handle_id (&ending->timer, g_source_remove);
  g_clear_object (&ending->call);
  g_free (ending);
  g_task_return_boolean (task, TRUE);
}

static void
on_ending_call_moved (DialCall   *call,
                      GParamSpec *pspec,
                      Ending     *ending)
{
  if (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
    ending_over (ending);
}

static gboolean
on_hang_up_too_long (gpointer data)
{
  Ending *ending = data;

  ending->timer = 0;
  dial_call_set_state (ending->call, DIAL_CALL_STATE_ENDED);
  return G_SOURCE_REMOVE;
}

/**
 * dial_desk_end_call_async:
 * @self: a desk
 * @cancellable: (nullable): ignored; who asked to hang up has hung up
 * @callback: called when the call has ended
 * @user_data: for @callback
 *
 * Ends the call like [method@Desk.end_call] and waits until it has ended, but not forever: what the
 * phone does not say within a few seconds is taken for said. The call then waits for its wrap-up;
 * who wants to call somebody else at once sets it aside.
 */
void
dial_desk_end_call_async (DialDesk            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Ending *ending;

  g_return_if_fail (DIAL_IS_DESK (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_end_call_async);
  if (self->call == NULL || dial_call_get_state (self->call) == DIAL_CALL_STATE_ENDED) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  ending = g_new0 (Ending, 1);
  ending->task = g_steal_pointer (&task);
  ending->call = g_object_ref (self->call);
  ending->handler = g_signal_connect (self->call, "notify::state",
                                      G_CALLBACK (on_ending_call_moved), ending);
  ending->timer = g_timeout_add_seconds (HANG_UP_SECONDS, on_hang_up_too_long, ending);
  /* Last: it may be over before this returns. */
  dial_desk_end_call (self);
}

/**
 * dial_desk_end_call_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the call has ended
 */
gboolean
dial_desk_end_call_finish (DialDesk      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
