#include "dial-integration-private.h"

#include "dial-check-text.h"

/* What the credential may do, as last found out: on demand, and by itself after a refusal. Kept over restarts,
 * so that the list of integrations shows it before anything was tried. */

/* No setting of a person's: it holds what was found. */
#define KEY "check"

G_DEFINE_ENUM_TYPE (DialHealth, dial_health,
                    G_DEFINE_ENUM_VALUE (DIAL_HEALTH_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DIAL_HEALTH_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (DIAL_HEALTH_LIMITED, "limited"),
                    G_DEFINE_ENUM_VALUE (DIAL_HEALTH_BROKEN, "broken"))

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

/* Health */

static gboolean
wants_a_look (DialGreenhouseCheck *check)
{
  if (check->remarks != NULL && check->remarks[0] != NULL)
    return TRUE;

  for (guint i = 0; i < check->permissions->len; i++) {
    DialPermission *permission = g_ptr_array_index (check->permissions, i);

    if (permission->granted == DIAL_GRANT_MISSING)
      return TRUE;
  }

  return FALSE;
}

static DialHealth
find_health (DialIntegration *self)
{
  const char *problem = dial_integration_get_problem (self);

  /* Somebody to be forgotten or not is a question, everything works. */
  if (problem != NULL && problem == self->loss_problem)
    return DIAL_HEALTH_LIMITED;
  if (problem != NULL || (self->check != NULL && !self->check->ok))
    return DIAL_HEALTH_BROKEN;
  if (self->check != NULL)
    return wants_a_look (self->check) ? DIAL_HEALTH_LIMITED : DIAL_HEALTH_GOOD;

  return dial_integration_get_last_sync (self) != DIAL_INSTANT_UNKNOWN ? DIAL_HEALTH_GOOD
                                                                        : DIAL_HEALTH_UNKNOWN;
}

void
_dial_integration_update_health (DialIntegration *self)
{
  DialHealth health = find_health (self);

  if (health == self->health)
    return;

  self->health = health;
  notify (self, INTEGRATION_PROP_HEALTH);
}

/**
 * dial_integration_get_health:
 * @self: an integration
 *
 * Returns: how well it works, as far as is known
 */
DialHealth
dial_integration_get_health (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), DIAL_HEALTH_UNKNOWN);

  return self->health;
}

/* Keeping */

static void
take_check (DialIntegration     *self,
            DialGreenhouseCheck *check,
            const char          *problem)
{
  if (check != self->check) {
    g_clear_pointer (&self->check, dial_greenhouse_check_free);
    self->check = check != NULL ? dial_greenhouse_check_copy (check) : NULL;
    notify (self, INTEGRATION_PROP_CHECK);
  }
  _dial_integration_set_problem (self, &self->check_problem, problem);
  _dial_integration_update_health (self);
}

/* What was found; with @problem, why nothing could be found, and what was found before still stands. */
void
_dial_integration_keep_check (DialIntegration     *self,
                              DialGreenhouseCheck *check,
                              const char          *problem)
{
  g_autofree char *text = NULL;

  take_check (self, check, problem);
  text = dial_check_to_text (check, problem);
  _dial_integration_keep_setting (self, KEY, text);
}

/* What an earlier process found. */
void
_dial_integration_recall_check (DialIntegration *self)
{
  g_autofree char *problem = NULL;
  g_autoptr (DialGreenhouseCheck) check =
    dial_check_from_text (_dial_integration_get_setting (self, KEY), &problem);

  take_check (self, check, problem);
}

/**
 * dial_integration_get_check:
 * @self: an integration
 *
 * Returns: (transfer none) (nullable): what the last check found that came to an end
 */
DialGreenhouseCheck *
dial_integration_get_check (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->check;
}

/**
 * dial_integration_is_checking:
 * @self: an integration
 *
 * Returns: whether a check is under way
 */
gboolean
dial_integration_is_checking (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), FALSE);

  return self->checking != NULL;
}

/**
 * dial_integration_dup_report:
 * @self: an integration
 *
 * Returns: (transfer full): what was found, as text for whoever helps: without credentials, and without
 *   anybody's name or address
 */
char *
dial_integration_dup_report (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return dial_check_report (self->check, dial_integration_get_api (self),
                            *_dial_integration_get_setting (self, "acting-user") != '\0',
                            dial_integration_is_active (self),
                            dial_integration_get_problem (self));
}

/* Checking */

static void
check_ended (DialIntegration     *self,
             DialGreenhouseCheck *check,
             GError              *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->askers);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->checking);

  /* Who rests is about to be another, or nobody. */
  if (!cancelled && !self->resting)
    _dial_integration_keep_check (self, check != NULL ? check : self->check,
                                  error != NULL ? error->message : NULL);
  notify (self, INTEGRATION_PROP_CHECKING);

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_pointer (task, dial_greenhouse_check_copy (check),
                             (GDestroyNotify) dial_greenhouse_check_free);
  }

  _dial_integration_look_for_rest (self);
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouseCheck) check =
    dial_greenhouse_check_finish (DIAL_GREENHOUSE (source), result, &error);

  check_ended (self, check, error);
}

static void
on_connected_to_check (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);

  if (greenhouse == NULL)
    check_ended (self, NULL, error);
  else
    dial_greenhouse_check_async (greenhouse, self->checking, on_checked, g_object_ref (self));
}

/* One who asked lost patience: the check goes on for the others, and ends with the last of them. */
static gboolean
on_asker_cancelled (GCancellable *cancellable,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  g_autoptr (DialIntegration) self = g_object_ref (g_task_get_source_object (task));

  if (!g_ptr_array_remove (self->askers, task))
    return G_SOURCE_REMOVE;

  g_task_return_error_if_cancelled (task);
  if (self->askers->len == 0)
    g_cancellable_cancel (self->checking);

  return G_SOURCE_REMOVE;
}

static void
destroy_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
watch_patience (GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  GSource *source;

  if (cancellable == NULL)
    return;

  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, G_SOURCE_FUNC (on_asker_cancelled), task, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_task_set_task_data (task, source, (GDestroyNotify) destroy_source);
}

/**
 * dial_integration_check_async:
 * @self: an integration
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out which permissions the credential has, without writing anything. Works while inactive too.
 * While a check is under way, asking again waits for that one. What was found is kept.
 */
void
dial_integration_check_async (DialIntegration     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_check_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!_dial_integration_check_usable (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  watch_patience (task);
  g_ptr_array_add (self->askers, g_object_ref (task));
  if (self->checking != NULL)
    return;

  self->checking = g_cancellable_new ();
  notify (self, INTEGRATION_PROP_CHECKING);
  _dial_integration_connect_async (self, self->checking, on_connected_to_check,
                                   g_object_ref (self));
}

/**
 * dial_integration_check_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was found
 */
DialGreenhouseCheck *
dial_integration_check_finish (DialIntegration  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* By itself, after a refusal */

/* Where the last check found that permission missing, a refusal is no news. Of what a check does not look at
 * there is nothing to find out. */
static gboolean
is_news (DialIntegration *self,
         DialNeed         need)
{
  static const char * const words[][3] = {
    [DIAL_NEED_CANDIDATES] = { "harvest:candidates:list", "GET: List Candidates", NULL },
    [DIAL_NEED_NOTES] = { "harvest:notes:list", NULL },
    [DIAL_NEED_CREATE_NOTE] = { "harvest:notes:create", "POST: Add Note", NULL },
  };

  if (self->check == NULL)
    return TRUE;

  for (guint i = 0; i < self->check->permissions->len; i++) {
    DialPermission *permission = g_ptr_array_index (self->check->permissions, i);

    if ((permission->scope != NULL && g_strv_contains (words[need], permission->scope)) ||
        g_strv_contains (words[need], permission->name))
      return permission->granted != DIAL_GRANT_MISSING;
  }

  return FALSE;
}

/* Greenhouse refused: what has changed there? Asked once, until something works again or is set otherwise. */
void
_dial_integration_heed_error (DialIntegration *self,
                              const GError    *error,
                              DialNeed         need)
{
  gboolean forbidden = g_error_matches (error, DIAL_GREENHOUSE_ERROR,
                                        DIAL_GREENHOUSE_ERROR_FORBIDDEN);

  if (!forbidden &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS) &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED))
    return;
  if (self->by_hand || self->resting || self->has_rechecked ||
      (forbidden && !is_news (self, need)))
    return;

  self->has_rechecked = TRUE;
  dial_integration_check_async (self, NULL, NULL, NULL);
}

void
_dial_integration_heed_success (DialIntegration *self)
{
  self->has_rechecked = FALSE;
  if (self->check_problem != NULL)
    _dial_integration_keep_check (self, self->check, NULL);
  _dial_integration_update_health (self);
}
