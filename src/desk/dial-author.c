#include "dial-author.h"

#include <glib/gi18n.h>

/* Who signs: the recruiter's Greenhouse user, whom the recruiter chose, or who has the e-mail address. */

typedef struct {
  DialGreenhouse *greenhouse;
  gint64          id;
  char           *email;
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->greenhouse);
  g_free (search->email);
  g_free (search);
}

static GTask *
new_task (DialStore           *store,
          gpointer             source_tag,
          DialGreenhouse      *greenhouse,
          gint64               id,
          const char          *email,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, source_tag);
  g_set_object (&search->greenhouse, greenhouse);
  search->id = id;
  search->email = g_strdup (email != NULL ? email : "");
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  return task;
}

/* Among the users that were synced */

static void
return_looked_up (GTask    *task,
                  DialUser *user,
                  GError   *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, user, user != NULL ? g_object_unref : NULL);
}

static void
on_email_looked_up (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DialUser *user = dial_store_find_user_finish (DIAL_STORE (source), result, &error);

  return_looked_up (task, user, error);
}

static void
look_up_email (GTask *task)
{
  DialStore *store = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);

  if (*search->email != '\0')
    dial_store_find_user_async (store, search->email, g_task_get_cancellable (task),
                                on_email_looked_up, g_object_ref (task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
on_id_looked_up (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DialUser *user = dial_store_load_user_finish (DIAL_STORE (source), result, &error);

  if (user == NULL && error == NULL)
    look_up_email (task);
  else
    return_looked_up (task, user, error);
}

/**
 * dial_author_look_up_async:
 * @store: where synced users are
 * @id: whom the recruiter chose, 0 for nobody
 * @email: (nullable): the recruiter's e-mail address, primary or secondary
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the Greenhouse user who signs notes among those that were synced: by @id first, by @email where
 * nobody has it.
 */
void
dial_author_look_up_async (DialStore           *store,
                           gint64               id,
                           const char          *email,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = new_task (store, dial_author_look_up_async, NULL, id, email, cancellable,
                                     callback, user_data);

  if (id != 0)
    dial_store_load_user_async (store, id, cancellable, on_id_looked_up, g_object_ref (task));
  else
    look_up_email (task);
}

/**
 * dial_author_look_up_finish:
 * @store: the store that was asked
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the user, who may have been deactivated; without @error %NULL
 *   says that nobody is known
 */
DialUser *
dial_author_look_up_finish (DialStore     *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asking Greenhouse too */

static void
return_user (GTask    *task,
             DialUser *user)
{
  if (user == NULL)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                             _("Nobody in Greenhouse has the e-mail address your notes shall be "
                               "signed with: correct it in the integration's settings."));
  else if (user->deactivated)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR_LEFT,
                             _("The user who shall sign was deactivated in Greenhouse: say again who "
                               "you are in the integration's settings and send the note again, or ask "
                               "your Greenhouse admin."));
  else
    g_task_return_pointer (task, g_object_ref (user), g_object_unref);
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DialUser) user = NULL;
  GError *error = NULL;

  user = dial_greenhouse_find_user_finish (DIAL_GREENHOUSE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    return_user (task, user);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (DialUser) user = NULL;
  GError *error = NULL;

  user = dial_author_look_up_finish (DIAL_STORE (source), result, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
  } else if (user != NULL) {
    return_user (task, user);
  } else if (*search->email != '\0') {
    dial_greenhouse_find_user_async (search->greenhouse, search->email, DIAL_URGENCY_NOTE,
                                     g_task_get_cancellable (task), on_asked, g_object_ref (task));
  } else {
    /* A credential that may not list users leaves no other way than to type the id: Greenhouse will say if
     * there is no such user. */
    user = dial_user_new (search->id);
    return_user (task, user);
  }
}

/**
 * dial_author_find_async:
 * @store: where synced users are
 * @greenhouse: whom to ask if the store does not know
 * @id: whom the recruiter chose, 0 for nobody
 * @email: (nullable): the recruiter's e-mail address, primary or secondary
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the Greenhouse user who signs notes. One of @id and @email must be there.
 */
void
dial_author_find_async (DialStore           *store,
                        DialGreenhouse      *greenhouse,
                        gint64               id,
                        const char          *email,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = new_task (store, dial_author_find_async, greenhouse, id, email,
                                     cancellable, callback, user_data);

  dial_author_look_up_async (store, id, email, cancellable, on_looked_up, g_object_ref (task));
}

/**
 * dial_author_find_finish:
 * @store: the store that was asked
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_AUTHOR if nobody is found,
 *   %DIAL_DESK_ERROR_AUTHOR_LEFT if the user was deactivated
 *
 * Returns: (transfer full) (nullable): the user
 */
DialUser *
dial_author_find_finish (DialStore     *store,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
