#include "dial-desk-private.h"

/* After a restart: calls the program did not see the end of. */

/* A call left open longer ago than this is no longer fresh in anybody's mind. */
#define RESTORE_WITHIN (24 * G_TIME_SPAN_HOUR)

/* All integrations at once; who answers last takes up the call. */
typedef struct {
  DialDesk        *desk;
  guint            n_awaited;
  DialIntegration *integration;
  DialCallRecord  *latest;
} Restoring;

typedef struct {
  Restoring       *restoring;
  DialIntegration *integration;
} Asked;

static void
restoring_free (Restoring *restoring)
{
  g_clear_object (&restoring->desk);
  g_clear_object (&restoring->integration);
  g_clear_object (&restoring->latest);
  g_free (restoring);
}

/* The record tells what is known, and waits among the calls that are not wrapped up. */
static void
end_in_log (DialIntegration *integration,
            DialCallRecord  *record)
{
  g_autoptr (DialPhoneNumber) number =
    dial_phone_number_new_stored (record->number, NULL, record->e164, NULL, NULL);
  g_autoptr (DialCall) call = dial_call_new_restored (record, number, NULL);

  _dial_desk_log_call (integration, call, record->wrapped_up);
}

static gboolean
is_running (DialDesk       *self,
            DialCallRecord *record)
{
  return _dial_desk_is_waiting (self, record->uid) ||
         (self->call != NULL && g_str_equal (dial_call_get_uid (self->call), record->uid));
}

static void
look_at (Restoring       *restoring,
         DialIntegration *integration,
         DialCallRecord  *record)
{
  gboolean fresh = record->started_at >= g_get_real_time () - RESTORE_WITHIN;

  /* The recruiter was faster than the store. */
  if (is_running (restoring->desk, record))
    return;

  if (record->state != DIAL_CALL_STATE_ENDED)
    end_in_log (integration, record);

  if (fresh && !record->wrapped_up && record->outcome != DIAL_OUTCOME_MISSED &&
      (restoring->latest == NULL || record->started_at > restoring->latest->started_at)) {
    g_set_object (&restoring->latest, record);
    g_set_object (&restoring->integration, integration);
  }
}

static void
on_open_calls_listed (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (DialIntegration) integration = asked->integration;
  Restoring *restoring = asked->restoring;
  g_autoptr (GPtrArray) calls = dial_store_list_open_calls_finish (DIAL_STORE (source), result,
                                                                   NULL);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    look_at (restoring, integration, g_ptr_array_index (calls, i));

  if (--restoring->n_awaited > 0)
    return;

  /* Whoever is called by now comes first; the other one still waits in the call log. */
  if (restoring->latest != NULL)
    dial_desk_take_up_call_async (restoring->desk, restoring->integration, restoring->latest->uid,
                                  NULL, NULL, NULL);
  restoring_free (restoring);
}

/* Ends in the call log what nobody saw the end of. The latest call that was never wrapped up comes back
 * to the desk for it; the others stay to be found as not wrapped up. */
void
_dial_desk_restore_calls (DialDesk *self)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->desk = g_object_ref (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);
    Asked *asked;

    if (_dial_integration_is_broken (integration))
      continue;

    asked = g_new0 (Asked, 1);
    asked->restoring = restoring;
    asked->integration = g_object_ref (integration);
    restoring->n_awaited++;
    dial_store_list_open_calls_async (dial_integration_get_store (integration), NULL,
                                      on_open_calls_listed, asked);
  }

  if (restoring->n_awaited == 0)
    restoring_free (restoring);
}
