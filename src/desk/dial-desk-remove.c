#include "dial-desk-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dial-spare.h"

/* Removing integrations. Work comes to rest, other processes let go, the keyring's item goes, then the files,
 * and of these the store itself last: what fails half-way leaves an integration that can be removed again. */

/* How long another process may go on with what it is at. */
#define LOCK_SECONDS 10

/* The files */

/* The store, its write-ahead log, its lock, its copies from before a migration. */
static gboolean
belongs_to (const char *name,
            const char *id)
{
  size_t length = strlen (id);

  return g_str_has_prefix (name, id) && (name[length] == '.' || name[length] == '-');
}

static int
delete_file (const char *profile,
             const char *name)
{
  g_autofree char *path = g_build_filename (profile, name, NULL);

  return g_unlink (path) == 0 || errno == ENOENT ? 0 : errno;
}

/* Without the first two the third is an integration that has lost its name. */
static const char * const store_suffixes[] = { ".sqlite-wal", ".sqlite-shm", ".sqlite", NULL };

static gboolean
is_store (const char *name,
          const char *id)
{
  return g_strv_contains (store_suffixes, name + strlen (id));
}

typedef struct {
  char *profile;
  char *id;
} Files;

static void
files_free (gpointer data)
{
  Files *files = data;

  g_free (files->profile);
  g_free (files->id);
  g_free (files);
}

/* What lies beside the store goes first: as long as something is left, the store is, by which it is found. */
static void
delete_files (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const char *profile = ((Files *) task_data)->profile;
  const char *id = ((Files *) task_data)->id;
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);
  g_autofree char *store_name = g_strconcat (id, ".sqlite", NULL);
  g_autofree char *store_path = g_build_filename (profile, store_name, NULL);
  const char *name;
  int failure = 0;

  dial_spare_drop_all (store_path);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (belongs_to (name, id) && !is_store (name, id)) {
      int problem = delete_file (profile, name);

      failure = problem != 0 ? problem : failure;
    }
  }
  for (guint i = 0; failure == 0 && store_suffixes[i] != NULL; i++) {
    g_autofree char *file = g_strconcat (id, store_suffixes[i], NULL);

    failure = delete_file (profile, file);
  }

  if (failure != 0)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED,
                             /* Translators: a folder, and what the system says */
                             _("The integration's files in %s could not be deleted: %s. Correct the "
                               "folder's permissions, then remove the integration again."),
                             profile, g_strerror (failure));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Deletes all files of the integration @id, which must be closed. */
void
_dial_desk_delete_files_async (DialDesk            *self,
                               const char          *id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  /* Without a source: the thread may be the last to let go of its task. */
  g_autoptr (GTask) deletion = g_task_new (NULL, NULL, on_deleted, g_object_ref (task));
  Files *files = g_new0 (Files, 1);

  files->profile = g_strdup (self->profile);
  files->id = g_strdup (id);
  g_task_set_source_tag (task, _dial_desk_delete_files_async);
  g_task_set_source_tag (deletion, delete_files);
  g_task_set_task_data (deletion, files, files_free);
  g_task_run_in_thread (deletion, delete_files);
}

gboolean
_dial_desk_delete_files_finish (DialDesk      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Removing */

typedef struct {
  DialIntegration *integration;
  GCancellable    *patience;      /* with other processes */
  guint            timer;
  DialStoreLock    lock;          /* the one that is waited for */
} Removal;

static void
removal_free (Removal *removal)
{
  g_clear_handle_id (&removal->timer, g_source_remove);
  g_clear_object (&removal->patience);
  g_clear_object (&removal->integration);
  g_free (removal);
}

/* Nothing was deleted: the integration goes on as before. */
static void
give_up (GTask  *task,
         GError *error)
{
  Removal *removal = g_task_get_task_data (task);
  DialStore *store = dial_integration_get_store (removal->integration);

  dial_store_unlock (store, DIAL_STORE_LOCK_SYNC);
  dial_store_unlock (store, DIAL_STORE_LOCK_COURIER);
  dial_store_unlock (store, DIAL_STORE_LOCK_CONTACTS);
  _dial_integration_resume (removal->integration);
  g_task_return_error (task, error);
}

static void
on_files_deleted (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = DIAL_DESK (source);
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;
  guint position;

  if (!_dial_desk_delete_files_finish (self, result, &error)) {
    /* It stays in the list, without its credentials, and can be removed again. */
    _dial_integration_break (removal->integration, error->message);
    g_task_return_error (task, error);
    return;
  }

  if (g_list_store_find (self->integrations, removal->integration, &position))
    g_list_store_remove (self->integrations, position);
  g_task_return_boolean (task, TRUE);
}

static void
on_closed_to_delete (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = DIAL_INTEGRATION (source);

  /* Whatever could not be written any more goes with the file. */
  _dial_integration_close_finish (integration, result, NULL);
  _dial_desk_delete_files_async (self, dial_integration_get_id (integration), on_files_deleted,
                                 g_object_ref (task));
}

static void
on_secret_cleared (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;

  /* Without a keyring there is nothing in it to clear; a locked one keeps the integration whole. */
  if (!dial_secrets_clear_finish (DIAL_SECRETS (source), result, &error)) {
    if (!g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING)) {
      give_up (task, error);
      return;
    }
    g_clear_error (&error);
  }

  _dial_integration_drop_door (removal->integration);
  if (self->call_integration == removal->integration)
    _dial_desk_leave_call (self);
  _dial_desk_forget_waiting (self, removal->integration);
  _dial_integration_close_async (removal->integration, on_closed_to_delete, g_object_ref (task));
}

static void
clear_secret (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);

  dial_secrets_clear_async (self->secrets, dial_integration_get_id (removal->integration),
                            g_task_get_cancellable (task), on_secret_cleared, g_object_ref (task));
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_clear_error (&error);
      error = g_error_new (DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                           /* Translators: the name of an integration */
                           _("Another window of Dialhouse, or dialhousectl, is working with “%s” just "
                             "now: close it or let it finish, then remove the integration again."),
                           dial_integration_get_name (removal->integration));
    }
    give_up (task, error);
  } else if (removal->lock < DIAL_STORE_LOCK_CONTACTS) {
    removal->lock++;
    dial_store_lock_async (DIAL_STORE (source), removal->lock, removal->patience, on_locked,
                           g_object_ref (task));
  } else {
    g_clear_handle_id (&removal->timer, g_source_remove);
    clear_secret (task);
  }
}

static gboolean
on_out_of_patience (gpointer user_data)
{
  Removal *removal = user_data;

  removal->timer = 0;
  g_cancellable_cancel (removal->patience);
  return G_SOURCE_REMOVE;
}

static void
on_at_rest (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *integration = DIAL_INTEGRATION (source);
  Removal *removal = g_task_get_task_data (task);

  _dial_integration_rest_finish (integration, result, NULL);
  if (_dial_integration_is_broken (integration)) {
    clear_secret (task);
    return;
  }

  removal->lock = DIAL_STORE_LOCK_SYNC;
  removal->patience = g_cancellable_new ();
  removal->timer = g_timeout_add_seconds (LOCK_SECONDS, on_out_of_patience, removal);
  dial_store_lock_async (dial_integration_get_store (integration), removal->lock,
                         removal->patience, on_locked, g_object_ref (task));
}

/**
 * dial_desk_remove_integration_async:
 * @self: a desk
 * @integration: one of its integrations
 * @cancellable: (nullable): not used once something was deleted
 * @callback: called when no trace is left
 * @user_data: for @callback
 *
 * Deletes the credentials from the keyring and everything this computer remembers of the integration,
 * unsent notes included. Ask the person first. A note on the wire is given a moment to be answered, a
 * sync is stopped, and another process that is at work with the integration is waited for a moment.
 */
void
dial_desk_remove_integration_async (DialDesk            *self,
                                    DialIntegration     *integration,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_remove_integration_async);
  g_task_set_check_cancellable (task, FALSE);

  if (_dial_integration_is_resting (integration)) {
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             /* Translators: the name of an integration */
                             _("“%s” is being changed just now: try again in a moment."),
                             dial_integration_get_name (integration));
    return;
  }

  removal = g_new0 (Removal, 1);
  removal->integration = g_object_ref (integration);
  g_task_set_task_data (task, removal, (GDestroyNotify) removal_free);
  _dial_integration_rest_async (integration, on_at_rest, g_object_ref (task));
}

/**
 * dial_desk_remove_integration_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_STATE while another process is at work with it
 *
 * Returns: whether no trace is left
 */
gboolean
dial_desk_remove_integration_finish (DialDesk      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What an addition left behind that was killed half-way: a store without a name, perhaps with a keyring
 * entry. It never was an integration. */

#define LEFTOVER_SECONDS 3600

static void
on_leftover_dated (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  DialIntegration *integration = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr (GDateTime) changed = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (info != NULL)
    changed = g_file_info_get_modification_date_time (info);

  /* A young one may be an addition that another process is at just now. */
  if (changed != NULL &&
      g_date_time_difference (now, changed) > LEFTOVER_SECONDS * G_TIME_SPAN_SECOND)
    dial_desk_remove_integration_async (self, integration, NULL, NULL, NULL);
  else
    _dial_integration_close_async (integration, NULL, NULL);
}

void
_dial_desk_sweep_leftover (DialDesk        *self,
                           DialIntegration *integration)
{
  DialStore *store = dial_integration_get_store (integration);
  g_autoptr (GFile) file = g_file_new_for_path (dial_store_get_path (store));
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, _dial_desk_sweep_leftover);
  g_task_set_task_data (task, g_object_ref (integration), g_object_unref);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_leftover_dated, g_object_ref (task));
}
