#include "dial-call-log.h"

/* The next of a list of calls: whom to call when one is done with somebody. */

#define PAGE_SIZE 128

typedef struct {
  DialCallOrder   *order;
  guint            position;       /* of what is being loaded */
  DialIntegration *after;          /* whose candidate the next one comes after */
  gint64           after_id;
  guint            passed : 1;     /* that one was found */
  DialIntegration *first;          /* the first one there is, if nobody comes after */
  gint64           first_id;
  DialIntegration *next;
  gint64           next_id;
} Next;

static void load_page (GTask *task);

static void
next_free (Next *next)
{
  dial_call_order_unref (next->order);
  g_clear_object (&next->after);
  g_clear_object (&next->first);
  g_clear_object (&next->next);
  g_free (next);
}

/* Who has several calls in the list is one person. */
static gboolean
look_at (Next            *next,
         DialIntegration *integration,
         gint64           candidate_id)
{
  if (integration == next->after && candidate_id == next->after_id) {
    next->passed = TRUE;
    return FALSE;
  }
  if (next->first == NULL) {
    next->first = g_object_ref (integration);
    next->first_id = candidate_id;
  }
  if (!next->passed && next->after != NULL)
    return FALSE;

  next->next = g_object_ref (integration);
  next->next_id = candidate_id;
  return TRUE;
}

static void
on_page_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Next *next = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = dial_call_order_load_finish (result, &error);

  if (calls == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < calls->len; i++) {
    DialLoggedCall *logged = g_ptr_array_index (calls, i);

    /* A number without a person has no page to go to. */
    if (logged != NULL && logged->candidate != NULL &&
        look_at (next, dial_call_order_get_integration (next->order, next->position + i), logged->candidate->id)) {
      g_task_return_boolean (task, TRUE);
      return;
    }
  }

  next->position += PAGE_SIZE;
  load_page (task);
}

static void
load_page (GTask *task)
{
  Next *next = g_task_get_task_data (task);

  if (next->position < dial_call_order_count (next->order)) {
    dial_call_order_load_async (next->order, next->position, PAGE_SIZE, g_task_get_cancellable (task),
                                on_page_loaded, g_object_ref (task));
    return;
  }

  /* Who stands last, or in no such list, is followed by the first one. */
  g_set_object (&next->next, next->first);
  next->next_id = next->first_id;
  g_task_return_boolean (task, TRUE);
}

/**
 * dial_call_log_find_next_async:
 * @self: a call log
 * @integration: (nullable): whose candidate one is done with
 * @candidate_id: that candidate, who need not be in the list any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds out who comes next among the people in the list, from the last one on to the first.
 */
void
dial_call_log_find_next_async (DialCallLog         *self,
                               DialIntegration     *integration,
                               gint64               candidate_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Next *next;

  g_return_if_fail (DIAL_IS_CALL_LOG (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_call_log_find_next_async);
  next = g_new0 (Next, 1);
  next->order = dial_call_log_dup_order (self);
  g_set_object (&next->after, integration);
  next->after_id = candidate_id;
  g_task_set_task_data (task, next, (GDestroyNotify) next_free);
  load_page (task);
}

/**
 * dial_call_log_find_next_finish:
 * @self: a call log
 * @result: what the callback was given
 * @integration: (out) (transfer full) (nullable): whose candidate is next, %NULL if nobody is
 * @candidate_id: (out): who is next
 * @error: return location for an error
 *
 * Returns: whether it could be found out
 */
gboolean
dial_call_log_find_next_finish (DialCallLog      *self,
                                GAsyncResult     *result,
                                DialIntegration **integration,
                                gint64           *candidate_id,
                                GError          **error)
{
  Next *next;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  next = g_task_get_task_data (G_TASK (result));
  *integration = g_steal_pointer (&next->next);
  *candidate_id = next->next_id;
  return TRUE;
}
