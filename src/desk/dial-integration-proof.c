#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-courier-private.h"

/* Once a day: whether the notes of the last days still stand in Greenhouse. Cut short, it goes on where it was. */

#define DAY  DIAL_SECONDS (24 * 60 * 60)

/* Not while everything else begins, nor at the same moment as everybody else. */
#define FIRST_LOOK_SECONDS 120
#define LOOK_EVERY_SECONDS 3600

static gint64
get_instant (DialIntegration *self,
             const char      *key)
{
  gint64 instant = g_ascii_strtoll (_dial_integration_get_setting (self, key), NULL, 10);

  /* Written down by a clock that was fast. */
  return instant <= g_get_real_time () ? instant : 0;
}

static void
keep_instant (DialIntegration *self,
              const char      *key,
              gint64           instant)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, instant);

  _dial_integration_keep_setting (self, key, text);
}

static void
on_looked_back (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (dial_courier_look_back_finish (DIAL_COURIER (source), result, &error)) {
    keep_instant (self, "looked-back-at", get_instant (self, "look-back-began-at"));
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, error);
  }
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = DIAL_INTEGRATION (source);
  GError *error = NULL;
  g_autoptr (DialGreenhouse) greenhouse = _dial_integration_connect_finish (self, result, &error);
  gint64 began_at = get_instant (self, "look-back-began-at");

  if (greenhouse == NULL) {
    g_task_return_error (task, error);
    return;
  }

  /* What an unfinished one of today has seen need not be looked for again. */
  if (began_at <= get_instant (self, "looked-back-at") || began_at < g_get_real_time () - DAY) {
    began_at = g_get_real_time ();
    keep_instant (self, "look-back-began-at", began_at);
  }
  dial_courier_look_back_async (self->courier, greenhouse, began_at, _dial_integration_get_patience (self),
                                g_task_get_cancellable (task), on_looked_back, g_object_ref (task));
}

/**
 * dial_integration_look_back_async:
 * @self: an integration
 * @cancellable: (nullable): stops it; the next one goes on where it was
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks whether the notes of the last days still stand in Greenhouse as they were sent. What is gone or reads
 * otherwise needs a look. Happens by itself once a day.
 */
void
dial_integration_look_back_async (DialIntegration     *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_look_back_async);
  if (_dial_integration_check_active (self, &error))
    _dial_integration_connect_async (self, cancellable, on_connected, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dial_integration_look_back_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location for why not all could be looked for
 *
 * Returns: whether all were looked for
 */
gboolean
dial_integration_look_back_finish (DialIntegration  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* By itself */

static void plan_look_back (DialIntegration *self,
                            guint            seconds);

static void
on_look_back_done (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DialIntegration *self = DIAL_INTEGRATION (source);
  g_autoptr (GError) error = NULL;

  self->looking_back = FALSE;
  if (!dial_integration_look_back_finish (self, result, &error))
    g_debug ("The notes of the last days could not all be looked for: %s", error->message);
  _dial_integration_look_for_rest (self);
}

static void
on_look_back_timer (gpointer user_data)
{
  DialIntegration *self = user_data;

  self->look_back_timer = 0;
  plan_look_back (self, LOOK_EVERY_SECONDS);
  if (self->looking_back || get_instant (self, "looked-back-at") > g_get_real_time () - DAY)
    return;

  self->looking_back = TRUE;
  dial_integration_look_back_async (self, self->work, on_look_back_done, NULL);
}

static void
plan_look_back (DialIntegration *self,
                guint            seconds)
{
  g_clear_handle_id (&self->look_back_timer, g_source_remove);
  if (_dial_integration_works_by_itself (self))
    self->look_back_timer = g_timeout_add_once ((seconds + g_random_int_range (0, (int) seconds)) * 1000,
                                                on_look_back_timer, self);
}

void
_dial_integration_start_looking_back (DialIntegration *self)
{
  plan_look_back (self, FIRST_LOOK_SECONDS);
}

void
_dial_integration_stop_looking_back (DialIntegration *self)
{
  g_clear_handle_id (&self->look_back_timer, g_source_remove);
}
