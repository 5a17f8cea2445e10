#include "dial-desk-private.h"

/* After a restart: calls the program did not see the end of. */

/* A call left open longer ago than this is no longer fresh in anybody's mind. */
#define RESTORE_WITHIN (24 * G_TIME_SPAN_HOUR)

/* All integrations at once, and each call that ran. */
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

/* Who answers last takes up the call. */
static void
restored (Restoring *restoring)
{
  if (--restoring->n_awaited > 0)
    return;

  _dial_desk_hear_early (restoring->desk);
  /* Whoever is called by now comes first; the other one still waits in the call log. */
  if (restoring->latest != NULL)
    dial_desk_take_up_call_async (restoring->desk, restoring->integration, restoring->latest->uid,
                                  NULL, NULL, NULL);
  restoring_free (restoring);
}

static gboolean
is_fresh (DialCallRecord *record)
{
  return record->started_at >= g_get_real_time () - RESTORE_WITHIN;
}

static void
take_for_wrap_up (Restoring       *restoring,
                  DialIntegration *integration,
                  DialCallRecord  *record)
{
  if (is_fresh (record) && !record->wrapped_up && record->outcome != DIAL_OUTCOME_MISSED &&
      (restoring->latest == NULL || record->started_at > restoring->latest->started_at)) {
    g_set_object (&restoring->latest, record);
    g_set_object (&restoring->integration, integration);
  }
}

/* A call that ran when the program ended: its phone may have it still. */
typedef struct {
  Restoring       *restoring;
  DialIntegration *integration;
  DialCallRecord  *record;
  DialCandidate   *candidate;
  DialCall        *call;
} Resuming;

static void
resuming_free (Resuming *resuming)
{
  g_object_unref (resuming->integration);
  g_object_unref (resuming->record);
  g_clear_object (&resuming->candidate);
  g_clear_object (&resuming->call);
  g_free (resuming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Resuming, resuming_free)

static void
on_resumed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Resuming) resuming = user_data;
  DialDesk *desk = resuming->restoring->desk;
  g_autoptr (DialCall) call = dial_phone_resume_finish (DIAL_PHONE (source), result, NULL);

  if (call == NULL) {
    end_in_log (resuming->integration, resuming->record);
    take_for_wrap_up (resuming->restoring, resuming->integration, resuming->record);
  } else if (call == resuming->call) {
    _dial_desk_log_call (resuming->integration, call, FALSE);
    _dial_desk_take_or_keep (desk, call, resuming->integration, DIAL_PHONE (source), resuming->candidate);
  } else {
    /* It rang before, and rings still: it has come in anew. */
    dial_store_forget_call_async (dial_integration_get_store (resuming->integration), resuming->record, NULL, NULL,
                                  NULL);
  }
  restored (resuming->restoring);
}

static void
on_candidate_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Resuming) resuming = user_data;
  DialCallRecord *record = resuming->record;
  DialPhone *phone = dial_desk_find_phone (resuming->restoring->desk, record->phone_id);
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new_stored (record->number, NULL, record->e164, NULL, NULL);
  g_autofree char *name = NULL;
  DialCall *call;

  resuming->candidate = dial_store_load_candidate_finish (DIAL_STORE (source), result, NULL);
  if (resuming->candidate != NULL)
    name = dial_candidate_dup_name (resuming->candidate);
  call = resuming->call = dial_call_new_resumed (record, number, name);
  dial_phone_resume_async (phone, call, NULL, on_resumed, g_steal_pointer (&resuming));
}

static void
resume (Restoring       *restoring,
        DialIntegration *integration,
        DialCallRecord  *record)
{
  Resuming *resuming = g_new0 (Resuming, 1);

  resuming->restoring = restoring;
  resuming->integration = g_object_ref (integration);
  resuming->record = g_object_ref (record);
  restoring->n_awaited++;
  dial_store_load_candidate_async (dial_integration_get_store (integration), record->candidate_id, NULL,
                                   on_candidate_loaded, resuming);
}

static void
look_at (Restoring       *restoring,
         DialIntegration *integration,
         DialCallRecord  *record)
{
  /* The recruiter was faster than the store. */
  if (is_running (restoring->desk, record))
    return;

  if (record->state != DIAL_CALL_STATE_ENDED && is_fresh (record) && record->phone_id != NULL &&
      dial_desk_find_phone (restoring->desk, record->phone_id) != NULL) {
    resume (restoring, integration, record);
    return;
  }

  if (record->state != DIAL_CALL_STATE_ENDED)
    end_in_log (integration, record);
  take_for_wrap_up (restoring, integration, record);
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

  restored (restoring);
}

/* A call that still runs goes on at the desk; what nobody saw the end of ends in the call log. The latest call that
 * was never wrapped up comes back to the desk for it; the others stay to be found as not wrapped up. */
void
_dial_desk_restore_calls (DialDesk *self)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->desk = g_object_ref (self);
  restoring->n_awaited = 1;
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

  restored (restoring);
}
