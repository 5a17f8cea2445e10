#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-author.h"

/* Who I am: the recruiter's Greenhouse user, and what is to be said as long as nobody knows. */

/* No user in Greenhouse has this id. */
#define NOBODY -1

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

gint64
_dial_integration_get_recruiter_id (DialIntegration *self)
{
  return g_ascii_strtoll (_dial_integration_get_setting (self, "recruiter-id"), NULL, 10);
}

static gboolean
is_chosen (DialIntegration *self)
{
  return _dial_integration_get_recruiter_id (self) != 0 ||
         *dial_integration_get_recruiter_email (self) != '\0';
}

/* The name that stands in a note's first line, where its author does not tell: the one this computer knows.
 * %NULL where the note will bear the recruiter's own. */
char *
_dial_integration_dup_signer (DialIntegration *self)
{
  const char *name = g_get_real_name ();

  if (is_chosen (self))
    return NULL;

  /* GLib's word for an account without a name. */
  if (name == NULL || *name == '\0' || g_str_equal (name, "Unknown"))
    name = g_get_user_name ();

  return g_utf8_make_valid (name, -1);
}

/* The address may have been changed a moment ago, and its user not be found yet. */
static gboolean
is_still_recruiter (DialIntegration *self)
{
  const char *email = dial_integration_get_recruiter_email (self);

  for (guint i = 0; self->recruiter != NULL && self->recruiter->emails[i] != NULL; i++) {
    if (g_ascii_strcasecmp (self->recruiter->emails[i], email) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * _dial_integration_sign:
 * @self: an integration
 * @item: a note that is about to be saved
 *
 * Writes down who signs it: whoever is the recruiter now. What is chosen later changes nothing about a note
 * that was shown under this name.
 */
void
_dial_integration_sign (DialIntegration *self,
                        DialOutboxItem  *item)
{
  gint64 chosen = _dial_integration_get_recruiter_id (self);

  item->author_id = chosen == 0 && is_still_recruiter (self) ? self->recruiter->id : chosen;
  item->author_refused = FALSE;
  dial_set_str (&item->author_email,
                item->author_id == 0 ? dial_integration_get_recruiter_email (self) : NULL);
}

static char *
describe_problem (DialIntegration *self,
                  DialUser        *user)
{
  if (user != NULL)
    return user->deactivated
             ? g_strdup (_("Your user was deactivated in Greenhouse, so notes wait: say again who you "
                           "are in the integration's settings, or ask your Greenhouse admin."))
             : NULL;

  if (!is_chosen (self))
    return g_strdup (_("Notes will be signed by the integration, and begin with “Call by …”, until you "
                       "say who you are in the integration's settings."));
  if (dial_integration_get_last_sync (self) == DIAL_INSTANT_UNKNOWN)
    return g_strdup (_("Who you are in Greenhouse is looked up with the first sync."));
  if (_dial_integration_get_recruiter_id (self) != 0)
    return g_strdup (_("The Greenhouse user whom you chose is not among those that were synced: say "
                       "again who you are in the integration's settings."));

  return g_strdup_printf (_("Nobody in Greenhouse has the e-mail address %s, so notes wait: correct it "
                            "in the integration's settings."),
                          dial_integration_get_recruiter_email (self));
}

static void
take_recruiter (DialIntegration *self,
                DialUser        *user)
{
  g_autofree char *problem = describe_problem (self, user);
  DialUser *recruiter = user != NULL && !user->deactivated ? user : NULL;

  if (g_set_object (&self->recruiter, recruiter))
    notify (self, INTEGRATION_PROP_RECRUITER);
  if (dial_set_str (&self->author_problem, problem))
    notify (self, INTEGRATION_PROP_AUTHOR_PROBLEM);
}

static void
on_recruiter_found (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialUser) user = dial_author_look_up_finish (DIAL_STORE (source), result, &error);

  if (error == NULL)
    take_recruiter (self, user);
}

/* Only among the users that were synced: the courier asks Greenhouse when it comes to it. */
void
_dial_integration_find_recruiter (DialIntegration *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();

  if (is_chosen (self))
    dial_author_look_up_async (self->store, _dial_integration_get_recruiter_id (self),
                               dial_integration_get_recruiter_email (self), self->finding,
                               on_recruiter_found, g_object_ref (self));
  else
    take_recruiter (self, NULL);
}

/**
 * dial_integration_get_recruiter:
 * @self: an integration
 *
 * Returns: (transfer none) (nullable): the Greenhouse user who signs notes, once known
 */
DialUser *
dial_integration_get_recruiter (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->recruiter;
}

/**
 * dial_integration_get_author_problem:
 * @self: an integration
 *
 * Returns: (nullable): why notes will not bear the recruiter's name, a sentence
 */
const char *
dial_integration_get_author_problem (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->author_problem;
}

static void
on_users_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *users = dial_store_list_users_finish (DIAL_STORE (source), result, &error);

  if (users != NULL)
    g_task_return_pointer (task, users, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dial_integration_find_users_async:
 * @self: an integration
 * @text: (nullable): words of a name or an e-mail address, each perhaps only begun
 * @limit: at most so many, 0 for all
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists who the recruiter may be: the people who work in Greenhouse, as of the last sync, by name. Who
 * has left and service users are left out.
 */
void
dial_integration_find_users_async (DialIntegration     *self,
                                   const char          *text,
                                   guint                limit,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_find_users_async);
  dial_store_list_users_async (self->store, text, limit, cancellable, on_users_listed,
                               g_object_ref (task));
}

/**
 * dial_integration_find_users_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DialUser) (nullable): the people
 */
GPtrArray *
dial_integration_find_users_finish (DialIntegration  *self,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_recruiter_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = DIAL_INTEGRATION (source);
  GError *error = NULL;

  if (!_dial_integration_change_finish (self, result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  take_recruiter (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * dial_integration_set_recruiter_async:
 * @self: an integration
 * @user: (nullable): who the recruiter is, %NULL for nobody
 * @cancellable: (nullable): stops it
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Says whose name notes bear from now on. Without anybody they are the integration's own, and say in
 * their first line who called.
 */
void
dial_integration_set_recruiter_async (DialIntegration     *self,
                                      DialUser            *user,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) settings = NULL;
  const char *email = user != NULL && user->primary_email != NULL ? user->primary_email : "";

  g_return_if_fail (DIAL_IS_INTEGRATION (self));
  g_return_if_fail (user == NULL || DIAL_IS_USER (user));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_set_recruiter_async);
  if (user != NULL)
    g_task_set_task_data (task, g_object_ref (user), g_object_unref);

  settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (settings, g_strdup ("as"), g_strdup (email));
  g_hash_table_insert (settings, g_strdup ("recruiter-id"),
                       user != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, user->id)
                                    : g_strdup (""));
  _dial_integration_change_async (self, settings, cancellable, on_recruiter_saved,
                                  g_object_ref (task));
}

/**
 * dial_integration_set_recruiter_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
dial_integration_set_recruiter_finish (DialIntegration  *self,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_integration_dup_query:
 * @self: an integration
 * @query: a query that may be meant of several companies
 *
 * Returns: (transfer full): the query as this company's store understands it: where it asks for the recruiter's own
 *   candidates, the user is the one the recruiter is here, or nobody where that is not known
 */
DialQuery *
dial_integration_dup_query (DialIntegration *self,
                            const DialQuery *query)
{
  DialQuery *own;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  own = dial_query_copy (query);
  if (own->user_id != 0) {
    own->user_id = self->recruiter != NULL ? self->recruiter->id : _dial_integration_get_recruiter_id (self);
    if (own->user_id == 0)
      own->user_id = NOBODY;
  }

  return own;
}
