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
  char      *e164;        /* who has this number, */
  char      *text;        /* or who is found by this */
  guint      limit;
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
  g_free (asking->e164);
  g_free (asking->text);
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

/* Takes @candidates, or @error. */
static void
take_answer (Asked     *asked,
             GPtrArray *candidates,
             GError    *error)
{
  g_autoptr (GTask) task = asked->task;
  Asking *asking = g_task_get_task_data (task);

  asked->candidates = candidates;
  if (asking->error == NULL)
    asking->error = error;
  else
    g_clear_error (&error);

  asking->n_awaited--;
  return_if_complete (task);
}

static void
on_owners_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Asked *asked = user_data;
  GError *error = NULL;
  GPtrArray *candidates = dial_store_find_owners_finish (DIAL_STORE (source), result, &asked->tied,
                                                         &error);

  take_answer (asked, candidates, error);
}

static void
on_candidates_loaded (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GError *error = NULL;
  GPtrArray *candidates = dial_store_load_candidates_finish (DIAL_STORE (source), result, &error);

  take_answer (user_data, candidates, error);
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asked *asked = user_data;
  GError *error = NULL;
  g_autoptr (DialFindings) findings = dial_store_search_finish (DIAL_STORE (source), result, &error);
  g_autoptr (GArray) places = findings != NULL ? dial_places_list (findings->places, G_MAXUINT) : NULL;

  if (places == NULL)
    take_answer (asked, NULL, error);
  else
    dial_store_load_candidates_async (DIAL_STORE (source), places, g_task_get_cancellable (asked->task),
                                      on_candidates_loaded, asked);
}

static void
ask (GTask           *task,
     DialIntegration *integration)
{
  Asking *asking = g_task_get_task_data (task);
  DialStore *store = dial_integration_get_store (integration);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Asked *asked = g_new0 (Asked, 1);

  asked->task = g_object_ref (task);
  asked->integration = g_object_ref (integration);
  g_ptr_array_add (asking->asked, asked);
  asking->n_awaited++;

  if (asking->e164 != NULL) {
    dial_store_find_owners_async (store, asking->e164, cancellable, on_owners_found, asked);
  } else {
    g_autoptr (DialQuery) query = dial_query_new (asking->text);

    dial_store_search_async (store, query, asking->limit, cancellable, on_searched, asked);
  }
}

/* Takes @e164 and @text, of which one may be %NULL; without either it is nobody. */
static void
ask_all (GTask *task,
         char  *e164,
         char  *text,
         guint  limit)
{
  DialDesk *self = g_task_get_source_object (task);
  Asking *asking = g_new0 (Asking, 1);

  asking->asked = g_ptr_array_new_with_free_func (asked_free);
  asking->e164 = e164;
  asking->text = text;
  asking->limit = limit;
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    if ((e164 != NULL || text != NULL) && dial_integration_is_active (integration) &&
        !_dial_integration_is_broken (integration))
      ask (task, integration);
  }
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

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_PHONE_NUMBER (number));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_find_owners_async);
  ask_all (task, g_strdup (dial_phone_number_get_e164 (number)), NULL, 0);
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

/**
 * dial_desk_search_owners_async:
 * @self: a desk
 * @text: what was typed
 * @limit: at most so many of each company
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds who may be meant by @text, in all active integrations.
 */
void
dial_desk_search_owners_async (DialDesk            *self,
                               const char          *text,
                               guint                limit,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_search_owners_async);
  ask_all (task, NULL, g_strdup (text), limit);
}

/**
 * dial_desk_search_owners_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DialOwner): the candidates, or %NULL with @error set
 */
GPtrArray *
dial_desk_search_owners_finish (DialDesk      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
