#include "dial-greenhouse-private.h"

/* Picking out of what was listed. */

static int
get_rank (DialApplication *application)
{
  static const char *const order[] = { "in_process", "active", "hired", NULL };

  for (int i = 0; order[i] != NULL; i++)
    if (g_strcmp0 (application->status, order[i]) == 0)
      return i;

  return g_strcmp0 (application->status, "rejected") == 0 ? G_MAXINT : G_N_ELEMENTS (order);
}

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

/**
 * dial_find_sort_applications:
 * @applications: (element-type DialApplication): one candidate's
 *
 * Puts the most telling first: still running, then the liveliest.
 */
void
dial_find_sort_applications (GPtrArray *applications)
{
  g_ptr_array_sort (applications, compare_applications);
}

/**
 * dial_find_is_address:
 * @address: (nullable): an address
 * @email: another
 *
 * Returns: whether they are the same, in whatever case
 */
gboolean
dial_find_is_address (const char *address,
                      const char *email)
{
  g_autofree char *one = address != NULL ? g_utf8_casefold (address, -1) : NULL;
  g_autofree char *other = g_utf8_casefold (email, -1);

  return g_strcmp0 (one, other) == 0;
}

static gboolean
has_address (DialUser   *user,
             const char *email)
{
  if (dial_find_is_address (user->primary_email, email))
    return TRUE;

  for (guint i = 0; user->emails[i] != NULL; i++)
    if (dial_find_is_address (user->emails[i], email))
      return TRUE;

  return FALSE;
}

/**
 * dial_find_user:
 * @users: (element-type DialUser): users
 * @email: an address
 *
 * Returns: (transfer full) (nullable): whoever has that address, and who is still there before who
 *   has left
 */
DialUser *
dial_find_user (GPtrArray  *users,
                const char *email)
{
  DialUser *picked = NULL;

  for (guint i = 0; i < users->len; i++) {
    DialUser *user = g_ptr_array_index (users, i);

    if (has_address (user, email) && (picked == NULL || (picked->deactivated && !user->deactivated)))
      picked = user;
  }

  return picked != NULL ? g_object_ref (picked) : NULL;
}
