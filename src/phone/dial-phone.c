#include "dial-phone.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (dial-phone-error-quark, dial_phone_error)

enum {
  INCOMING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (DialPhone, dial_phone, G_TYPE_OBJECT)

static void
dial_phone_default_init (DialPhoneInterface *iface)
{
  /**
   * DialPhone::incoming:
   * @self: a phone
   * @call: (not nullable): the call, which rings
   *
   * Somebody calls.
   */
  signals[INCOMING] = g_signal_new ("incoming", DIAL_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, DIAL_TYPE_CALL);
}

/**
 * dial_phone_get_id:
 * @self: a phone
 *
 * Returns: the name by which settings and dialhousectl know it, such as `system`
 */
const char *
dial_phone_get_id (DialPhone *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE (self), NULL);

  return DIAL_PHONE_GET_IFACE (self)->get_id (self);
}

/**
 * dial_phone_dup_title:
 * @self: a phone
 *
 * Returns: (transfer full): what a person calls it
 */
char *
dial_phone_dup_title (DialPhone *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE (self), NULL);

  return DIAL_PHONE_GET_IFACE (self)->dup_title (self);
}

/**
 * dial_phone_dup_problem:
 * @self: a phone
 *
 * Tells beforehand what [method@Phone.place_async] would say. It answers from what is known and
 * never blocks; a phone that does not know yet has no problem.
 *
 * Returns: (transfer full) (nullable): why it cannot place a call now, a sentence; %NULL if it can
 */
char *
dial_phone_dup_problem (DialPhone *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE (self), NULL);

  return DIAL_PHONE_GET_IFACE (self)->dup_problem (self);
}

/**
 * dial_phone_place_async:
 * @self: a phone
 * @call: an outgoing call in state dialling
 * @cancellable: (nullable): stops handing it over, not a call that was handed over
 * @callback: called when it was handed over
 * @user_data: for @callback
 *
 * Hands @call over. From then on the phone moves it, or leaves it to the recruiter where
 * [method@Call.is_watched] stays false. A call that could not be handed over stays as it was.
 */
void
dial_phone_place_async (DialPhone           *self,
                        DialCall            *call,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_PHONE (self));
  g_return_if_fail (DIAL_IS_CALL (call));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!dial_phone_number_can_call (dial_call_get_number (call))) {
    g_task_report_new_error (self, callback, user_data, dial_phone_place_async,
                             DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER, "%s",
                             _("This is not a whole phone number. Correct it in Greenhouse, with "
                               "the country code, such as +1 202 555 0143."));
    return;
  }

  DIAL_PHONE_GET_IFACE (self)->place_async (self, call, cancellable, callback, user_data);
}

/**
 * dial_phone_place_finish:
 * @self: a phone
 * @result: what the callback was given
 * @error: return location, of domain %DIAL_PHONE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the call was handed over
 */
gboolean
dial_phone_place_finish (DialPhone     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (DIAL_IS_PHONE (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);

  if (g_async_result_is_tagged (result, dial_phone_place_async))
    return g_task_propagate_boolean (G_TASK (result), error);

  return DIAL_PHONE_GET_IFACE (self)->place_finish (self, result, error);
}

/**
 * dial_phone_hang_up:
 * @self: a phone
 * @call: a call it was handed
 *
 * Hangs up. The call ends when the phone says so; a call the phone does not watch is left alone.
 */
void
dial_phone_hang_up (DialPhone *self,
                    DialCall  *call)
{
  g_return_if_fail (DIAL_IS_PHONE (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  DIAL_PHONE_GET_IFACE (self)->hang_up (self, call);
}

/**
 * dial_phone_can_answer:
 * @self: a phone
 * @call: an incoming call it told of
 *
 * Returns: whether [method@Phone.answer] takes @call
 */
gboolean
dial_phone_can_answer (DialPhone *self,
                       DialCall  *call)
{
  DialPhoneInterface *iface;

  g_return_val_if_fail (DIAL_IS_PHONE (self), FALSE);
  g_return_val_if_fail (DIAL_IS_CALL (call), FALSE);

  iface = DIAL_PHONE_GET_IFACE (self);
  return iface->can_answer != NULL && iface->can_answer (self, call);
}

/**
 * dial_phone_answer:
 * @self: a phone
 * @call: an incoming call it told of, and which it can answer
 *
 * Takes @call. It is active when the phone says so.
 */
void
dial_phone_answer (DialPhone *self,
                   DialCall  *call)
{
  g_return_if_fail (dial_phone_can_answer (self, call));

  DIAL_PHONE_GET_IFACE (self)->answer (self, call);
}

/**
 * dial_phone_can_choose_number:
 * @self: a phone
 *
 * Returns: whether it can be told which number the other end sees, see [method@Call.set_own_numbers]
 */
gboolean
dial_phone_can_choose_number (DialPhone *self)
{
  DialPhoneInterface *iface;

  g_return_val_if_fail (DIAL_IS_PHONE (self), FALSE);

  iface = DIAL_PHONE_GET_IFACE (self);
  return iface->can_choose_number != NULL && iface->can_choose_number (self);
}

/**
 * dial_phone_resume_async:
 * @self: a phone
 * @call: a call from before a restart, as it was last seen
 * @cancellable: (nullable): a cancellable
 * @callback: called when the phone has looked
 * @user_data: for @callback
 *
 * Looks whether the phone still has @call. If so, it is watched, and moves by itself from then on.
 */
void
dial_phone_resume_async (DialPhone           *self,
                         DialCall            *call,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_PHONE (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  if (DIAL_PHONE_GET_IFACE (self)->resume_async != NULL) {
    DIAL_PHONE_GET_IFACE (self)->resume_async (self, call, cancellable, callback, user_data);
    return;
  }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_phone_resume_async);
  g_task_return_pointer (task, NULL, NULL);
}

/**
 * dial_phone_resume_finish:
 * @self: a phone
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the call that goes on: the one that was asked about, or the one the phone had
 *   told of as incoming by then; %NULL if none does
 */
DialCall *
dial_phone_resume_finish (DialPhone     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (DIAL_IS_PHONE (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  if (g_async_result_is_tagged (result, dial_phone_resume_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return DIAL_PHONE_GET_IFACE (self)->resume_finish (self, result, error);
}

/**
 * dial_phone_tell_incoming:
 * @self: a phone
 * @call: an incoming call in state ringing
 *
 * For the kinds of phones: tells that somebody calls.
 */
void
dial_phone_tell_incoming (DialPhone *self,
                          DialCall  *call)
{
  g_return_if_fail (DIAL_IS_PHONE (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  g_signal_emit (self, signals[INCOMING], 0, call);
}
