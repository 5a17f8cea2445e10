#include "dial-greenhouse-private.h"

G_DEFINE_QUARK (dial-greenhouse-error-quark, dial_greenhouse_error)

G_DEFINE_BOXED_TYPE (DialGreenhousePage, dial_greenhouse_page,
                     dial_greenhouse_page_copy, dial_greenhouse_page_free)
G_DEFINE_BOXED_TYPE (DialGreenhouseCheck, dial_greenhouse_check,
                     dial_greenhouse_check_copy, dial_greenhouse_check_free)

/**
 * dial_greenhouse_page_copy:
 * @self: a page
 *
 * Returns: (transfer full): a page that shares the records
 */
DialGreenhousePage *
dial_greenhouse_page_copy (const DialGreenhousePage *self)
{
  DialGreenhousePage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (DialGreenhousePage, 1);
  copy->records = g_ptr_array_ref (self->records);
  copy->ids = self->ids != NULL ? g_array_ref (self->ids) : NULL;
  copy->next = g_strdup (self->next);
  copy->applications = self->applications != NULL ? g_ptr_array_ref (self->applications) : NULL;
  copy->jobs = self->jobs != NULL ? g_ptr_array_ref (self->jobs) : NULL;
  copy->n_pages = self->n_pages;
  copy->created_at = self->created_at;
  copy->oldest = self->oldest;
  copy->skipped = self->skipped;
  copy->answered_at = self->answered_at;
  return copy;
}

/**
 * dial_greenhouse_page_free:
 * @self: (transfer full): a page
 */
void
dial_greenhouse_page_free (DialGreenhousePage *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->applications, g_ptr_array_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

DialPermission *
dial_permission_copy (const DialPermission *self)
{
  DialPermission *copy = g_new0 (DialPermission, 1);

  copy->name = g_strdup (self->name);
  copy->scope = g_strdup (self->scope);
  copy->granted = self->granted;
  copy->required = self->required;
  copy->advice = g_strdup (self->advice);
  return copy;
}

void
dial_permission_free (DialPermission *self)
{
  g_free (self->name);
  g_free (self->scope);
  g_free (self->advice);
  g_free (self);
}

/**
 * dial_greenhouse_check_copy:
 * @self: the outcome of a check
 *
 * Returns: (transfer full): a copy
 */
DialGreenhouseCheck *
dial_greenhouse_check_copy (const DialGreenhouseCheck *self)
{
  DialGreenhouseCheck *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (DialGreenhouseCheck, 1);
  copy->ok = self->ok;
  copy->api = self->api;
  copy->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_permission_free);
  for (guint i = 0; i < self->permissions->len; i++)
    g_ptr_array_add (copy->permissions,
                     dial_permission_copy (g_ptr_array_index (self->permissions, i)));
  copy->remarks = g_strdupv (self->remarks);
  copy->acting_as = g_strdup (self->acting_as);
  copy->organization = g_strdup (self->organization);
  copy->role = g_strdup (self->role);
  copy->site_admin = self->site_admin;
  copy->clock_skew = self->clock_skew;
  copy->allowance = self->allowance;
  copy->window = self->window;
  copy->checked_at = self->checked_at;
  return copy;
}

/**
 * dial_greenhouse_check_free:
 * @self: (transfer full): the outcome of a check
 */
void
dial_greenhouse_check_free (DialGreenhouseCheck *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->permissions, g_ptr_array_unref);
  g_strfreev (self->remarks);
  g_free (self->acting_as);
  g_free (self->organization);
  g_free (self->role);
  g_free (self);
}
