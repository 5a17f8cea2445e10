#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-note-text.h"

/* One candidate at a time: reading the person anew, the activity feed, and writing into it by way of the
 * outbox. */

/* Reading */

static void
on_applications_saved (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_save_page_finish (DIAL_STORE (source), result, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_candidate_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCandidate *candidate = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_page_finish (DIAL_STORE (source), result, NULL, NULL, &error))
    g_task_return_error (task, error);
  else if (candidate->applications == NULL || candidate->applications->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    dial_store_save_page_async (DIAL_STORE (source), DIAL_RESOURCE_APPLICATIONS,
                                candidate->applications, NULL, g_task_get_cancellable (task),
                                on_applications_saved, g_object_ref (task));
}

static void
on_candidate_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) page = NULL;
  DialCandidate *candidate;
  GError *error = NULL;

  candidate = dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);
  if (error != NULL) {
    _dial_integration_heed_error (self, error, DIAL_NEED_CANDIDATES);
    g_task_return_error (task, error);
    return;
  }
  if (candidate == NULL) {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                             _("This candidate is not in Greenhouse any more: deleted, merged into "
                               "another, or hidden from you."));
    return;
  }

  g_task_set_task_data (task, candidate, g_object_unref);
  page = g_ptr_array_new ();
  g_ptr_array_add (page, candidate);
  dial_store_save_page_async (self->store, DIAL_RESOURCE_CANDIDATES, page, NULL,
                              g_task_get_cancellable (task), on_candidate_saved,
                              g_object_ref (task));
}

static void
on_connected_to_refresh (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 *candidate_id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialGreenhouse) greenhouse =
    _dial_integration_connect_finish (DIAL_INTEGRATION (source), result, &error);

  if (greenhouse == NULL)
    g_task_return_error (task, error);
  else
    dial_greenhouse_get_candidate_async (greenhouse, *candidate_id, DIAL_URGENCY_NOW,
                                         g_task_get_cancellable (task), on_candidate_read,
                                         g_object_ref (task));
}

static GTask *
new_candidate_task (DialIntegration     *self,
                    gpointer             source_tag,
                    gint64               candidate_id,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, g_memdup2 (&candidate_id, sizeof candidate_id), g_free);
  return task;
}

/**
 * dial_integration_refresh_candidate_async:
 * @self: an integration
 * @candidate_id: a candidate
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads one candidate and the candidate's applications anew from Greenhouse into the store.
 */
void
dial_integration_refresh_candidate_async (DialIntegration     *self,
                                          gint64               candidate_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = new_candidate_task (self, dial_integration_refresh_candidate_async, candidate_id,
                             cancellable, callback, user_data);
  if (_dial_integration_check_active (self, &error))
    _dial_integration_connect_async (self, cancellable, on_connected_to_refresh,
                                     g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dial_integration_refresh_candidate_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_NOT_FOUND if the candidate is gone from Greenhouse
 *
 * Returns: whether the store has the candidate as Greenhouse has it
 */
gboolean
dial_integration_refresh_candidate_finish (DialIntegration  *self,
                                           GAsyncResult     *result,
                                           GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_feed_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_save_notes_finish (DIAL_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_feed_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  gint64 *candidate_id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source),
                                                                   result, &error);

  if (notes == NULL) {
    _dial_integration_heed_error (self, error, DIAL_NEED_NOTES);
    g_task_return_error (task, error);
    return;
  }

  _dial_integration_look_for_doubles (self, notes);
  dial_store_save_notes_async (self->store, *candidate_id, notes, g_task_get_cancellable (task),
                               on_feed_saved, g_object_ref (task));
}

static void
on_connected_to_read_feed (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 *candidate_id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialGreenhouse) greenhouse =
    _dial_integration_connect_finish (DIAL_INTEGRATION (source), result, &error);

  if (greenhouse == NULL)
    g_task_return_error (task, error);
  else
    dial_greenhouse_list_notes_async (greenhouse, *candidate_id, DIAL_INSTANT_UNKNOWN,
                                      DIAL_URGENCY_NOW, g_task_get_cancellable (task),
                                      on_feed_read, g_object_ref (task));
}

/* Reads the candidate's activity feed into the store. */
void
_dial_integration_read_feed_async (DialIntegration     *self,
                                   gint64               candidate_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = new_candidate_task (self, _dial_integration_read_feed_async,
                                               candidate_id, cancellable, callback, user_data);
  GError *error = NULL;

  if (_dial_integration_check_active (self, &error))
    _dial_integration_connect_async (self, cancellable, on_connected_to_read_feed,
                                     g_object_ref (task));
  else
    g_task_return_error (task, error);
}

gboolean
_dial_integration_read_feed_finish (DialIntegration  *self,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Writing */

static void
on_note_queued (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 id = dial_store_queue_note_finish (DIAL_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }

  _dial_integration_wake_courier (g_task_get_source_object (task));
  g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

static void
on_note_candidate_loaded (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialOutboxItem *item = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (source),
                                                                          result, &error);

  if (candidate != NULL) {
    dial_store_queue_note_async (DIAL_STORE (source), item, NULL, TRUE, NULL, on_note_queued,
                                 g_object_ref (task));
  } else if (error == NULL || g_error_matches (error, DIAL_STORE_ERROR,
                                               DIAL_STORE_ERROR_NOT_FOUND)) {
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, item->candidate_id);

    g_clear_error (&error);
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                             _("There is no candidate %s on this computer: sync first, or check "
                               "the number."), id);
  } else {
    g_task_return_error (task, error);
  }
}

/**
 * dial_integration_write_note_async:
 * @self: an integration
 * @candidate_id: whose activity feed
 * @text: what was typed
 * @visibility: who may read it; %DIAL_VISIBILITY_UNKNOWN takes the integration's own
 * @cancellable: (nullable): not used once the note is being written down
 * @callback: called when it is in the outbox, on disk
 * @user_data: for @callback
 *
 * Writes a note that is about no call, and clears the candidate's draft. The courier takes it to
 * Greenhouse.
 */
void
dial_integration_write_note_async (DialIntegration     *self,
                                   gint64               candidate_id,
                                   const char          *text,
                                   DialVisibility       visibility,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *trimmed = NULL;
  g_autofree char *signer = NULL;
  DialOutboxItem *item;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_integration_write_note_async);

  trimmed = g_strstrip (g_strdup (text));
  if (*trimmed == '\0') {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("The note is empty: type something first."));
    return;
  }
  if (!_dial_integration_check_active (self, &error)) {
    g_task_return_error (task, error);
    return;
  }

  item = dial_outbox_item_new (0);
  item->candidate_id = candidate_id;
  item->reference = dial_note_text_new_reference ();
  g_free (item->body);
  signer = _dial_integration_dup_signer (self);
  item->body = dial_note_text_for_note (trimmed, signer, item->reference);
  item->visibility = visibility != DIAL_VISIBILITY_UNKNOWN ? visibility
                                                            : dial_integration_get_visibility (self);
  item->created_at = g_get_real_time ();
  _dial_integration_sign (self, item);
  g_task_set_task_data (task, item, g_object_unref);

  dial_store_load_candidate_async (self->store, candidate_id, cancellable,
                                   on_note_candidate_loaded, g_object_ref (task));
}

/**
 * dial_integration_write_note_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: the outbox's id of the note, 0 on failure
 */
gint64
dial_integration_write_note_finish (DialIntegration  *self,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_autofree gint64 *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id != NULL ? *id : 0;
}
