#include "dial-author.h"

#include <glib/gi18n.h>

/* Who signs: the recruiter's Greenhouse user, by e-mail. */

typedef struct {
  DialGreenhouse *greenhouse;
  char           *email;
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->greenhouse);
  g_free (search->email);
  g_free (search);
}

static void
return_user (GTask    *task,
             DialUser *user)
{
  if (user == NULL)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                             _("Nobody in Greenhouse has the e-mail address your notes shall be "
                               "signed with: correct it in the integration's settings."));
  else if (user->deactivated)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                             _("Your user was deactivated in Greenhouse, so notes cannot be signed "
                               "with it: choose another e-mail address in the integration's "
                               "settings, or ask your Greenhouse admin."));
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
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (DialUser) user = NULL;
  GError *error = NULL;

  user = dial_store_find_user_finish (DIAL_STORE (source), result, &error);
  if (user != NULL) {
    return_user (task, user);
  } else if (error != NULL && !g_error_matches (error, DIAL_STORE_ERROR,
                                                DIAL_STORE_ERROR_NOT_FOUND)) {
    g_task_return_error (task, error);
  } else if (search->greenhouse == NULL) {
    g_clear_error (&error);
    return_user (task, NULL);
  } else {
    g_clear_error (&error);
    dial_greenhouse_find_user_async (search->greenhouse, search->email, DIAL_URGENCY_NOTE,
                                     g_task_get_cancellable (task), on_asked, g_object_ref (task));
  }
}

/**
 * dial_author_find_async:
 * @store: where synced users are
 * @greenhouse: (nullable): whom to ask if the store does not know
 * @email: the recruiter's e-mail address, primary or secondary
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the Greenhouse user who signs notes.
 */
void
dial_author_find_async (DialStore           *store,
                        DialGreenhouse      *greenhouse,
                        const char          *email,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, dial_author_find_async);
  search->greenhouse = greenhouse != NULL ? g_object_ref (greenhouse) : NULL;
  search->email = g_strdup (email);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);

  dial_store_find_user_async (store, email, cancellable, on_found, g_object_ref (task));
}

/**
 * dial_author_find_finish:
 * @store: the store that was asked
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_AUTHOR if nobody is found or the user has left
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
