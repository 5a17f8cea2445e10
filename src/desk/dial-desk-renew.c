#include "dial-desk-private.h"

#include <glib/gi18n.h>

#include "dial-keys.h"

/* New credentials for an integration that stays: candidates, calls and notes are kept. What they open is tried
 * first; then the keyring's item is replaced, which takes the old key away, and after it the settings follow.
 * Cut short between the two, the next one who connects finds the keyring right and the settings behind, and
 * mends that (see dial-integration-connect.c). */

/* So many candidates that are stored here are looked for where nothing else tells the company. */
#define SAMPLE 12

typedef struct {
  DialIntegration     *integration;
  DialKeys            *keys;
  DialGreenhouse      *greenhouse;
  DialGreenhouseCheck *check;
  GHashTable          *settings;
  GPtrArray           *sample;
  guint                n_sampled;
} Renewal;

static void
renewal_free (Renewal *renewal)
{
  g_clear_object (&renewal->integration);
  g_clear_object (&renewal->greenhouse);
  g_clear_pointer (&renewal->keys, dial_keys_free);
  g_clear_pointer (&renewal->check, dial_greenhouse_check_free);
  g_clear_pointer (&renewal->settings, g_hash_table_unref);
  g_clear_pointer (&renewal->sample, g_ptr_array_unref);
  g_free (renewal);
}

/* Replacing */

static void
give_up (GTask  *task,
         GError *error)
{
  Renewal *renewal = g_task_get_task_data (task);

  _dial_integration_resume (renewal->integration);
  g_task_return_error (task, error);
}

static void
on_positions_forgotten (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_forget_positions_finish (DIAL_STORE (source), result, &error)) {
    give_up (task, error);
    return;
  }

  _dial_integration_resume (renewal->integration);
  g_task_return_boolean (task, TRUE);
}

static void
on_settings_saved (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  DialIntegration *integration = renewal->integration;
  gboolean other_dialect = renewal->keys->api != dial_integration_get_api (integration);
  GError *error = NULL;
  GHashTableIter iter;
  gpointer key, value;

  _dial_integration_drop_door (integration);
  if (!dial_store_save_settings_finish (DIAL_STORE (source), result, &error)) {
    give_up (task, error);
    return;
  }

  g_hash_table_iter_init (&iter, renewal->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    _dial_integration_take_setting (integration, key, value);
  _dial_integration_keep_check (integration, renewal->check, NULL);

  /* A page's address means nothing to the other dialect. */
  if (other_dialect) {
    dial_store_forget_positions_async (DIAL_STORE (source), NULL, on_positions_forgotten,
                                       g_object_ref (task));
  } else {
    _dial_integration_resume (integration);
    g_task_return_boolean (task, TRUE);
  }
}

static void
on_secret_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_secrets_store_finish (DIAL_SECRETS (source), result, &error)) {
    give_up (task, error);
    return;
  }

  renewal->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (renewal->settings, g_strdup ("api"),
                       g_strdup (dial_enum_to_nick (DIAL_TYPE_API, renewal->keys->api)));
  g_hash_table_insert (renewal->settings, g_strdup ("acting-user"),
                       g_strdup (renewal->keys->acting_user));
  dial_store_save_settings_async (dial_integration_get_store (renewal->integration),
                                  renewal->settings, NULL, on_settings_saved, g_object_ref (task));
}

static void
on_at_rest (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Renewal *renewal = g_task_get_task_data (task);

  _dial_integration_rest_finish (DIAL_INTEGRATION (source), result, NULL);

  /* Past the point where it could be stopped: a keyring that is locked asks, or says so. */
  dial_secrets_replace_async (self->secrets, dial_integration_get_id (renewal->integration),
                              dial_integration_get_name (renewal->integration),
                              renewal->keys->client_id, renewal->keys->secret,
                              g_task_get_cancellable (task), on_secret_stored,
                              g_object_ref (task));
}

static void
replace (GTask *task)
{
  Renewal *renewal = g_task_get_task_data (task);

  _dial_integration_rest_async (renewal->integration, on_at_rest, g_object_ref (task));
}

/* Whether it is the same company */

static void
return_other_company (GTask *task)
{
  Renewal *renewal = g_task_get_task_data (task);

  g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_OTHER_COMPANY,
                           /* Translators: the name of an integration */
                           _("These credentials belong to another Greenhouse than the candidates of "
                             "“%s”: enter credentials of the same company, or add it as an "
                             "integration of its own."),
                           dial_integration_get_name (renewal->integration));
}

static void look_for_next (GTask *task);

static void
on_candidate_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialCandidate) candidate =
    dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (candidate != NULL)
    replace (task);
  else
    look_for_next (task);
}

/* Looks for the sampled candidates, of whom some may have been deleted since. */
static void
look_for_next (GTask *task)
{
  Renewal *renewal = g_task_get_task_data (task);
  DialCandidate *next;

  if (renewal->sample->len == 0) {
    replace (task);
    return;
  }
  if (renewal->n_sampled == renewal->sample->len) {
    return_other_company (task);
    return;
  }

  next = g_ptr_array_index (renewal->sample, renewal->n_sampled++);
  dial_greenhouse_get_candidate_async (renewal->greenhouse, next->id, DIAL_URGENCY_NOW, g_task_get_cancellable (task),
                                       on_candidate_read, g_object_ref (task));
}

static void
on_sample_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  GError *error = NULL;

  renewal->sample = dial_store_load_candidates_finish (DIAL_STORE (source), result, &error);
  if (renewal->sample == NULL)
    g_task_return_error (task, error);
  else
    look_for_next (task);
}

/* Takes candidates from all over the list. */
static void
on_everybody_found (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DialFindings) everybody = dial_store_search_finish (DIAL_STORE (source), result,
                                                                 &error);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n;

  if (everybody == NULL) {
    g_task_return_error (task, error);
    return;
  }

  n = MIN (everybody->places->len, SAMPLE);
  for (guint i = 0; i < n; i++) {
    guint index = (guint) ((guint64) everybody->places->len * i / n);
    gint64 place = dial_places_get (everybody->places, index);

    g_array_append_val (places, place);
  }
  dial_store_load_candidates_async (DIAL_STORE (source), places, g_task_get_cancellable (task),
                                    on_sample_loaded, g_object_ref (task));
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  DialGreenhouseCheck *former = dial_integration_get_check (renewal->integration);
  g_autoptr (DialQuery) all = dial_query_new (NULL);
  GError *error = NULL;

  renewal->check = dial_greenhouse_check_finish (DIAL_GREENHOUSE (source), result, &error);
  if (renewal->check == NULL || !_dial_desk_check_suffices (renewal->check, &error))
    g_task_return_error (task, error);
  else if (former == NULL || former->organization == NULL || renewal->check->organization == NULL)
    dial_store_search_async (dial_integration_get_store (renewal->integration), all, 0,
                             g_task_get_cancellable (task), on_everybody_found,
                             g_object_ref (task));
  else if (g_str_equal (former->organization, renewal->check->organization))
    replace (task);
  else
    return_other_company (task);
}

/**
 * dial_desk_renew_integration_async:
 * @self: a desk
 * @integration: one of its integrations
 * @form: what was typed; only the dialect, the client id, the secret and the acting user count
 * @cancellable: (nullable): stops it before anything is replaced
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gives an integration other credentials, of the same dialect or the other, once Greenhouse has taken
 * them and shows the same company. The old ones are erased; candidates, calls, notes and settings stay.
 */
void
dial_desk_renew_integration_async (DialDesk                 *self,
                                   DialIntegration          *integration,
                                   const DialNewIntegration *form,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Renewal *renewal;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (form != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_renew_integration_async);
  g_task_set_check_cancellable (task, FALSE);

  renewal = g_new0 (Renewal, 1);
  renewal->integration = g_object_ref (integration);
  g_task_set_task_data (task, renewal, (GDestroyNotify) renewal_free);

  if (!_dial_integration_check_usable (integration, &error) ||
      (renewal->keys = dial_keys_read (form, &error)) == NULL ||
      (renewal->greenhouse =
         dial_keys_open (renewal->keys, _dial_integration_get_setting (integration, "harvest-url"),
                         _dial_integration_get_setting (integration, "auth-url"),
                         &error)) == NULL) {
    g_task_return_error (task, error);
    return;
  }

  dial_greenhouse_check_async (renewal->greenhouse, cancellable, on_checked, g_object_ref (task));
}

/**
 * dial_desk_renew_integration_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; the `FIELD` codes of [error@DeskError] name the field that is meant,
 *   %DIAL_DESK_ERROR_OTHER_COMPANY says that the candidates are somebody else's
 *
 * Returns: whether the new credentials took the place of the old ones
 */
gboolean
dial_desk_renew_integration_finish (DialDesk      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
