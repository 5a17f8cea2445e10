#include "dial-logged-call.h"

G_DEFINE_FINAL_TYPE (DialLoggedCall, dial_logged_call, G_TYPE_OBJECT)

static void
dial_logged_call_finalize (GObject *object)
{
  DialLoggedCall *self = DIAL_LOGGED_CALL (object);

  g_clear_object (&self->call);
  g_clear_object (&self->candidate);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (dial_logged_call_parent_class)->finalize (object);
}

static void
dial_logged_call_class_init (DialLoggedCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_logged_call_finalize;
}

static void
dial_logged_call_init (DialLoggedCall *self)
{
}

/**
 * dial_logged_call_new:
 * @call: a call
 *
 * Returns: (transfer full): the call, to be filled before it is handed on
 */
DialLoggedCall *
dial_logged_call_new (DialCallRecord *call)
{
  DialLoggedCall *self = g_object_new (DIAL_TYPE_LOGGED_CALL, NULL);

  self->call = g_object_ref (call);
  return self;
}

/**
 * dial_logged_call_is_unlogged:
 * @self: a logged call
 *
 * Returns: whether it is one of %DIAL_CALL_FILTER_UNLOGGED
 */
gboolean
dial_logged_call_is_unlogged (DialLoggedCall *self)
{
  g_return_val_if_fail (DIAL_IS_LOGGED_CALL (self), FALSE);

  return self->call->state == DIAL_CALL_STATE_ENDED && self->item == NULL && !self->call->dropped &&
         self->call->outcome != DIAL_OUTCOME_CANCELLED && self->call->outcome != DIAL_OUTCOME_FAILED;
}
