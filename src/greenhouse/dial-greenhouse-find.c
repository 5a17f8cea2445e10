#include "dial-greenhouse-private.h"

/* Finding one: a candidate by id, a user by address. */

static void
remove_others (GPtrArray *applications,
               gint64     candidate_id)
{
  for (guint i = applications->len; i > 0; i--)
    if (DIAL_APPLICATION (g_ptr_array_index (applications, i - 1))->candidate_id != candidate_id)
      g_ptr_array_remove_index (applications, i - 1);
}

static int
get_rank (DialApplication *application)
{
  static const char *const order[] = { "in_process", "active", "hired", NULL };

  for (int i = 0; order[i] != NULL; i++)
    if (g_strcmp0 (application->status, order[i]) == 0)
      return i;

  return g_strcmp0 (application->status, "rejected") == 0 ? G_MAXINT : G_N_ELEMENTS (order);
}

/* The most telling first: still running, then the liveliest. */
static int
compare_applications (gconstpointer a,
                      gconstpointer b)
{
  DialApplication *one = *(DialApplication *const *) a;
  DialApplication *other = *(DialApplication *const *) b;

  if (get_rank (one) != get_rank (other))
    return get_rank (one) < get_rank (other) ? -1 : 1;

  if (one->last_activity_at != other->last_activity_at)
    return one->last_activity_at > other->last_activity_at ? -1 : 1;

  return (one->id < other->id) - (one->id > other->id);
}

typedef struct {
  gint64         id;
  DialUrgency    urgency;
  DialCandidate *candidate;
} Get;

static void
get_free (Get *get)
{
  g_clear_object (&get->candidate);
  g_free (get);
}

static void
applications_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GPtrArray) applications = NULL;
  g_autoptr (GError) error = NULL;

  applications = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (applications != NULL) {
    remove_others (applications, get->id);
    g_ptr_array_sort (applications, compare_applications);
    get->candidate->applications = g_steal_pointer (&applications);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  g_task_return_pointer (task, g_steal_pointer (&get->candidate), g_object_unref);
}

static void
candidate_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *query = NULL;
  DialListing listing;
  GError *error = NULL;

  found = dial_greenhouse_walk_finish (self, result, &error);
  if (found == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < found->len && get->candidate == NULL; i++)
    if (DIAL_CANDIDATE (g_ptr_array_index (found, i))->id == get->id)
      get->candidate = g_object_ref (g_ptr_array_index (found, i));

  if (get->candidate == NULL) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  query = g_strdup_printf ("candidate_ids=%" G_GINT64_FORMAT "&per_page=500", get->id);
  listing = (DialListing) { .errand = DIAL_RESOURCE_APPLICATIONS, .query = query };
  dial_greenhouse_walk_async (self, &listing, get->urgency, g_task_get_cancellable (task),
                              applications_cb, g_object_ref (task));
}

/**
 * dial_greenhouse_get_candidate_async:
 * @self: a Greenhouse
 * @candidate_id: whom
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the candidate
 * @user_data: for @callback
 *
 * Reads one candidate and the applications. Where these could not be read, for want of the
 * permission or otherwise, they are left %NULL.
 */
void
dial_greenhouse_get_candidate_async (DialGreenhouse      *self,
                                     gint64               candidate_id,
                                     DialUrgency          urgency,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autofree char *query = NULL;
  DialListing listing;
  GTask *task;
  Get *get;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (candidate_id > 0);

  get = g_new0 (Get, 1);
  get->id = candidate_id;
  get->urgency = urgency;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_get_candidate_async);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);

  query = g_strdup_printf ("ids=%" G_GINT64_FORMAT, candidate_id);
  listing = (DialListing) { .errand = DIAL_RESOURCE_CANDIDATES, .query = query };
  dial_greenhouse_walk_async (self, &listing, urgency, cancellable, candidate_cb, task);
}

/**
 * dial_greenhouse_get_candidate_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the candidate; %NULL without an error if there is none, or
 *   none the credential may see: deleted, merged or hidden
 */
DialCandidate *
dial_greenhouse_get_candidate_finish (DialGreenhouse  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  char        *email;  /* as given, without blanks */
  char        *folded;
  DialUrgency  urgency;
  gint64       id;     /* of the user the address belongs to, once known */
} Find;

static void
find_free (Find *find)
{
  g_free (find->email);
  g_free (find->folded);
  g_free (find);
}

static gboolean
is_address (const char *address,
            const char *folded)
{
  g_autofree char *other = address != NULL ? g_utf8_casefold (address, -1) : NULL;

  return g_strcmp0 (other, folded) == 0;
}

static gboolean
is_wanted (DialUser *user,
           Find     *find)
{
  if (find->id != 0)
    return user->id == find->id;

  if (is_address (user->primary_email, find->folded))
    return TRUE;

  for (guint i = 0; user->emails[i] != NULL; i++)
    if (is_address (user->emails[i], find->folded))
      return TRUE;

  return FALSE;
}

/* Whoever is still there before whoever has left. */
static DialUser *
pick_user (GPtrArray *users,
           Find      *find)
{
  DialUser *picked = NULL;

  for (guint i = 0; i < users->len; i++) {
    DialUser *user = g_ptr_array_index (users, i);

    if (is_wanted (user, find) && (picked == NULL || (picked->deactivated && !user->deactivated)))
      picked = user;
  }

  return picked != NULL ? g_object_ref (picked) : NULL;
}

static void
find_walk (GTask               *task,
           DialErrand           errand,
           const char          *query,
           GAsyncReadyCallback  callback)
{
  Find *find = g_task_get_task_data (task);
  DialListing listing = { .errand = errand, .query = query };

  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing,
                              find->urgency,
                              g_task_get_cancellable (task), callback, task);
}

static void
found_by_id_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GPtrArray) users = NULL;
  GError *error = NULL;

  users = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (users != NULL)
    g_task_return_pointer (task, pick_user (users, g_task_get_task_data (task)), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
found_by_address_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Find *find = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GError) error = NULL;

  rows = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (rows == NULL &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  for (guint i = 0; rows != NULL && i < rows->len && find->id == 0; i++) {
    DialUser *row = g_ptr_array_index (rows, i);

    if (is_address (row->primary_email, find->folded))
      find->id = row->id;
  }

  if (find->id == 0) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  query = g_strdup_printf ("ids=%" G_GINT64_FORMAT, find->id);
  find_walk (g_steal_pointer (&task), DIAL_RESOURCE_USERS, query, found_by_id_cb);
}

static void
found_by_primary_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Find *find = g_task_get_task_data (task);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (DialUser) user = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  GError *error = NULL;

  users = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (users == NULL) {
    g_task_return_error (task, error);
    return;
  }

  user = pick_user (users, find);
  if (user != NULL) {
    g_task_return_pointer (task, g_steal_pointer (&user), g_object_unref);
    return;
  }

  escaped = g_uri_escape_string (find->email, NULL, FALSE);
  query = g_strdup_printf ("email=%s&per_page=500", escaped);
  find_walk (g_steal_pointer (&task), DIAL_V3_USER_EMAILS, query, found_by_address_cb);
}

/**
 * dial_greenhouse_find_user_async:
 * @self: a Greenhouse
 * @email: an address, in any case
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the user
 * @user_data: for @callback
 *
 * Finds a user by the primary address, or by any other where the credential may list these.
 */
void
dial_greenhouse_find_user_async (DialGreenhouse      *self,
                                 const char          *email,
                                 DialUrgency          urgency,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  GTask *task;
  Find *find;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (email != NULL);

  find = g_new0 (Find, 1);
  find->email = g_strstrip (g_strdup (email));
  find->folded = g_utf8_casefold (find->email, -1);
  find->urgency = urgency;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_find_user_async);
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);

  escaped = g_uri_escape_string (find->email, NULL, FALSE);
  query = g_strdup_printf ("primary_email=%s&per_page=500", escaped);
  find_walk (task, DIAL_RESOURCE_USERS, query, found_by_primary_cb);
}

/**
 * dial_greenhouse_find_user_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the user; %NULL without an error if nobody has that address
 */
DialUser *
dial_greenhouse_find_user_finish (DialGreenhouse  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
