#include "dial-check-private.h"

#include <glib/gi18n.h>

/* What a credential may do, found out without writing anything: the door, and what the dialects'
 * checks share. */

/* From so many seconds on a clock is worth a remark. */
#define SKEW_TO_TELL 60

/**
 * dial_check_new:
 * @self: a Greenhouse
 * @skew: Greenhouse's clock minus ours, in seconds
 *
 * Returns: (transfer full): an outcome without permissions, which is fine so far
 */
DialGreenhouseCheck *
dial_check_new (DialGreenhouse *self,
                int             skew)
{
  DialGreenhouseCheck *check = g_new0 (DialGreenhouseCheck, 1);

  check->ok = TRUE;
  check->api = self->dialect->api;
  check->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_permission_free);
  check->remarks = g_new0 (char *, 1);
  check->clock_skew = skew;
  check->allowance = dial_greenhouse_queue_get_limit (self->queue);
  check->window = (int) self->dialect->window;
  check->checked_at = g_get_real_time ();

  if (ABS (skew) > SKEW_TO_TELL) {
    g_autofree char *sentence = dial_errand_describe_skew (skew);

    dial_check_remark (check, sentence);
  }

  return check;
}

/**
 * dial_check_add:
 * @check: an outcome
 * @self: a Greenhouse
 * @probe: what was tried
 * @grant: whether it is granted
 * @remedy: (nullable): what to do about it
 *
 * Adds a row.
 */
void
dial_check_add (DialGreenhouseCheck *check,
                DialGreenhouse      *self,
                const DialProbe     *probe,
                DialGrant            grant,
                const char          *remedy)
{
  const DialErrandWords *words = &self->dialect->errands[probe->errand];
  DialPermission *permission = g_new0 (DialPermission, 1);

  permission->name = g_strdup (words->permission);
  permission->scope = g_strdup (words->scope);
  permission->required = probe->required;
  permission->granted = grant;
  permission->advice = g_strjoin (" ", _(probe->without), remedy, NULL);
  g_ptr_array_add (check->permissions, permission);

  if (probe->required && grant == DIAL_GRANT_MISSING)
    check->ok = FALSE;
}

/* Adds a sentence. */
void
dial_check_remark (DialGreenhouseCheck *check,
                   const char          *sentence)
{
  guint length = g_strv_length (check->remarks);

  check->remarks = g_renew (char *, check->remarks, length + 2);
  check->remarks[length] = g_strdup (sentence);
  check->remarks[length + 1] = NULL;
}

/**
 * dial_check_is_fatal:
 * @error: why a probe failed
 *
 * Returns: whether it makes the outcome of all the others worthless, and is the outcome itself
 */
gboolean
dial_check_is_fatal (const GError *error)
{
  return error->domain != DIAL_GREENHOUSE_ERROR ||
         error->code == DIAL_GREENHOUSE_ERROR_CREDENTIALS ||
         error->code == DIAL_GREENHOUSE_ERROR_NETWORK ||
         error->code == DIAL_GREENHOUSE_ERROR_BUSY ||
         error->code == DIAL_GREENHOUSE_ERROR_FOREIGN_HOST ||
         error->code == DIAL_GREENHOUSE_ERROR_RETIRED;
}

/**
 * dial_greenhouse_check_async:
 * @self: a Greenhouse
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Tries the credential, with a new token where there are tokens, never writing. A missing
 * permission is part of the outcome; wrong credentials and a network that does not work are errors.
 */
void
dial_greenhouse_check_async (DialGreenhouse      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_check_async);
  self->dialect->check (task);
}

/**
 * dial_greenhouse_check_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): what the credential may do
 */
DialGreenhouseCheck *
dial_greenhouse_check_finish (DialGreenhouse  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
