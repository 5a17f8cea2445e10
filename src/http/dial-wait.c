#include "dial-wait.h"

static gboolean
wait_is_over_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * dial_wait_async:
 * @milliseconds: how long
 * @cancellable: (nullable): ends the wait
 * @callback: called afterwards
 * @user_data: for @callback
 *
 * Waits.
 */
void
dial_wait_async (guint                milliseconds,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  g_task_set_source_tag (task, dial_wait_async);

  if (cancellable != NULL) {
    g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

    g_source_set_dummy_callback (cancelled);
    g_source_add_child_source (source, cancelled);
  }

  g_task_attach_source (task, source, wait_is_over_cb);
}

/**
 * dial_wait_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Returns: %FALSE if it was cancelled
 */
gboolean
dial_wait_finish (GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dial_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_watch_cancelled:
 * @cancellable: (nullable): a cancellable
 * @callback: called from the main context once it is cancelled
 * @user_data: for @callback
 *
 * Unlike a handler of the signal, a source may be taken away from within its own callback.
 *
 * Returns: (transfer full) (nullable): a source to destroy; %NULL without a cancellable
 */
GSource *
dial_watch_cancelled (GCancellable           *cancellable,
                      GCancellableSourceFunc  callback,
                      gpointer                user_data)
{
  GSource *source;

  if (cancellable == NULL)
    return NULL;

  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, G_SOURCE_FUNC (callback), user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/**
 * dial_wait_before_retry:
 * @n_failed: how often it failed, from 1
 *
 * Returns: milliseconds to wait before the next try: longer each time, and never quite the same, so
 *   that many desks do not come back at once
 */
guint
dial_wait_before_retry (guint n_failed)
{
  static const int waits[] = { 500, 1500, 4000 };
  int wait = waits[CLAMP (n_failed, 1, G_N_ELEMENTS (waits)) - 1];

  return wait * 3 / 4 + g_random_int_range (0, wait / 2);
}
