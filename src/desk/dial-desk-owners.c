#include "dial-desk-private.h"

/* Whose number it is, among all active companies. */

typedef struct {
  GTask           *task;
  DialIntegration *integration;
  GPtrArray       *candidates;
  gboolean         tied;
} Asked;

typedef struct {
  GPtrArray *asked;       /* in the order of the companies, whoever answers first */
  guint      n_awaited;
  GError    *error;
} Asking;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_object (&asked->integration);
  g_clear_pointer (&asked->candidates, g_ptr_array_unref);
  g_free (asked);
}

static void
asking_free (Asking *asking)
{
  g_ptr_array_unref (asking->asked);
  g_clear_error (&asking->error);
  g_free (asking);
}

/* The recruiter's word counts more than what stands in Greenhouse. */
static GPtrArray *
gather (Asking *asking)
{
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean one_is_tied = FALSE;

  for (guint i = 0; i < asking->asked->len; i++)
    one_is_tied |= ((Asked *) asking->asked->pdata[i])->tied;

  for (guint i = 0; i < asking->asked->len; i++) {
    Asked *asked = asking->asked->pdata[i];

    for (guint j = 0; asked->tied == one_is_tied && j < asked->candidates->len; j++)
      g_ptr_array_add (owners, dial_owner_new (asked->integration, asked->candidates->pdata[j]));
  }
  return owners;
}

static void
return_if_complete (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->n_awaited > 0)
    return;
  if (asking->error != NULL)
    g_task_return_error (task, g_steal_pointer (&asking->error));
  else
    g_task_return_pointer (task, gather (asking), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_owners_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr (GTask) task = asked->task;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  asked->candidates = dial_store_find_owners_finish (DIAL_STORE (source), result, &asked->tied,
                                                     &error);
  if (asked->candidates == NULL && asking->error == NULL)
    asking->error = g_steal_pointer (&error);

  asking->n_awaited--;
  return_if_complete (task);
}

/**
 * dial_desk_find_owners_async:
 * @self: a desk
 * @number: a number
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds out whose number it is, in all active integrations: the one the recruiter tied it to, or else
 * all who have it in Greenhouse. Numbers are compared whole, in E.164; one that is no whole number is
 * nobody's.
 */
void
dial_desk_find_owners_async (DialDesk            *self,
                             DialPhoneNumber     *number,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *e164;
  Asking *asking;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_PHONE_NUMBER (number));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_find_owners_async);
  asking = g_new0 (Asking, 1);
  asking->asked = g_ptr_array_new_with_free_func (asked_free);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  e164 = dial_phone_number_get_e164 (number);
  for (guint i = 0; e164 != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations));
       i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);
    Asked *asked;

    if (!dial_integration_is_active (integration) || _dial_integration_is_broken (integration))
      continue;

    asked = g_new0 (Asked, 1);
    asked->task = g_object_ref (task);
    asked->integration = g_object_ref (integration);
    g_ptr_array_add (asking->asked, asked);
    asking->n_awaited++;
    dial_store_find_owners_async (dial_integration_get_store (integration), e164, cancellable,
                                  on_owners_found, asked);
  }
  return_if_complete (task);
}

/**
 * dial_desk_find_owners_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DialOwner): whose number it is, or %NULL with @error set
 */
GPtrArray *
dial_desk_find_owners_finish (DialDesk      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
