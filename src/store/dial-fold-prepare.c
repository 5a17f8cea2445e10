#include "dial-fold.h"

static void
prepare (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  g_autofree char *folded = dial_fold_text ("张 И");

  g_task_return_boolean (task, TRUE);
}

/**
 * dial_fold_prepare_async:
 * @cancellable: (nullable): stops the waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Learns to read other scripts, on a thread of its own. ICU takes a tenth of a second for that, once: whoever
 * folds before takes it themselves.
 */
void
dial_fold_prepare_async (GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_fold_prepare_async);
  g_task_run_in_thread (task, prepare);
}

/**
 * dial_fold_prepare_finish:
 * @result: what the callback was given
 *
 * Returns: whether it is done
 */
gboolean
dial_fold_prepare_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
